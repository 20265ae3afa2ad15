from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rse.core import clock
from rse.core.access.readers import Granted, HoldsRole, NamedIn, ReadableQuerySet
from rse.core.enums import Role
from rse.core.models.keys import link, public_id_field

from .enums import ActionKind, Criticality, PlanState, Readiness

LONGEST = 280
LONGEST_ACTION = 140


class KeyPosition(models.Model):
    """A position that the company could not leave empty for long. Whoever is named for it, in any cycle, does not know of it.

    ``place`` is above 0 where somebody declared a position whose first line they may not open: a refusal would have told them.
    """

    position = link("core.Position", on_delete=models.PROTECT)
    place = models.PositiveSmallIntegerField(default=0)
    criticality = models.CharField(_("criticality"), max_length=10, choices=Criticality.choices)
    vacant_from = models.DateField(_("month of probable vacancy"), null=True, blank=True)  # the first of the month
    is_single_holder = models.BooleanField(_("one person alone knows this work"), default=False)
    note = models.CharField(_("note on the position"), max_length=LONGEST, blank=True)

    objects = ReadableQuerySet.as_manager()
    readers = HoldsRole(Role.HR_SUCCESSION)
    denied = NamedIn("succession.Nomination", "plan__key_position")

    class Meta:
        verbose_name = _("key position")
        constraints = [
            models.UniqueConstraint(fields=["position", "place"], name="key_position_once"),
            models.CheckConstraint(condition=Q(criticality__in=Criticality.values), name="key_position_known_criticality"),
        ]

    def __str__(self):
        return f"key position {self.position_id}"


class PlanQuerySet(ReadableQuerySet):
    def current(self):
        """Narrow the queryset to the newest cycle of each key position."""
        return self.filter(is_current=True)


class Plan(models.Model):
    """Who could take a key position, and when. Once decided it is frozen, and the next cycle is another plan.

    It is taken from everybody who is named for the position, whatever role they hold.
    """

    public_id = public_id_field()
    key_position = link("succession.KeyPosition", related_name="plans")
    unit = link("core.Unit", on_delete=models.PROTECT)
    is_current = models.BooleanField(default=True)
    owner = link("core.Person", null=True, on_delete=models.SET_NULL)
    review_on = models.DateField(_("next review"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=PlanState.choices, default=PlanState.LIVE)
    started_at = clock.InstantField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = link("core.Person", null=True, on_delete=models.SET_NULL)
    decision = models.CharField(_("what was decided, and why"), max_length=LONGEST, blank=True)
    deletion_asked_by = link("core.Person", null=True, on_delete=models.SET_NULL)
    version = models.PositiveIntegerField(default=1)

    objects = PlanQuerySet.as_manager()
    readers = HoldsRole(Role.HR_SUCCESSION) | Granted("plan", silent=False)
    denied = NamedIn("succession.Nomination", "plan__key_position", column="key_position")

    class Meta:
        verbose_name = _("succession plan")
        constraints = [
            models.UniqueConstraint(fields=["key_position"], condition=Q(is_current=True), name="plan_one_current"),
            models.UniqueConstraint(fields=["key_position"], condition=Q(state=PlanState.LIVE), name="plan_one_live"),
            models.CheckConstraint(condition=Q(state__in=PlanState.values), name="plan_known_state"),
            models.CheckConstraint(
                condition=Q(state=PlanState.LIVE, decided_at=None) | Q(state=PlanState.DECIDED, decided_at__isnull=False) & ~Q(decision=""),
                name="plan_decided_with_its_reason",
            ),
        ]

    def __str__(self):
        return f"plan {self.pk}"

    def get_absolute_url(self):
        return reverse("succession:plan", args=[self.public_id])

    @property
    def is_live(self):
        return self.state == PlanState.LIVE


class Nomination(models.Model):
    """A name in a plan, with the record of the human decision: who, when, why, on which contributions, who else was thought of."""

    plan = link("succession.Plan", related_name="nominations")
    person = link("core.Person")
    readiness = models.CharField(_("readiness"), max_length=10, choices=Readiness.choices)
    reason = models.CharField(_("why this person"), max_length=LONGEST)
    alternatives = models.CharField(_("who else was considered"), max_length=LONGEST)
    evidence = models.ManyToManyField("talent.LedgerLine", through="succession.NominationEvidence", related_name="+")
    decided_by = link("core.Person", null=True, on_delete=models.SET_NULL)
    decided_at = clock.InstantField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("name in a plan")
        constraints = [
            models.UniqueConstraint(fields=["plan", "person"], name="nomination_once"),
            models.CheckConstraint(condition=Q(readiness__in=Readiness.values), name="nomination_known_readiness"),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(alternatives=""), name="nomination_with_its_reasons"),
            models.CheckConstraint(condition=Q(decided_by=None) | ~Q(decided_by=F("person")), name="nomination_never_of_oneself"),
        ]
        indexes = [models.Index(fields=["person", "plan"], name="nomination_of_person")]

    def __str__(self):
        return f"{self.person_id} in {self.plan_id}"


class NominationEvidence(models.Model):
    """A contribution that the decision rests on; it goes with the line, and is shown to those who may read that line."""

    nomination = link("succession.Nomination", related_name="chosen")
    line = link("talent.LedgerLine")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["nomination", "line"], name="nomination_evidence_once")]

    def __str__(self):
        return f"{self.line_id} for {self.nomination_id}"


class DevelopmentAction(models.Model):
    """Something agreed that lets a person get ready: a mission, mentoring, training, an interim."""

    public_id = public_id_field()
    nomination = link("succession.Nomination", related_name="actions")
    kind = models.CharField(_("kind of action"), max_length=10, choices=ActionKind.choices)
    words = models.CharField(_("what was agreed"), max_length=LONGEST_ACTION)
    due_on = models.DateField(_("to be done by"), null=True, blank=True)
    is_done = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("development action")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ActionKind.values), name="development_action_known_kind"),
            models.UniqueConstraint(fields=["nomination", "kind", "words"], name="development_action_once"),
        ]

    def __str__(self):
        return f"{self.kind} for {self.nomination_id}"
