"""Nothing anywhere tells the line of an applicant that there is an application: every page is read with it and without it."""

import contextlib
import datetime
import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse

from mobility.models import Application, OpeningMember
from mobility.services import applications, handling, openings
from mobility.services.applications import Content
from mobility.services.assignment import settle
from rse.core import clock
from rse.core.enums import Role
from rse.core.events.deliveries import sweep
from rse.core.models import Delivery, Person, RecordedEvent
from rse.notify import topics
from rse.notify.models import Notification
from tests.factories import PersonFactory, RoleGrantFactory
from tests.factories.core import put_under
from tests.factories.mobility import ApplicationFactory, OpeningFactory
from tests.factories.talent import DeclaredSkillFactory, LedgerLineFactory, SkillFactory
from tests.guards import HouseClient

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NEWS = "There was news of the applications that you may open."
CANARY = "mots-canari-de-la-candidature"
LINK = re.compile(r'(?:href|hx-get)="(/[^"#]*)')
CHANGES = re.compile(
    r'csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|name="(?:key|newest)"[^>]*value="[^"]*"|(?:since|for)=[^"&]*'
    r'|name="version" value="[\w-]{60,}"'  # sealed, otherwise each time
)
LEFT_OUT = ("/static/", "/account/logout")


def signed(person):
    browser = HouseClient()
    browser.force_login(Person.objects.get(pk=person.pk))
    return browser


def crawl(person, *more):
    """Every page that ``person`` can walk to from their home and from ``more``: ``{address: (status, what it says)}``."""
    cache.clear()
    browser, waiting, found = signed(person), [reverse("home"), *more], {}
    while waiting:
        address = CHANGES.sub("", waiting.pop())
        if address in found or address.startswith(LEFT_OUT):
            continue
        response = browser.get(address.replace("&amp;", "&"))
        text = CHANGES.sub("", response.text) if not response.streaming else ""
        found[address] = (response.status_code, text)
        if response.status_code == 200 and "text/html" in response["Content-Type"]:
            waiting += LINK.findall(text)
    return found


def differences(before, after):
    return sorted(address for address in before.keys() | after.keys() if before.get(address) != after.get(address))


@contextlib.contextmanager
def undone():
    """What happens inside leaves no trace."""
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)


class Company:
    """An applicant, three levels above who are everything one can be, the manager of tomorrow, and somebody who recruits."""

    def __init__(self):
        self.skill = SkillFactory()
        self.applicant = PersonFactory(first_name="Malik", last_name="Benali")
        self.line = [PersonFactory(first_name=f"Line{number}") for number in range(3)]
        put_under(self.applicant, self.line[0])
        put_under(self.line[0], self.line[1])
        put_under(self.line[1], self.line[2])
        self.next_manager = PersonFactory(first_name="Next")
        put_under(self.next_manager, self.line[1])
        self.recruiter = PersonFactory(first_name="Paul")
        self.opening = OpeningFactory(team=[self.recruiter, self.line[1], self.next_manager], author=self.line[1], needed=[self.skill])
        RoleGrantFactory(person=self.line[0], role=Role.RECRUITER)
        RoleGrantFactory(person=self.line[1], role=Role.HR)
        for role in (Role.HR, Role.HR_HEAD, Role.DPO, Role.ADMINISTRATOR, Role.HR_SUCCESSION):
            RoleGrantFactory(person=self.line[2], role=role)
        RoleGrantFactory(person=self.next_manager, role=Role.HR)
        DeclaredSkillFactory(person=self.applicant, skill=self.skill)
        LedgerLineFactory(person=self.applicant)
        self.addresses = [
            reverse("jobs:detail", args=[self.opening.public_id]),
            reverse("recruitment:opening", args=[self.opening.public_id]),
            self.applicant.get_absolute_url(),
            reverse("contributions:of", args=[self.applicant.handle]),
            reverse("recruitment:list"),
            reverse("applications:mine"),
            reverse("access_log:state"),
        ]

    def everyone_above(self):
        return [*self.line, self.next_manager]

    def apply(self):
        """As far as an application goes, opened by who handles it on the way."""
        row = applications.send_application(
            applicant=self.applicant,
            opening=self.opening,
            version=0,
            content=Content(letter=CANARY, availability="now", site_answer="talk"),
        )
        assert signed(self.recruiter).get(row.get_absolute_url()).status_code == 200
        row = handling.move_application(actor=self.recruiter, application=row, version=row.version, state="in_review")
        openings.edit_opening(
            editor=self.recruiter,
            opening=self.opening,
            version=1,
            needed=[self.skill],
            **{name: getattr(self.opening, name) for name in openings.WRITTEN},
        )
        sweep()
        return row


