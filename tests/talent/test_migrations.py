"""What the ledger said before its tables changed, it says after."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from talent.models import HelpedPerson, LedgerLine
from tests.factories import PersonFactory
from tests.factories.talent import LedgerLineFactory

pytestmark = pytest.mark.django_db(transaction=True)


def migrate(*targets):
    """Bring the tables to ``targets`` and return the models as they stand there."""
    executor = MigrationExecutor(connection)
    return executor.migrate(list(targets)).apps


def steps_of(name):
    """Return the migration called ``name`` of talent, the one before it, and the last of each app."""
    graph = MigrationExecutor(connection).loader.graph
    key = next(node for node in graph.nodes if node[0] == "talent" and node[1].endswith(name))
    before = next(parent.key for parent in graph.node_map[key].parents if parent.key[0] == "talent")
    return key, before, graph.leaf_nodes()


def test_whom_each_line_helped_gets_a_row_and_who_was_erased_gets_none():
    _key, before, latest = steps_of("people_helped_have_rows")
    first, second, erased = PersonFactory.create_batch(3)
    told, silent = LedgerLineFactory(helped=[first]), LedgerLineFactory()
    try:
        apps = migrate(before)
        lines = apps.get_model("talent", "LedgerLine")._base_manager
        assert list(lines.order_by("pk").values_list("pk", "helped")) == [(told.pk, [first.pk]), (silent.pk, [])]
        lines.filter(pk=told.pk).update(helped=[second.pk, first.pk, second.pk, erased.pk])
        apps.get_model("core", "Person")._base_manager.filter(pk=erased.pk).delete()
    finally:
        migrate(*latest)

    rows = HelpedPerson.objects.order_by("person").values_list("line", "person")
    assert list(rows) == [(told.pk, first.pk), (told.pk, second.pk)]
    assert {line.pk: line.helped.count() for line in LedgerLine.objects.order_by("pk")} == {told.pk: 2, silent.pk: 0}
