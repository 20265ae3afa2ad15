from django.db import migrations


def hide(apps, schema_editor):
    """Let nobody outside know of what is protected and closed, nor keep a request to join it."""
    Community = apps.get_model("communities", "Community")
    AudienceMember = apps.get_model("core", "AudienceMember")
    JoinRequest = apps.get_model("communities", "JoinRequest")
    Audience = apps.get_model("core", "Audience")
    for pk, audience in Community.objects.filter(kind="closed", audience__is_protected=True).order_by("pk").values_list("pk", "audience"):
        Audience.objects.filter(pk=audience).update(is_secret=True)
        members = AudienceMember.objects.filter(audience=audience).values("person")
        JoinRequest.objects.filter(community=pk).exclude(person__in=members).delete()


class Migration(migrations.Migration):
    dependencies = [("communities", "0003_random_ids_in_addresses")]

    operations = [migrations.RunPython(hide, migrations.RunPython.noop)]
