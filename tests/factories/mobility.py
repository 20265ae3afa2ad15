import datetime

import factory
from factory.django import DjangoModelFactory

from mobility.enums import ApplicationState, MemberRole, OpeningKind, OpeningState
from mobility.models import Application, Bookmark, Opening, OpeningMember, OpeningSkill, StageChange
from rse.core import clock

from .core import PersonFactory, SiteFactory, UnitFactory

LETTER = "Mots-canari de ma lettre"


def in_days(count):
    return factory.LazyFunction(lambda: clock.today() + datetime.timedelta(days=count))


class OpeningFactory(DjangoModelFactory):
    """A published position, made and looked after by nobody. Traits: ``draft``, ``closed``, ``mission``; ``team=`` recruits for it."""

    class Meta:
        model = Opening
        skip_postgeneration_save = True

    class Params:
        draft = factory.Trait(state=OpeningState.DRAFT, published_at=None)
        closed = factory.Trait(state=OpeningState.CLOSED)
        mission = factory.Trait(kind=OpeningKind.MISSION, weeks=8, share=20, pay_from=None, pay_to=None)

    kind = OpeningKind.POSITION
    title = factory.Sequence(lambda n: f"Poste canari {n}")
    description = "Ce que l’on y fait."
    unit = factory.SubFactory(UnitFactory)
    site = factory.SubFactory(SiteFactory)
    pay_from, pay_to, level = 40, 48, "F11"
    starts_on, closes_on = in_days(60), in_days(14)
    state = OpeningState.PUBLISHED
    published_at = factory.LazyFunction(clock.now)

    @factory.post_generation
    def team(self, create, extracted, **kwargs):
        for person in extracted or ():
            OpeningMember.objects.create(opening=self, person=person, role=MemberRole.RECRUITER)

    @factory.post_generation
    def needed(self, create, extracted, **kwargs):
        OpeningSkill.objects.bulk_create(OpeningSkill(opening=self, skill=skill) for skill in extracted or ())

    @factory.post_generation
    def to_learn(self, create, extracted, **kwargs):
        OpeningSkill.objects.bulk_create(OpeningSkill(opening=self, skill=skill, is_to_learn=True) for skill in extracted or ())


class ApplicationFactory(DjangoModelFactory):
    """An application that was sent, with nobody to handle it. ``state=`` takes it elsewhere, with what that state asks for."""

    class Meta:
        model = Application
        skip_postgeneration_save = True

    opening = factory.SubFactory(OpeningFactory)
    unit = factory.SelfAttribute("opening.unit")
    applicant = factory.SubFactory(PersonFactory)
    state = ApplicationState.SUBMITTED
    submitted_at = factory.LazyFunction(clock.now)
    availability = factory.LazyAttribute(lambda one: "" if one.state == ApplicationState.WITHDRAWN else "now")
    site_answer = factory.LazyAttribute(lambda one: "" if one.state == ApplicationState.WITHDRAWN else "move")
    letter = factory.LazyAttribute(lambda one: "" if one.state == ApplicationState.WITHDRAWN else LETTER)
    reason = factory.LazyAttribute(lambda one: "Une autre expérience." if one.state in ("offer", "accepted", "refused") else "")
    alternatives = factory.LazyAttribute(lambda one: "Une formation." if one.state in ("offer", "accepted", "refused") else "")

    @factory.post_generation
    def step(self, create, extracted, **kwargs):
        StageChange.objects.create(application=self, state=self.state, by=self.applicant)


class BookmarkFactory(DjangoModelFactory):
    class Meta:
        model = Bookmark

    opening = factory.SubFactory(OpeningFactory)
    person = factory.SubFactory(PersonFactory)


def told(**changed):
    """What a form of an opening holds."""
    return {
        "kind": "position",
        "title": "Chef de projet",
        "summary": "",
        "description": "Tout.",
        "pay_from": 40,
        "pay_to": 48,
        "level": "F11",
        "starts_on": clock.today() + datetime.timedelta(days=60),
        "closes_on": clock.today() + datetime.timedelta(days=14),
        "weeks": None,
        "share": None,
    } | changed
