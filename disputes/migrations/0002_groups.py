"""The permission to publish, and the two groups that work on the desk."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

RECORDS = (
    "actor",
    "agreement",
    "claim",
    "commitment",
    "dispute",
    "event",
    "fulfilmentassessment",
    "leader",
    "recommendation",
    "source",
    "statusassessment",
    "summit",
    "survey",
)
ACTIONS = ("view", "add", "change", "delete")
GROUPS = {"Researchers": [], "Editors": ["publish_records"]}


def make_groups(apps, schema_editor):
    database = schema_editor.connection.alias
    for label in ("disputes", "timeline"):
        _make_permissions(apps, label, database)
    Group = apps.get_model("auth", "Group").objects.using(database)
    Permission = apps.get_model("auth", "Permission").objects.using(database)
    shared = [f"{action}_{record}" for action in ACTIONS for record in RECORDS]
    for name, own in GROUPS.items():
        group, _made = Group.get_or_create(name=name)
        desk = Permission.filter(content_type__app_label="disputes", codename__in=shared + own)
        record = Permission.filter(content_type__app_label="timeline", codename="view_entry")
        group.permissions.add(*desk, *record)


def _make_permissions(apps, label, database):
    """Django makes them after all migrations; here they are needed at once."""
    app_config = apps.get_app_config(label)
    app_config.models_module = True
    create_permissions(app_config, apps=apps, verbosity=0, using=database)
    app_config.models_module = None


def remove_groups(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    groups.filter(name__in=GROUPS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("disputes", "0001_initial"),
        ("timeline", "0002_append_only_and_search"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="dispute",
            options={
                "permissions": [("publish_records", "Can publish and withdraw records")],
                "verbose_name": "dispute",
                "verbose_name_plural": "disputes",
            },
        ),
        migrations.RunPython(make_groups, remove_groups),
    ]
