"""Openings of the demonstration: some closed with an answer, some with applications that wait, a mission that was carried out."""

import datetime
import random
from dataclasses import dataclass

from mobility import queries, rules
from mobility.enums import ApplicationState, Availability, LetterReader, MemberRole, OpeningKind, SiteAnswer
from mobility.models import Application, Opening
from mobility.page_context import capacity_over, log_opening
from mobility.services import applications, handling, openings
from rse.core import clock
from rse.core.models import Person, ReportingLine, Site, Unit
from rse.demo import texts
from rse.demo.speakers import language_of
from rse.governance.charter import charter_due
from rse.governance.services.charter import accept_charter
from talent.enums import Level, LineKind
from talent.models import DeclaredSkill, LedgerLine
from talent.queries import proposed_lines
from talent.services.ledger import keep_line
from talent.services.skills import declare_skill

# When each opening was published, in days before today.
PUBLISHED = {
    "mission-zero-rebut": 2,
    "methodes": 11,
    "ordonnancement": 6,
    "mission-accueil": 8,
    "qualite-client": 9,
    "mission-visio": 5,
    "ingenieur-donnees": 13,
    "automaticien": 16,
    "program-lead-porto": 20,
    "mission-outils": 52,
    "chef-equipe-nuit": 74,
    "acheteur": 101,
    "preventeur": 139,
    "controle-gestion": 178,
    "mission-soudage": 214,
    "mission-energie": 262,
}
# Who of the cast applies for what, and how far it has come today.
STORIES = {
    "methodes": (("malik", ApplicationState.INTERVIEW),),
    "mission-accueil": (("claire", ApplicationState.OFFER),),
    "ordonnancement": (("lea", ApplicationState.SUBMITTED),),
    "mission-soudage": (("awa", ApplicationState.ACCEPTED),),
    "qualite-client": (("hugo", ApplicationState.IN_REVIEW),),
}
KNOWN = {
    "malik": ("data_quality", "workshop_facilitation"),
    "claire": ("onboarding_hosting", "scheduling"),
    "awa": ("tig_welding",),
    "sofia": ("data_quality", "root_cause"),
}
OFFERS = {
    OpeningKind.MISSION: (
        "Vous savez réunir des gens qui ne se parlent pas, et les contributions jointes le montrent.",
        "Trois autres candidatures ont été lues ; deux se sont vu proposer un échange pour une prochaine mission.",
    ),
    OpeningKind.POSITION: (
        "Votre pratique répond à l’annonce, et votre responsable à venir a aimé vos questions.",
        "Les autres personnes reçues ont eu un retour de vive voix.",
    ),
}


@dataclass(frozen=True)
class Told:
    """Whom an application of the demonstration is by, and how far it goes."""

    person: Person
    until: str
    informs: bool = False


