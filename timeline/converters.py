"""What stands for a type of record in an address."""

from django.urls import register_converter
from django.urls.converters import SlugConverter, get_converters

from . import record_types


class PluralConverter(SlugConverter):
    """The name of a type's collection. No other address, such as /api/…, is taken for a page."""

    def to_python(self, value: str) -> str:
        if record_types.by_plural(value) is None:
            raise ValueError(value)
        return value


def register() -> None:
    """Make `<plural:…>` known to the addresses of this site; to be called wherever it is used."""
    if PluralConverter not in (type(c) for c in get_converters().values()):
        register_converter(PluralConverter, "plural")
