import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

ACCENTS = ["green", "blue", "violet", "plum", "brick", "slate"]


class Migration(migrations.Migration):
    dependencies = [("core", "0019_numbers_found_as_they_are_typed")]

    operations = [
        migrations.CreateModel(
            name="StepTaken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40, unique=True)),
                ("at", models.DateTimeField()),
                ("facts", models.CharField(blank=True, max_length=64)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.AddField("installation", "logo", models.CharField(blank=True, default="", editable=False, max_length=32), preserve_default=False),
        migrations.AddField(
            "installation",
            "accent",
            models.CharField(choices=[(name, name.capitalize()) for name in ACCENTS], default="green", max_length=10),
        ),
        migrations.AddField("installation", "is_set_up", models.BooleanField(default=False)),
        migrations.AddField("installation", "version", models.PositiveIntegerField(default=1)),
        migrations.AddConstraint(
            "installation",
            models.CheckConstraint(condition=models.Q(accent__in=ACCENTS), name="installation_known_accent"),
        ),
    ]
