"""What of this room can be linked to."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rse.core.access.kinds import Kind
from rse.core.access.kinds import register as register_kind
from rse.core.models import Person

from .models import Confirmation, HelpConfirmation, LedgerLine, Wish

TALENT_FILE = "talent_file"


def register():
    """Register the kinds of this room."""
    register_kind(
        Kind(
            name="ledger_line",
            model=LedgerLine,
            label=_("Contribution"),
            icon="sparkles",
            address=lambda line: line.get_absolute_url(),
            title=lambda line: line.get_kind_display(),
            about=lambda line: line.person_id,
        )
    )
    register_kind(
        Kind(
            name="help_confirmation",
            model=HelpConfirmation,
            label=_("Confirmed help"),
            icon="handshake",
            address=lambda act: act.get_absolute_url(),
            title=lambda act: act.get_kind_display(),
            about=lambda act: act.by_id,
            with_card=lambda rows: rows.select_related("person"),
        )
    )
    register_kind(
        Kind(
            name="skill_confirmation",
            model=Confirmation,
            label=_("Confirmed skill"),
            icon="badge-check",
            address=lambda one: one.person.get_absolute_url(),
            title=lambda one: one.skill.label,
            about=lambda one: one.by_id,
            with_card=lambda rows: rows.select_related("person", "skill"),
        )
    )
    register_kind(
        Kind(
            name="wish",
            model=Wish,
            label=_("Wish"),
            icon="compass",
            is_confidential=True,
            address=lambda wish: wish.get_absolute_url(),
            title=lambda wish: _("My wish"),
        )
    )
    # What the access log says was opened: the doing side of a profile, apart from its card.
    register_kind(
        Kind(
            name=TALENT_FILE,
            model=Person,
            label=_("What I did for others"),
            icon="sparkles",
            is_confidential=True,
            address=lambda person: reverse("contributions:of", args=[person.handle]),
            title=lambda person: person.name,
        )
    )
