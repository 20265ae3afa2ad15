"""Many at once: what is once stays once, where requests really run side by side."""

import pytest
from django.urls import reverse

from mobility.models import Application, Opening, OpeningMember, StageChange
from mobility.services import applications, handling, openings
from mobility.services.applications import Content
from rse.core.enums import Role
from tests.factories import PersonFactory
from tests.factories.mobility import ApplicationFactory, OpeningFactory
from tests.guards import HouseClient
from tests.races import answers_of

pytestmark = pytest.mark.django_db(transaction=True)
SAID = {"version": 0, "letter": "x", "letter_for": "hr", "availability": "now", "site_answer": "talk", "do": "send"}


def together(count, act):
    """What ``count`` threads gave, or the names of what they raised, sorted."""
    given, raised = answers_of(count, act)
    return sorted(given + raised)


def test_l101_fifty_windows_that_apply_at_once_make_one_row_and_forty_nine_are_told():
    recruiter, applicant = PersonFactory.create_batch(2)
    opening = OpeningFactory(team=[recruiter])
    content = Content(letter="x", availability="now", site_answer="talk")

    def act(number):
        applications.send_application(applicant=applicant, opening=opening, version=0, content=content)
        return "sent"

    assert together(50, act) == ["AlreadyApplied"] * 49 + ["sent"]
    assert list(Application.objects.values_list("state", "version")) == [("submitted", 2)]
    assert StageChange.objects.count() == 1


def test_l101_windows_in_a_browser_get_one_page_and_the_others_409():
    recruiter, applicant = PersonFactory.create_batch(2)
    address = reverse("jobs:apply", args=[OpeningFactory(team=[recruiter]).public_id])
    browsers = [HouseClient() for _ in range(6)]
    for browser in browsers:
        browser.force_login(applicant)

    assert together(6, lambda number: super(HouseClient, browsers[number]).post(address, SAID).status_code) == ["302"] + ["409"] * 5


def test_one_applicant_at_twenty_openings_and_more_at_once_has_twenty_that_wait():
    recruiter, applicant = PersonFactory.create_batch(2)
    content = Content(letter="x", availability="now", site_answer="talk")
    for place in range(1, 18):
        ApplicationFactory(applicant=applicant, place=place)
    wanted = [OpeningFactory(team=[recruiter]) for _ in range(6)]

    def act(number):
        applications.send_application(applicant=applicant, opening=wanted[number], version=0, content=content)
        return "sent"

    found = together(6, act)

    assert set(found) == {"TooManyWait", "sent"}
    assert Application.objects.filter(place__isnull=False).count() == 17 + found.count("sent") <= 20


def test_two_of_the_team_who_move_at_once_move_it_once():
    recruiter = PersonFactory()
    application = ApplicationFactory(opening=OpeningFactory(team=[recruiter]))

    def act(number):
        return handling.move_application(actor=recruiter, application=application, version=application.version, state="in_review").state

    assert together(6, act) == ["EditedMeanwhile"] * 5 + ["in_review"]
    assert StageChange.objects.filter(state="in_review").count() == 1


def test_of_many_who_decide_at_once_one_decides_and_the_others_are_told():
    recruiter = PersonFactory()
    application = ApplicationFactory(opening=OpeningFactory(team=[recruiter]), state="in_review")

    def act(number):
        said = {"outcome": ("offer", "refused")[number % 2], "reason": f"Raison {number}", "alternatives": "Rien."}
        return handling.decide_application(actor=recruiter, application=application, version=application.version, **said).reason

    found = together(6, act)

    row = Application.objects.get()
    assert found == ["EditedMeanwhile"] * 5 + [row.reason]
    assert StageChange.objects.filter(by=recruiter).count() == row.version - application.version == 1


def test_withdrawn_and_moved_at_once_leave_no_content_in_a_withdrawn_row():
    recruiter = PersonFactory()
    application = ApplicationFactory(opening=OpeningFactory(team=[recruiter]), handler=recruiter)

    def act(number):
        if number % 2:
            return applications.withdraw_application(applicant=application.applicant, application=application)
        return handling.move_application(actor=recruiter, application=application, version=application.version, state="in_review").state

    together(6, act)

    row = Application.objects.get()
    assert (row.state, row.letter) == ("withdrawn", "")


def test_same_person_added_at_once_is_in_the_team_once():
    hr, person = PersonFactory(role=Role.HR), PersonFactory()
    opening = OpeningFactory()

    def act(number):
        return openings.add_member(actor=hr, opening=opening, person=person, role="hiring").role

    assert together(6, act) == ["AlreadyInTeam"] * 5 + ["hiring"]
    assert OpeningMember.objects.count() == Opening.objects.count() == 1
