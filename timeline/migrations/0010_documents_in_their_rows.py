"""PostgreSQL keeps most documents in their rows: lists read fifty, each then from one place.

Rows that were written before stay as they are, until the table is written anew (VACUUM FULL).
"""

from django.db import migrations

BYTES = 4080  # of a row; from then on PostgreSQL moves its largest values out. Its own: 2,032


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"ALTER TABLE timeline_entry SET (toast_tuple_target = {BYTES})")


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE timeline_entry RESET (toast_tuple_target)")


class Migration(migrations.Migration):

    dependencies = [
        ('timeline', '0009_month_count_sums'),
    ]

    operations = [migrations.RunPython(forwards, backwards)]
