"""Every address that the URLconf knows, with something in the place of each of its arguments."""

import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern, RegexPattern, RoutePattern

ARGUMENT = re.compile(r"<(?:(\w+):)?(\w+)>")


def addresses(values: dict[str, str]) -> list[str]:
    """One address of each pattern; `values` are arguments by their name, else by their converter.

    An argument that is not named there is an error: a new route says what it is to be walked with.
    """
    return sorted(set(_walk(get_resolver().url_patterns, "/", values)))


def _walk(patterns: list, prefix: str, values: dict[str, str]) -> Iterator[str]:
    for pattern in patterns:
        address = prefix + _written(pattern.pattern, values)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, address, values)
        elif isinstance(pattern, URLPattern):
            yield address


def _written(pattern: object, values: dict[str, str]) -> str:
    if isinstance(pattern, LocalePrefixPattern):
        return "en/"
    if isinstance(pattern, RoutePattern):
        return ARGUMENT.sub(lambda m: values.get(m[2]) or values[m[1]], str(pattern))
    if isinstance(pattern, RegexPattern):
        return next(v for name, v in values.items() if pattern.regex.pattern.startswith(name))
    raise TypeError(pattern)
