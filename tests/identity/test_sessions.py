import datetime

import pytest
from django.urls import reverse

from rse.core import clock
from rse.core.enums import PersonState, Role
from rse.core.models import Person, RecordedEvent
from rse.core.ops import retention
from rse.core.people.services.people import deactivate
from rse.core.people.services.roles import end_role
from rse.identity.models import Session
from tests.factories import PersonFactory, RoleGrantFactory

from .doors import come_in, give_second_factor, type_password

pytestmark = pytest.mark.django_db

NOON = datetime.datetime(2027, 1, 4, 12, 0, tzinfo=datetime.UTC)
MINUTE, HOUR, DAY = datetime.timedelta(minutes=1), datetime.timedelta(hours=1), datetime.timedelta(days=1)


def is_in(client, at, **extra):
    with clock.moved_to(at):
        return client.get("/people/", **extra).status_code == 200


def test_l90_t02_deactivation_from_the_profile_ends_every_session_at_once(signed_in):
    administrator, subject, other = PersonFactory(role=Role.ADMINISTRATOR), PersonFactory(), PersonFactory()
    one, two, colleague = signed_in(subject), signed_in(subject), signed_in(other)
    client, address = signed_in(administrator), reverse("identity:deactivate", args=[subject.handle])
    assert client.get(address).status_code == 200
    assert one.get("/people/").status_code == 200
    assert client.post(address)["Location"] == subject.get_absolute_url()
    assert not Session.objects.filter(person=subject).exists()
    for dead in (one, two):
        assert dead.get("/people/")["Location"] == "/account/login/?next=/people/"
    assert colleague.get("/people/").status_code == 200
    assert Person.objects.get(pk=subject.pk).state == PersonState.LEFT
    assert RecordedEvent.objects.filter(facets__person_ids=[subject.pk]).exists()


def test_deactivation_is_for_administrators_and_never_for_oneself(signed_in):
    administrator = PersonFactory(role=Role.ADMINISTRATOR)
    subject = PersonFactory()
    for role in (Role.HR, Role.HR_HEAD, Role.DPO, Role.HR_SUCCESSION, Role.EDITOR):
        assert signed_in(PersonFactory(role=role)).post(reverse("identity:deactivate", args=[subject.handle])).status_code == 403, role
    own = reverse("identity:deactivate", args=[administrator.handle])
    assert signed_in(administrator).post(own).status_code == 403
    assert Person.objects.filter(state=PersonState.LEFT).count() == 0


def test_refused_deactivation_leaves_the_sessions(signed_in, monkeypatch):
    subject = PersonFactory()
    client = signed_in(subject)
    monkeypatch.setattr("rse.core.people.services.people.publish", lambda event: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        deactivate(person_ids=[subject.pk])
    assert client.get("/people/").status_code == 200


def test_person_marked_left_by_any_way_is_out_with_the_next_request(signed_in):
    subject = PersonFactory()
    client = signed_in(subject)
    Person.objects.filter(pk=subject.pk).update(state=PersonState.LEFT)
    assert client.get("/people/").status_code == 302


def test_end_of_a_role_ends_the_sessions(signed_in):
    subject = PersonFactory()
    grant = RoleGrantFactory(person=subject, role=Role.EDITOR)
    client = signed_in(subject)
    end_role(ender=PersonFactory(role=Role.ADMINISTRATOR), grant=grant)
    assert client.get("/people/").status_code == 302


def test_sessions_of_everybody_idle_eight_hours(client):
    with clock.moved_to(NOON):
        type_password(client, PersonFactory().email)
    assert is_in(client, NOON + 7 * HOUR)
    assert is_in(client, NOON + 14 * HOUR)
    assert not is_in(client, NOON + 22 * HOUR + MINUTE)


def test_sessions_of_everybody_last_a_week(client):
    with clock.moved_to(NOON):
        type_password(client, PersonFactory().email)
    for number in range(1, 28):
        assert is_in(client, NOON + number * 6 * HOUR)
    assert not is_in(client, NOON + 7 * DAY)


@pytest.fixture
def reads_plans():
    """Somebody who reads succession plans, with a role that runs at noon."""
    person = PersonFactory(role=Role.HR_SUCCESSION)
    give_second_factor(person)
    return person


def test_r35_sessions_of_hr_succession_idle_a_quarter_of_an_hour(client, reads_plans):
    with clock.moved_to(NOON):
        come_in(client, reads_plans)
    assert is_in(client, NOON + 14 * MINUTE)
    assert is_in(client, NOON + 28 * MINUTE)
    assert not is_in(client, NOON + 43 * MINUTE)


def test_r35_pages_that_ask_by_themselves_keep_nobody_signed_in(client, reads_plans):
    with clock.moved_to(NOON):
        come_in(client, reads_plans)
    assert is_in(client, NOON + 8 * MINUTE, HTTP_X_BACKGROUND="1")
    assert not is_in(client, NOON + 16 * MINUTE)


def test_r35_sessions_of_hr_succession_last_eight_hours(client, reads_plans):
    with clock.moved_to(NOON):
        come_in(client, reads_plans)
    for number in range(1, 48):
        assert is_in(client, NOON + number * 10 * MINUTE)
    assert not is_in(client, NOON + 8 * HOUR)


def test_session_that_is_over_leads_back_to_its_page(client):
    with clock.moved_to(NOON):
        type_password(client, PersonFactory().email)
    with clock.moved_to(NOON + 9 * HOUR):
        assert client.get("/people/?q=a")["Location"] == "/account/login/?next=/people/%3Fq%3Da"


def test_signing_in_changes_the_key_of_the_session(client):
    client.get(reverse("account_login"))
    session = client.session
    session["before"] = 1
    session.save()
    key = session.session_key
    type_password(client, PersonFactory().email)
    assert client.session.session_key != key


def test_expired_rows_are_forgotten(signed_in):
    signed_in(PersonFactory())
    Session.objects.update(expire_date=clock.now() - DAY)
    retention.forget("identity.Session")
    assert not Session.objects.exists()


def test_cookie_is_kept_from_scripts_and_other_sites(client):
    response = type_password(client, PersonFactory().email)
    cookie = response.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 7 * 24 * 3600)


def test_last_visit_is_written_nowhere():
    assert "last_login" not in {field.name for field in Person._meta.get_fields()}


def test_browser_of_the_tests_is_signed_in_as_django_would(client):
    person = PersonFactory()
    client.force_login(person)
    written_once = dict(client.session.items())
    client.force_login(person)  # there is a session by now: Django's own way
    assert dict(client.session.items()) == written_once | {name: client.session[name] for name in ("began_at", "active_at", "proved")}
    assert client.session.keys() == written_once.keys()
