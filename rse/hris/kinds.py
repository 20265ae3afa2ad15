"""What notices of this room lead to: a page, and no name."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rse.core.access.kinds import Kind, register

from .models import ImportBatch, UnlistedPerson


def register_all():
    """Register files that wait, and those whom a file does not name, as kinds, for notices."""
    register(
        Kind(
            name="import_batch",
            model=ImportBatch,
            label=_("Import of people"),
            icon="file-up",
            is_confidential=True,
            address=lambda row: reverse("imports:detail", args=[row.public_id]),
            title=lambda row: _("A file of HR"),
        )
    )
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
