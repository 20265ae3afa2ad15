import factory
from factory.django import DjangoModelFactory

from rse.core import clock
from talent.enums import Horizon, Level, LineKind, WishVisibility
from talent.models import DeclaredSkill, LedgerLine, LineSkill, Skill, Wish
from talent.words import words_of

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
    """A kept answer that stands on a good turn (the kind of the fixture ``turns``) in an open space; ``tags=`` are its skills."""

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
