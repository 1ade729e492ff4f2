"""One record through time: what changed between two instants, and its mementos (RFC 7089)."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.http import http_date
from django.utils.translation import gettext as _
from rest_framework.renderers import BaseRenderer

from .. import compiled
from ..declarations import instant_parameter
from ..differences import between
from ..faults import Fault, ParameterErrors
from ..instants import spell
from ..models import Entry
from . import shapes
from .details import RecordDetail
from .meta import of_entry
from .rendering import JSON

START = instant_parameter("from", "The earlier instant; a bare day is its end, UTC.", True)
END = instant_parameter("to", "The later instant; without it, now.")


class RecordDiff(RecordDetail):
    """What changed in a document between two instants, as JSON Patch (RFC 6902) with `was`."""

    only = ()
    own = (START, END)
    renderer_classes = (JSON,)

    def parameters(self):
        return ()

    @property
    def operation(self) -> str:
        return f"{self.record_type.plural}_diff"

    @property
    def summary(self) -> str:
        return f"{self.record_type.label}: what changed between two instants"

    def get(self, request, key: str):
        query = self.query(request)
        start, end = self._span(query.extra)
        old, new = (self._version(key, moment) for moment in (start, end))
        if old is None and new is None:
            raise self.missing(key)
        before, after = (e.data if e and not e.withdrawn else None for e in (old, new))
        data = {
            "from": self._side(old, start),
            "to": self._side(new, end),
            "changes": list(between(before, after)),
            "meta": self.meta(query, _("Changes of %(key)s") % {"key": key}),
        }
        return self.answer(query, data)

    def _span(self, given: dict[str, Any]) -> tuple[datetime, datetime]:
        end = given.get("to") or timezone.now()
        if "from" not in given:
            fault = _("Give the earlier instant: from=2026-03-01.")
            raise ParameterErrors([Fault("from", "required", fault)])
        refuse_empty(given)
        return given["from"], end

    def _version(self, key: str, moment: datetime) -> Entry | None:
        return compiled.in_force(self.record_type.name, key, moment)

    def _side(self, entry: Entry | None, moment: datetime) -> dict[str, Any]:
        """The version that was in force, if any; without what came after that instant."""
        version = of_entry(entry, moment) if entry else None
        return {"version": version, "withdrawn": bool(entry and entry.withdrawn)}

    def shape(self, schema):
        version = schema.component("Version", shapes.VERSION)
        side = shapes.record(
            {
                "version": {"anyOf": [version, {"type": "null"}]},
                "withdrawn": {"type": "boolean"},
            }
        )
        return shapes.record(
            {
                "from": side,
                "to": side,
                "changes": {"type": "array", "items": shapes.OPERATION},
                "meta": schema.component("Meta", shapes.META),
            }
        )


def refuse_empty(given: dict[str, Any]) -> None:
    """A span must not end before it begins."""
    if "from" in given and given["from"] > (given.get("to") or timezone.now()):
        fault = _("The span ends before it begins.")
        raise ParameterErrors([Fault("from", "empty_span", fault)])


class LinkFormat(BaseRenderer):
    """A time map as RFC 7089 has it."""

    media_type = "application/link-format"
    format = "link"
    charset = None

    def render(self, data, accepted_media_type=None, renderer_context=None) -> bytes:
        if data is None:
            return b""
        here, mementos = data["original"], data["mementos"]
        lines = [
            f'<{here}>; rel="original timegate"',
            f'<{here}timemap/?format=link>; rel="self"; type="{self.media_type}"',
            *(
                f'<{m["uri"]}>; rel="{_place(number, len(mementos))}"; '
                f'datetime="{http_date(m["datetime"].timestamp())}"'
                for number, m in enumerate(mementos)
            ),
        ]
        return ",\n".join(lines).encode() + b"\n"


class RecordTimemap(RecordDetail):
    """The addresses of a document at each instant when it changed (Memento, RFC 7089)."""

    only = ()
    renderer_classes = (JSON, LinkFormat)

    def parameters(self):
        return ()

    @property
    def operation(self) -> str:
        return f"{self.record_type.plural}_timemap"

    @property
    def summary(self) -> str:
        return f"{self.record_type.label}: its addresses through time"

    def get(self, request, key: str):
        query = self.query(request)
        versions = Entry.objects.versions_of(self.record_type.name, key).order_by("version")
        found = list(versions.only("recorded_at", "document").exclude(document=None))
        if not found:
            raise self.missing(key)
        here = request.build_absolute_uri(request.path).partition("/timemap")[0] + "/"
        mementos = [
            {"uri": f"{here}?as_of={spell(entry.recorded_at)}", "datetime": entry.recorded_at}
            for entry in found
        ]
        data = {
            "original": here,
            "timegate": here,
            "mementos": mementos,
            "meta": self.meta(query, _("Time map of %(key)s") % {"key": key}),
        }
        return self.answer(query, data)

    def shape(self, schema):
        memento = shapes.record({"uri": shapes.ADDRESS, "datetime": shapes.INSTANT})
        return shapes.record(
            {
                "original": shapes.ADDRESS,
                "timegate": shapes.ADDRESS,
                "mementos": {"type": "array", "items": memento, "minItems": 1},
                "meta": schema.component("Meta", shapes.META),
            }
        )


def _place(number: int, count: int) -> str:
    first, last = number == 0, number == count - 1
    return " ".join(["first"] * first + ["last"] * last + ["memento"])
