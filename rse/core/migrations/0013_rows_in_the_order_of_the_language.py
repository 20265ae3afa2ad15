from django.db import migrations, models

from rse.core.migrations._names import write_orders

ORDERED = {"Site": ["name"], "JobFamily": ["label"], "Unit": ["name"], "Position": ["title"], "Audience": ["label"]}


def fill(apps, schema_editor):
    """Write beside each row with a name what it is ordered by."""
    alias = schema_editor.connection.alias
    for model, names in ORDERED.items():
        write_orders(apps.get_model("core", model)._base_manager.using(alias), *names)
    write_orders(apps.get_model("core", "Person")._base_manager.using(alias), "last_name", "first_name", of_person=True)


class Migration(migrations.Migration):
    dependencies = [("core", "0012_positions_found_by_folded_names")]

    operations = [
        *[
            migrations.AddField(model.lower(), "sorts_as", models.BinaryField(blank=True, default=b""), preserve_default=False)
            for model in [*ORDERED, "Person"]
        ],
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RemoveIndex("person", "person_by_name"),
        migrations.AddIndex("person", models.Index(fields=["state", "sorts_as"], name="person_by_name")),
    ]
