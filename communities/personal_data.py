"""What each field of this room is about a person."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rse.core.ops.periods import After, AsLong, Employed, Span
from rse.core.ops.personal_fields import NOT_PERSONAL, Erasure, declare, personal

from .services import erase_communities

QUARTER = Span(days=90)


def declare_fields():
    """Fill the registry for the models of this room."""
    undone = After(
        model="communities.Community",
        things=_("Deleted communities"),
        since="deleted_at",
        event=_("it is deleted"),
        lasts=Span(days=30),
        does=erase_communities,
    )
    maker = personal(
        "who began it or ended it",
        retention=(AsLong(_("the community"), ("communities.Community",)), undone),
        is_exported=False,
        erasure=Erasure.ANONYMISE,
    )
    declare(
        "communities.Community",
        public_id=NOT_PERSONAL,
        audience=NOT_PERSONAL,
        slug=NOT_PERSONAL,
        name=NOT_PERSONAL,
        found_by=NOT_PERSONAL,
        sorts_as=NOT_PERSONAL,
        purpose=NOT_PERSONAL,
        kind=NOT_PERSONAL,
        next_kind=NOT_PERSONAL,
        next_kind_at=NOT_PERSONAL,
        is_archived=NOT_PERSONAL,
        version=NOT_PERSONAL,
        created_by=maker,
        created_at=NOT_PERSONAL,
        deleted_by=maker,
        deleted_at=NOT_PERSONAL,
        submission=NOT_PERSONAL,
    )
    aside = personal("to bring a deleted community back with its members", retention=undone, is_exported=False)
    declare("communities.SetAsideMembership", community=aside, person=aside, role=aside, joined_at=aside)
    answer: dict[str, Any] = {"since": "answered_at", "event": _("the answer"), "lasts": QUARTER}
    joining = (
        After(model="communities.JoinRequest", things=_("Requests to join"), **answer),
        Employed(model="communities.JoinRequest", things=_("Requests to join of people who left"), lasts=Span(days=30)),
    )
    creating = (
        After(model="communities.CreationRequest", things=_("Requests for secret communities"), **answer),
        Employed(
            model="communities.CreationRequest",
            things=_("Requests for secret communities of people who left"),
            person="asked_by",
            lasts=Span(days=30),
        ),
    )
    inviting = (
        After(
            model="communities.CommunityInvitation",
            things=_("Invitations that ran out"),
            since="expires_at",
            event=_("the invitation ends"),
            among=Q(used_at=None),
        ),
        After(
            model="communities.CommunityInvitation",
            things=_("Invitations that were used"),
            since="used_at",
            event=_("it was used"),
            lasts=QUARTER,
        ),
    )
    asked = personal("to let hosts answer who asks to join", retention=joining)
    answered, agreed = (
        personal("who answered", retention=kept, is_exported=False, erasure=Erasure.ANONYMISE) for kept in (joining, creating)
    )
    declare(
        "communities.JoinRequest",
        public_id=NOT_PERSONAL,
        community=asked,
        audience=NOT_PERSONAL,
        person=asked,
        words=asked,
        asked_at=asked,
        answered_at=asked,
        answered_by=answered,
        is_accepted=asked,
    )
    invited = personal("to let one person in, once", retention=inviting)
    declare(
        "communities.CommunityInvitation",
        public_id=NOT_PERSONAL,
        community=invited,
        audience=NOT_PERSONAL,
        person=invited,
        invited_by=personal("who let somebody in", retention=inviting, is_exported=False),
        token_hash=NOT_PERSONAL,
        created_at=invited,
        expires_at=invited,
        used_at=invited,
    )
    wished = personal("to let HR agree to a secret community", retention=creating)
    declare(
        "communities.CreationRequest",
        public_id=NOT_PERSONAL,
        community=NOT_PERSONAL,
        name=wished,
        purpose=wished,
        is_protected=wished,
        asked_by=wished,
        asked_at=wished,
        answered_at=wished,
        answered_by=agreed,
        is_approved=wished,
    )
