"""The forms in which an address answers: by its ending (`events.csv`), `format=`, or `Accept`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from ..declarations import Parameter, code_parameter
from ..models import Entry
from ..queries import Query
from .structure import Column

Document = dict[str, Any]
Row = tuple[Entry, Document]


@dataclass(frozen=True)
class Listing:
    """What a download writes: all results of a query, one by one."""

    title: str
    name: str  # of the file, without its ending
    url: str  # of this answer, for good
    site: str  # the site's address, without a closing slash
    query: Query
    columns: list[Column]
    rows: Iterable[Row]
    here: str = ""  # the address that was asked
    filters: str = ""  # its query string, with its question mark


class Download(BaseRenderer):
    """A form that is written row by row, in constant memory: all of them, or the page asked for."""

    charset: ClassVar[str | None] = "utf-8"
    dated: ClassVar[bool] = False  # only for lists of what has a date
    attached: ClassVar[bool] = False  # a file to keep, rather than a page to show
    takes: ClassVar[tuple[Parameter, ...]] = ()  # parameters that it knows besides a list's
    parts: ClassVar[bool] = True  # whether `fields` and `omit` choose what it holds
    ordering: ClassVar[str] = ""  # its usual order, where that is not the list's
    most: ClassVar[int | None] = None  # rows that it holds at most

    def write(self, listing: Listing) -> Iterator[str | bytes]:
        raise NotImplementedError

    def render(self, data, accepted_media_type=None, renderer_context=None) -> bytes:
        return b""  # to OPTIONS, which has only headers

    @property
    def content_type(self) -> str:
        return f"{self.media_type}; charset={self.charset}" if self.charset else self.media_type


class Negotiation(DefaultContentNegotiation):
    """An ending or `format=` decides; otherwise `Accept`."""

    def select_renderer(self, request, renderers, format_suffix=None):
        for renderer in renderers:
            if renderer.format == format_suffix:
                return renderer, renderer.media_type
        return super().select_renderer(request, renderers, None)


def asked(request: Request, renderers: Iterable[type[BaseRenderer]]) -> str | None:
    """The value of `format=`, when it is one that the address has."""
    given = request.query_params.get("format", "").strip()
    return given if given in {r.format for r in renderers} else None


def parameter(renderers: Iterable[type[BaseRenderer]]) -> Parameter:
    codes = [r.format for r in renderers]
    return code_parameter("format", codes, "The form of the answer; or let `Accept` say it.")


def is_download(view: Any) -> bool:
    """Whether the form that was negotiated is written row by row."""
    return isinstance(getattr(view.request, "accepted_renderer", None), Download)
