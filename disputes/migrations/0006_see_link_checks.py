"""Who works on the desk sees which links are dead."""

from importlib import import_module

from django.db import migrations

make_permissions = import_module("disputes.migrations.0002_groups")._make_permissions
GROUPS = ("Researchers", "Editors", "Administrators")
SEEN = "view_linkcheck"


def grant(apps, schema_editor):
    database = schema_editor.connection.alias
    make_permissions(apps, "disputes", database)
    groups = apps.get_model("auth", "Group").objects.using(database)
    permission = apps.get_model("auth", "Permission").objects.using(database).get(codename=SEEN)
    for group in groups.filter(name__in=GROUPS):
        group.permissions.add(permission)


def take_back(apps, schema_editor):
    database = schema_editor.connection.alias
    permissions = apps.get_model("auth", "Permission").objects.using(database)
    permissions.filter(codename=SEEN).delete()


class Migration(migrations.Migration):
    dependencies = [("disputes", "0005_link_checks")]

    operations = [migrations.RunPython(grant, take_back)]
