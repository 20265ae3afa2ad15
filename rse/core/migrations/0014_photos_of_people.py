from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0013_rows_in_the_order_of_the_language")]

    operations = [
        migrations.AddField(
            "person",
            "photo",
            models.CharField(blank=True, editable=False, max_length=32, null=True, unique=True, verbose_name="photo"),
        ),
    ]
