from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .. import clock
from ..access.readers import Is, ReadableQuerySet
from ..columns import FoundByField, SortsAsField
from .keys import link


class Site(models.Model):
    """A place of work, with the time zone and the public holidays its people have."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    sorts_as = SortsAsField("name")
    time_zone = models.CharField(_("time zone"), max_length=60, default=settings.TIME_ZONE)
    country = models.CharField(_("country"), max_length=2, blank=True)  # of ISO 3166; empty: that of the company
    region = models.CharField(_("region"), max_length=10, blank=True)  # where public holidays are not those of the whole country

    class Meta:
        verbose_name = _("site")

    def __str__(self):
        return self.name


class JobFamily(models.Model):
    label = models.CharField(_("label"), max_length=120, unique=True)
    sorts_as = SortsAsField("label")

    class Meta:
        verbose_name = _("job family")

    def __str__(self):
        return self.label


class Unit(models.Model):
    """A part of the organisation, in one tree; ``UnitClosure`` says what is under what."""

    code = models.CharField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=160)
    found_by = FoundByField("name")
    sorts_as = SortsAsField("name")
    parent = link("core.Unit", null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        verbose_name = _("unit")

    def __str__(self):
        return self.name


class UnitClosure(models.Model):
    """Every unit with itself (depth 0) and with everything above it."""

    unit, ancestor = link("core.Unit"), link("core.Unit")
    depth = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "ancestor"], name="unit_closure_once")]
        indexes = [models.Index(fields=["ancestor", "unit"], name="unit_closure_below")]

    def __str__(self):
        return f"{self.unit_id} under {self.ancestor_id}"


class Position(models.Model):
    """A place in the organisation, held by nobody, by one person, or by several when it is shared."""

    code = models.CharField(_("code"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=160)
    found_by = FoundByField("title")
    sorts_as = SortsAsField("title")
    unit = link("core.Unit", on_delete=models.PROTECT)
    site = link("core.Site", on_delete=models.PROTECT, null=True, blank=True)
    family = link("core.JobFamily", on_delete=models.SET_NULL, null=True, blank=True)
    reports_to = link("core.Position", on_delete=models.SET_NULL, null=True, blank=True)
    is_shared = models.BooleanField(_("shared"), default=False)

    class Meta:
        verbose_name = _("position")
        constraints = [models.CheckConstraint(condition=Q(reports_to=None) | ~Q(reports_to=F("id")), name="position_not_above_itself")]

    def __str__(self):
        return self.title


class Holding(models.Model):
    """A person in a position, between two dates (both included); ``is_interim`` while another's place is kept for them."""

    position, person = link("core.Position"), link("core.Person")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    is_interim = models.BooleanField(_("interim"), default=False)
    seat = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name = _("holding")
        constraints = [
            # A position that is not shared has one seat, the first.
            models.UniqueConstraint(fields=["position", "seat"], condition=Q(ends_on=None, is_interim=False), name="holding_one_per_seat"),
            models.UniqueConstraint(fields=["position", "person"], condition=Q(ends_on=None), name="holding_once_per_person"),
            models.CheckConstraint(condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="holding_ends_after_start"),
        ]
        indexes = [models.Index(fields=["person", "ends_on"], name="holding_of_person")]

    def __str__(self):
        return f"{self.person_id} in {self.position_id}"


class AbsenceQuerySet(ReadableQuerySet):
    def not_over(self):
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=clock.today()))


class Absence(models.Model):
    """Days on which somebody is away, both included, and never why: for what waits for them and what is sent to them."""

    person = link("core.Person")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = AbsenceQuerySet.as_manager()
    readers = Is("person")
    denied = None

    class Meta:
        verbose_name = _("absence")
        constraints = [
            models.UniqueConstraint(fields=["person", "starts_on"], name="absence_begins_once"),
            models.CheckConstraint(condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="absence_ends_after_start"),
        ]

    def __str__(self):
        return f"absence of {self.person_id}"


class ReportingLine(models.Model):
    """A person above another today, through positions: vacant ones are climbed through, shared ones count every holder."""

    person, manager = link("core.Person"), link("core.Person")
    depth = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "manager"], name="reporting_line_once"),
            models.CheckConstraint(condition=~Q(person=F("manager")), name="reporting_line_not_above_oneself"),
        ]
        indexes = [models.Index(fields=["manager", "person"], name="reporting_line_below")]

    def __str__(self):
        return f"{self.manager_id} above {self.person_id}"
