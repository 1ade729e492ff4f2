from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from disputes import developers

from . import health, metrics

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("metrics", metrics.metrics),
    path("i18n/", include("django.conf.urls.i18n")),
    path(settings.ADMIN_PATH, admin.site.urls),
    path("api/", include("config.api_urls")),
    path("data/", include("timeline.releases.urls")),
    path("llms.txt", developers.llms, name="llms"),
    path("", include("timeline.root_urls")),
]
urlpatterns += i18n_patterns(
    path("", include("disputes.urls")),
    path("", include("timeline.urls")),
)

handler400 = "config.failures.bad_request"
handler500 = "config.failures.failure"
