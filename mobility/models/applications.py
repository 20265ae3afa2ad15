from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rse.core import clock
from rse.core.access.readers import HoldsRole, InLineOf, Is, ReadableQuerySet, StoodInLine
from rse.core.enums import Role
from rse.core.models import ReportingLine
from rse.core.models.keys import link, public_id_field

from ..enums import DECIDED, LIVE, LONGEST_REASON, MOST_OPEN, SENT, ApplicationState, Availability, LetterReader, Relation, SiteAnswer
from ..reader_parts import AppliesToo, HeadWhoHandles, InformedManager, InTeam

# Who reads an application, and in what capacity: said here once. Pages, lists, notices and hand-overs start from these.
APPLICANT, TOLD = Is("applicant"), InformedManager()
TEAM, HR, HEAD = InTeam("opening"), HoldsRole(Role.HR, unit="unit"), HeadWhoHandles()
HANDLING = TEAM | HR | HEAD
ABOVE = InLineOf("applicant") | StoodInLine("application")
RIVALS = AppliesToo()
OPEN_TO_OTHERS = {"state__in": SENT, "erased_at": None}
# The narrowest first: whoever stands above reads as the manager who was told, whatever else they are.
CAPACITIES = {Relation.APPLICANT: APPLICANT, Relation.MANAGER: TOLD, Relation.HR: HR, Relation.HEAD: HEAD, Relation.TEAM: TEAM}


def outside(application, people):
    """Return those of ``people``, a queryset, who neither applied nor stand above the applicant, now or when the application began."""
    return people.exclude(pk__in=(APPLICANT | ABOVE).people(application).values("pk"))


class ApplicationQuerySet(ReadableQuerySet):
    def outside_of(self, person):
        """Narrow the queryset to the applications that ``person`` neither sent nor stands above, now or when they began."""
        return self.exclude((APPLICANT | ABOVE).q(person))

    def from_below(self, person):
        """Narrow the queryset to the applications sent by somebody above whom ``person`` stands, now or when they began."""
        return self.filter(ABOVE.q(person))

    def rivals_of(self, person):
        """Narrow the queryset to the applications for an opening for which ``person`` waits for an answer too."""
        return self.filter(RIVALS.q(person))

    def within_reach_of(self, person):
        """Narrow the queryset to the applications that ``person`` handles, whatever became of them.

        By team, unit or headship, never from above or beside.
        """
        if not person.is_present:
            return self.none()
        return self.filter(HANDLING.q(person)).exclude(RIVALS.q(person)).outside_of(person)

    def handled_by(self, person):
        """Narrow the queryset to the applications that ``person`` reads in order to handle them."""
        return self.within_reach_of(person).filter(**OPEN_TO_OTHERS)

    def with_capacity_of(self, person):
        """Narrow the queryset to the applications that ``person`` may open, each with ``capacity``.

        The first of ``CAPACITIES`` that opens the row.
        """
        cases = (When(part.q(person), then=Value(capacity.value)) for capacity, part in CAPACITIES.items())
        return self.visible_to(person).annotate(capacity=Case(*cases, default=Value(""), output_field=models.CharField()))

    def told_elsewhere(self):
        """Narrow the queryset to the applications of which a manager was told who stands directly above the applicant no more."""
        direct = ReportingLine.objects.filter(depth=1, person=OuterRef("applicant"), manager=OuterRef("informed_manager"))
        return self.filter(informed_manager__isnull=False).exclude(Exists(direct))

    def of(self, person):
        return self.visible_to(person).filter(applicant=person.pk)

    def live(self):
        return self.filter(state__in=LIVE, erased_at=None)

    def newest_first(self):
        return self.order_by("-stage_at", "-pk")

    def with_card(self):
        return self.select_related("opening__unit", "opening__site", "applicant__unit", "applicant__site")


