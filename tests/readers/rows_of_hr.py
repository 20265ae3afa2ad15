"""What HR is there for: files of people, talent and plans, mentoring, onboarding, openings and applications."""

from mentoring.models import Goal, MentoringOffer, MentoringPair, MentoringRequest, Note, Seal, Session
from mobility.models import Application, Bookmark, Opening, OpeningMember
from onboarding.models import BuddyRequest, Cohort, Journey, JourneyTemplate, TemplateVersion
from rse.core.models import Absence, Position, ReportingLine, Site
from rse.hris.models import Correction, ImportBatch, ImportMapping, UnlistedPerson
from rse.identity.models import AccountReopening, AddressChange, AddressMove, InvitationRun, SignInCard
from talent.models import Confirmation, DeclaredSkill, HelpConfirmation, LedgerLine, LedgerOptOut, Skill, Training, Wish
from talent.succession.models import KeyPosition, Nomination, Plan


def files(company):
    sender = company.anybody()
    ImportBatch.objects.create(file_name="people.csv", kind="full", uploaded_by=sender)
    ImportMapping.objects.create(signature="s", kind="full")
    for _number in range(2):
        InvitationRun.objects.create(started_by=company.anybody(), source="chosen", count=1)
    move = AddressMove.objects.create(old_domain="company.example", new_domain="firm.example")
    for number, person in enumerate(company.people):
        if number == 0 or company.perhaps():
            state = company.chance.choice(["waiting", "made", "refused"])
            AddressChange.objects.create(
                person=person,
                kind=company.chance.choice(["email", "private_email"]),
                old_address=person.email,
                new_address=f"p{number}@firm.example",
                sent_by=sender,
                move=company.chance.choice([None, move]),
                state=state,
                closed_at=None if state == "waiting" else company.now,
            )
        if number == 0 or company.perhaps():
            is_closed = company.perhaps()
            reopening = AccountReopening.objects.create(
                person=person, reason="mistake", asked_by=company.anybody([person]), closed_at=company.now if is_closed else None
            )
            Absence.objects.create(person=person, starts_on=company.now.date())
            Correction.objects.create(person=person, corrected_by=company.anybody([person]), reason="mistake")
            UnlistedPerson.objects.create(person=person, due_on=company.now.date(), closed_at=company.now if is_closed else None)
            SignInCard.objects.create(
                person=person,
                number=str(number),
                token_hash=f"t{number}",
                code_hash=f"c{number}",
                printed_by=company.anybody([person]),
                reopening=company.chance.choice([None, reopening]),
            )


def talent(company):
    chance = company.chance
    skill = Skill.objects.create(code="s", label_fr="s", label_en="s", group="data")
    for number, person in enumerate(company.people):
        Training.objects.create(person=person, title="T", year=2020, is_public=company.perhaps())
        DeclaredSkill.objects.create(person=person, skill=skill, level="expert", is_public=company.perhaps())
        if number == 0 or company.perhaps(0.7):
            wish = Wish.objects.create(person=person, horizon="now", visibility=chance.choice(["me", "hr", "hr"]))
            company.stood_above("wish", wish, [person])
        if number == 0 or company.perhaps(0.2):
            LedgerOptOut.objects.create(person=person)
        LedgerLine.objects.create(
            person=person,
            audience=chance.choice(company.spaces),
            kind="workshop",
            on=company.today,
            act_kind="turn",
            act_id=number,
            is_kept=company.perhaps(0.6),
            is_hidden=company.perhaps(0.4),
        )
        HelpConfirmation.objects.create(
            person=person,
            by=company.anybody([person]),
            kind="workshop",
            source_kind="turn",
            source_id=number,
            audience=chance.choice(company.spaces),
            is_shown=company.perhaps(),
        )
        space = chance.choice([None, *company.spaces])
        Confirmation.objects.create(
            person=person, by=company.anybody([person]), skill=skill, audience=space, ground="answer" if space else "unit"
        )


def succession(company):
    for position in Position.objects.order_by("pk")[:4]:
        key = KeyPosition.objects.create(position=position, criticality="high")
        for is_current in (True, False)[: company.chance.randint(1, 2)]:
            decided = {} if is_current else {"state": "decided", "decided_at": company.now, "decision": "D"}
            plan = Plan.objects.create(key_position=key, unit=position.unit, is_current=is_current, **decided)
            for person in company.some(3):
                Nomination.objects.create(plan=plan, person=person, readiness="now", reason="R", alternatives="A")


