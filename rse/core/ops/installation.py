"""What is true of this installation as a whole, read once per process and again when it changes."""

from django.core.cache import cache
from django.db import transaction

from ..models import Installation

KEY = "installation"


def installation() -> Installation:
    """Return the one row, or an unsaved empty one before it is written; cached for 300 seconds."""
    found = cache.get(KEY)
    if found is None:
        found = Installation.objects.filter(pk=1).first() or Installation(pk=1)
        cache.set(KEY, found, 300)
    return found


@transaction.atomic
def describe(**values) -> Installation:
    """Write what is true of this installation."""
    row, _new = Installation.objects.update_or_create(pk=1, defaults=values)
    transaction.on_commit(lambda: cache.delete(KEY))
    return row
