"""How newcomers are welcomed in the demonstration: cohorts come from the files of HR, and people do what their steps say."""

import datetime
import random

from django.db.models import Q
from django.utils import translation
from django.utils.formats import date_format

from onboarding.enums import Actor, CohortState, JourneyState, StepKind
from onboarding.models import BuddyRequest, Cohort, Journey, JourneyStep
from onboarding.services import buddies, cohorts, steps, templates
from rse.core import clock
from rse.core.enums import PersonState
from rse.core.events import deliveries
from rse.core.models import Person, ReportingLine
from rse.demo import texts
from rse.feed.enums import PostKind
from rse.feed.services.comments import publish_comment
from rse.feed.services.posts import publish_post
from talent.enums import LineKind
from talent.models import LedgerLine
from talent.services.ledger import keep_line

DAYS = (6, 13, 20, 28)  # of each month on which something happens
DOES = {Actor.NEWCOMER: 0.93, Actor.MANAGER: 0.86, Actor.BUDDY: 0.92, Actor.HR: 0.97}  # how often each does a step in time
PRIVATE = "charter"
KEPT_WITHIN = datetime.timedelta(days=21)
THANKED_AFTER = datetime.timedelta(days=18)
WRITTEN = (
    "J’ai été surprise par le nombre de personnes qui disent bonjour sans me connaître, et par le peu de plans affichés.",
    "Ce qui m’étonne encore : tout le monde sait où sont les choses, et rien n’est écrit. J’ai commencé une liste.",
    "Très bon accueil. J’aurais aimé rencontrer plus tôt l’équipe de nuit, qui règle la moitié de mes questions.",
    "Les réunions commencent à l’heure. Les sigles, en revanche : j’en ai compté quarante la première semaine.",
)
ASKED = "Tu connais bien le site et tu expliques sans jamais t’impatienter. Cela prendrait un café par semaine, surtout le premier mois."


