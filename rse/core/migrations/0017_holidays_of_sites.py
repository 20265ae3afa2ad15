from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0016_people_no_file_names")]

    operations = [
        migrations.AddField("site", "country", models.CharField(blank=True, default="", max_length=2, verbose_name="country"), preserve_default=False),
        migrations.AddField("site", "region", models.CharField(blank=True, default="", max_length=10, verbose_name="region"), preserve_default=False),
    ]
