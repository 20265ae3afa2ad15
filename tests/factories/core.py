import datetime

import factory
from factory.django import DjangoModelFactory

from rse.core import clock
from rse.core.enums import AudienceType, PersonState, Role
from rse.core.models import Audience, AudienceMember, Holding, Person, Position, RoleGrant, Site, Unit
from rse.core.organisation.services.reporting import rebuild_reporting_lines, rebuild_units

PASSWORD = "correct horse battery staple"


class SiteFactory(DjangoModelFactory):
    class Meta:
        model = Site
        django_get_or_create = ("name",)

    name = "Nantes"


class UnitFactory(DjangoModelFactory):
    """A unit under ``parent``; the closure follows."""

    class Meta:
        model = Unit
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"U{n}")
    name = factory.Sequence(lambda n: f"Unit {n}")

    @factory.post_generation
    def closure(self, create, extracted, **kwargs):
        rebuild_units()


class PersonFactory(DjangoModelFactory):
    """Somebody who is there. Traits: ``expected``, ``left``; ``role=`` grants one; ``manager=`` puts them under somebody."""

    class Meta:
        model = Person
        skip_postgeneration_save = True

    class Params:
        expected = factory.Trait(
            state=PersonState.EXPECTED,
            email=None,
            private_email=factory.Sequence(lambda n: f"private{n}@home.example"),
            hired_on=factory.LazyFunction(lambda: clock.today() + datetime.timedelta(days=10)),
        )
        left = factory.Trait(state=PersonState.LEFT, leaves_on=factory.LazyFunction(lambda: clock.today() - datetime.timedelta(days=1)))

    employee_number = factory.Sequence(lambda n: f"E{n:05}")
    handle = factory.Sequence(lambda n: f"person-{n}")
    email = factory.Sequence(lambda n: f"person{n}@company.example")
    first_name = "Camille"
    last_name = factory.Sequence(lambda n: f"Durand{n}")
    title = "Technicienne"
    unit = factory.SubFactory(UnitFactory)
    site = factory.SubFactory(SiteFactory)
    hired_on = datetime.date(2020, 1, 6)
    language = "en"  # the language of the source, whatever is translated
    state = PersonState.ACTIVE

    @factory.post_generation
    def password(self, create, extracted, **kwargs):
        self.set_unusable_password() if extracted is False else self.set_password(extracted or PASSWORD)
        self.has_account = extracted is not False or self.has_account
        if create:
            self.save(update_fields=["password", "has_account"])

    @factory.post_generation
    def role(self, create, extracted, **kwargs):
        if extracted:
            RoleGrantFactory(person=self, role=extracted, **kwargs)

    @factory.post_generation
    def manager(self, create, extracted, **kwargs):
        if extracted:
            put_under(self, extracted)


class PositionFactory(DjangoModelFactory):
    class Meta:
        model = Position

    code = factory.Sequence(lambda n: f"P{n}")
    title = "Technicienne"
    unit = factory.SubFactory(UnitFactory)


class RoleGrantFactory(DjangoModelFactory):
    """A role that runs since yesterday, over the company unless a unit is given."""

    class Meta:
        model = RoleGrant

    person = factory.SubFactory(PersonFactory)
    role = Role.HR
    starts_at = factory.LazyFunction(lambda: clock.now() - datetime.timedelta(days=1))


class AudienceFactory(DjangoModelFactory):
    """A closed audience of ``members`` (and ``hosts``). Traits: ``open``, ``secret``."""

    class Meta:
        model = Audience
        skip_postgeneration_save = True

    class Params:
        open = factory.Trait(is_open=True)
        secret = factory.Trait(is_secret=True)

    kind = AudienceType.COMMUNITY
    label = factory.Sequence(lambda n: f"Audience {n}")

    @factory.post_generation
    def members(self, create, extracted, **kwargs):
        AudienceMember.objects.bulk_create(AudienceMember(audience=self, person=person) for person in extracted or ())

    @factory.post_generation
    def hosts(self, create, extracted, **kwargs):
        AudienceMember.objects.bulk_create(AudienceMember(audience=self, person=person, role="host") for person in extracted or ())


def place_of(person):
    """The position that ``person`` holds, made when there is none."""
    holding = Holding.objects.filter(person=person, is_interim=False).select_related("position").first()
    if holding is None:
        position = PositionFactory(unit=person.unit or UnitFactory())
        holding = Holding.objects.create(position=position, person=person, starts_on=datetime.date(2020, 1, 6))
    return holding.position


def put_under(person, manager):
    """Make ``manager`` stand directly above ``person``."""
    position = place_of(person)
    position.reports_to = place_of(manager)
    position.save()
    rebuild_reporting_lines()
