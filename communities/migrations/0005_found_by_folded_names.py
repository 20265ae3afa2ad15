from django.db import migrations, models

from rse.core.migrations._folded_names import write_beside


def fill(apps, schema_editor):
    """Write beside each community the words that it is found by."""
    write_beside(apps.get_model("communities", "Community")._base_manager.using(schema_editor.connection.alias), "name")


class Migration(migrations.Migration):
    dependencies = [("communities", "0004_protected_ones_known_to_members"), ("core", "0011_people_found_by_folded_names")]

    operations = [
        migrations.AddField("community", "found_by", models.TextField(blank=True, default="", editable=False), preserve_default=False),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
