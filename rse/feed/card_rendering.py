"""Posts and comments as HTML.

What everybody sees alike is drawn once per version and language and kept; what depends on the reader is filled in afterwards, in the
places that marks hold open.
"""

import hashlib
import re
from collections import Counter, defaultdict
from functools import lru_cache
from typing import Any

from django.core.cache import cache
from django.db.models import Q
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rse.core.enums import PersonState
from rse.core.models import Person
from rse.core.people.handles import LINKED_PROFILE, MENTION, NOBODY, former_colleague, handle_of, put, put_addresses, somebody
from rse.core.web.markdown import excerpt, render_markdown

from . import rules
from .mentions import named_by, named_in
from .models import Acceptance, Picture
from .queries import overlay_for
from .timesince import ago

KEPT = 3600
EXCERPT = 700  # characters of a post in a feed; the rest is one click away
ANSWER = 320
SOMETHING = "0" * 22  # stands for a public id in an address that is made once for all
EDGE = "\x02"  # no text that is kept holds it
PLACES = re.compile(f"{EDGE}([^{EDGE}]*){EDGE}")
TAG = re.compile(r"""(</?[a-zA-Z](?:"[^"]*"|'[^']*'|[^>"'])*>)""")
HEADING = re.compile(r"^ {0,3}(#{1,6})(?=\s)", re.MULTILINE)
CLOSED = re.compile(r"<(/?)(a|code|pre)\b")
PROFILE = re.compile(rf"""({LINKED_PROFILE})([\w-]{{1,80}})(["/?#])""", re.ASCII)
# Places of people: named with a link, named without, written as a handle that means nobody known, and the handle in an address.
SIGNS = ("#", "~", "@", "/")


def place(name):
    """Return the mark of a place that is filled in for each reader."""
    return mark_safe(f"{EDGE}{name}{EDGE}")  # noqa: S308 - no text of anybody


def filled(html, values):
    """Replace the places of ``html`` by ``values``, which are escaped already."""
    return mark_safe(PLACES.sub(lambda match: values[match[1]], html))  # noqa: S308 - both were escaped where they were made


def beginning(text):
    """Return the first paragraphs of ``text``, as many as fit a feed: the whole text when it fits, "" when its first paragraph does not."""
    if len(text) <= EXCERPT:
        return text
    kept, length, is_code = [], 0, False
    for paragraph in text.split("\n\n"):
        length += len(paragraph) + 2
        is_code ^= paragraph.count("```") % 2 == 1
        if length > EXCERPT or is_code:
            break
        kept.append(paragraph)
    return "\n\n".join(kept)


def prose(text, named=(), *, top_heading=3):
    """Render the text as safe HTML, its highest heading at ``top_heading``, with a place for each person named in it.

    ``named`` maps handles to the keys of the people they mean; a handle that means nobody known has a place as it was written.
    """
    highest = min((len(marks) for marks in HEADING.findall(text)), default=1)
    html = render_markdown(text.replace(EDGE, ""), top_heading=max(top_heading - highest + 1, 1))
    pieces: list[Any] = []
    inside: Counter[Any] = Counter()
    for piece in TAG.split(html):
        if piece.startswith("<") and TAG.fullmatch(piece):
            if tag := CLOSED.match(piece):
                inside[tag[2]] += -1 if tag[1] else 1
            pieces.append(PROFILE.sub(lambda match: _leading(match, named), piece))
        elif inside["a"] or inside["code"] or inside["pre"]:
            pieces.append(put(piece, _unlinked(named), _led(named)))
        else:
            pieces.append(_places(put_addresses(piece, _led(named)), named))
    return mark_safe("".join(pieces))  # noqa: S308 - sanitised, and only marks were added


def _leading(match, named):
    """The address of a profile in a link, with a place for the handle that it has today."""
    return f"{match[1]}{EDGE}/{named[match[2]]}{EDGE}{match[3]}" if match[2] in named else match[0]


def _unlinked(named):
    return {handle: f"{EDGE}~{pk}{EDGE}" for handle, pk in dict(named).items()}


def _led(named):
    return {handle: f"{EDGE}/{pk}{EDGE}" for handle, pk in dict(named).items()}


