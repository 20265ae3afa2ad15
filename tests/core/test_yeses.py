"""Whose yes a role waits for."""

import datetime

import pytest

from rse.core import clock
from rse.core.enums import Role
from rse.core.models import RoleRequest
from rse.core.people.services.roles import approve_role, ask_role
from rse.core.people.services.yeses import yeses_missing
from tests.factories import PersonFactory, RoleGrantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english(settings):
    settings.LANGUAGE_CODE = "en"


def ask(asker, role, person=None):
    return ask_role(asker=asker, person=person or PersonFactory(), role=role, unit=None, starts_at=clock.now(), ends_at=None)


def missing(request):
    waiting = RoleRequest.objects.waiting().get(pk=request.pk)
    return [(one.roles, one.count, one.can_come) for one in yeses_missing([waiting])[request.pk]]


@pytest.fixture
def administrator():
    return PersonFactory(role=Role.ADMINISTRATOR)


def test_role_of_hr_waits_for_a_head_of_hr_who_is_neither_of_the_two(administrator):
    person = PersonFactory()
    request = ask(administrator, Role.HR, person)
    assert missing(request) == [((Role.HR_HEAD,), 1, False)]
    RoleGrantFactory(person=person, role=Role.HR_HEAD)
    RoleGrantFactory(person=administrator, role=Role.HR_HEAD)
    assert missing(request) == [((Role.HR_HEAD,), 1, False)]
    RoleGrantFactory(role=Role.HR_HEAD)
    assert missing(request) == [((Role.HR_HEAD,), 1, True)]


def test_succession_waits_for_two_readers_and_the_officer():
    first, second, dpo = (PersonFactory(role=role) for role in (Role.HR_SUCCESSION, Role.HR_SUCCESSION, Role.DPO))
    request = ask(first, Role.HR_SUCCESSION)
    assert missing(request) == [((Role.HR_SUCCESSION,), 1, True), ((Role.DPO,), 1, True)]
    approve_role(approver=dpo, request=request, function=Role.DPO)
    assert missing(request) == [((Role.HR_SUCCESSION,), 1, True)]
    second.delete()
    assert missing(request) == [((Role.HR_SUCCESSION,), 1, False)]


def test_administrator_waits_for_another_who_answers_for_rights(administrator):
    settled = clock.now() - datetime.timedelta(days=2)
    RoleGrantFactory(role=Role.DPO, starts_at=settled)
    request = ask(administrator, Role.ADMINISTRATOR)
    assert missing(request) == [((Role.ADMINISTRATOR, Role.DPO, Role.HR_HEAD), 1, True)]


def test_cost_does_not_grow(administrator, django_assert_num_queries):
    for _number in range(3):
        ask(administrator, Role.HR)
    waiting = list(RoleRequest.objects.waiting())
    with django_assert_num_queries(1):
        yeses_missing(waiting)
