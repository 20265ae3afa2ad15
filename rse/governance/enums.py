from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReportCategory(TextChoices):
    CONTENT = "content", _("Content that breaks the charter")
    HARASSMENT = "harassment", _("Harassment")
    DISCRIMINATION = "discrimination", _("Discrimination")
    DANGER = "danger", _("Somebody is in danger")


# Read by the named handlers only: no host of a space, no manager, no administrator.
PROTECTED_CATEGORIES = frozenset({ReportCategory.HARASSMENT, ReportCategory.DISCRIMINATION, ReportCategory.DANGER})


class ReportState(TextChoices):
    OPEN = "open", pgettext_lazy("report", "Being handled")
    DECIDED = "decided", pgettext_lazy("report", "Handled")


class Outcome(TextChoices):
    HIDDEN = "hidden", _("The content was hidden")
    NO_BREACH = "no_breach", _("Nothing that breaks the charter")
    DEALT_WITH = "dealt_with", _("Dealt with outside this site")


class Article(TextChoices):
    """What content may be hidden for. Criticism of the employer is not on this list, and is not to be added."""

    INSULT = "insult", _("Insult or defamation of a person")
    HARASSMENT = "harassment", _("Harassment")
    DISCRIMINATION = "discrimination", _("Discrimination")
    BUSINESS_SECRET = "business_secret", _("Business secret")
    PERSONAL_DATA = "personal_data", _("Personal data of somebody else")


class AppealOutcome(TextChoices):
    UPHELD = "upheld", _("The decision stands")
    REVERSED = "reversed", _("The decision is reversed, and the content is back")


class Purpose(TextChoices):
    """Why a file was opened: picked by whoever opens it, and shown to the person it is about."""

    PROFILE = "profile", _("Reading a profile")
    JOURNEY = "journey", _("Following an onboarding journey")
    APPLICATION = "application", _("Handling an application")
    SEARCH_OF_SKILLS = "search_of_skills", _("Looking for skills for a position or a mission")
    CAREER = "career", _("Preparing a career interview")
    SUCCESSION = "succession", _("Preparing the succession of a position")
    COMMITTEE = "committee", _("Talent committee")
    RIGHTS = "rights", _("Answering a request about personal data")
    AUDIT = "audit", _("Checking who read what")


class Advice(TextChoices):
    FAVOURABLE = "favourable", pgettext_lazy("works council", "Favourable")
    RESERVED = "reserved", pgettext_lazy("works council", "Favourable with reservations")
    UNFAVOURABLE = "unfavourable", pgettext_lazy("works council", "Unfavourable")
    NOT_GIVEN = "not_given", pgettext_lazy("works council", "Not given in time")
