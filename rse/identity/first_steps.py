"""What an administrator does first so that people come in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rse.core.enums import PersonState
from rse.core.models import Person
from rse.core.ops import first_steps
from rse.core.ops.first_steps import State, Step

from .models import Invitation
from .queries import NO_ACCOUNT

if TYPE_CHECKING:
    from rse.core.models import Person as Reader


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
    """Return how many came in, and how many were never invited."""
    people = Person.objects.exclude(state=PersonState.LEFT)
    came = people.exclude(NO_ACCOUNT).count()
    invited = Invitation.objects.filter(person=OuterRef("pk"))
    never = people.filter(NO_ACCOUNT).exclude(Exists(invited)).count()
    said = [
        ngettext("%(count)s person came in.", "%(count)s people came in.", came) % {"count": came},
        ngettext("%(count)s was never invited.", "%(count)s were never invited.", never) % {"count": never} if never else "",
    ]
    others = people.count() > 1
    return State(others and not never, " ".join(filter(None, said)) if others else _("There is nobody to invite yet."))
