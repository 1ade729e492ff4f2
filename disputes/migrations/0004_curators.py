"""Researchers and editors read the proposals; administrators also look after the accounts."""

from importlib import import_module

from django.db import migrations

make_permissions = import_module("disputes.migrations.0002_groups")._make_permissions
BOTH = ["view_proposal"]
ACCOUNTS = ["add_user", "change_user", "view_user", "view_group", "view_logentry"]


def grant(apps, schema_editor):
    database = schema_editor.connection.alias
    for label in ("disputes", "auth", "admin"):
        make_permissions(apps, label, database)
    groups = apps.get_model("auth", "Group").objects.using(database)
    permissions = apps.get_model("auth", "Permission").objects.using(database)
    editors = groups.get(name="Editors")
    for group in (groups.get(name="Researchers"), editors):
        group.permissions.add(*permissions.filter(codename__in=BOTH))
    administrators, _made = groups.get_or_create(name="Administrators")
    own = permissions.filter(
        content_type__app_label__in=["auth", "admin"], codename__in=ACCOUNTS
    )
    administrators.permissions.add(*editors.permissions.all(), *own)


def take_back(apps, schema_editor):
    database = schema_editor.connection.alias
    groups = apps.get_model("auth", "Group").objects.using(database)
    groups.filter(name="Administrators").delete()
    for group in groups.filter(name__in=["Researchers", "Editors"]):
        group.permissions.remove(*group.permissions.filter(codename__in=BOTH))


class Migration(migrations.Migration):
    dependencies = [
        ("disputes", "0003_proposals"),
        ("admin", "0003_logentry_add_action_flag_choices"),
    ]

    operations = [migrations.RunPython(grant, take_back)]
