import factory
from factory.django import DjangoModelFactory

from rse.core import clock
from rse.core.events.bus import Contribution
from talent.enums import Horizon, Level, LineKind, WishVisibility
from talent.models import DeclaredSkill, HelpedPerson, LedgerLine, LineSkill, Skill, Wish
from talent.normalization import words_of

from .core import AudienceFactory, PersonFactory


class SkillFactory(DjangoModelFactory):
    class Meta:
        model = Skill

    code = factory.Sequence(lambda n: f"skill-{n}")
    label_fr = factory.Sequence(lambda n: f"Compétence {n}")
    label_en = factory.Sequence(lambda n: f"Skill {n}")
    words = factory.LazyAttribute(lambda skill: words_of(skill.label_fr, skill.label_en, skill.code))
    group = "together"


class DeclaredSkillFactory(DjangoModelFactory):
    class Meta:
        model = DeclaredSkill

    person = factory.SubFactory(PersonFactory)
    skill = factory.SubFactory(SkillFactory)
    level = Level.CONFIRMED


class LedgerLineFactory(DjangoModelFactory):
    """A kept answer that stands on a good turn (the kind of the fixture ``turns``) in an open space.

    ``tags=`` are its skills, ``helped=`` people or their keys.
    """

    class Meta:
        model = LedgerLine
        skip_postgeneration_save = True

    person = factory.SubFactory(PersonFactory)
    kind = LineKind.ANSWER_ACCEPTED
    on = factory.LazyFunction(clock.today)
    audience = factory.SubFactory(AudienceFactory, open=True)
    act_kind = "turn"
    act_id = factory.SelfAttribute("audience.pk")

    @factory.post_generation
    def tags(self, create, extracted, **kwargs):
        LineSkill.objects.bulk_create(LineSkill(line=self, skill=skill) for skill in extracted or ())

    @factory.post_generation
    def helped(self, create, extracted, **kwargs):
        HelpedPerson.objects.bulk_create(HelpedPerson(line=self, person_id=getattr(one, "pk", one)) for one in extracted or ())


class WishFactory(DjangoModelFactory):
    """A wish for its person alone. Trait: ``shared`` with HR."""

    class Meta:
        model = Wish

    class Params:
        shared = factory.Trait(visibility=WishVisibility.HR)

    person = factory.SubFactory(PersonFactory)
    horizon = Horizon.YEAR
    text = "Mots-canari de mon souhait"
    is_open_to_talk = True


def fact(person, audience, **values):
    """Return the contribution of a kept answer by ``person``, on a good turn in ``audience``."""
    usual = {"kind": "answer_accepted", "act": ("turn", audience.pk), "on": clock.today()}
    return Contribution(person_id=person.pk, audience_id=audience.pk, **usual | values)
