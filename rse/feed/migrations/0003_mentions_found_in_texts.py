import re

from django.db import migrations

MENTION = re.compile(r"(?<![\w@/.+-])@([\w-]{1,80})(?!@)", re.ASCII)
LINKED = re.compile(r"/people/([\w-]{1,80})", re.ASCII)
CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)
BATCH = 500


def find_mentions(apps, schema_editor):
    """Write down whom the texts that stand name: until now nobody's handle ever changed."""
    for column, names in (("post", ("Post", "EditedVersion")), ("comment", ("Comment", "EditedVersion"))):
        for name in names:
            _find(apps, column, apps.get_model(f"feed.{name}"))


def _find(apps, column, model):
    key = "pk" if model.__name__ != "EditedVersion" else column
    titles = ["title"] if any(field.name == "title" for field in model._meta.fields) else []
    rows = model.objects.filter(body__contains="@") | model.objects.filter(body__contains="/people/")
    if titles:
        rows |= model.objects.filter(title__contains="@")
    if key == column:
        rows = rows.filter(**{f"{column}__isnull": False})
    batch = []
    for row_id, *texts in rows.order_by("pk").values_list(key, "body", *titles).iterator(BATCH):
        text = " ".join(texts)
        batch += [(row_id, match[1].rstrip("-").lower()) for match in MENTION.finditer(CODE.sub(" ", text))]
        batch += [(row_id, handle) for handle in LINKED.findall(text)]
        if len(batch) >= BATCH:
            _write(apps, column, batch)
            batch = []
    _write(apps, column, batch)


def _write(apps, column, batch):
    Mention = apps.get_model("feed.Mention")
    found = apps.get_model("core.Person").objects.filter(handle__in={handle for _row, handle in batch})
    people = dict(found.values_list("handle", "pk"))
    rows = [
        Mention(**{f"{column}_id": row_id}, handle=handle, person_id=people[handle])
        for row_id, handle in dict.fromkeys(batch)
        if handle in people
    ]
    Mention.objects.bulk_create(rows, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("feed", "0002_mentions_kept_with_texts"), ("core", "0007_addresses_given_once")]

    operations = [migrations.RunPython(find_mentions, migrations.RunPython.noop)]
