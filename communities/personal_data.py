"""What each field of this room is about a person."""

from rse.core.fields import NOT_PERSONAL, Erasure, declare, personal


def declare_fields():
    """Fill the registry for the models of this room."""
    maker = personal("who began it or ended it", retention="as long as the community", is_exported=False, erasure=Erasure.ANONYMISE)
    declare(
        "communities.Community",
        public_id=NOT_PERSONAL,
        audience=NOT_PERSONAL,
        slug=NOT_PERSONAL,
        name=NOT_PERSONAL,
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
    aside = personal("to bring a deleted community back with its members", retention="30 days", is_exported=False)
    declare("communities.SetAsideMembership", community=aside, person=aside, role=aside, joined_at=aside)
    asked = personal("to let hosts answer who asks to join", retention="90 days after the answer")
    answered = personal("who answered", retention="90 days after the answer", is_exported=False, erasure=Erasure.ANONYMISE)
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
    invited = personal("to let one person in, once", retention="14 days, or 90 days after it was used")
    declare(
        "communities.CommunityInvitation",
        public_id=NOT_PERSONAL,
        community=invited,
        audience=NOT_PERSONAL,
        person=invited,
        invited_by=personal("who let somebody in", retention="14 days, or 90 days after it was used", is_exported=False),
        token_hash=NOT_PERSONAL,
        created_at=invited,
        expires_at=invited,
        used_at=invited,
    )
    wished = personal("to let HR agree to a secret community", retention="90 days after the answer")
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
        answered_by=answered,
        is_approved=wished,
    )
