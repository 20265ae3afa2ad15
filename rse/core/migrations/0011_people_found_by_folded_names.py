from django.db import migrations, models

from rse.core.migrations._folded_names import found_by

BATCH = 2000


def fill(apps, schema_editor):
    """Write beside each person the words that they are found by."""
    people = apps.get_model("core", "Person")._base_manager.using(schema_editor.connection.alias)
    last = 0
    while rows := list(people.filter(pk__gt=last).order_by("pk").only("pk", "first_name", "last_name")[:BATCH]):
        for row in rows:
            row.found_by = found_by(row.first_name, row.last_name)
        people.bulk_update(rows, ["found_by"], batch_size=200)
        last = rows[-1].pk


class Migration(migrations.Migration):
    dependencies = [("core", "0010_counts_that_hold")]

    operations = [
        migrations.AddField("person", "found_by", models.TextField(blank=True, default="", editable=False), preserve_default=False),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
