"""The rights of a data protection officer, a head of HR or an administrator end by two people, whatever way is taken."""

import datetime

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from rse.core import clock
from rse.core.enums import ROLES_THAT_TAKE_TWO, SETTLED, PersonState, Role
from rse.core.models import Person, RecordedEvent, RoleGrant, RoleRemoval
from rse.core.people.services.people import deactivate, deactivate_person
from rse.core.people.services.removals import NobodyAgrees, approve_removal, ask_cut, ask_end, refuse_removal
from rse.core.people.services.roles import AlreadyAsked, end_role
from tests.factories import PersonFactory, RoleGrantFactory
from tests.identity.doors import at_once

pytestmark = pytest.mark.django_db
TWO = sorted(ROLES_THAT_TAKE_TWO)


def fresh(person):
    return type(person).objects.get(pk=person.pk)


@pytest.fixture
def company():
    """One of each, and the administrator's colleague whose rights are in question."""
    named = {"administrator": Role.ADMINISTRATOR, "dpo": Role.DPO, "head": Role.HR_HEAD, "hr": Role.HR}
    return {name: PersonFactory(role=role) for name, role in named.items()} | {"stranger": PersonFactory()}


@pytest.mark.parametrize("role", TWO)
def test_nobody_alone_ends_these_rights(company, role):
    grant = RoleGrantFactory(role=role)
    for person in (*company.values(), grant.person):
        with pytest.raises(PermissionDenied):
            end_role(ender=person, grant=grant)
        with pytest.raises(PermissionDenied):
            deactivate_person(actor=person, subject=grant.person)
    assert fresh(grant.person).holds(role)


@pytest.mark.parametrize("role", TWO)
def test_hr_and_whoever_holds_none_of_these_roles_neither_ask_nor_agree(company, role):
    grant = RoleGrantFactory(role=role)
    removal = ask_end(asker=company["administrator"], grant=grant)
    for person in (company["hr"], company["stranger"], PersonFactory(role=Role.RECRUITER), PersonFactory(role=Role.HR_SUCCESSION)):
        for act in (
            lambda person=person: ask_end(asker=person, grant=grant),
            lambda person=person: ask_cut(asker=person, subject=grant.person),
            lambda person=person: approve_removal(approver=person, removal=removal),
            lambda person=person: refuse_removal(refuser=person, removal=removal),
        ):
            with pytest.raises(PermissionDenied):
                act()
    assert fresh(grant.person).holds(role)


@pytest.mark.parametrize("role", TWO)
def test_one_asks_and_another_agrees(company, role):
    grant = RoleGrantFactory(role=role)

    removal = ask_end(asker=company["administrator"], grant=grant)
    assert fresh(grant.person).holds(role)
    approve_removal(approver=company["dpo"], removal=removal)

    assert not fresh(grant.person).holds(role)
    told = {event.name: set(event.facets["recipient_ids"]) for event in RecordedEvent.objects.filter(name__startswith="core.role_")}
    everybody = {grant.person_id, *(company[name].pk for name in ("administrator", "dpo", "head", "hr"))}
    assert told == {"core.role_removal_asked": everybody, "core.role_ended": everybody}
    assert {grant.person.email, company["hr"].email} <= {one for message in mail.outbox for one in message.to}


