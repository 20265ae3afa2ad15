import re

import pytest
from django.core import mail
from django.urls import reverse

from rse.core import clock
from rse.core.enums import Role
from rse.core.events import deliveries
from rse.core.models import RecordedEvent
from rse.identity.models import Invitation
from rse.identity.services.invitations import invite, invite_people, issue, open_invitation, withdraw_invitations
from tests.factories import PersonFactory

from .doors import who_may

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return PersonFactory(role=Role.ADMINISTRATOR)


def test_list_shows_those_one_may_invite_and_invites_them(signed_in):
    people, subject = who_may()
    stranger = PersonFactory(password=False, last_name="Zoulou")
    page = signed_in(people["HR of the unit"]).get(reverse("identity:invitations")).content.decode()
    assert subject.name in page
    assert stranger.name not in page
    client = signed_in(people["administrator"])
    page = client.get(reverse("identity:invitations"))
    assert stranger.name in page.content.decode()
    shown = re.findall(r'name="chosen" form="[\w-]+" value="([\w-]+)"', page.content.decode())
    assert set(shown) == {subject.handle, stranger.handle}
    client.post(reverse("identity:invitations_chosen"), {"do": "invite", "chosen": shown})
    assert sorted(message.to for message in mail.outbox) == sorted([[subject.email], [stranger.email]])


@pytest.mark.parametrize("do", ["invite", "withdraw", ""])
@pytest.mark.parametrize("field", ["chosen", "only"])
def test_nothing_is_done_to_or_said_of_those_outside_one_s_perimeter(signed_in, do, field):
    people, subject = who_may()
    token = issue(person=subject, way="hand")
    browser, address = signed_in(people["HR of another unit"]), reverse("identity:invitations_chosen")
    absent = browser.post(address, {"do": do, field: ["nobody-at-all"]}, follow=True)

    answer = browser.post(address, {"do": do, field: [subject.handle]}, follow=True)

    assert (mail.outbox, open_invitation(token) is not None) == ([], True)
    assert [str(one) for one in answer.context["messages"]] == [str(one) for one in absent.context["messages"]]
    assert subject.name not in answer.text


def test_links_of_the_chosen_are_taken_back_and_the_list_is_come_back_to(signed_in, administrator):
    chosen, left = (PersonFactory(password=False, last_name=name) for name in ("Abel", "Ming"))
    tokens = [issue(person=person, way="work") for person in (chosen, left)]
    browser = signed_in(administrator)

    answer = browser.post(
        reverse("identity:invitations_chosen") + "?invited=sent&order=invited", {"do": "withdraw", "chosen": [chosen.handle]}
    )

    assert answer["Location"] == reverse("identity:invitations") + "?invited=sent&order=invited"
    assert [open_invitation(token) is not None for token in tokens] == [False, True]
    page = browser.get(answer["Location"]).text
    assert ("1 link works no longer." in page, "Abel" in page, "Ming" in page) == (True, False, True)
    assert RecordedEvent.objects.filter(name="identity.invitations_withdrawn").count() == 1
    browser.post(reverse("identity:invitations_chosen"), {"do": "withdraw", "chosen": [chosen.handle]})
    assert RecordedEvent.objects.filter(name="identity.invitations_withdrawn").count() == 2  # a mail that has not left is held back by it


def test_list_is_narrowed_by_unit_and_by_what_became_of_the_invitation(signed_in, administrator):
    def person(name, **values):
        return PersonFactory(password=False, last_name=name, **values)

    never, sent, over = person("Never"), person("Sent"), person("Over")
    person("Nowhere", email=None, private_email="")
    issue(person=over, way="work")
    issue(person=sent, way="work")
    Invitation.objects.filter(person=over).update(expires_at=clock.now())
    browser = signed_in(administrator)

    def shown(**asked):
        page = browser.get(reverse("identity:invitations"), asked).text
        return re.findall(r'class="person-name"[^>]*>\S+ (\w+)<', page.partition("<main")[2])

    assert shown(invited="never") == ["Never", "Nowhere"]
    assert shown(invited="sent") == ["Sent"]
    assert shown(invited="over") == ["Over"]
    assert shown(invited="nowhere") == ["Nowhere"]
    assert shown(unit=never.unit_id) == ["Never"]
    assert shown(q="ov") == ["Over"]
    assert shown(order="invited") == ["Never", "Nowhere", "Over", "Sent"]


@pytest.mark.parametrize("name", ["head of HR", "recruiter", "colleague"])
def test_list_is_closed_to_others(signed_in, name):
    people, _subject = who_may()
    client = signed_in(people[name])
    assert client.get(reverse("identity:invitations")).status_code == 403
    assert client.post(reverse("identity:invitations_chosen"), {}).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_the_same_for_one_and_three(signed_in, administrator, django_assert_num_queries, number):
    client = signed_in(administrator)
    PersonFactory.create_batch(number, password=False)
    client.get(reverse("identity:invitations"))
    with django_assert_num_queries(9):
        client.get(reverse("identity:invitations"))


@pytest.mark.parametrize("asks", ["one", "many"])
def test_link_that_is_taken_back_before_its_mail_left_is_never_sent(asks, mailoutbox):
    """The mail waits in the queue: the later word counts, and a new invitation after it is sent."""
    hr, person = PersonFactory(role="hr"), PersonFactory(password=False)
    with deliveries.held():
        invite(actor=hr, person=person) if asks == "one" else invite_people(actor=hr, person_ids=[person.pk])
        assert withdraw_invitations(actor=hr, person_ids=[person.pk]) == 0
    deliveries.drain()
    assert mailoutbox == []
    assert not Invitation.objects.exists()

    invite(actor=hr, person=person)
    deliveries.drain()
    assert [sent.to for sent in mailoutbox] == [[person.email]]
