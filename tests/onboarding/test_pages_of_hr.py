"""The pages of HR: cohorts, what is late, steering, and the template."""

import datetime

import pytest
from django.urls import reverse

from onboarding.models import Journey, JourneyStep, TemplateStep
from onboarding.services import templates
from rse.core import clock
from tests.factories import PersonFactory
from tests.factories.core import put_under
from tests.factories.onboarding import BuddyRequestFactory, CohortFactory, JourneyFactory

from .conftest import address

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def test_note_of_hr_shows_both_versions(people, signed_in):
    browser, where = signed_in(people["hr"]), address("note", people["journey"])
    assert browser.post(where, {"note": "Un", "version": 1}).status_code == 302

    late = browser.post(where, {"note": "Deux", "version": 1})

    assert late.status_code == 409
    assert [(one["mine"], one["theirs"]) for one in late.context["form"].differences] == [("Deux", "Un")]


def test_hr_steers_on_pages(people, signed_in):
    browser, journey = signed_in(people["hr"]), people["journey"]
    assert browser.post(address("shift", journey), {"starts_on": "1999-01-01"}).status_code == 422
    assert browser.post(address("shift", journey), {"starts_on": clock.today().isoformat()}).status_code == 302
    browser.post(address("pause", journey))
    assert Journey.objects.get(pk=journey.pk).state == "paused"
    browser.post(address("pause", journey), {"go_on": "1"})
    assert browser.get(address("archive", journey)).status_code == 200
    browser.post(address("archive", journey))
    assert Journey.objects.get(pk=journey.pk).state == "archived"
    assert signed_in(people["manager"]).get(journey.get_absolute_url()).status_code == 404


def test_hr_begins_a_journey_on_a_page(hr, signed_in):
    newcomer, browser = PersonFactory(), signed_in(hr)

    assert browser.post(reverse("journeys:create"), {"person": "nobody"}).status_code == 422
    assert browser.post(reverse("journeys:create"), {"person": hr.handle, "starts_on": clock.today().isoformat()}).status_code == 422
    answer = browser.post(reverse("journeys:create"), {"person": newcomer.handle, "starts_on": clock.today().isoformat()})
    again = browser.post(reverse("journeys:create"), {"person": newcomer.handle, "starts_on": clock.today().isoformat()})

    assert answer.url == again.url == Journey.objects.get().get_absolute_url()


FIGURES = ["cohorts:list", "cohorts:list?show=planned", "cohorts:list?show=open", "journeys:list", "journeys:late"]
FIGURES += [f"journeys:list?show={show}" for show in ("without_buddy", "without_cohort", "paused", "ended", "nonsense")]


@pytest.mark.parametrize("name", FIGURES)
def test_lists_of_hr_open_with_nothing_and_with_everything(hr, signed_in, name):
    name, _mark, query = name.partition("?")
    browser = signed_in(hr)
    assert browser.get(f"{reverse(name)}?{query}").status_code == 200
    JourneyFactory(cohort=CohortFactory(open=True, host=hr), buddy=PersonFactory())
    JourneyFactory(hired_on=clock.today() - 90 * DAY)

    assert browser.get(f"{reverse(name)}?{query}").status_code == 200
    assert browser.get("/").status_code == 200


def test_figure_of_hr_leads_to_exactly_its_lines(hr, signed_in):
    planned, opened = CohortFactory(), CohortFactory(open=True)
    JourneyFactory(cohort=planned, started=False)
    with_buddy = JourneyFactory(cohort=opened, buddy=PersonFactory())
    alone = JourneyFactory()
    alone.steps.filter(position=1).update(due_on=clock.today() - DAY)
    JourneyStep.objects.exclude(journey=alone, position=1).update(due_on=clock.today())
    browser = signed_in(hr)

    figures = browser.get(reverse("cohorts:list")).context

    assert (figures["figures"], figures["without_buddy"], figures["late"]) == ({"planned": 1, "open": 1}, 2, 1)
    assert [row.pk for row in browser.get(reverse("cohorts:list"), {"show": "planned"}).context["page"]] == [planned.pk]
    assert [row.pk for row in browser.get(reverse("cohorts:list"), {"show": "open"}).context["page"]] == [opened.pk]
    rows = browser.get(reverse("journeys:list"), {"show": "without_buddy"}).context["page"].rows
    assert (len(rows), with_buddy in rows) == (2, False)
    assert [step.journey for step in browser.get(reverse("journeys:late")).context["page"]] == [alone]
    assert list(browser.get(reverse("journeys:late"), {"actor": "buddy"}).context["page"]) == []


