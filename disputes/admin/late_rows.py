"""Rows of a form that somebody else's save has overtaken: merged with what is saved by now."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.models import model_to_dict

Values = dict[str, str]
Posted = dict[str, list[str]]


def values_of(row: models.Model, names: Iterable[str]) -> Values:
    """A saved row as its form would post it."""
    found = model_to_dict(row, fields=list(names))
    return {name: "" if value is None else str(value) for name, value in found.items()}


def spelled(rows: Iterable[models.Model], names: Iterable[str]) -> str:
    """What is saved, to be sent along with the form and to come back in it."""
    return json.dumps({str(row.pk): values_of(row, names) for row in rows})


def understood(text: str) -> dict[str, Values]:
    """What `spelled` sent along; {} where it cannot be read."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    rows = found.items() if isinstance(found, dict) else ()
    return {key: row for key, row in rows if isinstance(row, dict)}


def is_touched(field: forms.Field, opened: Values | None, name: str, posted: str) -> bool:
    """Whether a value is another than the form was opened with; the unknown counts as touched."""
    try:
        return field.has_changed(field.to_python(opened[name]), posted)
    except (KeyError, TypeError, ValidationError, OverflowError):
        return True


def merged(
    fields: Mapping[str, forms.Field], saved: Values, mine: Posted | None, opened: Values | None
) -> dict[str, Any]:
    """A row that is saved: the fields that were touched as posted, the others as saved now."""
    row: Posted = dict(mine or {})
    for name, value in saved.items():
        posted = row.get(name, [""])[-1]
        if mine is None or not is_touched(fields[name], opened, name, posted):
            row[name] = [value]
    return row


def is_wanted(fields: Mapping[str, forms.Field], mine: Posted, opened: Values | None) -> bool:
    """Whether a row that somebody else removed was worked on here, and is to be offered again."""
    if "DELETE" in mine:
        return False
    names = [name for name in fields if name in mine]
    return any(is_touched(fields[name], opened, name, mine[name][-1]) for name in names)
