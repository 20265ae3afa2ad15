from django.db import migrations, models
from django.db.models.functions import Replace, Upper


class Migration(migrations.Migration):
    dependencies = [("core", "0018_absences")]

    operations = [
        migrations.AddIndex(
            "person",
            models.Index(
                models.Func(
                    Replace(Upper("employee_number"), models.Value(" "), models.Value("")), models.Value("0"), function="LTRIM"
                ),
                name="person_by_bare_number",
            ),
        ),
    ]
