"""Two editors, one record: where the one's input differs from what the other saved."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from timeline.word_differences import Piece, pieces

TAKEN = "take"  # in the form: of which fields what is saved is taken
SAVED = "saved:"  # and before a field's name: what that is


class Difference(NamedTuple):
    field: str
    yours: str
    saved: str
    name: str = ""  # of the field in the form
    value: str = ""  # what the field would post to take over what is saved

    @property
    def pieces(self) -> list[Piece]:
        return pieces(self.yours, self.saved)


def differences(form: forms.ModelForm, inlines: Iterable[Any]) -> Iterator[Difference]:
    """Every field whose value in the form is not the one that is saved now.

    `inlines` are Django's InlineAdminFormSets.
    """
    yield from _of_form(form, "")
    for inline in inlines:
        name = capfirst(str(inline.opts.verbose_name))
        for number, row in enumerate(inline.formset.forms, start=1):
            delete = row.add_prefix("DELETE")
            if row.instance.pk is None and row.has_changed():
                new = Difference(f"{name} {number}", _("a row of yours"), _("no such row"))
                yield new._replace(name=delete, value="on")
            elif row.data.get(delete):
                saved = str(row.instance)
                yield Difference(f"{name} {number}", _("removed by you"), saved, delete)
            else:
                yield from _of_form(row, f"{name} {number}: ")


def _of_form(form: forms.ModelForm, prefix: str) -> Iterator[Difference]:
    for name in form.changed_data:
        field = form.fields[name]
        label = prefix + str(field.label or capfirst(name))
        saved = form.get_initial_for_field(field, name)
        value = "" if saved is None else str(saved)
        shown = _shown(field, form[name].data), _shown(field, saved)
        yield Difference(label, *shown, form.add_prefix(name), value)


def take_over(posted: QueryDict) -> QueryDict:
    """What was posted, with the saved values in place of those for which the editor chose them."""
    data = posted.copy()
    for name in posted.getlist(TAKEN):
        value = posted.get(f"{SAVED}{name}")
        if value and value != "False":
            data[name] = value
        elif value is not None:
            data.pop(name, None)
    return data


def _shown(field: forms.Field, value: Any) -> str:
    """A value in words: the record that a key stands for, the label of a code."""
    if value in (None, ""):
        return "—"
    if isinstance(field, forms.ModelChoiceField):
        try:
            return str(field.clean(value))
        except ValidationError:
            return str(value)
    labels = {str(code): str(label) for code, label in _choices(field)}
    return labels.get(str(value), str(value))


def _choices(field: forms.Field) -> Iterator[tuple[Any, Any]]:
    return iter(getattr(field, "choices", ()))
