"""The page of a thread and what is done on it."""

import re

import pytest
from django.urls import reverse

from rse.core.public_ids import random_id
from rse.feed import services
from rse.feed.enums import LONGEST_POST
from rse.feed.models import Comment, Post, UsefulMark
from rse.notify.live import shown_version
from tests.factories import PersonFactory
from tests.factories.feed import CommentFactory, PostFactory, joined

from .pages import HTMX, queries_of_the_feed, text_of

pytestmark = pytest.mark.django_db

NESTED = ["post", "answer", "post_edit", "post_delete", "post_hide", "post_useful", "post_history"]
UNDER = ["comment_edit", "comment_delete", "comment_hide", "comment_useful", "comment_history", "comment_accept"]


def test_thread_answers_in_place_and_updates_by_itself(signed_in, member, audience):
    post = PostFactory(audience=audience, question=True)
    client, address = signed_in(member), reverse("feed:post", args=[post.public_id])

    answer = client.post(
        reverse("feed:answer", args=[post.public_id]), {"body": "Oui, **demain**.", "key": "k"}, headers=HTMX
    ).content.decode()
    page = client.get(address).content.decode()

    thread = text_of(answer)[text_of(answer).index('<section class="stack" id="thread"') :].removesuffix("</div>").strip()
    assert "<strong>demain</strong>" in thread
    assert thread in text_of(page)
    version, former = (shown_version("post", post.public_id, number) for number in (2, 1))
    assert Post.objects.get().version == 2
    assert f'data-live="post.{post.public_id}" data-live-version="{version}"' in page
    unchanged = client.get(f"{address}?version={version}", headers=HTMX)
    assert (unchanged.status_code, unchanged.content) == (204, b"")
    changed = client.get(f"{address}?version={former}", headers=HTMX).content.decode()
    assert text_of(changed) in text_of(page)


def test_thread_accept_and_useful_answer_what_a_reload_shows(signed_in, audience):
    post = PostFactory(audience=audience, question=True)
    comment = CommentFactory(post=post)
    client = signed_in(post.author)

    thread = client.post(reverse("feed:comment_accept", args=[comment.public_id]), {"on": "1"}, headers=HTMX).content.decode()
    assert text_of(thread) in text_of(client.get(reverse("feed:post", args=[post.public_id])).content.decode())
    useful = reverse("feed:comment_useful", args=[comment.public_id])
    button = client.post(useful, {"on": "1", "reason": "finir plus tôt"}, headers=HTMX).content.decode()
    page = client.get(reverse("feed:post", args=[post.public_id])).content.decode()

    assert text_of(button) in text_of(page)
    assert 'aria-pressed="true"' in button
    client.post(reverse("feed:comment_useful", args=[comment.public_id]), {}, headers=HTMX)
    assert not UsefulMark.objects.exists()


def test_useful_page_lists_who_and_takes_a_reason(signed_in, member, audience):
    post = PostFactory(audience=audience)
    client, address = signed_in(member), reverse("feed:post_useful", args=[post.public_id])

    assert client.post(address, {"on": "1", "reason": "x" * 281}).status_code == 422
    response = client.post(address, {"on": "1", "reason": "finir plus tôt"})

    assert response["Location"] == f"/posts/{post.public_id}/"
    page = client.get(address).content.decode()
    assert member.name in page
    assert "finir plus tôt" in page


@pytest.mark.parametrize("kind", ["post", "comment"])
def test_edit_page_saves_or_shows_both_versions(signed_in, member, audience, kind):
    post = PostFactory(author=member, audience=audience, body="Un")
    thing = post if kind == "post" else CommentFactory(author=member, post=post, body="Un")
    client, address = signed_in(member), reverse(f"feed:{kind}_edit", args=[thing.public_id])
    read = client.get(address).context["form"]["version"].value()

    assert client.post(address, {"body": "Deux", "version": read}).status_code == 302
    conflict = client.post(address, {"body": "Trois", "version": read})

    form = conflict.context["form"]
    assert (conflict.status_code, form["body"].value()) == (409, "Trois")
    assert [(one["mine"], one["theirs"]) for one in form.differences if one["label"] == form["body"].label] == [("Trois", "Deux")]
    assert client.post(address, {"body": "Quatre"}).status_code == 409  # a form that does not say what it read
    assert type(thing).objects.get(pk=thing.pk).body == "Deux"
    assert client.post(address, {"body": "Trois", "version": form["version"].value()}).status_code == 302
    assert type(thing).objects.get(pk=thing.pk).body == "Trois"


