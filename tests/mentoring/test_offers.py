import datetime
import html
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from mentoring import page_context, queries
from mentoring.enums import Obstacle
from mentoring.forms import BY_NAME
from mentoring.models import MentoringOffer, MentoringPair, OfferSkill
from mentoring.services import offers
from mentoring.services.offers import CapacityTaken, WrongSkills
from mentoring.services.pairs import end_pair
from rse.core import clock
from rse.core.enums import Role
from rse.core.models import Person, RowGrant
from rse.core.versions import EditedMeanwhile
from rse.governance.charter import CharterRequired
from rse.governance.models import Moderation
from rse.governance.services.charter import publish_charter
from rse.governance.services.moderation import AlreadyHidden, ReasonMissing
from talent.services.skills import merge_skills
from tests.factories import AudienceFactory, PersonFactory, RoleGrantFactory, UnitFactory
from tests.factories.core import put_under
from tests.factories.mentoring import MentoringOfferFactory, ask, pair_of
from tests.factories.talent import LedgerLineFactory, SkillFactory

pytestmark = pytest.mark.django_db
NAMES = re.compile(r'<h2 class="person-name"[^>]*><a[^>]*>\S+ (\w+)</a>')


def save(mentor, **changed):
    said = {"version": 0, "text": "Aider", "skills": [SkillFactory()], "capacity": 2} | changed
    return offers.save_offer(mentor=mentor, **said)


def labels(offer):
    return [tag.skill for tag in OfferSkill.objects.filter(offer=offer).order_by("place")]


def test_offer_is_published_and_saved_again():
    mentor, one, other = PersonFactory(), SkillFactory(), SkillFactory()

    offer = save(mentor, skills=[one, other, one])
    again = save(mentor, version=1, skills=[other], capacity=3, languages=["en"])

    assert (again.pk, again.version, again.capacity, again.languages) == (offer.pk, 2, 3, ["en"])
    assert labels(offer) == [other]


@pytest.mark.parametrize("count", [0, 6])
def test_offer_is_about_one_to_five_skills(count):
    with pytest.raises(WrongSkills):
        save(PersonFactory(), skills=SkillFactory.create_batch(count))
    assert not MentoringOffer.objects.exists()


def test_sixth_skill_and_sixth_place_are_refused_by_the_database():
    offer = MentoringOfferFactory(skills=SkillFactory.create_batch(5))
    for place in (0, 3, 6):
        with pytest.raises(IntegrityError), transaction.atomic():
            OfferSkill.objects.create(offer=offer, skill=SkillFactory(), place=place)
    for capacity in (0, 6):
        with pytest.raises(IntegrityError), transaction.atomic():
            MentoringOffer.objects.filter(pk=offer.pk).update(capacity=capacity)


@pytest.mark.parametrize("wrong", [{"text": "  "}, {"capacity": 0}, {"capacity": 6}])
def test_offer_that_makes_no_sense_is_refused(wrong):
    with pytest.raises(PermissionDenied):
        save(PersonFactory(), **wrong)
    assert not MentoringOffer.objects.exists()


@pytest.mark.parametrize("trait", ["expected", "left"])
def test_nobody_offers_help_before_the_first_day_or_after_the_last(trait):
    with pytest.raises(PermissionDenied):
        save(PersonFactory(**{trait: True}))


def test_charter_is_asked_before_an_offer_is_published():
    mentor = PersonFactory()
    publish_charter(publisher=PersonFactory(role=Role.HR), body_fr="Texte", body_en="Text")

    with pytest.raises(CharterRequired):
        save(mentor)
    assert not MentoringOffer.objects.exists()


def test_second_window_is_told_what_stands_now():
    mentor = PersonFactory()
    save(mentor)
    save(mentor, version=1, text="La première")

    with pytest.raises(EditedMeanwhile) as meanwhile:
        save(mentor, version=1, text="La seconde")

    assert meanwhile.value.current.text == MentoringOffer.objects.get().text == "La première"


