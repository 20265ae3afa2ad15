from django.db import migrations

from rse.core.migrations._public_ids import public_ids


class Migration(migrations.Migration):
    dependencies = [("core", "0008_random_ids_in_addresses"), ("feed", "0003_mentions_found_in_texts")]

    operations = public_ids("feed", "post", "comment")
