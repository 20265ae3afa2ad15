"""A handle typed without its letters of chance."""

import pytest

from rse.core.models import Person, RecordedEvent
from rse.core.people.services.addresses import people_begun
from rse.feed.models import Mention
from tests.factories import AudienceFactory, PersonFactory
from tests.factories.feed import joined

from .test_mentions import address, asked, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def space():
    """A space with an author and a host."""
    audience = AudienceFactory(kind="community")
    return audience, joined(audience, PersonFactory()), joined(audience, PersonFactory(), role="host")


def chance(stem, **values):
    """Somebody whose handle is ``stem`` and letters of chance."""
    return PersonFactory(handle=f"{stem}-x7k2m".replace("x7", f"{2 + Person.objects.count() % 7}x"), **values)


def test_handle_without_its_letters_of_chance_names_the_one_person_it_begins(space, signed_in):
    audience, author, host = space
    awa = joined(audience, chance("awa-diop", first_name="Awa", last_name="Diop"))
    post = asked(author, audience, title="Qui ?", body="Merci @Awa-Diop, @awa et @awa-di")

    page = page_of(signed_in(host), post)

    assert f'Merci <a class="mention" href="/people/{awa.handle}/">@Awa Diop</a>, @awa et @awa-di' in page
    assert RecordedEvent.objects.get(name="feed.post_published").facets["recipient_ids"] == [awa.pk]
    browser = signed_in(author)
    form = browser.get(address(post, "feed:post_edit")).context["form"]
    assert form["body"].value() == f"Merci @{awa.handle}, @awa et @awa-di"


def test_handle_that_begins_two_people_names_nobody(space):
    audience, author, _host = space
    for _number in range(2):
        joined(audience, chance("awa-diop"))
    asked(author, audience, title="Qui ?", body="Merci @awa-diop")

    assert not Mention.objects.exists()


def test_begun_handle_tells_nothing_of_those_whom_the_writer_may_not_see(space):
    """The same text, with and without a namesake who is not there yet, who left, or whose whole handle is what was typed."""
    audience, author, _host = space
    awa = joined(audience, chance("awa-diop"))
    chance("awa-diop", expected=True)
    chance("awa-diop", left=True)
    PersonFactory(handle="awa-diop", expected=True)
    for alone in ("ben-roy", "eve-ray"):
        chance(alone, **{"ben-roy": {"expected": True}, "eve-ray": {"left": True}}[alone])

    asked(author, audience, title="Qui ?", body="Merci @awa-diop, @ben-roy et @eve-ray")

    assert list(Mention.objects.values_list("handle", "person")) == [("awa-diop", awa.pk)]


def test_begun_handles_are_found_in_one_query(django_assert_num_queries):
    writer, awa = PersonFactory(), chance("awa-diop")
    assert writer.current_grants == set()
    with django_assert_num_queries(1):
        assert people_begun(["awa-diop", "some-body", "no-body"], by=writer) == {"awa-diop": awa.pk}
    with django_assert_num_queries(0):
        assert people_begun([], by=writer) == {}
