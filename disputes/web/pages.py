"""What a page says of itself: title, publisher, date, language."""

import re
from html.parser import HTMLParser

from timeline import edtf

from .opening import opened

HTML = ("text/html", "application/xhtml+xml")
ENCODINGS = ("utf-8", "euc-kr", "shift_jis", "euc-jp")
# The names under which pages say it, the most reliable first.
SAID = {
    "title": ("citation_title", "og:title", "dc.title", "<title>"),
    "publisher": ("citation_publisher", "og:site_name", "dc.publisher", "application-name"),
    "published": (
        "citation_publication_date",
        "citation_date",
        "article:published_time",
        "dc.date",
        "date",
        "pubdate",
        "<time>",
    ),
    "language": ("<html>", "og:locale", "dc.language", "content-language"),
}
LENGTHS = {"title": 500, "publisher": 300, "published": 64, "language": 12}
_CHARSET = re.compile(rb"charset=[\"']?([A-Za-z0-9_-]{3,20})", re.IGNORECASE)
_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")


class _Head(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: dict[str, str] = {}
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "meta":
            name = found.get("property") or found.get("name") or found.get("http-equiv") or ""
            self.said.setdefault(name.lower(), found.get("content", ""))
        elif tag == "html":
            self.said.setdefault("<html>", found.get("lang", ""))
        elif tag == "time":
            self.said.setdefault("<time>", found.get("datetime", ""))
        self.inside = tag == "title" and "<title>" not in self.said

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.said["<title>"] = self.said.get("<title>", "") + data

    def handle_endtag(self, tag: str) -> None:
        self.inside = False


def about(url: str) -> dict[str, str]:
    """What the page at an address says of itself; only what it says. NotOpened."""
    return read(opened(url, kinds=HTML).body)


def read(body: bytes) -> dict[str, str]:
    head = _Head()
    head.feed(_decoded(body))
    found = {}
    for name, places in SAID.items():
        values = (" ".join(head.said.get(place, "").split()) for place in places)
        if value := next(filter(None, map(_TIDY.get(name, str), values)), ""):
            found[name] = value[: LENGTHS[name]]
    return found


def _decoded(body: bytes) -> str:
    said = _CHARSET.search(body[:2048])
    for encoding in (*([said[1].decode()] if said else []), *ENCODINGS):
        try:
            return body.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            continue
    return body.decode(errors="replace")


def _day(text: str) -> str:
    found = _DAY.match(text)
    day = f"{found[1]}-{int(found[2]):02d}-{int(found[3]):02d}" if found else text[:10]
    return day if edtf.is_valid(day) else ""


def _tag(text: str) -> str:
    code = text.replace("_", "-").split("-")[0].lower()
    return code if re.fullmatch(r"[a-z]{2,3}", code) else ""


_TIDY = {"published": _day, "language": _tag}
