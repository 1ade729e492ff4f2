"""Which records there are on the desk, by key: asked for every reference, so remembered."""

from collections.abc import Iterable

from ..models import Record


def models_by_type() -> dict[str, type[Record]]:
    """Every kind of record, by the name of its document type."""
    return {model.document_type: model for model in _concrete(Record)}


def _concrete(model: type[Record]) -> Iterable[type[Record]]:
    for child in model.__subclasses__():
        if not child._meta.abstract:
            yield child
        yield from _concrete(child)


class Desk:
    """Keys of the desk's records; `expected` are those of files that will be saved with it."""

    def __init__(self, expected: Iterable[tuple[str, str]] = ()) -> None:
        self._expected = set(expected)
        self._pks: dict[str, dict[str, int]] = {}

    def knows(self, type_: str, key: str) -> bool:
        return (type_, key) in self._expected or self.pk(type_, key) is not None

    def pk(self, type_: str, key: str) -> int | None:
        if key not in self._keys(type_):
            self._pks.pop(type_, None)  # it may have been saved since: look once more
        return self._keys(type_).get(key)

    def saved(self, record: Record) -> None:
        """Remember a record that was just saved."""
        self._keys(record.document_type)[record.key] = record.pk

    def _keys(self, type_: str) -> dict[str, int]:
        if type_ not in self._pks:
            model = models_by_type()[type_]
            self._pks[type_] = dict(model.objects.values_list("key", "pk"))
        return self._pks[type_]
