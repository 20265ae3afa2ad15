"""How often a password or a code may be guessed at, and from where."""

from django import forms

from rse.core.web.limits import DAY, HOUR, MINUTE, Bound, TooManyAttempts, address_of, attempt

from . import known_browsers
from .queries import folded, login_of, person_for

# Of one account: from one place, then from all those that it is not known at. The second one bounds whoever has many addresses, and
# keeps nobody out of a browser that they came in with before.
FROM_ONE_PLACE = ((5, 5 * MINUTE), (10, HOUR))
FROM_ANYWHERE = ((30, HOUR), (100, DAY))
# Of all accounts, from one address: well above what an office of a thousand people mistypes.
FROM_ONE_ADDRESS = ((200, HOUR),)


class Hasty(forms.ValidationError):
    """A form was refused because of too many attempts; ``retry_after`` in seconds."""

    def __init__(self, refusal):
        self.retry_after = refusal.retry_after
        super().__init__(refusal.sentence(), code=refusal.code)


def at_password(request, login):
    """Count one more password that is typed for ``login``, an account or not, and return the attempt.

    Raises:
        Hasty: too many were wrong.

    """
    typed, person = as_counted(login), person_for(login)
    if browser := known_browsers.known_to(request, folded(login_of(person) if person else login)):
        return _attempt("password", (f"{typed} {browser}", FROM_ONE_PLACE))
    address = address_of(request)
    return _attempt("password", (f"{typed} {address}", FROM_ONE_PLACE), (typed, FROM_ANYWHERE), (address, FROM_ONE_ADDRESS))


def at_card(request, number):
    """Count one more wrong code of a card, or of those to come back with, that is typed for the employee number; return the attempt.

    Raises:
        Hasty: too many were wrong.

    """
    typed, address = as_counted(number), address_of(request)
    return _attempt("card", (f"{typed} {address}", FROM_ONE_PLACE), (typed, FROM_ANYWHERE), (address, FROM_ONE_ADDRESS))


def as_counted(login):
    """Return what attempts at ``login`` are counted under: all spellings by which one name is found, whether or not anybody has it.

    Two names of one person are counted apart: a refusal that depended on whose they are would tell that to whoever tries.
    """
    return folded(login).lstrip("0")


def at_code(person):
    """Count one more code that is typed for ``person``, whose password is known by then, from anywhere; return the attempt.

    Raises:
        Hasty: too many were wrong.

    """
    return _attempt("code", (str(person.pk), FROM_ONE_PLACE))


def at_passkey(request, person=None):
    """Count one more passkey that is shown from the address of ``request``, for ``person`` where it is known who; return the attempt.

    Raises:
        Hasty: too many were wrong.

    """
    known = [(str(person.pk), FROM_ONE_PLACE)] if person else []
    return _attempt("passkey", (address_of(request), FROM_ONE_ADDRESS), *known)


def _attempt(what, *bounds):
    try:
        return attempt(what, *(Bound(who, most, seconds) for who, limits in bounds for most, seconds in limits))
    except TooManyAttempts as refusal:
        raise Hasty(refusal) from refusal


def wait_of(form):
    """Return the seconds after which ``form`` may be sent again, 0 where it failed for something else."""
    errors = [error for errors in form.errors.as_data().values() for error in errors]
    return max((error.retry_after for error in errors if isinstance(error, Hasty)), default=0)
