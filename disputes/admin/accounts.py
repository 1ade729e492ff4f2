"""Accounts, and the audit page: who did what on the desk.

Administrators look after accounts without being able to make themselves more than that: whoever is
a superuser, and single permissions, are for superusers alone.
"""

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.utils.translation import gettext_lazy as _

admin.site.unregister([User, Group])


@admin.register(User)
class AccountAdmin(UserAdmin):
    list_display = ["username", "first_name", "last_name", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff", "groups"]
    filter_horizontal = []

    def get_queryset(self, request):
        found = super().get_queryset(request)
        return found if request.user.is_superuser else found.exclude(is_superuser=True)

    def get_fieldsets(self, request, obj=None):
        if obj is None or request.user.is_superuser:
            return super().get_fieldsets(request, obj)
        return [
            (None, {"fields": ["username", "password"]}),
            (_("Person"), {"fields": ["first_name", "last_name", "email"]}),
            (_("Access"), {"fields": ["is_active", "is_staff", "groups"]}),
        ]


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
