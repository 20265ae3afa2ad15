"""What the people of the demonstration do in mentoring: offers by those who know, requests, pairs that meet month after month."""

import datetime

from communities.enums import CommunityKind
from communities.services.membership import join
from mentoring.enums import NoteKind
from mentoring.models import Goal, MentoringOffer
from mentoring.queries import obstacle_for, offer_of
from mentoring.rules import lines_with
from mentoring.services.asking import accept_request, ask_mentor
from mentoring.services.offers import save_offer
from mentoring.services.pairs import confirm_mentor
from mentoring.services.writing import plan_session, tick_goal, write_goal, write_note
from rse.core import clock
from rse.core.models import Person, ReportingLine
from rse.demo import texts
from rse.demo.speakers import speaks
from rse.governance.charter import charter_due
from rse.governance.services.charter import accept_charter
from talent.models import LedgerLine
from talent.queries import proposed_lines
from talent.services.ledger import keep_line, tag_line
from talent.services.skills import declare_skill

OFFERED = datetime.timedelta(days=330)  # before today
MEETING = datetime.timedelta(days=30)

# Who offers what, where the story names somebody; the others are people who work where it is done.
MENTORS = {"data_quality": "sofia", "onboarding_hosting": "claire"}
# Of what is talked where a skill shows.
THEMES = {
    "data_quality": ("data", "quality"),
    "workshop_facilitation": ("data", "quality"),
    "onboarding_hosting": ("welcome",),
    "transport_planning": ("logistics",),
    "sand_moulding": ("casting",),
    "core_making": ("casting",),
    "public_speaking": ("sales", "site"),
    "cnc_programming": ("machining",),
    "five_axis": ("machining",),
    "team_leading": ("hse", "hr"),
    "cost_accounting": ("finance",),
    "capex_case": ("finance",),
    "radiography": ("quality",),
    "ndt": ("quality",),
    "supplier_negotiation": ("purchasing",),
    "sql": ("data",),
    "python": ("data",),
    "troubleshooting": ("maintenance",),
    "plc": ("maintenance",),
    "english_technical": ("rd", "sales"),
}
# Where the others work who could believably offer it, by the beginning of the code of their unit.
UNITS = {
    "sand_moulding": ("DI-NTE", "DI-LIL"),
    "public_speaking": ("COM", "RD", "SG"),
    "cnc_programming": ("DI-LYN-0035", "DI-SNZ-0032", "MET"),
    "team_leading": ("DI-SNZ", "LOG", "MNT"),
    "cost_accounting": ("FIN",),
    "radiography": ("QUA", "DI-SNZ-0031"),
    "supplier_negotiation": ("ACH",),
    "sql": ("DON", "DSI"),
    "troubleshooting": ("MNT",),
    "english_technical": ("MET", "RD", "COM"),
}
# The mentee, the first skill of the pair's mentor, the first skill of its story, how many months ago it began.
PAIRS = (
    ("malik", "data_quality", "workshop_facilitation", 5),
    ("hugo", "onboarding_hosting", "onboarding_hosting", 4),
    ("lea", "public_speaking", "public_speaking", 3),
    ("awa", "cnc_programming", "five_axis", 3),
    ("yann", "team_leading", "team_leading", 6),
    (None, "cost_accounting", "cost_accounting", 4),
    (None, "english_technical", "english_technical", 3),
)
# Who asked whom these last days, and waits.
WAITING = (
    ("lea", "onboarding_hosting", "onboarding_hosting"),
    ("ines", "public_speaking", "public_speaking"),
    ("ines", "data_quality", "data_quality"),
)


