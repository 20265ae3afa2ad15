import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from rse.core import clock
from rse.core.enums import ROLES_OF_HR, ROLES_THAT_TAKE_TWO, PersonState, Role
from rse.core.models import Person, RecordedEvent, RoleApproval, RoleGrant, RoleRequest
from rse.core.people.services.people import deactivate
from rse.core.people.services.roles import (
    MOST_SUCCESSION_HOLDERS,
    WAITS,
    AlreadyAsked,
    TooManyHolders,
    approve_role,
    ask_role,
    end_role,
    name_first_holder,
    refuse_role,
)
from rse.core.web.stepup import KEY
from rse.notify.queries import unseen_count
from tests.factories import PersonFactory, RoleGrantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return PersonFactory(role=Role.ADMINISTRATOR)


@pytest.fixture
def head():
    return PersonFactory(role=Role.HR_HEAD)


def ask(asker, person, role, **more):
    return ask_role(asker=asker, person=person, role=role, unit=None, starts_at=clock.now(), ends_at=None, **more)


def fresh(person):
    """The same person, as the next request reads them."""
    return type(person).objects.get(pk=person.pk)


def test_role_outside_hr_starts_at_once(administrator):
    person = PersonFactory()

    ask(administrator, person, Role.EDITOR)

    assert fresh(person).holds(Role.EDITOR)


@pytest.mark.parametrize("role", sorted(ROLES_THAT_TAKE_TWO))
def test_administrator_waits_for_another_who_answers_for_rights(administrator, role):
    person, other, late = PersonFactory(), PersonFactory(role=role), PersonFactory(role=role)
    RoleGrant.objects.filter(person=late).update(starts_at=clock.now())

    request = ask(administrator, person, Role.ADMINISTRATOR)

    assert not fresh(person).holds(Role.ADMINISTRATOR)
    assert unseen_count(fresh(other)) == 1
    for nobody in map(fresh, (administrator, person, late, PersonFactory(role=Role.HR))):
        with pytest.raises(PermissionDenied):
            approve_role(approver=nobody, request=request, function=role)
    assert not RoleGrant.objects.filter(person=person).exists()
    approve_role(approver=fresh(other), request=request, function=role)
    assert fresh(person).holds(Role.ADMINISTRATOR)


def test_administrator_to_whom_nobody_could_agree_begins_after_a_day_and_is_told(administrator):
    person, hr = PersonFactory(), PersonFactory(role=Role.HR)

    ask(administrator, person, Role.ADMINISTRATOR)

    assert not fresh(person).holds(Role.ADMINISTRATOR)
    assert unseen_count(hr) == 1
    with clock.moved_to(clock.now() + WAITS):
        assert fresh(person).holds(Role.ADMINISTRATOR)


def test_helper_who_has_not_settled_is_no_second_person_and_no_way_round(administrator):
    helper = PersonFactory(role=Role.ADMINISTRATOR)
    RoleGrant.objects.filter(person=helper).update(starts_at=clock.now())
    request = ask(administrator, PersonFactory(), Role.ADMINISTRATOR)
    with pytest.raises(PermissionDenied):
        approve_role(approver=fresh(helper), request=request, function=Role.ADMINISTRATOR)
    request.refresh_from_db()
    assert request.closed_at is None


@pytest.mark.parametrize("role", sorted(ROLES_OF_HR))
def test_role_of_hr_waits_for_the_head_of_hr(administrator, head, role):
    person = PersonFactory()

    request = ask(administrator, person, role)
    assert not fresh(person).holds(role)

    approve_role(approver=head, request=request, function=Role.HR_HEAD)
    assert fresh(person).holds(role)


@pytest.mark.parametrize("role", Role.values)
def test_l56_nobody_names_themselves(role):
    person = PersonFactory()
    for held in Role.values:
        RoleGrantFactory(person=person, role=held)

    with pytest.raises(PermissionDenied):
        ask(person, person, role)

    assert not RoleRequest.objects.exists()


def test_l59_who_asked_or_would_receive_it_does_not_agree_to_it(administrator):
    RoleGrantFactory(person=administrator, role=Role.HR_HEAD)
    receiver = PersonFactory(role=Role.HR_HEAD)
    request = ask(administrator, receiver, Role.HR)

    for person in (administrator, receiver):
        with pytest.raises(PermissionDenied):
            approve_role(approver=fresh(person), request=request, function=Role.HR_HEAD)

    assert not fresh(receiver).holds(Role.HR)


