"""The API's description as OpenAPI, and the page to read it."""

from functools import cache

import orjson
from django.http import HttpResponse
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.views import SpectacularSwaggerSplitView

from ..parameters import read
from .base import ApiView


class Description(ApiView):
    """OpenAPI 3.1. It depends on the code alone, so each process makes it once."""

    schema = None

    def get(self, request):
        self.query(request)
        return HttpResponse(description(), content_type="application/json")


@cache
def description() -> bytes:
    """The description as JSON."""
    return orjson.dumps(SchemaGenerator().get_schema(request=None, public=True))


class Docs(SpectacularSwaggerSplitView):
    """Swagger UI; it loads nothing from elsewhere and runs under the site's CSP."""

    url_name = "api:openapi"
    template_name = "api/docs.html"

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        read(request.query_params, [], extra=["script"], only=())