def test_l102_capacity_is_not_lowered_under_the_places_taken():
    mentor = PersonFactory()
    MentoringOfferFactory(mentor=mentor, capacity=3)
    pairs = [pair_of(mentor) for _ in range(3)]

    with pytest.raises(CapacityTaken) as refused:
        save(mentor, version=1, capacity=2)
    assert refused.value.taken == 3
    assert MentoringOffer.objects.get().capacity == 3

    end_pair(actor=mentor, pair=pairs[0])
    save(mentor, version=1, capacity=2)
    seats = MentoringPair.objects.running().order_by("seat").values_list("seat", flat=True)
    assert list(seats) == [1, 2]


def test_l102_new_offer_counts_the_people_of_the_one_before():
    mentor = PersonFactory()
    MentoringOfferFactory(mentor=mentor)
    pair_of(mentor), pair_of(mentor)
    offers.delete_offer(mentor=mentor, offer=MentoringOffer.objects.get())

    with pytest.raises(CapacityTaken):
        save(mentor, capacity=1)
    assert save(mentor, capacity=2).capacity == 2


def test_deleting_an_offer_closes_what_waits_and_keeps_who_is_accompanied():
    mentor = PersonFactory()
    pair, waiting = pair_of(mentor), ask(mentor=mentor)

    offers.delete_offer(mentor=mentor, offer=MentoringOffer.objects.get())

    pair.refresh_from_db(), waiting.refresh_from_db()
    assert (pair.state, waiting.state, waiting.place) == ("active", "closed", None)


@pytest.mark.parametrize("act", [offers.pause_offer, offers.delete_offer])
def test_nobody_changes_the_offer_of_another(act):
    offer = MentoringOfferFactory()
    with pytest.raises(PermissionDenied):
        act(mentor=PersonFactory(role=Role.HR), offer=offer)
    assert MentoringOffer.objects.get().is_open


def opens(person, offer):
    return MentoringOffer.objects.visible_to(Person.objects.get(pk=person.pk)).filter(pk=offer.pk).exists()


def test_who_reads_an_offer():
    people = [PersonFactory(), PersonFactory(role=Role.HR), PersonFactory(expected=True), PersonFactory(left=True)]
    open_one, paused, hidden = MentoringOfferFactory(), MentoringOfferFactory(paused=True), MentoringOfferFactory(hidden=True)

    assert [[opens(person, offer) for person in (*people, offer.mentor)] for offer in (open_one, paused, hidden)] == [
        [True, True, False, False, True],
        [False, False, False, False, True],
        [False, True, False, False, True],
    ]


def test_offer_is_hidden_with_a_reason_that_its_mentor_is_told_and_shown_again():
    offer, hr = MentoringOfferFactory(), PersonFactory(role=Role.HR)

    with pytest.raises(ReasonMissing):
        offers.hide_offer(by=hr, offer=offer, article="insult", reason=" ")
    offers.hide_offer(by=hr, offer=offer, article="insult", reason="Un mot de trop")
    decision = Moderation.objects.get()
    assert (decision.author, decision.reason, decision.by) == (offer.mentor, "Un mot de trop", hr)
    with pytest.raises(AlreadyHidden):
        offers.hide_offer(by=hr, offer=MentoringOffer.objects.get(), article="insult", reason="Encore")
    assert not opens(PersonFactory(), offer)

    offers.show_offer(by=hr, offer=MentoringOffer.objects.get())
    assert opens(PersonFactory(), offer)
    with pytest.raises(PermissionDenied):
        offers.show_offer(by=hr, offer=MentoringOffer.objects.get())


def test_offer_is_not_shown_again_while_an_appeal_waits():
    offer, hr = MentoringOfferFactory(), PersonFactory(role=Role.HR)
    offers.hide_offer(by=hr, offer=offer, article="insult", reason="Un mot de trop")
    Moderation.objects.update(appealed_at="2026-01-05T08:00Z", appeal_words="Non")

    with pytest.raises(PermissionDenied):
        offers.show_offer(by=hr, offer=MentoringOffer.objects.get())
    assert MentoringOffer.objects.get().is_hidden


