import datetime

import pytest
from django.urls import reverse

from rse.core import clock
from rse.core.models import RecordedEvent
from tests.factories import PersonFactory
from tests.factories.core import put_under
from tests.factories.onboarding import CohortFactory, JourneyFactory

MORNING = datetime.datetime(2026, 10, 20, 6, 0, tzinfo=datetime.UTC)  # a Tuesday


@pytest.fixture
def october():
    """It is the morning of 20 October 2026, and stays so."""
    with clock.moved_to(MORNING):
        yield MORNING


@pytest.fixture
def hr():
    return PersonFactory(role="hr", first_name="Nadia")


@pytest.fixture
def told():
    """The people whom the events of this name named, each event once: ``told("buddy_asked")``."""

    def names_of(name):
        rows = RecordedEvent.objects.filter(name=f"onboarding.{name}").order_by("pk")
        return [row.facets.get("recipient_ids", []) for row in rows]

    return names_of


@pytest.fixture
def people(hr):
    """Everybody who takes part in one journey, with words of the newcomer and a note of HR in it."""
    newcomer, manager, buddy = PersonFactory(), PersonFactory(), PersonFactory()
    put_under(newcomer, manager)
    cohort = CohortFactory(open=True, host=hr, members=[newcomer, buddy])
    journey = JourneyFactory(newcomer=newcomer, buddy=buddy, cohort=cohort, hr_note="canary of HR")
    journey.steps.filter(template_step__kind="write").update(words="canary of the newcomer")
    return {"newcomer": newcomer, "manager": manager, "buddy": buddy, "hr": hr, "journey": journey}


def address(name, journey, *more):
    """The address of a journey, or of one of its steps."""
    return reverse(f"journeys:{name}", args=[journey.public_id, *more])
