"""Drafts in a real browser: they come back where they were typed, and nowhere else."""

import pytest
from django.conf import settings
from django.test import Client

from rse.core.models import AudienceMember
from tests.factories import AudienceFactory, PersonFactory, RoleGrantFactory
from tests.factories.communities import CommunityFactory
from tests.factories.feed import PostFactory
from tests.factories.onboarding import JourneyFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

WORDS = "Ce que je ne dis qu'ici, et à vous seuls."


def sign_in(visitor, person):
    visitor.page.wait_for_load_state("networkidle")  # the question for a passkey brings a session of its own
    client = Client()
    client.force_login(person)
    name = settings.SESSION_COOKIE_NAME
    visitor.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": visitor.base_url}])


def kept(page):
    """What the tab keeps, as text."""
    return page.evaluate("() => JSON.stringify(Object.entries(sessionStorage).filter(([key]) => key.startsWith('maillage.draft:')))")


@pytest.fixture
def person():
    return PersonFactory(language="en")


def test_l111_text_of_one_place_comes_up_in_no_other(visitors, person):
    protected = CommunityFactory(closed=True, protected=True, members=[person])
    open_one = CommunityFactory(members=[person])
    first, second = PostFactory(audience=open_one.audience), PostFactory(audience=open_one.audience, author=person)
    with visitors() as visitor:
        visitor.page.add_init_script("delete window.WebSocket")
        sign_in(visitor, person)
        page = visitor.go(f"/communities/{protected.slug}/").page
        page.locator("#composer textarea").fill(WORDS)
        visitor.go(f"/communities/{open_one.slug}/")
        assert page.locator("#composer textarea").input_value() == ""
        visitor.go(f"/posts/{first.public_id}/")
        page.locator("#answer textarea").fill("Une réponse.")
        visitor.go(f"/posts/{second.public_id}/")
        assert page.locator("#answer textarea").input_value() == ""
        visitor.go(f"/posts/{first.public_id}/")
        assert page.locator("#answer textarea").input_value() == "Une réponse."
        visitor.go(f"/communities/{protected.slug}/")
        assert page.locator("#composer textarea").input_value() == WORDS
        assert protected.slug not in kept(page)

        # Typed for the protected space where the place is chosen: it does not come up under another choice.
        visitor.go("/")
        page.locator("#composer-audience").select_option(protected.audience.public_id)
        page.locator("#composer textarea").fill("Choisi, puis écrit.")
        visitor.go("/")
        assert page.locator("#composer-audience").input_value() == open_one.audience.public_id
        assert page.locator("#composer textarea").input_value() == ""
        page.locator("#composer-audience").select_option(protected.audience.public_id)
        assert page.locator("#composer textarea").input_value() == "Choisi, puis écrit."

        # The place is lost: what was typed for it is erased.
        AudienceMember.objects.filter(audience=protected.audience, person=person).delete()
        with page.expect_response(lambda answer: "/drafts/" in answer.url):
            visitor.go("/")
        page.wait_for_function("() => !JSON.stringify(Object.values(sessionStorage)).includes('qu\\'ici')")
        assert "Choisi" not in kept(page)


def test_l111_note_about_one_newcomer_comes_up_under_no_other(visitors, person):
    RoleGrantFactory(person=person, role="hr")
    first, second = JourneyFactory.create_batch(2)
    with visitors() as visitor:
        visitor.page.add_init_script("delete window.WebSocket")
        client = Client()
        client.force_login(person)
        session = client.session
        session["proved"] = {"person": str(person.pk), "at": session["began_at"]}
        session.save()
        name = settings.SESSION_COOKIE_NAME
        visitor.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": visitor.base_url}])
        page = visitor.go(f"/journeys/{first.public_id}/note/").page
        page.locator("textarea").fill(WORDS)
        visitor.go(f"/journeys/{second.public_id}/note/")
        assert page.locator("textarea").input_value() == ""
        visitor.go(f"/journeys/{first.public_id}/note/")
        assert page.locator("textarea").input_value() == WORDS


