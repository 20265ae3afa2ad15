import factory
from factory.django import DjangoModelFactory

from rse.core import clock
from rse.governance.enums import Advice, Article, ReportCategory
from rse.governance.models import Charter, FeatureSwitch, Moderation, Report, Reporter

from .core import PersonFactory


class CharterFactory(DjangoModelFactory):
    """The next version of the charter."""

    class Meta:
        model = Charter

    version = factory.Sequence(lambda n: n + 1)
    body_fr = "# Nos règles\n\nParler comme en face.\n\nNe rien publier de secret."
    body_en = "# Our rules\n\nSpeak as you would face to face.\n\nPublish nothing secret."

    @classmethod
    def _setup_next_sequence(cls):
        return Charter.objects.count()


class ReportFactory(DjangoModelFactory):
    """An open report about a profile, content that breaks the charter. Trait: ``harassment``. ``reporters=`` made it."""

    class Meta:
        model = Report
        skip_postgeneration_save = True

    class Params:
        harassment = factory.Trait(is_protected=True)

    kind = "person"
    about = factory.SubFactory(PersonFactory)
    row_id = factory.SelfAttribute("about.pk")
    is_protected = False

    @factory.post_generation
    def reporters(self, create, extracted, **kwargs):
        category = ReportCategory.HARASSMENT if self.is_protected else ReportCategory.CONTENT
        for person in extracted or ():
            number = Reporter.objects.filter(person=person, day=clock.today()).count() + 1
            Reporter.objects.create(report=self, person=person, category=category, words="mots-canari", day=clock.today(), number=number)


class ModerationFactory(DjangoModelFactory):
    """A profile that somebody hid for an insult."""

    class Meta:
        model = Moderation

    kind = "person"
    author = factory.SubFactory(PersonFactory)
    row_id = factory.SelfAttribute("author.pk")
    by = factory.SubFactory(PersonFactory)
    article = Article.INSULT
    reason = "Un mot de trop."


class FeatureSwitchFactory(DjangoModelFactory):
    """All conditions of a feature, not confirmed. Trait: ``on``."""

    class Meta:
        model = FeatureSwitch

    class Params:
        on = factory.Trait(confirmed_by=factory.SubFactory(PersonFactory), on_since=factory.LazyFunction(clock.now))

    name = "lamp"
    impact_assessment = "AIPD-7"
    works_council_on = factory.LazyFunction(clock.today)
    works_council_advice = Advice.FAVOURABLE
    notice_on = factory.LazyFunction(clock.today)
    notice_fr = "Ce que fait la lampe."
    notice_en = "What the lamp does."
    owner = factory.SubFactory(PersonFactory)
    asked_by = factory.SubFactory(PersonFactory)