def _places(words, named):
    def of(match):
        handle = handle_of(match)
        if handle not in named:
            return f"{EDGE}@{match[1]}{EDGE}"
        return f"{EDGE}#{named[handle]}{EDGE}{match[1][len(match[1].rstrip('-')) :]}"

    return MENTION.sub(of, words)


def line(words, named):
    """Escape words of one line, with a place without a link for each person whom they mean."""
    return mark_safe(escape(put(words.replace(EDGE, ""), _unlinked(named), _led(named))))  # noqa: S308 - escaped


class Names:
    """The people named in texts as one reader may know them, under their present names; two queries for all of a page, none for nobody."""

    def __init__(self, person, html):
        places = [match[1] for match in PLACES.finditer(html) if match[1][:1] in SIGNS]
        keys = {int(place[1:]) for place in places if place[0] != "@"}
        handles = {place[1:].rstrip("-").lower() for place in places if place[0] == "@"}
        wanted = Q(pk__in=keys) | Q(handle__in=handles)
        seen = list(Person.objects.visible_to(person).filter(wanted)) if places else []
        keys, handles = keys - {one.pk for one in seen}, handles - {one.handle for one in seen}
        left = Person.objects.filter(pk__in=keys, state=PersonState.LEFT) | Person.objects.gone_after_a_time().filter(handle__in=handles)
        gone = list(left) if keys or handles else []
        self.people = {f"#{one.pk}": one for one in (*seen, *gone)} | {f"@{one.handle}": one for one in (*seen, *gone)}

    def name(self, place, *, is_linked=True):
        """Return the present name for a place, leading to the profile if this reader may open that profile."""
        is_meant = place[0] != "@"
        person = self.people.get(f"#{place[1:]}" if is_meant else place.rstrip("-").lower())
        if place[0] == "/":
            return person.handle if person and person.state != PersonState.LEFT else NOBODY
        if person is None:
            return escape(somebody() if is_meant else place)
        if person.state == PersonState.LEFT:
            return escape(former_colleague())
        if place[0] == "~" or not is_linked:
            return escape(f"@{person.name}")
        return format_html('<a class="mention" href="{}">@{}</a>', person.get_absolute_url(), person.name)

    def filled(self, html, *, is_linked=True):
        """Replace the places of names in ``html``; other places stay open."""
        return PLACES.sub(lambda match: self.name(match[1], is_linked=is_linked) if match[1][:1] in SIGNS else match[0], html)


class Reader:
    """Fills in what one reader sees on one page: everything about people and rights was asked once, for all of it."""

    def __init__(self, request, overlay, html):
        self.request, self.person, self.overlay = request, request.user, overlay
        self.language, self.csrf = get_language(), get_token(request)
        self.names = Names(request.user, html)

    def where(self, audience):
        """Return the name of the audience for whoever may open it, "a closed space" for others."""
        if not (audience.is_open or audience.pk in self.overlay.roles or audience.kind == "everyone"):
            return _("a closed space")
        if audience.address:
            return format_html('<a href="{}" dir="auto">{}</a>', audience.address, audience.title)
        return format_html('<strong dir="auto">{}</strong>', audience.title)

    def useful(self, kind, thing, *, form=None):
        """Render the button of the useful mark, the way to those who pressed it, and ``form`` under it, which asks how it helped."""
        reason = self.overlay.reason(kind, thing)
        may = rules.can_mark(self.person, thing, self.overlay.standing(thing.audience))
        html = _useful(self.language, kind, reason is not None, bool(reason), bool(thing.useful_count), may)
        context = {"form": form, "kind": kind, "thing": thing, "useful_url": self.request.path, "in_place": True}
        why = render_to_string("feed/_why.html", context, self.request) if form else ""
        return filled(html, {"id": thing.public_id, "count": str(thing.useful_count), "csrf": self.csrf, "why": why})

    def menu(self, kind, thing):
        """Render the menu of what this reader may do with a post or a comment."""
        there, person = self.overlay.standing(thing.audience), self.person
        html = _menu(
            self.language,
            kind,
            may_edit=rules.can_edit(person, thing, there),
            may_delete=rules.can_delete(person, thing, there),
            may_hide=rules.can_hide(person, thing, there),
            may_report=person.pk != thing.author_id,
            has_history=bool(thing.edited_at) and rules.can_see_history(person, thing, there),
        )
        return filled(html, {"id": thing.public_id, "address": escape(thing.get_absolute_url())})


