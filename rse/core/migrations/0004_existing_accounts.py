from django.db import migrations, models
from django.db.models import Q


def note_accounts(apps, schema_editor):
    """Whoever has a password has come in; whose access was cut may have, and is held to be somebody who did."""
    people = apps.get_model("core", "Person").objects
    people.exclude(Q(password="") | Q(("password__startswith", "!")), is_cut=False).update(has_account=True)


class Migration(migrations.Migration):
    dependencies = [("core", "0003_who_stood_in_the_line_stays_denied")]

    operations = [
        migrations.AddField(
            model_name="person",
            name="has_account",
            field=models.BooleanField(default=False, verbose_name="has come in once"),
        ),
        migrations.RunPython(note_accounts, migrations.RunPython.noop, elidable=True),
    ]