def test_yes_of_somebody_who_lost_the_right_since_counts_no_more():
    one, two, dpo = PersonFactory(role=Role.HR_SUCCESSION), PersonFactory(role=Role.HR_SUCCESSION), PersonFactory(role=Role.DPO)
    person = PersonFactory()
    request = ask(one, person, Role.HR_SUCCESSION)
    approve_role(approver=two, request=request, function=Role.HR_SUCCESSION)
    RoleGrant.objects.filter(person=two).update(ends_at=clock.now())

    approve_role(approver=dpo, request=request, function=Role.DPO)
    assert not RoleGrant.objects.filter(person=person).exists()

    approve_role(approver=PersonFactory(role=Role.HR_SUCCESSION), request=request, function=Role.HR_SUCCESSION)
    assert RoleGrant.objects.filter(person=person).exists()


@pytest.mark.parametrize("gone", ["person", "asker", "right of the asker"])
def test_nothing_is_granted_where_one_of_the_two_is_gone_since(administrator, head, gone):
    person = PersonFactory()
    request = ask(administrator, person, Role.HR)
    if gone == "right of the asker":
        RoleGrant.objects.filter(person=administrator).update(ends_at=clock.now())
    else:
        deactivate(person_ids=[person.pk if gone == "person" else administrator.pk])

    with pytest.raises(PermissionDenied):
        approve_role(approver=head, request=request, function=Role.HR_HEAD)

    Person.objects.filter(pk=person.pk).update(state=PersonState.ACTIVE)  # back by a file of HR, without a role
    assert not fresh(person).holds(Role.HR)


def test_r41_succession_waits_for_two_holders_the_dpo_and_a_day():
    first, second = PersonFactory.create_batch(2)
    for holder in (first, second):
        RoleGrantFactory(person=holder, role=Role.HR_SUCCESSION)
    dpo, person = PersonFactory(role=Role.DPO), PersonFactory()

    request = ask(first, person, Role.HR_SUCCESSION)
    approve_role(approver=dpo, request=request, function=Role.DPO)
    assert not RoleGrant.objects.filter(person=person).exists()
    approve_role(approver=second, request=request, function=Role.HR_SUCCESSION)

    assert not fresh(person).holds(Role.HR_SUCCESSION)
    with clock.moved_to(clock.now() + datetime.timedelta(hours=23)):
        assert not fresh(person).holds(Role.HR_SUCCESSION)
    with clock.moved_to(clock.now() + datetime.timedelta(hours=25)):
        assert fresh(person).holds(Role.HR_SUCCESSION)


def test_r41_one_person_counts_once():
    both, person = PersonFactory(role=Role.HR_SUCCESSION), PersonFactory()
    RoleGrantFactory(person=both, role=Role.DPO)

    request = ask(both, person, Role.HR_SUCCESSION)
    approve_role(approver=fresh(both), request=request, function=Role.DPO)
    approve_role(approver=fresh(both), request=request, function=Role.HR_SUCCESSION)

    assert RoleApproval.objects.count() == 1
    assert not RoleGrant.objects.filter(person=person).exists()


def test_x07_administrator_neither_asks_nor_agrees_to_succession(administrator):
    person = PersonFactory()

    with pytest.raises(PermissionDenied):
        ask(administrator, person, Role.HR_SUCCESSION)


def test_r35_ten_people_at_most_read_succession_plans():
    holders = PersonFactory.create_batch(MOST_SUCCESSION_HOLDERS)
    for holder in holders:
        RoleGrantFactory(person=holder, role=Role.HR_SUCCESSION)

    with pytest.raises(TooManyHolders):
        ask(holders[0], PersonFactory(), Role.HR_SUCCESSION)


def test_r35_last_yes_does_not_make_an_eleventh_reader():
    holders = PersonFactory.create_batch(MOST_SUCCESSION_HOLDERS - 1)
    for holder in holders:
        RoleGrantFactory(person=holder, role=Role.HR_SUCCESSION)
    dpo = PersonFactory(role=Role.DPO)
    waiting = [ask(holders[0], PersonFactory(), Role.HR_SUCCESSION) for _ in range(2)]
    for request in waiting:
        approve_role(approver=dpo, request=request, function=Role.DPO)

    approve_role(approver=holders[1], request=waiting[0], function=Role.HR_SUCCESSION)
    with pytest.raises(TooManyHolders):
        approve_role(approver=holders[1], request=waiting[1], function=Role.HR_SUCCESSION)

    assert RoleGrant.objects.filter(role=Role.HR_SUCCESSION).count() == MOST_SUCCESSION_HOLDERS


def test_l101_same_request_twice_is_refused(administrator):
    person = PersonFactory()
    ask(administrator, person, Role.HR)

    with pytest.raises(AlreadyAsked):
        ask(administrator, person, Role.HR)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleRequest.objects.create(person=person, role=Role.HR, asked_by=administrator, starts_at=clock.now())


