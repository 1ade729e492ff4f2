"""What stands on the timeline is counted by month under its codes too: facets are read from there."""

from collections import Counter

from django.db import migrations, models
from django.db.models import Count

from timeline import density, record_types

BATCH = 500


def forwards(apps, schema_editor):
    alias = schema_editor.connection.alias
    terms = apps.get_model("timeline", "Term").objects.using(alias)
    model = apps.get_model("timeline", "MonthCount")
    for record_type in record_types.timeline_types():
        for name in record_type.counted:
            counted = counts(terms, record_type.name, name)
            model.objects.using(alias).bulk_create(
                [model(dispute=d, type=t, month=m, count=n) for (d, t, m), n in counted.items()],
                batch_size=BATCH,
            )


def counts(terms, type_, name):
    current = terms.filter(name=name, starts_on__isnull=False, entry__type=type_).filter(
        entry__superseded_at__isnull=True, entry__on_timeline=True
    )
    by_dispute = current.filter(entry__terms__name="dispute")
    found = Counter()
    for rows, dispute in ((current, []), (by_dispute, ["entry__terms__value"])):
        grouped = rows.order_by().values_list("starts_on", "value", *dispute).annotate(Count("id"))
        for day, value, *of, number in grouped.iterator():
            slot = (of[0] if of else "", density.code(type_, name, value), day.replace(day=1))
            found[slot] += number
    return found


def backwards(apps, schema_editor):
    months = apps.get_model("timeline", "MonthCount").objects.using(schema_editor.connection.alias)
    months.filter(type__contains=":").delete()


class Migration(migrations.Migration):
    dependencies = [("timeline", "0005_what_lasts_has_an_index")]
    operations = [
        migrations.AlterField("monthcount", "type", models.CharField(max_length=100)),
        migrations.RemoveConstraint("monthcount", "month_count_once_per_month"),
        migrations.AddConstraint(
            "monthcount",
            models.UniqueConstraint(
                fields=["type", "dispute", "month"], name="month_count_once_of_each"
            ),
        ),
        migrations.RunPython(forwards, backwards),
    ]
