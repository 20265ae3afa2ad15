"""Four months of a built company, read as somebody who works there would."""

import datetime
import random
from collections import Counter, defaultdict

import pytest

from rse.core import clock
from rse.core.events import deliveries
from rse.core.models import Person
from rse.core.people.services.people import turn_the_day
from rse.demo.company import Company
from rse.demo.life import Life
from rse.demo.moments import PARIS, is_office_hour, is_worked
from rse.demo.speakers import SETTLED, is_of_the_trade, speaks, works_at_night
from rse.demo.texts import drafts_of, themes
from rse.demo.texts.filling import Filler
from rse.demo.texts.sentences import sentences
from rse.demo.texts.typography import typeset
from rse.feed.models import Acceptance, Comment, Picture, Post, UsefulMark

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]
MONTHS = 4


@pytest.fixture
def life(demo_app, tmp_path, settings):
    """What people wrote in the last months of a company of two hundred, whose people are those of today."""
    from rse.demo.build import import_month, name_roles

    settings.MEDIA_ROOT = tmp_path / "media"
    company = Company(seed=1, size=200, today=clock.today())
    *before, today = company.snapshots()
    life = Life(company, seed=1)
    life.months = len(before) - MONTHS
    with deliveries.held(), deliveries.gathered():
        with clock.moved_to(datetime.datetime.combine(before[-MONTHS].on, datetime.time(5), tzinfo=datetime.UTC)):
            import_month(today, tmp_path)
            turn_the_day()
            name_roles(company)
            life.begin()
        deliveries.drain()
        for month in [*before[-MONTHS:], today]:
            life.live(month.on)
            deliveries.drain()
    return life


def trade_of_questions():
    """The theme of each question, by its title filled in any way; only those that stand in one theme."""
    found = defaultdict(set)
    for theme in themes():
        for draft in drafts_of(theme.key)["question"]:
            if "{" not in draft.title:
                found[typeset(draft.title, draft.language)].add(theme.key)
    return {title: keys.pop() for title, keys in found.items()}


def test_what_people_write_holds_under_a_close_look(life):
    posts = list(Post.objects.select_related("author__family", "author__site").order_by("published_at", "pk"))
    comments = list(Comment.objects.select_related("author__family", "author__site", "post__author").order_by("published_at", "pk"))
    assert len(posts) > 70
    assert len(comments) > 90

    # nobody says what another said
    said = defaultdict(set)
    for post in posts:
        for sentence in sentences((post.title, post.body)):
            said[sentence].add(post.author_id)
    for comment in comments:
        for sentence in sentences(comment.body):
            said[sentence].add(comment.author_id)
    for mark in UsefulMark.objects.exclude(reason="").order_by("pk"):
        for sentence in sentences(mark.reason):
            said[sentence].add(mark.person_id)
    assert {sentence for sentence, people in said.items() if len(people) > 1} == set()
    assert max(Counter(post.body for post in posts).values()) == 1

    # who answers speaks the language, knows the trade, has been here for a year; at a question of a site, is there
    assert [one.pk for one in comments if not speaks(one.author, one.post.language)] == []
    by_key = {theme.key: theme for theme in themes()}
    titles, wrong = trade_of_questions(), []
    accepted = list(Acceptance.objects.select_related("comment__author__family", "comment__post__author").order_by("pk"))
    assert len(accepted) > 15
    for act in accepted:
        one, post = act.comment.author, act.comment.post
        theme = by_key.get(titles.get(post.title))
        if theme is None:
            continue
        known, _skills = life.known_for.get(one.employee_number, ((), ()))
        is_new = (act.comment.published_at.date() - one.hired_on).days < SETTLED
        is_elsewhere = theme.key == "site" and one.site_id != post.author.site_id
        if is_new or is_elsewhere or not (is_of_the_trade(one, theme) or theme.key in known):
            wrong.append((post.title, one.title))
    assert wrong == []

    # thanks by name come from who asked
    thanked = [post for post in posts if post.body.startswith(("Merci à @", "Thank you @", "Thanks @", "Un grand merci à @"))]
    asked = {(act.comment.post.author_id, act.comment.author.handle) for act in accepted}
    assert [
        post.body for post in thanked if not any((post.author_id, handle) in asked for _, handle in asked if f"@{handle}" in post.body)
    ] == []

    # working days, quiet nights, nothing of tomorrow
    now = clock.now()
    moments = [(one.published_at, one.author) for one in (*posts, *comments)]
    assert [at for at, _ in moments if at > now or not is_worked(at.astimezone(PARIS).date())] == []
    assert [author.title for at, author in moments if not is_office_hour(at) and not works_at_night(author)] == []

    # pictures are said in words
    assert Picture.objects.exclude(post=None).exists()
    assert not Picture.objects.exclude(post=None).filter(alt="").exists()
    assert Person.objects.present().count() > 150


def test_slot_whose_value_is_given_has_it():
    filler = Filler(random.Random(1), "fr", words={"ici": "Lyon"})
    assert filler.fill("À {ici}, {deux|deux} fois.") == "À Lyon, deux fois."
