import ast

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from rse.core import clock
from rse.core.access import kinds
from rse.core.enums import Role
from rse.core.models import RecordedEvent, RowGrant
from rse.governance.models import Moderation
from rse.governance.services.moderation import (
    AlreadyAnswered,
    AlreadyAppealed,
    AlreadyHidden,
    CannotBeHidden,
    ReasonMissing,
    appeal,
    decide_appeal,
    hide_with_reason,
    show_hidden,
)
from tests.architecture.tree import Tree
from tests.factories import AudienceFactory, PersonFactory
from tests.factories.core import put_under
from tests.factories.governance import ModerationFactory, ReportFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def space(board):
    class Space:
        author, host, other_host, handler = PersonFactory(), PersonFactory(), PersonFactory(), PersonFactory(role=Role.HANDLER)

    Space.audience = AudienceFactory(members=[Space.author], hosts=[Space.host, Space.other_host])
    board.authors[Space.audience.pk] = Space.author.pk
    Space.board = board

    def hide(by=Space.host, article="insult", reason="Un mot de trop."):
        return hide_with_reason(by=by, kind="notice", row_id=Space.audience.pk, article=article, reason=reason)

    Space.hide = staticmethod(hide)
    return Space


def told(name):
    return [one.facets["recipient_ids"] for one in RecordedEvent.objects.filter(name=f"governance.{name}").order_by("pk")]


def test_host_hides_with_an_article_and_a_reason_and_the_author_is_told(space):
    moderation = space.hide()

    assert space.audience.pk in space.board.hidden
    assert (moderation.article, moderation.reason, moderation.author) == ("insult", "Un mot de trop.", space.author)
    assert told("content_hidden") == [[space.author.pk]]


@pytest.mark.parametrize("who", ["member", "stranger", "author_host", "handler"])
def test_others_may_not_hide(space, who):
    from rse.core.models import AudienceMember

    person = {"member": PersonFactory(), "stranger": PersonFactory(), "author_host": space.author, "handler": space.handler}[who]
    if who == "member":
        AudienceMember.objects.create(audience=space.audience, person=person)
    if who == "author_host":
        AudienceMember.objects.filter(person=person).update(role="host")

    with pytest.raises(PermissionDenied):
        space.hide(by=person)

    assert not Moderation.objects.exists()
    assert not space.board.hidden


@pytest.mark.parametrize(("article", "reason"), [("", "Un mot"), ("insult", " "), ("critique", "Il critique la direction")])
def test_r03_r16_no_hiding_without_an_article_of_the_list_and_a_reason(space, article, reason):
    with pytest.raises(ReasonMissing):
        space.hide(article=article, reason=reason)

    assert not Moderation.objects.exists()


@pytest.mark.parametrize("values", [{"article": "critique"}, {"reason": ""}])
def test_r03_database_refuses_it_too(values):
    with pytest.raises(IntegrityError), transaction.atomic():
        ModerationFactory(**values)


def test_hidden_twice_is_hidden_once(space):
    first = space.hide()

    with pytest.raises(AlreadyHidden) as again:
        space.hide(by=space.other_host)

    assert again.value.moderation == first
    assert told("content_hidden") == [[space.author.pk]]


def test_kind_that_cannot_be_hidden(space, monkeypatch):
    import dataclasses

    from rse.core.access import kinds

    monkeypatch.setitem(kinds._kinds, "notice", dataclasses.replace(kinds.get("notice"), hide=None))

    with pytest.raises(CannotBeHidden):
        space.hide()


def test_shown_again_by_a_moderator_and_never_by_the_author(space):
    moderation = space.hide()

    with pytest.raises(PermissionDenied):
        show_hidden(by=space.author, moderation=moderation)
    show_hidden(by=space.host, moderation=moderation)

    assert not space.board.hidden
    moderation.refresh_from_db()
    assert moderation.lifted_by == space.host
    assert told("content_shown") == [[space.author.pk]]
    assert space.hide().pk != moderation.pk


def test_r03_author_appeals_once_and_who_decided_is_not_asked(space):
    moderation = appeal(author=space.author, moderation=space.hide(), words="C’était une citation.")

    assert told("appeal_made") == [sorted([space.other_host.pk, space.handler.pk])]
    with pytest.raises(AlreadyAppealed):
        appeal(author=space.author, moderation=moderation, words="Encore.")


def test_appeal_needs_words_and_its_author(space):
    moderation = space.hide()

    with pytest.raises(ReasonMissing):
        appeal(author=space.author, moderation=moderation, words=" ")
    with pytest.raises(PermissionDenied):
        appeal(author=space.other_host, moderation=moderation, words="Non.")
    moderation.refresh_from_db()
    assert moderation.appealed_at is None


@pytest.mark.parametrize("outcome", ["upheld", "reversed"])
def test_another_moderator_answers(space, outcome):
    moderation = appeal(author=space.author, moderation=space.hide(), words="C’était une citation.")

    decided = decide_appeal(decider=space.other_host, moderation=moderation, outcome=outcome, answer="Nous avons relu.")

    assert decided.appeal_outcome == outcome
    assert (space.audience.pk in space.board.hidden) is (outcome == "upheld")
    assert decided.is_running is (outcome == "upheld")
    assert told("appeal_decided") == [[space.author.pk]]
    with pytest.raises(AlreadyAnswered):
        decide_appeal(decider=space.handler, moderation=decided, outcome="upheld", answer="Non.")


