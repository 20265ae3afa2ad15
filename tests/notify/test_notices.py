import datetime
import re
from dataclasses import dataclass

import pytest
from django.urls import reverse

from rse.core import clock
from rse.core.access import kinds
from rse.core.enums import PersonState, Role
from rse.core.events import bus, deliveries
from rse.core.models import Audience, AudienceMember, Person
from rse.core.ops import retention
from rse.core.people.services.people import deactivate
from rse.core.people.services.roles import approve_role, ask_role, end_role, name_first_holder
from rse.core.web.sealing import seal
from rse.notify import live, mail_queue, queries, services, topics
from rse.notify.models import Notification, QueuedMail, SeenPosition
from rse.notify.views import NEWEST
from tests.factories import AudienceFactory, PersonFactory, RoleGrantFactory

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, kw_only=True)
class RoomNamed(bus.Event):
    """Somebody was named in a room."""


@pytest.fixture
def room_kind(monkeypatch):
    """Audiences can be linked to in this test."""
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    kinds.register(
        kinds.Kind(name="room", model=Audience, label="Room", address=lambda room: f"/rooms/{room.pk}/", title=lambda room: room.label)
    )


def name(room, *people, actor=None):
    return bus.publish(
        RoomNamed(actor_id=actor.pk if actor else None, subject=("room", room.pk), recipient_ids=tuple(person.pk for person in people))
    )


@pytest.fixture
def poked(monkeypatch):
    """What was poked."""
    said = []
    monkeypatch.setattr(live, "_on_commit", said.append)
    return said


def test_l24_only_readers_who_were_named_are_told_and_never_who_did_it(room_kind, poked):
    author, member, outsider, gone = *PersonFactory.create_batch(3), PersonFactory(left=True)
    room = AudienceFactory(members=[author, member, gone], secret=True)

    name(room, author, member, outsider, gone, actor=author)

    assert [(one.recipient, one.actor, one.kind, one.row_id) for one in Notification.objects.all()] == [(member, author, "room", room.pk)]
    assert poked == [{"type": "live.poke", "topic": topics.name_of("user", member.pk), "version": ""}]


def test_silent_readers_are_not_told(room_kind, poked, monkeypatch):
    from rse.core.access.readers import Granted, InAudience
    from rse.core.models import RowGrant

    handler, member = PersonFactory.create_batch(2)
    room = AudienceFactory(members=[member])
    monkeypatch.setattr(Audience, "readers", InAudience(column="pk") | Granted("room"))
    RowGrant.objects.create(person=handler, kind="room", row_id=room.pk)

    name(room, handler, member)

    assert [one.recipient for one in Notification.objects.all()] == [member]


def test_event_delivered_twice_tells_once(room_kind, poked):
    member = PersonFactory()
    recorded = name(AudienceFactory(members=[member]), member)

    services.tell_recipients(event=recorded)

    assert Notification.objects.count() == 1


def test_l26_title_goes_with_the_right_and_comes_back_with_it(room_kind, signed_in):
    member = PersonFactory()
    room = AudienceFactory(members=[member], secret=True, label="Canary club")
    name(room, member)
    browser = signed_in(member)
    assert "Canary club" in browser.get(reverse("notices:list")).content.decode()
    assert 'class="count"' in browser.get(reverse("notices:badge")).content.decode()

    AudienceMember.objects.all().delete()
    page, badge = (browser.get(reverse(f"notices:{one}")).content.decode() for one in ("list", "badge"))

    assert "Canary" not in page
    assert f"/rooms/{room.pk}/" not in page
    assert 'class="count"' not in badge
    AudienceMember.objects.create(audience=room, person=member)
    assert "Canary club" in browser.get(reverse("notices:list")).content.decode()


def test_l26_nothing_of_the_subject_is_kept(room_kind):
    member = PersonFactory()
    name(AudienceFactory(members=[member], label="Canary club"), member)

    assert "Canary" not in str(Notification.objects.values().get())


