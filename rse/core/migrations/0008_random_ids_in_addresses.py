from django.db import migrations

from rse.core.migrations._public_ids import public_ids


class Migration(migrations.Migration):
    dependencies = [("core", "0007_addresses_given_once")]

    operations = public_ids("core", "audience")
