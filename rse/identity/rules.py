"""Who may invite whom and when, who opens an account again or vouches for an address, and whose roles ask for a second factor.

When in doubt, no.
"""

import datetime
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from rse.core import clock
from rse.core.enums import PersonState, Role
from rse.core.models import Holding, Person, Position, ReportingLine, RoleGrant, UnitClosure
from rse.core.web.stepup import SECOND_FACTOR_ROLES

HIGHEST = 64  # positions climbed above somebody
OPENS_BEFORE = datetime.timedelta(days=15)  # somebody expected is let in this long before their first day


def requires_second_factor(person: Person) -> bool:
    return person.holds(*SECOND_FACTOR_ROLES)


def has_password(person: Person) -> bool:
    return bool(person.password) and not person.password.startswith(UNUSABLE_PASSWORD_PREFIX)


def can_sign_in_by_passkey(person: Person) -> bool:
    """Allow whoever may sign in, unless their account was shut by a cut or while they were away: two people open it then."""
    return person.may_sign_in and has_password(person)


def can_see_invitations(person: Person) -> bool:
    return person.holds(Role.ADMINISTRATOR, Role.HR)


def can_see_waiting(person: Person) -> bool:
    """Allow whoever may agree to addresses that wait and accounts that are shut, as the data protection officer may for the head of HR."""
    return person.holds(Role.ADMINISTRATOR, Role.HR, Role.HR_HEAD, Role.DPO)


def can_share_terminal(person: Person) -> bool:
    """Allow administrators and HR to make the browser that they sit at a shared terminal."""
    return person.holds(Role.ADMINISTRATOR, Role.HR)


def can_stop_run(actor: Person, run: Any) -> bool:
    """Allow whoever started the run, as long as they may invite, and administrators."""
    return actor.holds(Role.ADMINISTRATOR) or (can_see_invitations(actor) and run.started_by_id == actor.pk)


def can_invite(actor: Person, person: Person) -> bool:
    """Allow HR of the person's unit and administrators.

    Never for somebody who came in once, or a link would be a way into their account.
    """
    if actor.pk == person.pk or not person.may_sign_in or has_account(person):
        return False
    return actor.holds(Role.ADMINISTRATOR) or actor.holds_over(Role.HR, person.unit_id)


def can_hand_over(actor: Person, person: Person) -> bool:
    """Allow what ``can_invite`` does, except for holders of a role: they are written to, or given a link by two people."""
    return can_invite(actor, person) and not holds_any_role(person)


def is_guarded(person: Person) -> bool:
    """Return whether somebody would gain by being ``person``: by what is behind their door, or by a role."""
    return has_account(person) or holds_any_role(person)


def has_account(person: Person) -> bool:
    """Return whether there is something of theirs behind their door: an account is for good, whatever was cut since."""
    return person.has_account or has_password(person)


def lacks_address(person: Person) -> bool:
    """Return whether no mail reaches ``person``."""
    return not person.email and not person.private_email


def takes_card(person: Person) -> bool:
    """Return whether ``person`` signs in by the number, so that two people print them a card where others are given a link."""
    return lacks_address(person) and bool(person.employee_number)


def can_reopen(actor: Person, person: Person) -> bool:
    """Allow one of the two people who open an account that was cut, or whose owner is back; or who give a holder of a role their link.

    Of somebody who takes a card instead of a link, a forgotten password shuts the account as well; only HR prints cards.
    """
    by_card = takes_card(person)
    if by_card and not may_print(actor, person):
        return False
    is_shut = person.is_cut if person.state == PersonState.LEFT else by_card or not has_password(person)
    return is_shut and actor.holds(Role.ADMINISTRATOR, Role.HR) and is_guarded(person) and can_vouch(actor, person)


def may_print(actor: Person, person: Person) -> bool:
    """Return whether ``actor`` is HR of the unit of ``person``; never an administrator, who has the server."""
    return actor.is_present and not actor.holds(Role.ADMINISTRATOR) and actor.holds_over(Role.HR, person.unit_id)


def is_direct_manager(actor: Person, person: Person) -> bool:
    """Return whether ``actor`` holds the place right above ``person`` today, vacant ones left out."""
    return ReportingLine.objects.filter(person=person.pk, manager=actor.pk, depth=1).exists()


def can_print_card(actor: Person, person: Person) -> bool:
    """Allow one person to print a card, and to hand it over: HR of the unit, or the direct manager.

    Only for somebody who never came in and holds no role: whatever else is behind a door takes two.
    """
    if actor.pk == person.pk or not actor.is_present or actor.holds(Role.ADMINISTRATOR):
        return False
    if not person.may_sign_in or not person.employee_number or has_account(person):
        return False
    return (may_print(actor, person) or is_direct_manager(actor, person)) and not holds_any_role(person)


def can_hand_card(actor: Person, card: Any) -> bool:
    """Allow whoever may print such a card; one of two people, only the second of them, within a day, while both may still agree."""
    if card.reopening_id is None:
        return can_print_card(actor, card.person)
    if actor.pk != card.printed_by_id or card.is_too_old:
        return False
    return can_reopen(actor, card.person) and can_reopen(card.reopening.asked_by, card.person)


def can_void_card(actor: Person, card: Any) -> bool:
    """Allow whoever may hand the card over, and HR of the unit; it needs one person."""
    return can_hand_card(actor, card) or (actor.pk != card.person_id and may_print(actor, card.person))


