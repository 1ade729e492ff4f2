"""What all addresses of the API share: their parameters, their language and their headers."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date, parse_http_date_safe
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from .. import parameters
from ..cursors import Page
from ..declarations import Parameter, declared
from ..documents import LANGUAGES
from ..freshness import newest
from ..instants import of_timestamp
from ..queries import Query
from ..record_types import RecordType
from .meta import meta


class ApiView(APIView):
    """An address of the API. `only` are the parameters that it knows; None: all of its types'."""

    operation: ClassVar[str] = ""  # its name in the API's description
    summary: ClassVar[str] = ""
    only: ClassVar[Collection[str] | None] = ("format",)
    own: ClassVar[Sequence[Parameter]] = ()  # parameters that no list shares
    usual_ordering: ClassVar[str] = ""
    record_type: RecordType | None = None  # given by the address

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

    def known(self) -> dict[str, Parameter]:
        """The parameters of this address."""
        return declared(self.types, self.own, self.only)

    def query(self, request: Request) -> Query:
        """The request's query; `Accept-Datetime` (RFC 7089) stands in for a missing `as_of`."""
        query = parameters.read(
            request.query_params,
            self.types,
            self.own,
            default_ordering=self.usual_ordering,
            only=self.only,
        )
        asked = parse_http_date_safe(request.headers.get("Accept-Datetime", ""))
        if asked is None or query.as_of or "as_of" not in self.known():
            return query
        moment = of_timestamp(asked)
        return replace(query, as_of=moment) if moment < timezone.now() else query

    def address(self, query: Query, **changes: Any) -> str:
        """This address with the query's canonical parameters, some of them changed."""
        text = replace(query, **changes).canonical()
        path = self.request.build_absolute_uri(self.request.path)
        return f"{path}?{text}" if text else path

    def neighbours(self, query: Query, page: Page) -> dict[str, str | None]:
        """The addresses of the pages beside this one."""
        cursors = {"next": page.next, "previous": page.previous}
        return {n: self.address(query, cursor=c) if c else None for n, c in cursors.items()}

    def meta(self, query: Query, title: Any) -> dict[str, Any]:
        url = self.address(query, cursor=None)
        return meta(str(title), url, newest(self.request), query.as_of, query.on)

    def answer(self, query: Query, data: Any, **links: str | None) -> Response:
        """The answer in all languages; its neighbours and its instant as headers."""
        headers = {"Content-Language": ", ".join(LANGUAGES)}
        if query.as_of:
            links["original"] = self.address(query, as_of=None)
            headers["Memento-Datetime"] = http_date(query.as_of.timestamp())
        if found := [f'<{url}>; rel="{rel}"' for rel, url in links.items() if url]:
            headers["Link"] = ", ".join(found)
        return Response(data, headers=headers)
