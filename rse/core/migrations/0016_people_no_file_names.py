from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("core", "0015_how_people_are_addressed")]

    operations = [
        migrations.AddField(
            "person",
            "unlisted_on",
            models.DateField(blank=True, null=True, verbose_name="access ended because no file names them"),
        ),
        migrations.AddConstraint(
            "person",
            models.CheckConstraint(condition=Q(unlisted_on=None) | Q(state="left"), name="person_unlisted_may_not_come_in"),
        ),
    ]
