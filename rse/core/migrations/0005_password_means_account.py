from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("core", "0004_existing_accounts")]

    operations = [
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=Q(password="") | Q(("password__startswith", "!")) | Q(has_account=True),
                name="person_with_a_password_has_an_account",
            ),
        ),
    ]
