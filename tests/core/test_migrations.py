from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.apps.registry import Apps
from django.core.management import call_command
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState
from django.utils import translation

from rse.core.columns import BesideNames
from rse.core.management.commands import migrate
from rse.core.migrations._public_ids import _fill
from rse.core.migrations._together import Together
from rse.core.models import JobFamily, RecordedEvent
from rse.core.public_ids import is_public_id
from rse.feed.events import CommentShown, PostHidden, PostShown
from tests.factories import PersonFactory, PositionFactory, SiteFactory
from tests.factories.communities import CommunityFactory
from tests.factories.talent import SkillFactory

pytestmark = pytest.mark.django_db(transaction=True)


class Numbered(models.Model):
    public_id = models.CharField(max_length=32, null=True)  # noqa: DJ001 - as it stands before it is filled

    class Meta:
        app_label = "core"
        apps = Apps()  # of its own: the product knows nothing of this table

    def __str__(self):
        return str(self.pk)


def test_models_and_migrations_say_the_same():
    call_command("makemigrations", check=True, dry_run=True)


def test_rows_that_exist_get_a_random_id_each_and_a_second_run_changes_none():
    """What the migrations of random ids run, on more rows than one batch: as it stands in a table whose column is not filled yet."""
    with connection.schema_editor() as editor:
        editor.create_model(Numbered)
        Numbered.objects.bulk_create(Numbered() for _ in range(1003))
        state = SimpleNamespace(get_model=lambda _app, _name: Numbered)
        _fill(state, editor, app="core", name="numbered")
        first = dict(Numbered.objects.order_by("pk").values_list("pk", "public_id"))
        _fill(state, editor, app="core", name="numbered")
        second = dict(Numbered.objects.order_by("pk").values_list("pk", "public_id"))
        editor.delete_model(Numbered)

    assert len(set(first.values())) == 1003
    assert all(is_public_id(public_id) for public_id in first.values())
    assert second == first


def test_tables_made_together_lead_to_each_other_and_go_together():
    key = ("id", models.BigAutoField(primary_key=True))
    leads = ("box", models.ForeignKey("core.box", models.CASCADE))
    together = Together(migrations.CreateModel("Box", [key]), migrations.CreateModel("Lid", [key, leads]))
    before, after = ProjectState(), ProjectState()
    together.state_forwards("core", after)

    with connection.schema_editor() as editor:
        together.database_forwards("core", editor, before, after)
    box, lid = after.apps.get_model("core", "Box"), after.apps.get_model("core", "Lid")
    assert lid.objects.create(box=box.objects.create()).box_id == box.objects.get().pk
    with connection.schema_editor() as editor:
        together.database_backwards("core", editor, after, before)
    assert {"core_box", "core_lid"} & set(connection.introspection.table_names()) == set()


def test_libraries_write_their_rows_in_the_language_of_the_source():
    seen = []

    class Listening(migrate.Command):
        def _begin_with_libraries(self, connection):
            seen.append(translation.get_language())

    with translation.override("fr"):
        call_command(Listening(), verbosity=0, interactive=False)

    assert seen == [None]


def rows_beside_names():
    """The columns that follow from names, of every row, by model."""
    models = [model for model in apps.get_models() if any(isinstance(field, BesideNames) for field in model._meta.fields)]
    return {
        model._meta.label: list(
            model._base_manager.order_by("pk").values_list(*[field.name for field in model._meta.fields if isinstance(field, BesideNames)])
        )
        for model in models
    }


MIGRATIONS = [
    "rse.core.migrations.0013_rows_in_the_order_of_the_language",
    "communities.migrations.0006_in_the_order_of_the_language",
    "talent.migrations.0007_skills_in_the_order_of_the_language",
]


def test_rows_that_exist_are_found_and_ordered_by_their_names_and_a_second_run_changes_none():
    PersonFactory(first_name="Élodie", last_name="d’Ormesson-N’Diaye")
    PersonFactory(left=True, first_name="", last_name="")
    PositionFactory(title="Chef d’équipe", unit__name="Ateliers de Saint-Denis", site=SiteFactory(name="L’Haÿ"))
    JobFamily.objects.create(label="Études")
    CommunityFactory(name="L’Œuvre au noir")
    SkillFactory(label_fr="Œnologie", label_en="Wine")
    expected = rows_beside_names()
    assert all(value for rows in expected.values() for row in rows[:1] for value in row)
    for model in apps.get_models():
        if beside := {field.name: type(field)().get_default() for field in model._meta.fields if isinstance(field, BesideNames)}:
            model._base_manager.update(**beside)
    assert rows_beside_names() != expected
    for _run in range(2):
        for migration in MIGRATIONS:
            with connection.schema_editor() as editor:
                import_module(migration).fill(apps, editor)
        assert rows_beside_names() == expected


def test_events_that_are_kept_take_the_name_that_their_class_has_now():
    former = {"feed.post_unhidden": PostShown, "feed.comment_unhidden": CommentShown, "feed.post_hidden": PostHidden}
    for name in former:
        RecordedEvent.objects.create(name=name)
    migration = import_module("rse.feed.migrations.0007_events_named_as_what_is_shown")
    with connection.schema_editor() as editor:
        migration.rename(apps, editor)
        assert list(RecordedEvent.objects.order_by("pk").values_list("name", flat=True)) == [one.event_name() for one in former.values()]
        migration.name_back(apps, editor)
    assert list(RecordedEvent.objects.order_by("pk").values_list("name", flat=True)) == list(former)
