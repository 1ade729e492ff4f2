"""The forms of the desk: a reason for what becomes public, and the lock against lost edits."""

import json
from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import formats, timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Record
from ..models.plover import MODES, PloverMode
from ..publishing import Fault, Unpublishable, display_name

REASON_LENGTH = 500
# Fields of the form that are no columns.
ABOUT_THE_EDIT = ("reason", "opened_revision", "opened_values")


class DeskForm(forms.ModelForm):
    """A record's form, or that of a part which is published with its record.

    The admin sets the class attributes for each request. `refusals` is what the database or the
    publication said when this very input was tried; it was rolled back, and the form shows why.
    """

    record: ClassVar[Record | None] = None  # which is published and locked; None: a new one
    refusals: ClassVar[Iterable[Exception]] = ()
    conflict = False  # whether somebody else saved the record since the form was opened

    reason = forms.CharField(
        label=gettext_lazy("Reason for the change"),
        max_length=REASON_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=gettext_lazy(
            "Public: it stands in the record's change log. Say what was wrong or what is new."
        ),
    )
    opened_revision = forms.IntegerField(widget=forms.HiddenInput)
    opened_values = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.record is None:
            del self.fields["opened_revision"], self.fields["opened_values"]
        else:
            self.initial["opened_revision"] = self.record.revision
            self.initial["opened_values"] = json.dumps(self._saved_values())
        if self.record is None or not self.record.is_published:
            del self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.record and cleaned.get("opened_revision", 0) != self.record.revision:
            self._report_conflict(self.record)
        for refusal in self.refusals:
            self._report(refusal)
        return cleaned

    @cached_property
    def changed_data(self):
        """Names of columns only: neither the reason nor the lock is a change."""
        return [name for name in super().changed_data if name not in ABOUT_THE_EDIT]

    def _saved_values(self) -> dict[str, str]:
        """What is saved now, to tell later which fields the editor touched."""
        initial = {name: self.get_initial_for_field(f, name) for name, f in self.fields.items()}
        return {
            name: "" if value is None else str(value)
            for name, value in initial.items()
            if name not in ABOUT_THE_EDIT
        }

    def _opened_values(self) -> dict[str, str]:
        """What was saved when the form was opened; {} when that cannot be read."""
        try:
            found = json.loads(self.cleaned_data.get("opened_values", ""))
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    def _touched(self, name: str, opened: dict[str, str]) -> bool:
        """Whether the field's input is not what it was when the form was opened."""
        field = self.fields[name]
        try:
            return field.has_changed(field.to_python(opened[name]), self[name].data)
        except (KeyError, ValidationError, OverflowError):
            return True

    def _report_conflict(self, record: Record) -> None:
        """Say who saved. The form now belongs to the revision that it is compared with.

        Fields that the editor did not touch take over what was saved in the meantime.
        """
        self.conflict = True
        opened, saved = self._opened_values(), self._saved_values()
        data = self.data.copy()
        for name in self.changed_data:
            if not self._touched(name, opened):
                data[self.add_prefix(name)] = saved[name]
        data[self.add_prefix("opened_revision")] = str(record.revision)
        data[self.add_prefix("opened_values")] = json.dumps(saved)
        self.data = data
        self.__dict__.pop("changed_data", None)
        saved_at = formats.date_format(timezone.localtime(record.modified_at), "DATETIME_FORMAT")
        message = _(
            "%(who)s saved this record on %(when)s, after you had opened it. Nothing of yours was "
            "saved, and nothing was overwritten. Your input is still here: compare it with what "
            "is saved now, then save again."
        )
        who = display_name(record.modified_by) if record.modified_by else _("Somebody else")
        self.add_error(
            None,
            ValidationError(message, code="concurrent_edit", params={"who": who, "when": saved_at}),
        )

    def _report(self, refusal: Exception) -> None:
        if isinstance(refusal, Unpublishable):
            for fault in refusal.faults:
                self._report_fault(fault)
        elif isinstance(refusal, ValidationError):
            self._report_error(refusal)
        else:
            self.add_error(None, _("This contradicts what is saved already: %s") % refusal)

    def _report_fault(self, fault: Fault) -> None:
        own = self.record is None or fault.record.pk == self.record.pk
        if own and fault.field in self.fields:
            self.add_error(fault.field, fault.message)
        elif own:
            self.add_error(None, f"{fault.field}: {fault.message}")
        else:
            self.add_error(None, str(fault))

    def _report_error(self, error: ValidationError) -> None:
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for field, errors in error.error_dict.items():
            known = field in self.fields and field != NON_FIELD_ERRORS
            self.add_error(field if known else None, errors)


class HappeningForm(DeskForm):
    """PLOVER's modes as a list to choose from."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "plover_mode" in self.fields:
            modes = [("", "—"), *PloverMode.choices]
            known = "; ".join(f"{type_}: {', '.join(MODES[type_])}" for type_ in MODES)
            self.fields["plover_mode"] = forms.ChoiceField(
                label=self.fields["plover_mode"].label,
                choices=modes,
                required=False,
                help_text=known,
            )


class OneCauseMixin:
    """For a link's form: that it has one cause is said by the model, in words, and not again."""

    def _get_validation_exclusions(self) -> set[str]:
        causes = [self.cleaned_data.get(name) for name in ("cause_event", "cause_summit")]
        said = {"cause_event"} if len([cause for cause in causes if cause]) != 1 else set()
        return super()._get_validation_exclusions() | said


class WithdrawalForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason for the withdrawal"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=gettext_lazy("Public: readers see it in place of the record."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
