"""What Wagtail says has happened to a page, told to the services that know what follows from it.

Wagtail publishes without a transaction: where what follows is refused, what it had written by then goes too.
"""

from django.db import transaction
from wagtail.log_actions import get_active_log_context

from . import services
from .models import HandbookPage


def page_published(sender, instance, revision=None, **kwargs):
    if not isinstance(instance, HandbookPage):
        return
    try:
        services.note_published(page=instance, publisher=_actor() or (revision.user if revision else None))
    except Exception:
        if transaction.get_connection().in_atomic_block:
            transaction.set_rollback(True)
        raise


def page_unpublished(sender, instance, **kwargs):
    if isinstance(instance, HandbookPage):
        services.note_unpublished(page=instance, actor=_actor())


def page_moved(sender, instance, **kwargs):
    page = instance.specific  # the screens move the row of the tree
    if isinstance(page, HandbookPage):
        services.note_moved(page=page, actor=_actor())


def _actor():
    """Who works in Wagtail's screens now."""
    return get_active_log_context().user
