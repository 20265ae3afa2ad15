"""What communities answer for: a community and its audience say the same, and nobody is a member of one that was deleted."""

from django.db.models import Q

from rse.core.models import AudienceMember
from rse.core.ops import invariants

from ..enums import CommunityKind
from ..models import Community


def register_all() -> None:
    invariants.register("communities as open as their audience", opened_otherwise)
    invariants.register("deleted communities without members", members_of_deleted)


def opened_otherwise() -> int:
    """Count the standing communities whose audience is not open, secret or frozen as their kind says."""
    is_open = Q(kind=CommunityKind.OPEN, audience__is_open=True) | ~Q(kind=CommunityKind.OPEN) & Q(audience__is_open=False)
    hidden = Q(kind=CommunityKind.SECRET) | Q(kind=CommunityKind.CLOSED, audience__is_protected=True)
    is_secret = hidden & Q(audience__is_secret=True) | ~hidden & Q(audience__is_secret=False)
    is_frozen = Q(is_archived=True, audience__is_frozen=True) | Q(is_archived=False, audience__is_frozen=False)
    return Community.objects.filter(deleted_at=None).exclude(is_open & is_secret & is_frozen).count()


def members_of_deleted() -> int:
    gone = Community.objects.filter(deleted_at__isnull=False).values("audience")
    return AudienceMember.objects.filter(audience__in=gone).count()