@lru_cache(maxsize=64)
def _useful(language, kind, is_pressed, has_reason, has_count, may_mark):
    context = {
        "kind": kind,
        "is_pressed": is_pressed,
        "has_reason": has_reason,
        "has_count": has_count,
        "may_mark": may_mark,
        "id": place("id"),
        "count": place("count"),
        "csrf": place("csrf"),
        "why": place("why"),
        **_addresses(kind, "useful"),
    }
    return render_to_string("feed/_useful.html", context)


@lru_cache(maxsize=256)
def _menu(language, kind, *, may_edit, may_delete, may_hide, may_report, has_history):
    context = {
        "kind": kind,
        "may_edit": may_edit,
        "may_delete": may_delete,
        "may_hide": may_hide,
        "may_report": may_report,
        "has_history": has_history,
        "address": place("address"),
        **_addresses(kind, "edit", "delete", "hide", "history"),
        "report_url": _with_place(reverse("report:new", args=[kind, SOMETHING])),
    }
    return render_to_string("feed/_menu.html", context)


def _addresses(kind, *names):
    return {f"{name}_url": _with_place(reverse(f"feed:{kind}_{name}", args=[SOMETHING])) for name in names}


def _with_place(address):
    return mark_safe(address.replace(SOMETHING, place("id")))  # noqa: S308 - an address of ours


def _author_seal(author):
    said = ["names", author.name, author.worded_title, author.handle, author.state, str(author.site_id), author.photo or ""]
    return hashlib.sha256("\0".join(said).encode()).hexdigest()[:12]


def key_of(post, variant):
    """Return the cache key of the card of ``post``: its id, its version, the language, and how its author is named today."""
    return f"feed.card:{post.pk}:{post.version}:{get_language()}:{variant}:{_author_seal(post.author)}"


def _drawn(posts, variant):
    """The cards of ``posts``, with their places open; what is not kept is drawn, in two queries for all of it."""
    keys = {post.pk: key_of(post, variant) for post in posts}
    kept = cache.get_many(keys.values())
    missing = [post for post in posts if keys[post.pk] not in kept]
    if missing:
        pictures, answers = _pictures(missing), _answers(missing)
        named = named_in([*missing, *answers.values()])
        new = {keys[post.pk]: _draw(post, variant, pictures.get(post.pk, []), answers.get(post.pk), named) for post in missing}
        cache.set_many(new, KEPT)
        kept |= new
    return {post.pk: kept[keys[post.pk]] for post in posts}


def _pictures(posts):
    found = defaultdict(list)
    for picture in Picture.objects.filter(post__in=[post.pk for post in posts]).order_by("place", "pk"):
        found[picture.post_id].append(picture)
    return found


def _answers(posts):
    kept = Acceptance.objects.filter(post__in=[post.pk for post in posts], is_visible=True).select_related(
        "comment__author", "comment__post"
    )
    return {one.post_id: one.comment for one in kept.order_by("pk")}


def _draw(post, variant, pictures, answer, named):
    is_full = variant.startswith("full")
    shown = post.body if is_full else beginning(post.body)
    is_cut = shown != post.body
    heading = 2 if is_full or not post.title else 3
    meant = named_by(named, post)
    body = prose(shown, meant, top_heading=heading) if shown else format_html("<p>{}</p>", line(excerpt(post.body, EXCERPT), meant))
    context = {
        "post": post,
        "title": line(post.title, meant),
        "author": post.author,
        "is_known": post.author.state != PersonState.LEFT,
        "is_full": is_full,
        "is_cut": is_cut,
        "body": body,
        "pictures": [] if variant.endswith("plain") else pictures,
        "answer": answer if not is_full else None,
        "answer_words": line(excerpt(answer.body, ANSWER), named_by(named, answer)) if answer else "",
        "reasons": place("reasons") if is_full else "",
        "where": place("where"),
        "when": place("when"),
        "useful": place("useful"),
        "menu": place("menu"),
    }
    return render_to_string("feed/_card.html", context)