def test_l111_nothing_stays_after_sign_out_in_any_tab(visitors, person):
    audience = AudienceFactory(members=[person])
    post = PostFactory(audience=audience)
    with visitors() as visitor:
        visitor.page.add_init_script("delete window.WebSocket")
        sign_in(visitor, person)
        page = visitor.go(f"/posts/{post.public_id}/").page
        page.locator("#answer textarea").fill(WORDS)
        other = visitor.context.new_page()
        other.add_init_script("delete window.WebSocket")
        other.goto(f"{visitor.base_url}/posts/{post.public_id}/")
        assert other.locator("#answer textarea").input_value() == ""
        other.locator("#answer textarea").fill("Dans l'autre onglet.")
        assert "Dans l'autre onglet." in kept(other)
        assert WORDS in kept(page)

        page.goto(f"{visitor.base_url}/account/logout/")
        page.get_by_role("button", name="Sign out").click()
        page.wait_for_url("**/account/login/**")
        assert kept(page) == "[]"
        other.wait_for_function("() => !Object.keys(sessionStorage).some((key) => key.startsWith('maillage.draft:'))")

        sign_in(visitor, person)
        visitor.go(f"/posts/{post.public_id}/")
        assert page.locator("#answer textarea").input_value() == ""

        # Somebody else on the same terminal, without a sign-out in between.
        page.locator("#answer textarea").fill(WORDS)
        successor = PersonFactory(language="en")
        AudienceMember.objects.create(audience=audience, person=successor)
        sign_in(visitor, successor)
        visitor.go(f"/posts/{post.public_id}/")
        assert page.locator("#answer textarea").input_value() == ""
        assert kept(page) == "[]"


def test_l111_text_that_was_sent_is_kept_no_more(visitors, person):
    audience = AudienceFactory(members=[person])
    post = PostFactory(audience=audience)
    with visitors() as visitor:
        visitor.page.add_init_script("delete window.WebSocket")
        sign_in(visitor, person)
        page = visitor.go(f"/posts/{post.public_id}/").page
        page.locator("#answer textarea").fill(WORDS)
        page.locator("#answer").get_by_role("button", name="Answer").click()
        page.locator("#thread", has_text=WORDS).wait_for()
        assert kept(page) == "[]"


def test_session_that_ended_while_somebody_wrote_gives_the_text_back_to_them_alone(visitors, person):
    place = CommunityFactory(members=[person])
    post = PostFactory(audience=place.audience)
    person.set_password("un mot de passe assez long")
    person.save()
    with visitors(language="en-GB") as visitor:
        visitor.page.add_init_script("delete window.WebSocket")
        page = visitor.page
        for form, address, button in (
            ("#answer", f"/posts/{post.public_id}/", "Answer"),
            ("#composer", f"/communities/{place.slug}/", "Publish"),
        ):
            sign_in(visitor, person)
            visitor.go(address)
            page.locator(f"{form} textarea").fill(WORDS)
            visitor.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
            page.locator(form).get_by_role("button", name=button).click()
            page.wait_for_url("**/account/login/**")
            page.get_by_text("it is in its field again, in this tab").wait_for()
            assert page.get_by_text("Without JavaScript").count() == 0
            visitor.look()
            page.get_by_label("E-mail").fill(person.email)
            page.get_by_label("Password", exact=True).fill("un mot de passe assez long")
            page.get_by_role("button", name="Sign in", exact=True).click()
            page.wait_for_url(f"**{address}")
            assert page.locator(f"{form} textarea").input_value() == WORDS

        # Somebody else signs in instead.
        visitor.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
        page.locator("#composer").get_by_role("button", name="Publish").click()
        page.wait_for_url("**/account/login/**")
        successor = PersonFactory(language="en")
        AudienceMember.objects.create(audience=place.audience, person=successor)
        sign_in(visitor, successor)
        visitor.go(f"/communities/{place.slug}/")
        assert page.locator("#composer textarea").input_value() == ""
        assert kept(page) == "[]"
