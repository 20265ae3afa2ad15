from django.db import migrations, models

from rse.core.migrations._names import write_orders


def fill(apps, schema_editor):
    """Write beside each community what it is ordered by."""
    write_orders(apps.get_model("communities", "Community")._base_manager.using(schema_editor.connection.alias), "name")


class Migration(migrations.Migration):
    dependencies = [("communities", "0005_found_by_folded_names"), ("core", "0013_rows_in_the_order_of_the_language")]

    operations = [
        migrations.AddField("community", "sorts_as", models.BinaryField(blank=True, default=b""), preserve_default=False),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RemoveIndex("community", "community_by_name"),
        migrations.AddIndex("community", models.Index(fields=["sorts_as", "id"], name="community_by_name")),
    ]
