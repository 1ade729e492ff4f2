"""Headers that every response carries, whoever made it: a page, a file, a 304, a failure."""

from collections.abc import Callable

from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

# Nothing here needs a device, a sensor, a payment or a place.
UNUSED = (
    "accelerometer autoplay bluetooth browsing-topics camera clipboard-read display-capture "
    "encrypted-media fullscreen gamepad geolocation gyroscope hid idle-detection magnetometer "
    "microphone midi payment picture-in-picture publickey-credentials-create "
    "publickey-credentials-get screen-wake-lock serial usb web-share xr-spatial-tracking"
)
PERMISSIONS = ", ".join(f"{feature}=()" for feature in UNUSED.split())
VARY = ["Accept", "Accept-Datetime", "Accept-Language", "origin", "Accept-Encoding"]


class HeadersMiddleware:
    """Stands above all others, so that what they answer or fail at carries the headers too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.usual = usual()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in self.usual.items():
            response.headers.setdefault(name, value)
        opened(response, request.path)
        if request.path.startswith(private_places()):
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response


def private_places() -> tuple[str, ...]:
    """How the addresses begin whose answers are for one person alone."""
    return (f"/{settings.ADMIN_PATH}", "/i18n/")


def usual() -> dict[str, str]:
    """What every response says, public or private."""
    found = {
        "Content-Security-Policy": build_policy(),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": settings.X_FRAME_OPTIONS,
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
        "Permissions-Policy": PERMISSIONS,
        "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
    }
    if settings.SECURE_HSTS_SECONDS:
        found["Strict-Transport-Security"] = _transport()
    return found


def embedding(path: str) -> str:
    """Who may embed what stands there: data, pictures and files everybody; a page only ours."""
    pages = tuple(f"/{code}/" for code, _name in settings.LANGUAGES)
    ours = path.startswith(private_places()) or (path.startswith(pages) and path.endswith("/"))
    return "same-origin" if ours else "cross-origin"


def opened(response: HttpResponse | None, path: str) -> HttpResponse | None:
    """What the address decides. A 304 of the API says what the whole answer says beside its
    content; no view makes it."""
    if response is None:
        return None
    response.headers.setdefault("Cross-Origin-Resource-Policy", embedding(path))
    if response.status_code != 304 or not path.startswith("/api/"):
        return response
    response.headers.setdefault("Access-Control-Allow-Origin", "*")
    exposed = ", ".join(settings.CORS_EXPOSE_HEADERS)
    response.headers.setdefault("Access-Control-Expose-Headers", exposed)
    patch_vary_headers(response, VARY)
    return response


def _transport() -> str:
    parts = [f"max-age={settings.SECURE_HSTS_SECONDS}"]
    parts += ["includeSubDomains"] if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS else []
    parts += ["preload"] if settings.SECURE_HSTS_PRELOAD else []
    return "; ".join(parts)
