"""A check at start: whether a site with TLS knows who ends it."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register


@register(Tags.security)
def proxies(**_options: Any) -> list[CheckMessage]:
    """Without a proxy of ours nobody's X-Forwarded-Proto is believed: all is led to https again."""
    if not settings.HTTPS or settings.PROXIES:
        return []
    return [
        Warning(
            "HTTPS is on and PROXIES is 0: what a proxy says of TLS is not believed.",
            hint="Set PROXIES to the number of your proxies; 0 is right where gunicorn itself has "
            "the certificate.",
            id="config.W001",
        )
    ]
