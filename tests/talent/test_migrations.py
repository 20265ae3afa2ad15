"""What the ledger said before its tables changed, it says after."""

import pytest

from talent.models import HelpedPerson, LedgerLine
from tests.factories import PersonFactory
from tests.factories.talent import LedgerLineFactory
from tests.migrating import before, latest, migrate

pytestmark = pytest.mark.django_db(transaction=True)


def test_whom_each_line_helped_gets_a_row_and_who_was_erased_gets_none():
    first, second, erased = PersonFactory.create_batch(3)
    told, silent = LedgerLineFactory(helped=[first]), LedgerLineFactory()
    try:
        apps = migrate(before("succession", "plans_come_from_talent"), before("talent", "people_helped_have_rows"))
        lines = apps.get_model("talent", "LedgerLine")._base_manager
        assert list(lines.order_by("pk").values_list("pk", "helped")) == [(told.pk, [first.pk]), (silent.pk, [])]
        lines.filter(pk=told.pk).update(helped=[second.pk, first.pk, second.pk, erased.pk])
        apps.get_model("core", "Person")._base_manager.filter(pk=erased.pk).delete()
    finally:
        migrate(*latest())

    rows = HelpedPerson.objects.order_by("person").values_list("line", "person")
    assert list(rows) == [(told.pk, first.pk), (told.pk, second.pk)]
    assert {line.pk: line.helped.count() for line in LedgerLine.objects.order_by("pk")} == {told.pk: 2, silent.pk: 0}
