from django.db import migrations

from rse.core.migrations._public_ids import public_ids


class Migration(migrations.Migration):
    dependencies = [("core", "0008_random_ids_in_addresses"), ("communities", "0002_addresses_given_once")]

    operations = public_ids("communities", "community", "joinrequest")
