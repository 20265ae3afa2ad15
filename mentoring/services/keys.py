"""Wrapping the keys of pairs anew when NOTES_KEY changes."""

from __future__ import annotations

from django.db import transaction

from .. import encryption
from ..models import NotesKey

AT_ONCE = 200


def rewrap_keys() -> tuple[int, int, int]:
    """Wrap with NOTES_KEY every key that a former one wraps; return how many were wrapped anew, were so already, and open with none.

    The words themselves are not touched; a key that opens with none is left as it is.
    """
    wrapped = current = closed = 0
    last = 0
    while ids := list(NotesKey.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        last = ids[-1]
        with transaction.atomic():
            for key in NotesKey.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=ids).order_by("pk"):
                if encryption.is_current(bytes(key.wrapped), place=key.public_id):
                    current += 1
                    continue
                try:
                    plain = encryption.unwrap(bytes(key.wrapped), place=key.public_id)
                except encryption.CannotOpen:
                    closed += 1
                    continue
                NotesKey.objects.filter(pk=key.pk).update(wrapped=encryption.wrap(plain, place=key.public_id))
                wrapped += 1
    return wrapped, current, closed
