from django.db import migrations, models

from rse.core.migrations._folded_names import found_by

BATCH = 500


def fill(apps, schema_editor):
    """Write beside each community the words that it is found by."""
    communities = apps.get_model("communities", "Community")._base_manager.using(schema_editor.connection.alias)
    last = 0
    while rows := list(communities.filter(pk__gt=last).order_by("pk").only("pk", "name")[:BATCH]):
        for row in rows:
            row.found_by = found_by(row.name)
        communities.bulk_update(rows, ["found_by"], batch_size=200)
        last = rows[-1].pk


class Migration(migrations.Migration):
    dependencies = [("communities", "0004_protected_ones_known_to_members"), ("core", "0011_people_found_by_folded_names")]

    operations = [
        migrations.AddField("community", "found_by", models.TextField(blank=True, default="", editable=False), preserve_default=False),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
