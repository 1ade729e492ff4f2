"""Documents of surveys and counts, with their readings."""

from ..models import Survey, SurveyKind, Unit
from .base import Computed, DocumentSerializer, Key, Nothing, Translations
from .fields import Choice, Edtf, Line, Number, Text, Whole
from .parts import Part, Rows, disputes, sources


class ReadingPart(Part):
    unique = ("date",)
    date = Edtf(required=True)
    value = Number()
    sample = Whole(min_value=1, max_value=10_000_000)
    note = Text()
    sources = sources()


class SurveyDocument(DocumentSerializer):
    model = Survey
    prefetch = ("bearings__dispute", "readings__citations__source")

    type = Computed()
    key = Key()
    title = Text(max_length=300)
    summary = Text(source="note")
    date = Nothing()
    date_earliest = Nothing()
    date_latest = Nothing()
    disputes = disputes()
    sources = Nothing([])
    url = Computed()
    translations = Translations()
    kind = Choice(SurveyKind, default=SurveyKind.OPINION)
    pollster = Text()
    country = Line(max_length=2)
    question = Text()
    measure = Text()
    unit = Choice(Unit, required=True)
    readings = Rows(ReadingPart(), "readings")
