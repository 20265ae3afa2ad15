from django.db import migrations

from rse.core.migrations._public_ids import public_ids


class Migration(migrations.Migration):
    dependencies = [("core", "0008_random_ids_in_addresses"), ("onboarding", "0001_cohorts_journeys_and_their_template")]

    operations = public_ids("onboarding", "cohort", "templatestep")
