"""What helps to write: a preview that publishes nothing, names of those who will read it and of nobody else, emoji by name."""

import pytest
from django.urls import reverse

from rse.core.people.services.people import deactivate
from rse.feed.emoji_names import COMMON, MOST, find_emoji
from rse.feed.models import Comment, Post
from tests.factories import AudienceFactory, PersonFactory
from tests.factories.feed import CommentFactory, PostFactory, everyone, joined

from .pages import HTMX, publishing

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer():
    return PersonFactory(language="en")


@pytest.fixture
def audience(writer):
    return AudienceFactory(members=[writer])


def sent(form, writer, audience):
    """Return the address of a form of a text, and what it sends beside the text."""
    if form == "publish":
        return reverse("feed:publish"), publishing(audience, body="")
    post = PostFactory(audience=audience, author=writer)
    if form == "answer":
        return reverse("feed:answer", args=[post.public_id]), {}
    if form == "post_edit":
        return reverse("feed:post_edit", args=[post.public_id]), {"version": post.version}
    comment = CommentFactory(post=post, author=writer)
    return reverse("feed:comment_edit", args=[comment.public_id]), {"version": comment.version}


@pytest.mark.parametrize("form", ["publish", "answer", "post_edit", "comment_edit"])
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_preview_shows_the_text_as_it_will_stand_and_publishes_nothing(signed_in, writer, audience, form, headers):
    colleague = joined(audience, PersonFactory(first_name="Malik", last_name="Benali"))
    address, fields = sent(form, writer, audience)
    body = f"**Gras** <script>x</script> @{colleague.handle} https://exemple.fr/a"
    before = list(Post.objects.values_list("body", flat=True)), list(Comment.objects.values_list("body", flat=True))

    page = signed_in(writer).post(address, fields | {"body": body, "add": "preview"}, headers=headers)

    assert page.status_code == 200
    shown = page.text[page.text.index("data-preview") :]
    shown = shown[: shown.index("</section>")]
    assert "<strong>Gras</strong>" in shown
    assert "@Malik Benali" in shown
    assert 'href="https://exemple.fr/a"' in shown
    assert "<script>" not in shown
    assert "**Gras** &lt;script&gt;" in page.text  # what was typed is still there to be changed
    assert before == (list(Post.objects.values_list("body", flat=True)), list(Comment.objects.values_list("body", flat=True)))


def test_preview_names_nobody_whom_the_writer_may_not_see_and_says_what_is_not_right(signed_in, writer, audience):
    gone = PersonFactory(first_name="Zoé", last_name="Canari")
    deactivate(person_ids=[gone.pk])
    gone.refresh_from_db()
    client, address = signed_in(writer), reverse("feed:publish")

    assert "Canari" not in client.post(address, publishing(audience, body=f"@{gone.handle}", add="preview")).text
    empty = client.post(address, publishing(audience, body="", add="preview"))
    assert (empty.status_code, "Write something first." in empty.text, "data-preview" in empty.text) == (422, True, False)


def named(client, audience, typed):
    page = client.get(reverse("feed:names"), {"audience": audience.public_id, "q": typed})
    return page.status_code, page.text.count('role="option"'), page.text


def test_only_those_who_will_read_it_are_proposed(signed_in, writer, audience):
    reader = joined(audience, PersonFactory(first_name="Élodie", last_name="Canari"))
    PersonFactory(first_name="Élodie", last_name="Dehors")
    client = signed_in(writer)

    status, count, text = named(client, audience, "elodie")

    assert (status, count, f'data-value="@{reader.handle}"' in text, "Dehors" in text) == (200, 1, True, False)
    assert named(client, everyone(), "elodie")[1] == 2
    assert "Nobody who will read this" in named(client, audience, "dehors")[2]
    assert named(client, audience, "e")[1] == 0
    assert named(client, audience, "\x00")[1] == 0


def test_audience_that_one_may_not_read_proposes_nobody_as_one_that_is_not(signed_in, writer):
    closed = AudienceFactory(members=[PersonFactory(first_name="Élodie")])
    client = signed_in(writer)

    page = client.get(reverse("feed:names"), {"audience": closed.public_id, "q": "elodie"})

    assert page.status_code == 404
    assert client.get(reverse("feed:names"), {"audience": "0" * 12, "q": "elodie"}).status_code == 404


@pytest.mark.parametrize("item_count", [1, 3])
def test_proposing_names_costs_the_same_for_three_as_for_one(signed_in, writer, audience, item_count, django_assert_num_queries):
    for _item in range(item_count):
        joined(audience, PersonFactory(first_name="Élodie"))
    client = signed_in(writer)
    named(client, audience, "elodie")

    with django_assert_num_queries(6):
        assert named(client, audience, "elodie")[1] == item_count


@pytest.mark.parametrize(
    ("typed", "language", "first"),
    [
        ("pouce", "fr", "👍"),
        ("thumbs", "fr", "👍"),
        ("usine", "en", "🏭"),
        ("cle", "fr", "🔧"),
        ("CŒUR rouge", "fr", "❤️"),
        ("tada", "en", "🎉"),
    ],
)
def test_emoji_is_found_by_its_name_in_either_language(typed, language, first):
    assert find_emoji(typed, language)[0][0] == first


def test_emoji_are_few_and_named_in_the_language_of_the_page(signed_in, writer):
    assert [one for one, _name in find_emoji("", "fr")] == list(COMMON)
    assert len(find_emoji("visage", "fr")) == MOST
    assert find_emoji("zzzz", "fr") == []
    assert dict(find_emoji("usine", "en"))["🏭"] == "factory"
    client = signed_in(writer)
    assert 'data-value="🏭"' in client.get(reverse("feed:emoji"), {"q": "factory"}).text
    assert "No emoji" in client.get(reverse("feed:emoji"), {"q": "zzzz"}).text
