from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("feed", "0007_events_named_as_what_is_shown")]

    operations = [
        migrations.AddField(
            model_name="post",
            name="text_version",
            field=models.PositiveIntegerField(db_default=1, default=1),
        ),
    ]
