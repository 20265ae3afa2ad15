"""Who reads what in a feed: the two directions agree, and nothing leaks through what hangs on a post."""

import pytest

from rse.core.access import kinds
from rse.core.models import AudienceMember, RowGrant
from rse.feed import services
from rse.feed.models import Acceptance, Comment, EditedVersion, Picture, Post, UsefulMark
from tests.factories import AudienceFactory, PersonFactory, RoleGrantFactory
from tests.factories.feed import CommentFactory, PostFactory, joined

pytestmark = pytest.mark.django_db

MODELS = (Post, Comment, Acceptance, UsefulMark, EditedVersion, Picture)


def people_of(audience):
    return {
        "author": joined(audience, PersonFactory()),
        "member": joined(audience, PersonFactory()),
        "host": joined(audience, PersonFactory(), "host"),
        "employee": PersonFactory(),
        "expected": PersonFactory(expected=True),
        "hr": RoleGrantFactory(role="hr").person,
        "administrator": RoleGrantFactory(role="administrator").person,
        "editor": RoleGrantFactory(role="editor").person,
        "superuser": PersonFactory(is_superuser=True),
        "left": joined(audience, PersonFactory(left=True)),
        "handler": PersonFactory(),
    }


PRESENT = {"author", "member", "host", "employee", "hr", "administrator", "editor", "superuser", "handler"}
INSIDE = {"author", "member", "host"}


@pytest.mark.parametrize(
    ("kind", "state", "readers"),
    [
        ("open", "visible", PRESENT),
        ("closed", "visible", INSIDE | {"handler"}),
        ("secret", "visible", INSIDE | {"handler"}),
        ("open", "hidden", {"author", "host", "handler"}),
        ("closed", "hidden", {"author", "host", "handler"}),
        ("secret", "hidden", {"author", "host", "handler"}),
        ("open", "deleted", {"host", "handler"}),
        ("closed", "deleted", {"host", "handler"}),
        ("secret", "deleted", {"host", "handler"}),
    ],
)
def test_who_reads_a_post(kind, state, readers):
    audience = AudienceFactory(open=kind == "open", secret=kind == "secret")
    people = people_of(audience)
    post = PostFactory(audience=audience, author=people["author"], **({} if state == "visible" else {state: True}))
    RowGrant.objects.create(person=people["handler"], kind="post", row_id=post.pk)

    assert {name for name, person in people.items() if Post.objects.visible_to(person).exists()} == readers


def test_l46_l43_what_hangs_on_a_deleted_post_is_gone_with_it():
    audience = AudienceFactory()
    people = people_of(audience)
    post = PostFactory(audience=audience, author=people["author"], question=True)
    comment = CommentFactory(post=post, author=people["member"])
    services.accept_answer(actor=people["author"], comment=comment)
    services.mark_useful(person=people["host"], thing=post, reason="finir")
    services.edit_comment(editor=people["member"], comment=comment, version=comment.version, body="Autre")
    before = {model: {name for name, person in people.items() if model.objects.visible_to(person).exists()} for model in MODELS}
    assert before[Acceptance] == before[UsefulMark] == before[Comment] == INSIDE

    services.delete_post(actor=people["author"], post=post)

    for model in MODELS:
        assert {name for name, person in people.items() if model.objects.visible_to(person).exists()} <= {"host"}, model


def test_a_former_author_of_a_closed_place_reads_their_post_no_more():
    post = PostFactory()
    AudienceMember.objects.filter(person=post.author).delete()

    assert not Post.objects.visible_to(post.author).exists()


def test_l26_a_reference_resolves_for_who_reads_it_and_to_nothing_for_others():
    post = PostFactory(question=True)
    comment = CommentFactory(post=post)
    kept = services.accept_answer(actor=post.author, comment=comment)
    mark = services.mark_useful(person=post.author, thing=comment, reason="finir")
    references = [("post", post.pk), ("comment", comment.pk), ("acceptance", kept.pk), ("useful_mark", mark.pk)]

    assert set(kinds.resolve(references, post.author)) == set(references)
    assert kinds.resolve(references, PersonFactory()) == {}
    for reference, row in kinds.resolve(references, post.author).items():
        kind = kinds.get(reference[0])
        assert str(kind.title(row)) == post.title
        assert kind.address(row).startswith(f"/posts/{post.public_id}/")


def test_documents_hold_words_and_say_nothing_of_what_was_deleted():
    post = PostFactory(question=True, body="Des **mots** à trouver", language="fr")
    gone = PostFactory(deleted=True)
    document = kinds.get("post").document

    assert (document(post).title, document(post).body, document(post).language) == (post.title, "Des mots à trouver", "fr")
    assert document(gone) is None
