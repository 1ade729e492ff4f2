"""Rows that are readings of a survey: together they are one change of it."""

import pytest

from disputes.models import Proposal

from ..admin.pages import researcher
from ..factories import make_survey
from .files import csv_of, exported, faults, imported, rows_of, sent

pytestmark = pytest.mark.django_db


def test_readings_of_one_survey_are_one_proposal():
    survey = make_survey(readings=[("2019", 12.2), ("2020", 12.3)])
    client = researcher()
    rows = rows_of(exported(client, "survey"))
    assert [(row["date"], row["value"]) for row in rows] == [("2019", "12.2"), ("2020", "12.3")]
    rows[0] |= {"value": "13.5"}
    rows.append(rows[1] | {"date": "2021", "value": "20", "sample": "1000"})
    imported(client, "survey", csv_of(rows))
    assert survey.readings.count() == 2
    readings = Proposal.objects.get().data["readings"]
    assert [(r["date"], r["value"], r["sample"]) for r in readings] == [
        ("2019", 13.5, None),
        ("2020", 12.3, None),
        ("2021", 20, 1000),
    ]


def test_a_fault_of_a_reading_is_named_by_its_row():
    survey = make_survey(published=False, readings=[("2019", 1.0)])
    client = researcher()
    (row,) = rows_of(exported(client, "survey"))
    rows = [row, row | {"date": "2020", "value": "many"}, row | {"survey": "none"}]
    assert [(n, column) for n, column, _m in faults(sent(client, "survey", csv_of(rows)))] == [
        (3, "value"),
        (4, "survey"),
    ]
    twice = faults(sent(client, "survey", csv_of([row, row])))
    assert twice == [(3, "survey", "It stands in row 2 already.")]
    assert survey.readings.get().value == 1.0
