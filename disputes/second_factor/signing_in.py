"""Signing in to the desk: name, password and, of who has one, the code of the second factor."""

from django import forms
from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import authenticate
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from . import devices


class DeskBackend(ModelBackend):
    """Lets in who may use the desk. Whatever is wrong, the answer is None after one hash."""

    def authenticate(
        self, request, username=None, password=None, token="", asks_code=True, **kwargs
    ):
        user = super().authenticate(request, username=username, password=password, **kwargs)
        if user is None or not asks_code or not devices.is_set(user):
            return user
        user.otp_device = devices.matching(user, token)  # django-otp puts it into the session
        return user if user.otp_device else None

    def user_can_authenticate(self, user):
        return super().user_can_authenticate(user) and user.is_staff


class SignInForm(AdminAuthenticationForm):
    error_messages = {
        "invalid_login": _(
            "That did not let you in: the name, the password or the code is wrong, or the account "
            "may not use the desk."
        ),
        "inactive": "",  # never said: `DeskBackend` refuses such an account like a wrong password
    }
    code = forms.CharField(
        label=_("Sign-in code"),
        required=False,
        max_length=20,
        strip=True,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "none"}),
        help_text=_(
            "Only if you have set up a second factor: six digits from your app, or a recovery code."
        ),
    )

    def clean(self):
        name, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if name and password:
            self.user_cache = authenticate(
                self.request,
                username=name,
                password=password,
                token=self.cleaned_data.get("code", ""),
            )
            if self.user_cache is None:
                raise self.get_invalid_login_error()
        return self.cleaned_data


def is_verified(request: HttpRequest) -> bool:
    """Whether this session began with a code."""
    return getattr(request.user, "otp_device", None) is not None


def owes_code(request: HttpRequest) -> bool:
    """Whether a session without a code is one of somebody who has a second factor by now."""
    if not request.user.is_authenticated or is_verified(request):
        return False
    if not hasattr(request, "_owes_code"):
        request._owes_code = devices.is_set(request.user)
    return request._owes_code


def must_set_up(request: HttpRequest) -> bool:
    """Where the site asks everybody for a second factor: whether this one has none."""
    return settings.REQUIRE_SECOND_FACTOR and not is_verified(request)
