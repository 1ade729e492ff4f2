"""Import and export in the admin: django-import-export's pages, made the desk's own."""

from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from import_export.admin import ImportExportMixin

from ..exchange import bounds, xlsx_files
from ..exchange.formats import FORMATS, Xlsx
from ..exchange.forms import ConfirmForm, ExportForm, ImportForm
from ..exchange.outcomes import Kind, Outcome
from ..exchange.resources import TableResource
from ..exchange.storage import UploadStorage
from ..exchange.templates import columns_sheet


class ExchangeMixin(ImportExportMixin):
    """For the admin of a type of record; `resource_classes` names its one resource."""

    resource_classes: ClassVar[list[type[TableResource]]]
    formats = FORMATS
    import_form_class = ImportForm
    confirm_form_class = ConfirmForm
    export_form_class = ExportForm
    tmp_storage_class = UploadStorage
    import_template_name = "admin/disputes/import.html"
    export_template_name = "admin/disputes/export.html"

    @property
    def resource(self) -> type[TableResource]:
        return self.resource_classes[0]

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_import_template"
        view = self.admin_site.admin_view(self.template_view)
        return [path("import/template.<str:extension>", view, name=name), *super().get_urls()]

    # Who may

    def has_import_permission(self, request):
        return self.has_add_permission(request) and self.has_change_permission(request)

    def has_export_permission(self, request):
        return self.has_view_permission(request)

    # In

    def import_action(self, request, **kwargs):
        """The dry run. Its file is kept only where the import can be confirmed."""
        with transaction.atomic():
            response = super().import_action(request, **kwargs)
            response.context_data["title"] = self._title()
            if "confirm_form" not in response.context_data:
                transaction.set_rollback(True)
            return response

    def process_import(self, request, **kwargs):
        if not self.has_import_permission(request):
            raise PermissionDenied
        with transaction.atomic():
            return super().process_import(request, **kwargs)

    def get_import_resource_kwargs(self, request, **kwargs):
        cleaned = getattr(kwargs.get("form"), "cleaned_data", {})
        return {"by": request.user, "reason": cleaned.get("reason", "")}

    def create_import_form(self, request):
        form = super().create_import_form(request)
        form.owner = request.user
        return form

    def get_confirm_form_kwargs(self, request, import_form=None):
        return super().get_confirm_form_kwargs(request, import_form) | {"owner": request.user}

    def get_confirm_form_initial(self, request, import_form):
        if import_form is None:
            return {}
        file = import_form.cleaned_data["import_file"]
        names = {"import_file_name": file.tmp_storage_name, "original_file_name": file.name}
        return names | {"reason": import_form.cleaned_data["reason"]}

    def write_to_tmp_storage(self, import_file, input_format):
        storage = UploadStorage(owner=import_file.owner)
        storage.save(import_file.read())
        return storage

    def add_data_read_fail_error_to_form(self, form, e):
        if not isinstance(e, bounds.Refused):
            raise e
        form.add_error("import_file", str(e))

    def get_import_context_data(self, **kwargs):
        table = self.resource.table_class()
        return {
            "columns": table.own,
            "named_by": table.named_by,
            "adds_records": table.adds_records,
            "formats": [found.extension for found in FORMATS],
            "max_rows": bounds.MAX_ROWS,
            "type": table.document.model.document_type,
        }

    def process_result(self, result: Outcome, request: HttpRequest) -> HttpResponse:
        """Say what was done; or why nothing was, where the desk has changed since the preview."""
        if not result.has_errors() and not result.has_validation_errors():
            return super().process_result(result, request)
        context = {
            **self.admin_site.each_context(request),
            **self.get_import_context_data(),
            "title": self._title(),
            "opts": self.opts,
            "form": ImportForm(self.formats, self.resource_classes),
            "result": result,
        }
        return TemplateResponse(request, self.import_template_name, context)

    def generate_log_entries(self, result, request):
        file = request.POST.get("original_file_name", "")[:100]
        reason = request.POST.get("reason", "")
        said = _("Imported from %(file)s: %(reason)s") % {"file": file, "reason": reason}
        for change in result.waiting:
            log = self.log_addition if change.kind == Kind.NEW else self.log_change
            proposed = _("Proposed: %s") % reason
            log(request, change.saved, proposed if change.kind == Kind.PROPOSED else said)

    def add_success_message(self, result, request):
        counts = ", ".join(f"{kind.label}: {number}" for kind, number in result.counts())
        self.message_user(request, _("Imported. %s") % counts, messages.SUCCESS)

    def _title(self) -> str:
        return _("Import %s") % _named(self.resource)

    # Out

    def get_export_queryset(self, request):
        try:
            return super().get_export_queryset(request)
        except IncorrectLookupParameters as error:
            raise BadRequest(_("The list cannot be narrowed like this.")) from error

    def get_export_filename(self, request, queryset, file_format):
        name, day = self.resource.table_class.name, timezone.localdate()
        return f"{name}-{day}.{file_format.get_extension()}"

    def template_view(self, request: HttpRequest, extension: str) -> HttpResponse:
        """An empty table to be filled in; as XLSX with a second sheet that explains the columns."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        found = next((f for f in FORMATS if f.extension == extension), None)
        if found is None:
            raise BadRequest(_("Templates are CSV or XLSX."))
        table = self.resource.table_class()
        sheets: list[Any] = [(table.name, [table.header]), (_("columns"), columns_sheet(table))]
        file = xlsx_files.write(sheets) if found is Xlsx else found().write(*sheets[0])
        response = HttpResponse(file, content_type=found.content_type)
        name = f"{table.name}-template.{extension}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


def _named(resource: type[TableResource]) -> str:
    names = {
        "events": _("events"),
        "summits": _("summits"),
        "sources": _("sources"),
        "readings": _("readings"),
    }
    return names[resource.table_class.name]
