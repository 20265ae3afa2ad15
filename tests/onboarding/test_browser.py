"""A journey in a real browser: asked, accepted, ticked in place, written; read by axe on a wide page and on a phone."""

import pytest

from onboarding.models import Journey, JourneyStep
from onboarding.services import templates
from tests.factories import PersonFactory
from tests.factories.core import put_under
from tests.factories.onboarding import CohortFactory, JourneyFactory, step_of
from tests.feed.test_browser import signed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def test_journey_from_asking_a_buddy_to_writing(visitors):
    newcomer, manager, buddy, hr = PersonFactory(), PersonFactory(), PersonFactory(first_name="Claire"), PersonFactory(role="hr")
    put_under(newcomer, manager)
    cohort = CohortFactory(open=True, host=hr, members=[newcomer])
    journey = JourneyFactory(newcomer=newcomer, cohort=cohort)

    with visitors(language="en-GB") as visitor:
        page = signed(visitor, manager).go("/newcomers/").look().page
        page.get_by_role("link", name=newcomer.name).first.click()
        page.get_by_role("link", name="Ask a buddy").click()
        visitor.look()
        page.get_by_role("link", name=f"Ask {buddy.name}").click()
        page.get_by_label("A word to them").fill("You know the place.")
        visitor.look()
        page.get_by_role("button", name="Ask").click()
        page.get_by_text(f"{buddy.name} is asked, and has until").wait_for()
        visitor.look()
    with visitors(width=390, language="en-GB") as visitor:
        page = signed(visitor, buddy).go("/").look().page
        page.get_by_role("link", name="Answer").click()
        visitor.look()
        page.get_by_role("button", name="Yes, gladly").click()
        page.locator("#journey-steps").wait_for()
        visitor.look()
    with visitors(width=390, language="en-GB") as visitor:
        page = signed(visitor, newcomer).go("/journey/").look().page
        step = step_of(journey, "newcomer", "read")
        page.locator(f"#step-{step.position} button.step-mark").click()
        page.locator(f"#step-{step.position}[data-state=done]").wait_for()
        written = step_of(journey, "newcomer", "write")
        page.locator(f"#step-{written.position}").get_by_role("link", name="Write").click()
        page.get_by_label("What you write").fill("I come from Rennes.")
        visitor.look()
        page.get_by_role("button", name="Save").click()
        page.get_by_text("I come from Rennes.").wait_for()
        page.get_by_role("link", name="Confirm the welcome").click()
        page.get_by_label("A sentence for your buddy").fill("Thank you for the coffee.")
        visitor.look()
        page.get_by_role("button", name="Confirm").click()
        page.get_by_text("Thank you for the coffee.").wait_for()
        visitor.look()

    assert Journey.objects.get().buddy == buddy
    assert JourneyStep.objects.exclude(done_at=None).count() == 2


@pytest.mark.parametrize("width", [1340, 390])
def test_pages_of_hr_pass_axe(visitors, width):
    hr = PersonFactory(role="hr", language="en")
    journey = JourneyFactory(cohort=CohortFactory(open=True, host=hr), buddy=PersonFactory(), hr_note="Noted.")
    draft = templates.start_draft(editor=hr)
    places = ["/cohorts/", journey.cohort.get_absolute_url(), f"/cohorts/{journey.cohort.public_id}/host/", "/journeys/", "/journeys/late/"]
    places += ["/journeys/new/", journey.get_absolute_url(), f"/journeys/{journey.public_id}/note/", "/journey-template/"]
    places += [
        f"/journey-template/draft/steps/{draft.steps.order_by('position').first().public_id}/",
        f"/journeys/{journey.public_id}/archive/",
    ]

    with visitors(width=width, language="en-GB") as visitor:
        signed(visitor, hr)
        for place in places:
            visitor.go(place).look()
