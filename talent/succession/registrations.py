"""What other rooms learn of plans."""

from django.utils.translation import gettext_lazy as _

from rse.core.access import kinds
from rse.core.web import slots
from rse.governance import gates

from . import rules
from .models import Plan
from .personal_data import declare_fields


def register():
    """Declare the fields, the gate, the kind, the nightly work and the entry of the navigation. Called once, when the room gets ready."""
    declare_fields()
    gates.declare(
        rules.GATE,
        label=_("Succession plans"),
        text=_("Who could take a key position, and when. Named people of HR read it, and each opening is written down."),
    )
    kinds.register(
        kinds.Kind(
            name="plan",
            model=Plan,
            label=_("Succession plan"),
            icon="git-branch",
            is_confidential=True,
            address=lambda plan: plan.get_absolute_url(),
            title=lambda plan: _("A succession plan"),
        )
    )
    slots.navigate(
        slots.Entry(
            _("Human resources"),
            _("Succession plans"),
            "succession:register",
            "git-branch",
            order=110,
            prefixes=("succession:",),
            shown=rules.prepares_plans,
        )
    )
