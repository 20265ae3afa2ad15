import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from rse.core.migrations._together import Together
from django.db.models import F, Q

from rse.core.migrations._moved_models import moved_models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("core", "0010_counts_that_hold"),
        ("django_tasks_database", "0021_conditional_partial_index_ordering"),
        ("identity", "0010_files_of_hr_are_an_app"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        moved_models(
            "identity",
            "hris",
            "ImportBatch",
            "ImportMapping",
            events={"identity.people_imported": "hris.people_imported"},
            tasks={f"rse.identity.services.imports.{name}": f"rse.hris.services.{name}" for name in ("compare", "apply")},
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                Together(
                    migrations.CreateModel(
                        name='ImportMapping',
                        fields=[
                            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                            ('signature', models.CharField(max_length=64, unique=True)),
                            ('columns', models.JSONField(default=dict)),
                            ('kind', models.CharField(choices=[('full', 'Everybody who works here'), ('delta', 'Changes only')], default='full', max_length=10)),
                            ('used_at', models.DateTimeField()),
                        ],
                        options={
                            'verbose_name': 'remembered columns',
                            'constraints': [models.CheckConstraint(condition=Q(('kind__in', ['full', 'delta'])), name='import_mapping_known_kind')],
                        },
                    ),
                    migrations.CreateModel(
                        name='ImportBatch',
                        fields=[
                            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                            ('public_id', models.CharField(max_length=32, unique=True)),
                            ('file_name', models.CharField(max_length=200, verbose_name='file')),
                            ('stored_path', models.CharField(blank=True, max_length=300)),
                            ('kind', models.CharField(choices=[('full', 'Everybody who works here'), ('delta', 'Changes only')], max_length=10, verbose_name='the file holds')),
                            ('uploaded_at', models.DateTimeField()),
                            ('applied_at', models.DateTimeField(blank=True, null=True)),
                            ('state', models.CharField(choices=[('uploaded', 'Received'), ('previewed', 'Compared, waiting for a yes'), ('running', 'Being applied'), ('applied', 'Applied'), ('refused', 'Refused')], default='uploaded', max_length=10, verbose_name='state')),
                            ('refusal', models.CharField(blank=True, max_length=40)),
                            ('refusal_params', models.JSONField(blank=True, default=dict)),
                            ('mapping', models.JSONField(blank=True, default=dict)),
                            ('skips_bad_rows', models.BooleanField(default=False, verbose_name='leave out the bad rows')),
                            ('allows_departures', models.BooleanField(default=False, verbose_name='many people may leave')),
                            ('counts', models.JSONField(blank=True, default=dict)),
                            ('examples', models.JSONField(blank=True, default=list)),
                            ('problems', models.JSONField(blank=True, default=list)),
                            ('problem_count', models.PositiveIntegerField(default=0)),
                            ('progress_done', models.PositiveIntegerField(default=0)),
                            ('progress_total', models.PositiveIntegerField(default=0)),
                            ('uploaded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                            ('attempts', models.PositiveIntegerField(default=0)),
                            ('leased_until', models.DateTimeField(blank=True, null=True)),
                            ('allowed_holders', models.JSONField(blank=True, default=list)),
                            ('compared_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ],
                        options={
                            'verbose_name': 'import of people',
                            'indexes': [models.Index(fields=['-uploaded_at'], name='import_batch_newest')],
                            'constraints': [
                                models.CheckConstraint(condition=Q(('kind__in', ['full', 'delta'])), name='import_batch_known_kind'),
                                models.CheckConstraint(condition=Q(('state__in', ['uploaded', 'previewed', 'running', 'applied', 'refused'])), name='import_batch_known_state'),
                                models.CheckConstraint(condition=Q(('progress_done__lte', F('progress_total'))), name='import_batch_progress_within_total'),
                            ],
                        },
                    ),
                ),
            ]
        ),
    ]
