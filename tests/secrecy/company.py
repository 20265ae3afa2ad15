"""One company in which something hidden can happen, and those who must not notice."""

import datetime

from communities.services import answer_creation, create_secret
from mobility.services import applications, handling, openings
from mobility.services.applications import Content
from rse.core import clock
from rse.core.enums import Role
from rse.core.events import deliveries, schedule
from rse.core.models import Person
from rse.core.people.services.roles import ask_role
from rse.feed.services import posts
from rse.governance.services.reports import report_thing
from talent.services.being import save_wish
from talent.succession.enums import Criticality, Readiness
from talent.succession.services import declare_key_position, name_person
from tests.factories import PersonFactory, RoleGrantFactory
from tests.factories.communities import CommunityFactory
from tests.factories.core import place_of, put_under
from tests.factories.feed import PostFactory, everyone
from tests.factories.mentoring import MentoringOfferFactory, pair_of
from tests.factories.mobility import OpeningFactory
from tests.factories.talent import DeclaredSkillFactory, SkillFactory
from tests.guards import HouseClient
from tests.talent.succession.plans import open_gate

CANARY = "canari"
SAID = Content(letter=CANARY, availability="now", site_answer="talk")


class Company:
    """A subject, those above them with every role one can hold, somebody above them who recruits, and colleagues."""

    def __init__(self):
        self.skill = SkillFactory()
        self.subject = PersonFactory(first_name="Malik")
        self.boss, self.recruiting = PersonFactory(first_name="Élodie"), PersonFactory(first_name="Rémi")
        put_under(self.subject, self.boss)
        put_under(self.boss, self.recruiting)
        for role in (Role.HR, Role.HR_HEAD, Role.RECRUITER, Role.DPO, Role.ADMINISTRATOR, Role.HANDLER, Role.EDITOR):
            RoleGrantFactory(person=self.boss, role=role)
        self.colleague, self.other = PersonFactory(first_name="Noé"), PersonFactory(first_name="Zoé")
        put_under(self.colleague, self.boss)
        self.recruiter, self.handler = PersonFactory(first_name="Paul"), PersonFactory(role=Role.HANDLER)
        self.hr, self.planner = PersonFactory(role=Role.HR), PersonFactory(role=Role.HR_SUCCESSION)
        self.administrator = PersonFactory(role=Role.ADMINISTRATOR)
        open_gate()
        self._read_again()
        DeclaredSkillFactory(person=self.subject, skill=self.skill)
        self.opening = OpeningFactory(team=[self.recruiting, self.recruiter], author=self.recruiting, needed=[self.skill])
        self.closed = CommunityFactory(closed=True, owners=[self.other], members=[self.subject])
        self.reported = PostFactory(author=self.colleague, audience=everyone(), body="Bonjour à tous.")
        self.kept = PostFactory(author=self.subject, audience=self.closed.audience, body=CANARY)
        self.offer = MentoringOfferFactory(mentor=self.other, skills=[self.skill])
        self.plan = declare_key_position(actor=self.planner, position=place_of(self.other), criticality=Criticality.values[0])
        self.addresses = [
            *(person.get_absolute_url() for person in (self.subject, self.colleague, self.other)),
            f"/recruitment/{self.opening.public_id}/",
            self.opening.get_absolute_url(),
            f"/openings/{self.opening.public_id}/edit/",
            f"/openings/{self.opening.public_id}/apply/",
            f"/people/{self.subject.handle}/contributions/",
            f"/communities/{self.closed.slug}/",
            f"/communities/{self.closed.slug}/about/",
            self.reported.get_absolute_url(),
            self.kept.get_absolute_url(),
            f"/mentoring/offers/{self.offer.public_id}/" if hasattr(self.offer, "public_id") else "/mentoring/",
            f"/search/?q={CANARY}",
            f"/search/?q={self.subject.last_name}",
            f"/search/suggestions/?q={CANARY}",
        ]

    def _read_again(self):
        """A person knows the roles that they held when they were read."""
        for name, value in vars(self).items():
            if isinstance(value, Person):
                setattr(self, name, Person.objects.get(pk=value.pk))

    # What is hidden.

    def nothing(self):
        """The other run."""

    def draft(self):
        applications.save_draft(applicant=self.subject, opening=self.opening, version=0, content=SAID)

    def application(self):
        row = applications.send_application(applicant=self.subject, opening=self.opening, version=0, content=SAID)
        browser = HouseClient()
        browser.force_login(Person.objects.get(pk=self.recruiter.pk))
        assert browser.get(row.get_absolute_url()).status_code == 200
        return handling.move_application(actor=self.recruiter, application=row, version=row.version, state="in_review")

    def application_of_another(self):
        applications.send_application(applicant=self.other, opening=self.opening, version=0, content=SAID)

    def application_withdrawn(self):
        applications.withdraw_application(applicant=self.subject, application=self.application())

    def wish(self):
        save_wish(person=self.subject, version=0, horizon="now", text=CANARY, visibility="hr")
        browser = HouseClient()
        browser.force_login(Person.objects.get(pk=self.hr.pk))
        assert browser.get("/wishes/").status_code == 200

    def report(self):
        report_thing(reporter=self.subject, kind="post", row_id=self.reported.pk, category="harassment", words=CANARY)

    def nomination(self):
        readiness = Readiness.values[0]
        name_person(actor=self.planner, plan=self.plan, person=self.subject, readiness=readiness, reason=CANARY, alternatives=CANARY)

    def protected_space(self):
        request = create_secret(owner=self.other, name=CANARY, purpose=CANARY, is_protected=True)
        space = answer_creation(decider=self.hr, request=request, is_approved=True)
        posts.publish_post(author=self.other, audience=space.audience, kind="message", body=CANARY)

    def pair(self):
        pair_of(self.other, self.subject)

    def role_request(self):
        ask_role(asker=self.administrator, person=self.other, role=Role.HR, unit=None, starts_at=clock.now(), ends_at=None)

    def hidden_post(self):
        from rse.governance.services.moderation import hide_with_reason

        hide_with_reason(by=self.other, kind="post", row_id=self.kept.pk, article="harassment", reason=CANARY)

    # What others do afterwards.

    def go_on(self):
        """Those who must not notice act: each act could show a step that was taken without them. Then the day turns."""
        posts.publish_post(author=self.boss, audience=everyone(), kind="message", body="Une réunion demain.")
        values = {name: getattr(self.opening, name) for name in openings.WRITTEN}
        openings.edit_opening(editor=self.recruiting, opening=self.opening, version=1, needed=[self.skill], **values)
        made = openings.create_opening(author=self.boss, needed=[self.skill], **(values | {"title": "Une autre offre"}))
        made = openings.publish_opening(actor=self.boss, opening=made)
        applications.send_application(applicant=self.other, opening=self.opening, version=0, content=SAID)
        applications.send_application(applicant=self.recruiting, opening=made, version=0, content=SAID)
        posts.publish_post(author=self.colleague, audience=everyone(), kind="question", title="Qui sait ?", body="Comment fait-on ?")
        deliveries.drain()

    def turn_the_day(self):
        for name in sorted(set(schedule.JOBS) - {"forget finished work"}):  # which needs the queue of production
            schedule.JOBS[name].run()
        deliveries.drain()

    def tomorrow(self):
        return clock.now() + datetime.timedelta(days=1)
