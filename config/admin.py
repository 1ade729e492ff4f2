from django.contrib.admin.apps import AdminConfig


class DeskAdminConfig(AdminConfig):
    """Django's admin with the desk's front page."""

    default_site = "disputes.desk.DeskSite"

    def ready(self) -> None:
        super().ready()
        from . import checks, security  # noqa: F401 (they register themselves)