def cards_for(request, posts, *, overlay=None, variant="feed", reasons=()):
    """Render the cards of ``posts`` as the person of ``request`` sees them, in order; a constant number of queries."""
    posts = list(posts)
    if not posts:
        return []
    overlay = overlay or overlay_for(request.user, posts)
    drawn = _drawn(posts, variant)
    reader = Reader(request, overlay, "".join(drawn.values()))
    cards = []
    for post in posts:
        values = {
            "where": reader.where(post.audience),
            "when": ago(post.published_at),
            "reasons": render_to_string("feed/_reasons.html", {"reasons": reasons}) if reasons else "",
            "useful": reader.useful("post", post),
            "menu": reader.menu("post", post),
        }
        cards.append(filled(reader.names.filled(drawn[post.pk]), values))
    return cards


def comments_for(request, thread):
    """Return the lines of a thread, in order: each comment with its words and what this reader may do."""
    bodies = _bodies(thread.comments)
    shown = {comment.pk for comment in thread.comments}
    reader = Reader(request, thread.overlay, "".join(bodies.values()))
    there = thread.overlay.standing(thread.post.audience)
    return [
        {
            "comment": comment,
            "body": mark_safe(reader.names.filled(bodies[comment.pk])),  # noqa: S308 - sanitised
            "is_known": comment.author.state != PersonState.LEFT,
            "is_accepted": thread.accepted is not None and comment.pk == thread.accepted.pk,
            "about": thread.answers.get(comment.answer_id),
            "is_under_it": comment.answer_id in shown,
            "may_remark": rules.can_remark(request.user, comment, there),
            "may_accept": rules.can_accept(request.user, comment, there),
            "useful": reader.useful("comment", comment),
            "menu": reader.menu("comment", comment),
            "pictures": thread.pictures.get(comment.pk, []),
            "reasons": thread.reasons.get(("comment", comment.pk), []),
            "decision": thread.decisions.get(("comment", comment.pk)),
        }
        for comment in thread.comments
    ]


def accepted_for(request, thread):
    """Return the accepted answer as it stands before all others: None where it is first anyway, or where the page is not the first."""
    accepted = thread.accepted
    if accepted is None or thread.start or thread.comments[:1] == [accepted]:
        return None
    html = _bodies([accepted])[accepted.pk]
    return {
        "comment": accepted,
        "body": mark_safe(Names(request.user, html).filled(html)),  # noqa: S308 - sanitised
        "is_known": accepted.author.state != PersonState.LEFT,
    }


def _bodies(comments):
    """The words of comments as HTML with their places open, by key; what is not kept is drawn, in one query for all of it."""
    keys = {comment.pk: f"feed.words:{comment.pk}:{comment.version}" for comment in comments}
    kept = cache.get_many(keys.values())
    missing = [comment for comment in comments if keys[comment.pk] not in kept]
    if missing:
        named = named_in(missing)
        new = {keys[comment.pk]: prose(comment.body, named_by(named, comment)) for comment in missing}
        cache.set_many(new, KEPT)
        kept |= new
    return {pk: kept[key] for pk, key in keys.items()}


def words_for(person, things):
    """Render the title and the text of ``things`` outside of their place, with names that lead nowhere: pairs of HTML, in order."""
    things = list(things)
    named = named_in(things)
    pairs = [(line(getattr(thing, "title", ""), named_by(named, thing)), prose(thing.body, named_by(named, thing))) for thing in things]
    names = Names(person, "".join(f"{title}{words}" for title, words in pairs))
    return [tuple(mark_safe(names.filled(html, is_linked=False)) for html in pair) for pair in pairs]  # noqa: S308 - sanitised


def reasons_for(person, marks):
    """Give each of ``marks`` its reason as ``person`` reads it, as ``said``: with present names; a constant number of queries."""
    named = named_in(marks)
    lines = [line(mark.reason, named_by(named, mark)) for mark in marks]
    names = Names(person, "".join(lines))
    for mark, words in zip(marks, lines, strict=True):
        mark.said = mark_safe(names.filled(words, is_linked=False))  # noqa: S308 - escaped
    return marks


def useful_piece(request, kind, thing, *, form=None):
    """Render the button of the useful mark alone, as it stands now, and ``form`` under it."""
    posts, comments = ([thing], ()) if kind == "post" else ([thing.post], [thing])
    return Reader(request, overlay_for(request.user, posts, comments), "").useful(kind, thing, form=form)
