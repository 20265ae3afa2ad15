"""What was decided about addresses and accounts, forgotten when its time is over."""

import datetime

from django.db import transaction

from rse.core import clock

from ..models import AccountReopening, AddressChange, AddressMove

DECISIONS_KEPT = datetime.timedelta(days=3 * 365 + 1)


@transaction.atomic
def forget_decisions() -> int:
    """Delete the changes of addresses, moves and reopenings asked for more than three years ago, and blank the links that expired.

    Return how many rows were deleted.
    """
    now = clock.now()
    AddressChange.objects.filter(token_expires_at__lt=now).exclude(token_hash="").update(token_hash="")
    old = now - DECISIONS_KEPT
    return sum(model.objects.filter(asked_at__lt=old).delete()[0] for model in (AddressChange, AddressMove, AccountReopening))