@pytest.mark.parametrize("who", ["host", "author", "stranger", "line", "reporter"])
def test_x05_who_decided_and_the_parties_do_not_answer(space, who):
    moderation = space.hide()
    person = {"host": space.host, "author": space.author, "stranger": PersonFactory(), "line": space.other_host, "reporter": space.handler}[
        who
    ]
    if who == "line":
        put_under(space.author, person)
    if who == "reporter":
        report = ReportFactory(kind="notice", row_id=space.audience.pk, about=space.author, audience=space.audience, reporters=[person])
        Moderation.objects.filter(pk=moderation.pk).update(report=report)
        moderation.refresh_from_db()
    moderation = appeal(author=space.author, moderation=moderation, words="C’était une citation.")

    with pytest.raises(PermissionDenied):
        decide_appeal(decider=person, moderation=moderation, outcome="upheld", answer="Non.")

    moderation.refresh_from_db()
    assert moderation.appeal_outcome == ""


def test_x05_database_refuses_the_same_person_twice():
    moderation = ModerationFactory()

    for decider in (moderation.by, moderation.author):
        with pytest.raises(IntegrityError), transaction.atomic():
            Moderation.objects.filter(pk=moderation.pk).update(
                appealed_at=clock.now(),
                appeal_words="x",
                appeal_outcome="upheld",
                appeal_answer="x",
                appeal_decided_by=decider,
                appeal_decided_at=clock.now(),
            )
    with pytest.raises(IntegrityError), transaction.atomic():
        ModerationFactory(by=moderation.author, author=moderation.author, row_id=5)


def test_waiting_appeal_cannot_be_pre_empted_by_who_decided(space):
    moderation = appeal(author=space.author, moderation=space.hide(), words="Relisez.")

    with pytest.raises(PermissionDenied):
        show_hidden(by=space.host, moderation=moderation)


def test_handlers_open_the_row_while_an_appeal_waits(space):
    moderation = space.hide()
    assert not RowGrant.objects.exists()

    moderation = appeal(author=space.author, moderation=moderation, words="Relisez.")
    assert [grant.person for grant in RowGrant.objects.not_over()] == [space.handler]

    decide_appeal(decider=space.handler, moderation=moderation, outcome="upheld", answer="Relu.")
    assert not RowGrant.objects.not_over().exists()


def test_author_reads_why_and_appeals_in_the_browser(space, signed_in):
    moderation = space.hide()
    space.author.language = "en"
    space.author.save(update_fields=["language"])
    browser = signed_in(space.author)

    assert "Un mot de trop." in browser.get(moderation.get_absolute_url()).text
    assert moderation.get_absolute_url() in browser.get("/reports/mine/").text
    assert browser.post(f"{moderation.get_absolute_url()}appeal/", {"words": ""}).status_code == 422
    sent = browser.post(f"{moderation.get_absolute_url()}appeal/", {"words": "Une citation."}, follow=True)
    assert "Une citation." in sent.text
    again = browser.post(f"{moderation.get_absolute_url()}appeal/", {"words": "Encore."}, follow=True)
    assert "already" in again.text
    assert browser.post(f"{moderation.get_absolute_url()}answer/", {"outcome": "reversed", "answer": "x"}).status_code == 403


def test_moderators_answer_in_the_browser(space, signed_in):
    moderation = appeal(author=space.author, moderation=space.hide(), words="Une citation.")
    decider, other = signed_in(space.host), signed_in(space.other_host)
    address = moderation.get_absolute_url()

    assert address not in decider.get("/reports/").text
    assert decider.post(f"{address}answer/", {"outcome": "upheld", "answer": "Non."}).status_code == 403
    assert address in other.get("/reports/").text
    assert other.post(f"{address}answer/", {"outcome": "reversed"}).status_code == 422
    assert other.post(f"{address}answer/", {"outcome": "reversed", "answer": "Vous avez raison."}).url == "/reports/"
    assert other.post(f"{address}answer/", {"outcome": "upheld", "answer": "Non."}).status_code == 409
    assert "Vous avez raison." in signed_in(space.author).get(address).text


def test_strangers_find_no_decision(space, signed_in):
    moderation = space.hide()
    browser = signed_in(PersonFactory(role=Role.HR))

    for address in ("", "appeal/", "answer/", "show-again/"):
        answer = browser.get(moderation.get_absolute_url()) if not address else browser.post(moderation.get_absolute_url() + address, {})
        assert answer.status_code == 404


def test_show_again_in_the_browser(space, signed_in):
    moderation = space.hide()

    assert signed_in(space.author).post(f"{moderation.get_absolute_url()}show-again/").status_code == 403
    assert signed_in(space.other_host).post(f"{moderation.get_absolute_url()}show-again/").status_code == 302
    assert not space.board.hidden


@pytest.mark.once
def test_what_moderation_does_has_two_verbs():
    other = ("unhide", "conceal", "reveal", "uncover")
    functions = (node for module in Tree().modules for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef))
    assert [node.name for node in functions if node.name.startswith(other)] == []
    hooks = [(kind.hide.__name__, kind.show.__name__) for kind in kinds.every() if kind.hide]
    assert hooks
    assert [(hide, show) for hide, show in hooks if show != hide.replace("hide_", "show_")] == []
