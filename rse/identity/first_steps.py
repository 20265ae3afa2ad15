"""What an administrator does first so that people come in."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rse.core import clock
from rse.core.enums import PersonState
from rse.core.models import Person
from rse.core.ops import first_steps
from rse.core.ops.first_steps import State, Step

from . import rules
from .models import Invitation, SignInCard
from .queries import NO_ACCOUNT

if TYPE_CHECKING:
    from rse.core.models import Person as Reader

CALENDARS = datetime.timedelta(days=2)  # between the dates of two sites at one instant


def register_all() -> None:
    first_steps.register(
        Step(
            name="invitations",
            label=gettext_lazy("Invitations"),
            text=gettext_lazy("Each person gets a link with which they choose a password: by mail, or from your hand."),
            look=invitations,
            order=110,
            url_name="identity:invitations",
            action=gettext_lazy("Open the invitations"),
        )
    )


def invitations(_reader: Reader | None) -> State:
    """Return how many came in, and how many of those who may were given neither a link nor a card."""
    people = Person.objects.exclude(state=PersonState.LEFT)
    counts = people.aggregate(all=Count("pk"), came=Count("pk", filter=~NO_ACCOUNT))
    came, never = counts["came"], _never_invited()
    said = [
        ngettext("%(count)s person came in.", "%(count)s people came in.", came) % {"count": came},
        ngettext("%(count)s was never invited.", "%(count)s were never invited.", never) % {"count": never} if never else "",
    ]
    others = counts["all"] > 1
    return State(others and not never, " ".join(filter(None, said)) if others else _("There is nobody to invite yet."))


def _never_invited() -> int:
    """Return how many who never came in were given nothing to come in by, without those whose door is still shut."""
    links, cards = (model.objects.filter(person=OuterRef("pk")) for model in (Invitation, SignInCard))
    people = Person.objects.exclude(state=PersonState.LEFT).filter(NO_ACCOUNT).exclude(Exists(links)).exclude(Exists(cards))
    soon = clock.today() + rules.OPENS_BEFORE + CALENDARS
    expected = people.filter(state=PersonState.EXPECTED, hired_on__lte=soon).select_related("site").order_by("pk")
    return people.exclude(state=PersonState.EXPECTED).count() + sum(rules.is_open_to(person) for person in expected)
