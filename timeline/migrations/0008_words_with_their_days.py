"""The index of words knows the month and the year of each entry: pages are in the order of days."""

from django.db import migrations

from timeline import indexing


def forwards(apps, schema_editor):
    indexing.add_days(schema_editor.connection)


def backwards(apps, schema_editor):
    indexing.leave_days_out(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('timeline', '0007_postgresql_knows_the_terms'),
    ]

    operations = [migrations.RunPython(forwards, backwards)]
