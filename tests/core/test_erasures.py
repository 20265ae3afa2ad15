"""What somebody erased is noted by number, and erased again in rows that an older backup brought back."""

import datetime
import json
import stat

import pytest
from django.db import transaction

from communities.models import Community
from communities.services.erasures import erase_communities
from mentoring.models import Goal, MentoringOffer, MentoringPair, MentoringRequest, Note, NotesKey
from mentoring.services import writing
from mentoring.services.offers import delete_offer
from mentoring.services.pairs import erase_pairs, erase_requests
from mobility.enums import ApplicationState
from mobility.models import Application
from mobility.services.applications import withdraw_application
from onboarding.models import JourneyStep
from onboarding.services.steps import erase_words
from rse.core import clock
from rse.core.enums import Addressed, PersonState
from rse.core.models import GivenAddress, Person
from rse.core.ops import erasures
from rse.core.people.services.addresses import forget_former_name
from rse.core.people.services.leavers import forget_people
from rse.core.people.services.people import bring_back, cut_access
from rse.core.people.services.photos import remove_photo
from rse.feed import services as feed
from rse.feed.models import Comment, Picture, Post
from talent.models import Confirmation, DeclaredSkill, HelpConfirmation, LedgerLine, LedgerOptOut, Training, Wish
from talent.services import being, ledger, skills
from talent.succession import services as succession
from talent.succession.models import DevelopmentAction, Nomination, Plan
from tests.factories import PersonFactory
from tests.factories.communities import CommunityFactory
from tests.factories.feed import CommentFactory, PostFactory, picture_of
from tests.factories.mentoring import MentoringOfferFactory, ask, goal_in, note_in, pair_of
from tests.factories.mobility import ApplicationFactory
from tests.factories.onboarding import JourneyFactory, step_of
from tests.factories.photos import photo_of
from tests.factories.talent import DeclaredSkillFactory, LedgerLineFactory, SkillFactory, WishFactory
from tests.talent.succession import plans

pytestmark = pytest.mark.django_db
NOON = datetime.datetime(2026, 6, 1, 12, tzinfo=datetime.UTC)


@pytest.fixture
def journal(tmp_path, settings):
    settings.ERASURES_JOURNAL = tmp_path / "var" / "erasures.jsonl"
    return settings.ERASURES_JOURNAL


def forgotten():
    person = PersonFactory(left=True)
    return lambda: forget_people([person.pk]), lambda: Person.objects.get(pk=person.pk).last_name == ""


def photo():
    person = PersonFactory()
    photo_of(person)
    return lambda: remove_photo(person=person), lambda: Person.objects.get(pk=person.pk).photo is None


def former_name():
    person = PersonFactory()
    GivenAddress.objects.create(kind=Addressed.PERSON, row_id=person.pk, address="anna-1234567890", leads=True)
    former = GivenAddress.objects.filter(address="anna-1234567890", leads=True)
    return lambda: forget_former_name(person=person), lambda: not former.exists()


def cut():
    person = PersonFactory()
    return lambda: cut_access(person), lambda: Person.objects.get(pk=person.pk).is_cut


def given_back():
    person = PersonFactory()
    cut_access(person)
    return lambda: bring_back(person), lambda: Person.objects.get(pk=person.pk).state == PersonState.ACTIVE


def post():
    row = PostFactory()
    return lambda: feed.delete_post(actor=row.author, post=row), lambda: Post.objects.get(pk=row.pk).is_deleted


def comment():
    row = CommentFactory()
    return lambda: feed.delete_comment(actor=row.author, comment=row), lambda: Comment.objects.get(pk=row.pk).is_deleted


def picture():
    owner = PersonFactory()
    row = picture_of(owner)
    return lambda: feed.remove_picture(actor=owner, picture=row), lambda: not Picture.objects.filter(pk=row.pk).exists()


def line():
    row = LedgerLineFactory()
    return lambda: ledger.erase_line(person=row.person, line=row), lambda: not LedgerLine.objects.exists()


def no_ledger():
    row = LedgerLineFactory()
    return lambda: ledger.opt_out(person=row.person), lambda: not LedgerLine.objects.exists() and LedgerOptOut.objects.exists()


def ledger_again():
    person = PersonFactory()
    ledger.opt_out(person=person)
    return lambda: ledger.opt_in(person=person), lambda: not LedgerOptOut.objects.exists()


def confirmed_help():
    by = PersonFactory()
    act = ledger.confirm_help(by=by, person=PersonFactory(), kind="mentoring", source=("pair", 1))
    return lambda: ledger.withdraw_help(by=by, act=act), lambda: not HelpConfirmation.objects.exists()


def skill():
    row = DeclaredSkillFactory()
    return lambda: skills.undeclare_skill(person=row.person, skill=row.skill), lambda: not DeclaredSkill.objects.exists()


