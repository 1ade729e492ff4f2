"""What the fields of documents are called. The desk registers those of its own types."""

from typing import Any

from django.utils.translation import gettext_lazy as _

names: dict[str, Any] = {
    "title": _("Title"),
    "summary": _("Summary"),
    "date": _("Date"),
    "disputes": _("Disputes"),
    "sources": _("Sources"),
    "translations": _("State of the translations"),
    "links": _("What it answers"),
    "locator": _("Place in the source"),
    "claim": _("Which statement"),
    "note": _("Note"),
    "quotation": _("Quotation"),
    "key": _("Key"),
}

codes: dict[str, Any] = {}  # fields whose values are codes of an enumeration in every type


def name_of(field: str) -> Any:
    """The name of a field; where nobody gave it one, its name in the document."""
    return names.get(field) or field.replace("_", " ").capitalize()
