from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TimelineConfig(AppConfig):
    name = "timeline"
    verbose_name = _("the record")

    def ready(self):
        from . import fonts  # noqa: F401 (its check registers itself)
