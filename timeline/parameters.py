"""The one reading of a list's query string: API, pages and downloads agree on every address."""

import difflib
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from . import cursors, references
from .declarations import IN, MAX_LENGTH, Parameter, declared, orderings, terms_of_types
from .faults import Fault, ParameterErrors, Refused, shown
from .queries import Query
from .record_types import RecordType

MAX_VALUES = 100  # in one query string, and of one filter
MAX_FAULTS = 20  # that are listed


def read(
    given: QueryDict,
    types: Sequence[RecordType],
    extra: Iterable[str | Parameter] = (),
    default_ordering: str = "",
    only: Collection[str] | None = None,
) -> Query:
    """What a query string asks of a type's list or, with several types, of their merged list.

    `extra` are the page's own parameters (a bare name: read as text); `only` narrows the known
    ones to these (a page that lists nothing). ParameterErrors with every fault at once.
    A parameter without a value counts as not given, as an empty field of a form is.
    """
    extra = tuple(extra)
    known = declared(types, extra, only)
    values: dict[str, list[Any]] = {}
    faults = list(_excess(given))
    for name, texts in given.lists() if not faults else ():
        texts = [text.strip() for text in texts if text.strip()]
        try:
            values[name] = _values(name, texts, known)
        except ParameterErrors as error:
            faults += error.faults
    usual = default_ordering or orderings(types)[0]
    faults += _joint_faults(values, _only(values, "ordering") or usual)
    if faults:
        raise ParameterErrors(faults[:MAX_FAULTS])
    own = [p.name if isinstance(p, Parameter) else p for p in extra]
    query = _query(values, types, own, usual)
    if faults := list(references.faults(query.filters, types)):
        raise ParameterErrors(faults[:MAX_FAULTS])
    return query


def _excess(given: QueryDict) -> Iterator[Fault]:
    count = sum(len(texts) for _name, texts in given.lists())
    if count > MAX_VALUES:
        yield _too_many(max(given, key=lambda name: len(given.getlist(name))), count)


def _too_many(name: str, count: int) -> Fault:
    detail = _("The query string holds %(count)d values; at most %(most)d are read.")
    return Fault(shown(name), "too_many", detail % {"count": count, "most": MAX_VALUES})


def _values(name: str, texts: list[str], known: dict[str, Parameter]) -> list[Any]:
    """The values of one parameter. ParameterErrors with the first fault of each."""
    if name not in known:
        raise ParameterErrors([_unknown(name, known)])
    parameter, values, faults = known[name], [], []
    if len(texts) > 1 and not parameter.many:
        faults.append(Fault(name, "repeated", _("Give “%(name)s” once.") % {"name": name}))
    for text in texts:
        try:
            values.append(parameter.read(_checked(text)))
        except Refused as refused:
            faults.append(Fault(name, refused.code, refused.detail))
    if faults:
        raise ParameterErrors(faults)
    return values


def _checked(text: str) -> str:
    if len(text) > MAX_LENGTH:
        detail = _("The value has %(length)d characters; at most %(most)d are read.")
        raise Refused("too_long", detail % {"length": len(text), "most": MAX_LENGTH})
    if "\x00" in text:
        raise Refused("null_character", _("The value holds a null character."))
    return text


def _unknown(name: str, known: dict[str, Parameter]) -> Fault:
    near = difflib.get_close_matches(name[:64], known, n=1)
    hint = _(" Did you mean “%(near)s”?") % {"near": near[0]} if near else ""
    detail = _("There is no parameter “%(name)s” here.%(hint)s Known: %(known)s.") % {
        "name": shown(name),
        "hint": hint,
        "known": ", ".join(sorted(known)),
    }
    return Fault(shown(name), "unknown", detail)


def _joint_faults(values: dict[str, list[Any]], ordering: str) -> Iterator[Fault]:
    """Faults that only show when parameters are read together."""
    first, last = (_only(values, name) for name in ("date__gte", "date__lte"))
    if first and last and first[1] > last[1]:
        yield Fault("date__gte", "empty_span", _("The span ends before it begins."))
    for name in {name.removesuffix(IN) for name in values}:
        if (count := len(_any_of(values, name))) > MAX_VALUES:
            yield _too_many(name, count)
    if cursor := _only(values, "cursor"):
        try:
            cursors.decode(cursor, ordering)
        except ParameterErrors as error:
            yield from error.faults


def _only(values: dict[str, list[Any]], name: str) -> Any:
    found = values.get(name)
    return found[0] if found else None


def _query(
    values: dict[str, list[Any]],
    types: Sequence[RecordType],
    extra: Iterable[str],
    usual: str,
) -> Query:
    only = {name: found[0] for name, found in values.items() if found}
    first, last = only.get("date__gte"), only.get("date__lte")
    optional = {
        name: only[name]
        for name in "date_match updated_since on as_of q page_size cursor count".split()
        if name in only
    }
    return Query(
        types=tuple(types),
        default_ordering=usual,
        ordering=only.get("ordering", usual),
        chosen_types=_any_of(values, "type") if len(types) > 1 else (),
        filters={name: found for name in terms_of_types(types) if (found := _any_of(values, name))},
        date_gte=first[0] if first else "",
        date_lte=last[0] if last else "",
        first=first[1] if first else None,
        last=last[1] if last else None,
        extra={name: only[name] for name in extra if name in only},
        **optional,
    )


def _any_of(values: dict[str, list[Any]], name: str) -> tuple[str, ...]:
    """The values given as `name=a&name=b` and as `name__in=a,b`."""
    listed = [value for part in values.get(name + IN, ()) for value in part]
    return tuple(sorted({*values.get(name, ()), *listed}))