@pytest.fixture(autouse=True)
def _it_is_always_the_same_instant():
    with clock.moved_to(clock.now()):
        yield


@pytest.fixture
def company(db):
    return Company()


def the_day_is_over():
    with clock.moved_to(clock.now() + datetime.timedelta(days=1)):
        handling.tell_of_yesterday()


def walk(company):
    return {person.pk: crawl(person, *company.addresses) for person in company.everyone_above() if person != company.next_manager}


def without_the_edit(company):
    """The same change of the opening, with nobody who applied."""
    openings.edit_opening(
        editor=company.recruiter,
        opening=company.opening,
        version=1,
        needed=[company.skill],
        **{name: getattr(company.opening, name) for name in openings.WRITTEN},
    )


def test_r30_line_sees_no_difference_on_any_page(company):
    with undone():
        without_the_edit(company)
        before = walk(company)

    row = company.apply()
    after = walk(company)

    for person in company.line:
        assert differences(before[person.pk], after[person.pk]) == []
        assert not any(CANARY in text or row.public_id in text for _status, text in after[person.pk].values())
        assert len(after[person.pk]) > 20


def test_r30_applicant_who_would_read_the_others_vanishes_from_no_page():
    """HR of the unit applies: their manager, and a manager who is HR too, see the same names, and are given nothing more to handle."""
    hr, boss, above, other = PersonFactory(last_name="Zzcanary"), PersonFactory(), PersonFactory(), PersonFactory()
    put_under(hr, boss)
    put_under(boss, above)
    opening = OpeningFactory(team=[])
    for person in (hr, above, other):
        RoleGrantFactory(person=person, role=Role.HR, unit=opening.unit)
    said = Content(letter=CANARY, availability="now", site_answer="talk")
    applications.send_application(applicant=PersonFactory(), opening=opening, version=0, content=said)
    sweep()
    addresses = [reverse("jobs:apply", args=[opening.public_id]), reverse("recruitment:opening", args=[opening.public_id])]
    before = [crawl(person, *addresses) for person in (boss, above)]

    applications.send_application(applicant=hr, opening=opening, version=0, content=said)
    sweep()

    after = [crawl(person, *addresses) for person in (boss, above)]
    changed = {address for pair in zip(before, after, strict=True) for address in differences(*pair)}
    # HR opened the file of the manager on the way, once more each time: that alone is written down.
    assert changed <= {"/my-file/openings/", reverse("contributions:of", args=[boss.handle])}
    assert all("Zzcanary" in seen[addresses[0]][1] for seen in (*before[:1], *after[:1]))


def test_r30_applications_of_others_are_counted_as_if_this_one_were_not_there(company):
    ApplicationFactory(opening=company.opening)
    with undone():
        without_the_edit(company)
        before = walk(company)
    company.apply()
    after = walk(company)

    for person in company.line:
        assert differences(before[person.pk], after[person.pk]) == []
    page = reverse("recruitment:opening", args=[company.opening.public_id])
    assert "1 that you may open" in after[company.line[1].pk][page][1]
    assert "2 that you may open" in signed(company.recruiter).get(page).text


def test_r30_x10_manager_who_comes_midway_sees_no_difference_although_they_recruit(company):
    """The next manager recruits for it and is HR: they read the application until they stand above, and nothing of it is left then."""
    manager = company.next_manager
    with undone():
        without_the_edit(company)
        put_under(company.applicant, manager)
        settle()
        before = crawl(manager, *company.addresses)

    row = company.apply()
    assert signed(manager).get(row.get_absolute_url()).status_code == 200
    put_under(company.applicant, manager)
    settle()
    after = crawl(manager, *company.addresses)

    assert differences(before, after) == []
    assert signed(manager).get(row.get_absolute_url()).status_code == 404


def test_r30_every_address_of_an_application_answers_the_line_as_one_that_does_not_exist(company):
    row = company.apply()
    names = ("detail", "edit", "withdraw", "inform", "accept", "export", "move", "decide", "confirm")

    for person in company.line:
        browser = signed(person)
        for name in names:
            hidden, absent = (reverse(f"applications:{name}", args=[one]) for one in (row.public_id, "A" * 22))
            for ask in (browser.get, browser.post):
                one, other = ask(hidden), ask(absent)
                assert (one.status_code, CHANGES.sub("", one.text)) == (other.status_code, CHANGES.sub("", other.text))
                assert one.status_code in (404, 405)


