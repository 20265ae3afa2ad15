"""Random companies with rows of every room: whatever has readers stands in them, in every state that the database allows."""

import datetime

from django.apps import apps

from rse.core import clock
from rse.core.enums import AudienceType, Role
from rse.core.models import (
    Audience,
    AudienceMember,
    Holding,
    LineAtStart,
    Person,
    Position,
    ReportingLine,
    RoleGrant,
    RoleRemoval,
    RowGrant,
    Site,
)
from rse.core.organisation.services.reporting import rebuild_reporting_lines
from tests.core.companies import random_company

from . import rows_of_hr, rows_of_words

DAY = datetime.timedelta(days=1)
GRANTED = ("person", "post", "comment", "plan", "mentoring_offer")


def models_with_readers():
    """Every model that says who reads it, whether it is a kind or not; a proxy says what its model says."""
    ours = [model for model in apps.get_models() if hasattr(model, "readers") and not model._meta.proxy]
    return sorted(ours, key=lambda model: model._meta.label)


class Company:
    """One random company: ``chance`` decides of everything, and always the same for one seed."""

    def __init__(self, seed):
        self.chance, self.people, self.units = random_company(seed)
        self.now, self.today = clock.now(), clock.today()
        self.site = Site.objects.get_or_create(name="Nantes")[0]
        self._chain()
        self._spaces(seed)
        self._roles()
        for room in (*rows_of_words.ROOMS, *rows_of_hr.ROOMS):
            room(self)
        self._grants()
        self.people = list(Person.objects.filter(pk__in=[one.pk for one in self.people]).order_by("pk"))

    def anybody(self, but=()):
        """Somebody who is none of ``but``."""
        return self.chance.choice([one for one in self.people if one not in but])

    def perhaps(self, share=0.5):
        return self.chance.random() < share

    def some(self, most, least=0):
        """From ``least`` to ``most`` different people."""
        return self.chance.sample(self.people, min(len(self.people), self.chance.randint(least, most)))

    def period(self):
        """Begun or not, and over or not."""
        starts_at = self.now + DAY * self.chance.choice([-3, -3, -1, 1])
        return {"starts_at": starts_at, "ends_at": self.chance.choice([None, None, starts_at + DAY / 2, starts_at + 9 * DAY])}

    def stood_above(self, kind, row, but):
        """Some who were above when ``row`` began, and who may be anywhere now."""
        stood = [one for one in self.some(3) if one not in but]
        LineAtStart.objects.bulk_create([LineAtStart(person=person, kind=kind, row_id=row.pk) for person in stood], ignore_conflicts=True)

    def _chain(self):
        """Some who stand above one another, three deep where there are enough people."""
        above = None
        for number, person in enumerate(self.some(4, least=3)):
            above = Position.objects.create(code=f"chain{number}", title="T", unit=self.units[0], reports_to=above)
            Holding.objects.create(position=above, person=person, starts_on=self.today)
        rebuild_reporting_lines()

    def _spaces(self, seed):
        for kind, kept in ((AudienceType.COMMUNITY, {"is_open": True}), (AudienceType.COHORT, {}), (AudienceType.COMMUNITY, {})):
            space = Audience.objects.create(kind=kind, label="Space", **kept)
            AudienceMember.objects.bulk_create(
                AudienceMember(audience=space, person=person, role=self.chance.choice(["member", "host", "owner"]))
                for person in self.some(4)
            )
        if seed % 2:
            Audience.objects.filter(pk=self.chance.choice(list(Audience.objects.order_by("pk"))).pk).update(is_protected=True)
        self.spaces = list(Audience.objects.order_by("pk"))

    def _roles(self):
        RoleGrant.objects.bulk_create(
            RoleGrant(person=self.anybody(), role=role, unit=self.chance.choice([None, None, *self.units[:2]]), **self.period())
            for role in (*Role.values, *Role.values, "dpo", "handler")
        )
        above = Person.objects.filter(pk__in=ReportingLine.objects.values("manager"), state="active").order_by("pk")
        RoleGrant.objects.bulk_create(  # whom the rule keeps out would read otherwise
            RoleGrant(person=self.chance.choice([*above, self.anybody()]), role=role, starts_at=self.now - DAY)
            for role in ("handler", "handler", "recruiter", "dpo")
        )
        for person in self.some(3, least=1):
            grant = RoleGrant.objects.filter(person=person).order_by("pk").first() if self.perhaps() else None
            RoleRemoval.objects.create(
                person=person, grant=grant, asked_by=self.anybody([person]), closed_at=self.chance.choice([None, self.now])
            )

    def _grants(self):
        RowGrant.objects.bulk_create(
            RowGrant(person=self.anybody(), kind=kind, row_id=row_id, **self.period())
            for kind in GRANTED
            for row_id in _ids_of(kind)
            if self.perhaps()
        )


def _ids_of(kind):
    from rse.core.access import kinds

    return kinds.get(kind).model._base_manager.order_by("pk").values_list("pk", flat=True)
