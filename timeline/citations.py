"""How a page or an answer is cited: APA, BibTeX, RIS, CSL-JSON, each with the instant in it."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings

MONTHS = (
    "January February March April May June July August September October November December"
).split()
KEPT = 500  # works
_TEX = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}"}
_TEX |= {c: rf"\{c}" for c in "&%$#_"} | {"^": r"\textasciicircum{}"}


@dataclass(frozen=True)
class Work:
    """What is cited: one state of one page. Texts are in English."""

    key: str  # of the entry in a bibliography
    title: str
    url: str  # brings this state again
    recorded_at: datetime | None  # None: nothing is recorded yet
    version: int  # of the whole record

    @property
    def authors(self) -> str:
        return settings.RECORD_TITLE

    @property
    def styles(self) -> dict[str, Any]:
        """All four, by name. The pages of a list are cited alike, and share them."""
        return dict(_styles(self))

    def apa(self) -> str:
        """APA, 7th edition: a work with a group as its author."""
        at = self.recorded_at
        day = f"{at.year}, {MONTHS[at.month - 1]} {at.day}" if at else "n.d."
        return (
            f"{self.authors}. ({day}). {self.title} (Version {self.version}) [Data set]. {self.url}"
        )

    def bibtex(self) -> str:
        at = self.recorded_at
        fields = {
            "author": f"{{{tex(self.authors)}}}",
            "title": f"{{{tex(self.title)}}}",
            "year": at and str(at.year),
            "month": at and str(at.month),
            "version": str(self.version),
            "url": self.url,
            "note": at and f"As recorded on {at.date().isoformat()}",
        }
        lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
        key = re.sub(r"[^A-Za-z0-9:.-]", "-", self.key)
        return f"@misc{{{key},\n" + ",\n".join(lines) + "\n}\n"

    def ris(self) -> str:
        at = self.recorded_at
        fields = (
            ("TY", "DATA"),
            ("AU", self.authors),
            ("TI", self.title),
            ("PY", at and str(at.year)),
            ("DA", at and f"{at:%Y/%m/%d}"),
            ("ET", str(self.version)),
            ("UR", self.url),
            ("ER", ""),
        )
        lines = [(tag, value) for tag, value in fields if value is not None]
        return "".join(f"{tag}  - {_one_line(value)}\r\n" for tag, value in lines)

    def csl(self) -> list[dict[str, Any]]:
        at = self.recorded_at
        issued = {"issued": {"date-parts": [[at.year, at.month, at.day]]}} if at else {}
        return [
            {
                "id": self.key,
                "type": "dataset",
                "author": [{"literal": self.authors}],
                "title": self.title,
                **issued,
                "version": str(self.version),
                "URL": self.url,
            }
        ]


@lru_cache(KEPT)
def _styles(work: Work) -> dict[str, Any]:
    return {"apa": work.apa(), "bibtex": work.bibtex(), "ris": work.ris(), "csl": work.csl()}


def tex(text: str) -> str:
    return "".join(_TEX.get(c, c) for c in _one_line(text))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def key_of(url: str) -> str:
    """A key for what has none: the same for the same address."""
    return f"tracker:{hashlib.sha256(url.encode()).hexdigest()[:10]}"
