"""The demonstration as ``make run`` installs it, for the tests that ask for it: no other test knows that it exists."""

import pytest
from django.apps import AppConfig, apps
from django.db import connection
from django.template.autoreload import reset_loaders
from django.template.utils import get_app_template_dirs

from rse.core.ops import personal_fields
from rse.core.ops.installation import describe
from rse.core.web import slots
from tests.factories import PersonFactory
from tests.factories.core import PASSWORD


@pytest.fixture
def demo_app(db, monkeypatch):
    """Install rse.demo with its table; nothing of it is left afterwards."""
    monkeypatch.setattr(slots, "_blocks", {name: list(blocks) for name, blocks in slots._blocks.items()})
    monkeypatch.setattr(personal_fields, "_declared", dict(personal_fields._declared))
    app = AppConfig.create("rse.demo")
    app.apps = apps
    apps.app_configs[app.label] = app
    app.import_models()
    _forget_what_is_installed()
    app.ready()
    shown = apps.get_model("demo.ShownPerson")
    editor = connection.schema_editor()
    editor.deferred_sql = []
    statement, values = editor.table_sql(shown)  # written by hand: on SQLite an editor works outside a transaction only
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
    yield app
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {shown._meta.db_table}")
    del apps.app_configs[app.label]
    _forget_what_is_installed()


def _forget_what_is_installed():
    """Clear what Django keeps of the installed apps: their models, where their templates stand, and those that were read."""
    apps.clear_cache()
    get_app_template_dirs.cache_clear()
    reset_loaders()


@pytest.fixture
def shown(demo_app):
    """Two people whom the sign-in page of a demonstration shows; whether this is one is not said yet."""
    people = [PersonFactory(first_name="Inès", last_name="Caron"), PersonFactory(first_name="Paul", last_name="Garnier")]
    for position, one in enumerate(people):
        role = f"Rôle de {one.first_name}"
        apps.get_model("demo.ShownPerson").objects.create(person=one, position=position, label_fr=role, label_en=role)
    return people


@pytest.fixture
def demo(shown, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        describe(is_demo=True, company="Fonderies de l’Estuaire", demo_secret=PASSWORD)
    return shown