def test_only_hr_of_the_unit_and_who_handles_a_report_hide_an_offer():
    offer = MentoringOfferFactory()
    elsewhere, of_the_unit, handler, own = (PersonFactory() for _ in range(4))
    RoleGrantFactory(person=elsewhere, role=Role.HR, unit=elsewhere.unit)
    RoleGrantFactory(person=of_the_unit, role=Role.HR, unit=offer.mentor.unit)
    RoleGrantFactory(person=own, role=Role.HR)
    RowGrant.objects.create(person=handler, kind="mentoring_offer", row_id=offer.pk)

    from mentoring.rules import can_hide_offer

    assert [can_hide_offer(person, offer) for person in (elsewhere, of_the_unit, handler)] == [False, True, True]
    assert not can_hide_offer(own, MentoringOfferFactory(mentor=own))


def test_merged_skill_is_followed_once():
    hr, one, into = PersonFactory(role=Role.HR), SkillFactory(), SkillFactory()
    first, both = MentoringOfferFactory(skills=[one]), MentoringOfferFactory(skills=[one, into])

    merge_skills(actor=hr, source=one, into=into)

    assert (labels(first), labels(both)) == ([into], [into])


# Finding


def find(reader, **asked):
    return queries.tell_offers(reader, queries.offers_to_find(reader, **asked).order_by(*BY_NAME), skill=asked.get("skill"))


@pytest.fixture
def turns(monkeypatch):
    from tests.talent.conftest import good_turns

    with good_turns(monkeypatch) as here:
        yield here


def test_finder_shows_the_facts_on_the_skill_that_this_reader_may_open(turns):
    reader, skill, other = PersonFactory(), SkillFactory(), SkillFactory()
    offer = MentoringOfferFactory(skills=[skill])
    readable = [LedgerLineFactory(person=offer.mentor, tags=[skill]) for _ in range(4)]
    LedgerLineFactory(person=offer.mentor, tags=[other])
    LedgerLineFactory(person=offer.mentor, tags=[skill], audience=AudienceFactory(members=[offer.mentor]))
    LedgerLineFactory(person=offer.mentor, tags=[skill], is_hidden=True)

    (one,) = find(reader, skill=skill)

    assert [(fact.skill, fact.count) for fact in one.facts] == [(skill, 4)]
    assert [moment.first.line for moment in one.moments] == readable[:0:-1]
    assert one.facts[0].url == f"/people/{offer.mentor.handle}/contributions/?skill={skill.code}"


def test_finder_narrows_and_orders_as_the_reader_chooses(turns, signed_in):
    skill, browser = SkillFactory(), signed_in(PersonFactory())
    zoe = MentoringOfferFactory(mentor__last_name="Zola", mentor__unit__name="A", skills=[skill])
    ann = MentoringOfferFactory(mentor__last_name="Abel", mentor__unit__name="C", skills=[skill])
    MentoringOfferFactory(mentor__last_name="Ming", mentor__unit__name="B")
    MentoringOfferFactory(mentor__last_name="Nil", mentor__unit=None)
    LedgerLineFactory(person=zoe.mentor, tags=[skill])
    LedgerLineFactory(person=ann.mentor, tags=[skill], on=clock.today() - datetime.timedelta(days=9))

    def names(**asked):
        return NAMES.findall(browser.get(reverse("mentoring:find"), asked).text)

    assert names(skill=skill.code) == ["Abel", "Zola"]
    assert names(q="zo") == ["Zola"]
    assert names() == names(order="best") == ["Abel", "Ming", "Nil", "Zola"]
    assert names(order="unit") == ["Zola", "Ming", "Abel", "Nil"]
    assert names(order="latest") == ["Zola", "Abel", "Ming", "Nil"]


