"""What a page says of itself to machines: addresses, JSON-LD (schema.org), citation tags.

A record is described as a work about what happened, with the sources that it cites; it is never
claimed to be the event itself. Everything stands in the record or the settings.
"""

import json
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from . import edtf
from .documents import LANGUAGES
from .models import Entry
from .slices import Slice

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
MOST_CITED = 40  # sources named in a record's description


def absolute(path: str) -> str:
    """An address that holds outside this site."""
    return settings.SITE_URL + path


def canonical(request: HttpRequest) -> str:
    """The page's own address, whatever was asked of it."""
    return absolute(request.path)


def alternates(request: HttpRequest, language: str) -> list[tuple[str, str]]:
    """(hreflang, address) of the page in each language, and where each reader is led on."""
    bare = request.get_full_path().removeprefix(f"/{language}")
    others = [(code, absolute(f"/{code}{bare}")) for code, _name in settings.LANGUAGES]
    return [*others, ("x-default", absolute(bare))]


def cite_as(entry: Entry, slice_: Slice) -> str:
    """The address to cite: of the record in any language, at the instant that is shown."""
    at = f"?as_of={slice_.parameter}" if slice_.as_of else ""
    return absolute(entry.data["url"]) + at


def script(data: dict[str, Any]) -> SafeString:
    """JSON-LD in a script that is not run; nothing in it can end the script."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)
    escaped = mark_safe(text)  # noqa: S308 (the letters that could end the script are escaped)
    return format_html('<script type="application/ld+json">{}</script>', escaped)


def dataset(words: str, language: str, newest: tuple[int, Any] | None) -> dict[str, Any]:
    """The whole record as a schema.org Dataset, which these words describe."""
    found = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": absolute("/#record"),
        "name": settings.RECORD_TITLE,
        "description": words,
        "url": absolute(f"/{language}/"),
        "license": LICENCE,
        "isAccessibleForFree": True,
        "inLanguage": list(LANGUAGES),
        "creator": publisher(),
        "distribution": {
            "@type": "DataDownload",
            "encodingFormat": "application/json",
            "contentUrl": absolute("/api/v1/"),
        },
        "includedInDataCatalog": {"@type": "DataCatalog", "url": absolute("/api/v1/docs/")},
    }
    if newest:
        found |= {"version": str(newest[0]), "dateModified": _instant(newest[1])}
    return found


def work(entry: Entry, language: str, slice_: Slice) -> dict[str, Any]:
    """A record: a work about its subject, part of the whole, with the sources it cites."""
    doc = entry.data
    return {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "@id": cite_as(entry, slice_),
        "name": text(doc["title"], language),
        "abstract": text(doc["summary"], language),
        "url": absolute(f"/{language}{doc['url']}"),
        "inLanguage": language,
        "version": entry.version,
        "dateModified": _instant(entry.recorded_at),
        "license": LICENCE,
        "publisher": publisher(),
        "isPartOf": {"@id": absolute("/#record")},
        "about": about(doc, language),
        "citation": [cited(source) for source in doc["sources"][:MOST_CITED]],
    }


def about(doc: dict[str, Any], language: str) -> dict[str, Any]:
    """What a document is about: a happening with its dates, as exact as they are, or a thing."""
    found = {"@type": "Thing", "name": text(doc["title"], language)}
    if doc["date"]:
        stated = edtf.parse(doc["date"])
        days = {"startDate": iso(stated.start), "endDate": iso(stated.end)}
        found |= {"@type": "Event"} | {name: day for name, day in days.items() if day}
    return found


def iso(point: edtf.Point | None) -> str | None:
    """A day, month or year as ISO 8601 writes it; None for what it cannot say."""
    if point is None or point.mark or point.precision not in ("day", "month", "year"):
        return None
    return date.isoformat(point.earliest)[: {"day": 10, "month": 7, "year": 4}[point.precision]]


def cited(source: dict[str, Any]) -> dict[str, Any]:
    found = {
        "@type": "CreativeWork",
        "name": source["title"],
        "url": source["url"],
        "publisher": {"@type": "Organization", "name": source["publisher"]},
        "inLanguage": source["language"],
    }
    return {name: value for name, value in found.items() if value}


def publisher() -> dict[str, str]:
    return {"@type": "Organization", "name": settings.RECORD_TITLE, "url": absolute("/")}


def citation_tags(
    entry: Entry, language: str, slice_: Slice, newest: datetime | None
) -> list[tuple[str, str]]:
    """Highwire tags, which reference managers read; the address brings this state again."""
    at = slice_.as_of or newest or entry.recorded_at
    return [
        ("citation_title", text(entry.data["title"], language)),
        ("citation_author", settings.RECORD_TITLE),
        ("citation_publication_date", f"{entry.recorded_at.astimezone(UTC):%Y/%m/%d}"),
        ("citation_language", language),
        ("citation_public_url", cite_as(entry, Slice(at))),
    ]


def picture(request: HttpRequest, slice_: Slice) -> str:
    """The address of the picture for links to this page."""
    match = request.resolver_match
    at = f"?as_of={slice_.parameter}" if slice_.as_of else ""
    if match and match.url_name in ("record", "versions"):
        return absolute(reverse("record-card", kwargs=match.kwargs)) + at
    return absolute(reverse("card")) + at


def text(value: dict[str, str] | None, language: str) -> str:
    """The text in the reader's language, or else in whichever there is."""
    texts = value or {}
    return next((texts[c] for c in (language, *LANGUAGES, *texts) if texts.get(c)), "")


def _instant(moment: Any) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