def mentoring(company):
    chance = company.chance
    for number, person in enumerate(company.people):
        if number == 0 or company.perhaps(0.7):
            MentoringOffer.objects.create(mentor=person, text="T", is_open=company.perhaps(0.6), is_hidden=company.perhaps())
        other = company.anybody([person])
        state = chance.choice(["pending", "accepted", "declined", "withdrawn"])
        waits = {"place": 1} if state == "pending" else {"closed_at": company.now}
        MentoringRequest.objects.create(mentee=person, mentor=other, words=b"w", state=state, expires_at=company.now, **waits)
        state = chance.choice(["active", "frozen", "ended"])
        ended = {"ended_on": company.today} if state == "ended" else {"seat": 1}
        pair = MentoringPair.objects.create(mentor=person, mentee=other, state=state, **ended)
        Goal.objects.create(pair=pair, author=other, words=b"w")
        Session.objects.create(pair=pair, author=other, words=b"w", on=company.today)
        if number == 0 or company.perhaps(0.3):
            Seal.objects.create(person=person, since=company.now, asked_at=chance.choice([None, company.now, company.now]))
        Note.objects.create(pair=pair, author=chance.choice([person, other]), words=b"w", kind=chance.choice(["mine", "ours"]))


def onboarding(company):
    chance = company.chance
    template = JourneyTemplate.objects.get_or_create(code="company")[0]
    TemplateVersion.objects.create(template=template, number=1000)
    cohorts = []
    for number in range(3):
        site = Site.objects.create(name=f"Site {number}")
        is_open = company.perhaps(0.6)
        cohorts.append(
            Cohort.objects.create(
                month=company.today.replace(day=1),
                site=site,
                first_day=company.today,
                host=chance.choice([None, *company.people]),
                audience=chance.choice([None, *company.spaces]),
                state="open" if is_open else "planned",
                opened_at=company.now if is_open else None,
            )
        )
    for person in company.people:
        _journey(company, person, chance.choice([None, *cohorts]))


def _journey(company, person, cohort):
    chance, buddy = company.chance, company.anybody([person])
    state = chance.choice(["planned", "active", "paused", "closed", "archived"])
    ended = {"ended_at": company.now, "ended_because": "over"} if state in ("closed", "archived") else {}
    paused = {"paused_on": company.today} if state == "paused" else {}
    seats = [seat for seat in (1, 2) if not Journey.objects.filter(buddy=buddy, buddy_seat=seat).exists()]
    journey = Journey.objects.create(
        newcomer=person,
        cohort=cohort,
        buddy=buddy if seats else None,
        buddy_seat=seats[0] if seats else None,
        state=state,
        hired_on=company.today,
        starts_on=company.today,
        **ended,
        **paused,
    )
    for state in (chance.choice(["pending", "accepted"]), chance.choice(["declined", "ended"])):
        BuddyRequest.objects.create(journey=journey, newcomer=person, person=company.anybody([person]), state=state, expires_at=company.now)


def mobility(company):
    chance = company.chance
    above = {}
    for person, manager in ReportingLine.objects.order_by("depth", "pk").values_list("person", "manager"):
        above.setdefault(person, []).append(manager)
    for _ in range(4):
        state = chance.choice(["draft", "published", "published", "closed"])
        opening = Opening.objects.create(
            kind="position",
            title="T",
            description="D",
            unit=chance.choice(company.units),
            site=company.site,
            pay_from=1,
            pay_to=2,
            starts_on=company.today,
            closes_on=company.today,
            state=state,
            is_hidden=company.perhaps(0.3),
            published_at=company.now,
        )
        for person in company.some(3):
            OpeningMember.objects.create(opening=opening, person=person, role="hiring", **company.period())
        for person in company.some(2, least=1):
            Bookmark.objects.create(opening=opening, person=person)
        for person in company.some(5, least=1):
            _application(company, opening, person, above.get(person.pk, []))
    _application(company, opening, None, [])


def _application(company, opening, person, above):
    state = company.chance.choice(["draft", "submitted", "submitted", "interview", "refused", "withdrawn"])
    is_erased = person is None or company.perhaps(0.2)
    is_empty = is_erased or state == "withdrawn"
    told = company.chance.choice([None, *[one.pk for one in company.people], *above * 3])
    said = {"reason": "R", "alternatives": "A"} if state == "refused" and not is_empty else {}
    application = Application.objects.create(
        opening=opening,
        unit=opening.unit,
        applicant=person,
        state=state,
        handler=company.chance.choice([None, *company.people]),
        informed_manager_id=None if is_empty else told,
        erased_at=company.now if is_erased else None,
        **said,
    )
    company.stood_above("application", application, [person])


ROOMS = (files, talent, succession, mentoring, onboarding, mobility)
