"""What this room tells of the installation to ``manage.py doctor``."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rse.core.ops import doctor
from rse.core.ops.checks.site import is_local
from rse.core.ops.doctor import Finding, hurts, well

from .enums import Way
from .models import Invitation


def register_all() -> None:
    doctor.register("invitations", gettext_lazy("Invitations"), invitations, needs_tables=True)


def invitations() -> Finding:
    """Check whether the links of the invitations that were sent lead here from elsewhere."""
    sent = Invitation.objects.exclude(sent_to=Way.HAND).count()
    if sent and is_local():
        return hurts(
            ngettext(
                "%(count)s invitation was sent with a link to %(address)s.",
                "%(count)s invitations were sent with links to %(address)s.",
                sent,
            )
            % {"count": sent, "address": settings.SITE_URL},
            _("Set SITE_URL to the address that people type, start again, and send the invitations once more."),
        )
    return well(_("No invitation leads astray."))
