from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rse.core import clock
from rse.core.access.readers import InAudience, Is, ReadableQuerySet
from rse.core.models.keys import link, public_id_field

from ..enums import CONFIRMED_BY_THE_OTHER, LineKind

LONGEST_COMMENT = 280
# What happened in a space that is protected, by now, counts in no contribution and no profile, and is shown on none.
UNPROTECTED = {"audience__is_protected": False}


class LedgerLineQuerySet(ReadableQuerySet):
    def newest_first(self):
        return self.order_by("-on", "-pk")


class LedgerLine(models.Model):
    """A dated fact that a person did something for others. It stands on an act and is shown to those who may open that act.

    Its person always sees it, others once it is kept and unless it is hidden; nobody does once its space is protected. It keeps no title
    and no word of the act.
    """

    public_id = public_id_field()
    person, audience = link("core.Person"), link("core.Audience")
    kind = models.CharField(max_length=20, choices=LineKind.choices)
    on = models.DateField()
    act_kind = models.CharField(max_length=40)
    act_id = models.BigIntegerField()
    helped = models.ManyToManyField("core.Person", through="talent.HelpedPerson", related_name="+")
    skills = models.ManyToManyField("talent.Skill", through="talent.LineSkill", related_name="+")
    is_kept = models.BooleanField(default=True)
    is_hidden = models.BooleanField(default=False)
    comment = models.CharField(_("my comment"), max_length=LONGEST_COMMENT, blank=True)

    objects = LedgerLineQuerySet.as_manager()
    readers = Is("person").when(**UNPROTECTED) | InAudience().when(is_kept=True, is_hidden=False, **UNPROTECTED)
    denied = None

    class Meta:
        verbose_name = _("contribution")
        constraints = [
            models.UniqueConstraint(fields=["act_kind", "act_id", "person"], name="ledger_line_once_per_act"),
            models.CheckConstraint(condition=Q(kind__in=LineKind.values), name="ledger_line_known_kind"),
        ]
        indexes = [models.Index(fields=["person", "-on"], name="ledger_line_of_person")]

    def __str__(self):
        return f"{self.kind} of {self.person_id}"

    def get_absolute_url(self):
        return f"{reverse('contributions:mine')}#line-{self.public_id}"


class LineSkill(models.Model):
    line = link("talent.LedgerLine", related_name="tags")
    skill = link("talent.Skill", on_delete=models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["line", "skill"], name="line_skill_once")]
        indexes = [models.Index(fields=["skill", "line"], name="line_skill_by_skill")]

    def __str__(self):
        return f"{self.skill_id} of {self.line_id}"


class HelpedPerson(models.Model):
    """Somebody whom the fact of a line helped; the row goes with either."""

    line = link("talent.LedgerLine")
    person = link("core.Person")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["line", "person"], name="helped_person_once")]

    def __str__(self):
        return f"{self.person_id} by {self.line_id}"


class LedgerOptOut(models.Model):
    """Somebody wants no ledger. Nobody else can tell this from a ledger with nothing in it."""

    person = models.OneToOneField("core.Person", on_delete=models.CASCADE, related_name="+")

    objects = ReadableQuerySet.as_manager()
    readers = Is("person")
    denied = None

    def __str__(self):
        return f"{self.person_id}"


class HelpConfirmation(models.Model):
    """The act behind a proposed line: somebody says that another helped them.

    What it comes from is remembered, and opened by nothing here. Those two read it; others only once the person kept it, and of those
    only the audience that this person chose, while it is not protected.
    """

    person, by = link("core.Person"), link("core.Person")
    kind = models.CharField(max_length=20, choices=LineKind.choices)
    source_kind = models.CharField(max_length=40)
    source_id = models.BigIntegerField()
    audience = link("core.Audience")
    is_shown = models.BooleanField(default=False)
    confirmed_on = clock.DayField()

    objects = ReadableQuerySet.as_manager()
    readers = Is("person") | Is("by") | InAudience().when(is_shown=True, **UNPROTECTED)
    denied = None

    class Meta:
        verbose_name = _("confirmed help")
        constraints = [
            models.UniqueConstraint(fields=["source_kind", "source_id", "person", "by"], name="help_confirmation_once"),
            models.CheckConstraint(condition=~Q(person=F("by")), name="help_confirmation_never_of_oneself"),
            models.CheckConstraint(condition=Q(kind__in=sorted(CONFIRMED_BY_THE_OTHER)), name="help_confirmation_known_kind"),
        ]

    def __str__(self):
        return f"{self.kind} of {self.person_id}"

    def get_absolute_url(self):
        return reverse("contributions:of", args=[self.person.handle])
