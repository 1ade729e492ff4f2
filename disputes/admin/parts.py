"""Rows of a record on its page: whoever may change the record may change them."""

import re
from typing import Any, ClassVar

from django.contrib import admin
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from . import late_rows
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

    @property
    def opened_name(self) -> str:
        return f"{self.prefix}-OPENED"

    @property
    def opened_values(self) -> str:
        """What is saved of the rows, for `late_rows` when this form comes back too late."""
        return late_rows.spelled(self.get_queryset(), self._columns())

    def _columns(self) -> list[str]:
        return [name for name in self.form.base_fields if name not in ("id", self.fk.name)]

    def _align(self) -> None:
        """Saved rows first, in the order of the database, merged with what was posted; then new
        ones, among them rows that somebody else removed and that were worked on here.

        Django pairs posted rows with saved ones by their place, and would hide what is left over.
        """
        if not self.management_form.is_valid():
            return  # the rows' count is missing: Django reports it
        total, initial = self.total_form_count(), self.initial_form_count()
        posted = [self._posted(n) for n in range(total)]
        mine = {row.get("id", [""])[-1]: row for row in posted[:initial]}
        opened = late_rows.understood(self.data.get(self.opened_name, ""))
        fields, names = self.form.base_fields, self._columns()
        saved = list(self.get_queryset())
        rows = [
            late_rows.merged(
                fields,
                late_rows.values_of(row, names),
                mine.pop(str(row.pk), None),
                opened.get(str(row.pk)),
            )
            | {"id": [str(row.pk)]}
            for row in saved
        ]
        columns = {name: fields[name] for name in names}
        rows += [
            row | {"id": [""]}
            for key, row in mine.items()
            if late_rows.is_wanted(columns, row, opened.get(key))
        ]
        self._queryset = saved
        self._arrange(rows + posted[initial:], len(saved))

    def _posted(self, number: int) -> dict[str, list[str]]:
        start = f"{self.prefix}-{number}-"
        names = [name for name in self.data if name.startswith(start)]
        return {name[len(start) :]: self.data.getlist(name) for name in names}

    def _arrange(self, rows: list[dict[str, list[str]]], initial: int) -> None:
        """Make these the posted rows, of which so many are saved ones."""
        data = self.data.copy()
        for name in [n for n in data if re.match(rf"{re.escape(self.prefix)}-\d+-", n)]:
            del data[name]
        for number, row in enumerate(rows):
            for name, values in row.items():
                data.setlist(f"{self.prefix}-{number}-{name}", values)
        data[f"{self.prefix}-TOTAL_FORMS"] = str(len(rows))
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
    fields = ["source", ("locator", "claim", "position"), "quotation", "note"]
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
