"""The rows of one company in memory, and what a rule may ask of them."""

from rse.core import clock
from rse.core.models import Audience, AudienceMember, LineAtStart, Person, ReportingLine, RoleGrant, RowGrant, Unit
from rse.governance.models import AccessLogSubject, Reporter
from rse.pages.models import HandbookIndex, SectionEditor
from talent.succession.models import Nomination

WAITING = {"submitted", "in_review", "interview", "offer"}


class World:
    """The rows of one company, in memory."""

    def __init__(self):
        now = clock.now()
        self.now = now
        self.people = {one.pk: one for one in Person.objects.all()}
        self.parents = dict(Unit.objects.values_list("pk", "parent"))
        self.lines = {
            (person, manager): depth for person, manager, depth in ReportingLine.objects.values_list("person", "manager", "depth")
        }
        self.stood = set(LineAtStart.objects.values_list("kind", "row_id", "person"))
        self.members = {(space, person): role for space, person, role in AudienceMember.objects.values_list("audience", "person", "role")}
        self.open = set(Audience.objects.filter(is_open=True).values_list("pk", flat=True))
        self.protected = set(Audience.objects.filter(is_protected=True).values_list("pk", flat=True))
        self.cohorts = set(Audience.objects.filter(kind="cohort").values_list("pk", flat=True))
        self.roles = {(one.person_id, one.role, one.unit_id) for one in RoleGrant.objects.all() if _runs(one, now)}
        self.opened = {(one.kind, one.row_id, one.person_id) for one in RowGrant.objects.all() if _runs(one, now)}
        self.reporters = set(Reporter.objects.values_list("report", "person"))
        self.logged = set(AccessLogSubject.objects.values_list("entry", "person"))
        self.named = set(Nomination.objects.values_list("plan__key_position", "person"))
        self.edited = set(SectionEditor.objects.values_list("section__path", "person"))
        self.handbooks = set(HandbookIndex.objects.values_list("path", flat=True))
        self._mobility(now)
        self._hr()

    def _mobility(self, now):
        from mobility.models import Application, OpeningMember

        self.team = {(one.opening_id, one.person_id) for one in OpeningMember.objects.all() if _runs(one, now)}
        waiting = Application.objects.filter(state__in=WAITING, erased_at=None)
        self.competing = set(waiting.values_list("opening", "applicant"))

    def _hr(self):
        from mentoring.models import MentoringPair, Seal
        from onboarding.models import Journey

        self.sealed = set(Seal.objects.values_list("person", flat=True))
        self.pairs = {one.pk: one for one in MentoringPair.objects.all()}
        self.newcomers = set(Journey.objects.values_list("cohort", "newcomer"))

    def present(self, person):
        return person.state == "active"

    def holds(self, person, role):
        """Over the whole company."""
        return self.present(person) and (person.pk, role, None) in self.roles

    def holds_one(self, person, *roles):
        return any(self.holds(person, role) for role in roles)

    def holds_over(self, person, role, unit):
        """Over the company, over this unit, or over one that stands above it."""
        if self.holds(person, role):
            return True
        while unit is not None:
            if self.present(person) and (person.pk, role, unit) in self.roles:
                return True
            unit = self.parents[unit]
        return False

    def holds_anywhere(self, person, role):
        return self.present(person) and any(held[:2] == (person.pk, role) for held in self.roles)

    def hr_of(self, person, subject_id, role="hr"):
        return self.holds_over(person, role, self.people[subject_id].unit_id if subject_id else None)

    def inside(self, person, space):
        return (space, person.pk) in self.members or (space in self.open and self.present(person))

    def inside_unprotected(self, person, space):
        """What happened in a protected space counts in no profile."""
        return space not in self.protected and self.inside(person, space)

    def hosts(self, person, space):
        return self.members.get((space, person.pk)) in ("host", "owner")

    def above(self, person, subject_id):
        return (subject_id, person.pk) in self.lines

    def directly_above(self, person, subject_id):
        return self.lines.get((subject_id, person.pk)) == 1

    def stood_above(self, person, kind, row_id):
        """When that row began, whatever became of the line since."""
        return (kind, row_id, person.pk) in self.stood

    def is_opened(self, person, kind, row_id):
        return (kind, row_id, person.pk) in self.opened

    def reported_or_above(self, person, report):
        """Or was above, of the person reported as well, when the report began."""
        reporters = [one for where, one in self.reporters if where == report and report]
        return person.pk in reporters or self.stood_above(person, "report", report) or any(self.above(person, one) for one in reporters)

    def in_running_pair(self, person, pair):
        """With open words: those who must show their second factor again first are told nothing of what they wrote or read."""
        one = self.pairs[pair]
        return person.pk not in self.sealed and one.state in ("active", "frozen") and person.pk in (one.mentor_id, one.mentee_id)


def _runs(one, now):
    return one.starts_at <= now and (one.ends_at is None or one.ends_at > now)
