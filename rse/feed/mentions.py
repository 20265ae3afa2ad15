"""People named in a text, as ``@handle``: who is meant is kept with the text, and their present name is what is read."""

import re
from collections import defaultdict

from django.db.models import Q
from django.utils.translation import pgettext

from rse.core.enums import PersonState
from rse.core.prose import excerpt

from .models import Comment, EditedVersion, Mention, Post

# Handles are slugs. What comes before tells a mention from an e-mail address or a path.
MENTION = re.compile(r"(?<![\w@/.+-])@([\w-]{1,80})(?!@)", re.ASCII)
CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)
LINKED_PROFILE = "/people/"
LINKED = re.compile(rf"{LINKED_PROFILE}([\w-]{{1,80}})", re.ASCII)
SILENT = "…"


def handle_of(match):
    """Return the handle that was written, as handles are kept."""
    return match[1].rstrip("-").lower()


def handles_in(text):
    """The handles named in ``text``, in order, once each, outside of code."""
    return list(dict.fromkeys(handle_of(match) for match in MENTION.finditer(CODE.sub(" ", text))))


def linked_in(text):
    """The handles in the addresses of profiles that ``text`` holds."""
    return list(dict.fromkeys(LINKED.findall(text)))


def put(text, values):
    """Return ``text`` with each mention of a handle of ``values`` replaced by its value; others stand as they were written."""

    def of(match):
        handle = handle_of(match)
        written = match[1].rstrip("-")
        return f"{values[handle]}{match[1][len(written) :]}" if handle in values else match[0]

    return MENTION.sub(of, text)


def put_outside_code(text, values):
    """The same for Markdown: what stands in code is no mention."""
    pieces, end = [], 0
    for code in CODE.finditer(text):
        pieces += [put(text[end : code.start()], values), code[0]]
        end = code.end()
    return "".join([*pieces, put(text[end:], values)])


def former_colleague():
    """Return what stands for somebody who no longer works here."""
    return pgettext("somebody named in a text", "a former colleague")


def somebody():
    """Return what stands for somebody whom the reader may not see."""
    return pgettext("somebody named in a text", "somebody")


def named_in(things):
    """Whom the texts of ``things`` mean: by model and key, the keys of people by handle; one query, none where nobody is named."""
    columns = defaultdict(list)
    for thing in things:
        text = f"{getattr(thing, 'title', '')}{thing.body}"
        if "@" in text or LINKED_PROFILE in text:
            kind, row_id = _place(thing)
            columns[kind].append(row_id)
    named = defaultdict(dict)
    if not columns:
        return named
    rows = Mention.objects.filter(Q(post__in=columns[Post]) | Q(comment__in=columns[Comment]))
    for post, comment, handle, person in rows.order_by("pk").values_list("post", "comment", "handle", "person"):
        named[(Post, post) if post else (Comment, comment)][handle] = person
    return named


def named_by(named, thing):
    """The part of ``named_in`` that is about ``thing``."""
    return named.get(_place(thing), {})


def _place(thing):
    if isinstance(thing, EditedVersion):
        return (Post, thing.post_id) if thing.post_id else (Comment, thing.comment_id)
    return type(thing), thing.pk


def said(thing, text, *, is_indexed=False):
    """``text`` of a post or a comment as everybody reads it: with the present names of those it means who work here.

    What is indexed is the same in every language: it holds nothing of the others.
    """
    if "@" not in text:
        return text
    values = {}
    for mention in thing.mentions.all():
        if mention.person.state == PersonState.ACTIVE:
            values[mention.handle] = f"@{mention.person.name}"
        elif is_indexed:
            values[mention.handle] = SILENT
        else:
            values[mention.handle] = former_colleague() if mention.person.state == PersonState.LEFT else somebody()
    return put_outside_code(text, values)


def as_edited(thing, text):
    """``text`` as its author finds it in the form: under the handles that the people have today."""
    if "@" not in text:
        return text
    return put_outside_code(text, {mention.handle: f"@{mention.person.handle}" for mention in thing.mentions.select_related("person")})


def title_of(post, *, is_indexed=False):
    """Its title, or how it begins."""
    return said(post, post.title, is_indexed=is_indexed) or excerpt(said(post, post.body[:1000], is_indexed=is_indexed), 80)
