"""The pages of the feed: what they show, what they answer, and that a piece is what a reload shows."""

import re

import pytest
from django.urls import reverse

from rse.core import clock
from rse.core.models import AudienceMember
from rse.core.public_ids import random_id
from rse.feed.models import Post, UsefulMark
from rse.governance.models import Charter
from tests.factories import AudienceFactory, PersonFactory
from tests.factories.feed import CommentFactory, PostFactory, joined, picture_file, picture_of

from .pages import HTMX, piece, publishing, queries_of_the_feed, text_of

pytestmark = pytest.mark.django_db


def test_home_shows_the_composer_the_feed_and_its_end(signed_in, member, audience):
    post = PostFactory(audience=audience, body="Le quai est libre.")

    page = signed_in(member).get("/").content.decode()

    assert 'id="composer"' in page
    assert f'id="post-{post.public_id}"' in page
    assert page.count('class="feed-end"') == 1
    assert f'data-live="audience.{audience.public_id}"' in page


def test_publishing_without_script_posts_and_goes_back(signed_in, member, audience):
    response = signed_in(member).post(reverse("feed:publish"), publishing(audience, next="/"))

    assert (response.status_code, response["Location"]) == (302, "/")
    assert [(post.body, post.author, post.audience) for post in Post.objects.all()] == [("Bonjour", member, audience)]


def test_publishing_never_leads_elsewhere(signed_in, member, audience):
    response = signed_in(member).post(reverse("feed:publish"), publishing(audience, next="https://evil.example/"))

    assert response["Location"] == f"/posts/{Post.objects.get().public_id}/"


def test_publishing_in_place_answers_what_a_reload_shows(signed_in, member, audience):
    client = signed_in(member)

    answer = client.post(reverse("feed:publish"), publishing(audience), headers=HTMX).content.decode()
    page = client.get("/").content.decode()

    card = piece(answer, "<article", "</article>")
    assert card == piece(page, "<article", "</article>")
    composer = piece(answer, '<form class="card composer"', "</form>")
    assert composer == piece(page, '<form class="card composer"', "</form>")


