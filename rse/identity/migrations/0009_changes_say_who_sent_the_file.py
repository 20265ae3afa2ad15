import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def copy_senders(apps, schema_editor):
    """Write into each change who sent the file that asks for it, and who said what the columns of that file mean."""
    alias = schema_editor.connection.alias
    files = apps.get_model("identity", "ImportBatch")._base_manager.using(alias).filter(pk=OuterRef("batch"))
    senders = {"sent_by": Subquery(files.values("uploaded_by")), "compared_by": Subquery(files.values("compared_by"))}
    apps.get_model("identity", "AddressChange")._base_manager.using(alias).exclude(batch=None).update(**senders)


class Migration(migrations.Migration):
    dependencies = [("identity", "0008_new_mailboxes_that_say_yes"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.AddField(
            model_name='addresschange',
            name='sent_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='addresschange',
            name='compared_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.RunPython(copy_senders, migrations.RunPython.noop),
    ]
