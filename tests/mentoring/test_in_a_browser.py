import datetime
from contextlib import contextmanager

import pytest

from mentoring.models import MentoringPair, MentoringRequest, Note
from rse.core import clock
from talent.models import LedgerLine
from tests.factories import PersonFactory
from tests.factories.core import PASSWORD
from tests.factories.mentoring import MentoringOfferFactory
from tests.factories.talent import SkillFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def visitors(visitors):
    """The same visitors, on a server without sockets, which pages do without."""

    @contextmanager
    def visit(**options):
        with visitors(**options) as visitor:
            visitor.page.route_web_socket("**/ws/", lambda socket: None)
            yield visitor

    return visit


def come_in(visitor, person):
    page = visitor.go("/account/login/").page
    page.fill("[name=login]", person.email)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{visitor.base_url}/")
    return page


def press(page, name):
    page.locator("main, aside").get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


def add(page, what, said, name):
    """Write a goal, a session or a note through its form."""
    page.locator(f"#new-{what} summary").click()
    for field, words in said.items():
        page.fill(f"#id_{what}_{field}", words)
    press(page, name)


@pytest.mark.parametrize(("width", "dark"), [(1340, False), (390, True)])
def test_two_people_find_each_other_and_work_as_a_pair(visitors, width, dark):
    skill = SkillFactory(label_en="Public speaking")
    mentor, mentee = PersonFactory(first_name="Claire"), PersonFactory(first_name="Malik")
    MentoringOfferFactory(mentor=mentor, skills=[skill])
    with visitors(width=width, dark=dark) as visitor:
        page = come_in(visitor, mentee)
        visitor.go("/mentoring/").look()
        page.select_option("[name=skill]", skill.code)
        press(page, "Show")
        visitor.look()
        page.get_by_role("link", name=f"Ask {mentor.name}").click()
        page.wait_for_load_state()
        visitor.look()
        page.fill("[name=message]", "Une heure par mois ?")
        press(page, "Send my request")
        visitor.look()
    request = MentoringRequest.objects.get()
    with visitors(width=width, dark=dark) as visitor:
        page = come_in(visitor, mentor)
        visitor.go("/mentoring/offer/").look().go("/mentoring/mine/").look()
        visitor.go(request.get_absolute_url()).look()
        press(page, "Yes, gladly")
        pair = MentoringPair.objects.get()
        page.wait_for_url(f"{visitor.base_url}{pair.get_absolute_url()}")
        visitor.look()
        add(page, "goal", {"words": "Parler huit minutes"}, "Add this goal")
        add(page, "session", {"on": clock.today().isoformat(), "words": "La première phrase"}, "Add this session")
        add(page, "note", {"words": "À moi seule"}, "Write this note")
        visitor.look()
        assert page.locator("#mine").inner_text().count("À moi seule") == 1
    type(pair).objects.update(began_on=clock.today() - datetime.timedelta(days=14))  # help is confirmed once it can have been given
    with visitors(width=width, dark=dark) as visitor:
        page = come_in(visitor, mentee)
        visitor.look().go(pair.get_absolute_url()).look()
        assert "À moi seule" not in page.content()
        page.get_by_role("button", name="Reached: Parler huit minutes").click()
        page.wait_for_load_state()
        press(page, "Say so")
        visitor.look()
        page.get_by_role("link", name="End it").click()
        page.wait_for_load_state()
        visitor.look()
        press(page, "End it")
        visitor.look()
        assert "It is over." in page.locator("main").inner_text()
    assert (LedgerLine.objects.get().person, Note.objects.get().author) == (mentor, mentor)