def test_a_double_click_posts_once(signed_in, member, audience):
    client = signed_in(member)

    for _ in range(2):
        client.post(reverse("feed:publish"), publishing(audience))

    assert Post.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"body": ""}, "Write something first."),
        ({"kind": "question"}, "Put your question in one line"),
        ({"body": "x" * 20_001}, "20000 characters at most"),
        ({"kind": "poll"}, "poll"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(signed_in, member, audience, values, said):
    from django.utils import translation

    member.language = "en"
    member.save()
    kept = values.get("body") or "Un texte que je ne veux pas perdre"
    response = signed_in(member).post(reverse("feed:publish"), publishing(audience, **{"body": kept, **values}), headers=HTMX)

    assert response.status_code == 422
    page = response.content.decode()
    with translation.override("en"):
        assert said in page.replace("20,000", "20000").replace(" ", " ")
    assert values.get("body", kept)[:50] in page
    assert not Post.objects.exists()


def test_a_place_that_one_may_not_write_in_is_refused(signed_in, member, audience):
    elsewhere, frozen, open_place = AudienceFactory(), AudienceFactory(members=[member], is_frozen=True), AudienceFactory(open=True)

    for place in (elsewhere, frozen, open_place, 999_999):
        assert signed_in(member).post(reverse("feed:publish"), publishing(place)).status_code == 422

    assert not Post.objects.exists()


def test_the_charter_comes_first_and_keeps_what_was_typed(signed_in, member, audience):
    Charter.objects.create(version=1, body_fr="Charte", body_en="Charter")
    client = signed_in(member)

    asked = client.post(reverse("feed:publish"), publishing(audience, body="Gardez ceci"))
    assert asked.status_code == 409
    assert "Gardez ceci" in asked.content.decode()
    assert not Post.objects.exists()

    client.post(reverse("feed:publish"), publishing(audience, body="Gardez ceci", charter_accepted="1"))
    assert Post.objects.get().body == "Gardez ceci"


@pytest.mark.parametrize(("what", "limit"), [("post", 10), ("comment", 20), ("mark", 60)])
def test_a03_one_more_than_the_limit_waits(signed_in, member, audience, what, limit):
    client, post = signed_in(member), PostFactory(audience=audience)
    address = {"post": "/posts/publish/", "comment": f"/posts/{post.public_id}/answer/", "mark": f"/posts/{post.public_id}/useful/"}[what]

    forms = [publishing(audience, body=f"n° {n}", key=str(n), on="1" if n % 2 == 0 else "") for n in range(limit + 1)]
    with clock.moved_to(clock.now().replace(minute=30, second=1)):  # the minute does not end meanwhile
        statuses = [client.post(address, form).status_code for form in forms]

    assert set(statuses[:limit]) == {302}
    assert statuses[limit] == 429


def test_a_former_member_is_out_at_once(signed_in, member, audience):
    post, client = PostFactory(audience=audience), signed_in(member)
    assert client.get(f"/posts/{post.public_id}/").status_code == 200

    AudienceMember.objects.filter(person=member).delete()

    assert client.get(f"/posts/{post.public_id}/").status_code == 404
    assert f"post-{post.public_id}" not in client.get("/").content.decode()


def test_new_posts_are_announced_and_move_nothing(signed_in, member, audience):
    PostFactory(audience=audience)
    client = signed_in(member)
    address = re.search(r'hx-get="(/feed/new/\?since=[\w-]+)"', client.get("/").content.decode())[1]
    assert "new-pill" not in client.get(address, headers=HTMX).content.decode()

    fresh = PostFactory(audience=audience)

    assert "new-pill" in client.get(address, headers=HTMX).content.decode()
    assert f'id="post-{fresh.public_id}"' in client.get("/feed/", headers=HTMX).content.decode()


def test_feed_in_place_is_what_the_page_shows_and_goes_on_to_the_end(signed_in, member, audience):
    PostFactory.create_batch(23, audience=audience, author=PersonFactory())
    client = signed_in(member)

    page = client.get("/").content.decode()
    swap = client.get("/feed/", headers=HTMX).content.decode()
    older = re.search(r'hx-get="(/feed/\?after=[\w-]+)"', page)[1]
    rest, whole = client.get(older, headers=HTMX).content.decode(), client.get(older).content.decode()

    assert text_of(swap) in text_of(page)
    assert text_of(rest) in text_of(whole)
    shown = re.findall(r'id="post-([\w-]{22})"', page) + re.findall(r'id="post-([\w-]{22})"', rest)
    assert shown == list(Post.objects.newest_first().values_list("public_id", flat=True))
    assert "feed-older" not in rest


@pytest.mark.parametrize("address", ["/feed/?in=", "/feed/new/?since=x&in=", "/feed/readers/?audience="])
def test_l33_a_closed_place_is_not_there_for_others(signed_in, address):
    place = AudienceFactory(secret=True, label="Canari")
    client = signed_in(PersonFactory())

    for key in (place.public_id, place.pk, "A" * 22, "x", "9" * 30):
        response = client.get(f"{address}{key}")
        assert response.status_code == 404
        assert b"Canari" not in response.content


def test_the_composer_says_how_many_read_it(signed_in, member, audience):
    joined(audience, PersonFactory())
    member.language = "en"
    member.save()

    assert ", 2 people" in signed_in(member).get(f"/feed/readers/?audience={audience.public_id}").content.decode()


def test_the_author_hears_who_will_not_be_notified(signed_in, member, audience):
    stranger = PersonFactory(first_name="Zoé", last_name="Ailleurs")
    member.language = "en"
    member.save()

    page = signed_in(member).post(reverse("feed:publish"), publishing(audience, body=f"@{stranger.handle}"), headers=HTMX).content.decode()

    assert "Zoé Ailleurs will not be notified" in page


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_feed_costs_the_same_for_one_post_and_for_three(signed_in, member, audience, item_count):
    PostFactory.create_batch(item_count, audience=audience, author=PersonFactory())
    client = signed_in(member)

    # Their ids, the rows, the pictures, the accepted answers, and what depends on the reader.
    assert len(queries_of_the_feed(client, "/feed/", **HTMX)) == 5


def test_a_picture_is_added_to_the_composer_with_what_was_typed(signed_in, member, audience):
    client = signed_in(member)

    response = client.post(reverse("feed:publish"), publishing(audience, body="Voyez", add="picture", files=picture_file()), headers=HTMX)
    page = response.content.decode()
    public_id = re.search(r'name="picture" value="([^"]+)"', page)[1]

    assert response.status_code == 200
    assert "Voyez" in page
    assert not Post.objects.exists()
    client.post(reverse("feed:publish"), publishing(audience, body="Voyez", picture=public_id, **{f"alt-{public_id}": "Le quai"}))
    shown = client.get("/").content.decode()
    assert f"/pictures/{public_id}/small/" in shown
    assert 'alt="Le quai"' in shown


def test_l71_the_picture_of_another_is_not_there(signed_in, member, audience):
    picture = picture_of(PersonFactory())

    response = signed_in(member).post(reverse("feed:publish"), publishing(audience, picture=picture.public_id))

    assert response.status_code == 404
    assert not Post.objects.exists()


def test_anonymous_is_asked_to_sign_in(client):
    post = PostFactory()

    for address in ("/feed/", "/feed/new/", f"/posts/{post.public_id}/", "/posts/new/", f"/pictures/{random_id()}/"):
        assert client.get(address)["Location"].startswith("/accounts/login/") or client.get(address).status_code == 302


@pytest.mark.parametrize("kind", ["post", "comment"])
def test_reason_of_a_useful_mark_is_asked_where_it_was_made(signed_in, member, audience, kind):
    post = PostFactory(audience=audience)
    thing = post if kind == "post" else CommentFactory(post=post)
    address = reverse(f"feed:{kind}_useful", args=[thing.public_id])
    client = signed_in(member)

    asked = client.post(address, {"on": "1"}, headers=HTMX).text
    assert f'id="why-{kind}-{thing.public_id}"' in asked
    assert "<!doctype" not in asked.lower()
    assert f'id="why-{kind}-{thing.public_id}"' in client.get(address, headers=HTMX).text

    refused = client.post(address, {"on": "1", "reason": "x" * 1000}, headers=HTMX)
    assert (refused.status_code, "x" * 1000 in refused.text, UsefulMark.objects.get().reason) == (422, True, "")

    given = client.post(address, {"on": "1", "reason": "finir plus tôt"}, headers=HTMX).text
    assert (UsefulMark.objects.get().reason, "why-" in given) == ("finir plus tôt", False)
    assert "why-" not in client.post(address, {}, headers=HTMX).text
    assert not UsefulMark.objects.exists()


def test_reason_is_asked_of_nobody_who_may_not_mark(signed_in, member, audience):
    own = PostFactory(audience=audience, author=member)

    assert signed_in(member).get(reverse("feed:post_useful", args=[own.public_id]), headers=HTMX).status_code == 403
