"""What all addresses of the API share: their parameters, their language and their headers."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.http import StreamingHttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.functional import cached_property
from django.utils.http import http_date, parse_http_date_safe
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from .. import parameters
from ..cursors import Page
from ..declarations import Parameter, declared
from ..documents import LANGUAGES
from ..faults import Fault, ParameterErrors, shown
from ..freshness import newest
from ..instants import of_timestamp
from ..queries import Query
from ..record_types import RecordType
from . import formats
from .formats import Listing, Negotiation, Row
from .meta import meta
from .structure import Column

FOREVER = "public, max-age=31536000, immutable"
LICENCE = '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'


def accepted_instant(request: Request) -> datetime | None:
    """The instant of `Accept-Datetime`, if it is given. ParameterErrors where it cannot be read."""
    given = request.headers.get("Accept-Datetime", "").strip()
    if not given:
        return None
    seconds = parse_http_date_safe(given)
    if seconds is None:
        detail = f"“{shown(given)}” is no date of HTTP; write Sun, 01 Mar 2026 09:00:00 GMT."
        raise ParameterErrors([Fault("Accept-Datetime", "instant", detail)])
    return of_timestamp(seconds)


class ApiView(APIView):
    """An address of the API. `only` are the parameters that it knows; None: all of its types'."""

    operation: ClassVar[str] = ""  # its name in the API's description
    summary: ClassVar[str] = ""
    only: ClassVar[Collection[str] | None] = ()
    own: ClassVar[Sequence[Parameter]] = ()  # parameters that no list shares
    usual_ordering: ClassVar[str] = ""
    record_type: RecordType | None = None  # given by the address
    ending: str = ""  # of the address, such as "csv"; given by the address
    again: ClassVar[bool] = False  # `get` needs no more than `again.Asked` has
    content_negotiation_class = Negotiation
    response_class: type = Response

    @property
    def types(self) -> Sequence[RecordType]:
        return [self.record_type] if self.record_type else []

    def dispatch(self, request, *args, **kwargs):
        with translation.override("en"):
            response = super().dispatch(request, *args, **kwargs)
        response.headers.setdefault("Content-Language", "en")
        patch_vary_headers(response, ["Accept", "Accept-Datetime"])
        return response

    def options(self, request, *args, **kwargs):
        return Response(status=204)

    def shape(self, schema: Any) -> dict[str, Any]:
        """What it answers, as JSON Schema; `schema` names the shapes that are used again."""
        raise NotImplementedError

    def get_format_suffix(self, **kwargs):
        """The address's ending, or else `format`; what is none is refused with the parameters."""
        return self.ending or formats.asked(self.request, self.renderer_classes)

    def parameters(self) -> Sequence[Parameter]:
        """Those that only this address has, besides `own`."""
        return ()

    def known(self) -> dict[str, Parameter]:
        """The parameters of this address."""
        return declared(self.types, self.particular, self.only)

    @cached_property
    def particular(self) -> list[Parameter]:
        found = [*self.own, *self.parameters()]
        if not self.ending:
            found.append(formats.parameter(self.renderer_classes))
        return found

    def query(self, request: Request) -> Query:
        """The request's query; `Accept-Datetime` (RFC 7089) stands in for a missing `as_of`."""
        query = self.given
        if query.as_of or not request.headers.get("Accept-Datetime"):
            return query
        if "as_of" not in self.known():
            return query
        moment = accepted_instant(request)
        return replace(query, as_of=moment) if moment and moment < timezone.now() else query

    @cached_property
    def given(self) -> Query:
        """What the address asks: the same whenever its view answers again."""
        query = parameters.read(
            self.request.query_params,
            self.types,
            self.particular,
            default_ordering=self.usual_ordering,
            only=self.known(),
        )
        query.extra.pop("format", None)  # it is in the renderer; `address` writes it back
        return query

    @cached_property
    def here(self) -> str:
        """This address without parameters."""
        return self.request.build_absolute_uri(self.request.path)

    @cached_property
    def format_asked(self) -> str | None:
        """The `format=` that stands in this address's parameters."""
        return None if self.ending else formats.asked(self.request, self.renderer_classes)

    def address(self, query: Query, **changes: Any) -> str:
        """This address with the query's canonical parameters, some of them changed."""
        if self.format_asked:
            extra = changes.get("extra", query.extra)
            changes["extra"] = extra | {"format": self.format_asked}
        text = query.canonical(**changes)
        return f"{self.here}?{text}" if text else self.here

    def lasting(self, query: Query) -> str:
        """The address that brings this answer again, whatever is published after it."""
        found = newest(self.request)
        at = query.as_of or (found[1] if found else None)
        return self.address(query, cursor=None, as_of=at)

    def neighbours(self, query: Query, page: Page) -> dict[str, str | None]:
        """The addresses of the pages beside this one."""
        cursors = {"next": page.next, "previous": page.previous}
        return {n: self.address(query, cursor=c) if c else None for n, c in cursors.items()}

    def meta(self, query: Query, title: Any) -> dict[str, Any]:
        url = self.lasting(query)
        return meta(str(title), url, newest(self.request), query.as_of, query.on)

    def answer(self, query: Query, data: Any, **links: str | None) -> Any:
        """The answer in all languages; its neighbours and its instant as headers."""
        return self.response_class(data, headers=self.headers_for(query, links))

    def download(
        self, query: Query, title: Any, name: str, columns: list[Column], rows: Iterable[Row]
    ) -> StreamingHttpResponse:
        """The answer in the form that was negotiated, row by row."""
        form = self.request.accepted_renderer
        url = self.lasting(query)
        here = self.address(query)
        filters = here[len(here.partition("?")[0]) :]
        listing = Listing(
            str(title), name, url, settings.SITE_URL, query, columns, rows, here, filters
        )
        headers = self.headers_for(query, {"cite-as": url})
        if form.attached:
            headers["Content-Disposition"] = f'attachment; filename="{name}.{form.format}"'
        body = form.write(listing) if self.request.method != "HEAD" else ()
        return StreamingHttpResponse(body, form.content_type, headers=headers)

    def headers_for(self, query: Query, links: dict[str, str | None]) -> dict[str, str]:
        headers = {"Content-Language": ", ".join(LANGUAGES)}
        if query.as_of:
            links["original"] = self.address(query, as_of=None)
            headers["Memento-Datetime"] = http_date(query.as_of.timestamp())
            headers["Content-Location"] = self.address(query)
            if self._is_settled(query.as_of):
                headers["Cache-Control"] = FOREVER
        found = [f'<{url}>; rel="{rel}"' for rel, url in links.items() if url]
        headers["Link"] = ", ".join([*found, *self.other_forms, LICENCE])
        return headers

    @cached_property
    def other_forms(self) -> list[str]:
        """The same in other formats, as links."""
        return []

    def _is_settled(self, as_of: datetime) -> bool:
        """Whether nothing can be added to the record at or before that instant any more.

        Publications are serialised and their instants grow: what is not later than the newest
        stays as it is. After it, one that is under way may still arrive.
        """
        found = newest(self.request)
        asked = "as_of" in self.request.query_params
        return bool(asked and found and as_of <= found[1])
