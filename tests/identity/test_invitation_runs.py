import datetime
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError
from django.urls import reverse

from rse.core import clock
from rse.core.enums import DeliveryState, Role
from rse.core.events import deliveries
from rse.core.models import Delivery, Person, RecordedEvent
from rse.core.ops.checks.mailing import SMTP
from rse.identity.enums import MailState
from rse.identity.mail import NoPublicAddress
from rse.identity.models import Invitation, InvitationRun, RunMember
from rse.identity.queries import figures_of
from rse.identity.services.invitations import invite, invite_people, issue, withdraw_invitations
from rse.identity.services.runs import AT_ONCE, FilterMoved, go_on_with_all, start_run, stop_run, whom_to_invite
from tests.factories import PersonFactory, RoleGrantFactory, UnitFactory
from tests.races import answers_of

pytestmark = pytest.mark.django_db
EVERYBODY, LIST = "identity:invitations_everybody", "identity:invitations"
REFUSED = "refused@company.example"


class RefusingBackend(EmailBackend):
    def send_messages(self, messages):
        if any(REFUSED in message.to for message in messages):
            raise OSError("the mailbox is refused")
        return super().send_messages(messages)


@pytest.fixture
def administrator():
    return PersonFactory(role=Role.ADMINISTRATOR)


def waiting(count, **values):
    return PersonFactory.create_batch(count, password=False, **values)


def begin(actor, **asked):
    return start_run(actor=actor, asked=asked, address={}, seen=whom_to_invite(actor, **asked).fingerprint)


def seal_on(page):
    return re.search(r'name="seen" value="([\w-]+)"', page.text)[1]


def states(run):
    return sorted(RunMember.objects.filter(run=run).values_list("state", flat=True))


def test_everybody_of_the_filter_is_invited_on_all_pages(signed_in, administrator, mailoutbox):
    unit = UnitFactory(name="Atelier")
    chosen = waiting(17, unit=UnitFactory(parent=unit))
    waiting(2)
    browser, address = signed_in(administrator), reverse(EVERYBODY) + f"?unit={unit.pk}"

    page = browser.get(address)
    assert "17 people get an invitation by mail" in page.text
    assert "Only: <bdi>Atelier</bdi>." in page.text
    answer = browser.post(address, {"seen": seal_on(page)})

    run = InvitationRun.objects.get()
    assert answer["Location"] == reverse("identity:invitations_run", args=[run.public_id])
    assert sorted(message.to for message in mailoutbox) == sorted([one.email] for one in chosen)
    assert (run.count, run.started_by, run.ended_at is None, run.asked) == (17, administrator, False, {"unit": str(unit.pk)})
    page = browser.get(answer["Location"]).text
    assert ("Atelier" in page, "17 of 17" in page, "every 2s" in page) == (True, True, False)
    assert "17 invitations" in browser.get(reverse(LIST)).text


def test_page_says_how_many_are_written_to_get_paper_or_are_left_out(signed_in, administrator, mailoutbox):
    names = iter(["Abel", "Bea", "Cora"])
    for name in names:
        PersonFactory(password=False, first_name=name, last_name="Aa")
    PersonFactory(password=False, email=None, first_name="Paper", last_name="Only")
    PersonFactory(password=False, expected=True, hired_on=clock.today() + datetime.timedelta(days=90))
    issue(person=PersonFactory(password=False), way="work")
    browser = signed_in(administrator)

    page = browser.get(reverse(EVERYBODY))

    assert "3 people get an invitation by mail" in page.text
    assert "Abel Aa, Bea Aa, Cora Aa" in page.text
    assert "1 person has no e-mail in the file and gets no mail" in page.text
    assert "Paper Only" in page.text
    assert "1 person is left out: a mail left within the hour" in page.text
    assert "1 person is left out: expected" in page.text
    browser.post(reverse(EVERYBODY), {"seen": seal_on(page)})
    assert len(mailoutbox) == 3
    assert InvitationRun.objects.get().without_address == 1


def test_nothing_is_sent_to_a_filter_that_has_grown(signed_in, administrator, mailoutbox):
    waiting(2)
    browser = signed_in(administrator)
    page = browser.get(reverse(EVERYBODY))
    waiting(1)

    answer = browser.post(reverse(EVERYBODY), {"seen": seal_on(page)})

    assert (answer.status_code, mailoutbox, InvitationRun.objects.exists()) == (409, [], False)
    assert "you were shown 2, and meanwhile it would be 3" in answer.text
    assert browser.post(reverse(EVERYBODY), {"seen": seal_on(answer)}).status_code == 302
    assert len(mailoutbox) == 3


