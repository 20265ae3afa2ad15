from django.db import migrations


def keep_present_ones(apps, schema_editor):
    """Write down the addresses that communities have: no other is ever given one of them."""
    GivenAddress = apps.get_model("core.GivenAddress")
    present = apps.get_model("communities.Community").objects.order_by("pk").values_list("pk", "slug")
    rows = [GivenAddress(kind="community", address=slug, row_id=pk) for pk, slug in present]
    GivenAddress.objects.bulk_create(rows, batch_size=2000)


class Migration(migrations.Migration):
    dependencies = [("communities", "0001_communities_and_their_doors"), ("core", "0007_addresses_given_once")]

    operations = [migrations.RunPython(keep_present_ones, migrations.RunPython.noop)]
