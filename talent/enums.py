from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Level(TextChoices):
    """The levels of one's own skill: words, never a number."""

    BEGINNER = "beginner", pgettext_lazy("skill", "Beginner")
    CONFIRMED = "confirmed", pgettext_lazy("skill", "Confirmed")
    EXPERT = "expert", pgettext_lazy("skill", "Expert")


class SkillGroup(TextChoices):
    """Where a skill stands in the list."""

    PRODUCTION = "production", _("Production")
    MAINTENANCE = "maintenance", _("Maintenance")
    QUALITY = "quality", _("Quality")
    SAFETY = "safety", _("Safety and environment")
    SUPPLY = "supply", _("Purchasing and logistics")
    ENGINEERING = "engineering", _("Engineering")
    DATA = "data", _("Data and computing")
    BUSINESS = "business", _("Business and functions")
    TOGETHER = "together", _("Working together")


class Ground(TextChoices):
    """The grounds of a confirmation."""

    UNIT = "unit", _("worked in the same unit at the same time")
    ANSWER = "answer", _("took part in the same accepted answer")


class LineKind(TextChoices):
    """The facts that may stand in a ledger. Nothing else may: no volume, no speed, no hours, no network, no likes."""

    ANSWER_ACCEPTED = "answer_accepted", _("Answer kept")
    USEFUL_MARK = "useful_mark", _("Was useful")
    BUDDYING = "buddying", _("Welcomed a newcomer")
    MENTORING = "mentoring", _("Mentored somebody")
    WORKSHOP = "workshop", _("Led a workshop")
    MISSION = "mission", _("Carried out a mission")


# Somebody else says so by an act of their own, once: these stand at once. The others wait until their person keeps them.
AT_ONCE = frozenset({LineKind.ANSWER_ACCEPTED, LineKind.USEFUL_MARK})
# Whom these helped is never written down.
HELPED_UNNAMED = frozenset({LineKind.MENTORING})
# What a colleague may confirm by hand, with no act of another room to stand on.
CONFIRMED_BY_THE_OTHER = frozenset({LineKind.BUDDYING, LineKind.MENTORING, LineKind.WORKSHOP, LineKind.MISSION})


class Horizon(TextChoices):
    NOW = "now", _("As soon as possible")
    YEAR = "year", _("Within a year")
    LATER = "later", _("In one to three years")
    OPEN = "open", _("No hurry: I am curious")


class WishVisibility(TextChoices):
    ME = "me", _("Me only")
    HR = "hr", _("HR and me")
