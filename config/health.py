"""For load balancers and container health checks."""

from django.db import connection
from django.http import HttpRequest, JsonResponse

from timeline.models import Entry


def healthz(request: HttpRequest) -> JsonResponse:
    """200 with the version of the record when the database answers."""
    head = Entry.objects.head()
    return JsonResponse(
        {"status": "ok", "database": connection.vendor, "version": head.pk if head else 0}
    )