def test_every_holder_of_a_role_is_told(administrator, head):
    stranger, person = PersonFactory.create_batch(2)

    ask(administrator, person, Role.EDITOR)

    told = RecordedEvent.objects.get(name="core.role_granted").facets["recipient_ids"]
    assert set(told) == {administrator.pk, head.pk, person.pk}
    assert stranger.pk not in told


def test_ending_is_immediate_and_never_of_ones_own(administrator):
    grant = RoleGrantFactory(role=Role.HR_SUCCESSION)
    with pytest.raises(PermissionDenied):
        end_role(ender=grant.person, grant=grant)

    end_role(ender=administrator, grant=grant)

    assert not fresh(grant.person).holds(Role.HR_SUCCESSION)


def test_hr_ends_a_role_in_its_own_perimeter_only():
    hr = PersonFactory()
    RoleGrantFactory(person=hr, role=Role.HR, unit=hr.unit)
    inside, outside = RoleGrantFactory(role=Role.EDITOR, unit=hr.unit), RoleGrantFactory(role=Role.EDITOR)

    end_role(ender=hr, grant=inside)

    with pytest.raises(PermissionDenied):
        end_role(ender=hr, grant=outside)


def test_refused_request_grants_nothing_later(administrator, head):
    request = ask(administrator, PersonFactory(), Role.HR)
    refuse_role(refuser=head, request=request)

    with pytest.raises(PermissionDenied):
        approve_role(approver=head, request=request, function=Role.HR_HEAD)


def test_x10_role_that_ended_opens_nothing_from_that_second_on():
    grant = RoleGrantFactory(role=Role.ADMINISTRATOR, ends_at=clock.now() + datetime.timedelta(hours=1))

    assert fresh(grant.person).holds(Role.ADMINISTRATOR)
    with clock.moved_to(grant.ends_at):
        assert not fresh(grant.person).holds(Role.ADMINISTRATOR)


def test_first_holder_is_named_and_told():
    person = PersonFactory()

    name_first_holder(person=person, role=Role.HR_HEAD)

    assert fresh(person).holds(Role.HR_HEAD)
    assert RecordedEvent.objects.get().facets["recipient_ids"] == [person.pk]


def test_role_page_names_and_keeps_what_was_typed(signed_in, administrator):
    person = PersonFactory()
    browser = signed_in(administrator)

    wrong = browser.post("/roles/new/", {"person": "nobody@company.example", "its_role": "editor", "starts_on": "2026-01-31"})
    assert wrong.status_code == 422
    assert 'value="nobody@company.example"' in wrong.text

    right = browser.post("/roles/new/", {"person": person.handle, "its_role": "editor", "starts_on": clock.today().isoformat()})
    assert right.status_code == 302
    assert fresh(person).holds(Role.EDITOR)


def test_session_whose_code_was_shown_long_ago_gives_and_ends_no_role(signed_in, administrator, head):
    helper, grant = PersonFactory(), RoleGrantFactory(role=Role.EDITOR)
    request = ask(administrator, PersonFactory(), Role.HR)
    named = {"person": helper.handle, "its_role": "administrator", "starts_on": clock.today().isoformat()}
    for person, address, said in (
        (administrator, "/roles/new/", named),
        (administrator, f"/roles/{grant.public_id}/end/", {}),
        (head, f"/roles/requests/{request.public_id}/approve/", {"function": "hr_head"}),
        (head, f"/roles/requests/{request.public_id}/refuse/", {}),
    ):
        browser = signed_in(person)
        session = browser.session
        session[KEY] = {**session[KEY], "at": session[KEY]["at"] - 16 * 60}
        session.save()
        assert browser.post(address, said).status_code == 403
    assert not fresh(helper).holds(Role.ADMINISTRATOR)
    assert fresh(grant.person).holds(Role.EDITOR)
    request.refresh_from_db()
    assert request.closed_at is None


@pytest.mark.parametrize("item_count", [1, 3])
def test_role_page_cost_does_not_grow(signed_in, administrator, django_assert_num_queries, item_count):
    for _ in range(item_count):
        RoleGrantFactory(role=Role.EDITOR)
        ask(administrator, PersonFactory(), Role.HR)
    browser = signed_in(administrator)
    browser.get("/roles/")

    with django_assert_num_queries(ROLE_PAGE_QUERIES):
        response = browser.get("/roles/")

    assert response.text.count("Say yes") == 0
    assert len(response.context["requests"]) == item_count


# session, person with site, grants of the reader, two of the bell, grants, requests, approvals, who may agree, ends of rights
ROLE_PAGE_QUERIES = 10
