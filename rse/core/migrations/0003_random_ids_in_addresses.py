from django.db import migrations

from rse.core.migrations._public_ids import public_ids


class Migration(migrations.Migration):
    dependencies = [("core", "0002_access_cut_by_hand")]

    operations = public_ids("core", "audience")