def test_subject_that_is_gone_leaves_no_line(room_kind, signed_in):
    member = PersonFactory()
    room = AudienceFactory(members=[member])
    name(room, member)
    room.delete()

    assert queries.unseen_count(member) == 0
    assert signed_in(member).get(reverse("notices:list")).context["lines"] == []


def test_notices_of_others_are_nobodys_business(room_kind, signed_in):
    member, other = PersonFactory.create_batch(2)
    name(AudienceFactory(members=[member, other], label="Canary club"), member)

    assert "Canary" not in signed_in(other).get(reverse("notices:list")).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_and_badge_cost_the_same_for_one_and_three(count, room_kind, signed_in, django_assert_num_queries):
    authors, member = PersonFactory.create_batch(3), PersonFactory(role=Role.EDITOR)
    for author in authors[:count]:
        name(AudienceFactory(members=[member]), member, actor=author)
        RoleGrantFactory(person=author, role=Role.RECRUITER)
        bus.publish(_granted(author, member))
    assert Notification.objects.count() == 2 * count
    person = Person.objects.get(pk=member.pk)

    with django_assert_num_queries(5):  # notices, rooms, grants, own roles, actors
        assert queries.unseen_count(person) == 2 * count


def _granted(person, *recipients):
    from rse.core.events.happenings import RoleGranted
    from rse.core.models import RoleGrant

    grant = RoleGrant.objects.get(person=person)
    return RoleGranted(actor_id=person.pk, subject=("role_grant", grant.pk), recipient_ids=tuple(one.pk for one in recipients))


def test_badge_without_notices_costs_one_query(django_assert_num_queries):
    person = PersonFactory()

    with django_assert_num_queries(1):
        assert queries.unseen_count(person) == 0


def test_list_pages_by_key_newest_first(room_kind, signed_in):
    member = PersonFactory()
    rooms = [AudienceFactory(members=[member]) for _ in range(33)]
    for room in rooms:
        name(room, member)
    browser = signed_in(member)

    first = browser.get(reverse("notices:list")).context
    second = browser.get(reverse("notices:list") + first["page"].older_url).context

    assert [line.notice.row_id for line in [*first["lines"], *second["lines"]]] == [room.pk for room in reversed(rooms)]
    assert len(second["lines"]) == 3


def test_swap_shows_what_a_reload_shows(room_kind, signed_in):
    member = PersonFactory()
    name(AudienceFactory(members=[member]), member)
    browser = signed_in(member)

    whole = browser.get(reverse("notices:list")).content.decode()
    part = browser.get(reverse("notices:list"), headers={"HX-Request": "true"}).content.decode()

    def bare(text):
        return " ".join(line.strip() for line in text.splitlines() if "csrfmiddlewaretoken" not in line and "newest" not in line).strip()

    assert bare(part) in bare(whole)
    assert part.lstrip().startswith("<section")


def test_seen_up_to_what_was_looked_at_and_what_came_after_stays_new(room_kind, signed_in, poked):
    member = PersonFactory()
    room = AudienceFactory(members=[member])
    name(room, member)
    browser = signed_in(member)
    looked_at = browser.get(reverse("notices:list")).context["newest"]
    name(room, member)

    browser.post(reverse("notices:seen"), {"newest": looked_at})

    assert queries.unseen_count(member) == 1
    assert poked[-1] == {"type": "live.poke", "topic": f"user.{member.pk}", "version": ""}
    newest = Notification.objects.order_by("pk").last().pk
    others = seal([newest], reader=PersonFactory(), place=NEWEST)
    for nothing in ("", "0", "many", str(2**70), str(newest), others, seal([newest], reader=member, place="elsewhere")):
        browser.post(reverse("notices:seen"), {"newest": nothing})
    assert queries.unseen_count(member) == 1
    browser.post(reverse("notices:seen"), {"newest": browser.get(reverse("notices:list")).context["newest"]})
    assert queries.unseen_count(member) == 0
    assert SeenPosition.objects.get(person=member).position == newest