def test_nothing_is_sent_when_somebody_takes_the_place_of_another(administrator, mailoutbox):
    first, _second = waiting(2)
    seen = whom_to_invite(administrator).fingerprint
    Person.objects.filter(pk=first.pk).update(has_account=True)
    waiting(1)
    with pytest.raises(FilterMoved):
        start_run(actor=administrator, asked={}, address={}, seen=seen)
    assert (mailoutbox, InvitationRun.objects.exists(), RecordedEvent.objects.exists()) == ([], False, False)


@pytest.mark.parametrize("seen", ["", "nonsense", "of another"])
def test_what_was_not_shown_to_this_reader_is_asked_again(signed_in, administrator, mailoutbox, seen):
    waiting(1)
    if seen == "of another":
        seen = seal_on(signed_in(PersonFactory(role=Role.ADMINISTRATOR)).get(reverse(EVERYBODY)))
    answer = signed_in(administrator).post(reverse(EVERYBODY), {"seen": seen})
    assert (answer.status_code, mailoutbox) == (409, [])


def test_filter_that_makes_no_sense_invites_nobody(signed_in, administrator):
    waiting(1)
    answer = signed_in(administrator).get(reverse(EVERYBODY) + "?first_from=nonsense")
    assert answer["Location"] == reverse(LIST) + "?first_from=nonsense"


def test_hr_invites_and_counts_those_of_their_units_only(signed_in, mailoutbox):
    here, elsewhere = UnitFactory(), UnitFactory()
    hr = RoleGrantFactory(role=Role.HR, unit=here).person
    theirs, *_others = waiting(1, unit=here) + waiting(3, unit=elsewhere)
    PersonFactory(password=False, unit=elsewhere, email=None)
    browser = signed_in(hr)
    page = browser.get(reverse(EVERYBODY))
    assert "1 person gets an invitation by mail" in page.text
    assert "no e-mail" not in page.text
    browser.post(reverse(EVERYBODY), {"seen": seal_on(page)})
    assert [message.to for message in mailoutbox] == [[theirs.email]]


def test_run_is_followed_by_who_started_it_and_by_administrators(signed_in, administrator):
    waiting(1)
    hr, other = PersonFactory(role=Role.HR), PersonFactory(role=Role.HR)
    run = begin(hr)
    address = reverse("identity:invitations_run", args=[run.public_id])
    assert [signed_in(one).get(address).status_code for one in (hr, administrator, other)] == [200, 200, 404]
    assert reverse("identity:invitations_run", args=[run.public_id]) not in signed_in(other).get(reverse(LIST)).text
    assert signed_in(other).post(reverse("identity:invitations_run_stop", args=[run.public_id])).status_code == 404
    with pytest.raises(PermissionDenied):
        stop_run(actor=other, run=run)
    with pytest.raises(PermissionDenied):
        begin(PersonFactory(role=Role.HR_HEAD))


def test_stopped_run_sends_nothing_more(signed_in, administrator, mailoutbox):
    waiting(3)
    with deliveries.held():
        run = begin(administrator)
    browser, address = signed_in(administrator), reverse("identity:invitations_run", args=[run.public_id])
    page = browser.get(address)
    assert ("every 2s" in page.text, "0 of 3" in page.text) == (True, True)
    answer = browser.post(reverse("identity:invitations_run_stop", args=[run.public_id]), follow=True)
    assert "Stopped: 3 mails stay here." in answer.text
    deliveries.drain()
    assert mailoutbox == []
    run.refresh_from_db()
    assert run.ended_at is not None
    assert stop_run(actor=administrator, run=run) == 0
    begin(administrator)  # they are free for another run
    assert len(mailoutbox) == 3


def test_swap_equals_what_a_reload_shows(signed_in, administrator):
    waiting(2)
    with deliveries.held():
        run = begin(administrator)
    browser, address = signed_in(administrator), reverse("identity:invitations_run", args=[run.public_id])
    token = re.compile(r'value="\w{64}"')
    part = token.sub("", browser.get(address, headers={"HX-Request": "true"}).text).strip()
    assert part.startswith('<section class="stack" id="run"')
    assert part in token.sub("", browser.get(address).text)


