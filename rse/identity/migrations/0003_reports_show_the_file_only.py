from django.db import migrations


def forget_present_values(apps, schema_editor):
    """Keep of each report what the file said: present values go, and so do the names of those who were not in the file."""
    batches = apps.get_model("identity", "ImportBatch").objects.order_by("pk")
    for batch in batches.exclude(examples=[], problems=[]).iterator(100):
        batch.examples = [_said(one) for one in batch.examples if one.get("kind") != "left" or one.get("fields")]
        batch.problems = [_problem(*one) for one in batch.problems]
        batch.save(update_fields=["examples", "problems"])


def _said(one):
    return one | {"fields": [[name, None if name in {"manager", "position"} else after] for name, *_before, after in one["fields"]]}


def _problem(line, column, code, params):
    hidden = {"cycle": "numbers", "unit_cycle": "units", "manager_same_position": "position", "position_taken": "position"}
    return [line, column, code, params | {hidden[code]: "…"} if code in hidden else params]


class Migration(migrations.Migration):
    dependencies = [("identity", "0002_imports_of_people")]
    operations = [migrations.RunPython(forget_present_values, migrations.RunPython.noop, elidable=True)]
