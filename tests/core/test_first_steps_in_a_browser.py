"""An administrator sends the mail, types its code, says what nobody can see, and gives the company its colour and logo."""

import io
import re

import pytest
from django.core import mail
from django.test import Client
from PIL import Image

from rse.core.enums import Role
from rse.core.models import Installation, StepTaken
from rse.core.web.stepup import prove
from tests.factories import PersonFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def administrator():
    return PersonFactory(role=Role.ADMINISTRATOR, language="en", email="chef@fonderies.fr")


def signed(visitor, person):
    """The same visitor, signed in as ``person``, who has just shown their second factor."""
    client = Client()
    client.force_login(person)
    session = client.session
    prove(session, person)
    session.save()
    visitor.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": visitor.base_url}])
    visitor.page.add_init_script("delete window.WebSocket")  # the server of this test has none: pages poll
    return visitor


@pytest.mark.parametrize("width", [1340, 390])
def test_mail_is_sent_and_its_code_proves_that_it_arrives(visitors, administrator, width):
    with visitors(width=width) as visitor:
        page = signed(visitor, administrator).go("/first-steps/").look().page
        assert page.get_by_label("Code of the mail").count() == 0
        page.get_by_role("button", name="Send me a mail").click()
        page.get_by_label("Code of the mail").fill("AAAAAA")
        page.get_by_role("button", name="It arrived").click()
        page.locator("[data-error-summary]").wait_for()
        assert not StepTaken.objects.exists()
        visitor.complaints.clear()  # the browser notes the 422
        visitor.look()
        code = re.search(r"^[A-Z2-9]{6}$", mail.outbox[-1].body, re.MULTILINE)[0]
        page.get_by_label("Code of the mail").fill(code.lower())
        page.get_by_role("button", name="It arrived").click()
        page.get_by_text("Mail arrives.").first.wait_for()
        assert StepTaken.objects.get().by == administrator
        page.get_by_role("button", name="A copy is kept apart").click()
        page.get_by_text("Written down, with your name and the day.").first.wait_for()
        assert set(StepTaken.objects.values_list("name", flat=True)) == {"mail", "keys"}
        visitor.look()


def drawing():
    picture, stream = Image.new("RGBA", (400, 120), (200, 60, 20, 255)), io.BytesIO()
    picture.save(stream, "PNG")
    return {"name": "logo.png", "mimeType": "image/png", "buffer": stream.getvalue()}


@pytest.mark.parametrize(("width", "dark"), [(1340, False), (390, True)])
def test_company_gets_its_name_colour_and_logo(visitors, administrator, width, dark):
    with visitors(width=width, dark=dark) as visitor:
        page = signed(visitor, administrator).go("/company/").look().page
        page.get_by_label("Name of the company").fill("Fonderies de l’Estuaire")
        page.get_by_label("Plum").check()
        page.get_by_role("button", name="Keep", exact=True).click()
        page.get_by_text("Kept: every page shows it from now on.").first.wait_for()
        assert page.locator("html").get_attribute("data-accent") == "plum"
        page.get_by_label("Picture").set_input_files(drawing())
        page.get_by_role("button", name="Keep this logo").click()
        page.get_by_text("The logo is kept").first.wait_for()
        visitor.look()
        assert page.locator("img.brand-logo").first.get_attribute("alt") == "Fonderies de l’Estuaire"
        assert page.evaluate("() => [...document.querySelectorAll('img.brand-logo')].every(one => one.complete && one.naturalWidth)")
    row = Installation.objects.get()
    assert (row.company, row.accent, bool(row.logo)) == ("Fonderies de l’Estuaire", "plum", True)
