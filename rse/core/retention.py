"""How long rows are kept: each package declares it beside what its fields are, and one job applies every period."""

import datetime
from dataclasses import dataclass, field

from django.apps import apps
from django.db import transaction
from django.db.models import Q, QuerySet

from . import clock

AT_ONCE = 500  # rows of one transaction
MONTH = datetime.timedelta(days=30, hours=10, minutes=30)  # a twelfth of a year


@dataclass(frozen=True)
class Period:
    """Rows of ``model`` go when ``lasts`` has passed since ``since``; those without that instant stay, and those that are not ``among``."""

    model: str
    since: str
    lasts: datetime.timedelta
    says: str  # what the register says of these rows
    among: Q = field(default_factory=Q)

    def over(self) -> QuerySet:
        """Return the rows that have had their time."""
        model = apps.get_model(self.model)
        return model._default_manager.filter(self.among, **{f"{self.since}__lt": clock.now() - self.lasts})


PERIODS: list[Period] = []


def keep(model: str, *, since: str, lasts: datetime.timedelta, says: str, among: Q | None = None) -> None:
    """Delete the rows of ``model`` (``app.Model``) when ``lasts`` has passed since their ``since``."""
    PERIODS.append(Period(model, since, lasts, says, among or Q()))


def forget() -> int:
    """Delete what has had its time, some rows at a time; how many, with what hung on them."""
    return sum(_forget(period) for period in PERIODS)


def _forget(period: Period) -> int:
    forgotten = 0
    while keys := list(period.over().order_by(period.since, "pk").values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            forgotten += apps.get_model(period.model)._default_manager.filter(pk__in=keys).delete()[0]
    return forgotten
