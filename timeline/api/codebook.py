"""Every enumeration with its codes and their labels, read off the record's types."""

import re
from typing import Any

from django.utils import translation

from .. import record_types
from ..documents import LANGUAGES
from . import shapes
from .base import ApiView


class Codebook(ApiView):
    operation = "codebook"
    summary = "Every enumeration: its codes, with labels in three languages"

    def get(self, request):
        query = self.query(request)
        data = {
            "next": None,
            "previous": None,
            "results": enumerations(),
            "meta": self.meta(query, "Codebook"),
        }
        return self.answer(query, data)

    def shape(self, schema):
        meta = schema.component("Meta", shapes.META)
        return shapes.listing(shapes.ENUMERATION, meta, can_count=False)


def enumerations() -> list[dict[str, Any]]:
    """Each enumeration once, with the lists and parameters that filter by it."""
    users: dict[Any, list[dict[str, str]]] = {}
    for record_type in record_types.all_types():
        for parameter, choices in record_type.choices.items():
            users.setdefault(choices, []).append(
                {"list": record_type.plural, "parameter": parameter}
            )
    return [
        {
            "name": re.sub(r"(?<!^)(?=[A-Z])", "_", choices.__name__).lower(),
            "used_by": used_by,
            "codes": [{"code": str(c.value), "label": labels(c)} for c in choices],
        }
        for choices, used_by in users.items()
    ]


def labels(member: Any) -> dict[str, str]:
    """A code's label in each language."""
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[language] = str(member.label)
    return found