@pytest.mark.parametrize("order", ["name", "unit", "latest"])
def test_pages_of_the_finder_hold_each_offer_once_in_every_order(turns, signed_in, order, monkeypatch):
    monkeypatch.setattr(page_context, "PAGE", 2)
    browser, skill = signed_in(PersonFactory()), SkillFactory()
    unit = UnitFactory()
    for name in ("Abel", "Ming", "Nil", "Zola", "Zola"):
        offer = MentoringOfferFactory(mentor__last_name=name, mentor__unit=unit, skills=[skill])
        LedgerLineFactory(person=offer.mentor, tags=[skill])
    address, found = f"?order={order}&skill={skill.code}", []

    while address:
        page = browser.get(reverse("mentoring:find") + address).text
        found.append(NAMES.findall(page))
        address = html.unescape(older[1]) if (older := re.search(r'rel="next" href="([^"]*)"', page)) else ""

    assert found == [["Abel", "Ming"], ["Nil", "Zola"], ["Zola"]]


@pytest.mark.parametrize("role", [Role.HR, Role.HR_HEAD, Role.RECRUITER, Role.HR_SUCCESSION])
def test_who_decides_about_a_mentor_reads_no_fact_in_passing(turns, role):
    offer = MentoringOfferFactory()
    LedgerLineFactory(person=offer.mentor, tags=[tag.skill for tag in offer.tags.all()])

    (one,) = find(PersonFactory(role=role))

    assert (one.is_withheld, one.moments, one.facts, one.latest) == (True, (), (), None)


def test_of_mentors_only_those_of_the_unit_or_the_line_are_withheld(turns):
    hr, manager = PersonFactory(), PersonFactory()
    inside, outside, below = MentoringOfferFactory(), MentoringOfferFactory(), MentoringOfferFactory()
    RoleGrantFactory(person=hr, role=Role.HR, unit=inside.mentor.unit)
    put_under(below.mentor, manager)
    mentors = [inside.mentor, outside.mentor, below.mentor]

    assert queries.decided_about(hr, mentors) == {inside.mentor_id}
    assert queries.decided_about(manager, mentors) == {below.mentor_id}
    assert queries.decided_about(PersonFactory(), mentors) == set()


def test_who_cannot_be_asked_is_said_with_the_reason():
    reader = PersonFactory()
    manager, report, asked, paired, free, full = (MentoringOfferFactory(capacity=1) for _ in range(6))
    put_under(reader, manager.mentor)
    put_under(report.mentor, reader)
    ask(reader, asked.mentor)
    pair_of(paired.mentor, reader)
    pair_of(full.mentor)

    found = {one.offer: one.obstacle for one in find(reader)}

    assert found == {
        manager: Obstacle.LINE,
        report: Obstacle.LINE,
        asked: Obstacle.WAITING,
        paired: Obstacle.PAIR,
        free: None,
        full: None,
    }


def test_finder_leaves_out_one_s_own_paused_hidden_and_those_of_who_left():
    reader = PersonFactory()
    MentoringOfferFactory(mentor=reader)
    MentoringOfferFactory(paused=True)
    MentoringOfferFactory(hidden=True)
    MentoringOfferFactory(mentor__left=True)
    here = MentoringOfferFactory()

    assert [one.offer for one in find(reader)] == [here]


@pytest.mark.parametrize("item_count", [1, 3])
def test_finder_costs_the_same_for_three_offers_as_for_one(turns, django_assert_num_queries, item_count):
    reader, skill = PersonFactory(), SkillFactory()
    for _item in range(item_count):
        offer = MentoringOfferFactory(skills=[skill])
        LedgerLineFactory(person=offer.mentor, tags=[skill])
    reader = Person.objects.get(pk=reader.pk)

    with django_assert_num_queries(FINDER_QUERIES):
        assert len(find(reader, skill=skill)) == item_count


FINDER_QUERIES = 11
