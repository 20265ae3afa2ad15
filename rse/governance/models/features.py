from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from rse.core import clock
from rse.core.access.readers import Everyone, HoldsRole, ReadableQuerySet
from rse.core.enums import Role
from rse.core.models.keys import link

from ..enums import Advice

FILLED = (
    Q(works_council_on__isnull=False, notice_on__isnull=False, owner__isnull=False)
    & ~Q(impact_assessment="")
    & ~Q(works_council_advice="")
    & ~Q(notice_fr="")
    & ~Q(notice_en="")
)


class FeatureSwitchQuerySet(ReadableQuerySet):
    def running(self):
        """Narrow the queryset to the switches that were not switched off."""
        return self.filter(off_at=None)

    def open_on(self, day):
        """Narrow the queryset to the switches that are on: complete, confirmed by another, consulted about and announced by that day."""
        return self.running().filter(FILLED, on_since__isnull=False, works_council_on__lte=day, notice_on__lte=day)


class FeatureSwitch(models.Model):
    """The conditions under which one feature of HR is on, filled in by one person and confirmed by another. Pilots are features too."""

    name = models.CharField(max_length=40)
    impact_assessment = models.CharField(_("impact assessment"), max_length=200, blank=True)
    works_council_on = models.DateField(_("works council consulted on"), null=True, blank=True)
    works_council_advice = models.CharField(_("its opinion"), max_length=20, choices=Advice.choices, blank=True)
    notice_on = models.DateField(_("employees told on"), null=True, blank=True)
    notice_fr = models.TextField(_("notice in French"), max_length=4000, blank=True)
    notice_en = models.TextField(_("notice in English"), max_length=4000, blank=True)
    owner = link("core.Person", null=True, on_delete=models.PROTECT)
    asked_by = link("core.Person", null=True, on_delete=models.PROTECT)
    asked_at = clock.InstantField()
    confirmed_by = link("core.Person", null=True, on_delete=models.PROTECT)
    on_since = models.DateTimeField(null=True, blank=True)
    off_at = models.DateTimeField(null=True, blank=True)
    off_by = link("core.Person", null=True, on_delete=models.PROTECT)
    version = models.PositiveIntegerField(default=1)

    objects = FeatureSwitchQuerySet.as_manager()
    readers = (
        HoldsRole(Role.ADMINISTRATOR) | HoldsRole(Role.HR_HEAD) | HoldsRole(Role.DPO) | Everyone().when(on_since__isnull=False, off_at=None)
    )
    denied = None

    class Meta:
        verbose_name = _("feature of HR")
        constraints = [
            models.UniqueConstraint(fields=["name"], condition=Q(off_at=None), name="feature_switch_one_running"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("asked_by")), name="feature_switch_confirmed_by_another"
            ),
            models.CheckConstraint(
                condition=Q(on_since=None, confirmed_by=None) | Q(on_since__isnull=False, confirmed_by__isnull=False) & FILLED,
                name="feature_switch_on_only_when_filled",
            ),
            models.CheckConstraint(condition=Q(works_council_advice__in=["", *Advice.values]), name="feature_switch_known_advice"),
        ]

    def __str__(self):
        return self.name

    @property
    def notice(self):
        """What employees are told, in the language of whoever reads."""
        return self.notice_fr if (get_language() or "fr").startswith("fr") else self.notice_en

    @property
    def is_complete(self):
        """Whether all conditions are filled in."""
        filled = (self.impact_assessment, self.works_council_on, self.works_council_advice, self.notice_on, self.notice_fr, self.notice_en)
        return all(filled) and self.owner_id is not None

    @property
    def is_confirmed(self):
        return self.on_since is not None
