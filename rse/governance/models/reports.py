from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rse.core import clock
from rse.core.access.readers import HoldsRole, InAudience, InLineOf, Is, NamedIn, ReadableQuerySet, StoodInLine
from rse.core.enums import HOSTING, Role
from rse.core.models.keys import link, public_id_field

from ..enums import Outcome, ReportCategory, ReportState
from ..reader_parts import InLineOfNamed

HANDLERS = HoldsRole(Role.HANDLER)
HOSTS = InAudience(roles=HOSTING).when(is_protected=False, audience__isnull=False)


class ReportQuerySet(ReadableQuerySet):
    def open(self):
        return self.filter(state=ReportState.OPEN)

    def oldest_first(self):
        return self.order_by("opened_at", "pk")


class Report(models.Model):
    """One thing that was reported, by one person or by fifty: what those who handle it decide about.

    Nobody named in it, nor anybody above them now or when it was made, reads it, whatever role they hold. What is protected
    (harassment, discrimination, danger) stands apart from what breaks the charter, and only the handlers read it.
    """

    public_id = public_id_field()
    kind = models.CharField(max_length=40)
    row_id = models.BigIntegerField()
    about = link("core.Person", null=True, on_delete=models.SET_NULL)
    audience = link("core.Audience", null=True, on_delete=models.SET_NULL)
    is_protected = models.BooleanField()
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.OPEN)
    opened_at = clock.InstantField()
    reminders = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    decided_by = link("core.Person", null=True, on_delete=models.SET_NULL)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ReportQuerySet.as_manager()
    reader_words = {"": _("those who handle reports")}
    readers = HANDLERS | HoldsRole(Role.HANDLER, person="about").when(about__isnull=False) | HOSTS
    denied = (
        Is("about")
        | InLineOf("about")
        | NamedIn("governance.Reporter", "report")
        | InLineOfNamed("governance.Reporter", "report")
        | StoodInLine("report")
    )

    class Meta:
        verbose_name = _("report")
        constraints = [
            models.UniqueConstraint(fields=["kind", "row_id", "is_protected"], condition=Q(state="open"), name="report_one_open_per_thing"),
            models.CheckConstraint(
                condition=Q(state=ReportState.OPEN, outcome="", decided_at=None)
                | Q(state=ReportState.DECIDED, outcome__in=Outcome.values, decided_at__isnull=False),
                name="report_decided_with_an_outcome",
            ),
        ]
        indexes = [models.Index(fields=["state", "opened_at"], name="report_by_age")]

    def __str__(self):
        return self.public_id

    def get_absolute_url(self):
        return reverse("reports:detail", args=[self.public_id])

    @property
    def is_open(self):
        return self.state == ReportState.OPEN


class Reporter(models.Model):
    """A person who reported it, and what they said. They read that they did, and whether it was handled: nothing else."""

    public_id = public_id_field()
    report = link("governance.Report")
    person = link("core.Person")
    category = models.CharField(_("what it is about"), max_length=20, choices=ReportCategory.choices)
    words = models.TextField(_("what happened"), max_length=2000, blank=True)
    at = clock.InstantField()
    day = models.DateField()
    number = models.PositiveSmallIntegerField()

    objects = ReadableQuerySet.as_manager()
    readers = Is("person")
    denied = None

    class Meta:
        verbose_name = _("my report")
        constraints = [
            models.UniqueConstraint(fields=["report", "person"], name="reporter_once"),
            models.UniqueConstraint(fields=["person", "day", "number"], name="reporter_number_of_the_day"),
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=10), name="reporter_ten_a_day"),
            models.CheckConstraint(condition=Q(category__in=ReportCategory.values), name="reporter_known_category"),
        ]

    def __str__(self):
        return f"{self.person_id} on {self.report_id}"

    def get_absolute_url(self):
        return f"{reverse('reports:mine')}#report-{self.public_id}"
