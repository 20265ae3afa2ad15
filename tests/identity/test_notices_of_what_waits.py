"""Who hears that something about an account waits: its owner, and those who may say a yes; nobody else, and nobody is named."""

import datetime

import pytest
from django.urls import reverse
from django.utils import translation

from rse.core import clock
from rse.core.enums import Role
from rse.core.models import RoleGrant
from rse.identity.models import AddressMove
from rse.identity.services import addresses, reopenings
from rse.notify.models import Notification
from rse.notify.queries import lines_for
from tests.factories import PersonFactory, RoleGrantFactory, UnitFactory
from tests.factories.core import put_under

pytestmark = pytest.mark.django_db
SETTLED = datetime.timedelta(days=3)


def heard(event):
    """Who has a notice of ``event``, with how many."""
    rows = Notification.objects.filter(event=f"identity.{event}").order_by("pk").values_list("recipient", flat=True)
    return {person: list(rows).count(person) for person in rows}


def sentences(person):
    person = type(person).objects.get(pk=person.pk)
    notices = list(Notification.objects.visible_to(person).order_by("pk"))
    with translation.override("en"):
        return [(line.sentence, line.said["address"]) for line in lines_for(person, notices)]


@pytest.fixture
def company():
    """Léa with an account, everybody who could be told, and everybody who could be told by mistake."""
    unit, elsewhere = UnitFactory(), UnitFactory()
    lea = PersonFactory(first_name="Léa", last_name="Canari", unit=unit, email="lea@company.example")
    people = {
        "HR of her unit": PersonFactory(role=Role.HR, role__unit=unit),
        "administrator": PersonFactory(role=Role.ADMINISTRATOR),
        "HR of another unit": PersonFactory(role=Role.HR, role__unit=elsewhere),
        "her manager, of HR": PersonFactory(role=Role.HR),
        "head of HR": PersonFactory(role=Role.HR_HEAD),
        "data protection officer": PersonFactory(role=Role.DPO),
        "colleague": PersonFactory(unit=unit),
    }
    put_under(lea, people["her manager, of HR"])
    RoleGrant.objects.update(starts_at=clock.now() - SETTLED)
    people["administrator since an hour"] = PersonFactory(role=Role.ADMINISTRATOR)
    RoleGrant.objects.filter(person=people["administrator since an hour"]).update(starts_at=clock.now() - datetime.timedelta(hours=1))
    return lea, people


def test_owner_and_those_who_may_say_yes_hear_of_an_address(company):
    lea, people = company
    addresses.take_from_file(wanted=[(lea.pk, {"email": "lea.morvan@company.example", "private_email": "lea@home.example"})])

    assert heard("own_address_waits") == {lea.pk: 1}
    told = [people["HR of her unit"], people["administrator"]]
    assert heard("address_waits") == {person.pk: 1 for person in told}
    for person in told:
        ((sentence, address),) = sentences(person)
        assert address == reverse("identity:waiting")
        assert "Another address of somebody waits" in sentence
        assert not any(word in sentence for word in ("Léa", "Canari", "morvan", "@"))
    assert ["Sign-in and security" in sentence for sentence, _address in sentences(lea)] == [True]


def test_head_of_hr_hears_of_the_address_of_who_holds_a_role(company):
    lea, people = company
    RoleGrantFactory(person=lea, role=Role.RECRUITER)
    addresses.take_from_file(wanted=[(lea.pk, {"email": "lea.morvan@company.example"})])
    assert heard("address_waits").keys() == {people[name].pk for name in ("HR of her unit", "administrator", "head of HR")}


def test_nobody_is_told_of_their_own_as_if_it_were_somebody_else_s(company):
    _lea, people = company
    own = people["administrator"]
    addresses.take_from_file(wanted=[(own.pk, {"private_email": "chez.moi@home.example"})])
    assert heard("own_address_waits") == {own.pk: 1}
    assert own.pk not in heard("address_waits")
    assert people["head of HR"].pk in heard("address_waits")


def test_whoever_lost_the_role_meanwhile_has_no_notice_left(company):
    lea, people = company
    addresses.take_from_file(wanted=[(lea.pk, {"email": "lea.morvan@company.example"})])
    assert len(sentences(people["HR of her unit"])) == 1
    RoleGrant.objects.filter(person=people["HR of her unit"]).delete()
    assert sentences(people["HR of her unit"]) == []


def test_move_of_the_company_is_told_once(company):
    _lea, people = company
    many = [PersonFactory(email=f"p{number}@company.example") for number in range(addresses.MANY)]
    addresses.take_from_file(wanted=[(one.pk, {"email": one.email.replace("company", "firm")}) for one in many])
    assert AddressMove.objects.count() == 1
    assert heard("address_waits") == {}
    whole = ("administrator", "her manager, of HR", "head of HR")
    assert heard("move_waits") == {people[name].pk: 1 for name in whole}
    assert heard("own_address_waits") == {one.pk: 1 for one in many}


def test_second_person_hears_of_an_account_to_open_again_and_who_asked_does_not(company):
    lea, people = company
    type(lea).objects.filter(pk=lea.pk).update(password="!gone")
    lea.refresh_from_db()
    reopenings.ask_reopening(actor=people["administrator"], person=lea, reason="back")
    assert heard("reopening_waits") == {people["HR of her unit"].pk: 1}
    ((sentence, _address),) = sentences(people["HR of her unit"])
    assert "Canari" not in sentence
