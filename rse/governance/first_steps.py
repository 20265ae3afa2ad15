"""What an administrator does first with the charter and the features of HR."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rse.core.ops import first_steps
from rse.core.ops.first_steps import State, Step

from . import queries

if TYPE_CHECKING:
    from rse.core.models import Person


def register_all() -> None:
    first_steps.register(
        Step(
            name="charter",
            label=gettext_lazy("A charter that is published"),
            text=gettext_lazy("Everybody accepts it before they publish. Its text is written among the guides."),
            look=charter,
            order=60,
            url_name="charter:detail",
            action=gettext_lazy("Open the charter"),
        )
    )
    first_steps.register(
        Step(
            name="features",
            label=gettext_lazy("Features of HR that wait"),
            text=gettext_lazy(
                "Each is off until the works council was consulted, employees were told, and the head of HR said yes to what another wrote."
            ),
            look=features,
            order=90,
            url_name="features:list",
            action=gettext_lazy("Open the features of HR"),
            by_hand=gettext_lazy("The others stay off"),
        )
    )


def charter(_reader: Person | None) -> State:
    """Return whether a version of the charter is in force."""
    current = queries.current_charter()
    if current is None:
        return State(is_done=False, said=_("None is published."))
    return State(is_done=True, said=_("Version %(version)s is in force.") % {"version": current.version})


def features(_reader: Person | None) -> State:
    """Return how many features are on, and for each other what it waits for."""
    switches = queries.switches()
    on = sum(is_open for _gate, _switch, is_open in switches)
    said = ngettext("%(count)s of %(all)s is on.", "%(count)s of %(all)s are on.", on) % {"count": on, "all": len(switches)}
    closed = [(gate, switch) for gate, switch, is_open in switches if not is_open]
    can_say_yes = queries.heads_who_may_confirm([switch for _gate, switch in closed if switch])
    waits = tuple(
        _("%(feature)s: %(what)s") % {"feature": gate.label, "what": queries.waits_for(switch, can_say_yes)} for gate, switch in closed
    )
    return State(on == len(switches), said, waits)
