import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from rse.core.migrations._together import Together
from django.db.models import F, Q

from rse.core.migrations._moved_models import moved_models

EVENTS = ("plan_started", "names_changed", "plan_decided", "plan_deleted")


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("core", "0010_counts_that_hold"),
        ("talent", "0005_people_helped_have_rows"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        moved_models(
            "talent",
            "succession",
            "KeyPosition",
            "Plan",
            "Nomination",
            "NominationEvidence",
            "DevelopmentAction",
            events={f"talent.succession.{name}": f"succession.{name}" for name in EVENTS},
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                Together(
                    migrations.CreateModel(
                        name='KeyPosition',
                        fields=[
                            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                            ('place', models.PositiveSmallIntegerField(default=0)),
                            ('criticality', models.CharField(choices=[('high', 'High'), ('medium', 'Medium'), ('low', 'Low')], max_length=10, verbose_name='criticality')),
                            ('vacant_from', models.DateField(blank=True, null=True, verbose_name='month of probable vacancy')),
                            ('is_single_holder', models.BooleanField(default=False, verbose_name='one person alone knows this work')),
                            ('note', models.CharField(blank=True, max_length=280, verbose_name='note on the position')),
                            ('position', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.position')),
                        ],
                        options={
                            'verbose_name': 'key position',
                            'constraints': [
                                models.UniqueConstraint(fields=('position', 'place'), name='key_position_once'),
                                models.CheckConstraint(condition=Q(('criticality__in', ['high', 'medium', 'low'])), name='key_position_known_criticality'),
                            ],
                        },
                    ),
                    migrations.CreateModel(
                        name='Plan',
                        fields=[
                            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                            ('public_id', models.CharField(max_length=32, unique=True)),
                            ('is_current', models.BooleanField(default=True)),
                            ('review_on', models.DateField(blank=True, null=True, verbose_name='next review')),
                            ('state', models.CharField(choices=[('live', 'In preparation'), ('decided', 'Decided')], default='live', max_length=10)),
                            ('started_at', models.DateTimeField()),
                            ('decided_at', models.DateTimeField(blank=True, null=True)),
                            ('decision', models.CharField(blank=True, max_length=280, verbose_name='what was decided, and why')),
                            ('version', models.PositiveIntegerField(default=1)),
                            ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                            ('deletion_asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                            ('key_position', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='plans', to='succession.keyposition')),
                            ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                            ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.unit')),
                        ],
                        options={
                            'verbose_name': 'succession plan',
                            'constraints': [
                                models.UniqueConstraint(condition=Q(('is_current', True)), fields=('key_position',), name='plan_one_current'),
                                models.UniqueConstraint(condition=Q(('state', 'live')), fields=('key_position',), name='plan_one_live'),
                                models.CheckConstraint(condition=Q(('state__in', ['live', 'decided'])), name='plan_known_state'),
                                models.CheckConstraint(
                                    condition=Q(Q(('decided_at', None), ('state', 'live')), Q(('decided_at__isnull', False), ('state', 'decided'), Q(('decision', ''), _negated=True)), _connector='OR'),
                                    name='plan_decided_with_its_reason',
                                ),
                            ],
                        },
                    ),
                    migrations.CreateModel(
                        name='Nomination',
                        fields=[
                            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                            ('readiness', models.CharField(choices=[('now', 'Now'), ('soon', 'In 1 to 2 years'), ('later', 'In 3 to 5 years'), ('interim', 'As an interim')], max_length=10, verbose_name='readiness')),
                            ('reason', models.CharField(max_length=280, verbose_name='why this person')),
                            ('alternatives', models.CharField(max_length=280, verbose_name='who else was considered')),
                            ('decided_at', models.DateTimeField()),
                            ('version', models.PositiveIntegerField(default=1)),
                            ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                            ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                            ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='nominations', to='succession.plan')),
                        ],
                        options={
                            'verbose_name': 'name in a plan',
                            'indexes': [models.Index(fields=['person', 'plan'], name='nomination_of_person')],
                            'constraints': [
                                models.UniqueConstraint(fields=('plan', 'person'), name='nomination_once'),
                                models.CheckConstraint(condition=Q(('readiness__in', ['now', 'soon', 'later', 'interim'])), name='nomination_known_readiness'),
                                models.CheckConstraint(condition=Q(Q(('reason', ''), _negated=True), Q(('alternatives', ''), _negated=True)), name='nomination_with_its_reasons'),
                                models.CheckConstraint(condition=Q(('decided_by', None), Q(('decided_by', F('person')), _negated=True), _connector='OR'), name='nomination_never_of_oneself'),
                            ],
                        },
                    ),
                    migrations.CreateModel(
                        name='NominationEvidence',
                        fields=[
                            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                            ('line', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='talent.ledgerline')),
                            ('nomination', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='chosen', to='succession.nomination')),
                        ],
                        options={'constraints': [models.UniqueConstraint(fields=('nomination', 'line'), name='nomination_evidence_once')]},
                    ),
                ),
                migrations.AddField(
                    model_name='nomination',
                    name='evidence',
                    field=models.ManyToManyField(related_name='+', through='succession.NominationEvidence', to='talent.ledgerline'),
                ),
                migrations.CreateModel(
                    name='DevelopmentAction',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.CharField(max_length=32, unique=True)),
                        ('kind', models.CharField(choices=[('mission', 'Mission'), ('mentoring', 'Mentoring'), ('training', 'Training'), ('interim', 'Interim')], max_length=10, verbose_name='kind of action')),
                        ('words', models.CharField(max_length=140, verbose_name='what was agreed')),
                        ('due_on', models.DateField(blank=True, null=True, verbose_name='to be done by')),
                        ('is_done', models.BooleanField(default=False)),
                        ('nomination', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='actions', to='succession.nomination')),
                    ],
                    options={
                        'verbose_name': 'development action',
                        'constraints': [
                            models.CheckConstraint(condition=Q(('kind__in', ['mission', 'mentoring', 'training', 'interim'])), name='development_action_known_kind'),
                            models.UniqueConstraint(fields=('nomination', 'kind', 'words'), name='development_action_once'),
                        ],
                    },
                ),
            ]
        ),
    ]
