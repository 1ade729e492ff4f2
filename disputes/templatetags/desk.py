"""Addresses of the desk's pages."""

from django import template

from ..models import Record

register = template.Library()


@register.filter
def desk_name(record: Record, page: str) -> str:
    """The name of one of the admin's pages about a record, for `url`."""
    return f"admin:disputes_{record._meta.model_name}_{page}"


@register.filter
def list_of(first: object, second: object) -> list[object]:
    return [first, second]
