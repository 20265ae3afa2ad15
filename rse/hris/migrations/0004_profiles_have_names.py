import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from rse.core.migrations._public_ids import public_ids


class Migration(migrations.Migration):
    dependencies = [("hris", "0003_imports_that_can_be_undone")]

    operations = [
        *public_ids("hris", "importmapping"),
        migrations.AlterModelOptions("importmapping", {"verbose_name": "profile of files"}),
        migrations.AddField("importmapping", "name", models.CharField(blank=True, default="", max_length=80, verbose_name="name of the profile"), preserve_default=False),
        migrations.AddField("importmapping", "headers", models.JSONField(blank=True, default=list)),
        migrations.AddField("importmapping", "version", models.PositiveIntegerField(default=1)),
        migrations.AddConstraint("importmapping", models.UniqueConstraint(condition=~Q(name=""), fields=("name",), name="import_mapping_named_once")),
        migrations.AddField("importbatch", "is_from_folder", models.BooleanField(default=False)),
        migrations.AddField(
            "importbatch",
            "profile",
            models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="hris.importmapping"),
        ),
    ]
