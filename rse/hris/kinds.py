"""What notices of this room lead to: a page, and no name."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rse.core.access.kinds import Kind, register

from .models import UnlistedPerson


def register_all():
    """Register those whom a file does not name as a kind, for notices."""
    register(
        Kind(
            name="unlisted_person",
            model=UnlistedPerson,
            label=_("Somebody absent from the files"),
            icon="user-x",
            is_confidential=True,
            address=lambda row: reverse("imports:unlisted"),
            title=lambda row: _("Absent from the files"),
            about=lambda row: row.person_id,
        )
    )