class MentoringAct:
    """Plays mentoring in ``company`` beside ``life``; the same seed gives the same pairs."""

    def __init__(self, company, life):
        self.company, self.life = company, life
        self.pairs = []  # (pair, story, the month it began)
        self.done = set()

    def begin(self):
        """Leave the first day empty: it shows only later who knows what."""

    def live(self, month):
        """Run the month from ``month`` (its first day): save the offers once, begin the pairs that are due, then let each pair meet."""
        until = self.company.today - OFFERED
        with clock.moved_to(self._morning(month + datetime.timedelta(days=9))):
            if month >= until.replace(day=1) and "offers" not in self.done:
                self.done.add("offers")
                self._offer()
            for mentee, skill, story, months in PAIRS:
                begins = (self.company.today - months * MEETING).replace(day=1)
                if month >= begins and (mentee, skill) not in self.done and "offers" in self.done:
                    self.done.add((mentee, skill))
                    self._begin_pair(mentee, skill, story, month)
        if month + datetime.timedelta(days=20) < self.company.today:
            with clock.moved_to(self._morning(month + datetime.timedelta(days=16))):
                self._meet(month)
                self._keep()

    def end(self):
        """Assign their skills to the ledger lines of mentors, send the requests that wait, and plan sessions that are to come."""
        self._keep()
        self._tag()
        for mentee, skill, words in WAITING:
            self._ask(self._cast(mentee), skill, words)
        for number, (pair, story, _month) in enumerate(self.pairs):
            if number < 3:
                on = clock.today() + datetime.timedelta(days=2 + 3 * number)
                plan_session(author=pair.mentor, pair=pair, on=on, words=story.next_agenda)

    def _morning(self, day):
        return datetime.datetime.combine(day, datetime.time(8), tzinfo=datetime.UTC)

    def _cast(self, key):
        return Person.objects.get(employee_number=self.company.cast[key])

    def _present(self):
        return list(Person.objects.present().exclude(employee_number__in=self.company.cast.values()).select_related("unit").order_by("pk"))

    def _offer(self):
        """Save each offer for somebody who helped others on its subject, and only one offer each."""
        taken = set()
        for draft in texts.mentoring_offers():
            skills = [self.life.skills[code] for code in draft.skills if code in self.life.skills]
            key = MENTORS.get(draft.skills[0])
            able = [self._cast(key)] if key else self._able(draft.skills[0])
            mentees = self._who_will_ask(draft.skills[0])
            free = (one for one in able if one.pk not in taken and speaks(one, draft.language))
            mentor = next((one for one in free if not lines_with(one, mentees)), None)
            if mentor is None or not skills:
                continue
            taken.add(mentor.pk)
            self._agree(mentor)
            for skill in skills:
                declare_skill(person=mentor, skill=skill, level="expert")
            if mentor.employee_number not in self.life.known_for:
                self._become_known(mentor, draft.skills)
            save_offer(mentor=mentor, version=0, text=draft.text, skills=skills, capacity=draft.capacity, languages=[draft.language])

    def _who_will_ask(self, skill):
        """Return the keys of those of the cast whom the story sends to the mentor of ``skill``, who is nobody of their line."""
        asking = [self.company.cast[key] for key, wanted, *_ in (*PAIRS, *WAITING) if key and wanted == skill]
        return list(Person.objects.filter(employee_number__in=asking).values_list("pk", flat=True))

    def _able(self, skill):
        """Return the people who work where it is done, first those who helped others on its themes."""
        helped = set(LedgerLine.objects.filter(is_kept=True, audience__in=self._spaces(skill)).values_list("person", flat=True))
        here = [one for one in self._present() if one.unit_id and one.unit.code.startswith(UNITS[skill])]
        if skill == "team_leading":
            leads = set(ReportingLine.objects.filter(depth=1).values_list("manager", flat=True))
            here = [one for one in here if one.pk in leads]
        return sorted(here, key=lambda one: (one.pk not in helped, one.pk))

    def _become_known(self, mentor, skills):
        """Let ``mentor`` be asked about ``skills``, in the open spaces where the first of them is talked of, from now on."""
        themes = THEMES[skills[0]]
        self.life.known_for[mentor.employee_number] = (themes, skills)
        for group in self.life.groups:
            if group.community.kind == CommunityKind.OPEN and set(group.themes) & set(themes) and mentor.pk not in group.members:
                join(person=mentor, community=group.community)

    def _spaces(self, skill):
        """Return the keys of the audiences in which the themes of a skill are talked of."""
        return [group.community.audience_id for group in self.life.groups if set(group.themes) & set(THEMES[skill])]

    def _agree(self, person):
        if due := charter_due(person):
            accept_charter(person=person, version=due.version)

    def _offer_on(self, code):
        skill = self.life.skills.get(code)
        rows = MentoringOffer.objects.filter(skills=skill, mentor__state="active").select_related("mentor") if skill else []
        return next(iter(rows.order_by("pk")), None) if skill else None

    def _ask(self, mentee, skill, words):
        offer = self._offer_on(skill)
        part = next((key for key, number in self.company.cast.items() if number == mentee.employee_number), "")
        draft = next((one for one in texts.mentoring_requests() if one.skills[0] == words and one.mentee in ("", part)), None)
        shown = offer_of(offer.mentor) if offer and mentee.is_present else None
        if draft is None or offer is None or shown is None or obstacle_for(mentee, shown):
            return None
        return ask_mentor(mentee=mentee, offer=offer, message=draft.text)

    def _begin_pair(self, key, skill, story, month):
        offer = self._offer_on(skill)
        if offer is None:
            return
        told = next(one for one in texts.pair_stories() if one.skills[0] == story)
        asking = [self._cast(key)] if key else [one for one in self._present()[len(self.done) * 7 :] if speaks(one, told.language)]
        apart = lines_with(offer.mentor, [one.pk for one in asking])
        mentees = (one for one in asking if one.pk not in apart and one.pk != offer.mentor_id)
        request = next(filter(None, (self._ask(mentee, skill, story) for mentee in mentees)), None)
        if request is None:
            return
        pair = accept_request(mentor=offer.mentor, request=request)
        for words in told.goals:
            write_goal(author=pair.mentee, pair=pair, words=words)
        self.pairs.append((pair, told, month))

    def _meet(self, month):
        """Plan the session of the month of each pair, write what both keep of it, and what the mentee keeps alone."""
        for number, (pair, story, began) in enumerate(self.pairs):
            place = (month.year - began.year) * 12 + month.month - began.month
            if place >= len(story.sessions) or not self._goes_on(pair):
                continue
            agenda, ours, mine = story.sessions[place]
            plan_session(author=pair.mentor, pair=pair, on=clock.today(), words=agenda)
            write_note(author=pair.mentor if place % 2 else pair.mentee, pair=pair, kind=NoteKind.OURS, words=ours)
            write_note(author=pair.mentee, pair=pair, kind=NoteKind.MINE, words=mine)
            if place == 0:
                write_note(author=pair.mentor, pair=pair, kind=NoteKind.MINE, words=story.mentor_note)
            if place == 1:
                confirm_mentor(
                    mentee=pair.mentee, pair=pair, skills=[self.life.skills[code] for code in story.skills if code in self.life.skills]
                )
                if number % 2 == 0:
                    tick_goal(actor=pair.mentee, goal=self._first_goal(pair), is_done=True)

    def _goes_on(self, pair):
        pair.refresh_from_db()
        return pair.state == "active" and not lines_with(pair.mentor, [pair.mentee_id])

    def _first_goal(self, pair):
        return Goal.objects.filter(pair=pair).select_related("pair").order_by("written_at", "pk").first()

    def _keep(self):
        """Keep, for most mentors, what their mentee confirmed the month before."""
        for number, (pair, _story, _began) in enumerate(self.pairs):
            if number % 4 != 3:
                for shown in proposed_lines(pair.mentor):
                    if shown.line.kind == "mentoring":
                        keep_line(person=pair.mentor, line=shown.line)

    def _tag(self):
        """Assign to the lines of mentors what they are about: the skills of the offer stand where these were talked of, only there."""
        codes = {skill.pk: code for code, skill in self.life.skills.items()}
        for offer in MentoringOffer.objects.filter(mentor__state="active").select_related("mentor").order_by("pk"):
            offered = list(offer.skills.order_by("code"))
            spaces = {skill.pk: self._spaces(codes[skill.pk]) for skill in offered}
            for line in LedgerLine.objects.filter(person=offer.mentor, is_kept=True).exclude(kind="mentoring").order_by("pk"):
                others = [skill for skill in line.skills.order_by("code") if skill.pk not in spaces]
                wanted = [skill for skill in offered if line.audience_id in spaces[skill.pk]]
                tag_line(person=offer.mentor, line=line, skills=[*wanted, *others])