class MobilityAct:
    """Publishes, applies, answers through the services that a page calls; the same company gives the same openings."""

    def __init__(self, company, life):
        self.company, self.life = company, life
        self.chance = random.Random("mobility")
        self.texts = life.texts
        self.drafts = {draft.key: draft for draft in texts.openings() if draft.key in PUBLISHED}

    def begin(self):
        """Declare the skills of a few people of the cast, which their openings need."""
        for key, codes in KNOWN.items():
            for code in codes:
                if skill := self.life.skills.get(code):
                    declare_skill(person=self._cast(key), skill=skill, level=Level.CONFIRMED)

    def live(self, month):
        """Publish the openings of the month of ``month``, each on its day, with what came of them until today."""
        self._turn_the_day()
        for key, days in sorted(PUBLISHED.items(), key=lambda one: -one[1]):
            day = self.company.today - datetime.timedelta(days=days)
            if (day.year, day.month) == (month.year, month.month):
                self._publish(self.drafts[key], day)

    def end(self):
        """Close what is over."""
        self._turn_the_day()

    def _turn_the_day(self):
        """Close openings whose day is over; a mission that was carried out is confirmed, and kept the month after by whoever did it."""
        openings.close_past()
        paul, awa = self._cast("paul"), self._cast("awa")
        for shown in proposed_lines(awa):
            if shown.line.kind == LineKind.MISSION:
                keep_line(person=awa, line=shown.line)
        done = Application.objects.filter(state=ApplicationState.ACCEPTED, opening__kind=OpeningKind.MISSION)
        for application in done.select_related("opening", "applicant").order_by("pk"):
            if rules.can_confirm_mission(paul, application, is_over=queries.mission_is_over(application.opening)):
                handling.confirm_mission(actor=paul, application=application)

    def _cast(self, key):
        return Person.objects.get(employee_number=self.company.cast[key])

    def _at(self, day, hour=9):
        moment = datetime.datetime.combine(day, datetime.time(hour, self.chance.randrange(60)), tzinfo=datetime.UTC)
        return clock.moved_to(min(moment, self.life.until()))

    def _publish(self, draft, day):
        author = self._cast("nadia" if draft.key in ("mission-accueil", "controle-gestion") else "paul")
        skills = {code: skill for code, skill in self.life.skills.items() if skill}
        with self._at(day):
            if due := charter_due(author):
                accept_charter(person=author, version=due.version)
            opening = openings.create_opening(
                author=author,
                kind=draft.kind,
                title=draft.title,
                summary=draft.summary,
                description=draft.description,
                unit=Unit.objects.filter(code=draft.unit).first() or author.unit,
                site=Site.objects.filter(name=draft.site).first() or author.site,
                pay_from=draft.pay_from or None,
                pay_to=draft.pay_to or None,
                level=draft.level,
                starts_on=day + datetime.timedelta(days=draft.starts_after),
                closes_on=day + datetime.timedelta(days=draft.closes_after),
                weeks=draft.lasts_weeks or None,
                share=draft.share if draft.kind == OpeningKind.MISSION else None,
                needed=[skills[code] for code in draft.skills_needed if code in skills],
                to_learn=[skills[code] for code in draft.skills_learned if code in skills],
            )
            openings.publish_opening(actor=author, opening=opening)
            head = self._head_of(opening)
            if head and head.pk != author.pk:
                openings.add_member(actor=author, opening=opening, person=head, role=MemberRole.HIRING)
        for told in self._stories(draft, opening, author):
            self._apply(told, Opening.objects.get(pk=opening.pk), author, day)

    def _head_of(self, opening):
        """Return the person who leads the unit of ``opening``, or None."""
        inside = Person.objects.present().filter(unit=opening.unit)
        above = ReportingLine.objects.filter(person__in=inside.values("pk"), manager__in=inside.values("pk"), depth=1)
        return Person.objects.filter(pk__in=above.values("manager")).order_by("pk").first()

    def _stories(self, draft, opening, author):
        """Return who applies: the cast first, then a few others, who were answered where the opening is over."""
        told = [Told(self._cast(key), until) for key, until in STORIES.get(draft.key, ())]
        if draft.key == "program-lead-porto" and (below := self._below("elodie")):
            told.append(Told(below, ApplicationState.IN_REVIEW, informs=True))
        others = Person.objects.present().exclude(employee_number__in=self.company.cast.values()).exclude(unit=author.unit)
        team = opening.members.order_by("pk").values("person")
        pool = list(others.exclude(pk__in=team).exclude(unit=opening.unit).order_by("pk"))
        is_over = opening.closes_on < self.company.today
        ends = (ApplicationState.REFUSED, ApplicationState.REFUSED) if is_over else (ApplicationState.SUBMITTED, ApplicationState.IN_REVIEW)
        taken = {one.person.pk for one in told}
        chosen = [one for one in self.chance.sample(pool, min(len(pool), 2)) if one.pk not in taken]
        return told + [Told(person, until) for person, until in zip(chosen, ends, strict=False)]

    def _below(self, key):
        """Return somebody outside the cast who works for that manager, or None."""
        below = ReportingLine.objects.filter(manager=self._cast(key), depth=1).values("person")
        return Person.objects.present().filter(pk__in=below).exclude(employee_number__in=self.company.cast.values()).order_by("pk").first()

    def _apply(self, told, opening, author, day):
        sent = day + datetime.timedelta(days=self.chance.randint(1, 2))
        language = language_of(told.person)
        letter = self.texts.line("applications", "letter", on=sent, fits=lambda one: one.language == language)
        if sent >= self.company.today or letter is None:
            return
        with self._at(sent, 17):
            try:
                application = applications.send_application(
                    applicant=told.person, opening=opening, version=0, content=self._content(told.person, letter)
                )
            except applications.NobodyOutsideTheLine:
                return
        above = ReportingLine.objects.filter(person=told.person, depth=1).values("manager")
        if told.informs and (manager := Person.objects.filter(pk__in=above).order_by("pk").first()):
            with self._at(sent + datetime.timedelta(days=1), 8):
                applications.inform_manager(applicant=told.person, application=application, manager=manager)
        self._follow(told, application, author, sent)

    def _content(self, person, letter):
        lines = LedgerLine.objects.filter(person=person, is_kept=True, is_hidden=False).order_by("-on", "-pk")[:2]
        skills = DeclaredSkill.objects.filter(person=person).order_by("pk")[:3]
        return applications.Content(
            letter=letter.text,
            letter_for=self.chance.choice([LetterReader.TEAM, LetterReader.TEAM, LetterReader.HR]),
            availability=self.chance.choice(Availability.values),
            site_answer=self.chance.choice(SiteAnswer.values),
            may_contact=self.chance.random() < 0.7,
            line_ids=[line.pk for line in lines],
            skill_ids=[one.skill_id for one in skills],
        )

    def _follow(self, told, application, author, day):
        """Take it as far as it goes, one step every few days, never beyond today."""
        way = {
            ApplicationState.IN_REVIEW: (ApplicationState.IN_REVIEW,),
            ApplicationState.INTERVIEW: (ApplicationState.IN_REVIEW, ApplicationState.INTERVIEW),
            ApplicationState.OFFER: (ApplicationState.IN_REVIEW, ApplicationState.OFFER),
            ApplicationState.ACCEPTED: (
                ApplicationState.IN_REVIEW,
                ApplicationState.INTERVIEW,
                ApplicationState.OFFER,
                ApplicationState.ACCEPTED,
            ),
            ApplicationState.REFUSED: (ApplicationState.IN_REVIEW, ApplicationState.REFUSED),
        }
        for state in way.get(told.until, ()):
            day = min(day + datetime.timedelta(days=2), self.company.today)
            with self._at(day, 5 if day == self.company.today else 11):
                application = self._step(application, author, told.person, state)

    def _step(self, application, author, applicant, state):
        next_day = self.company.today + datetime.timedelta(days=6)
        if state == ApplicationState.ACCEPTED:
            return applications.accept_offer(applicant=applicant, application=application)
        log_opening(author, [application], capacity_over(author, application.opening))
        if state in (ApplicationState.IN_REVIEW, ApplicationState.INTERVIEW):
            due_on = next_day if state == ApplicationState.INTERVIEW else None
            return handling.move_application(actor=author, application=application, version=application.version, state=state, due_on=due_on)
        reason, alternatives = OFFERS[application.opening.kind]
        if state == ApplicationState.REFUSED:
            said = self.texts.line("applications", "refusal")
            if said is None:
                return application
            reason, alternatives = said.reason, said.alternatives
        return handling.decide_application(
            actor=author,
            application=application,
            version=application.version,
            outcome=state,
            reason=reason,
            alternatives=alternatives,
            due_on=next_day,
        )
