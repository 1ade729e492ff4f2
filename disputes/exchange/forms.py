"""What is asked before an import, before it is carried out, and before an export."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Upload
from .bounds import MAX_BYTES
from .formats import number_of

REASON_LENGTH = 500


class ImportForm(forms.Form):
    """django-import-export asks for the format too; here the file says it itself."""

    owner: Any = None  # who sends the file

    import_file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV in UTF-8, or XLSX: its first sheet."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=REASON_LENGTH,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=gettext_lazy("What the file is. It becomes the reason of each proposal."),
    )

    def __init__(self, formats: Any, resources: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)

    def clean_import_file(self) -> Any:
        file = self.cleaned_data["import_file"]
        if file.size > MAX_BYTES:
            message = _("The file is larger than %(size)s bytes: divide it.")
            raise ValidationError(message % {"size": f"{MAX_BYTES:,}"})
        file.owner = self.owner
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if file := cleaned.get("import_file"):
            cleaned["format"] = str(number_of(file.read(8)))
            file.seek(0)
        return cleaned


class ConfirmForm(forms.Form):
    import_file_name = forms.CharField(max_length=32, widget=forms.HiddenInput)
    original_file_name = forms.CharField(max_length=255, widget=forms.HiddenInput)
    reason = forms.CharField(max_length=REASON_LENGTH, widget=forms.HiddenInput)

    def __init__(self, owner: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.owner = owner

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        name = cleaned.get("import_file_name", "")
        upload = Upload.objects.waiting().filter(name=name, owner=self.owner).first()
        if upload is None:
            raise ValidationError(_("The file is no longer here: choose it once more."))
        cleaned["format"] = str(number_of(bytes(upload.data)))
        return cleaned


class ExportForm(forms.Form):
    format = forms.ChoiceField(label=gettext_lazy("Format"), widget=forms.RadioSelect)

    def __init__(self, formats: Any, resources: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.fields["format"].choices = [(str(i), f().get_title()) for i, f in enumerate(formats)]
        self.fields["format"].initial = str(len(formats) - 1)