def confirmed_skill():
    by = PersonFactory()
    row = Confirmation.objects.create(person=PersonFactory(), skill=SkillFactory(), by=by, ground="unit")
    return lambda: skills.withdraw_confirmation(person=by, confirmation=row), lambda: not Confirmation.objects.exists()


def training():
    person = PersonFactory()
    row = Training.objects.create(person=person, title="Soudure", year=2020)
    return lambda: being.remove_training(person=person, training=row), lambda: not Training.objects.exists()


def wish():
    row = WishFactory()
    return lambda: being.remove_wish(person=row.person), lambda: not Wish.objects.exists()


def name_in_a_plan():
    plans.open_gate()
    row = plans.name(plans.plan_for())
    return lambda: succession.remove_name(actor=plans.planner(), nomination=row), lambda: not Nomination.objects.exists()


def action_in_a_plan():
    plans.open_gate()
    row = plans.action(plans.name(plans.plan_for()))
    return lambda: succession.remove_action(actor=plans.planner(), action=row), lambda: not DevelopmentAction.objects.exists()


def plan():
    plans.open_gate()
    row = plans.plan_for()
    succession.delete_plan(actor=plans.planner(), plan=row)
    return lambda: succession.delete_plan(actor=plans.planner(), plan=row), lambda: not Plan.objects.exists()


def application():
    row = ApplicationFactory()
    return (
        lambda: withdraw_application(applicant=row.applicant, application=row),
        lambda: Application.objects.values_list("state", "letter").get() == (ApplicationState.WITHDRAWN, ""),
    )


def draft():
    row = ApplicationFactory(state=ApplicationState.DRAFT, submitted_at=None)
    return lambda: withdraw_application(applicant=row.applicant, application=row), lambda: not Application.objects.exists()


def note():
    pair = pair_of()
    row = note_in(pair, pair.mentee)
    return lambda: writing.erase(actor=pair.mentee, piece=row), lambda: not Note.objects.exists()


def goal():
    pair = pair_of()
    row = goal_in(pair)
    return lambda: writing.erase(actor=pair.mentee, piece=row), lambda: not Goal.objects.exists()


def pair():
    row = pair_of()
    return lambda: erase_pairs([row.pk]), lambda: not MentoringPair.objects.exists() and not NotesKey.objects.exists()


def request():
    row = ask()
    return lambda: erase_requests([row.pk]), lambda: not MentoringRequest.objects.exists() and not NotesKey.objects.exists()


def offer():
    row = MentoringOfferFactory()
    return lambda: delete_offer(mentor=row.mentor, offer=row), lambda: not MentoringOffer.objects.exists()


def words_of_a_newcomer():
    journey = JourneyFactory()
    step = step_of(journey, "newcomer", "write")
    JourneyStep.objects.filter(pk=step.pk).update(words="Mots-canari")
    return (
        lambda: erase_words(newcomer=journey.newcomer, journey=journey, position=step.position),
        lambda: JourneyStep.objects.get(pk=step.pk).words == "",
    )


def community():
    row = CommunityFactory(deleted_at=clock.now())
    return lambda: erase_communities([row.pk]), lambda: not Community.objects.filter(pk=row.pk).exists()


CASES = {
    "core.person": [forgotten],
    "core.photo": [photo],
    "core.former_name": [former_name],
    "core.cut": [cut],
    "core.access_given_back": [given_back],
    "feed.post": [post],
    "feed.comment": [comment],
    "feed.picture": [picture],
    "talent.line": [line],
    "talent.ledger": [no_ledger],
    "talent.ledger_resumed": [ledger_again],
    "talent.help": [confirmed_help],
    "talent.skill": [skill],
    "talent.confirmation": [confirmed_skill],
    "talent.training": [training],
    "talent.wish": [wish],
    "succession.name": [name_in_a_plan],
    "succession.action": [action_in_a_plan],
    "succession.plan": [plan],
    "mobility.application": [application],
    "mobility.draft": [draft],
    "mentoring.piece": [note, goal],
    "mentoring.pair": [pair],
    "mentoring.request": [request],
    "mentoring.offer": [offer],
    "onboarding.words": [words_of_a_newcomer],
    "communities.community": [community],
}


def test_each_kind_is_tried_here_and_nothing_else():
    assert sorted(CASES) == erasures.kinds()


@pytest.mark.parametrize(("kind", "make"), [(kind, make) for kind, makes in CASES.items() for make in makes])
def test_what_was_erased_is_noted_and_erased_again(journal, django_capture_on_commit_callbacks, kind, make):
    erase, is_gone = make()
    assert not is_gone()
    before = transaction.savepoint()
    with django_capture_on_commit_callbacks(execute=True):
        erase()
    assert is_gone()
    noted = erasures.read(journal).entries
    transaction.savepoint_rollback(before)  # as an older backup does
    assert not is_gone()

    assert kind in [entry.kind for entry in noted]
    with django_capture_on_commit_callbacks(execute=True):
        assert erasures.replay(noted) == (len(noted), [])
        assert is_gone()
        assert erasures.replay(noted) == (len(noted), [])  # what is gone is left alone
    assert erasures.read(journal).entries == noted