def test_neither_who_asked_nor_whom_it_is_about_agrees(company):
    grant = RoleGrantFactory(role=Role.DPO)
    RoleGrantFactory(person=grant.person, role=Role.ADMINISTRATOR)
    removal = ask_end(asker=company["administrator"], grant=grant)

    for person in (company["administrator"], fresh(grant.person)):
        with pytest.raises(PermissionDenied):
            approve_removal(approver=person, removal=removal)
    with pytest.raises(PermissionDenied):
        ask_end(asker=fresh(grant.person), grant=grant)
    for wrong in (removal.asked_by, removal.person):
        with pytest.raises(IntegrityError), transaction.atomic():
            RoleRemoval.objects.filter(pk=removal.pk).update(approved_by=wrong, closed_at=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleRemoval.objects.create(person=grant.person, grant=grant, asked_by=company["dpo"])
    assert fresh(grant.person).holds(Role.DPO)


def test_who_asked_and_lost_their_own_role_since_counts_no_more(company):
    grant = RoleGrantFactory(role=Role.DPO)
    removal = ask_end(asker=company["administrator"], grant=grant)
    RoleGrant.objects.filter(person=company["administrator"]).update(ends_at=clock.now())

    with pytest.raises(PermissionDenied):
        approve_removal(approver=company["dpo"], removal=removal)


def test_an_administrator_who_names_a_helper_takes_nothing_away_with_them(company):
    grant = RoleGrantFactory(role=Role.DPO)
    helper = RoleGrantFactory(role=Role.ADMINISTRATOR, starts_at=clock.now()).person
    helper = fresh(helper)
    assert helper.holds(Role.ADMINISTRATOR)

    for removal in (
        ask_end(asker=company["administrator"], grant=grant),
        ask_cut(asker=company["administrator"], subject=company["head"]),
    ):
        with pytest.raises(PermissionDenied):
            approve_removal(approver=helper, removal=removal)
        with pytest.raises(PermissionDenied):
            refuse_removal(refuser=helper, removal=removal)
    for ask in (lambda: ask_end(asker=helper, grant=grant), lambda: ask_cut(asker=helper, subject=grant.person)):
        with pytest.raises(PermissionDenied):
            ask()
    assert fresh(grant.person).holds(Role.DPO)
    assert fresh(company["head"]).is_present

    RoleGrant.objects.filter(person=helper).update(starts_at=clock.now() - SETTLED)
    approve_removal(approver=fresh(helper), removal=RoleRemoval.objects.get(grant=grant))
    assert not fresh(grant.person).holds(Role.DPO)


def test_same_thing_is_asked_once_and_refused_once(company):
    grant = RoleGrantFactory(role=Role.HR_HEAD)
    removal = ask_end(asker=company["administrator"], grant=grant)
    with pytest.raises(AlreadyAsked):
        ask_end(asker=company["dpo"], grant=grant)

    refuse_removal(refuser=company["dpo"], removal=removal)

    for act in (
        lambda: approve_removal(approver=company["dpo"], removal=removal),
        lambda: refuse_removal(refuser=company["dpo"], removal=removal),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert fresh(grant.person).holds(Role.HR_HEAD)
    assert RecordedEvent.objects.filter(name="core.role_removal_refused").count() == 1
    ask_end(asker=company["dpo"], grant=grant)


@pytest.mark.parametrize("starts_in", [-1, 1])
@pytest.mark.parametrize("role", TWO)
def test_access_of_such_a_person_is_cut_by_two(company, role, starts_in):
    grant = RoleGrantFactory(role=role, starts_at=clock.now() + datetime.timedelta(days=starts_in))
    with pytest.raises(PermissionDenied):
        ask_cut(asker=company["dpo"], subject=grant.person)

    removal = ask_cut(asker=company["administrator"], subject=grant.person)
    with pytest.raises(AlreadyAsked):
        ask_cut(asker=company["administrator"], subject=grant.person)
    assert fresh(grant.person).state == PersonState.ACTIVE
    approve_removal(approver=company["head"], removal=removal)

    assert (fresh(grant.person).state, fresh(grant.person).is_cut) == (PersonState.LEFT, True)


def test_every_holder_of_a_role_learns_that_one_of_these_left(company):
    gone = PersonFactory(role=Role.ADMINISTRATOR)
    deactivate(person_ids=[gone.pk, PersonFactory(role=Role.EDITOR).pk])
    (event,) = RecordedEvent.objects.filter(name="core.role_ended")
    assert {company["hr"].pk, company["dpo"].pk} < set(event.facets["recipient_ids"])


# Where there are not enough people


def test_nobody_else_could_agree_and_the_server_is_named(signed_in):
    administrator, grant = PersonFactory(role=Role.ADMINISTRATOR), RoleGrantFactory(role=Role.DPO)
    for act in (
        lambda: ask_end(asker=administrator, grant=grant),
        lambda: ask_cut(asker=administrator, subject=grant.person),
    ):
        with pytest.raises(NobodyAgrees):
            act()
    page = signed_in(administrator).post(f"/roles/{grant.public_id}/ask-end/", follow=True)
    assert f"manage.py end_role ROLE {grant.person.email}" in page.text

    call_command("end_role", "dpo", grant.person.email)

    assert not fresh(grant.person).holds(Role.DPO)
    assert administrator.pk in RecordedEvent.objects.get(name="core.role_ended").facets["recipient_ids"]


def test_server_ends_nothing_where_two_people_can(company, settings):
    settings.LANGUAGE_CODE = "en"
    grant = RoleGrantFactory(role=Role.ADMINISTRATOR)
    with pytest.raises(CommandError, match="page of roles"):
        call_command("end_role", "administrator", grant.person.email)
    assert fresh(grant.person).holds(Role.ADMINISTRATOR)


# The pages


def test_page_of_roles_offers_hr_nothing_and_the_others_to_ask(company, signed_in):
    grant = RoleGrantFactory(role=Role.ADMINISTRATOR)
    pages = {name: signed_in(company[name]).get("/roles/").text for name in ("hr", "administrator", "dpo")}
    own, asked = f"/roles/{grant.public_id}/end/", f"/roles/{grant.public_id}/ask-end/"
    assert {name: (own in page, asked in page) for name, page in pages.items()} == {
        "hr": (False, False),
        "administrator": (False, True),
        "dpo": (False, True),
    }
    assert signed_in(company["hr"]).post(own).status_code == 403
    assert signed_in(company["hr"]).post(asked).status_code == 403


def test_pages_ask_and_agree(company, signed_in):
    grant = RoleGrantFactory(role=Role.ADMINISTRATOR)
    asking = signed_in(company["administrator"])
    cut = f"/people/{grant.person.handle}/deactivate/"
    assert "Two people are needed" in asking.get(cut).text

    asking.post(cut)

    removal = RoleRemoval.objects.get()
    approve = f"/roles/removals/{removal.public_id}/approve/"
    assert approve not in asking.get("/roles/").text
    assert approve in signed_in(company["head"]).get("/roles/").text
    assert asking.post(approve).status_code == 403
    assert signed_in(company["head"]).post(approve).status_code == 302
    assert fresh(grant.person).state == PersonState.LEFT


@pytest.mark.django_db(transaction=True)
def test_agreed_in_many_windows_happens_once():
    asker, grant = PersonFactory(role=Role.ADMINISTRATOR), RoleGrantFactory(role=Role.DPO)
    others = [PersonFactory(role=role) for role in (Role.DPO, Role.HR_HEAD, Role.ADMINISTRATOR)]
    removal = ask_end(asker=asker, grant=grant)

    def agree(person):
        try:
            approve_removal(approver=Person.objects.get(pk=person.pk), removal=removal)
        except PermissionDenied:
            return "refused"
        return "done"

    results = at_once([lambda one=one: agree(one) for one in [asker, *others, *others]])

    assert sorted(results) == ["done"] + ["refused"] * 6
    assert RecordedEvent.objects.filter(name="core.role_ended").count() == 1


@pytest.mark.django_db(transaction=True)
def test_asked_in_many_windows_waits_once():
    grant = RoleGrantFactory(role=Role.DPO)
    askers = [PersonFactory(role=Role.ADMINISTRATOR) for _ in range(4)]

    def ask(person):
        try:
            ask_end(asker=Person.objects.get(pk=person.pk), grant=grant)
        except AlreadyAsked:
            return "asked"
        return "done"

    assert sorted(at_once([lambda one=one: ask(one) for one in askers])) == ["asked"] * 3 + ["done"]
    assert RoleRemoval.objects.count() == 1
