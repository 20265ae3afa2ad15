"""A person's notices, worded for them now."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Subquery
from django.db.models.functions import Coalesce
from django.template.loader import select_template
from django.utils.html import strip_tags

from rse.core.models import Person

from . import wordings
from .models import Notification, SeenPosition

MOST_COUNTED = 99
WHITE = re.compile(r"[ \t\r\n]+")  # what holds two words together stays


@dataclass
class Line:
    """One notice as its recipient may read it now."""

    notice: Notification
    actor: Person | None
    is_new: bool
    said: Mapping[str, Any]

    @cached_property
    def sentence(self) -> str:
        """Its words in the language that is spoken now, without marks."""
        template = select_template(wordings.templates_of(self.notice.event))
        words = template.render({"notice": self.notice, "actor": self.actor, "said": self.said, **self.said})
        return WHITE.sub(" ", html.unescape(strip_tags(words))).strip()


def position_of(person: Person) -> int:
    """Return the id of the newest notice that this person has seen, 0 when there is none."""
    return SeenPosition.objects.filter(person=person).values_list("position", flat=True).first() or 0


def lines_for(person: Person, notices: Sequence[Notification], *, seen: int = 0) -> list[Line]:
    """Return ``notices`` in their order, worded, without those whose subject this person may no longer read.

    Costs one query for the people who acted and a constant number for each event that occurs.
    """
    wanted: dict[tuple[str, str], set[int]] = defaultdict(set)
    for notice in notices:
        wanted[notice.event, notice.kind].add(notice.row_id)
    told = {(event, kind): wordings.get(event).fill(kind, ids, person) for (event, kind), ids in wanted.items()}
    actor_ids = {notice.actor_id for notice in notices if notice.actor_id}
    actors = Person.objects.visible_to(person).in_bulk(actor_ids) if actor_ids else {}
    return [
        Line(notice, actors.get(notice.actor_id), notice.pk > seen and not notice.is_opened, said)
        for notice in notices
        if (said := told[notice.event, notice.kind].get(notice.row_id)) is not None
    ]


def new_lines(person: Person) -> list[Line]:
    """Return the lines that this person would find new now, one more than ``MOST_COUNTED`` at most; none that they may no longer read."""
    seen = Coalesce(Subquery(SeenPosition.objects.filter(person=person).values("position")), 0)
    newest = Notification.objects.visible_to(person).filter(pk__gt=seen, is_opened=False).order_by("-pk")
    return lines_for(person, list(newest[: MOST_COUNTED + 1]))


def unseen_count(person: Person) -> int:
    """Count the lines that this person would find new now."""
    return len(new_lines(person))
