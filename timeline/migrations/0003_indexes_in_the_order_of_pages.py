"""Indexes are in the order of pages, for any instant; PostgreSQL keeps its search tokens."""

from django.db import migrations, models

from timeline import indexing


def forwards(apps, schema_editor):
    indexing.keep_tokens(schema_editor.connection)


def backwards(apps, schema_editor):
    indexing.make_tokens_anew(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('timeline', '0002_append_only_and_search'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='entry',
            name='entry_timeline',
        ),
        migrations.RemoveIndex(
            model_name='entry',
            name='entry_by_date',
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(condition=models.Q(('on_timeline', True)), fields=['starts_on', 'key', 'type', 'superseded_at'], name='entry_timeline'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['type', 'starts_on', 'key', 'superseded_at'], name='entry_by_date'),
        ),
        migrations.RunPython(forwards, backwards),
    ]
