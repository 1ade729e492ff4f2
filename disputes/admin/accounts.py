"""Accounts, and the audit page: who did what on the desk.

Administrators look after accounts without being able to make themselves more than that: whoever is
a superuser, and single permissions, are for superusers alone.
"""

from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from django_otp.plugins.otp_static.admin import StaticDevice
from django_otp.plugins.otp_totp.admin import TOTPDevice

from ..models import SecurityKind
from ..second_factor import devices
from ..security_log import note

# Secrets are shown to nobody: django-otp's own pages of them are not here.
admin.site.unregister([User, Group, TOTPDevice, StaticDevice])


@admin.register(User)
class AccountAdmin(UserAdmin):
    list_display = [
        "username",
        "first_name",
        "last_name",
        "is_active",
        "is_staff",
        "has_second_factor",
        "last_login",
    ]
    change_form_template = "admin/auth/account_form.html"
    list_filter = ["is_active", "is_staff", "groups"]
    filter_horizontal = []

    def get_queryset(self, request):
        apps = TOTPDevice.objects.filter(user_id=OuterRef("pk"), confirmed=True)
        found = super().get_queryset(request).annotate(second_factor=Exists(apps))
        return found if request.user.is_superuser else found.exclude(is_superuser=True)

    def get_fieldsets(self, request, obj=None):
        if obj is None or request.user.is_superuser:
            return super().get_fieldsets(request, obj)
        return [
            (None, {"fields": ["username", "password"]}),
            (_("Person"), {"fields": ["first_name", "last_name", "email"]}),
            (_("Access"), {"fields": ["is_active", "is_staff", "groups"]}),
        ]

    @admin.display(description=_("second factor"), boolean=True, ordering="second_factor")
    def has_second_factor(self, account: User) -> bool:
        return account.second_factor

    def get_urls(self):
        view = require_http_methods(["GET", "HEAD", "POST"])(self.remove_second_factor)
        page = self.admin_site.admin_view(view)
        name = "auth_user_second_factor"
        return [path("<int:object_id>/second-factor/", page, name=name), *super().get_urls()]

    def remove_second_factor(self, request, object_id):
        """For who has lost the telephone. One's own goes with a code, on the page of one's own."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        account = self.get_object(request, str(object_id))  # no superuser's, for who is none
        if account is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(object_id))
        if account == request.user:
            return redirect("admin:second_factor")
        back = reverse("admin:auth_user_change", args=[account.pk])
        if request.method == "POST":
            if devices.remove(account):
                note(SecurityKind.FACTOR_REMOVED, account.get_username())
                changed = {"fields": ["second factor"]}
                self.log_change(request, account, [{"changed": changed}])
                messages.success(request, _("The second factor is removed."))
            return redirect(back)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Remove the second factor"),
            "account": account,
            "back": back,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/auth/remove_second_factor.html", context)


@admin.register(Group)
class RoleAdmin(GroupAdmin):
    pass


@admin.register(LogEntry)
class AuditAdmin(admin.ModelAdmin):
    """Kept by Django for every save on the desk; nobody can change it."""

    list_display = ["action_time", "user", "action_flag", "content_type", "object_repr", "said"]
    list_display_links = None
    list_filter = ["action_flag", ("user", admin.RelatedOnlyFieldListFilter), "content_type"]
    list_select_related = ["user", "content_type"]
    search_fields = ["object_repr", "change_message", "user__username"]
    date_hierarchy = "action_time"
    ordering = ["-action_time", "-pk"]
    list_per_page = 100
    show_full_result_count = False
    actions = None

    @admin.display(description=_("what"))
    def said(self, entry: LogEntry) -> str:
        return entry.get_change_message()

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
