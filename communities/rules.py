"""Who may act in a community: one predicate per verb, asked by the service that does it and by the page that offers it.

``role`` saves a look-up where the caller knows what the person is there; an empty one means no member.
"""

from typing import Any

from rse.core.enums import HOSTING, AudienceType, Role
from rse.core.models import Person
from rse.feed.rules import standing_in

from .enums import RANKS, WIDTHS, CommunityKind, MemberRole


def role_of(person: Person, community: Any) -> str:
    """Return the role of ``person`` in ``community``: empty for no member, or somebody who may not sign in."""
    return standing_in(person, community.audience).role


def _role(person: Person, community: Any, role: str | None) -> str:
    return role_of(person, community) if role is None else role


def _hosts(person: Person, community: Any, role: str | None) -> bool:
    return not community.is_deleted and _role(person, community, role) in HOSTING


def _owns(person: Person, community: Any, role: str | None) -> bool:
    return not community.is_deleted and _role(person, community, role) == MemberRole.OWNER


def can_create(person: Person) -> bool:
    """Allow everyone who is here; a secret community then waits for HR."""
    return person.is_present


def can_decide_creation(person: Person, request: Any) -> bool:
    """Allow HR over the unit of the asker, and never the asker."""
    return request.is_open and person.pk != request.asked_by_id and person.holds_over(Role.HR, request.asked_by.unit_id)


def can_withdraw_creation(person: Person, request: Any) -> bool:
    return request.is_open and person.pk == request.asked_by_id


def can_edit(person: Person, community: Any, role: str | None = None) -> bool:
    return _hosts(person, community, role)


def can_change_kind(person: Person, community: Any, kind: str, role: str | None = None) -> bool:
    """Allow owners; a cohort stays what it is."""
    return (
        kind in CommunityKind.values
        and kind != community.kind
        and community.audience.kind == AudienceType.COMMUNITY
        and _owns(person, community, role)
    )


def can_protect(person: Person, community: Any, role: str | None = None) -> bool:
    return _owns(person, community, role)


def can_archive(person: Person, community: Any, role: str | None = None) -> bool:
    return _owns(person, community, role)


def can_delete(person: Person, community: Any, role: str | None = None) -> bool:
    return community.audience.kind == AudienceType.COMMUNITY and _owns(person, community, role)


def can_restore(person: Person, community: Any) -> bool:
    """Allow whoever deleted the community, as long as it can be undone."""
    return community.is_deleted and person.is_present and person.pk == community.deleted_by_id


def _is_joinable(person: Person, community: Any, kind: str, role: str | None) -> bool:
    return (
        person.is_present
        and community.kind == kind
        and not community.is_deleted
        and not community.is_archived
        and not _role(person, community, role)
    )


def can_join(person: Person, community: Any, role: str | None = None) -> bool:
    """Allow anyone who is here, where the community is open."""
    return _is_joinable(person, community, CommunityKind.OPEN, role)


def can_ask_to_join(person: Person, community: Any, role: str | None = None) -> bool:
    """Allow anyone who is here, where hosts answer and everybody may know; administrators wait to be invited.

    So no power of theirs seems to open it.
    """
    is_asked = community.is_known_to_all and _is_joinable(person, community, CommunityKind.CLOSED, role)
    return is_asked and not person.holds(Role.ADMINISTRATOR)


def can_answer_requests(person: Person, community: Any, role: str | None = None) -> bool:
    return _hosts(person, community, role)


def can_invite(person: Person, community: Any, role: str | None = None) -> bool:
    return not community.is_archived and _hosts(person, community, role)


def can_export(person: Person, community: Any, role: str | None = None) -> bool:
    return _hosts(person, community, role)


def can_leave(person: Person, community: Any, role: str | None = None) -> bool:
    return not community.is_deleted and bool(_role(person, community, role))


def can_remove(person: Person, community: Any, subject_role: str, role: str | None = None) -> bool:
    """Allow hosts to remove those whose role is below theirs."""
    role = _role(person, community, role)
    return _hosts(person, community, role) and bool(subject_role) and RANKS[subject_role] < RANKS[role]


def can_change_role(person: Person, community: Any, subject: Person, new_role: str, role: str | None = None) -> bool:
    """Allow owners, for others, up to the role that they hold themselves."""
    role = _role(person, community, role)
    return (
        new_role in RANKS
        and bool(new_role)
        and person.pk != subject.pk
        and _owns(person, community, role)
        and RANKS[new_role] <= RANKS[role]
    )


def can_take_over(person: Person, community: Any, role: str | None = None, *, has_owner: bool) -> bool:
    """Allow a member of a community that nobody owns any more."""
    return not has_owner and not community.is_deleted and person.is_present and bool(_role(person, community, role))


def can_see_secret_sizes(person: Person) -> bool:
    """Allow administrators to see that secret communities exist, how large, whose: without a name and without members."""
    return person.holds(Role.ADMINISTRATOR)


def is_wider(kind: str, than: str) -> bool:
    """Return whether ``kind`` lets more people know or read than ``than``."""
    return WIDTHS[kind] > WIDTHS[than]
