"""An answer of the API made again without Django, after the record has changed.

What an address asks does not change with the record: so once an answer was made, its view is kept
for the day, with what it read of its address and the headers that all the middlewares gave it. When
the version of the record is another one, the view alone makes the answer anew, and what depends on
it (`VARYING`) is written anew.
"""

import copy
from collections import OrderedDict, deque
from contextlib import nullcontext
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.utils.encoding import iri_to_uri
from django.utils.translation import get_language, override

from .keys import Newest
from .remembering import Key

LAST = 3  # times that are kept of what an answer took
MOST = 2000  # addresses that are kept; the least lately asked goes first
VARYING = ("ETag", "Link", "Content-Length", "Content-Encoding", "X-Request-ID")
OUR_OWN = 1  # part at the beginning of an answer's key: the record's version


class Answer:
    """As much of a response as a view makes itself."""

    def __init__(self, data: Any, headers: dict[str, str]) -> None:
        self.data, self.headers = data, headers


class Asked:
    """What a view reads of its request, and nothing else: it is shared by all who ask again."""

    method = "GET"

    def __init__(self, request: Any, newest: Newest) -> None:
        self.query_params, self.headers, self.path = request.query_params, {}, request.path
        self.accepted_renderer = request.accepted_renderer
        self.site = request.build_absolute_uri("/").removesuffix("/")
        self.newest = newest

    def build_absolute_uri(self, path: str) -> str:
        return iri_to_uri(f"{self.site}{path}")

    def at(self, newest: Newest) -> "Asked":
        asked = copy.copy(self)
        asked.newest = newest
        return asked


@dataclass
class Kept:
    """A view that has answered, what it was asked, and the headers that any answer of it has."""

    view: Any
    asked: Asked
    headers: dict[str, str]
    at_once: bool = False  # whether all that it asked, said the record's version too
    took: deque[float] = field(
        default_factory=lambda: deque(maxlen=LAST)
    )  # seconds, the last times

    def answer(self, newest: Newest) -> HttpResponse | None:
        """The answer at this version of the record; None where only Django can make it."""
        view = copy.copy(self.view)
        view.request = asked = self.asked.at(newest)
        try:
            with nullcontext() if get_language() == "en" else override("en"):
                response = view.get(asked, **view.kwargs)
        except Error:
            raise
        except Exception:
            return None
        content = asked.accepted_renderer.render(response.data)
        answer = HttpResponse(content, headers=self.headers)
        answer["Link"] = response.headers["Link"]
        answer["Content-Length"] = str(len(content))
        return answer


@dataclass
class Addresses:
    """The addresses that were answered last."""

    most: int = MOST
    kept: OrderedDict[Key, Kept] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def learn(self, key: Key, request: HttpRequest, response: HttpResponse) -> None:
        """Keep what made this answer, where it can make it again."""
        view = (getattr(response, "renderer_context", None) or {}).get("view")
        if not getattr(view, "again", False) or request.method != "GET":
            return
        given = view.request.query_params
        if "as_of" in given or "HTTP_ACCEPT_DATETIME" in request.environ:
            return  # what was said then does not change
        if "/." in request.path:
            return
        headers = {name: value for name, value in response.items() if name not in VARYING}
        bare = copy.copy(view)
        bare.request = bare.response = bare.headers = None
        bare.response_class = Answer
        made = Kept(bare, Asked(view.request, None), headers)
        with self.lock:
            self.kept[key[OUR_OWN:]] = made
            while len(self.kept) > self.most:
                self.kept.popitem(last=False)

    def get(self, key: Key) -> Kept | None:
        with self.lock:
            found = self.kept.get(key[OUR_OWN:])
            if found:
                self.kept.move_to_end(key[OUR_OWN:])
            return found

    def clear(self) -> None:
        with self.lock:
            self.kept.clear()


addresses = Addresses()
