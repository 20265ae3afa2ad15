"""A thread of several pages, whose answers have remarks under them."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from communities.queries import unanswered_for
from rse.core.models import AudienceMember
from rse.core.ops import invariants
from rse.core.public_ids import random_id
from rse.feed import services
from rse.feed.models import Comment, Post
from rse.feed.queries import threads
from rse.notify.models import Notification
from tests.factories import PersonFactory
from tests.factories.communities import CommunityFactory
from tests.factories.feed import CommentFactory, PostFactory, joined

from .pages import HTMX, queries_of_the_feed

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages_of_three(monkeypatch):
    monkeypatch.setattr(threads, "SIZE", 3)


@pytest.fixture
def question(audience):
    return PostFactory(audience=audience, question=True)


def shown(page):
    """The public ids of the comments of a page, in the order in which they stand."""
    return re.findall(r'<article class="comment[^"]*" id="comment-([\w-]+)"', page)


def ids(comments):
    return [comment.public_id for comment in comments]


def read(client, address, **options):
    response = client.get(address, **options)
    assert response.status_code == 200
    return response.text


def test_link_to_a_comment_opens_the_page_where_it_stands(signed_in, member, question, pages_of_three):
    comments = CommentFactory.create_batch(8, post=question)
    client = signed_in(member)

    for place, comment in enumerate(comments):
        start = place // 3 * 3
        assert shown(read(client, comment.get_absolute_url())) == ids(comments[start : start + 3])
    for nobody in (random_id(), CommentFactory().public_id, "x" * 40):
        assert shown(read(client, f"{question.get_absolute_url()}?at={nobody}")) == ids(comments[:3])


def test_comment_that_its_reader_may_not_read_moves_no_page(signed_in, member, question, pages_of_three):
    comments = CommentFactory.create_batch(4, post=question)
    services.delete_comment(actor=comments[3].author, comment=comments[3])

    assert shown(read(signed_in(member), comments[3].get_absolute_url())) == ids(comments[:3])


def test_pages_follow_each_other_and_each_asks_itself_again(signed_in, member, question, pages_of_three):
    comments = CommentFactory.create_batch(7, post=question)
    client, seen, address = signed_in(member), [], question.get_absolute_url()

    while address:
        page = read(client, address)
        seen.append(shown(page))
        again = re.search(r'<section class="stack" id="thread"[^>]*hx-get="([^"]*)"', page)[1].replace("&amp;", "&")
        CommentFactory(post=question, body="Entre-temps")
        Post.objects.filter(pk=question.pk).update(version=len(seen) + 10)  # as the service would
        assert shown(read(client, again, headers=HTMX))[: len(seen[-1])] == seen[-1]
        Comment.objects.filter(body="Entre-temps").delete()
        link = re.search(r'href="([^"]*)#answers">[^<]*More answers', page)
        address = link and link[1].replace("&amp;", "&")
    assert seen == [ids(comments[:3]), ids(comments[3:6]), ids(comments[6:])]


def test_whole_thread_is_counted_on_each_page(signed_in, member, question, pages_of_three):
    answers = CommentFactory.create_batch(5, post=question)
    CommentFactory(post=question, answer=answers[0])
    client = signed_in(member)

    for address in (question.get_absolute_url(), answers[4].get_absolute_url()):
        assert "5 answers, 1 remark" in read(client, address)


def test_new_answer_is_on_the_page_that_comes_back(signed_in, member, question, pages_of_three):
    CommentFactory.create_batch(5, post=question)

    page = signed_in(member).post(reverse("feed:answer", args=[question.public_id]), {"body": "Moi", "key": "k"}, headers=HTMX).text

    assert shown(page)[-1] == Comment.objects.get(body="Moi").public_id
    assert len(shown(page)) == 3


def test_accepted_answer_stands_first_with_the_way_to_its_place(signed_in, question, pages_of_three):
    comments = CommentFactory.create_batch(5, post=question)
    client = signed_in(question.author)
    services.accept_answer(actor=question.author, comment=comments[4])

    first = read(client, question.get_absolute_url())
    place = re.search(r'id="accepted".*?</article>', first, re.DOTALL)[0]
    assert comments[4].body in place
    assert f'href="{comments[4].get_absolute_url()}"' in place
    assert first.index('id="accepted"') < first.index(comments[0].public_id)
    assert 'id="accepted"' not in read(client, comments[4].get_absolute_url())
    services.accept_answer(actor=question.author, comment=comments[0])
    assert 'id="accepted"' not in read(client, question.get_absolute_url())


def test_accepting_on_a_later_page_stays_there(signed_in, question, pages_of_three):
    comments = CommentFactory.create_batch(5, post=question)

    page = signed_in(question.author).post(reverse("feed:comment_accept", args=[comments[4].public_id]), {"on": "1"}, headers=HTMX).text

    assert shown(page) == ids(comments[3:])


def test_remarks_hang_under_the_answer_they_are_about(signed_in, member, question):
    first, second = CommentFactory.create_batch(2, post=question)
    late = CommentFactory(post=question, answer=first)
    CommentFactory(post=question, answer=second)
    later = CommentFactory(post=question, answer=first)

    page = read(signed_in(member), question.get_absolute_url())

    assert shown(page)[:4] == ids([first, late, later, second])
    assert page.count('class="comment remark"') == 3
    assert "About the answer" not in page


def test_remark_that_begins_a_page_says_what_it_is_about(signed_in, member, question, pages_of_three):
    answer = CommentFactory(post=question)
    remarks = CommentFactory.create_batch(4, post=question, answer=answer)

    page = read(signed_in(member), remarks[3].get_absolute_url())

    assert shown(page) == ids(remarks[2:])
    assert page.count(f'<a href="{answer.get_absolute_url()}">About the answer of {answer.author.name}</a>') == 2


def test_remark_about_what_is_gone_names_nobody(signed_in, member, question):
    answer = CommentFactory(post=question)
    remark = CommentFactory(post=question, answer=answer)
    services.delete_comment(actor=answer.author, comment=answer)
    client = signed_in(member)

    for _ in range(2):
        page = read(client, question.get_absolute_url())
        assert shown(page) == [remark.public_id]
        assert "About an answer that is not here any more" in page
        assert answer.author.name not in page
        Comment.objects.filter(pk=answer.pk).delete()  # as the keeping of rows does, later
    assert Comment.objects.get(pk=remark.pk).is_remark is True


def test_remark_is_written_from_the_answer(signed_in, member, question):
    answer = CommentFactory(post=question)
    client, post = signed_in(member), reverse("feed:answer", args=[question.public_id])

    link = re.search(r'href="([^"]*about=[^"]*)#answer"', read(client, question.get_absolute_url()))[1]
    form = read(client, link, headers=HTMX)
    assert form.lstrip().startswith("<form")
    assert f'name="about" value="{answer.public_id}"' in form
    assert f"A remark about the answer of {answer.author.name}" in read(client, link)
    client.post(post, {"body": "Même pour la nuit ?", "about": answer.public_id, "key": "k"})
    remark = Comment.objects.get(body="Même pour la nuit ?")
    assert (remark.answer, remark.is_remark) == (answer, True)
    client.post(post, {"body": "Et le jour ?", "about": remark.public_id, "key": "l"})
    assert Comment.objects.get(body="Et le jour ?").answer == answer
    refused = client.post(post, {"body": "", "about": answer.public_id, "key": "m"}, headers=HTMX)
    assert (refused.status_code, f'name="about" value="{answer.public_id}"' in refused.text) == (422, True)


def test_nobody_remarks_on_what_they_may_not_read(signed_in, member, question):
    gone, elsewhere = CommentFactory(post=question), CommentFactory(post=PostFactory(audience=question.audience))
    services.delete_comment(actor=gone.author, comment=gone)
    client = signed_in(member)

    for about in (gone.public_id, elsewhere.public_id, CommentFactory().public_id, random_id()):
        assert client.get(question.get_absolute_url(), {"about": about}).status_code == 404
        sent = client.post(reverse("feed:answer", args=[question.public_id]), {"body": "Non", "about": about, "key": "k"})
        assert sent.status_code == 404
    for answer in (gone, elsewhere):
        with pytest.raises(PermissionDenied):
            services.publish_comment(author=member, post=question, answer=answer, body="Non")
    assert not Comment.objects.filter(body="Non").exists()


def test_who_reads_without_writing_is_offered_no_remark(signed_in, member, question):
    answer = CommentFactory(post=question)
    type(question.audience).objects.update(is_frozen=True)
    client = signed_in(member)

    assert "about=" not in read(client, question.get_absolute_url())
    for headers in ({}, HTMX):
        assert client.get(question.get_absolute_url(), {"about": answer.public_id}, headers=headers).status_code == 403


def test_whose_answer_and_whose_question_it_is_are_told_of_a_remark(signed_in, member, question):
    answer = services.publish_comment(author=joined(question.audience, PersonFactory()), post=question, body="Oui")
    Notification.objects.all().delete()
    services.publish_comment(author=member, post=question, answer=answer, body="Sûr ?")

    for person, words in ((answer.author, "remarks on your answer"), (question.author, "remarks on an answer")):
        assert f"{member.name} {words}" in read(signed_in(person), reverse("notices:list"))
    assert Notification.objects.count() == 2


def test_remark_is_no_answer_that_could_be_accepted(question):
    remark = CommentFactory(post=question, answer=CommentFactory(post=question))

    with pytest.raises(PermissionDenied):
        services.accept_answer(actor=question.author, comment=remark)


def test_answers_and_remarks_are_counted_apart_whatever_becomes_of_them(member, question):
    host = PersonFactory()
    AudienceMember.objects.create(audience=question.audience, person=host, role="host")

    def counts():
        post = Post.objects.get(pk=question.pk)
        assert {name: count for name, count in invariants.counts().items() if count and ("remark" in name or "comment" in name)} == {}
        return post.answer_count, post.remark_count

    answer = services.publish_comment(author=member, post=question, body="Oui")
    remark = services.publish_comment(author=member, post=question, answer=answer, body="Ou non")
    assert counts() == (1, 1)
    services.hide_comment(actor=host, comment=remark, article="insult", reason="Non")
    assert counts() == (1, 0)
    services.show_comment(actor=host, comment=remark)
    services.delete_comment(actor=member, comment=answer)
    assert counts() == (0, 1)
    services.delete_comment(actor=member, comment=remark)
    assert counts() == (0, 0)


def test_what_has_an_answer_is_not_among_the_unanswered():
    reader = PersonFactory()
    audience = CommunityFactory(members=[reader]).audience
    waits, answered = PostFactory(audience=audience, question=True), PostFactory(audience=audience, question=True)
    CommentFactory(post=answered)

    assert unanswered_for(reader) == [waits]


@pytest.mark.parametrize("number", [1, 3])
def test_page_costs_the_same_for_one_remark_and_for_three(signed_in, member, question, pages_of_three, number):
    answers = CommentFactory.create_batch(3, post=question)
    CommentFactory.create_batch(number, post=question, answer=answers[2])
    services.accept_answer(actor=question.author, comment=answers[2])

    # As any thread, and where the page begins.
    assert len(queries_of_the_feed(signed_in(member), f"{question.get_absolute_url()}?at={answers[2].public_id}")) == 9