def test_delete_asks_first_and_then_it_is_gone(signed_in, member, audience):
    post = PostFactory(author=member, audience=audience)
    client = signed_in(member)

    assert client.get(reverse("feed:post_delete", args=[post.public_id])).status_code == 200
    assert client.post(reverse("feed:post_delete", args=[post.public_id]))["Location"] == audience.address

    assert client.get(f"/posts/{post.public_id}/").status_code == 404


def test_hide_asks_an_article_and_a_reason(signed_in, audience):
    post, host = PostFactory(audience=audience), joined(audience, PersonFactory(), "host")
    client, address = signed_in(host), reverse("feed:post_hide", args=[post.public_id])

    assert client.post(address, {"article": "", "reason": ""}).status_code == 422
    assert client.post(address, {"article": "insult", "reason": "Ce mot blesse."}).status_code == 302

    assert "Ce mot blesse." in signed_in(post.author).get(f"/posts/{post.public_id}/").content.decode()
    assert signed_in(joined(audience, PersonFactory())).get(f"/posts/{post.public_id}/").status_code == 404


def test_history_is_for_the_author_and_the_hosts(signed_in, member, audience):
    post, host = PostFactory(author=member, audience=audience, body="Avant"), joined(audience, PersonFactory(), "host")
    services.edit_post(editor=member, post=post, version=post.text_version, body="Après")
    address = reverse("feed:post_history", args=[post.public_id])

    assert "Avant" in signed_in(member).get(address).content.decode()
    assert "Avant" in signed_in(host).get(address).content.decode()
    assert signed_in(joined(audience, PersonFactory())).get(address).status_code == 403


@pytest.mark.parametrize("state", ["closed", "hidden", "deleted", "absent"])
def test_l42_l43_l46_every_address_under_a_post_answers_like_what_is_not_there(signed_in, audience, state):
    outsider = PersonFactory() if state == "closed" else joined(audience, PersonFactory())
    post = PostFactory(audience=audience, question=True)
    comment = CommentFactory(post=post)
    if state == "hidden":
        services.hide_post(actor=joined(audience, PersonFactory(), "host"), post=post, article="insult", reason="Non")
    if state == "deleted":
        services.delete_post(actor=post.author, post=post)
    client, absent = signed_in(outsider), state == "absent"

    for name, thing in [(name, post) for name in NESTED] + [(name, comment) for name in UNDER]:
        address = reverse(f"feed:{name}", args=[random_id() if absent else thing.public_id])
        for response in (client.get(address), client.post(address, {"on": "1", "body": "x"})):
            assert response.status_code in (404, 405), (name, response.status_code)
            if response.status_code == 404:
                nothing = client.get(reverse("feed:post", args=[random_id()]))
                assert strip(response.content) == strip(nothing.content)


def strip(content):
    return re.sub(rb'nonce="[^"]*"|csrfmiddlewaretoken" value="[^"]*"', b"", content)


@pytest.mark.parametrize("item_count", [1, 3])
def test_thread_costs_the_same_for_one_answer_and_for_three(signed_in, member, audience, item_count):
    post = PostFactory(audience=audience, question=True)
    CommentFactory.create_batch(item_count, post=post)

    # The post, its comments, their pictures, the accepted one, what depends on the reader, the reasons; then its pictures and answer.
    assert len(queries_of_the_feed(signed_in(member), f"/posts/{post.public_id}/")) == 8


def test_comment_form_keeps_what_was_typed(signed_in, member, audience):
    post = PostFactory(audience=audience)

    response = signed_in(member).post(
        reverse("feed:answer", args=[post.public_id]), {"body": "x" * (LONGEST_POST + 1), "key": "k"}, headers=HTMX
    )

    assert response.status_code == 422
    assert "x" * (LONGEST_POST + 1) in response.content.decode()
    assert not Comment.objects.exists()
