"""What is kept of decisions about accounts: the links of their mails go when they no longer work."""

from rse.core import clock

from ..models import AddressChange


def forget_links() -> int:
    """Blank the hashes of the links of mails that expired; how many."""
    return AddressChange.objects.filter(token_expires_at__lt=clock.now()).exclude(token_hash="").update(token_hash="")
