import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from rse.core.migrations._together import Together

REASONS = [
    ("back", "The person works here again"),
    ("mistake", "The access was cut by mistake"),
    ("secured", "The account was in other hands, and is given to its owner again"),
    ("lost", "An earlier link was lost or has expired"),
    ("forgotten", "The person forgot the password, has no e-mail, and I have seen them"),
]


def _key():
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def _link(to=settings.AUTH_USER_MODEL, on_delete=django.db.models.deletion.CASCADE, **options):
    return models.ForeignKey(on_delete=on_delete, related_name="+", to=to, **options)


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0012_people_invited_in_runs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint("accountreopening", "reopening_known_reason"),
        migrations.AlterField("accountreopening", "reason", models.CharField(choices=REASONS, max_length=10, verbose_name="reason")),
        migrations.AddConstraint(
            "accountreopening",
            models.CheckConstraint(condition=Q(reason__in=[value for value, _label in REASONS]), name="reopening_known_reason"),
        ),
        Together(
            migrations.CreateModel(
                "RecoveryCode",
                [
                    ("id", _key()),
                    ("code_hash", models.CharField(max_length=64, unique=True)),
                    ("made_at", models.DateTimeField()),
                    ("used_at", models.DateTimeField(blank=True, null=True)),
                    ("person", _link()),
                ],
                options={
                    "verbose_name": "recovery code",
                    "indexes": [models.Index(fields=["person"], name="recovery_code_of_person")],
                },
            ),
            migrations.CreateModel(
                "SignInCard",
                [
                    ("id", _key()),
                    ("public_id", models.CharField(max_length=32, unique=True)),
                    ("number", models.CharField(max_length=40, verbose_name="employee number")),
                    ("token_hash", models.CharField(max_length=64, unique=True)),
                    ("code_hash", models.CharField(max_length=64)),
                    ("printed_at", models.DateTimeField()),
                    ("handed_at", models.DateTimeField(blank=True, null=True)),
                    ("used_at", models.DateTimeField(blank=True, null=True)),
                    ("ended_at", models.DateTimeField(blank=True, null=True)),
                    ("person", _link()),
                    ("printed_by", _link(on_delete=django.db.models.deletion.SET_NULL, null=True)),
                    ("handed_by", _link(on_delete=django.db.models.deletion.SET_NULL, null=True)),
                    ("reopening", _link("identity.accountreopening", null=True)),
                ],
                options={
                    "verbose_name": "sign-in card",
                    "indexes": [
                        models.Index(fields=["person", "-printed_at"], name="sign_in_card_of_person"),
                        models.Index(fields=["-printed_at", "-id"], name="sign_in_card_newest_first"),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=["person"], condition=Q(used_at=None, ended_at=None), name="sign_in_card_one_open_per_person"
                        ),
                        models.CheckConstraint(
                            condition=Q(handed_by=None) | Q(handed_at__isnull=False), name="sign_in_card_handed_at_a_time"
                        ),
                        models.CheckConstraint(condition=Q(used_at=None) | Q(handed_at__isnull=False), name="sign_in_card_used_once_handed"),
                    ],
                },
            ),
        ),
    ]
