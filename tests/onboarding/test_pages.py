"""The pages of this room, as each of those who take part sees them."""

import datetime
import re

import pytest
from django.urls import reverse

from onboarding import slot_blocks
from onboarding.models import BuddyRequest, Journey, JourneyStep
from onboarding.services import buddies
from rse.core import clock
from rse.core.models import Person
from rse.governance.models import AccessLogEntry
from tests.factories import PersonFactory, RoleGrantFactory
from tests.factories.core import put_under
from tests.factories.onboarding import CohortFactory, JourneyFactory, step_of

from .conftest import address

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
DAY = datetime.timedelta(days=1)


def piece(page):
    """The steps, without the tokens of their forms."""
    found = page[page.index('<div class="stack" id="journey-steps"') :]
    depth = 0
    for tag in re.finditer(r"<(/?)div\b", found):
        depth += -1 if tag[1] else 1
        if depth == 0:
            found = found[: tag.end()]
            break
    return [line.strip() for line in re.sub(r'value="[A-Za-z0-9]{64}"', "", found).splitlines() if line.strip()]


@pytest.mark.parametrize("who", ["newcomer", "manager", "buddy", "hr"])
def test_words_stand_on_the_page_of_the_newcomer_and_hr_alone(people, signed_in, who):
    answer = signed_in(people[who]).get(people["journey"].get_absolute_url(), follow=True)

    assert answer.status_code == 200
    assert ("canary of the newcomer" in answer.text) is (who in ("newcomer", "hr"))
    assert ("canary of HR" in answer.text) is (who == "hr")


@pytest.mark.parametrize("who", ["newcomer", "manager", "buddy", "hr"])
def test_what_htmx_fetches_is_what_a_reload_shows(people, signed_in, who):
    browser, journey = signed_in(people[who]), people["journey"]

    swapped = browser.get(journey.get_absolute_url(), headers=HTMX)

    assert piece(swapped.text) == piece(browser.get(journey.get_absolute_url(), follow=True).text)


@pytest.mark.parametrize("who", ["newcomer", "manager", "buddy", "hr"])
def test_tick_swaps_what_a_reload_shows_and_is_taken_back(people, signed_in, who):
    browser, journey = signed_in(people[who]), people["journey"]
    step = step_of(journey, who)

    swapped = browser.post(address("tick", journey, step.position), {"done": "1"}, headers=HTMX)

    assert JourneyStep.objects.get(pk=step.pk).done_at is not None
    assert piece(swapped.text) == piece(browser.get(journey.get_absolute_url(), follow=True).text)
    assert browser.post(address("tick", journey, step.position), {"done": "0"}).status_code == 302
    assert JourneyStep.objects.get(pk=step.pk).done_at is None


def test_step_of_another_is_refused_and_an_absent_one_is_absent(people, signed_in):
    journey = people["journey"]
    browser = signed_in(people["manager"])

    assert browser.post(address("tick", journey, step_of(journey, "newcomer").position), {"done": "1"}).status_code == 403
    assert browser.post(address("tick", journey, 99), {"done": "1"}).status_code == 404
    assert signed_in(PersonFactory()).post(address("tick", journey, 1), {"done": "1"}).status_code == 404
    assert not JourneyStep.objects.exclude(done_at=None).exists()


def test_who_may_not_open_it_gets_what_an_absent_one_gives(people, signed_in):
    browser = signed_in(PersonFactory())

    hidden = browser.get(people["journey"].get_absolute_url())
    absent = browser.get(reverse("journeys:detail", args=["nothing"]))

    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert re.sub(r'nonce="[^"]*"|[A-Za-z0-9]{64}', "", hidden.text) == re.sub(r'nonce="[^"]*"|[A-Za-z0-9]{64}', "", absent.text)


def test_t05_old_manager_gets_404_at_once_and_the_new_one_the_page(people, signed_in):
    journey, after = people["journey"], PersonFactory()
    before = signed_in(people["manager"])
    assert before.get(journey.get_absolute_url()).status_code == 200

    put_under(people["newcomer"], after)

    assert before.get(journey.get_absolute_url()).status_code == 404
    page = signed_in(after).get(journey.get_absolute_url())
    assert [step.is_mine for step in page.context["shown"].steps if step.actor == "manager"] == [True, True]
    assert list(signed_in(after).get(reverse("journeys:followed")).context["managed"]) == [journey]
    assert list(before.get(reverse("journeys:followed")).context["managed"]) == []


