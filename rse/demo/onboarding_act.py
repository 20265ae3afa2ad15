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
from rse.demo.moments import later
from rse.demo.speakers import language_of, speaks
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
WRITTEN_FOR = 300  # people: what newcomers write suffices for a company of that size; in a larger one fewer of them write


class OnboardingAct:
    """Acts as newcomers, their managers, their buddies and HR; the same seed gives the same welcome."""

    def __init__(self, company, life):
        self.company, self.life = company, life
        self.chance = random.Random("onboarding")
        self.texts = life.texts
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
        """Run four working days of ``month`` (its first day), each at about 8:30 UTC; none is later than yesterday."""
        for day in DAYS:
            moment = datetime.datetime.combine(month.replace(day=day), datetime.time(8, 30), tzinfo=datetime.UTC)
            moment = later(moment, 0, self.chance)
            if moment >= self.life.until():
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

    def _cast(self, key):
        return Person.objects.get(employee_number=self.company.cast[key])

    # Cohorts

    def _open_with_words(self):
        """Publish the host's first words in each cohort that has just opened."""
        fresh = Cohort.objects.filter(state=CohortState.OPEN).exclude(pk__in=self.welcomed).select_related("site", "host", "audience")
        for cohort in fresh.order_by("pk"):
            self.welcomed.add(cohort.pk)
            with translation.override("fr"):
                said = self.texts.cohort_welcome(site=cohort.site.name, month=date_format(cohort.month, "F Y"))
            if cohort.host is None or not cohort.host.is_present or said is None:
                continue
            self.life.agree(cohort.host)
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
                asks = self._writes(0.3) and self.texts.line("newcomers", "asked")
                message = asks.text if asks else ""
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
        if journey.pk not in self.introduced:
            words = self._introduce(journey)
        else:
            kind = "astonishment" if step.template_step.page else "question"
            words = self._writes() and self.texts.line("newcomers", kind)
        if words:
            steps.write_words(newcomer=who, journey=journey, position=step.position, words=words.text, version=step.version)

    def _writes(self, share=1.0):
        """Draw whether somebody writes what a share of them write in a company that its texts suffice for."""
        return self.chance.random() < share * min(1, WRITTEN_FOR / self.company.size)

    def _introduce(self, journey):
        """Return what a newcomer says of themselves, published to the cohort as well, where the buddy answers in that language; or None."""
        self.introduced.add(journey.pk)
        cohort, newcomer = journey.cohort, journey.newcomer
        is_ines = newcomer.employee_number == self.company.cast["ines"]
        language = language_of(newcomer)
        said = self._writes() and self.texts.line(
            "introductions", "introduction", on=clock.today(), fits=lambda one: one.language == language
        )
        said = texts.introduction_of_ines() if is_ines else said or None
        if said is None or cohort is None or cohort.audience is None:
            return said
        self.life.agree(newcomer)
        said_at = self._after(clock.now(), 300)
        with clock.moved_to(said_at):
            post = publish_post(
                author=newcomer, audience=cohort.audience, kind=PostKind.MESSAGE, title="", body=said.text, language=said.language
            )
        if journey.buddy is not None and speaks(journey.buddy, said.language):
            answer = self.texts.line("newcomers", "buddy_message", on=clock.today(), fits=lambda one: one.language == said.language)
            if answer:
                self.life.agree(journey.buddy)
                with clock.moved_to(self._after(said_at, 400)):
                    publish_comment(author=journey.buddy, post=post, body=answer.text)
        return said

    def _after(self, moment, most):
        """Draw a moment of working time up to ``most`` minutes after ``moment``; ``moment`` itself where that would be later than now."""
        then = later(moment, self.chance.randint(2, most), self.chance)
        return then if then < self.life.until() else moment

    # Thanks

    def _thank(self):
        """Confirm the welcome as newcomers, and keep the line as most buddies."""
        since = clock.today() - THANKED_AFTER
        ready = Journey.objects.running().filter(buddy__isnull=False, starts_on__lte=since).select_related("newcomer", "buddy")
        said = BuddyRequest.objects.exclude(thanks="").values("journey")
        ines = self.company.cast["ines"]  # whoever walks through the demonstration says it in her place
        for journey in ready.exclude(pk__in=said).exclude(newcomer__employee_number=ines).order_by("pk"):
            if journey.newcomer.is_present and self._writes(0.35):
                language = language_of(journey.newcomer)
                said = self.texts.line("newcomers", "buddy_confirmation", fits=lambda one, written=language: one.language == written)
                if said:
                    buddies.thank_buddy(newcomer=journey.newcomer, journey=journey, sentence=said.text)
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
            asks = self.texts.line("newcomers", "asked")
            buddies.ask_buddy(actor=self._cast("nadia"), journey=free, person=malik, message=asks.text if asks else "")
