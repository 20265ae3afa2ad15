from django.db import migrations, models

from rse.core.migrations._folded_names import found_by

BATCH = 2000
NAMES = {"Unit": "name", "Position": "title"}


def fill(apps, schema_editor):
    """Write beside each unit and each position the words that it is found by."""
    for model, name in NAMES.items():
        table = apps.get_model("core", model)._base_manager.using(schema_editor.connection.alias)
        last = 0
        while rows := list(table.filter(pk__gt=last).order_by("pk").only("pk", name)[:BATCH]):
            for row in rows:
                row.found_by = found_by(getattr(row, name))
            table.bulk_update(rows, ["found_by"], batch_size=200)
            last = rows[-1].pk


class Migration(migrations.Migration):
    dependencies = [("core", "0011_people_found_by_folded_names")]

    operations = [
        migrations.AddField("unit", "found_by", models.TextField(blank=True, default="", editable=False), preserve_default=False),
        migrations.AddField("position", "found_by", models.TextField(blank=True, default="", editable=False), preserve_default=False),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
