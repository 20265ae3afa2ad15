"""Each text that people write, with a handle in it, and where others read it."""

from django.urls import reverse

from rse.core import clock
from rse.core.enums import Role
from rse.governance.models import Reporter
from talent.models import Training
from tests.factories import PersonFactory
from tests.factories.communities import CommunityFactory, CreationRequestFactory, JoinRequestFactory
from tests.factories.feed import PostFactory, everyone, picture_of
from tests.factories.governance import CharterFactory, FeatureSwitchFactory, ModerationFactory, ReportFactory
from tests.factories.mentoring import MentoringOfferFactory
from tests.factories.mobility import ApplicationFactory, OpeningFactory
from tests.factories.onboarding import BuddyRequestFactory, JourneyFactory
from tests.factories.pages import make_page, make_section
from tests.factories.talent import LedgerLineFactory, WishFactory
from tests.talent.succession import plans

TEXT = "Avec @old-name, /people/old-name/, @Gone-Away, @hidden-one, @left-behind- et @nobody-at-all ou moi@ailleurs.example"


def profile():
    return PersonFactory(), PersonFactory(about=TEXT).get_absolute_url()


def community(**facts):
    return CommunityFactory(purpose=TEXT, **facts)


def purpose_of_community():
    return PersonFactory(), reverse("communities:about", args=[community().slug])


def purpose_asked():
    hr = PersonFactory(role=Role.HR)
    return hr, CreationRequestFactory(purpose=TEXT).get_absolute_url()


def join_request():
    host = PersonFactory()
    where = CommunityFactory(closed=True, hosts=[host])
    JoinRequestFactory(community=where, words=TEXT)
    return host, reverse("communities:waiting", args=[where.slug])


def words_of_report():
    reporter = PersonFactory()
    report = ReportFactory(reporters=[reporter])
    Reporter.objects.filter(report=report).update(words=TEXT)
    return PersonFactory(role=Role.HANDLER), report.get_absolute_url()


def moderation(**facts):
    row = ModerationFactory(**({"reason": "Un mot."} | facts))
    return row.author, row.get_absolute_url()


def appealed(**facts):
    now = {"appealed_at": clock.now(), "appeal_words": "Non.", "appeal_outcome": "upheld", "appeal_answer": "Si."}
    return moderation(**(now | {"appeal_decided_at": clock.now(), "appeal_decided_by": PersonFactory()} | facts))


def charter():
    CharterFactory(body_en=TEXT, body_fr=TEXT)
    return PersonFactory(), reverse("charter:detail")


def handbook_page():
    return PersonFactory(language="en"), make_page(make_section(), body_en=TEXT, summary_en=TEXT).get_absolute_url()


def assessment(**facts):
    FeatureSwitchFactory(name="succession", on=True, **facts)
    return PersonFactory(role=Role.DPO), reverse("features:list")


def offer():
    return PersonFactory(), MentoringOfferFactory(text=TEXT).get_absolute_url()


def application():
    recruiter = PersonFactory()
    return recruiter, ApplicationFactory(
        opening=OpeningFactory(team=[recruiter]), letter=TEXT, letter_for="team", state="in_review"
    ).get_absolute_url()


def decision(**facts):
    row = ApplicationFactory(state="refused", **facts)
    return row.applicant, row.get_absolute_url()


def opening(**facts):
    return PersonFactory(), OpeningFactory(**facts).get_absolute_url()


def asked_buddy():
    request = BuddyRequestFactory(message=TEXT)
    return request.person, reverse("journeys:buddy_answer", args=[request.public_id])


def thanks():
    journey = JourneyFactory(buddy=PersonFactory())
    journey.buddy_requests.filter(state="accepted").update(thanks=TEXT)
    return journey.buddy, journey.get_absolute_url()


def hr_note():
    journey = JourneyFactory(hr_note=TEXT)
    return PersonFactory(role=Role.HR), journey.get_absolute_url()


def words_of_step():
    journey = JourneyFactory()
    step = next(step for step in journey.steps.select_related("template_step") if step.template_step.kind in {"write", "written", "words"})
    type(step).objects.filter(pk=step.pk).update(words=TEXT)
    return journey.newcomer, reverse("journeys:mine")


def text_of_step():
    journey = JourneyFactory()
    step = journey.steps.select_related("template_step").filter(actor="newcomer").order_by("position").first()
    type(step.template_step).objects.filter(pk=step.template_step_id).update(text_en=TEXT)
    return journey.newcomer, reverse("journeys:mine")


def plan_of(*, nomination=None, action=None, **facts):
    plans.open_gate()
    owner = plans.planner()
    plan = plans.plan_for(owner=owner, **facts)
    if nomination is not None or action:
        row = plans.name(plan, **(nomination or {}))
        if action:
            plans.action(row, words=action)
    return owner, plan


