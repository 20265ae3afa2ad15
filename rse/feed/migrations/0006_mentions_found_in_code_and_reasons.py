import re

from django.db import migrations

MENTION = re.compile(r"(?<![\w@/.+-])@([\w-]{1,80})(?!@)", re.ASCII)
BATCH = 500


def find_mentions(apps, schema_editor):
    """Write down whom code and reasons name: by a handle of today, or by a former one that leads."""
    for column, name, key, texts in (
        ("post", "Post", "pk", ("title", "body")),
        ("comment", "Comment", "pk", ("body",)),
        ("post", "EditedVersion", "post", ("title", "body")),
        ("comment", "EditedVersion", "comment", ("body",)),
        ("useful_mark", "UsefulMark", "pk", ("reason",)),
    ):
        model = apps.get_model("feed", name)
        rows = model.objects.filter(**{f"{texts[-1]}__contains": "@", f"{key}__isnull": False}).order_by("pk")
        batch = []
        for row_id, *words in rows.values_list(key, *texts).iterator(BATCH):
            batch += [(row_id, match[1].rstrip("-").lower()) for match in MENTION.finditer(" ".join(words))]
            if len(batch) >= BATCH:
                _write(apps, column, batch)
                batch = []
        _write(apps, column, batch)


def _write(apps, column, batch):
    handles = {handle for _row, handle in batch}
    given = apps.get_model("core", "GivenAddress").objects.filter(kind="person", address__in=handles, leads=True)
    people = dict(given.values_list("address", "row_id"))
    people |= dict(apps.get_model("core", "Person").objects.filter(handle__in=handles).values_list("handle", "pk"))
    Mention = apps.get_model("feed", "Mention")
    rows = [
        Mention(**{f"{column}_id": row_id}, handle=handle, person_id=people[handle])
        for row_id, handle in dict.fromkeys(batch)
        if handle in people
    ]
    Mention.objects.bulk_create(rows, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("feed", "0005_mentions_kept_with_reasons"), ("core", "0007_addresses_given_once")]

    operations = [migrations.RunPython(find_mentions, migrations.RunPython.noop)]
