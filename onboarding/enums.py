from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CohortState(TextChoices):
    PLANNED = "planned", pgettext_lazy("cohort", "Planned")
    OPEN = "open", pgettext_lazy("cohort", "Open")


class VersionState(TextChoices):
    DRAFT = "draft", pgettext_lazy("journey template", "Draft")
    PUBLISHED = "published", pgettext_lazy("journey template", "Published")


class StepKind(TextChoices):
    READ = "read", pgettext_lazy("step", "Read")
    DO = "do", pgettext_lazy("step", "Do")
    MEET = "meet", pgettext_lazy("step", "Meet")
    JOIN = "join", pgettext_lazy("step", "Join")
    WRITE = "write", pgettext_lazy("step", "Write")


class Actor(TextChoices):
    """The people who do a step, and the parts somebody may have in a journey."""

    NEWCOMER = "newcomer", _("Newcomer")
    MANAGER = "manager", _("Manager")
    BUDDY = "buddy", _("Buddy")
    HR = "hr", _("HR")


class JourneyState(TextChoices):
    PLANNED = "planned", pgettext_lazy("journey", "Not begun")
    ACTIVE = "active", pgettext_lazy("journey", "Under way")
    PAUSED = "paused", pgettext_lazy("journey", "Paused")
    CLOSED = "closed", pgettext_lazy("journey", "Over")
    ARCHIVED = "archived", pgettext_lazy("journey", "Archived")


class EndReason(TextChoices):
    OVER = "over", pgettext_lazy("journey", "its last date has passed")
    BY_HAND = "by_hand", pgettext_lazy("journey", "HR archived it")
    LEFT = "left", pgettext_lazy("journey", "the person left, or did not come")


class RequestState(TextChoices):
    PENDING = "pending", pgettext_lazy("buddy", "Asked")
    ACCEPTED = "accepted", pgettext_lazy("buddy", "Accepted")
    DECLINED = "declined", pgettext_lazy("buddy", "Said no")
    WITHDRAWN = "withdrawn", pgettext_lazy("buddy", "Taken back")
    EXPIRED = "expired", pgettext_lazy("buddy", "No answer in time")
    ENDED = "ended", pgettext_lazy("buddy", "Ended")


# A journey that holds its newcomer's one place, and opens itself to a manager and a buddy.
RUNNING = (JourneyState.PLANNED.value, JourneyState.ACTIVE.value, JourneyState.PAUSED.value)
# What holds the one place of a buddy, asked or agreed.
STANDING = (RequestState.PENDING.value, RequestState.ACCEPTED.value)

EARLIEST_DAY, LATEST_DAY = -60, 400
MOST_STEPS = 60
MOST_AT_ONCE = 2  # newcomers that one buddy welcomes at the same time
LONGEST_TITLE = 100
LONGEST_TEXT = 600
LONGEST_WORDS = 4000
LONGEST_MESSAGE = 500
LONGEST_THANKS = 280
