"""Who may act on posts and comments: one predicate per verb, asked by the service that does it and by the page that offers it."""

from dataclasses import dataclass
from typing import Any

from rse.core.enums import HOSTING, AudienceType
from rse.core.models import AudienceMember, Person

MEMBER = "member"


@dataclass(frozen=True)
class Standing:
    """The role of ``person`` in an audience (empty for none), and whether anything may be written there now."""

    role: str = ""
    is_frozen: bool = False

    @property
    def may_write(self) -> bool:
        return bool(self.role) and not self.is_frozen

    @property
    def is_host(self) -> bool:
        return self.role in HOSTING


def standing_from(person: Person, audience: Any, role: str | None) -> Standing:
    """Return the standing of ``person`` whose membership of ``audience`` says ``role``; everyone present belongs to everyone."""
    if not person.may_sign_in:
        return Standing(is_frozen=audience.is_frozen)
    if not role and audience.kind == AudienceType.EVERYONE and person.is_present:
        role = MEMBER
    return Standing(role or "", audience.is_frozen)


def standing_in(person: Person, audience: Any) -> Standing:
    """Return the standing of ``person`` in ``audience``, with their role asked of the database."""
    return standing_from(
        person, audience, AudienceMember.objects.filter(person=person.pk, audience=audience).values_list("role", flat=True).first()
    )


def _standing(person: Person, audience: Any, standing: Standing | None) -> Standing:
    return standing_in(person, audience) if standing is None else standing


def can_post(person: Person, audience: Any, standing: Standing | None = None) -> bool:
    """Allow members to post unless the audience is frozen. An open audience is read by everyone and written in by its members."""
    return _standing(person, audience, standing).may_write


def can_comment(person: Person, post: Any, standing: Standing | None = None) -> bool:
    return post.is_visible and _standing(person, post.audience, standing).may_write


def can_remark(person: Person, comment: Any, standing: Standing | None = None) -> bool:
    """Allow whoever may answer to say something about an answer that everybody there can read."""
    return comment.is_visible and not comment.is_remark and _standing(person, comment.audience, standing).may_write


def can_edit(person: Person, thing: Any, standing: Standing | None = None) -> bool:
    """Allow authors to edit their own words for as long as they may write there: hosts hide, and rewrite nobody."""
    return person.pk == thing.author_id and thing.is_visible and _standing(person, thing.audience, standing).may_write


def can_delete(person: Person, thing: Any, standing: Standing | None = None) -> bool:
    """Allow authors to delete their own words, in a frozen audience too, for as long as they belong to it."""
    if person.pk != thing.author_id or thing.is_deleted:
        return False
    return bool(_standing(person, thing.audience, standing).role)


def can_hide(person: Person, thing: Any, standing: Standing | None = None) -> bool:
    """Allow hosts to hide, in a frozen audience too, what others wrote. The service that keeps the record asks again, with the reason."""
    if person.pk == thing.author_id or thing.is_deleted or thing.is_hidden:
        return False
    return _standing(person, thing.audience, standing).is_host


def can_accept(person: Person, comment: Any, standing: Standing | None = None) -> bool:
    """Allow the asker, or a host, to accept an answer that everybody there can read."""
    post = comment.post
    if not (post.is_question and comment.is_visible) or comment.is_remark:
        return False
    there = _standing(person, post.audience, standing)
    return there.may_write and (person.pk == post.author_id or there.is_host)


def can_mark(person: Person, thing: Any, standing: Standing | None = None) -> bool:
    """Allow members to mark what another wrote, as long as it can be read there."""
    return person.pk != thing.author_id and thing.is_visible and _standing(person, thing.audience, standing).may_write


def can_see_history(person: Person, thing: Any, standing: Standing | None = None) -> bool:
    """Allow the author and the hosts to read former texts."""
    there = _standing(person, thing.audience, standing)
    return there.is_host or (bool(there.role) and person.pk == thing.author_id and thing.is_visible)


def can_remove_picture(person: Person, picture: Any) -> bool:
    """Allow the owner of the picture and, once it hangs on something, the hosts of that place."""
    if picture.audience_id is None:
        return person.pk == picture.owner_id
    there = standing_in(person, picture.audience)
    return there.is_host or (bool(there.role) and person.pk == picture.owner_id)
