"""Who reads what in a feed: the two directions agree, and nothing leaks through what hangs on a post."""

import pytest

from rse.core import kinds
from rse.core.models import Audience, AudienceMember, RowGrant
from rse.core.readers import readers_of
from rse.feed import services
from rse.feed.models import Acceptance, Comment, EditedVersion, Picture, Post, UsefulMark
from tests.core.companies import random_company
from tests.factories import AudienceFactory, PersonFactory, RoleGrantFactory
from tests.factories.feed import CommentFactory, PostFactory, joined

pytestmark = pytest.mark.django_db

MODELS = (Post, Comment, Acceptance, UsefulMark, EditedVersion, Picture)


def random_feed(chance, people):
    """Posts, comments, acts, pictures and earlier versions in every state, some opened to somebody by a grant."""
    audiences = list(Audience.objects.order_by("pk"))
    for _ in range(6):
        audience, author = chance.choice(audiences), chance.choice(people)
        state = chance.choice([{}, {}, {"hidden": True}, {"deleted": True}])
        post = PostFactory(audience=audience, author=author, membership=False, question=True, **state)
        hidden = chance.random() < 0.3
        comment = Comment.objects.create(
            post=post,
            audience=audience,
            author=chance.choice(people),
            body="r",
            is_hidden=hidden,
            is_post_visible=post.is_visible,
            is_visible=post.is_visible and not hidden,
        )
        if chance.random() < 0.6:
            Acceptance.objects.create(post=post, comment=comment, audience=audience, accepted_by=author, is_visible=comment.is_visible)
        marker = chance.choice([person for person in people if person != author])
        UsefulMark.objects.create(person=marker, author=author, post=post, audience=audience, is_visible=post.is_visible)
        said = {"body": "a", "written_at": post.published_at, "is_visible": post.is_visible}
        EditedVersion.objects.create(post=post, author=author, audience=audience, **said)
        shape = {"width": 1, "height": 1, "small_width": 1, "small_height": 1, "size": 1, "stored": "x", "stored_small": "x"}
        Picture.objects.create(owner=author, post=post, audience=audience, is_visible=post.is_visible, **shape)
        Picture.objects.create(owner=author, comment=comment, audience=audience, is_visible=comment.is_visible, **shape)
        Picture.objects.create(owner=author, **shape)
        RowGrant.objects.create(person=chance.choice(people), kind="post", row_id=post.pk)
        RowGrant.objects.create(person=chance.choice(people), kind="comment", row_id=comment.pk)


@pytest.mark.parametrize("seed", range(25))
def test_visible_to_and_readers_of_say_the_same_of_the_feed(seed):
    chance, people, _units = random_company(seed)
    random_feed(chance, people)

    for model in MODELS:
        seen = {person: set(model.objects.visible_to(person)) for person in people}
        for thing in model.objects.all():
            told = set(readers_of(thing))
            assert told == {person for person in people if thing in seen[person]}, (model, thing.pk)
            assert set(readers_of(thing, told=True)) <= told


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
    services.edit_comment(editor=people["member"], comment=comment, body="Autre")
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
