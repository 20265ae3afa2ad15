from django.db import migrations

from rse.core.migrations._public_ids import public_ids


class Migration(migrations.Migration):
    dependencies = [("core", "0003_random_ids_in_addresses"), ("feed", "0001_posts_comments_marks")]

    operations = public_ids("feed", "post", "comment")