class Application(models.Model):
    """An application of one person for one opening.

    The line above that person, now or when it began, reads nothing of it, whatever else they are, but for the direct manager whom the
    person tells; whoever applies for the same opening reads nothing of it either. What was withdrawn has no content any more, and a
    decision has its reason.

    ``version`` moves with what the applicant saves, sends, withdraws or accepts, and with each step and decision; not when a manager is
    told, of which those who handle it know nothing. It counts drafts, of which they know nothing either: their pages carry it sealed.
    """

    public_id = public_id_field()
    opening = link("mobility.Opening", on_delete=models.PROTECT, related_name="applications")
    unit = link("core.Unit", on_delete=models.PROTECT)  # of the opening
    applicant = link("core.Person", null=True)  # nobody once it is kept for statistics alone
    state = models.CharField(max_length=10, choices=ApplicationState.choices, default=ApplicationState.DRAFT)
    letter = models.TextField(_("letter"), blank=True)
    letter_for = models.CharField(_("who reads the letter"), max_length=10, choices=LetterReader.choices, default=LetterReader.HR)
    availability = models.CharField(_("available"), max_length=10, choices=Availability.choices, blank=True)
    site_answer = models.CharField(_("the site"), max_length=10, choices=SiteAnswer.choices, blank=True)
    may_contact = models.BooleanField(_("may be contacted directly"), default=False)
    handler = link("core.Person", null=True, on_delete=models.SET_NULL)
    informed_manager = link("core.Person", null=True, on_delete=models.SET_NULL)
    informed_at = models.DateTimeField(null=True, blank=True)
    place = models.PositiveSmallIntegerField(null=True, blank=True)  # which of the twenty that may wait at once
    decided_by = link("core.Person", null=True, on_delete=models.SET_NULL)
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("what was decided, and why"), max_length=LONGEST_REASON, blank=True)
    alternatives = models.CharField(_("what else was considered"), max_length=LONGEST_REASON, blank=True)
    created_at = clock.InstantField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    stage_at = clock.InstantField()
    erased_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ApplicationQuerySet.as_manager()
    reader_words = {"applicant": _("the person who applied")}
    readers = (
        APPLICANT | TEAM.when(**OPEN_TO_OTHERS) | HR.when(**OPEN_TO_OTHERS) | HEAD.when(**OPEN_TO_OTHERS) | TOLD.when(**OPEN_TO_OTHERS)
    )
    denied = ABOVE.unless(TOLD.when(**OPEN_TO_OTHERS)) | RIVALS
    field_readers = {
        "reason": (APPLICANT | TEAM.when(**OPEN_TO_OTHERS) | HR.when(**OPEN_TO_OTHERS) | HEAD.when(**OPEN_TO_OTHERS), ABOVE | RIVALS)
    }

    class Meta:
        verbose_name = _("application")
        constraints = [
            models.UniqueConstraint(fields=["opening", "applicant"], name="application_once"),
            models.CheckConstraint(condition=Q(state__in=ApplicationState.values), name="application_known_state"),
            models.UniqueConstraint(fields=["applicant", "place"], condition=Q(place__isnull=False), name="application_place_once"),
            models.CheckConstraint(
                condition=Q(place=None) | Q(place__gte=1, place__lte=MOST_OPEN, state__in=LIVE), name="application_most_open"
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None) & ~Q(state=ApplicationState.WITHDRAWN)
                | Q(letter="", availability="", site_answer="", may_contact=False, reason="", alternatives="", informed_manager=None),
                name="application_erased_has_no_content",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=DECIDED) | ~Q(reason="") & ~Q(alternatives="") | Q(erased_at__isnull=False),
                name="application_decided_with_its_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["applicant", "state"], name="application_of_applicant"),
            models.Index(fields=["opening", "state"], name="application_of_opening"),
            models.Index(fields=["handler", "state"], name="application_of_handler"),
        ]

    def __str__(self):
        return f"application {self.pk}"

    def get_absolute_url(self):
        return reverse("applications:detail", args=[self.public_id])

    @property
    def is_live(self):
        return self.state in LIVE and self.erased_at is None

    @property
    def is_sent(self):
        return self.state in SENT

    @property
    def stage(self):
        """What the state is called."""
        return ApplicationState(self.state).label


class ApplicationLine(models.Model):
    """A contribution that the applicant attaches. Each reader sees those they may open; ``is_considered``: a decision rests on it."""

    application = link("mobility.Application", related_name="lines")
    line = link("talent.LedgerLine")
    is_considered = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("attached contribution")
        constraints = [models.UniqueConstraint(fields=["application", "line"], name="application_line_once")]

    def __str__(self):
        return f"{self.line_id} with {self.application_id}"


class ApplicationSkill(models.Model):
    application = link("mobility.Application", related_name="skills")
    skill = link("talent.Skill", on_delete=models.PROTECT)

    class Meta:
        verbose_name = _("attached skill")
        constraints = [models.UniqueConstraint(fields=["application", "skill"], name="application_skill_once")]

    def __str__(self):
        return f"{self.skill_id} with {self.application_id}"


class StageChange(models.Model):
    """One step of an application, by somebody, perhaps with the day that comes next."""

    application = link("mobility.Application", related_name="steps")
    state = models.CharField(max_length=10, choices=ApplicationState.choices)
    by = link("core.Person", null=True, on_delete=models.SET_NULL)
    at = clock.InstantField()
    due_on = models.DateField(_("next date"), null=True, blank=True)

    class Meta:
        verbose_name = _("step of an application")
        constraints = [models.CheckConstraint(condition=Q(state__in=ApplicationState.values), name="stage_change_known_state")]
        indexes = [models.Index(fields=["application", "at"], name="stage_change_in_order")]

    def __str__(self):
        return f"{self.state} of {self.application_id}"
