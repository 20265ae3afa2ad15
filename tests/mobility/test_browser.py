"""One application from the list to the answer, in a real browser: what is typed stays, and every page is accessible."""

import pytest
from django.conf import settings
from django.test import Client

from mobility.models import Application
from rse.core.enums import Role
from rse.core.web import stepup
from tests.factories import PersonFactory
from tests.factories.mobility import OpeningFactory
from tests.factories.talent import DeclaredSkillFactory, SkillFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def signed(visitor, person):
    client = Client()
    client.force_login(person)
    session = client.session
    stepup.prove(session, person)
    session.save()
    name = settings.SESSION_COOKIE_NAME
    visitor.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": visitor.base_url}])
    visitor.page.add_init_script("delete window.WebSocket")
    return visitor


def test_apply_read_decide_and_see_who_knew(visitors):
    recruiter = PersonFactory(first_name="Paul", role=Role.RECRUITER)
    applicant = PersonFactory(first_name="Malik", manager=PersonFactory(first_name="Élodie"))
    skill = SkillFactory()
    DeclaredSkillFactory(person=applicant, skill=skill)
    opening = OpeningFactory(title="Chef de projet", team=[recruiter], author=recruiter, needed=[skill])

    with visitors(width=390) as visitor:
        page = signed(visitor, applicant).go("/openings/").look().page
        page.get_by_role("link", name="Chef de projet").click()
        visitor.look()
        page.get_by_role("button", name="Keep for later").click()
        page.get_by_role("button", name="Kept for later").wait_for()
        page.get_by_role("link", name="Apply").click()
        page.locator("textarea").fill("Je connais la ligne.")
        page.reload()
        assert page.locator("textarea").input_value() == "Je connais la ligne."
        page.get_by_label("As soon as it starts").check()
        page.get_by_label("I work there already").check()
        page.get_by_label("HR and the people who recruit for it").check()
        visitor.look()
        page.get_by_role("button", name="Send", exact=True).click()
        page.get_by_role("heading", name="Who knows, at this minute").wait_for()
        visitor.look()

    row = Application.objects.get()
    with visitors() as visitor:
        page = signed(visitor, recruiter).go("/recruitment/").look().page
        page.get_by_role("link", name="Chef de projet").click()
        visitor.look()
        page.get_by_role("link", name=applicant.name).click()
        assert "Je connais la ligne." in visitor.look().page.locator("main").inner_text()
        page.get_by_role("button", name="In review").click()
        page.get_by_role("link", name="Decide").click()
        page.get_by_label("Not select this time").check()
        page.get_by_label("Why").fill("Une autre expérience du terrain.")
        page.get_by_label("What else was considered").fill("Une formation.")
        visitor.look()
        page.get_by_role("button", name="Decide").click()
        page.wait_for_url(f"**{row.get_absolute_url()}")
        visitor.go(f"/openings/{opening.public_id}/edit/").look()

    with visitors(width=390, dark=True) as visitor:
        words = signed(visitor, applicant).go(row.get_absolute_url()).look().page.locator("main").inner_text()
        assert "Une autre expérience du terrain." in words
        assert "Who opened it before" in words
        visitor.go("/applications/").look()
