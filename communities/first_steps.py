"""What is done first with communities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy, ngettext

from rse.core.ops import first_steps
from rse.core.ops.first_steps import State, Step

from .models import Community

if TYPE_CHECKING:
    from rse.core.models import Person


def register_all() -> None:
    first_steps.register(
        Step(
            name="communities",
            label=gettext_lazy("First communities"),
            text=gettext_lazy("Where whoever comes in finds something to read. Only those of which everybody may know are counted here."),
            look=communities,
            order=80,
            url_name="communities:list",
            action=gettext_lazy("Open the communities"),
        )
    )


def communities(_reader: Person | None) -> State:
    """Return how many communities there are of which everybody may know: of others nobody learns by a number."""
    count = Community.objects.known_to_all().count()
    return State(bool(count), ngettext("%(count)s community.", "%(count)s communities.", count) % {"count": count})
