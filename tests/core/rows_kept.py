"""One row for each period that is declared: made as people make it, about to be kept as long as the register says."""

import datetime
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from wagtail.users.models import UserProfile

from communities.services.communities import delete_community
from mentoring.models import Seal
from mentoring.services.asking import decline_request
from onboarding.models import Journey
from onboarding.services import journeys
from rse.core import clock
from rse.core.enums import Role
from rse.core.models import (
    Absence,
    AudienceMember,
    Holding,
    KeptCount,
    Person,
    RecordedEvent,
    ReportingLine,
    RoleApproval,
    RoleRemoval,
    RoleRequest,
    RowGrant,
    StepTaken,
)
from rse.feed.models import Comment, Mention, Post
from rse.governance.enums import Outcome, ReportState
from rse.governance.models import AccessLogEntry, AccessLogRelease, CharterAcceptance, HandlerGrant
from rse.governance.services.access_log import log_access
from rse.hris.models import BeforeImport, Correction, ImportBatch, UnlistedPerson
from rse.identity.models import AccountReopening, AddressChange, AddressMove, Invitation, InvitationRun, RecoveryCode, Session, SignInCard
from rse.identity.services.addresses import take_from_file
from rse.identity.services.own_addresses import ask_own
from rse.notify.models import Notification, QueuedMail, SeenPosition
from talent.models import Confirmation, HelpConfirmation, LedgerOptOut, Training
from tests.factories import AudienceFactory, PersonFactory, PositionFactory
from tests.factories.communities import CommunityFactory, CommunityInvitationFactory, CreationRequestFactory, JoinRequestFactory
from tests.factories.core import RoleGrantFactory
from tests.factories.feed import CommentFactory, PostFactory, picture_of
from tests.factories.governance import CharterFactory, FeatureSwitchFactory, ModerationFactory, ReportFactory
from tests.factories.mentoring import MentoringOfferFactory, ask, pair_of
from tests.factories.mobility import ApplicationFactory, BookmarkFactory
from tests.factories.onboarding import CohortFactory, JourneyFactory
from tests.factories.talent import DeclaredSkillFactory, LedgerLineFactory, SkillFactory, WishFactory
from tests.talent.succession.plans import plan_for

DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Case:
    """How the row is made, and what is true of it as long as it is kept, where more is kept than nothing."""

    make: object
    keeps: object = None

    def is_kept(self, row):
        now = type(row)._base_manager.filter(pk=row.pk).first()
        return now is not None and (self.keeps is None or bool(self.keeps(now)))


def of(model, **values):
    return lambda: model.objects.create(**{name: value() if callable(value) else value for name, value in values.items()})


def fresh(row):
    return type(row)._base_manager.get(pk=row.pk)


def ended_grant():
    return RoleGrantFactory(person=PersonFactory(), role=Role.HR, starts_at=clock.now() - DAY, ends_at=clock.now())


def closed_request():
    one = RoleRequest.objects.create(
        person=PersonFactory(), role=Role.HR, starts_at=clock.now(), asked_by=PersonFactory(), closed_at=clock.now(), grant=ended_grant()
    )
    RoleApproval.objects.create(request=one, person=PersonFactory(), function=Role.DPO)
    return one


def ended_row_grant():
    one = RowGrant.objects.create(person=PersonFactory(), kind="post", row_id=1, starts_at=clock.now() - DAY, ends_at=clock.now())
    HandlerGrant.objects.create(grant=one, kind="post", row_id=1)
    return one


def change_of_address():
    take_from_file(wanted=[(PersonFactory().pk, {"email": "new@company.example"})])
    return AddressChange.objects.get()


def own_change_of_address():
    ask_own(person=PersonFactory(), kind="private_email", address="new@home.example")
    return AddressChange.objects.get()


def deleted_community():
    owner = PersonFactory()
    community = CommunityFactory(owners=[owner])
    delete_community(actor=owner, community=community)
    return fresh(community)