def test_queue_never_holds_more_than_some_mails_of_a_run(administrator, mailoutbox):
    waiting(2 * AT_ONCE + 5)
    in_queue = []
    with deliveries.held():
        run = begin(administrator)
        while due := list(Delivery.objects.exclude(state=DeliveryState.DONE).order_by("pk").values_list("pk", flat=True)):
            in_queue.append(len(due))
            deliveries.attempt(due[0])
    assert max(in_queue) == AT_ONCE
    assert len({message.to[0] for message in mailoutbox}) == len(mailoutbox) == 2 * AT_ONCE + 5
    run.refresh_from_db()
    assert (run.ended_at is None, set(states(run))) == (False, {"sent"})


def test_worker_killed_while_a_mail_left_sends_it_to_nobody_twice(administrator, mailoutbox):
    first, second = waiting(2)
    with deliveries.held():
        run = begin(administrator)
        deliveries.attempt(Delivery.objects.get().pk)
    RunMember.objects.filter(person=first).update(state=MailState.LEAVING)  # where the process died
    deliveries.drain()
    assert [message.to for message in mailoutbox] == [[second.email]]
    assert states(run) == ["failed", "sent"]
    assert InvitationRun.objects.get().ended_at is not None


def test_run_whose_worker_died_before_the_next_mails_goes_on(administrator, mailoutbox):
    waiting(2)
    with deliveries.held():
        run = begin(administrator)
    Delivery.objects.update(state=DeliveryState.DEAD)
    go_on_with_all()
    assert (len(mailoutbox), states(run)) == (2, ["sent", "sent"])


@pytest.mark.failing_deliveries
def test_mail_that_fails_is_tried_again_then_told_and_holds_up_nobody(settings, signed_in, administrator, mailoutbox):
    settings.EMAIL_BACKEND = f"{__name__}.RefusingBackend"
    refused = PersonFactory(password=False, email=REFUSED)
    other, *_ = waiting(1)
    run = begin(administrator)
    assert [message.to for message in mailoutbox] == [[other.email]]
    assert figures_of(run) == {"sent": 1, "failed": 0, "kept": 0, "stopped": 0, "tried": 1, "remain": 1}
    assert not Invitation.objects.filter(person=refused).exists()
    with pytest.raises(IntegrityError):
        RunMember.objects.create(run=InvitationRun.objects.create(source="file", count=1), person=refused)


@pytest.mark.failing_deliveries
def test_mail_that_is_given_up_has_failed(settings, signed_in, administrator, mailoutbox):
    settings.EMAIL_BACKEND = f"{__name__}.RefusingBackend"
    refused = PersonFactory(password=False, email=REFUSED)
    run = begin(administrator)
    Delivery.objects.filter(event__name="identity.invitation_sent").update(state=DeliveryState.DEAD)
    go_on_with_all()
    run.refresh_from_db()
    assert (states(run), run.ended_at is None) == (["failed"], False)
    page = signed_in(administrator).get(reverse("identity:invitations_run", args=[run.public_id])).text
    assert refused.name in page.partition("It failed for")[2]


@pytest.mark.failing_deliveries
def test_mail_that_failed_once_leaves_at_the_next_try(settings, administrator, mailoutbox):
    usual, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.RefusingBackend"
    PersonFactory(password=False, email=REFUSED)
    with deliveries.held():
        run = begin(administrator)
        deliveries.drain()
        assert states(run) == ["tried"]
        settings.EMAIL_BACKEND = usual
        Delivery.objects.update(due_at=clock.now())
        deliveries.drain()
    run.refresh_from_db()
    assert (len(mailoutbox), states(run), run.ended_at is None) == (1, ["sent"], False)


def test_nobody_is_written_to_twice_within_the_hour_by_acts_on_many(administrator, mailoutbox):
    person, *_ = waiting(1)
    moment = clock.now()
    with clock.moved_to(moment):
        begin(administrator)
        assert invite_people(actor=administrator, person_ids=[person.pk]) == 0
        assert invite_people(person_ids=[person.pk]) == 0
        with pytest.raises(FilterMoved):
            begin(administrator)
    with clock.moved_to(moment + datetime.timedelta(minutes=61)):
        assert invite_people(actor=administrator, person_ids=[person.pk]) == 1
    assert len(mailoutbox) == 2


def test_mail_of_one_that_left_meanwhile_is_not_followed_by_that_of_the_run(administrator, mailoutbox):
    person, *_ = waiting(1)
    with deliveries.held():
        run = begin(administrator)
    invite(actor=administrator, person=person)
    deliveries.drain()
    assert (len(mailoutbox), states(run)) == (1, ["kept"])


