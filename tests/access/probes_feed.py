"""How each action on posts, comments, useful marks and pictures is tried.

MB is a member of the place, MO hosts it, SU wrote the text, made the mark or sent the picture, and is a member too.
"""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse

from rse.feed import services
from rse.feed.models import Picture, Post, UsefulMark
from rse.feed.queries import audience_feed
from rse.governance.enums import Article
from tests.factories import AudienceFactory, PersonFactory
from tests.factories.feed import CommentFactory, PostFactory, joined, picture_of

from .probes import needs_sign_in, status

VARIANTS = ("open", "closed", "secret")
THINGS = ("post", "comment", "reaction", "file")
BUILT = {(thing, variant) for thing in THINGS for variant in VARIANTS}


def fresh(person):
    return type(person).objects.get(pk=person.pk)


def place_for(world, person, variant):
    """A place in which ``person`` is what their column says."""
    audience = AudienceFactory(open=variant == "open", secret=variant == "secret")
    for code, role in (("MB", "member"), ("MO", "host"), ("SU", "member")):
        if person is not None and world._made.get(code) == person:
            joined(audience, person, role)
    return audience


def is_subject(world, person):
    return person is not None and world._made.get("SU") == person


def thing_in(world, person, kind, variant):
    """A post, a comment, a mark or a picture of somebody there: of ``person`` where they are its subject."""
    audience = place_for(world, person, variant)
    owner = fresh(person) if is_subject(world, person) else joined(audience, PersonFactory())
    if kind == "post":
        return PostFactory(audience=audience, author=owner)
    if kind == "comment":
        return CommentFactory(post=PostFactory(audience=audience), author=owner)
    post = PostFactory(audience=audience) if kind == "reaction" else PostFactory(audience=audience, author=owner)
    if kind == "reaction":
        return services.mark_useful(person=owner, thing=post, reason="to probe")
    picture = picture_of(owner)
    services.edit_post(editor=owner, post=post, version=post.text_version, body=post.body, pictures=[(picture.public_id, "")])
    return Picture.objects.get(pk=picture.pk)


def on(kind, variant, act):
    """Try ``act`` on a thing that is first found as every page finds it."""

    def probe(world, person, browser):
        thing = thing_in(world, person, kind, variant)
        if needs_sign_in(person):
            return status(browser.get(reverse("feed:list")))
        person = fresh(person)
        return act(person, get_object_or_404(type(thing).objects.visible_to(person), pk=thing.pk)) or "A"

    return probe


def listed(person, thing):
    post = thing if isinstance(thing, Post) else thing.post
    if post.pk not in {one.pk for one in audience_feed(person, post.audience)}:
        return "N"
    return None


def create(kind, variant):
    def probe(world, person, browser):
        audience = place_for(world, person, variant)
        post = PostFactory(audience=audience)
        if needs_sign_in(person):
            return status(browser.post(reverse("feed:publish"), {"audience": audience.public_id, "kind": "message", "body": "x"}))
        person = fresh(person)
        get_object_or_404(Post.objects.visible_to(person), pk=post.pk)
        if kind == "post":
            services.publish_post(author=person, audience=audience, body="x")
        elif kind == "comment":
            services.publish_comment(author=person, post=post, body="x")
        elif kind == "reaction":
            services.mark_useful(person=person, thing=post)
        else:
            services.publish_post(author=person, audience=audience, body="x", pictures=[(picture_of(person).public_id, "")])
        return "A"

    return probe


def edit(person, thing):
    if isinstance(thing, Post):
        services.edit_post(editor=person, post=thing, version=thing.text_version, body="y")
    else:
        services.edit_comment(editor=person, comment=thing, version=thing.version, body="y")


def hide(person, thing):
    act = services.hide_post if isinstance(thing, Post) else services.hide_comment
    act(actor=person, article=Article.INSULT, reason="Probe", **{"post" if isinstance(thing, Post) else "comment": thing})


def delete(person, thing):
    """Authors take back; hosts hide."""
    if thing.author_id != person.pk:
        hide(person, thing)
    elif isinstance(thing, Post):
        services.delete_post(actor=person, post=thing)
    else:
        services.delete_comment(actor=person, comment=thing)


def take_back(person, mark):
    """Only one's own mark goes, whoever asks."""
    services.unmark_useful(person=person, thing=mark.post)
    return "F" if UsefulMark.objects.filter(pk=mark.pk).exists() else "A"


def export(person, thing):
    """One's own words are one's own data; nobody else's."""
    if thing.author_id != person.pk:
        raise PermissionDenied


PROBES = {}
for _variant in VARIANTS:
    for _kind in ("post", "comment"):
        PROBES |= {
            (_kind, _variant, "list"): on(_kind, _variant, listed),
            (_kind, _variant, "view"): on(_kind, _variant, lambda person, thing: None),
            (_kind, _variant, "create"): create(_kind, _variant),
            (_kind, _variant, "edit"): on(_kind, _variant, edit),
            (_kind, _variant, "delete"): on(_kind, _variant, delete),
            (_kind, _variant, "moderate"): on(_kind, _variant, hide),
            (_kind, _variant, "export"): on(_kind, _variant, export),
        }
    PROBES |= {
        ("reaction", _variant, "list"): on("reaction", _variant, listed),
        ("reaction", _variant, "view"): on("reaction", _variant, lambda person, thing: None),
        ("reaction", _variant, "create"): create("reaction", _variant),
        ("reaction", _variant, "delete"): on("reaction", _variant, take_back),
        ("file", _variant, "list"): on("file", _variant, listed),
        ("file", _variant, "view"): on("file", _variant, lambda person, thing: None),
        ("file", _variant, "create"): create("file", _variant),
        ("file", _variant, "delete"): on("file", _variant, lambda person, thing: services.remove_picture(actor=person, picture=thing)),
    }

# In the world of these probes HR handles no report: what cannot be read is not there, what can is refused.
CONDITIONS = {
    (kind, variant, action): {"HR": "F" if variant == "open" else "N"}
    for kind in THINGS
    for variant in VARIANTS
    for action in ("list", "view", "moderate")
    if not (variant == "open" and action != "moderate")
}


def open_post():
    """A post of somebody else, in a place that everybody reads and nobody of the columns belongs to."""
    return PostFactory(audience=AudienceFactory(open=True), question=True)


def open_picture():
    post = open_post()
    picture = picture_of(post.author)
    services.edit_post(
        editor=post.author, post=post, version=post.text_version, title=post.title, body=post.body, pictures=[(picture.public_id, "")]
    )
    return picture


# What the table of addresses needs to write these addresses.
ARGUMENTS = {
    **{f"feed:{name}": lambda world: [open_post().public_id] for name in ("post", "answer")},
    **{f"feed:post_{name}": lambda world: [open_post().public_id] for name in ("edit", "delete", "hide", "useful", "history")},
    **{
        f"feed:comment_{name}": lambda world: [CommentFactory(post=open_post()).public_id]
        for name in ("edit", "delete", "hide", "useful", "history", "accept")
    },
    **{f"feed:{name}": lambda world: [open_picture().public_id] for name in ("picture", "picture_small", "picture_remove")},
}
