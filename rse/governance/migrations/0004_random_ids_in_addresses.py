from django.db import migrations

from rse.core.migrations._public_ids import public_ids


class Migration(migrations.Migration):
    dependencies = [("core", "0008_random_ids_in_addresses"), ("governance", "0003_present_lines_of_reports")]

    operations = public_ids("governance", "reporter")