def on_plan(**facts):
    owner, plan = plan_of(**facts)
    return owner, plan.get_absolute_url()


def plan_decision():
    owner, plan = plan_of(is_decided=True)
    type(plan).objects.filter(pk=plan.pk).update(decision=TEXT)
    return owner, plan.get_absolute_url()


def training():
    row = Training.objects.create(person=PersonFactory(), title=TEXT, year=2020, is_public=True)
    return PersonFactory(), row.person.get_absolute_url()


def wish():
    return PersonFactory(role=Role.HR), WishFactory(shared=True, text=TEXT).person.get_absolute_url()


def comment():
    line = LedgerLineFactory(comment=TEXT)
    return PersonFactory(), reverse("contributions:of", args=[line.person.handle])


def picture_alt():
    post = PostFactory(audience=everyone())
    picture = picture_of(post.author)
    type(picture).objects.filter(pk=picture.pk).update(post=post, audience=post.audience, place=1, is_visible=True, alt=TEXT)
    return PersonFactory(), post.get_absolute_url()


# Where others read each text: a function that makes it and returns a reader and the address of a page.
SHOWN = {
    "communities.Community.purpose": purpose_of_community,
    "communities.CreationRequest.purpose": purpose_asked,
    "communities.JoinRequest.words": join_request,
    "core.Person.about": profile,
    "feed.Picture.alt": picture_alt,
    "governance.Charter.body_en": charter,
    "governance.FeatureSwitch.impact_assessment": lambda: assessment(impact_assessment=TEXT),
    "governance.FeatureSwitch.notice_en": lambda: assessment(notice_en=TEXT),
    "governance.Moderation.appeal_answer": lambda: appealed(appeal_answer=TEXT),
    "governance.Moderation.appeal_words": lambda: appealed(appeal_words=TEXT),
    "governance.Moderation.reason": lambda: moderation(reason=TEXT),
    "governance.Reporter.words": words_of_report,
    "mentoring.MentoringOffer.text": offer,
    "mobility.Application.alternatives": lambda: decision(alternatives=TEXT),
    "mobility.Application.letter": application,
    "mobility.Application.reason": lambda: decision(reason=TEXT),
    "mobility.Opening.description": lambda: opening(description=TEXT),
    "mobility.Opening.summary": lambda: opening(summary=TEXT),
    "onboarding.BuddyRequest.message": asked_buddy,
    "onboarding.BuddyRequest.thanks": thanks,
    "onboarding.Journey.hr_note": hr_note,
    "onboarding.JourneyStep.words": words_of_step,
    "onboarding.TemplateStep.text_en": text_of_step,
    "succession.DevelopmentAction.words": lambda: on_plan(action=TEXT),
    "succession.KeyPosition.note": lambda: on_plan(note=TEXT),
    "pages.HandbookPage.body_en": handbook_page,
    "pages.HandbookPage.summary_en": handbook_page,
    "talent.LedgerLine.comment": comment,
    "succession.Nomination.alternatives": lambda: on_plan(nomination={"alternatives": TEXT}),
    "succession.Nomination.reason": lambda: on_plan(nomination={"reason": TEXT}),
    "succession.Plan.decision": plan_decision,
    "talent.Training.title": training,
    "talent.Wish.text": wish,
}


# Texts that stand elsewhere than in plain words, and why none of these shows a former name.
ELSEWHERE = {
    "names and labels of the company, which no text of anybody is": {
        "core.Audience.label", "core.Installation.company", "core.JobFamily.label", "core.Person.first_name", "core.Person.last_name",
        "core.Person.title", "core.Person.work_phone", "core.Position.title", "core.Site.name", "core.Unit.name", "hris.ImportMapping.name",
        "mobility.Opening.level", "talent.Skill.label_en", "talent.Skill.label_fr",
    },
    "names that are refused with a handle in them": {
        "communities.Community.name", "communities.CreationRequest.name", "mobility.Opening.title", "onboarding.TemplateStep.title_en",
        "onboarding.TemplateStep.title_fr", "pages.HandbookPage.title_en",
    },
    "texts of the feed, which keep whom they name": {
        "feed.Comment.body", "feed.EditedVersion.body", "feed.EditedVersion.title", "feed.Post.body", "feed.Post.title",
        "feed.UsefulMark.reason",
    },
    "what search keeps, without any handle": {"search.SearchDocument.body", "search.SearchDocument.title"},
    "in another language, in the same place of the same page": {
        "governance.Charter.body_fr", "governance.FeatureSwitch.notice_fr", "onboarding.TemplateStep.text_fr",
        "pages.HandbookPage.body_fr", "pages.HandbookPage.summary_fr",
    },
}  # fmt: skip
