from django.db import migrations

from rse.core.migrations._public_ids import public_ids


class Migration(migrations.Migration):
    dependencies = [("core", "0008_random_ids_in_addresses"), ("mentoring", "0002_words_under_seal")]

    operations = public_ids("mentoring", "mentoringoffer")