def test_who_is_expected_opens_their_journey_their_cohort_and_nothing_new(signed_in):
    newcomer = PersonFactory(expected=True)
    cohort = CohortFactory(open=True, members=[newcomer], host=PersonFactory())
    journey = JourneyFactory(newcomer=newcomer, hired_on=newcomer.hired_on, cohort=cohort)
    browser = signed_in(newcomer)

    assert browser.get(reverse("journeys:mine")).context["journey"] == journey
    assert browser.get(cohort.community.get_absolute_url()).status_code == 200
    step = step_of(journey, "newcomer")
    assert browser.post(address("tick", journey, step.position), {"done": "1"}).status_code == 302
    assert JourneyStep.objects.get(pk=step.pk).done_at is not None
    assert 'href="/journey/"' in browser.get("/").text
    for name in ("cohorts:list", "journeys:list", "journeys:late", "journeys:create", "template:detail"):
        assert browser.get(reverse(name)).status_code == 404
    for other in (JourneyFactory(), JourneyFactory(cohort=cohort)):
        assert browser.get(other.get_absolute_url()).status_code == 404


def test_opening_by_hr_is_written_down_once_per_sitting_and_shown_to_the_newcomer(people, signed_in, october):
    RoleGrantFactory(person=people["hr"], role="hr")
    browser, journey = signed_in(people["hr"]), people["journey"]
    browser.get(journey.get_absolute_url())
    browser.get(journey.get_absolute_url(), headers=HTMX)

    written = [(one.reader, one.function, one.kind, one.row_id, one.purpose) for one in AccessLogEntry.objects.all()]
    assert written == [(people["hr"], "hr", "journey", journey.pk, "journey")]
    mine = signed_in(people["newcomer"]).get(reverse("openings:mine"))
    assert people["hr"].name in mine.text.partition("<main")[2]
    with clock.moved_to(october + datetime.timedelta(minutes=16)):
        browser.get(journey.get_absolute_url())
    assert AccessLogEntry.objects.count() == 2


@pytest.mark.parametrize("who", ["newcomer", "manager", "buddy"])
def test_opening_by_the_others_is_nobodys_business(people, signed_in, who):
    signed_in(people[who]).get(people["journey"].get_absolute_url(), follow=True)

    assert not AccessLogEntry.objects.exists()


def test_nothing_is_shown_when_the_opening_cannot_be_written(people, signed_in, monkeypatch):
    from rse.governance.services.access_log import AccessLogUnavailable

    def unavailable(*args, **kwargs):
        raise AccessLogUnavailable

    monkeypatch.setattr("onboarding.decorators.log_access", unavailable)
    answer = signed_in(people["hr"]).get(people["journey"].get_absolute_url())

    assert answer.status_code == 503
    assert "canary" not in answer.text


def test_writing_keeps_what_was_typed_when_it_is_wrong_and_shows_both_versions(people, signed_in):
    journey = people["journey"]
    step = step_of(journey, "newcomer", "write")
    browser, where = signed_in(people["newcomer"]), address("write", journey, step.position)

    wrong = browser.post(where, {"words": "é" * 4001, "version": 1})
    assert (wrong.status_code, "é" * 4001 in wrong.text) == (422, True)
    assert browser.post(where, {"words": "Premier", "version": 1}).status_code == 302
    late = browser.post(where, {"words": "Second", "version": 1})
    assert late.status_code == 409
    assert [(one["mine"], one["theirs"]) for one in late.context["form"].differences] == [("Second", "Premier")]
    again = late.context["form"]["version"].value()
    assert browser.post(where, {"words": "Second", "version": again}).status_code == 302
    assert JourneyStep.objects.get(pk=step.pk).words == "Second"

    assert browser.post(address("erase", journey, step.position)).status_code == 302
    assert JourneyStep.objects.get(pk=step.pk).words == ""


def test_charter_never_stops_a_step(people, signed_in):
    from rse.governance.services.charter import publish_charter

    publish_charter(publisher=PersonFactory(role="hr_head"), body_fr="Charte", body_en="Charter")
    journey = people["journey"]
    browser, step = signed_in(people["newcomer"]), step_of(journey, "newcomer", "write")

    assert browser.post(address("tick", journey, step.position), {"done": "1"}).status_code == 302
    assert browser.post(address("write", journey, step.position), {"words": "Bonjour", "version": 1}).status_code == 302


