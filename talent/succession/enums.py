from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Criticality(TextChoices):
    """How much the company would miss what a position does. A word for a place, never for a person."""

    HIGH = "high", pgettext_lazy("key position", "High")
    MEDIUM = "medium", pgettext_lazy("key position", "Medium")
    LOW = "low", pgettext_lazy("key position", "Low")


class Readiness(TextChoices):
    """When a person could take the position, as somebody of HR says it."""

    NOW = "now", pgettext_lazy("readiness", "Now")
    SOON = "soon", pgettext_lazy("readiness", "In 1 to 2 years")
    LATER = "later", pgettext_lazy("readiness", "In 3 to 5 years")
    INTERIM = "interim", pgettext_lazy("readiness", "As an interim")


# Whoever holds the place for a while does not take it over: an interim is no successor.
WITHIN_24_MONTHS = frozenset({Readiness.NOW, Readiness.SOON})


class PlanState(TextChoices):
    LIVE = "live", pgettext_lazy("succession plan", "In preparation")
    DECIDED = "decided", pgettext_lazy("succession plan", "Decided")


class ActionKind(TextChoices):
    MISSION = "mission", _("Mission")
    MENTORING = "mentoring", _("Mentoring")
    TRAINING = "training", _("Training")
    INTERIM = "interim", _("Interim")
