"""Pages of their own for rows that have rows themselves: a reading, an assessment, a link.

Saving one of them is a change of the record that it belongs to, which is published again.
"""

from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseRedirect

from ..models import Link, LinkCitation, Record
from .forms import DeskForm, OneCauseMixin
from .parts import PartInline, citations
from .records import IDENTITY, change_address
from .saving import DeskAdmin
from .texts import MAX_DIGITS


class PartForm(DeskForm):
    """The part belongs to the record before it is checked: a date may stand there already."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None and self.record is not None:
            setattr(self.instance, self.record.document_type, self.record)

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() - {self.record.document_type}


class PartAdmin(DeskAdmin):
    form = PartForm
    change_form_template = "admin/disputes/part_form.html"
    parents: ClassVar[tuple[str, ...]]  # the fields, one of which points at its record
    own_fieldsets: ClassVar[tuple[Any, ...]] = ()

    def record_of(self, request: HttpRequest, obj: Any) -> Record | None:
        """Its record; for a part that is to be added, the one that the address names."""
        for name in self.parents:
            if obj is not None and getattr(obj, f"{name}_id"):
                return getattr(obj, name)
            asked = request.GET.get(name, "")
            if obj is None and asked.isascii() and asked.isdecimal() and len(asked) <= MAX_DIGITS:
                model = self.model._meta.get_field(name).related_model
                return model.objects.filter(pk=asked).first()
        return None

    def get_fieldsets(self, request, obj=None):
        return self.own_fieldsets

    def _may(self, request: HttpRequest, obj: Any, action: str = "change") -> bool:
        record = self.record_of(request, obj)
        if record is None:
            return False
        parent = self.admin_site.get_model_admin(type(record))
        return getattr(parent, f"has_{action}_permission")(request, record)

    def has_module_permission(self, request):
        return False

    def has_view_permission(self, request, obj=None):
        return obj is not None and self._may(request, obj, "view")

    def has_add_permission(self, request):
        return self._may(request, None)

    def has_change_permission(self, request, obj=None):
        return obj is not None and self._may(request, obj)

    def has_delete_permission(self, request, obj=None):
        """It goes with its record; alone it is removed on the record's page."""
        return obj is not None and self._may(request, obj, "delete")

    def delete_view(self, request, object_id, extra_context=None):
        raise PermissionDenied

    def response_post_save_add(self, request, obj):
        return HttpResponseRedirect(change_address(self.record_of(request, obj)))

    response_post_save_change = response_post_save_add

    def render_change_form(self, request, context, *args, **kwargs):
        context["show_delete"] = False
        return super().render_change_form(request, context, *args, **kwargs)


class DatedPartInline(PartInline):
    """Its rows cite sources: one is added on a page of its own, sources and all."""

    template = "admin/disputes/records_inline.html"
    show_change_link = True
    parameter: ClassVar[str]  # the field that points at the record

    def has_add_permission(self, request, obj):
        return False


class LinkForm(OneCauseMixin, PartForm):
    pass


@admin.register(Link)
class LinkAdmin(PartAdmin):
    form = LinkForm
    parents = ("event", "summit")
    autocomplete_fields = ["cause_event", "cause_summit"]
    inlines = [citations(LinkCitation)]
    own_fieldsets = (
        (
            IDENTITY,
            {
                "fields": [
                    "kind",
                    ("cause_event", "cause_summit"),
                    ("asserted_by", "denied_by"),
                    "position",
                ]
            },
        ),
    )
