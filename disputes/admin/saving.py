"""How the desk saves: one transaction, one lock, and what is public is published again at once."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models
from django.forms import BaseModelFormSet, Script
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from translated_fields import show_language_code

from ..duties import may_publish, may_release, proposes
from ..models import Record
from ..translations import mark_stale
from .conflicts import TAKEN, differences, take_over
from .forms import DeskForm
from .parts import PartFormSet
from .proposing import Proposed, ProposingMixin, pending_on
from .returning import publish_with_drafts
from .texts import DeskFieldsMixin

NOT_ALONE = gettext_lazy(
    "Somebody else has to look at it: what you handed in yourself another editor publishes."
)
FIRST_PUBLISHED = "First published."
PUBLISHED_AGAIN = "Published again."


class DeskAdmin(ProposingMixin, DeskFieldsMixin, admin.ModelAdmin):
    """An admin of a record, or of a part that is published with its record (`record_of`)."""

    form = DeskForm
    actions_on_bottom = True
    list_per_page = 50
    list_max_show_all = 200
    save_on_top = False
    view_on_site = False

    class Media:
        js = [Script("admin_desk/pickers.js", type="module")]

    def record_of(self, request: HttpRequest, obj: models.Model | None) -> Record | None:
        """What is locked and published when this is saved; None for a new record."""
        raise NotImplementedError

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Save all or nothing. What is refused is rolled back and shown in the form, input kept.

        Django saves in one transaction, which the refusal leaves; the second try ends in the form.
        """
        if TAKEN in request.POST:
            request.POST = take_over(request.POST)
        arguments = (request, object_id, form_url, extra_context)
        obj = self.get_object(request, unquote(object_id)) if object_id else None
        self.resume(request, obj)
        try:
            return super().changeform_view(*arguments)
        except Proposed as proposed:
            return self.keep_proposal(request, proposed)
        except (ValidationError, IntegrityError) as refusal:
            request.refusals = [refusal]
            return super().changeform_view(*arguments)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.record = self.record_of(request, obj)
        form.refusals = getattr(request, "refusals", ())
        return form

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if issubclass(inline.formset, PartFormSet):
            kwargs["late"] = self._is_late(request, obj)
        return kwargs

    def _is_late(self, request: HttpRequest, obj: models.Model) -> bool:
        """Whether somebody saved the record since the form that is posted was opened."""
        record = self.record_of(request, obj) if obj.pk else None
        return record is not None and request.POST.get("opened_revision") != str(record.revision)

    def render_change_form(self, request, context, *args, **kwargs):
        obj = context["original"]
        record = self.record_of(request, obj)
        form = context["adminform"].form
        if getattr(form, "conflict", False):
            context["differences"] = list(differences(form, context["inline_admin_formsets"]))
        self.forget_that_it_is_resumed(context)
        context["record"] = record
        context["record_opts"] = record and record._meta
        context["proposing"] = proposes(request.user, record)
        context["pending"] = list(pending_on(record)) if record and record.is_published else []
        response = super().render_change_form(request, context, *args, **kwargs)
        with show_language_code(True):  # in the labels of texts that may only be read
            return response.render()

    def save_model(self, request, obj, form, change):
        """A change is saved in `save_related`, where it is known whether any row changed."""
        if not change:
            if isinstance(obj, Record):
                obj.modified_by = request.user
            obj.save()

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        record = self.record_of(request, form.instance)
        changed = not change or _changes(form, formsets)
        if changed:
            self.save_changed(request, record, form, formsets, change)
        self.settle(request, record, changed, form.cleaned_data.get("reason", ""))

    def save_changed(
        self,
        request: HttpRequest,
        record: Record,
        form: DeskForm,
        formsets: list[BaseModelFormSet],
        change: bool,
    ) -> None:
        """Save the record once, with its lock, whatever of it was changed."""
        if form.instance is not record and change:
            form.instance.save()
        if form.instance is not record or change:
            for row, columns in _edits(form, formsets):
                mark_stale(record, row, columns)
            record.modified_by = request.user
            record.save()

    def settle(self, request: HttpRequest, record: Record, changed: bool, reason: str) -> None:
        """Publish what is public or is to be; ValidationError (and nothing saved) with faults."""
        if record.is_published:
            if changed and not reason.strip():
                message = _("Say why you change what is public.")
                raise ValidationError({"reason": ValidationError(message, code="required")})
            if changed and (proposes(request.user, record) or "_propose" in request.POST):
                self.take(record, reason)
            if changed:
                self.publish(request, record, reason)

    def publish(self, request: HttpRequest, record: Record, reason: str) -> None:
        if not may_publish(request.user):
            raise PermissionDenied
        if not record.is_published and not may_release(request.user, record):
            raise ValidationError(NOT_ALONE, code="four_eyes")
        fresh = type(record).objects.get(pk=record.pk)  # as it now stands, with all of its rows
        publish_with_drafts(request, fresh, reason)


def _changes(form: DeskForm, formsets: list[BaseModelFormSet]) -> bool:
    return form.has_changed() or any(formset.has_changed() for formset in formsets)


def _edits(form: DeskForm, formsets: list[BaseModelFormSet]) -> list[tuple[models.Model, list]]:
    """Each edited row that stays, with the columns that were edited."""
    edited = [(form.instance, form.changed_data)]
    for formset in formsets:
        gone = {id(row) for row in formset.deleted_forms} if formset.can_delete else set()
        edited += [
            (row.instance, row.changed_data)
            for row in formset.initial_forms
            if id(row) not in gone and row.has_changed()
        ]
    return edited