def test_buddy_is_asked_and_answers_on_pages(people, signed_in, hr):
    journey, buddy = JourneyFactory(newcomer=PersonFactory()), PersonFactory()
    put_under(journey.newcomer, people["manager"])
    browser = signed_in(people["manager"])
    assert buddy in list(browser.get(address("buddy_find", journey)).context["page"])
    wrong = browser.post(address("buddy_ask", journey, buddy.handle), {"message": "é" * 501})
    assert (wrong.status_code, "é" * 501 in wrong.text) == (422, True)
    assert browser.post(address("buddy_ask", journey, people["manager"].handle), {"message": ""}).status_code == 422

    assert browser.post(address("buddy_ask", journey, buddy.handle), {"message": "Tu connais tout"}).status_code == 302
    asked = BuddyRequest.objects.get(journey=journey)
    assert asked.get_absolute_url() in signed_in(buddy).get("/").text
    page = signed_in(buddy).get(asked.get_absolute_url())
    assert "Tu connais tout" in page.text
    assert signed_in(PersonFactory()).get(asked.get_absolute_url()).status_code == 404
    assert signed_in(buddy).post(asked.get_absolute_url(), {"answer": "yes"}).url == journey.get_absolute_url()

    assert Journey.objects.get(pk=journey.pk).buddy == buddy
    assert browser.post(address("buddy_end", journey)).status_code == 302
    assert signed_in(buddy).get(journey.get_absolute_url()).status_code == 404


def test_newcomer_confirms_edits_and_takes_back_on_pages(people, signed_in):
    browser, where = signed_in(people["newcomer"]), address("thank", people["journey"])
    assert browser.post(where, {"sentence": "é" * 281}).status_code == 422
    assert browser.post(where, {"sentence": "Merci pour tout"}).status_code == 302

    assert "Merci pour tout" in signed_in(people["buddy"]).get(people["journey"].get_absolute_url()).text
    assert "Merci pour tout" not in signed_in(people["manager"]).get(people["journey"].get_absolute_url()).text
    assert browser.post(address("unthank", people["journey"])).status_code == 302
    assert BuddyRequest.objects.get(journey=people["journey"]).thanks == ""


# What the home page and the navigation say


def test_navigation_shows_each_what_they_have(people, signed_in):
    links = {
        who: [path for path in ("/journey/", "/newcomers/", "/cohorts/") if f'href="{path}"' in signed_in(person).get("/people/").text]
        for who, person in {**{k: v for k, v in people.items() if k != "journey"}, "stranger": PersonFactory()}.items()
    }

    assert links == {
        "newcomer": ["/journey/"],
        "manager": ["/newcomers/"],
        "buddy": ["/newcomers/"],
        "hr": ["/cohorts/"],
        "stranger": [],
    }


def test_home_shows_a_manager_and_a_buddy_their_steps_and_a_newcomer_theirs(people):
    fresh = lambda who: Person.objects.get(pk=people[who].pk)  # noqa: E731

    assert {step.actor for step in slot_blocks.todo(fresh("manager"), {})["steps"]} == {"manager"}
    assert {step.actor for step in slot_blocks.todo(fresh("buddy"), {})["steps"]} == {"buddy"}
    assert slot_blocks.todo(fresh("newcomer"), {}) is None
    assert {step.actor for step in slot_blocks.own_journey(fresh("newcomer"), {})["steps"]} == {"newcomer"}
    assert slot_blocks.own_journey(fresh("manager"), {}) is None
    assert slot_blocks.todo(PersonFactory(), {}) is None


def test_export_says_no_more_than_the_page(people, signed_in):
    where = address("export", people["journey"])

    mine = signed_in(people["newcomer"]).get(where).json()["journey"]

    assert [step.get("words") for step in mine["steps"]].count("canary of the newcomer") == 2
    assert "canary of HR" not in str(mine)
    assert [signed_in(people[who]).get(where).status_code for who in ("hr", "manager", "buddy")] == [200, 403, 403]


@pytest.mark.parametrize("said", [{}, {"answer": ""}, {"answer": "maybe"}])
def test_neither_yes_nor_no_is_no_answer(signed_in, hr, said):
    person = PersonFactory()
    asked = buddies.ask_buddy(actor=hr, journey=JourneyFactory(), person=person)

    answer = signed_in(person).post(asked.get_absolute_url(), said)

    assert (answer.status_code, "Say yes or no." in answer.text) == (422, True)
    assert BuddyRequest.objects.get(pk=asked.pk).state == "pending"


def test_buddy_answers_too_late_and_is_told_so(people, signed_in, hr):
    journey, person = JourneyFactory(), PersonFactory()
    asked = buddies.ask_buddy(actor=hr, journey=journey, person=person)
    BuddyRequest.objects.filter(pk=asked.pk).update(expires_at=clock.now())

    answer = signed_in(person).post(asked.get_absolute_url(), {"answer": "yes"}, follow=True)

    assert "This request is over" in answer.text
    assert Journey.objects.get(pk=journey.pk).buddy is None
