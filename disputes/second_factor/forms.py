"""What is asked before the second factor changes: that it is really its owner who sits there."""

from typing import Any

from django import forms
from django.contrib.admin.forms import AdminPasswordChangeForm
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

CODE = {"autocomplete": "one-time-code", "autocapitalize": "none"}


class OwnerForm(forms.Form):
    """The password once more and, of who has a second factor, a code.

    Wrong ones count as wrong ones do at sign-in.
    """

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = forms.CharField(
        label=_("A code of the app, or a recovery code"),
        max_length=20,
        widget=forms.TextInput(attrs=CODE),
    )

    def __init__(self, request: HttpRequest, with_code: bool, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        if not with_code:
            del self.fields["code"]

    def clean(self):
        given = self.cleaned_data
        if not self.errors and not authenticate(
            self.request,
            username=self.request.user.get_username(),
            password=given["password"],
            token=given.get("code", ""),
        ):
            raise ValidationError(_("The password or the code is wrong."))
        return given


class OwnPasswordForm(AdminPasswordChangeForm):
    """A new password for the old one; wrong old ones count as wrong ones do at sign-in."""

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_old_password(self):
        old, name = self.cleaned_data["old_password"], self.user.get_username()
        if not authenticate(self.request, username=name, password=old, asks_code=False):
            raise ValidationError(self.error_messages["password_incorrect"])
        return old


class FirstCodeForm(forms.Form):
    code = forms.CharField(
        label=_("The code that the app shows"),
        max_length=20,
        widget=forms.TextInput(attrs=CODE | {"inputmode": "numeric"}),
    )
