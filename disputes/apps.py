from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DisputesConfig(AppConfig):
    name = "disputes"
    verbose_name = _("Desk")

    def ready(self) -> None:
        from . import codebook, types

        types.register()
        codebook.register()
