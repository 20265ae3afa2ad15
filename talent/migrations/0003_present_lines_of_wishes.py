from django.db import migrations


def keep_present_lines(apps, schema_editor):
    """Write who stands above the people of wishes today: nothing older is known."""
    lines = apps.get_model("core", "ReportingLine").objects.using(schema_editor.connection.alias)
    kept = apps.get_model("core", "LineAtStart").objects.using(schema_editor.connection.alias)
    model = kept.model
    rows = apps.get_model("talent", "Wish").objects.using(schema_editor.connection.alias)
    for row_id, person_id in rows.exclude(person=None).order_by("pk").values_list("pk", "person").iterator(2000):
        above = lines.filter(person=person_id).order_by("manager").values_list("manager", flat=True)
        kept.bulk_create([model(person_id=one, kind="wish", row_id=row_id) for one in above], ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("core", "0003_who_stood_in_the_line_stays_denied"), ("talent", "0002_succession_plans")]

    operations = [migrations.RunPython(keep_present_lines, migrations.RunPython.noop)]
