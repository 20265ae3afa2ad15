"""Two people of HR open what is under seal, for whoever has no second factor of before: after seven days, and never their own."""

import datetime

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from mentoring import queries
from mentoring.models import Seal, SealConfirmation
from mentoring.services import seals
from rse.core import clock
from rse.core.access import reopening
from rse.core.enums import Role
from rse.core.models import Person, RecordedEvent, RoleGrant
from rse.notify.queries import unseen_count
from tests.factories import PersonFactory, RoleGrantFactory
from tests.factories.core import put_under
from tests.factories.mentoring import CANARY, pair_of
from tests.guards import HouseClient
from tests.identity.doors import at_once, come_in, give_second_factor

from .under_seal import WEEK, fresh, main

pytestmark = pytest.mark.django_db


# Two people of HR


def asked_a_week_ago(person):
    with clock.moved_to(clock.now() - WEEK):
        reopening.run([person.pk])
        seals.ask_hr(person=person)
    return Seal.objects.get(person=person)


@pytest.fixture
def sealed(world):
    pair, _pieces = world
    person = pair.mentee
    Person.objects.filter(pk=person.pk).update(private_email="chez.moi@home.example")
    reopening.run([person.pk])
    return pair, fresh(person)


def test_hr_is_asked_and_every_address_told_at_the_start(sealed, signed_in):
    pair, person = sealed
    hr = PersonFactory(role=Role.HR)
    Person.objects.filter(pk=person.pk).update(private_email="autre@home.example")
    mail.outbox.clear()
    browser = signed_in(fresh(person))

    for _click in range(2):
        assert browser.post(reverse("mentoring:sealed_ask")).status_code == 302

    written = {message.to[0] for message in mail.outbox if "private" in message.body and "HR" in message.body}
    assert written == {person.email, "chez.moi@home.example", "autre@home.example"}
    assert unseen_count(hr) == 1
    assert [word for message in mail.outbox for word in ("ment", CANARY, pair.mentor.last_name) if word in message.body.lower()] == []
    assert person.name in main(signed_in(hr).get(reverse("mentoring:reopenings")))
    assert pair.mentor.last_name not in main(signed_in(hr).get(reverse("mentoring:reopenings")))


def test_two_people_of_hr_open_it_after_seven_days(sealed, signed_in):
    pair, person = sealed
    one, other = PersonFactory(role=Role.HR), PersonFactory(role=Role.HR_HEAD)
    start = clock.now()
    seals.ask_hr(person=person)
    seal = Seal.objects.get()
    address = reverse("mentoring:reopening_confirm", args=[seal.public_id])

    with clock.moved_to(start + datetime.timedelta(days=6, hours=23)):
        signed_in(one).post(address)
        assert not SealConfirmation.objects.exists()
    with clock.moved_to(start + WEEK):
        for _click in range(2):
            signed_in(one).post(address)
        assert Seal.objects.exists()
        assert CANARY not in signed_in(person).get(pair.get_absolute_url()).text
        signed_in(other).post(address)
        assert not Seal.objects.exists()
        assert CANARY in signed_in(person).get(pair.get_absolute_url()).text
    assert RecordedEvent.objects.filter(name="mentoring.words_opened").count() == 1


def test_neither_the_person_nor_their_line_nor_their_pairs_say_yes(sealed):
    pair, person = sealed
    manager, report = PersonFactory(role=Role.HR), PersonFactory(role=Role.HR)
    put_under(person, manager), put_under(report, person)
    other_mentor = PersonFactory(role=Role.HR_HEAD)
    Seal.objects.all().delete()
    pair_of(other_mentor, person)
    reopening.run([person.pk])
    for half in (person, pair.mentor):
        RoleGrantFactory(person=half, role=Role.HR)
    seals.ask_hr(person=person)
    seal = Seal.objects.get()
    elsewhere = PersonFactory()
    RoleGrantFactory(person=elsewhere, role=Role.HR, unit=elsewhere.unit)

    with clock.moved_to(clock.now() + WEEK):
        for one in (person, manager, report, pair.mentor, other_mentor, elsewhere, PersonFactory(role=Role.ADMINISTRATOR)):
            with pytest.raises(PermissionDenied):
                seals.confirm(by=fresh(one), seal=seal)
            with pytest.raises(PermissionDenied):
                seals.refuse(by=fresh(one), seal=seal)
    assert not SealConfirmation.objects.exists()


def test_yes_of_somebody_who_is_of_hr_no_more_counts_no_more(sealed):
    _pair, person = sealed
    left, one, other = PersonFactory(role=Role.HR), PersonFactory(role=Role.HR), PersonFactory(role=Role.HR)
    seals.ask_hr(person=person)
    seal = Seal.objects.get()
    with clock.moved_to(clock.now() + WEEK):
        seals.confirm(by=left, seal=seal)
        RoleGrant.objects.filter(person=left).update(ends_at=clock.now())
        assert seals.confirm(by=one, seal=seal) is False
        assert seals.confirm(by=other, seal=seal) is True


