"""A file makes nobody leave whose rights take two, unless they are named."""

import pytest

from rse.core.enums import ROLES_THAT_TAKE_TWO, PersonState, Role
from rse.core.models import Person
from rse.hris.services.application import RightsEnd
from tests.factories import RoleGrantFactory
from tests.hris.team import TEAM, with_

pytestmark = pytest.mark.django_db
WAYS = {
    "last day today": with_(TEAM, "E2", leaves_on="01/10/2026"),
    "last day to come": with_(TEAM, "E2", leaves_on="31/12/2030"),
    "first day to come": with_(TEAM, "E2", hired_on="01/12/2030"),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("role", sorted(ROLES_THAT_TAKE_TWO))
def test_file_that_ends_such_rights_is_written_only_when_they_are_named(imported, compared, role, way):
    imported(TEAM)
    holder, other = (Person.objects.get(employee_number=number) for number in ("E2", "E3"))
    RoleGrantFactory(person=holder, role=role)
    RoleGrantFactory(person=other, role=Role.EDITOR)
    before = Person.objects.filter(pk=holder.pk).values().get()

    assert compared(WAYS[way]).holders == [{"handle": holder.handle, "name": "Léa Martin E2"}]
    for named in (frozenset(), frozenset({other.handle})):
        with pytest.raises(RightsEnd) as refused:
            imported(WAYS[way], allow_holders=named)
        assert "Léa Martin E2" in refused.value.sentence()
    assert Person.objects.filter(pk=holder.pk).values().get() == before

    imported(WAYS[way], allow_holders=frozenset({holder.handle}))
    assert Person.objects.filter(pk=holder.pk).values().get() != before


def test_naming_one_of_those_who_leave_names_no_other(imported, compared):
    imported(TEAM)
    one, other = (Person.objects.get(employee_number=number) for number in ("E2", "E3"))
    for person in (one, other):
        RoleGrantFactory(person=person, role=Role.DPO)
    file = with_(with_(TEAM, "E2", leaves_on="01/10/2026"), "E3", leaves_on="01/10/2026")

    assert {holder["handle"] for holder in compared(file).holders} == {one.handle, other.handle}
    for named in (frozenset({one.handle}), frozenset({""})):
        with pytest.raises(RightsEnd):
            imported(file, allow_holders=named)
    assert Person.objects.get(employee_number="E3").is_present


def test_holders_who_are_absent_from_a_file_keep_everything(imported):
    imported(TEAM)
    RoleGrantFactory(person=Person.objects.get(employee_number="E2"), role=Role.DPO)

    assert imported([row for row in TEAM if row["employee_number"] != "E2"]).holders == []
    assert Person.objects.get(employee_number="E2").is_present


def test_others_leave_by_a_file_as_before(imported):
    imported(TEAM)
    RoleGrantFactory(person=Person.objects.get(employee_number="E3"), role=Role.ADMINISTRATOR)
    assert imported(with_(TEAM, "E2", leaves_on="01/10/2026")).holders == []
    assert Person.objects.get(employee_number="E2").state == PersonState.LEFT
