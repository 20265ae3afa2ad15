"""What is chosen beside a text comes back with it, after the session ended while somebody wrote."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from rse.core.models import Person
from tests.every_form import form_classes
from tests.factories import PersonFactory
from tests.factories.mentoring import pair_of
from tests.factories.mobility import OpeningFactory
from tests.feed.test_browser import signed

from .test_drafts_in_a_browser import sign_in

STATE = """form => [...form.elements].filter((one) => one.name && !["hidden", "submit", "file"].includes(one.type))
  .map((one) => [one.name, one.value, one.checked ?? null].join("|"))"""

# As somebody would: every choice is made otherwise than it stood, every text is written.
CHANGE = """form => {
  const day = new Date(Date.now() + 20 * 864e5).toISOString();
  const typed = { date: day.slice(0, 10), month: day.slice(0, 7), number: "2", textarea: "Ce que je ne dis qu'à vous.", text: "Quai" };
  for (const one of form.elements) {
    if (!one.name || one.readOnly) continue;
    if (one.type === "checkbox") one.checked = !one.checked;
    else if (one.type === "radio") one.checked = true;
    else if (one.type === "select-one") one.selectedIndex = one.options.length - 1;
    else if (one.type in typed) one.value = typed[one.type];
    else continue;
    one.dispatchEvent(new Event("input", { bubbles: true }));
  }
}"""

NEVER_KEPT = {"hidden", "file", "password", "email"}  # what nobody typed, what no script may fill in, secrets, addresses of people


def test_every_kind_of_control_that_a_form_has_is_kept_or_is_never_to_be():
    source = Path(finders.find("js/maillage.js")).read_text(encoding="utf-8")
    kept = {kind for name in ("TYPED", "CHOSEN") for kind in re.findall(r'"([\w-]+)"', re.search(rf"const {name} = (.*);", source)[1])}
    kinds = set()
    for form in form_classes():
        for field in form.base_fields.values():
            widget = field.widget
            kind = getattr(widget, "input_type", None) or "textarea"
            kinds.add({"select": "select-one"}.get(kind, widget.attrs.get("type", kind)))
    assert {"textarea", "date", "radio", "checkbox", "select-one"} <= kinds
    assert kinds - kept - NEVER_KEPT == {"select-one"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.browser
@pytest.mark.parametrize(
    "address", ["/people/me/edit/", "/me/skills/", "/communities/new/", "/me/wish/", "/mentoring/offer/", "/openings/{}/apply/"]
)
def test_session_that_ended_takes_no_choice_from_a_text(visitors, address):
    person = PersonFactory(language="en")
    address = address.format(OpeningFactory().public_id)
    with visitors(width=390, language="en-GB") as visitor:
        page = signed(visitor, person).go(address).page
        form = page.locator("main form[data-keep]").first
        before = form.evaluate(STATE)
        form.evaluate(CHANGE)
        chosen = form.evaluate(STATE)
        assert chosen != before
        visitor.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
        form.evaluate("form => { form.noValidate = true; form.requestSubmit(); }")
        page.wait_for_url("**/account/login/**")
        page.get_by_text("it is in its field again, in this tab").wait_for()
        sign_in(visitor, person)
        visitor.go(address)
        assert form.evaluate(STATE) == chosen

        visitor.look()


@pytest.mark.django_db(transaction=True)
@pytest.mark.browser
def test_box_that_suggests_after_the_session_ended_leads_back_to_its_form(visitors):
    person = PersonFactory(language="en")
    with visitors(language="en-GB") as visitor:
        page = signed(visitor, person).go("/me/skills/").page
        page.locator("#declare").wait_for()
        visitor.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
        page.locator("#declare [name=skill]").press_sequentially("Soud", delay=30)
        page.wait_for_url("**/account/login/**")
        assert page.url.endswith("?next=/me/skills/")
        assert not page.get_by_text("it is in its field again").is_visible()  # nothing was sent
        sign_in(visitor, person)
        visitor.go("/me/skills/")
        assert page.locator("#declare [name=skill]").input_value() == "Soud"


@pytest.mark.django_db(transaction=True)
@pytest.mark.browser
def test_text_that_comes_back_into_a_closed_part_opens_it(visitors):
    mentee = PersonFactory(language="en")
    pair = pair_of(mentee=mentee)
    with visitors(width=390, language="en-GB") as visitor:
        page = signed(visitor, mentee).go(f"/mentoring/pairs/{pair.public_id}/").page
        form = page.locator("form[id^=goal-]")
        form.evaluate("form => form.closest('details').open = true")
        form.locator("textarea, input[type=text]").fill("Conduire une analyse seule.")
        visitor.go(f"/mentoring/pairs/{pair.public_id}/")
        assert form.is_visible()
        assert "Conduire une analyse seule." in form.evaluate(STATE)[0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.browser
def test_choice_that_was_saved_otherwise_meanwhile_is_not_put_over_it(visitors):
    person = PersonFactory(language="en", languages_for="everyone")
    with visitors(language="en-GB") as visitor:
        page = signed(visitor, person).go("/people/me/edit/").page
        shown = page.locator("select[name=languages_for]")
        shown.select_option("team")
        Person.objects.filter(pk=person.pk).update(languages_for="hr")
        visitor.go("/people/me/edit/")
        assert shown.input_value() == "hr"
