"""PostgreSQL learns how frequent each value of a name is."""

from django.db import migrations

from timeline import indexing


def forwards(apps, schema_editor):
    indexing.know_values(schema_editor.connection)


def backwards(apps, schema_editor):
    indexing.forget_values(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('timeline', '0006_codes_by_month'),
    ]

    operations = [migrations.RunPython(forwards, backwards)]
