"""Rows of a record on its page: whoever may change the record may change them."""

from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .texts import DeskFieldsMixin


class PartFormSet(BaseInlineFormSet):
    """Rows as posted; also when somebody else saved in the meantime (`late`) and removed some."""

    def __init__(self, data: Any = None, *args: Any, late: bool = False, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        if self.is_bound and late:
            self._align()

    def get_form_kwargs(self, index):
        """A new row comes last."""
        kwargs = super().get_form_kwargs(index)
        new = index is None or index >= self.initial_form_count()
        if new and "position" in self.form.base_fields:
            last = max((row.position for row in self.get_queryset()), default=-1)
            kwargs["initial"] = {"position": last + 1}
        return kwargs

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].widget.attrs["aria-label"] = _("Delete?")

    def _align(self) -> None:
        """Saved rows first, in the order of the database; a row that is gone becomes a new one.

        Django pairs posted rows with saved ones by their place, and would hide what is left over.
        """
        try:
            total, initial = self.total_form_count(), self.initial_form_count()
        except (ValidationError, KeyError):
            return  # the rows' count is missing: Django reports it
        posted = [self.data.get(f"{self.prefix}-{n}-id", "") for n in range(total)]
        saved = {str(row.pk): row for row in self.get_queryset()}
        kept = [key for key in saved if key in posted[:initial]]
        self._queryset = [saved[key] for key in kept]
        if kept == posted[:initial]:
            return
        order = [posted.index(key) for key in kept]
        order += [n for n in range(total) if n not in order]
        self._rearrange(order, len(kept))

    def _rearrange(self, order: list[int], initial: int) -> None:
        """The posted rows in this order, of which so many are saved ones."""
        rows = [f"{self.prefix}-{n}-" for n in range(len(order))]
        data = self.data.copy()
        for name in [name for name in data if name.startswith(tuple(rows))]:
            del data[name]
        for place, former in enumerate(order):
            for name in self.data:
                if name.startswith(rows[former]):
                    data.setlist(rows[place] + name[len(rows[former]) :], self.data.getlist(name))
            if place >= initial:
                data[rows[place] + "id"] = ""
        data[f"{self.prefix}-INITIAL_FORMS"] = str(initial)
        self.data = data
        self.__dict__.pop("management_form", None)


class PartMixin(DeskFieldsMixin):
    """For an inline, whether its rows are lines of a table or forms one below the other."""

    formset = PartFormSet
    extra = 0

    def has_add_permission(self, request, obj):
        return self._may_change(request, obj)

    def has_change_permission(self, request, obj=None):
        return self._may_change(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self._may_change(request, obj)

    def has_view_permission(self, request, obj=None):
        return True

    def _may_change(self, request: HttpRequest, obj: Any) -> bool:
        parent = self.admin_site.get_model_admin(self.parent_model)
        if obj is None or obj.pk is None:
            return parent.has_add_permission(request)
        return parent.has_change_permission(request, obj)


class PartInline(PartMixin, admin.TabularInline):
    """A table: what is typed into a cell is called as its column is."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            field.widget.attrs.setdefault("aria-label", str(field.label))
        return field


class StackedPartInline(PartMixin, admin.StackedInline):
    """For rows of which each needs the width of the page."""


class CitationInline(StackedPartInline):
    autocomplete_fields = ["source"]
    fields = ["source", ("locator", "claim", "position"), "note"]
    verbose_name = _("source")
    verbose_name_plural = _("sources cited")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("source")


class BearingInline(PartInline):
    autocomplete_fields = ["dispute"]
    fields = ["dispute", "position"]
    verbose_name = _("dispute")
    verbose_name_plural = _("disputes that it bears on (the first is the main one)")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("dispute")


class BearingColumnMixin:
    """For the admin of a record that bears on disputes: they stand in a column of its list."""

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("bearings__dispute")

    @admin.display(description=_("disputes"))
    def disputes_shown(self, record):
        return ", ".join(str(bearing.dispute) for bearing in record.bearings.all()) or "—"


class RecordInline(admin.TabularInline):
    """Other records that belong to this one: shown here, changed on their own pages."""

    extra = 0
    max_num = 0
    show_change_link = True
    can_delete = False
    template = "admin/disputes/records_inline.html"
    parameter: ClassVar[str]  # the field that points here, for "add another"

    def has_add_permission(self, request, obj):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_view_permission(self, request, obj=None):
        return True


def citations(model: type) -> type[CitationInline]:
    """The inline of a model of citations."""
    return type(f"{model.__name__}Inline", (CitationInline,), {"model": model})


def bearings(model: type) -> type[BearingInline]:
    """The inline of a model of bearings."""
    return type(f"{model.__name__}Inline", (BearingInline,), {"model": model})
