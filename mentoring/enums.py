import datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MOST_SKILLS = 5  # of an offer
MOST_PEOPLE = 5  # that one mentor accompanies at a time
MOST_PENDING = 3  # requests of one person that wait at the same time

SEAL_WAITS = datetime.timedelta(days=7)  # between asking HR to open words under seal and the first yes
SEAL_YESES = 2  # people of HR

LONGEST_OFFER = 2000
LONGEST_MESSAGE = 2000
LONGEST_GOAL = 300
LONGEST_AGENDA = 500
LONGEST_NOTE = 5000


class RequestState(TextChoices):
    PENDING = "pending", pgettext_lazy("mentoring request", "Waiting for an answer")
    ACCEPTED = "accepted", pgettext_lazy("mentoring request", "Accepted")
    DECLINED = "declined", pgettext_lazy("mentoring request", "Not this time")
    WITHDRAWN = "withdrawn", pgettext_lazy("mentoring request", "Withdrawn")
    EXPIRED = "expired", pgettext_lazy("mentoring request", "Ran out without an answer")
    CLOSED = "closed", pgettext_lazy("mentoring request", "Closed: the offer is no longer there")


class DeclineReason(TextChoices):
    """What a mentor may say with a no. None judges the person who asked."""

    NO_TIME = "no_time", _("I have no time for this now")
    OTHER_TOPIC = "other_topic", _("It is not the right topic for me")
    LATER = "later", _("I would rather do this later")
    COLLEAGUE = "colleague", _("Another colleague can help you better")


class PairState(TextChoices):
    ACTIVE = "active", pgettext_lazy("mentoring pair", "Under way")
    FROZEN = "frozen", pgettext_lazy("mentoring pair", "Paused: it can be read, and nothing is written")
    ENDED = "ended", pgettext_lazy("mentoring pair", "Ended")


RUNNING = (PairState.ACTIVE, PairState.FROZEN)


class NoteKind(TextChoices):
    MINE = "mine", pgettext_lazy("mentoring note", "For me alone")
    OURS = "ours", pgettext_lazy("mentoring note", "For both of us")


class Obstacle(TextChoices):
    """Why somebody cannot be asked, in words that say nothing of them."""

    ONESELF = "oneself", _("This is your own offer.")
    LINE = "line", _("One of you stands in the management line of the other: a mentor stands outside it.")
    PAIR = "pair", _("You already work together.")
    WAITING = "waiting", _("Your request waits for an answer.")
    TOO_MANY = "too_many", _("Three requests of yours wait already. Withdraw one, or wait for an answer.")
    NOT_OPEN = "not_open", _("This offer is paused.")
