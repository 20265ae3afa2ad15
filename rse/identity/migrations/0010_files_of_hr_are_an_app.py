from django.db import migrations


class Migration(migrations.Migration):
    """The tables of imports belong to the app ``hris``, whose first migration takes them over with what they hold.

    The columns that lead to them go in the same release: nothing of this app may lead to that one.
    """

    dependencies = [("identity", "0009_changes_say_who_sent_the_file")]

    operations = [
        migrations.RemoveField("addresschange", "batch"),
        migrations.RemoveField("addressmove", "batch"),
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.DeleteModel("ImportMapping"), migrations.DeleteModel("ImportBatch")]
        ),
    ]
