from django.db import migrations, models

from rse.core.migrations._folded_names import write_beside


def fill(apps, schema_editor):
    """Write beside each unit and each position the words that it is found by."""
    for model, name in (("Unit", "name"), ("Position", "title")):
        write_beside(apps.get_model("core", model)._base_manager.using(schema_editor.connection.alias), name)


class Migration(migrations.Migration):
    dependencies = [("core", "0011_people_found_by_folded_names")]

    operations = [
        migrations.AddField("unit", "found_by", models.TextField(blank=True, default="", editable=False), preserve_default=False),
        migrations.AddField("position", "found_by", models.TextField(blank=True, default="", editable=False), preserve_default=False),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
