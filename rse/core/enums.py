import datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PersonState(TextChoices):
    EXPECTED = "expected", pgettext_lazy("person", "Expected")
    ACTIVE = "active", pgettext_lazy("person", "Present")
    LEFT = "left", pgettext_lazy("person", "Left")


class Wording(TextChoices):
    """How words that have two forms are written about somebody: their own choice, and a criterion of nothing."""

    NEUTRAL = "neutral", pgettext_lazy("words about a person", "Neutral")
    FEMININE = "feminine", pgettext_lazy("words about a person", "Feminine")
    MASCULINE = "masculine", pgettext_lazy("words about a person", "Masculine")


class Role(TextChoices):
    HR = "hr", _("HR")
    HR_HEAD = "hr_head", _("Head of HR")
    RECRUITER = "recruiter", _("Recruiter")
    HR_SUCCESSION = "hr_succession", _("HR, succession plans")
    HANDLER = "handler", _("Handler of reports")
    DPO = "dpo", _("Data protection officer")
    ADMINISTRATOR = "administrator", _("Administrator")
    EDITOR = "editor", _("Editor of pages")


# Roles whose holders read what HR reads: the head of HR says yes before they start.
ROLES_OF_HR = frozenset({Role.HR, Role.HR_HEAD, Role.RECRUITER, Role.HANDLER, Role.DPO})


# Whoever holds one of these keeps the others in check: their rights are never taken away by one person alone.
ROLES_THAT_TAKE_TWO = frozenset({Role.DPO, Role.HR_HEAD, Role.ADMINISTRATOR})

SETTLED = datetime.timedelta(hours=24)  # a role counts as one of two people once every holder of a role had a day to see that it began


class AudienceType(TextChoices):
    EVERYONE = "everyone", _("Everyone")
    COMMUNITY = "community", _("Community")
    COHORT = "cohort", _("Cohort")
    PAIR = "pair", _("Pair")
    COMMITTEE = "committee", _("Committee")


# The roles of members who look after an audience.
HOSTING = ("host", "owner")


class Addressed(TextChoices):
    """The kinds of rows with words of their name in their address."""

    PERSON = "person", _("Person")
    COMMUNITY = "community", _("Community")


class Visibility(TextChoices):
    """The people a field of a profile is shown to, from the narrowest."""

    ME = "me", _("Me only")
    HR = "hr", _("HR and me")
    TEAM = "team", _("My team")
    EVERYONE = "everyone", _("Everyone")


class Accent(TextChoices):
    """The colour of what one acts on, chosen by the company among those that everybody can read; the style sheet has their values."""

    GREEN = "green", _("Green")
    BLUE = "blue", _("Blue")
    VIOLET = "violet", _("Violet")
    PLUM = "plum", _("Plum")
    BRICK = "brick", _("Brick")
    SLATE = "slate", _("Slate")


class DeliveryState(TextChoices):
    PENDING = "pending", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    DEAD = "dead", _("Given up")
