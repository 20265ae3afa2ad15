"""Cohorts, journeys and requests for a buddy; what is made here passes the constraints of the database."""

import datetime

import factory
from factory.django import DjangoModelFactory

from onboarding.dates import first_of_month
from onboarding.models import BuddyRequest, Cohort, Journey, TemplateVersion
from onboarding.services.journeys import start_journeys
from onboarding.services.templates import current_version
from rse.core import clock

from .communities import CommunityFactory, add
from .core import PersonFactory, SiteFactory


class CohortFactory(DjangoModelFactory):
    """A planned cohort of this month. Trait: ``open``, with a community of ``members`` and of its host."""

    class Meta:
        model = Cohort
        skip_postgeneration_save = True

    class Params:
        open = factory.Trait(
            state="open",
            opened_at=factory.LazyFunction(clock.now),
            community=factory.SubFactory(CommunityFactory, closed=True, name="Cohort"),
            audience=factory.SelfAttribute("community.audience"),
        )

    month = factory.LazyFunction(lambda: first_of_month(clock.today()))
    site = factory.SubFactory(SiteFactory, name=factory.Sequence(lambda n: f"Site of cohort {n}"))
    first_day = factory.LazyFunction(clock.today)

    @factory.post_generation
    def members(self, create, extracted, **kwargs):
        if self.community:
            self.community.audience.kind = "cohort"
            self.community.audience.save(update_fields=["kind"])
            add(self.community, extracted or ())
            if self.host:
                add(self.community, [self.host], "owner")


class JourneyFactory(DjangoModelFactory):
    """A journey under way, with its steps, that began a week ago. ``started=False`` leaves it without; ``buddy=`` seats one."""

    class Meta:
        model = Journey
        skip_postgeneration_save = True

    newcomer = factory.SubFactory(PersonFactory, first_name="Nouvelle")
    hired_on = factory.LazyFunction(lambda: clock.today() - datetime.timedelta(days=7))
    starts_on = factory.SelfAttribute("hired_on")
    buddy_seat = factory.LazyAttribute(lambda made: 1 if getattr(made, "buddy", None) else None)

    @factory.post_generation
    def started(self, create, extracted, **kwargs):
        if extracted is not False:
            start_journeys(journeys=[self])
            self.refresh_from_db()

    @factory.post_generation
    def agreed(self, create, extracted, **kwargs):
        if self.buddy:
            BuddyRequestFactory(journey=self, person=self.buddy, state="accepted")


class BuddyRequestFactory(DjangoModelFactory):
    class Meta:
        model = BuddyRequest

    journey = factory.SubFactory(JourneyFactory)
    newcomer = factory.SelfAttribute("journey.newcomer")
    person = factory.SubFactory(PersonFactory)
    asked_by = factory.SubFactory(PersonFactory)
    expires_at = factory.LazyFunction(lambda: clock.now() + datetime.timedelta(days=10))


def step_of(journey, actor, kind=None):
    """The first step of that actor (and kind)."""
    rows = journey.steps.select_related("template_step").filter(actor=actor).order_by("position")
    return (rows.filter(template_step__kind=kind) if kind else rows).first()


def published():
    """The version in force."""
    version = current_version()
    return TemplateVersion.objects.get(pk=version.pk)
