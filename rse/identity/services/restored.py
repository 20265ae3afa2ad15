"""What a backup that was put back must not bring to life again: links, cards and codes that were used or ended since it was made."""

from __future__ import annotations

from django.db.models import F

from rse.core import clock

from ..enums import ChangeState
from ..models import AccountReopening, AddressChange, Invitation, RecoveryCode, SignInCard
from .address_writing import NO_LINKS, close_changes


def end_secrets() -> None:
    """End every link, card, request and code with which somebody could come in; passwords and second factors stay.

    An address that somebody asked for themselves is asked for again: both its links are gone. Others wait on, without the link of the mail.
    """
    now = clock.now()
    Invitation.objects.filter(used_at=None, ended_at=None).update(ended_at=now)
    SignInCard.objects.open().update(ended_at=now)
    AccountReopening.objects.filter(closed_at=None).update(closed_at=now)
    RecoveryCode.objects.all().delete()
    own = AddressChange.objects.waiting().filter(asked_by=F("person"))
    close_changes(list(own.order_by("pk").values_list("pk", flat=True)), ChangeState.ENDED)
    AddressChange.objects.waiting().update(**NO_LINKS)