def test_r04_what_was_seen_is_a_place_and_no_time():
    assert {field.name for field in SeenPosition._meta.get_fields()} == {"id", "person", "position"}


def test_bell_stands_on_every_page_with_its_topic(room_kind, signed_in):
    member = PersonFactory(language="en")
    name(AudienceFactory(members=[member]), member)

    page = signed_in(member).get(reverse("people:list")).content.decode()

    assert 'data-live="user"' in page
    assert 'aria-label="Notices, 1 new"' in page


@pytest.mark.parametrize("is_read", [True, False])
def test_retention_of_ninety_days_to_the_day_read_or_not(room_kind, is_read):
    member = PersonFactory()
    room = AudienceFactory(members=[member])
    now, day = clock.now(), datetime.timedelta(days=1)
    ages = [89, 90, 91]
    for age in ages:
        with clock.moved_to(now - age * day):
            name(room, member)

    Notification.objects.update(is_opened=is_read)
    services.see_notices(person=member, position=Notification.objects.order_by("pk").last().pk if is_read else 0)

    with clock.moved_to(now):
        assert retention.forget("notify.Notification") == 1

    assert Notification.objects.count() == 2
    assert queries.unseen_count(member) == (0 if is_read else 2)


# Roles: every holder is told, and mailed


@pytest.fixture
def company():
    return {
        "head": PersonFactory(role=Role.HR_HEAD, first_name="Head"),
        "admin": PersonFactory(role=Role.ADMINISTRATOR, first_name="Admin", language="en"),
        "subject": PersonFactory(first_name="Subject"),
        "stranger": PersonFactory(),
    }


def told():
    return sorted(Notification.objects.values_list("event", "recipient__first_name"))


def test_x07_granted_role_is_told_to_every_holder_and_to_the_person(company, mailoutbox):
    name_first_holder(person=company["subject"], role=Role.EDITOR)

    assert told() == [("core.role_granted", "Admin"), ("core.role_granted", "Head"), ("core.role_granted", "Subject")]
    assert sorted(mail.to for mail in mailoutbox) == sorted([company[one].email] for one in ("head", "admin", "subject"))
    assert not QueuedMail.objects.exists()


def test_requested_role_is_told_to_who_may_agree(company, mailoutbox):
    request = ask_role(
        asker=company["admin"], person=company["subject"], role=Role.RECRUITER, unit=None, starts_at=clock.now(), ends_at=None
    )
    assert told() == [("core.role_requested", "Head")]
    assert mailoutbox[0].to == [company["head"].email]
    approve_role(approver=Person.objects.get(pk=company["head"].pk), request=request, function=Role.HR_HEAD)

    assert ("core.role_granted", "Subject") in told()
    assert ("core.role_granted", "Admin") not in told()  # who asked for it did it


def test_ended_role_is_told_to_who_lost_it(company, signed_in, mailoutbox):
    grant = RoleGrantFactory(person=company["subject"], role=Role.EDITOR)
    end_role(ender=company["admin"], grant=grant)

    assert ("core.role_ended", "Subject") in told()
    page = signed_in(company["subject"]).get(reverse("notices:list")).content.decode()
    assert grant.get_role_display() in page
    assert reverse("roles:list") not in page


def test_l26_holder_who_holds_nothing_any_more_reads_nothing_of_roles(company, signed_in):
    name_first_holder(person=company["subject"], role=Role.EDITOR)
    browser = signed_in(company["head"])
    browser.get(reverse("notices:list"))
    assert len(queries.lines_for(Person.objects.get(pk=company["head"].pk), Notification.objects.filter(recipient=company["head"]))) == 1

    company["head"].current_grants  # noqa: B018 - as read before the change
    from rse.core.models import RoleGrant

    RoleGrant.objects.filter(person=company["head"]).update(ends_at=clock.now())

    assert queries.lines_for(Person.objects.get(pk=company["head"].pk), Notification.objects.filter(recipient=company["head"])) == []