def can_see_cards(person: Person) -> bool:
    """Allow HR, administrators, and whoever is right above somebody."""
    if person.holds(Role.HR, Role.ADMINISTRATOR):
        return True
    return person.is_present and ReportingLine.objects.filter(manager=person.pk, depth=1).exists()


def can_print_cards(person: Person) -> bool:
    """Allow those who may print a card for somebody; for whom is asked for each."""
    return not person.holds(Role.ADMINISTRATOR) and can_see_cards(person)


def can_use_recovery_codes(person: Person, *, has_second_factor: bool) -> bool:
    """Allow somebody whom no mail reaches to set another password by a code of theirs.

    Never beside a second factor, nor for a role: there the codes would open alone what asks for more; nor while an account is shut.
    """
    return takes_card(person) and person.may_sign_in and has_password(person) and not has_second_factor and not holds_any_role(person)


def can_vouch(actor: Person, person: Person) -> bool:
    """Allow HR of the person's unit and administrators, outside the person's line, whose role has settled; never oneself."""
    if actor.pk == person.pk or not actor.is_present:
        return False
    return _speaks_for(actor, person.unit_id) and not stands_above(actor, person)


def can_move_domain(actor: Person) -> bool:
    """Allow HR of the whole company, its head, and administrators, whose role has settled."""
    settled = actor.settled_grants
    return bool({(Role.ADMINISTRATOR, None), (Role.HR_HEAD, None), (Role.HR, None)} & settled)


def can_ask_address(person: Person) -> bool:
    """Allow whoever has an account to ask for another address of their own."""
    return person.may_sign_in and has_account(person)


def can_confirm(person: Person, change: Any) -> bool:
    """Allow whoever the new address is for, from where they are signed in, unless they asked for it there.

    One session is not heard twice.
    """
    return person.pk == change.person_id != change.asked_by_id


def can_agree_as_head(actor: Person, person: Person, change: Any = None) -> bool:
    """Allow the head of HR, for somebody else who holds a role.

    For the only head of HR, the data protection officer or an administrator.

    Whoever sent the file that asks for ``change``, or said what its columns mean, has spoken: their yes would be that of one person alone.
    """
    out = {person.pk, change.sent_by_id, change.compared_by_id} if change else {person.pk}
    if actor.pk in out or not actor.is_present or not holds_any_role(person):
        return False
    roles = {role for role, _unit in actor.settled_grants}
    if Role.HR_HEAD in roles:
        return True
    heads = RoleGrant.objects.current().filter(role=Role.HR_HEAD, person__state=PersonState.ACTIVE).exclude(person__in=out - {None})
    return not heads.exists() and bool({Role.DPO, Role.ADMINISTRATOR} & roles)


def may_say_yes(actor: Person, change: Any) -> bool:
    """Return whether a change of somebody else's address waits for the agreement of ``actor``."""
    return can_vouch(actor, change.person) or can_agree_as_head(actor, change.person, change)


def holds_any_role(person: Person) -> bool:
    """Return whether ``person`` holds a role, or will."""
    return RoleGrant.objects.not_over().filter(person=person.pk).exists()


def can_stop_change(actor: Person, person: Person) -> bool:
    """Allow whoever the new address is for, looks after them or may agree, to refuse; a refusal needs one person."""
    if actor.pk == person.pk or actor.holds(Role.ADMINISTRATOR, Role.HR_HEAD) or actor.holds_over(Role.HR, person.unit_id):
        return True
    return can_agree_as_head(actor, person)


def stands_above(actor: Person, person: Person) -> bool:
    """Return whether ``actor`` is in the line of ``person``: of today, or above the last place of somebody who has none any more.

    Climbs the positions of that place one query a step, ``HIGHEST`` steps at most.
    """
    if Person.objects.above(person).filter(pk=actor.pk).exists():
        return True
    above: set[Any] = set(
        Holding.objects.filter(person=person.pk).order_by("-starts_on", "-pk").values_list("position__reports_to", flat=True)[:1]
    )
    here = above
    for _step in range(HIGHEST):
        here = set(Position.objects.filter(pk__in=here).order_by("pk").values_list("reports_to", flat=True)) - above - {None}
        if not here:
            break
        above |= here
    today = clock.today()
    held = Holding.objects.filter(person=actor.pk, position__in=above - {None}, starts_on__lte=today)
    return held.exclude(ends_on__lt=today).exists()


def _speaks_for(actor: Person, unit_id: int | None) -> bool:
    settled = actor.settled_grants
    if any(role == Role.ADMINISTRATOR for role, _unit in settled):
        return True
    units = {unit for role, unit in settled if role == Role.HR}
    return None in units or (bool(units and unit_id) and UnitClosure.objects.filter(unit=unit_id, ancestor__in=units).exists())


def opens_on(person: Person) -> datetime.date | None:
    """Return the first day on which ``person`` may be invited; None when that is any day, ``date.max`` while no first day is known."""
    if person.state != PersonState.EXPECTED:
        return None
    return person.hired_on - OPENS_BEFORE if person.hired_on else datetime.date.max


def is_open_to(person: Person) -> bool:
    """Return whether ``person`` may be invited by now, on the calendar of their site."""
    day = opens_on(person)
    return day is None or day <= clock.today(person.time_zone.key)
