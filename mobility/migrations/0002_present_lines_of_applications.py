from django.db import migrations


def keep_present_lines(apps, schema_editor):
    """Write who stands above the people of applications today: nothing older is known."""
    lines = apps.get_model("core", "ReportingLine").objects.using(schema_editor.connection.alias)
    kept = apps.get_model("core", "LineAtStart").objects.using(schema_editor.connection.alias)
    model = kept.model
    rows = apps.get_model("mobility", "Application").objects.using(schema_editor.connection.alias)
    for row_id, person_id in rows.exclude(applicant=None).order_by("pk").values_list("pk", "applicant").iterator(2000):
        above = lines.filter(person=person_id).order_by("manager").values_list("manager", flat=True)
        kept.bulk_create([model(person_id=one, kind="application", row_id=row_id) for one in above], ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("core", "0003_who_stood_in_the_line_stays_denied"), ("mobility", "0001_openings_and_applications")]

    operations = [migrations.RunPython(keep_present_lines, migrations.RunPython.noop)]