class OnboardingAct:
    """Acts as newcomers, their managers, their buddies and HR; the same seed gives the same welcome."""

    def __init__(self, company, life):
        self.company, self.life = company, life
        self.chance = random.Random("onboarding")
        self.texts = texts.Texts(7)
        self.before = None
        self.welcomed = set()
        self.introduced = set()

    def begin(self):
        """Publish, as HR, the template of journeys of the company, made of its own steps."""
        hr = self._cast("nadia")
        draft = templates.start_draft(editor=hr)
        for former in draft.steps.select_related("of").order_by("position"):
            templates.remove_step(editor=hr, step=former)
        for step in texts.journey_steps():
            said = {name: getattr(step, name) for name in ("kind", "day", "title_fr", "title_en", "text_fr", "text_en", "page")}
            templates.add_step(editor=hr, draft=draft, actor=step.actor, is_private=step.key == PRIVATE, **said)
        draft.refresh_from_db()
        templates.publish_draft(editor=hr, draft=draft, version=draft.version)

    def live(self, month):
        """Run four days of ``month`` (its first day), each at 8:30 UTC; none is later than yesterday."""
        for day in DAYS:
            moment = datetime.datetime.combine(month.replace(day=day), datetime.time(8, 30), tzinfo=datetime.UTC)
            if moment >= self._until():
                break
            with clock.moved_to(moment):
                self._live_a_day()

    def end(self):
        """Run today, and send the request that a person of the sign-in page finds waiting."""
        self._live_a_day()
        self._ask_malik()

    def _live_a_day(self):
        cohorts.tend()
        deliveries.drain()
        self._open_with_words()
        self._find_buddies()
        self._do_steps()
        self._thank()
        deliveries.drain()

    def _until(self):
        return datetime.datetime.combine(self.company.today, datetime.time(6), tzinfo=datetime.UTC)

    def _cast(self, key):
        return Person.objects.get(employee_number=self.company.cast[key])

    # Cohorts

    def _open_with_words(self):
        """Publish the host's first words in each cohort that has just opened."""
        fresh = Cohort.objects.filter(state=CohortState.OPEN).exclude(pk__in=self.welcomed).select_related("site", "host", "audience")
        for cohort in fresh.order_by("pk"):
            self.welcomed.add(cohort.pk)
            if cohort.host is None or not cohort.host.is_present:
                continue
            with translation.override("fr"):
                said = self.texts.cohort_welcome(site=cohort.site.name, month=date_format(cohort.month, "F Y"))
            self.life._agree(cohort.host)  # noqa: SLF001 - the same person, who reads the charter once
            publish_post(
                author=cohort.host,
                audience=cohort.audience,
                kind=PostKind.MESSAGE,
                title=said.title,
                body=said.body,
                language=said.language,
            )

    # Buddies

    def _find_buddies(self):
        """Ask a colleague of the site as the manager, or as HR where there is none; most say yes the next time, some cannot."""
        waiting = Journey.objects.running().filter(buddy=None, cohort__state=CohortState.OPEN).select_related("newcomer")
        for journey in waiting.order_by("pk"):
            asked = BuddyRequest.objects.pending().filter(journey=journey).select_related("person").first()
            if asked is not None:
                if asked.person.employee_number != self.company.cast["malik"]:
                    self._answer(asked)
            elif (person := self._colleague_of(journey.newcomer)) is not None:
                message = ASKED if self.chance.random() < 0.3 else ""
                try:
                    buddies.ask_buddy(actor=self._who_asks(journey), journey=journey, person=person, message=message)
                except (buddies.NotABuddy, buddies.WelcomesEnough):
                    continue

    def _answer(self, asked):
        named = {self.company.cast["claire"]}
        if asked.person.employee_number not in named and self.chance.random() < 0.12:
            buddies.decline_request(person=asked.person, request=asked)
            return
        try:
            buddies.accept_request(person=asked.person, request=asked)
        except (buddies.NotABuddy, buddies.WelcomesEnough):
            buddies.decline_request(person=asked.person, request=asked)

    def _who_asks(self, journey):
        line = ReportingLine.objects.filter(person=journey.newcomer_id, depth=1).select_related("manager").order_by("manager").first()
        return line.manager if line and self.chance.random() < 0.7 else self._cast("nadia")

    def _colleague_of(self, newcomer):
        if newcomer.employee_number == self.company.cast["ines"]:
            return self._cast("claire")
        busy = [self.company.cast[key] for key in ("claire", "malik", "ines")]
        settled = clock.today() - datetime.timedelta(days=400)
        people = Person.objects.present().filter(site=newcomer.site_id, hired_on__lt=settled).exclude(employee_number__in=busy)
        near = list(people.exclude(pk=newcomer.pk).order_by("pk"))
        return self.chance.choice(near) if near else None

    # Steps

    def _do_steps(self):
        """Complete what fell due since the last time, for most people; what somebody left then is never done."""
        today = clock.today()
        since = self.before or today - datetime.timedelta(days=40)
        self.before = today
        ready = Q(due_on__lte=today) | Q(actor=Actor.HR, due_on__lte=today + datetime.timedelta(days=8))  # HR prepares ahead
        due = JourneyStep.objects.filter(ready, done_at=None, due_on__gt=since, journey__state=JourneyState.ACTIVE)
        rows = due.select_related("template_step", "journey__newcomer", "journey__buddy", "journey__cohort__audience")
        managers = dict(ReportingLine.objects.filter(depth=1).order_by("-manager").values_list("person", "manager"))
        people = Person.objects.in_bulk({managers[row.journey.newcomer_id] for row in rows if row.journey.newcomer_id in managers})
        hr = self._cast("nadia")
        for step in rows.order_by("due_on", "journey", "position"):
            who = {
                Actor.NEWCOMER: step.journey.newcomer,
                Actor.BUDDY: step.journey.buddy,
                Actor.MANAGER: people.get(managers.get(step.journey.newcomer_id)),
                Actor.HR: hr,
            }[Actor(step.actor)]
            if who is not None and self._does(step):
                self._do(step, who)

    def _does(self, step):
        """Return whether a step is done in time; the newcomer of the sign-in page has some left, and so has her manager."""
        if step.journey.newcomer.employee_number == self.company.cast["ines"]:
            left = (step.template_step.day >= 10, step.actor == Actor.MANAGER)
            return not any(left)
        return self.chance.random() < DOES[Actor(step.actor)]

    def _do(self, step, who):
        journey = step.journey
        if step.template_step.kind != StepKind.WRITE:
            steps.tick_step(actor=who, journey=journey, position=step.position, is_done=True)
            return
        words = self.chance.choice(WRITTEN)
        if journey.pk not in self.introduced:
            words = self._introduce(journey)
        steps.write_words(newcomer=who, journey=journey, position=step.position, words=words, version=step.version)

    def _introduce(self, journey):
        """Return what a newcomer says of themselves, published to the cohort as well, where the buddy answers."""
        self.introduced.add(journey.pk)
        cohort, newcomer = journey.cohort, journey.newcomer
        is_ines = newcomer.employee_number == self.company.cast["ines"]
        said = texts.introduction_of_ines() if is_ines else self.texts.introduction(on=clock.today())
        if cohort is None or cohort.audience is None:
            return said.text
        self.life._agree(newcomer)  # noqa: SLF001 - as above
        post = publish_post(
            author=newcomer, audience=cohort.audience, kind=PostKind.MESSAGE, title="", body=said.text, language=said.language
        )
        if journey.buddy is not None:
            answer = self.texts.buddy_message(on=clock.today())
            self.life._agree(journey.buddy)  # noqa: SLF001 - as above
            publish_comment(author=journey.buddy, post=post, body=answer.text)
        return said.text

    # Thanks

    def _thank(self):
        """Confirm the welcome as newcomers, and keep the line as most buddies."""
        since = clock.today() - THANKED_AFTER
        ready = Journey.objects.running().filter(buddy__isnull=False, starts_on__lte=since).select_related("newcomer", "buddy")
        said = BuddyRequest.objects.exclude(thanks="").values("journey")
        ines = self.company.cast["ines"]  # whoever walks through the demonstration says it in her place
        for journey in ready.exclude(pk__in=said).exclude(newcomer__employee_number=ines).order_by("pk"):
            if journey.newcomer.is_present and self.chance.random() < 0.35:
                sentence = self.texts.buddy_confirmation().text
                buddies.thank_buddy(newcomer=journey.newcomer, journey=journey, sentence=sentence)
        proposed = LedgerLine.objects.filter(
            kind=LineKind.BUDDYING, is_kept=False, on__gt=clock.today() - KEPT_WITHIN, person__state=PersonState.ACTIVE
        )
        for line in proposed.select_related("person").order_by("pk"):
            if self.chance.random() < 0.6:
                keep_line(person=line.person, line=line)

    def _ask_malik(self):
        """Ask the colleague of the sign-in page to welcome somebody; the request waits."""
        malik = self._cast("malik")
        rows = Journey.objects.running().filter(buddy=None, newcomer__site=malik.site_id).select_related("newcomer")
        if (free := rows.order_by("-starts_on", "pk").first()) is not None:
            buddies.ask_buddy(actor=self._cast("nadia"), journey=free, person=malik, message=ASKED)