def test_l25_one_envelope_each_in_the_language_of_who_reads_it(company, mailoutbox, settings):
    settings.SITE_URL = "https://net.example"
    name_first_holder(person=company["subject"], role=Role.EDITOR)

    by_address = {mail.to[0]: mail for mail in mailoutbox}
    mail = by_address[company["admin"].email]
    assert len(mailoutbox) == 3
    assert all(len(one.recipients()) == 1 for one in mailoutbox)
    assert mail.subject == "A notice from Maillage"
    assert company["subject"].name not in mail.subject
    assert "was given the role “Editor of pages” over the whole company." in mail.body
    assert "https://net.example/notices/" in mail.body
    assert len({one.extra_headers["Message-ID"] for one in mailoutbox}) == 3
    assert re.fullmatch(r"<[0-9a-f]{32}@net\.example>", mail.extra_headers["Message-ID"])
    assert mail.alternatives[0][1] == "text/html"


def test_l28_names_are_text_in_mails(company, mailoutbox):
    Person.objects.filter(pk=company["subject"].pk).update(first_name="<b>O'Neil</b> & <img src=x>")
    name_first_holder(person=Person.objects.get(pk=company["subject"].pk), role=Role.EDITOR)

    mail = next(one for one in mailoutbox if one.to == [company["admin"].email])
    html = mail.alternatives[0][0]
    assert "<img" not in html
    assert "<b>" not in html
    assert "&lt;img src=x&gt;" in html


def test_l22_who_left_between_queue_and_sending_gets_nothing(company, mailoutbox):
    with deliveries.held():
        name_first_holder(person=company["subject"], role=Role.EDITOR)
        deactivate(person_ids=[company["head"].pk])
        deliveries.drain()

    assert company["head"].email not in [one.to[0] for one in mailoutbox]

    notice = Notification.objects.filter(recipient=company["admin"]).first()
    mail = QueuedMail.objects.create(notification=notice)
    Person.objects.filter(pk=company["admin"].pk).update(state=PersonState.LEFT)
    count = len(mailoutbox)
    assert mail_queue.send(mail_id=mail.pk) is False
    assert len(mailoutbox) == count
    assert not QueuedMail.objects.exists()


def test_f25_mail_that_cannot_leave_waits_and_leaves_later(company, mailoutbox, monkeypatch):
    from django.core.mail import EmailMultiAlternatives

    original = EmailMultiAlternatives.send

    def refuse(self, **options):
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailMultiAlternatives, "send", refuse)
    name_first_holder(person=company["subject"], role=Role.EDITOR)
    assert QueuedMail.objects.count() == 3
    assert mailoutbox == []
    assert mail_queue.send_due() == 0
    monkeypatch.setattr(EmailMultiAlternatives, "send", original)

    with clock.moved_to(clock.now() + datetime.timedelta(minutes=2)):
        assert mail_queue.send_due() == 3

    assert len(mailoutbox) == 3
    assert not QueuedMail.objects.exists()


def test_f25_mail_is_given_up_after_a_day(company, monkeypatch, mailoutbox):
    from django.core.mail import EmailMultiAlternatives

    def refuse(self, **options):
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailMultiAlternatives, "send", refuse)
    name_first_holder(person=company["subject"], role=Role.EDITOR)

    mail_queue.send_due()
    assert QueuedMail.objects.exists()
    monkeypatch.undo()  # the server answers again, too late

    with clock.moved_to(clock.now() + datetime.timedelta(hours=25)):
        assert not mail_queue.are_due()
        assert mail_queue.send_due() == 0
        retention.forget()

    assert mailoutbox == []
    assert not QueuedMail.objects.exists()


def test_mail_in_hand_elsewhere_is_left_alone(company, mailoutbox):
    notice = Notification.objects.create(recipient=company["admin"], event_id=1, event="core.role_granted", kind="role_grant", row_id=1)
    mail = QueuedMail.objects.create(notification=notice, due_at=clock.now() + mail_queue.LEASE)

    assert mail_queue.send(mail_id=mail.pk) is False
    assert QueuedMail.objects.filter(pk=mail.pk, attempts=0).exists()
