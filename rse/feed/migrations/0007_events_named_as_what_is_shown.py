from django.db import migrations

NAMES = {"feed.post_unhidden": "feed.post_shown", "feed.comment_unhidden": "feed.comment_shown"}


def rename(apps, schema_editor, names=NAMES):
    """Give what happened, and is perhaps still on its way to somebody, the name under which it is known now."""
    events = apps.get_model("core", "RecordedEvent")._base_manager.using(schema_editor.connection.alias)
    for before, after in names.items():
        events.filter(name=before).update(name=after)


def name_back(apps, schema_editor):
    rename(apps, schema_editor, {after: before for before, after in NAMES.items()})


class Migration(migrations.Migration):
    dependencies = [("feed", "0006_mentions_found_in_code_and_reasons"), ("core", "0001_house")]

    operations = [migrations.RunPython(rename, name_back)]
