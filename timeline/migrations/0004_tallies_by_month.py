"""What stands on the timeline is counted by month under some of its terms, besides all of it."""

from collections import Counter

from django.db import migrations
from django.db.models import Count

from timeline import density, record_types


def forwards(apps, schema_editor):
    alias = schema_editor.connection.alias
    terms = apps.get_model("timeline", "Term").objects.using(alias)
    months = apps.get_model("timeline", "MonthCount").objects.using(alias)
    tallied = {name: [] for t in record_types.all_types() for name in t.tallied}
    for record_type in record_types.all_types():
        for name in record_type.tallied:
            tallied[name].append(record_type.name)
    counted = Counter()
    for name, types in tallied.items():
        current = terms.filter(name=name, starts_on__isnull=False, entry__type__in=types).filter(
            entry__superseded_at__isnull=True, entry__on_timeline=True
        )
        for rows, dispute in (
            (current, None),
            (current.filter(entry__terms__name="dispute"), "entry__terms__value"),
        ):
            columns = ["starts_on", "entry__ends_on", "value", *([dispute] if dispute else [])]
            grouped = rows.order_by().values_list(*columns).annotate(Count("id"))
            for first, last, value, *of, number in grouped.iterator():
                by_year = density.is_year(first, last)
                slot = (of[0] if of else "", density.tally(name, value, by_year))
                counted[(*slot, first.replace(day=1))] += number
    model = apps.get_model("timeline", "MonthCount")
    months.bulk_create(
        [model(dispute=d, type=t, month=m, count=n) for (d, t, m), n in counted.items()],
        batch_size=500,
    )


def backwards(apps, schema_editor):
    months = apps.get_model("timeline", "MonthCount").objects.using(schema_editor.connection.alias)
    months.filter(type__contains="=").delete()
    months.filter(type__contains="~").delete()


class Migration(migrations.Migration):
    dependencies = [("timeline", "0003_indexes_in_the_order_of_pages")]
    operations = [migrations.RunPython(forwards, backwards)]