def test_invitation_taken_back_leaves_the_run(administrator, mailoutbox):
    person, other = waiting(2)
    with deliveries.held():
        run = begin(administrator)
        withdraw_invitations(actor=administrator, person_ids=[person.pk])
    deliveries.drain()
    assert ([message.to for message in mailoutbox], states(run)) == ([[other.email]], ["kept", "sent"])


@pytest.mark.django_db(transaction=True)
def test_eight_yeses_at_once_write_to_each_person_once(mailoutbox):
    actors = [PersonFactory(role=Role.ADMINISTRATOR) for _number in range(8)]
    people = waiting(5)
    seen = whom_to_invite(actors[0]).fingerprint
    ids = [one.pk for one in people]

    def yes(number):
        if number % 2:
            return invite_people(actor=actors[number], person_ids=ids)
        return start_run(actor=actors[number], asked={}, address={}, seen=seen).count

    given, raised = answers_of(8, yes)

    assert (given.count("5"), set(given) <= {"5", "0"}, set(raised) <= {"FilterMoved"}) == (1, True, True)
    assert sorted(message.to for message in mailoutbox) == sorted([one.email] for one in people)
    assert InvitationRun.objects.count() == 1


@pytest.mark.parametrize("site", ["http://localhost:8000", "http://127.0.0.1", "http://[::1]:8000", "http://0.0.0.0:8000"])
def test_nothing_leaves_for_real_mailboxes_with_a_link_to_the_server_itself(settings, signed_in, administrator, site):
    settings.SITE_URL, settings.EMAIL_BACKEND = site, SMTP
    person, *_ = waiting(1)
    for act in (
        lambda: invite(actor=administrator, person=person),
        lambda: invite_people(actor=administrator, person_ids=[person.pk]),
        lambda: invite_people(person_ids=[person.pk]),
        lambda: begin(administrator),
    ):
        with pytest.raises(NoPublicAddress):
            act()
    browser = signed_in(administrator)
    page = browser.get(reverse(EVERYBODY))
    assert ("Set SITE_URL" in page.text, "Send 1 invitation" in page.text) == (True, False)
    assert "Set SITE_URL" in browser.post(reverse(EVERYBODY), {"seen": seal_on(page)}).text
    assert "Set SITE_URL" in browser.get(reverse(LIST)).text
    chosen = {"do": "invite", "chosen": [person.handle]}
    assert "Set SITE_URL" in browser.post(reverse("identity:invitations_chosen"), chosen, follow=True).text
    assert "Set SITE_URL" in browser.post(reverse("identity:invite", args=[person.handle]), follow=True).text
    assert [model.objects.exists() for model in (InvitationRun, Invitation, RecordedEvent)] == [False] * 3


def test_list_is_narrowed_by_site_and_first_day_and_says_so(signed_in, administrator):
    def person(name, **values):
        return PersonFactory(password=False, last_name=name, **values)

    with clock.moved_to(datetime.datetime(2027, 2, 10, 12, tzinfo=datetime.UTC)):
        early = person("Early", hired_on=datetime.date(2027, 1, 31))
        person("Now", hired_on=datetime.date(2027, 2, 28))
        person("Later", hired_on=datetime.date(2027, 3, 1))
        browser = signed_in(administrator)

        def shown(**asked):
            page = browser.get(reverse(LIST), asked).text
            names = re.findall(r'class="person-name"[^>]*>\S+ (\w+)<', page.partition("<main")[2])
            return names, re.findall(r"Only: <bdi>(.*)</bdi>", page)

        assert shown(first_from="2027-02-01") == (["Later", "Now"], ["First day from Feb. 1, 2027"])
        assert shown(first_to="2027-02-28", order="name") == (["Early", "Now"], ["First day until Feb. 28, 2027"])
        assert shown(this_month="on") == (["Now"], ["First day this month"])
        assert shown(site=early.site_id, first_to="2027-01-31") == (["Early"], [f"{early.site}, First day until Jan. 31, 2027"])


@pytest.mark.parametrize("number", [1, 3])
def test_pages_of_a_run_cost_the_same_for_one_and_three(signed_in, administrator, django_assert_num_queries, number):
    waiting(number)
    with deliveries.held():
        run = begin(administrator)
    waiting(number)
    browser, address = signed_in(administrator), reverse("identity:invitations_run", args=[run.public_id])
    browser.get(address)
    with django_assert_num_queries(8):
        browser.get(address)
    with django_assert_num_queries(6):
        browser.get(reverse(EVERYBODY))