def test_hr_who_does_not_know_them_refuses_and_seven_days_begin_anew(sealed, signed_in):
    _pair, person = sealed
    hr = PersonFactory(role=Role.HR)
    seals.ask_hr(person=person)
    seal = Seal.objects.get()
    with clock.moved_to(clock.now() + WEEK):
        seals.confirm(by=hr, seal=seal)
        signed_in(hr).post(reverse("mentoring:reopening_refuse", args=[seal.public_id]))
        assert (Seal.objects.get().asked_at, SealConfirmation.objects.count()) == (None, 0)
        with pytest.raises(PermissionDenied):
            seals.confirm(by=hr, seal=seal)
        seals.ask_hr(person=person)
        with pytest.raises(seals.TooEarly):
            seals.confirm(by=hr, seal=seal)


def test_hr_needs_a_fresh_code(sealed):
    _pair, person = sealed
    hr = PersonFactory(role=Role.HR)
    give_second_factor(hr)
    seals.ask_hr(person=person)
    seal = Seal.objects.get()
    browser = HouseClient()
    come_in(browser, hr)
    with clock.moved_to(clock.now() + WEEK):
        session = browser.session
        session["began_at"] = session["active_at"] = int(clock.now().timestamp())
        session.save()
        assert browser.post(reverse("mentoring:reopening_confirm", args=[seal.public_id])).status_code == 403
        assert reverse("mfa_reauthenticate") in browser.get(reverse("mentoring:reopenings"))["Location"]
    assert not SealConfirmation.objects.exists()


def test_asked_no_more_is_void(sealed, signed_in):
    _pair, person = sealed
    seals.ask_hr(person=person)
    signed_in(person).post(reverse("mentoring:sealed_take_back"))
    assert Seal.objects.get().asked_at is None


def test_one_seal_per_person_and_one_yes_per_person_of_hr(sealed):
    _pair, person = sealed
    seal, hr = Seal.objects.get(), PersonFactory(role=Role.HR)
    SealConfirmation.objects.create(seal=seal, person=hr)
    for act in (lambda: Seal.objects.create(person=person), lambda: SealConfirmation.objects.create(seal=seal, person=hr)):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


@pytest.mark.django_db(transaction=True)
def test_one_person_of_hr_in_many_windows_is_one_yes():
    person, hr = pair_of().mentee, PersonFactory(role=Role.HR)
    seal = asked_a_week_ago(person)
    results = at_once([lambda: seals.confirm(by=hr, seal=seal)] * 6)
    assert (results, SealConfirmation.objects.count(), Seal.objects.count()) == ([False] * 6, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_people_of_hr_at_once_open_it_once():
    person, both = pair_of().mentee, [PersonFactory(role=Role.HR) for _ in range(2)]
    seal = asked_a_week_ago(person)
    results = at_once([lambda one=one: seals.confirm(by=one, seal=seal) for one in both])
    assert (sorted(results), Seal.objects.count()) == ([False, True], 0)
    assert RecordedEvent.objects.filter(name="mentoring.words_opened").count() == 1


@pytest.mark.parametrize("asked", [1, 3])
def test_seals_that_wait_cost_one_query_and_who_may_open_one_costs_three(asked, django_assert_num_queries):
    hr, heads = PersonFactory(role=Role.HR), [PersonFactory(role=Role.HR_HEAD) for _ in range(asked)]
    own = [pair_of().mentee for _ in range(asked)]
    manager, report = pair_of().mentee, pair_of().mentee
    put_under(hr, manager)
    put_under(report, hr)
    mentee = pair_of(mentor=hr).mentee
    for person in [*own, manager, report, mentee, hr]:
        asked_a_week_ago(person)
    hr = fresh(hr)
    hr.current_grants  # noqa: B018 (read once per request)

    with django_assert_num_queries(1):
        lines = queries.seals_asked(hr)
    assert [line["seal"].person for line in lines] == own
    assert all(line["may_say_yes"] for line in lines)
    for line in lines:
        with django_assert_num_queries(3):  # two of them ask where roles reach
            assert queries.who_may_confirm(line["seal"]) == [hr.pk, *(head.pk for head in heads)]


def test_what_is_listed_and_who_is_told_is_what_may_be_said_yes_to():
    hr, head, plain = PersonFactory(role=Role.HR), PersonFactory(role=Role.HR_HEAD), PersonFactory()
    above, below = PersonFactory(role=Role.HR), PersonFactory(role=Role.HR)
    put_under(plain, above)
    put_under(below, plain)
    mentor = pair_of(mentor=PersonFactory(role=Role.HR), mentee=plain).mentor
    seal = asked_a_week_ago(plain)

    for person in map(fresh, (hr, head, plain, above, below, mentor, PersonFactory())):
        may = queries.may_confirm(person, seal)
        assert may == (person.pk in (hr.pk, head.pk))
        assert bool(queries.seals_asked(person)) == may
        assert (person.pk in queries.who_may_confirm(seal)) == may
