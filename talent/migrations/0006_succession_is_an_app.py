from django.db import migrations

from rse.core.migrations._together import Together


class Migration(migrations.Migration):
    """The tables of plans belong to the app ``succession``, whose first migration takes them over with what they hold."""

    dependencies = [("talent", "0005_people_helped_have_rows")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                Together(
                    migrations.DeleteModel("DevelopmentAction"),
                    migrations.DeleteModel("NominationEvidence"),
                    migrations.DeleteModel("Nomination"),
                    migrations.DeleteModel("Plan"),
                    migrations.DeleteModel("KeyPosition"),
                ),
            ]
        )
    ]
