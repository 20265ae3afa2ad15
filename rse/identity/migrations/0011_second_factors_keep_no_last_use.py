from django.db import migrations


def forget(apps, schema_editor):
    """Empty the column in which the library kept when each second factor was shown last, and which nothing writes any more."""
    apps.get_model("mfa", "Authenticator").objects.exclude(last_used_at=None).update(last_used_at=None)


class Migration(migrations.Migration):
    dependencies = [("identity", "0010_files_of_hr_are_an_app"), ("mfa", "0003_authenticator_type_uniq")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
