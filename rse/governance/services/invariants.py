"""What the log answers for: each entry follows from the one before."""

from rse.core.ops import invariants

from ..models import AccessLogHead
from .access_log import read_chain


def register_all() -> None:
    invariants.register("access log as it was written", broken_entries)


def broken_entries() -> int:
    """Return 1 where an entry of the log is not as it was written, 0 otherwise."""
    head = AccessLogHead.objects.filter(pk=1).first() or AccessLogHead(pk=1)
    return int(read_chain(head)[1] is not None)
