"""“Cite this”: one document's citation in the forms that reference managers read."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from rest_framework.renderers import BaseRenderer

from ..citations import Work
from ..freshness import newest
from ..instants import spell
from ..models import Entry
from . import shapes
from .details import RecordDetail
from .rendering import JSON, dumps


class Style(BaseRenderer):
    """One style; the answer's data has it under the same name."""

    charset = "utf-8"

    def render(self, data, accepted_media_type=None, renderer_context=None) -> bytes:
        found = (data or {}).get(self.format, "")
        return found.encode() if isinstance(found, str) else dumps(found)


class Apa(Style):
    media_type = "text/plain"
    format = "apa"


class BibTeX(Style):
    media_type = "application/x-bibtex"
    format = "bibtex"


class Ris(Style):
    media_type = "application/x-research-info-systems"
    format = "ris"


class Csl(Style):
    media_type = "application/vnd.citationstyles.csl+json"
    format = "csl"
    charset = None
    shape = shapes.STYLES["properties"]["csl"]


class RecordCitation(RecordDetail):
    """The citation of a document as it stands at an instant; its address brings that state."""

    only = ("as_of",)
    renderer_classes = (JSON, Apa, BibTeX, Ris, Csl)

    def parameters(self):
        return ()

    @property
    def operation(self) -> str:
        return f"{self.record_type.plural}_cite"

    @property
    def summary(self) -> str:
        return f"{self.record_type.label}: how to cite it"

    def get(self, request, key: str) -> HttpResponse:
        query = self.query(request)
        entry = self.entry(key, query.as_of)
        work = work_of(entry, self.title_of(entry), query, self.newest(query))
        data = work.styles | {"meta": self.meta(query, self.title_of(entry))}
        return self.answer(query, data)

    def newest(self, query: Any) -> Any:
        """The version and the instant of the record that is cited."""
        if query.as_of:
            return Entry.objects.recorded_by(query.as_of).newest()
        return newest(self.request)

    def shape(self, schema):
        meta = schema.component("Meta", shapes.META)
        return shapes.record(shapes.STYLES["properties"] | {"meta": meta})


def work_of(entry: Entry, title: str, query: Any, state: Any) -> Work:
    """The page of an entry, in the state of the record that was asked for."""
    version, recorded_at = state
    page = f"{settings.SITE_URL}/en{entry.data['url']}?as_of={spell(recorded_at)}"
    return Work(f"{entry.type}:{entry.key}", title, page, recorded_at, version)