def test_line_says_when_what_and_which_and_the_file_is_for_its_owner_alone(journal, django_capture_on_commit_callbacks):
    row = PostFactory(body="Mots-canari")
    with clock.moved_to(NOON), django_capture_on_commit_callbacks(execute=True):
        feed.delete_post(actor=row.author, post=row)

    first, line = (json.loads(one) for one in journal.read_text().splitlines())
    assert first == {"journal": erasures.name(), "since": NOON.isoformat()}
    assert line == {"at": NOON.isoformat(), "kind": "feed.post", "keys": [row.public_id]}
    assert stat.S_IMODE(journal.stat().st_mode) == 0o600


def test_nothing_is_noted_of_what_was_not_committed(journal, django_capture_on_commit_callbacks):
    row = PostFactory()
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        feed.delete_post(actor=row.author, post=row)
        transaction.set_rollback(True)
    assert not journal.exists()


def test_person_who_was_here_in_the_backup_has_left_and_is_forgotten(journal):
    person = PersonFactory()
    erasures.replay([erasures.Entry(NOON, "core.person", [person.pk])])
    person.refresh_from_db()
    assert (person.state, person.last_name, person.email, person.leaves_on) == (PersonState.LEFT, "", None, datetime.date(2026, 1, 1))


@pytest.mark.parametrize("kind", ["core.person", "feed.post", "mobility.application"])
def test_rows_that_are_not_there_are_left_alone(journal, kind):
    key = 10**6 if kind == "core.person" else "x" * 22
    assert erasures.replay([erasures.Entry(NOON, kind, [key])]) == (1, [])


def test_one_that_fails_keeps_none_of_the_others_back(journal):
    row = PostFactory()
    entries = [erasures.Entry(NOON, "feed.gone_by", [1]), erasures.Entry(NOON, "feed.post", [row.public_id])]
    assert erasures.replay(entries) == (1, ["feed.gone_by"])
    assert Post.objects.get(pk=row.pk).is_deleted


def test_kind_that_nobody_registered_is_not_noted():
    with pytest.raises(ValueError, match="no kind of erasures"):
        erasures.note("feed.gone_by", [1])
    with pytest.raises(ValueError, match="two kinds"):
        erasures.register("feed.post", lambda keys: None)


def noted_at(django_capture_on_commit_callbacks, *instants):
    for instant in instants:
        with clock.moved_to(instant), django_capture_on_commit_callbacks(execute=True):
            erasures.note("feed.post", [instant.isoformat()])


def test_instant_of_a_line_is_that_of_the_commit(journal, django_capture_on_commit_callbacks):
    with clock.moved_to(NOON), django_capture_on_commit_callbacks() as left_to_do:
        erasures.note("feed.post", ["a"])
    with clock.moved_to(NOON + datetime.timedelta(hours=1)):
        for act in left_to_do:
            act()
    assert [entry.at for entry in erasures.read(journal).entries] == [NOON + datetime.timedelta(hours=1)]


def test_old_lines_go_and_the_journal_says_from_when_it_is_whole(journal, django_capture_on_commit_callbacks):
    assert erasures.prune() == 0
    noted_at(django_capture_on_commit_callbacks, NOON, NOON + datetime.timedelta(days=30))
    name = erasures.name()
    with clock.moved_to(NOON + erasures.KEPT_FOR):
        assert erasures.prune() == 0
    with clock.moved_to(NOON + erasures.KEPT_FOR + datetime.timedelta(seconds=1)):
        assert erasures.prune() == 1
    left = erasures.read(journal)
    assert [entry.at for entry in left.entries] == [NOON + datetime.timedelta(days=30)]
    assert (left.name, left.since > NOON) == (name, True)
    assert stat.S_IMODE(journal.stat().st_mode) == 0o600
    noted_at(django_capture_on_commit_callbacks, NOON + datetime.timedelta(days=31))
    assert len(erasures.read(journal).entries) == 2


def test_line_that_was_cut_off_hides_none_that_follows(journal, django_capture_on_commit_callbacks):
    noted_at(django_capture_on_commit_callbacks, NOON)
    with journal.open("ab") as file:
        file.write(b'{"at":"2026-')
    noted_at(django_capture_on_commit_callbacks, NOON)
    assert len(erasures.read(journal).entries) == 2


def test_journals_of_two_machines_become_one(journal, tmp_path, django_capture_on_commit_callbacks):
    noted_at(django_capture_on_commit_callbacks, NOON)
    theirs = erasures.Journal("theirs", NOON, [erasures.Entry(NOON - datetime.timedelta(days=1), "feed.post", ["a"])])
    erasures.keep(theirs)
    erasures.keep(theirs)
    kept = erasures.read(journal)
    assert (kept.name, kept.since, [entry.keys for entry in kept.entries]) == ("theirs", NOON, [["a"], [NOON.isoformat()]])
