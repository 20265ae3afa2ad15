"""What of this room can be linked to."""

from django.utils.translation import gettext_lazy as _

from rse.core.access.kinds import Kind
from rse.core.access.kinds import register as register_kind

from .models import Plan


def register():
    """Register the kind of this room."""
    register_kind(
        Kind(
            name="plan",
            model=Plan,
            label=_("Succession plan"),
            icon="git-branch",
            is_confidential=True,
            address=lambda plan: plan.get_absolute_url(),
            title=lambda plan: _("A succession plan"),
        )
    )