def test_r30_line_watches_nothing_and_hears_nothing_on_the_topic_of_the_opening(company, monkeypatch):
    from rse.notify import live

    said = []
    monkeypatch.setattr(live, "_on_commit", lambda message: said.append(message.get("topic", "")))
    row = applications.send_application(
        applicant=company.applicant, opening=company.opening, version=0, content=Content(letter="x", availability="now", site_answer="talk")
    )
    handling.move_application(actor=company.recruiter, application=row, version=row.version, state="in_review")
    applications.withdraw_application(applicant=company.applicant, application=row)

    assert f"application.{row.public_id}" in said
    assert not [topic for topic in said if topic.startswith("job.")]
    for person in company.line:
        assert topics.readable_names(Person.objects.get(pk=person.pk), [f"application.{row.public_id}"]) == set()


def test_r31_notices_name_no_opening_and_nothing_is_mailed(company):
    company.apply()
    assert signed(company.recruiter).get(reverse("notices:badge")).text.count("An application") == 0
    assert not Notification.objects.filter(recipient=company.recruiter).exists()
    the_day_is_over()

    told = list(Notification.objects.order_by("pk").values_list("recipient", flat=True))
    assert not set(told) & {person.pk for person in company.line}
    page = signed(company.recruiter).get(reverse("notices:list")).text
    notices = page.partition('id="notices"')[2]
    assert NEWS in notices
    assert company.opening.title not in notices
    assert company.applicant.last_name not in notices
    assert mail.outbox == []


def test_r30_handler_who_comes_to_stand_above_is_replaced_without_a_word(company):
    row = company.apply()
    assert row.handler == company.recruiter
    before = list(Notification.objects.order_by("pk").values_list("pk", flat=True))

    put_under(company.applicant, company.recruiter)
    settle()

    row.refresh_from_db()
    assert row.handler == company.next_manager  # and not who stood above when it began
    assert list(Notification.objects.order_by("pk").values_list("pk", flat=True)) == before
    the_day_is_over()
    assert NEWS not in signed(company.recruiter).get(reverse("notices:list")).text


def test_r30_withdrawal_is_told_to_who_handled_it_unless_they_stand_above_by_then(company):
    row = company.apply()
    with clock.moved_to(clock.now() + datetime.timedelta(days=3)):
        applications.withdraw_application(applicant=company.applicant, application=row)
        the_day_is_over()
        assert NEWS in signed(company.recruiter).get(reverse("notices:list")).text

        put_under(company.applicant, company.recruiter)

        assert NEWS not in signed(company.recruiter).get(reverse("notices:list")).text


def test_l106_day_on_which_nothing_happened_publishes_the_same_event_and_tells_nobody(company):
    the_day_is_over()

    assert list(RecordedEvent.objects.values_list("name", flat=True)) == ["mobility.day_of_applications"]
    assert Delivery.objects.filter(subscriber="notify.tell").count() == 1
    assert not Notification.objects.exists()


def test_l106_change_of_an_opening_makes_the_same_rows_whether_somebody_applied_or_nobody(company):
    with undone():
        without_the_edit(company)
        nobody = list(Delivery.objects.order_by("pk").values_list("event__name", "subscriber"))
    ApplicationFactory(opening=company.opening, applicant=company.applicant)
    without_the_edit(company)

    assert list(Delivery.objects.order_by("pk").values_list("event__name", "subscriber")) == nobody
    assert list(Notification.objects.values_list("recipient", flat=True)) == [company.applicant.pk]


def test_told_manager_sees_the_status_and_the_date_and_the_rest_of_the_line_no_difference(company):
    row = company.apply()
    with undone():
        before = {person.pk: crawl(person, *company.addresses) for person in company.line[1:]}
    applications.inform_manager(applicant=company.applicant, application=row, manager=company.line[0])

    with undone():
        page = signed(company.line[0]).get(row.get_absolute_url()).text

    assert "In review" in page
    assert not [words for words in (CANARY, company.opening.title, "As soon as it starts", company.opening.unit.name) if words in page]
    for person in company.line[1:]:
        assert differences(before[person.pk], crawl(person, *company.addresses)) == []


def test_expected_and_left_read_nothing(company):
    row = company.apply()
    OpeningMember.objects.create(opening=company.opening, person=PersonFactory(left=True), role="hiring")

    for person in (PersonFactory(expected=True), OpeningMember.objects.order_by("-pk")[0].person):
        assert not Application.objects.visible_to(person).filter(pk=row.pk).exists()
