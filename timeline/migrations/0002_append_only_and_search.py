"""The triggers that keep the record append-only, and the full-text index."""

from django.db import migrations

from timeline import guards, indexing


def forwards(apps, schema_editor):
    indexing.create(schema_editor.connection)
    guards.install(schema_editor.connection)


def backwards(apps, schema_editor):
    guards.lift(schema_editor.connection)
    indexing.drop(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("timeline", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