def taken_back(factory, model):
    def make():
        row = factory(audience=AudienceFactory(open=True)) if model is Post else factory()
        model.objects.filter(pk=row.pk).update(deleted_at=clock.now(), is_visible=False)
        return fresh(row)

    return make


def named_in_a_text():
    person = PersonFactory(handle="canarelle-2bcdf")
    post = PostFactory(body="Voir @canarelle-2bcdf, ou /people/canarelle-2bcdf.")
    return Mention.objects.get_or_create(post=post, handle=person.handle, person=person)[0]


def cut_by_hand():
    return PersonFactory(is_cut=True, hired_on=clock.today() - 900 * DAY)


def holding(**person):
    def make():
        return Holding.objects.create(
            person=PersonFactory(**person), position=PositionFactory(), starts_on=clock.today() - 90 * DAY, ends_on=clock.today()
        )

    return make


def old_opening():
    """An entry old enough for the database itself to let it go."""
    with clock.moved_to(clock.now() - 1200 * DAY):
        log_access(reader=PersonFactory(), opened={("person", 1): [PersonFactory().pk]}, purpose="profile")
    return AccessLogEntry.objects.get()


def notice():
    return Notification.objects.create(recipient=PersonFactory(), event_id=1, event="core.lit", kind="post", row_id=1)


def report(outcome=Outcome.NO_BREACH, **traits):
    return lambda: ReportFactory(**traits, state=ReportState.DECIDED, outcome=outcome, decided_at=clock.now(), reporters=[PersonFactory()])


def closed_asking():
    request = ask()
    decline_request(mentor=request.mentor, request=request)
    return fresh(request)


def ended_journey():
    hired_on = clock.today() - 200 * DAY
    newcomer = PersonFactory(hired_on=hired_on, trial_ends_on=hired_on + 90 * DAY)
    journey = JourneyFactory(newcomer=newcomer, hired_on=hired_on)
    journeys.end_journeys(rows=Journey.objects.filter(pk=journey.pk), state="closed", because="over")
    return fresh(journey)


def help_confirmed():
    return HelpConfirmation.objects.create(
        person=PersonFactory(), by=PersonFactory(), kind="mentoring", source_kind="turn", source_id=1, audience=AudienceFactory(open=True)
    )


def template_version():
    from onboarding.services.templates import current_version

    version = current_version()
    type(version).objects.filter(pk=version.pk).update(published_by=PersonFactory())
    return fresh(version)


def application(**values):
    return lambda: fresh(ApplicationFactory(**values))


def confirmation():
    return Confirmation.objects.create(person=PersonFactory(), by=PersonFactory(), skill=SkillFactory(), ground="unit")


def session():
    return Session.objects.create(session_key="k" * 32, session_data="x", expire_date=clock.now(), person=PersonFactory())


def mail():
    return QueuedMail.objects.create(notification=notice())


def batch(**values):
    return of(ImportBatch, kind="full", file_name="f.csv", uploaded_by=PersonFactory, **values)


def line_of_management():
    return ReportingLine.objects.create(person=PersonFactory(), manager=PersonFactory(), depth=1)