def test_late_steps_show_no_word(people, signed_in):
    people["journey"].steps.update(due_on=clock.today() - DAY)

    assert "canary" not in signed_in(people["hr"]).get(reverse("journeys:late")).text


def test_hr_names_a_host_on_a_page(hr, signed_in):
    cohort, other, browser = CohortFactory(), PersonFactory(), signed_in(hr)
    where = reverse("cohorts:host", args=[cohort.public_id])

    assert browser.post(where, {"host": ""}).status_code == 422
    assert browser.post(where, {"other": PersonFactory(expected=True).handle}).status_code == 422
    assert browser.post(where, {"other": other.handle}).status_code == 302
    assert type(cohort).objects.get().host == other
    assert browser.post(where, {"host": hr.handle}).status_code == 302
    assert type(cohort).objects.get().host == hr


# The template on its pages

STEP = {"kind": "meet", "actor": "buddy", "day": "12", "title_fr": "Visite", "title_en": "Tour", "version": "0"}


def test_template_is_drafted_and_published_on_pages(hr, signed_in):
    browser = signed_in(hr)
    assert browser.get(reverse("template:detail")).status_code == 200
    assert browser.get(reverse("template:step_add")).status_code == 404
    browser.post(reverse("template:start"))
    for wrong in ({"day": "0"}, {"title_fr": ""}, {"kind": "write"}, {"is_private": "on"}, {"day": "5000"}):
        answer = browser.post(reverse("template:step_add"), STEP | wrong)
        assert (answer.status_code, "Tour" in answer.text) == (422, True)
    assert browser.post(reverse("template:step_add"), STEP).status_code == 302
    step = TemplateStep.objects.get(title_en="Tour")
    browser.post(reverse("template:step_move", args=[step.public_id]), {"to": "up"})
    page = browser.get(reverse("template:detail"))
    assert [one.row.title_en for one in page.context["steps"]][-2] == "Tour"

    stale = browser.post(reverse("template:publish"), {"version": page.context["draft"].version - 1})
    assert stale.status_code == 409
    assert browser.post(reverse("template:publish"), {"version": page.context["draft"].version}).status_code == 302
    assert templates.current_version().number == 2
    assert browser.get(reverse("template:detail"), {"version": "1"}).context["shown"].number == 1


def test_second_of_two_who_edit_a_step_is_shown_both_versions(hr, signed_in):
    draft = templates.start_draft(editor=hr)
    step = templates.add_step(editor=hr, draft=draft, kind="meet", actor="buddy", day=12, title_fr="Visite", title_en="Tour")
    one, other = signed_in(hr), signed_in(PersonFactory(role="hr"))
    where = reverse("template:step_edit", args=[step.public_id])
    assert one.post(where, STEP | {"title_en": "Walk", "version": "1"}).status_code == 302

    late = other.post(where, STEP | {"title_en": "Stroll", "version": "1"})

    assert late.status_code == 409
    assert [(pair["mine"], pair["theirs"]) for pair in late.context["form"].differences] == [("Stroll", "Walk")]
    assert other.post(where, STEP | {"title_en": "Stroll", "version": "2"}).status_code == 302
    assert TemplateStep.objects.get(pk=step.pk).title_en == "Stroll"


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_however_long(hr, signed_in, django_assert_num_queries, count):
    manager = PersonFactory()
    cohort = CohortFactory(open=True, host=hr)
    for _ in range(count):
        newcomer = PersonFactory()
        put_under(newcomer, manager)
        journey = JourneyFactory(newcomer=newcomer, cohort=cohort, buddy=PersonFactory())
        journey.steps.update(due_on=clock.today() - DAY)
        BuddyRequestFactory(journey=JourneyFactory(), person=manager)
    pages = {
        "journeys:followed": (manager, [], 11),
        "cohorts:list": (hr, [], 11),
        "cohorts:detail": (hr, [cohort.public_id], 11),
        "journeys:list": (hr, [], 6),
        "journeys:late": (hr, [], 7),
    }
    for name, (person, arguments, queries) in pages.items():
        browser = signed_in(person)
        with django_assert_num_queries(queries):
            assert browser.get(reverse(name, args=arguments)).status_code == 200
