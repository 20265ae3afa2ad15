"""For each kind that is searched, rows that hold a word in all that their document says: open ones, closed ones, hidden ones, gone ones.

A room that lets its rows be found adds its own file ``canaries.py``: ``CANARIES = {kind: function(word, world) -> rows}``. What is made
there has the people of ``world`` in every place that opens such a row.
"""

from rse.core.enums import PersonState
from tests.factories import AudienceFactory, PersonFactory
from tests.factories.communities import CommunityFactory
from tests.factories.feed import CommentFactory, PostFactory, joined

PLACES = ("open", "closed", "secret")


def place(world, variant):
    """An audience where MB is a member, MO a host and SU a member."""
    audience = AudienceFactory(open=variant == "open", secret=variant == "secret")
    for code, role in (("MB", "member"), ("MO", "host"), ("SU", "member")):
        joined(audience, world.principal(code), role)
    return audience


def people(word, world):
    subject = world.principal("SU")
    type(subject).objects.filter(pk=subject.pk).update(last_name=word)
    return [
        subject,
        PersonFactory(last_name=word),
        PersonFactory(title=word),
        PersonFactory(last_name=word, expected=True),
        PersonFactory(last_name=word, state=PersonState.LEFT),
    ]


def communities(word, world):
    made = []
    for kind in ("open", "closed", "secret"):
        made.append(CommunityFactory(name=f"{word} {kind}", kind=kind, members=[world.principal("MB")], owners=[world.principal("MO")]))
        made.append(CommunityFactory(purpose=f"About {word}.", kind=kind))
    return made


def posts(word, world):
    made = []
    for variant in PLACES:
        audience, subject = place(world, variant), world.principal("SU")
        made += [PostFactory(audience=audience, author=subject, title=word), PostFactory(audience=audience, body=f"All about {word}.")]
        made += [PostFactory(audience=audience, title=word, hidden=True), PostFactory(audience=audience, title=word, deleted=True)]
    return made


def comments(word, world):
    made = []
    for variant in PLACES:
        audience = place(world, variant)
        made.append(CommentFactory(post=PostFactory(audience=audience), body=word, author=world.principal("SU")))
        made.append(CommentFactory(post=PostFactory(audience=audience), body=word, is_hidden=True, is_visible=False))
        made.append(CommentFactory(post=PostFactory(audience=audience, hidden=True), body=word, is_post_visible=False, is_visible=False))
    return made


CANARIES = {"person": people, "community": communities, "post": posts, "comment": comments}
