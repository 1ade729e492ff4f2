"""Links of a page, turned towards the files of the copy, or to the living site."""

import html
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

import orjson
from django.conf import settings

from .scope import PAGING, Scope

LINK = re.compile(r'(?<=\s)(href|src|xlink:href)="([/?][^"]*)"')
PAGER = re.compile(r'(?<=\s)rel="(next|prev)" href="([^"]*)"')
ACTION = re.compile(r'(?<=<form)([^>]*?)\saction="(/[^"]*)"')
FORM = re.compile(r"<form(?![^>]*\saction=)")
SCRIPT = re.compile(r"<script\b[^>]*\ssrc=[^>]*>\s*</script>")


@dataclass
class Page:
    """One answer on its way into the file: `number` among those that its pager joins."""

    scope: Scope
    path: str
    number: int = 1
    found: set[str] = field(default_factory=set)  # other addresses that it links to

    @property
    def file(self) -> str:
        return self.scope.file(self.path, self.number)

    def html(self, text: str) -> tuple[str, str | None]:
        """The page for the copy; the query of the page after it, if there is one.

        Scripts ask the server for more, which a file cannot answer; every link works without them.
        """
        pagers = {way: html.unescape(href) for way, href in PAGER.findall(text)}
        following = self._query(pagers.get("next", ""))
        text = SCRIPT.sub("", text)
        text = PAGER.sub(self._to_neighbour, text)
        text = LINK.sub(lambda m: f'{m[1]}="{html.escape(self._turned(m[2]))}"', text)
        text = ACTION.sub(lambda m: f'{m[1]} action="{settings.SITE_URL}{m[2]}"', text)
        return FORM.sub(f'<form action="{settings.SITE_URL}{self.path}"', text), following

    def json(self, body: bytes) -> tuple[bytes, str | None]:
        """A page of a list, whose neighbours are files beside it."""
        data: dict[str, Any] = orjson.loads(body)
        following = self._query(data.get("next") or "")
        if following is None and self.number == 1:
            return body, None
        data["next"] = self._beside(self.number + 1) if following else None
        data["previous"] = self._beside(self.number - 1) if self.number > 1 else None
        return orjson.dumps(data), following

    def _query(self, href: str) -> str | None:
        query = urlsplit(href).query
        return query if PAGING.fullmatch(query) else None

    def _beside(self, number: int) -> str:
        return self.scope.relative(self.file, self.scope.file(self.path, number))

    def _to_neighbour(self, match: re.Match[str]) -> str:
        """`prev` of the second page is the first, whatever its cursor says."""
        way, href = match[1], html.unescape(match[2])
        if self._query(href) is None:
            return match[0]
        return f'rel="{way}" href="{self._beside(self.number + (1 if way == "next" else -1))}"'

    def _turned(self, given: str) -> str:
        target = urlsplit(urljoin(self.path, html.unescape(given)))
        if target.query or not self.scope.holds(target.path):
            return f"{settings.SITE_URL}{target.geturl()}"
        self.found.add(self.scope.document(target.path) or target.path)
        end = f"#{target.fragment}" if target.fragment else ""
        return self.scope.relative(self.file, self.scope.file(target.path)) + end
