from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rse.core.access.readers import InAudience, Is, ReadableQuerySet
from rse.core.models.keys import link, public_id_field

from ..cohort_names import cohort_name
from ..enums import CohortState
from ..reader_parts import HROfItsNewcomers


class CohortQuerySet(ReadableQuerySet):
    def with_card(self):
        return self.select_related("site", "host")

    def newest_first(self):
        return self.order_by("-month", "-pk")


class Cohort(models.Model):
    """Those who begin in one month at one site. Planned, it is a list of HR; open, it has a community and its members."""

    public_id = public_id_field()
    month = models.DateField(_("month"))  # the first of it
    site = link("core.Site", on_delete=models.PROTECT)
    first_day = models.DateField(_("first day"))  # the earliest of its newcomers
    state = models.CharField(max_length=10, choices=CohortState.choices, default=CohortState.PLANNED)
    host = link("core.Person", null=True, blank=True, on_delete=models.SET_NULL)
    community = models.OneToOneField("communities.Community", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    audience = link("core.Audience", null=True, blank=True, on_delete=models.SET_NULL)
    opened_at = models.DateTimeField(null=True, blank=True)

    objects = CohortQuerySet.as_manager()
    readers = HROfItsNewcomers() | Is("host") | InAudience().when(state=CohortState.OPEN, audience__isnull=False)
    denied = None

    class Meta:
        verbose_name = _("cohort")
        constraints = [
            models.UniqueConstraint(fields=["month", "site"], name="cohort_once_per_month_and_site"),
            models.CheckConstraint(condition=Q(state__in=CohortState.values), name="cohort_known_state"),
            models.CheckConstraint(
                condition=Q(state=CohortState.PLANNED, opened_at=None) | Q(state=CohortState.OPEN, opened_at__isnull=False),
                name="cohort_open_since_a_moment",
            ),
        ]
        indexes = [models.Index(fields=["-month", "-id"], name="cohort_newest")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("cohorts:detail", args=[self.public_id])

    @property
    def name(self):
        """The name in the reader's language."""
        return cohort_name(self.month, self.site.name)

    @property
    def is_open(self):
        return self.state == CohortState.OPEN

    @property
    def company_name(self):
        """The name in the language of the company, for what everybody reads in one language."""
        return cohort_name(self.month, self.site.name, language=settings.LANGUAGE_CODE)
