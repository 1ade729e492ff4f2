"""The root of the API, which leads to everything, and the answer where nothing is."""

from django.conf import settings
from django.http import HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from .. import record_types
from . import shapes
from .base import ApiView
from .problems import Missing


class Root(ApiView):
    operation = "root"
    summary = "Where everything is"
    more: tuple[str, ...] = ()  # addresses that only this subject has; given by the routes

    def get(self, request):
        query = self.query(request)
        here = request.build_absolute_uri(request.path)
        data = {
            "title": settings.RECORD_TITLE,
            "lists": {t.plural: f"{here}{t.plural}/" for t in record_types.all_types()},
            "timeline": f"{here}timeline/",
            "density": f"{here}timeline/density/",
            "changes": f"{here}changes/",
            "feeds": f"{here}feeds/",
            "data": f"{here}data/",
            "codebook": f"{here}codebook",
            "openapi": f"{here}openapi.json",
            "docs": f"{here}docs/",
            **{name.replace("-", "_"): f"{here}{name}/" for name in self.more},
            "meta": self.meta(query, "API"),
        }
        return self.answer(query, data)

    def shape(self, schema):
        fixed = "timeline density changes feeds data codebook openapi docs".split()
        named = [*fixed, *(name.replace("-", "_") for name in self.more)]
        addresses = dict.fromkeys(named, shapes.ADDRESS)
        lists = {"type": "object", "additionalProperties": shapes.ADDRESS}
        meta = schema.component("Meta", shapes.META)
        return shapes.record(
            {"title": {"type": "string"}, "lists": lists, **addresses, "meta": meta}
        )


class Nowhere(ApiView):
    """Any address that is none; a closing slash too few or too many is put right."""

    schema = None

    def get(self, request):
        closed = request.path.endswith("/")
        address = request.path.rstrip("/") if closed else f"{request.path}/"
        if _leads_somewhere(address):
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
        raise Missing(
            _("There is nothing at this address. %(root)s lists what there is.")
            % {"root": reverse("api:root")}
        )


def _leads_somewhere(address: str) -> bool:
    try:
        return resolve(address).url_name != "nowhere"
    except Resolver404:
        return False
