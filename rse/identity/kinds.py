"""What notices of this room lead to. None of it has a name in it: who may say a yes reads whose on the page."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rse.core.access.kinds import Kind, register

from .models import AccountReopening, AddressChange, AddressMove


def register_all():
    """Register what waits for a decision as kinds, for notices."""
    waits = (
        ("address_change", AddressChange, _("Other address")),
        ("address_move", AddressMove, _("Other domain")),
        ("account_reopening", AccountReopening, _("Account that is shut")),
    )
    for name, model, label in waits:
        register(
            Kind(
                name=name,
                model=model,
                label=label,
                icon="key-round",
                is_confidential=True,
                address=lambda row: reverse("identity:waiting"),
                title=lambda row: _("Accounts that wait"),
                about=lambda row: getattr(row, "person_id", None),
            )
        )
