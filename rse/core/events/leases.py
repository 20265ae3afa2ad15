"""Leases of rows: whoever works on one renews it while their process lives, so that another takes it over soon after that process died."""

import datetime
import threading
import time
from contextlib import contextmanager

import structlog
from django.db import connections
from django.db.models import QuerySet

from .. import clock

log = structlog.get_logger(__name__)

LEASE = datetime.timedelta(seconds=25)
BEAT = 8.0  # seconds between two renewals: one may be missed, and the clocks of two hosts may differ by some seconds
SKEW = datetime.timedelta(seconds=5)  # how far the clocks of two hosts may be apart: what is due then is due now

_guard = threading.Lock()
_held: dict[object, tuple[QuerySet, str]] = {}
_keeper: threading.Thread | None = None


@contextmanager
def renewed(rows: QuerySet, column: str = "leased_until"):
    """Move ``column`` of ``rows`` forward every few seconds within the block, on another connection.

    ``rows`` names who holds the lease (by the number of the attempt, say), so that it matches nothing once another took over.
    """
    global _keeper  # noqa: PLW0603 - one thread per process keeps every lease of it
    key = object()
    with _guard:
        _held[key] = (rows, column)
        if _keeper is None:
            _keeper = threading.Thread(target=_keep, name="leases", daemon=True)
            _keeper.start()
    try:
        yield
    finally:
        with _guard:
            _held.pop(key, None)


def _keep() -> None:
    """Renew what is held until nothing is."""
    global _keeper  # noqa: PLW0603 - the next lease starts another
    while True:
        time.sleep(BEAT)
        with _guard:
            current = list(_held.values())
            if not current:
                _keeper = None
                return
        for rows, column in current:
            try:
                rows.update(**{column: clock.now() + LEASE})
            except Exception as error:  # noqa: BLE001 - one row whose lease is lost leaves the others theirs
                log.warning("lease not renewed", rows=rows.model._meta.label, error=type(error).__name__)
        connections.close_all()
