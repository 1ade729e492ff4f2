"""What a browser does with an admin page: read its form, type, press a button."""

from html.parser import HTMLParser
from typing import Any

from django.contrib.auth.models import Group, User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from disputes.models import Record


class _Form(HTMLParser):
    """The values that a browser would send for the page's main form, but for its buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.buttons: list[str] = []
        self.inside = False
        self.select = self.textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = found.get("id", "").endswith("_form") and "logout" not in found["id"]
        name = found.get("name", "")
        if not self.inside or (not name and tag != "option"):
            return
        if tag == "input":
            self._input(name, found)
        elif tag == "select":
            self.select = name
            self.values[name] = ""
        elif tag == "option" and self.select and "selected" in found:
            self.values[self.select] = found.get("value", "")
        elif tag == "textarea":
            self.textarea = name
            self.values[name] = ""

    def _input(self, name: str, found: dict[str, str]) -> None:
        kind = found.get("type", "text")
        if kind == "submit":
            self.buttons.append(name)
        elif kind not in ("checkbox", "radio") or "checked" in found:
            self.values[name] = found.get("value", "")

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.values[self.textarea] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "select":
            self.select = ""
        elif tag == "textarea":
            self.values[self.textarea] = self.values[self.textarea].removeprefix("\n")
            self.textarea = ""


def form_of(response: HttpResponse) -> dict[str, str]:
    """The fields of the page's form and their values."""
    return _parsed(response).values


def buttons_of(response: HttpResponse) -> list[str]:
    return _parsed(response).buttons


def _parsed(response: HttpResponse) -> _Form:
    form = _Form()
    form.feed(response.content.decode())
    return form


def address(what: Record | type, page: str = "change") -> str:
    """The address of one of the admin's pages about a record, or about a type of record."""
    name = f"admin:disputes_{what._meta.model_name}_{page}"
    return reverse(name) if isinstance(what, type) else reverse(name, args=[what.pk])


def opened(client: Client, what: Record) -> dict[str, str]:
    """The form on the record's page."""
    return form_of(client.get(address(what)))


def press(
    client: Client, url: str, form: dict[str, str], button: str = "_continue", **typed: Any
) -> HttpResponse:
    return client.post(url, form | typed | {button: "1"})


def add_row(form: dict[str, str], prefix: str, **values: Any) -> dict[str, str]:
    """The form with one more row in an inline, as the page's script adds it."""
    number = int(form[f"{prefix}-TOTAL_FORMS"])
    blank = {
        name.replace("__prefix__", str(number)): value
        for name, value in form.items()
        if name.startswith(f"{prefix}-__prefix__")
    }
    row = {f"{prefix}-{number}-{name}": str(value) for name, value in values.items()}
    return form | blank | row | {f"{prefix}-TOTAL_FORMS": str(number + 1)}


def selected(action: str, *records: Record) -> dict[str, Any]:
    """What a list posts for an action on some of the records that it shows."""
    seen = {f"seen-{record.pk}": str(record.revision) for record in records}
    return {"action": action, "_selected_action": [str(r.pk) for r in records]} | seen


def signed_in(group: str, name: str = "") -> Client:
    """A browser in which a member of the group has signed in."""
    name = name or group.lower()
    user = User.objects.create_user(name, first_name=name.title(), is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client


def editor(name: str = "editor") -> Client:
    return signed_in("Editors", name)


def researcher(name: str = "researcher") -> Client:
    return signed_in("Researchers", name)


def errors_of(response: HttpResponse) -> dict[str, list[str]]:
    return dict(response.context["adminform"].form.errors)


def messages_of(response: HttpResponse) -> list[str]:
    return [str(message) for message in response.context["messages"]]
