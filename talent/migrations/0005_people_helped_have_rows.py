import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

AT_ONCE = 1000


def give_rows(apps, schema_editor):
    """Write a row for each person whom a line names and who still exists, a thousand lines at a time."""
    alias = schema_editor.connection.alias
    lines = apps.get_model("talent", "LedgerLine")._base_manager.using(alias).order_by("pk").values_list("pk", "helped_ids")
    model = apps.get_model("talent", "HelpedPerson")
    people = apps.get_model("core", "Person")._base_manager.using(alias)
    last = 0
    while batch := list(lines.filter(pk__gt=last)[:AT_ONCE]):
        last = batch[-1][0]
        named = {(line_id, person_id) for line_id, ids in batch for person_id in ids or ()}
        known = set(people.filter(pk__in={person_id for _line_id, person_id in named}).order_by("pk").values_list("pk", flat=True))
        rows = [model(line_id=line_id, person_id=person_id) for line_id, person_id in sorted(named) if person_id in known]
        model._base_manager.using(alias).bulk_create(rows, batch_size=AT_ONCE, ignore_conflicts=True)


def take_rows_back(apps, schema_editor):
    """Write the ids into the lines again."""
    alias = schema_editor.connection.alias
    lines = apps.get_model("talent", "LedgerLine")._base_manager.using(alias)
    found = {}
    rows = apps.get_model("talent", "HelpedPerson")._base_manager.using(alias).order_by("line", "person")
    for line_id, person_id in rows.values_list("line", "person").iterator(AT_ONCE):
        found.setdefault(line_id, []).append(person_id)
    for line_id, ids in found.items():
        lines.filter(pk=line_id).update(helped_ids=ids)


class Migration(migrations.Migration):
    """The column goes in the same release: left behind, it would keep the ids of people after they were erased."""

    dependencies = [("talent", "0004_random_ids_in_addresses"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.RenameField("ledgerline", "helped", "helped_ids"),
        migrations.CreateModel(
            name="HelpedPerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="talent.ledgerline")),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("line", "person"), name="helped_person_once")]},
        ),
        migrations.AddField(
            "ledgerline", "helped", models.ManyToManyField(related_name="+", through="talent.HelpedPerson", to=settings.AUTH_USER_MODEL)
        ),
        migrations.RunPython(give_rows, take_rows_back),
        migrations.RemoveField("ledgerline", "helped_ids"),
    ]
