"""Who may act here: one predicate per verb, asked by the service that does it and by the page that offers it. When in doubt, no."""

from typing import Any

from rse.core.access import kinds
from rse.core.enums import HOSTING, Role
from rse.core.models import AudienceMember, Person

from .enums import ReportState


def author_of(kind: str, thing: Any) -> int | None:
    """Return the id of the person whose words, act or profile ``thing`` is, or None."""
    known = kinds.get(kind)
    if known is not None and known.about is not None:
        return known.about(thing)
    return thing.pk if kind == "person" else getattr(thing, "author_id", None)


def is_reportable(kind: str) -> bool:
    """Return whether things of this kind may be reported: a report of what is confidential would open it to those who handle reports."""
    known = kinds.get(kind)
    return known is not None and not known.is_confidential


def audience_that_decides(kind: str, thing: Any) -> int | None:
    """Return the audience whose hosts may decide about ``thing``; None for handlers alone."""
    known = kinds.get(kind)
    return getattr(thing, "audience_id", None) if known is None or known.hosts_decide else None


def can_publish_charter(person: Person) -> bool:
    return person.holds(Role.EDITOR, Role.ADMINISTRATOR, Role.HR, Role.HR_HEAD)


def can_report(person: Person, kind: str, thing: Any) -> bool:
    """Allow a report of anything one reads, except one's own words and what is confidential. The charter never blocks it."""
    return person.may_sign_in and is_reportable(kind) and author_of(kind, thing) != person.pk


def _reads(person: Person, thing: Any) -> bool:
    return type(thing).objects.visible_to(person).filter(pk=thing.pk).exists()


def can_decide_report(person: Person, report: Any) -> bool:
    """Allow whoever reads an open report: its readers leave out everybody who is a party to it."""
    return report.state == ReportState.OPEN and _reads(person, report)


def can_see_reporters(person: Person, report: Any) -> bool:
    """Allow handlers to know who reported; hosts do not."""
    return person.holds(Role.HANDLER) and _reads(person, report)


def can_hide(person: Person, kind: str, thing: Any) -> bool:
    """Allow hosts of the space that a thing stands in, never about what they wrote themselves."""
    audience = getattr(thing, "audience_id", None)
    if audience is None or not person.is_present or author_of(kind, thing) == person.pk:
        return False
    return AudienceMember.objects.filter(audience=audience, person=person.pk, role__in=HOSTING).exists()


def can_show(person: Person, moderation: Any) -> bool:
    """Allow those who may hide, except the author, unless an appeal waits for somebody else's decision."""
    return (
        moderation.is_running
        and not moderation.has_pending_appeal
        and person.is_present
        and person.pk != moderation.author_id
        and _reads(person, moderation)
    )


def can_appeal(person: Person, moderation: Any) -> bool:
    """Allow the author, once, while the decision hides something."""
    return person.may_sign_in and person.pk == moderation.author_id and moderation.is_running and moderation.appealed_at is None


def can_decide_appeal(person: Person, moderation: Any) -> bool:
    """Allow another moderator than the one who decided, and no party."""
    return (
        moderation.has_pending_appeal
        and person.is_present
        and person.pk not in (moderation.by_id, moderation.author_id)
        and _reads(person, moderation)
    )


def can_see_moderation_queue(person: Person) -> bool:
    """Allow handlers, and whoever hosts a space."""
    return person.holds(Role.HANDLER) or AudienceMember.objects.filter(person=person.pk, role__in=HOSTING).exists()


def can_see_access_log_state(person: Person) -> bool:
    """Allow the data protection officer, administrators and the head of HR to read that the chain holds, without an object or a name."""
    return person.holds(Role.DPO, Role.ADMINISTRATOR, Role.HR_HEAD)


def can_propose_feature(person: Person) -> bool:
    return person.holds(Role.ADMINISTRATOR)


def can_confirm_feature(person: Person, switch: Any) -> bool:
    """Allow the head of HR, and never whoever filled in the conditions."""
    return person.holds(Role.HR_HEAD) and person.pk != switch.asked_by_id and switch.is_complete and not switch.is_confirmed


def can_close_feature(person: Person) -> bool:
    """Allow one administrator or head of HR to switch off, at once."""
    return person.holds(Role.ADMINISTRATOR, Role.HR_HEAD)


def can_see_all_features(person: Person) -> bool:
    """Allow those who fill in and confirm to see what is off or waits; everybody sees what is on."""
    return person.holds(Role.ADMINISTRATOR, Role.HR_HEAD, Role.DPO)


def can_read_retention(person: Person) -> bool:
    return person.holds(Role.DPO)
