from django.db import migrations, models

from rse.core.migrations._names import write_orders

COLUMNS = {"sorts_as_fr": "label_fr", "sorts_as_en": "label_en"}


def fill(apps, schema_editor):
    """Write beside each skill what it is ordered by in each language."""
    for column, label in COLUMNS.items():
        write_orders(apps.get_model("talent", "Skill")._base_manager.using(schema_editor.connection.alias), label, column=column)


class Migration(migrations.Migration):
    dependencies = [("talent", "0006_succession_is_an_app"), ("core", "0013_rows_in_the_order_of_the_language")]

    operations = [
        *[migrations.AddField("skill", column, models.BinaryField(blank=True, default=b""), preserve_default=False) for column in COLUMNS],
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
