"""The desk in Django's admin: what researchers and editors see."""

from . import (
    accounts,
    agreements,
    disputes,
    happenings,
    papers,
    part_pages,
    people,
    proposals,
    sources,
    surveys,
)
