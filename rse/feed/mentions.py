"""People named in a text, as ``@handle``: who is meant is kept with the text, and their present name is what is read."""

import re
from collections import defaultdict
from typing import Any

from django.db.models import Q

from rse.core.enums import PersonState
from rse.core.models import Person
from rse.core.people.handles import LINKED, MENTION, NOBODY, SILENT, former_colleague, handle_of, names_somebody, put, somebody
from rse.core.web.markdown import excerpt

from .models import Comment, EditedVersion, Mention, Post, UsefulMark

CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)


def handles_in(text):
    """Return the handles named in ``text``, in order, once each, outside of code."""
    return list(dict.fromkeys(handle_of(match) for match in MENTION.finditer(CODE.sub(" ", text))))


def shown_in(text):
    """Return all the handles that ``text`` shows, in code and in the addresses of profiles too."""
    return list(dict.fromkeys([*(handle_of(match) for match in MENTION.finditer(text)), *LINKED.findall(text)]))


def named_in(things):
    """Return whom the texts of ``things`` mean: by model and key, the keys of people by handle.

    One query; none where nobody is named.
    """
    columns = defaultdict(list)
    for thing in things:
        if names_somebody(words_of(thing)):
            kind, row_id = _place(thing)
            columns[kind].append(row_id)
    named: defaultdict[Any, dict[Any, Any]] = defaultdict(dict)
    if not columns:
        return named
    places = {Post: "post", Comment: "comment", UsefulMark: "useful_mark"}
    wanted = Q()
    for kind, column in places.items():
        wanted |= Q(**{f"{column}__in": columns[kind]})
    for row in Mention.objects.filter(wanted).order_by("pk").values("handle", "person", *places.values()):
        place = next((kind, row[column]) for kind, column in places.items() if row[column])
        named[place][row["handle"]] = row["person"]
    return named


def words_of(thing):
    """Return all the words of a post, a comment, a version of one or a useful mark."""
    return thing.reason if isinstance(thing, UsefulMark) else f"{getattr(thing, 'title', '')} {thing.body}"


def named_by(named, thing):
    """Return the part of ``named_in`` that is about ``thing``: keys of people by handle."""
    return named.get(_place(thing), {})


def _place(thing):
    if isinstance(thing, EditedVersion):
        return (Post, thing.post_id) if thing.post_id else (Comment, thing.comment_id)
    return type(thing), thing.pk


def said(thing, text, *, is_indexed=False):
    """Replace the handles in ``text``, of a post or a comment, by the present names of those meant who work here.

    What is indexed says the same in every language, and nothing of the people who are not here.
    """
    if not names_somebody(text):
        return text
    values, addresses = {}, {}
    for mention in thing.mentions.all():
        is_here = mention.person.state == PersonState.ACTIVE
        addresses[mention.handle] = mention.person.handle if is_here else NOBODY
        if is_here:
            values[mention.handle] = f"@{mention.person.name}"
        elif is_indexed:
            values[mention.handle] = SILENT
        else:
            values[mention.handle] = former_colleague() if mention.person.state == PersonState.LEFT else somebody()
    return put(text, values, addresses)


def as_edited(thing, text):
    """Replace the handles in ``text`` by those that people have today, as far as its author may see them, for the form that edits it.

    Somebody who left has none any more: the words that stand for them are kept if the text is saved otherwise than it was.
    """
    if not names_somebody(text):
        return text
    writer = thing.person if isinstance(thing, UsefulMark) else thing.author
    mentions = list(thing.mentions.select_related("person"))
    seen = Person.objects.visible_to(writer).filter(pk__in=[one.person_id for one in mentions]).exclude(state=PersonState.LEFT)
    handles = dict(seen.values_list("pk", "handle"))
    values = {}
    for mention in mentions:
        gone = former_colleague() if mention.person.state == PersonState.LEFT else somebody()
        values[mention.handle] = f"@{handles[mention.person_id]}" if mention.person_id in handles else gone
    return put(text, values, {mention.handle: handles.get(mention.person_id, NOBODY) for mention in mentions})


def title_of(post, *, is_indexed=False):
    """Return the title of the post, or its beginning, 80 characters at most."""
    return said(post, post.title, is_indexed=is_indexed) or excerpt(said(post, post.body, is_indexed=is_indexed), 80)