CASES = {
    "communities.Community deleted_at 30d": Case(deleted_community),
    "communities.CommunityInvitation expires_at": Case(CommunityInvitationFactory),
    "communities.CommunityInvitation used_at 90d": Case(lambda: CommunityInvitationFactory(used_at=clock.now())),
    "communities.CreationRequest answered_at 90d": Case(lambda: CreationRequestFactory(answered_at=clock.now())),
    "communities.CreationRequest asked_by left 30d": Case(CreationRequestFactory),
    "communities.JoinRequest answered_at 90d": Case(lambda: JoinRequestFactory(answered_at=clock.now())),
    "communities.JoinRequest person left 30d": Case(JoinRequestFactory),
    "core.AudienceMember person left 30d": Case(of(AudienceMember, audience=lambda: AudienceFactory(open=True), person=PersonFactory)),
    "core.Holding person left 30d": Case(holding()),
    "core.Holding person left 36m": Case(holding(is_cut=True)),
    "core.Person left 30d": Case(PersonFactory, lambda person: person.last_name),
    "core.Person left 36m cut": Case(cut_by_hand, lambda person: person.employee_number),
    "core.Person hired_on 30d": Case(
        lambda: PersonFactory(hired_on=clock.today(), private_email="a@home.example"), lambda person: person.private_email
    ),
    "core.Person_groups person left 30d": Case(
        lambda: Person.groups.through.objects.create(person=PersonFactory(), group=Group.objects.create(name="x"))
    ),
    "core.Person_user_permissions person left 30d": Case(
        lambda: Person.user_permissions.through.objects.create(person=PersonFactory(), permission=Permission.objects.order_by("pk").first())
    ),
    "core.RecordedEvent at 90d": Case(of(RecordedEvent, name="core.lit")),
    "core.ReportingLine manager left 30d": Case(line_of_management),
    "core.ReportingLine person left 30d": Case(line_of_management),
    "core.RoleGrant ends_at 36m": Case(ended_grant),
    "core.RoleRemoval closed_at 36m": Case(of(RoleRemoval, person=PersonFactory, asked_by=PersonFactory, closed_at=clock.now)),
    "core.RoleRequest closed_at 36m": Case(closed_request),
    "core.RowGrant ends_at 36m": Case(ended_row_grant),
    "feed.Comment deleted_at 30d": Case(taken_back(CommentFactory, Comment)),
    "feed.Mention person left 30d": Case(named_in_a_text, lambda mention: "canarelle" in f"{mention.handle} {mention.post.body}"),
    "feed.Picture uploaded_at 1d": Case(lambda: picture_of(PersonFactory())),
    "feed.Post deleted_at 30d": Case(taken_back(PostFactory, Post)),
    "governance.AccessLogEntry at 36m": Case(old_opening),
    "governance.AccessLogRelease at 36m": Case(of(AccessLogRelease, kind="plan", row_id=1, person=PersonFactory, up_to=1)),
    "governance.CharterAcceptance person left 30d": Case(of(CharterAcceptance, person=PersonFactory, charter=CharterFactory)),
    "governance.FeatureSwitch off_at 36m": Case(lambda: FeatureSwitchFactory(off_at=clock.now(), off_by=PersonFactory())),
    "governance.Moderation at 12m": Case(ModerationFactory),
    "governance.Report decided_at 12m": Case(report()),
    "governance.Report decided_at 2m": Case(report(harassment=True)),
    "governance.Report decided_at 72m": Case(report(Outcome.DEALT_WITH, harassment=True)),
    "identity.AccountReopening asked_at 36m": Case(
        of(AccountReopening, person=PersonFactory, reason="back", asked_by=PersonFactory, closed_at=clock.now)
    ),
    "core.StepTaken by left 30d": Case(of(StepTaken, name="keys", by=PersonFactory), lambda taken: taken.by_id),
    "core.KeptCount expires_at": Case(of(KeptCount, name="0" * 64, value="1", expires_at=clock.now)),
    "identity.AddressChange asked_at 36m": Case(change_of_address),
    "identity.AddressChange token_expires_at": Case(change_of_address, lambda change: change.token_hash),
    "identity.AddressChange new_token_expires_at": Case(own_change_of_address, lambda change: change.new_token_hash),
    "identity.AddressMove asked_at 36m": Case(of(AddressMove, old_domain="company.example", new_domain="other.example")),
    "core.Absence ends_on 30d": Case(of(Absence, person=PersonFactory, starts_on=clock.today, ends_on=clock.today)),
    "hris.BeforeImport batch__applied_at 7d": Case(lambda: BeforeImport.objects.create(batch=batch(applied_at=clock.now)(), what="people")),
    "hris.Correction corrected_at 36m": Case(of(Correction, person=PersonFactory, corrected_by=PersonFactory, reason="late")),
    "hris.Correction person left 30d": Case(of(Correction, person=PersonFactory, corrected_by=PersonFactory, reason="late")),
    "hris.UnlistedPerson closed_at 36m": Case(of(UnlistedPerson, person=PersonFactory, due_on=clock.today, closed_at=clock.now)),
    "hris.ImportBatch uploaded_at 12m": Case(batch(examples=[1]), lambda one: one.examples),
    "hris.ImportBatch uploaded_at 36m": Case(batch()),
    "hris.ImportBatch uploaded_at 7d": Case(batch(stored_path="/nowhere/at/all.csv"), lambda one: one.stored_path),
    "identity.Invitation expires_at 30d": Case(
        of(Invitation, person=PersonFactory, token_hash="0" * 64, expires_at=clock.now, sent_to="work")
    ),
    "identity.InvitationRun started_at 90d": Case(of(InvitationRun, started_by=PersonFactory, source="chosen", count=1)),
    "identity.RecoveryCode person left 30d": Case(of(RecoveryCode, person=PersonFactory, code_hash="0" * 64)),
    "identity.Session expire_date": Case(session),
    "identity.SignInCard printed_at 12m": Case(of(SignInCard, person=PersonFactory, number="1", token_hash="0" * 64, code_hash="0" * 64)),
    "mentoring.MentoringOffer mentor left 30d": Case(MentoringOfferFactory),
    "mentoring.MentoringPair ended_on 3m": Case(lambda: pair_of(ended=True)),
    "mentoring.MentoringRequest closed_at 30d": Case(closed_asking),
    "mentoring.Seal person left 30d": Case(of(Seal, person=PersonFactory)),
    "mfa.Authenticator user left 30d": Case(of(Authenticator, user=PersonFactory, type="totp", data=dict)),
    "mobility.Application stage_at__date 12m content": Case(
        application(state="refused"), lambda one: one.applicant_id and one.letter and one.reason
    ),
    "mobility.Application stage_at__date 12m drafts": Case(application(state="draft")),
    "mobility.Application stage_at__date 24m": Case(application(state="accepted")),
    "mobility.Bookmark person left": Case(BookmarkFactory),
    "notify.Notification created_at 90d": Case(notice),
    "notify.QueuedMail notification__created_at 24h": Case(mail),
    "notify.SeenPosition person left 30d": Case(of(SeenPosition, person=PersonFactory)),
    "onboarding.Cohort host left 30d": Case(lambda: CohortFactory(host=PersonFactory()), lambda cohort: cohort.host_id),
    "onboarding.Journey newcomer__trial_ends_on 12m": Case(ended_journey),
    "onboarding.TemplateVersion published_by left 30d": Case(template_version, lambda version: version.published_by_id),
    "talent.Confirmation by left 30d": Case(confirmation),
    "talent.Confirmation person left 30d": Case(confirmation),
    "talent.DeclaredSkill person left 30d": Case(DeclaredSkillFactory),
    "talent.HelpConfirmation confirmed_on 24m": Case(help_confirmed),
    "talent.HelpConfirmation person left 30d": Case(help_confirmed),
    "talent.LedgerLine on 24m": Case(LedgerLineFactory),
    "talent.LedgerLine person left 30d": Case(LedgerLineFactory),
    "talent.LedgerOptOut person left 30d": Case(of(LedgerOptOut, person=PersonFactory)),
    "succession.Plan decided_at 24m": Case(lambda: fresh(plan_for(is_decided=True))),
    "talent.Training person left 30d": Case(of(Training, person=PersonFactory, title="CACES", year=2020)),
    "talent.Wish person left 30d": Case(WishFactory),
    "talent.Wish touched_on 12m": Case(lambda: WishFactory(shared=True), lambda wish: wish.visibility == "hr"),
    "talent.Wish touched_on 18m": Case(WishFactory),
    "wagtailusers.UserProfile user left 30d": Case(of(UserProfile, user=PersonFactory)),
}
