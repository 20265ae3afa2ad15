from django.db import migrations

ROOT = "0001"


def set_up(apps, schema_editor):
    """Put the handbook where Wagtail's welcome page stood, and take away the groups whose rights nobody uses here."""
    Page = apps.get_model("wagtailcore.Page")
    Site = apps.get_model("wagtailcore.Site")
    apps.get_model("wagtailcore.GroupPagePermission").objects.all().delete()
    apps.get_model("auth.Group").objects.filter(name__in=["Moderators", "Editors"]).delete()
    apps.get_model("wagtailcore.WorkflowPage").objects.all().delete()
    apps.get_model("wagtailcore.Workflow").objects.all().delete()
    apps.get_model("wagtailcore.Task").objects.all().delete()
    Site.objects.all().delete()
    Page.objects.filter(path__startswith=ROOT, depth__gt=1).delete()
    content_type, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(app_label="pages", model="handbookindex")
    handbook = apps.get_model("pages.HandbookIndex").objects.create(
        title="Guides",
        draft_title="Guides",
        slug="handbook",
        content_type=content_type,
        path=f"{ROOT}0001",
        depth=2,
        numchild=0,
        url_path="/handbook/",
        live=True,
        locale=apps.get_model("wagtailcore.Locale").objects.order_by("pk").first(),
    )
    Page.objects.filter(path=ROOT).update(numchild=1)
    Site.objects.create(hostname="localhost", root_page_id=handbook.pk, site_name="Guides", is_default_site=True)


class Migration(migrations.Migration):
    dependencies = [("pages", "0001_handbook"), ("wagtailcore", "0098_apitoken")]

    operations = [migrations.RunPython(set_up, migrations.RunPython.noop)]
