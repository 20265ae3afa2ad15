from django.db import migrations, models

from rse.core.migrations._folded_names import write_beside


def fill(apps, schema_editor):
    """Write beside each person the words that they are found by."""
    write_beside(apps.get_model("core", "Person")._base_manager.using(schema_editor.connection.alias), "first_name", "last_name")


class Migration(migrations.Migration):
    dependencies = [("core", "0010_counts_that_hold")]

    operations = [
        migrations.AddField("person", "found_by", models.TextField(blank=True, default="", editable=False), preserve_default=False),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
