"""Tells the record (`timeline`) which types of document there are, and under what each is found."""

from timeline import field_names as names_of_fields
from timeline import record_types

from ..pages import overviews
from . import agreements, disputes, field_names, happenings, papers, people


def register() -> None:
    for module in (disputes, happenings, agreements, papers, people):
        record_types.register(*module.TYPES)
    names_of_fields.names.update(field_names.NAMES)
    names_of_fields.codes.update(field_names.CODES)
    record_types.timeline_overviews.append(overviews.timeline)
