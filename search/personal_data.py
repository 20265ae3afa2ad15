"""What each field of this room is about a person."""

from django.utils.translation import gettext_lazy as _

from rse.core.ops.periods import AsLong
from rse.core.ops.personal_fields import NOT_PERSONAL, declare, personal


def declare_fields():
    """Fill the registry for the models of this room."""
    words = personal(
        "to find by its words what a reader may open",
        retention=AsLong(_("what it is a copy of"), (), "search.services.reconcile"),
        is_exported=False,
    )
    declare(
        "search.SearchDocument",
        kind=NOT_PERSONAL,
        object_id=words,
        title=words,
        body=words,
        language=NOT_PERSONAL,
        moment=NOT_PERSONAL,
        seal=NOT_PERSONAL,
    )
