from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LONGEST_TITLE = 120
LONGEST_SUMMARY = 200
LONGEST_DESCRIPTION = 8000
LONGEST_LETTER = 5000
LONGEST_REASON = 1000
MOST_OPEN = 20  # applications of one person that wait for an end


class OpeningKind(TextChoices):
    POSITION = "position", pgettext_lazy("opening", "Position")
    MISSION = "mission", pgettext_lazy("opening", "Mission")


class OpeningState(TextChoices):
    DRAFT = "draft", pgettext_lazy("opening", "Draft")
    PUBLISHED = "published", pgettext_lazy("opening", "Published")
    CLOSED = "closed", pgettext_lazy("opening", "Closed")


class MemberRole(TextChoices):
    RECRUITER = "recruiter", _("Recruiter")
    HIRING = "hiring", _("Hiring manager")


class ApplicationState(TextChoices):
    DRAFT = "draft", pgettext_lazy("application", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("application", "Received")
    IN_REVIEW = "in_review", pgettext_lazy("application", "In review")
    INTERVIEW = "interview", pgettext_lazy("application", "Interview")
    OFFER = "offer", pgettext_lazy("application", "Offer")
    ACCEPTED = "accepted", pgettext_lazy("application", "Accepted")
    REFUSED = "refused", pgettext_lazy("application", "Not selected")
    WITHDRAWN = "withdrawn", pgettext_lazy("application", "Withdrawn")


# Somebody waits for the end of these.
LIVE = (ApplicationState.SUBMITTED, ApplicationState.IN_REVIEW, ApplicationState.INTERVIEW, ApplicationState.OFFER)
# Others than the applicant may read these; a draft and what was withdrawn are the applicant's alone.
SENT = (*LIVE, ApplicationState.ACCEPTED, ApplicationState.REFUSED)
# What an applicant does themselves.
BY_APPLICANTS = (ApplicationState.SUBMITTED, ApplicationState.ACCEPTED, ApplicationState.WITHDRAWN)
# Where a person of the team takes an application next. An offer and a refusal need the record of a decision, and are not among them.
STEPS = {
    ApplicationState.SUBMITTED: (ApplicationState.IN_REVIEW,),
    ApplicationState.IN_REVIEW: (ApplicationState.INTERVIEW,),
    ApplicationState.INTERVIEW: (ApplicationState.INTERVIEW,),  # another date
}
# What a decision may be, by where the application stands.
OUTCOMES = {
    ApplicationState.SUBMITTED: (ApplicationState.REFUSED,),
    ApplicationState.IN_REVIEW: (ApplicationState.OFFER, ApplicationState.REFUSED),
    ApplicationState.INTERVIEW: (ApplicationState.OFFER, ApplicationState.REFUSED),
    ApplicationState.OFFER: (ApplicationState.REFUSED,),
}
DECIDED = (ApplicationState.OFFER, ApplicationState.ACCEPTED, ApplicationState.REFUSED)


class LetterReader(TextChoices):
    """The readers of the letter; the team reads the answers and what was attached in any case."""

    HR = "hr", _("HR of the unit only")
    TEAM = "team", _("HR and the people who recruit for it")


class Availability(TextChoices):
    NOW = "now", _("As soon as it starts")
    QUARTER = "quarter", _("Within three months")
    LATER = "later", _("To be agreed")


class SiteAnswer(TextChoices):
    THERE = "there", _("I work there already")
    MOVE = "move", _("I would move or commute")
    TALK = "talk", _("I would like to talk about it")


class Relation(TextChoices):
    """In what capacity somebody reads an application."""

    APPLICANT = "applicant", _("who applied")
    TEAM = "team", _("recruits for it")
    HR = "hr", _("HR of the unit")
    HEAD = "head", _("head of HR, who handles it")
    MANAGER = "manager", _("your manager, whom you told")
