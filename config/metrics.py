"""`/metrics` for Prometheus, where METRICS says so: what `config.counting` counted, and the record.

The record's own numbers are asked of the database: so all processes say the same.
"""

import os
from collections.abc import Iterator
from functools import lru_cache

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from timeline.models import Entry

FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # set by gunicorn.conf.py; all processes count into it


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    if not settings.METRICS:
        raise Http404
    from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
    from prometheus_client.multiprocess import MultiProcessCollector

    from . import counting

    registry = counting.counted
    if os.environ.get(FOLDER):
        MultiProcessCollector(registry := CollectorRegistry())
    text = generate_latest(registry) + generate_latest(Record())
    return HttpResponse(text, content_type=CONTENT_TYPE_LATEST)


class Record:
    """What the database says of the record; without an answer, that alone is said."""

    def collect(self) -> Iterator:
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

        try:
            newest = Entry.objects.newest()
            published, withdrawn = entries(newest[0]) if newest else (0, 0)
        except DatabaseError:
            yield GaugeMetricFamily("tracker_database_up", "Whether the database answers", 0)
            return
        yield GaugeMetricFamily("tracker_database_up", "Whether the database answers", 1)
        version = newest[0] if newest else 0
        yield GaugeMetricFamily("tracker_record_version", "Number of the newest entry", version)
        if newest:
            name, at = "tracker_record_newest_timestamp_seconds", newest[1].timestamp()
            yield GaugeMetricFamily(name, "When the newest entry was recorded", at)
        kinds = CounterMetricFamily("tracker_entries", "Entries of the record", labels=["kind"])
        kinds.add_metric(["published"], published)
        kinds.add_metric(["withdrawn"], withdrawn)
        yield kinds


@lru_cache(maxsize=1)
def entries(_version: int) -> tuple[int, int]:
    """How many publications and withdrawals; counted once for each version of the record."""
    found = Entry.objects.aggregate(all=Count("pk"), published=Count("document"))
    return found["published"], found["all"] - found["published"]
