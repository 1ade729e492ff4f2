"""Every enumeration with its codes, their labels and definitions (`timeline.codebook`)."""

from .. import codebook
from . import shapes
from .base import ApiView


class Codebook(ApiView):
    """Each code with labels and definition in three languages, its group and its crosswalks."""

    operation = "codebook"
    summary = "Every enumeration: its codes, with labels and definitions in three languages"

    def get(self, request):
        query = self.query(request)
        data = {
            "next": None,
            "previous": None,
            "results": codebook.as_data(),
            "meta": self.meta(query, "Codebook"),
        }
        return self.answer(query, data)

    def shape(self, schema):
        meta = schema.component("Meta", shapes.META)
        return shapes.listing(shapes.ENUMERATION, meta, can_count=False)
