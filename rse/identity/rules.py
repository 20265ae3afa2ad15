"""Who may invite whom and when, and whose roles ask for a second factor. When in doubt, no."""

import datetime

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from rse.core import clock
from rse.core.enums import PersonState, Role
from rse.core.stepup import SECOND_FACTOR_ROLES

OPENS_BEFORE = datetime.timedelta(days=15)  # somebody expected is let in this long before their first day


def requires_second_factor(person):
    return person.holds(*SECOND_FACTOR_ROLES)


def has_password(person):
    return bool(person.password) and not person.password.startswith(UNUSABLE_PASSWORD_PREFIX)


def can_see_invitations(person):
    return person.holds(Role.ADMINISTRATOR, Role.HR)


def can_invite(actor, person):
    """HR of the person's unit and administrators; never who has a password, or a link would be a way into their account."""
    if actor.pk == person.pk or not person.may_sign_in or has_password(person):
        return False
    return actor.holds(Role.ADMINISTRATOR) or actor.holds_over(Role.HR, person.unit_id)


def opens_on(person):
    """The first day on which ``person`` may be invited; None when that is any day, ``date.max`` while no first day is known."""
    if person.state != PersonState.EXPECTED:
        return None
    return person.hired_on - OPENS_BEFORE if person.hired_on else datetime.date.max


def is_open_to(person):
    """Whether ``person`` may be invited by now."""
    day = opens_on(person)
    return day is None or day <= clock.today(person.time_zone.key)
