"""How often signing in may fail, beyond django-axes' one bound for a name at an address.

Many addresses against one account, and one address against many accounts, are slowed too. Neither
keeps out who is known: where an account signed in of late, only its own failures there count.
"""

from datetime import timedelta
from ipaddress import IPv6Address, ip_network

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.db.models import Q, Sum
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from .security import address, known

MOST_OF_ACCOUNT = 20  # failures for one account, from all addresses, in AXES_COOLOFF_TIME
MOST_OF_ADDRESS = 20  # failures from one address, for all names
KNOWN = timedelta(days=30)  # so long is an address remembered after its last sign-in
NETWORK = 64  # bits of an IPv6 address: what one subscriber has


class Handler(AxesDatabaseHandler):
    """Counts for the lock; axes itself writes the counts down and answers."""

    def user_logged_in(self, sender, request, user, **kwargs):
        super().user_logged_in(sender, request, user, **kwargs)
        AccessLog.objects.filter(attempt_time__lt=request.axes_attempt_time - KNOWN).delete()

    def get_failures(self, request: HttpRequest, credentials: dict | None = None) -> int:
        """Failures of this name here; AXES_FAILURE_LIMIT where a wider bound is reached."""
        name, here = get_client_username(request, credentials), request.axes_ip_address
        of_name, of_address = Q(username=name), Q(ip_address=here)
        since = get_cool_off_threshold(request)
        found = AccessAttempt.objects.filter(of_name | of_address, attempt_time__gte=since)
        failures = "failures_since_start"
        counts = found.aggregate(
            here=Sum(failures, filter=of_name & of_address, default=0),
            account=Sum(failures, filter=of_name, default=0),
            address=Sum(failures, filter=of_address, default=0),
        )
        wide = counts["account"] >= MOST_OF_ACCOUNT or counts["address"] >= MOST_OF_ADDRESS
        if wide and not signed_in_of_late(name, here, request):
            return max(counts["here"], settings.AXES_FAILURE_LIMIT)
        return counts["here"]


def signed_in_of_late(name: str | None, here: str | None, request: HttpRequest) -> bool:
    since = request.axes_attempt_time - KNOWN
    log = AccessLog.objects.filter(username=name, ip_address=here, attempt_time__gte=since)
    return log.exists()


def place(request: HttpRequest) -> str | None:
    """The address that counts: of IPv6 the network's, since a subscriber has all that are in it."""
    found = address(request)
    if not found or ":" not in found:
        return found
    given = IPv6Address(found)
    if given.ipv4_mapped:  # as a socket for both versions shows IPv4
        return str(given.ipv4_mapped)
    return str(ip_network((given, NETWORK), strict=False).network_address)


def counted_name(request: HttpRequest, credentials: dict | None = None) -> str | None:
    """The name that counts; a digest of what no account is called, which may be a password."""
    given = (credentials or {}).get("username") or request.POST.get("username")
    if not given or known(given):
        return given
    return "unknown-" + salted_hmac("config.throttling", given, algorithm="sha256").hexdigest()
