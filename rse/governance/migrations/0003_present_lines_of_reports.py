from django.db import migrations


def keep_present_lines(apps, schema_editor):
    """Write who stands above the people of reports today: nothing older is known."""
    lines = apps.get_model("core", "ReportingLine").objects.using(schema_editor.connection.alias)
    kept = apps.get_model("core", "LineAtStart").objects.using(schema_editor.connection.alias)
    model = kept.model
    reports = apps.get_model("governance", "Report").objects.using(schema_editor.connection.alias)
    reporters = apps.get_model("governance", "Reporter").objects.using(schema_editor.connection.alias)
    named = [*reports.exclude(about=None).values_list("pk", "about"), *reporters.values_list("report", "person")]
    for row_id, person_id in sorted(named):
        above = lines.filter(person=person_id).order_by("manager").values_list("manager", flat=True)
        kept.bulk_create([model(person_id=one, kind="report", row_id=row_id) for one in above], ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("core", "0003_who_stood_in_the_line_stays_denied"), ("governance", "0002_access_log_append_only")]

    operations = [migrations.RunPython(keep_present_lines, migrations.RunPython.noop)]
