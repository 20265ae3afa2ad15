"""That a pair begins or ends shows on no page of anybody else, and HR counts no pair out."""

import datetime
import re

import pytest
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse

from mentoring import queries
from mentoring.models import MentoringOffer, MentoringPair, MentoringRequest
from mentoring.services.asking import NoPlaceLeft, accept_request
from mentoring.services.pairs import end_pair
from rse.core import clock
from rse.core.enums import Role
from rse.core.models import Person, RoleGrant
from rse.core.ops import retention
from tests.factories import PersonFactory, RoleGrantFactory
from tests.factories.core import put_under
from tests.factories.mentoring import MentoringOfferFactory, ask, pair_of, session_in
from tests.factories.talent import SkillFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]
# What differs between two readings of one page, whoever did what: tokens, times, the addresses of what was made between them.
CHANGING = re.compile(
    r'nonce="[^"]*"|[A-Za-z0-9]{64}|value="[0-9a-f]{32}"|(?:since|after)=[\w-]+|name="newest" value="[^"]*"'
    r'|<time[^>]*>[^<]*</time>|/mentoring/requests/[^/"]+/'
)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


@pytest.fixture
def company():
    """A mentor with one place, and everybody who could look: another asker, their manager, HR, an administrator, a colleague."""
    skill = SkillFactory()
    mentor, friend, manager = PersonFactory(first_name="Claire"), PersonFactory(), PersonFactory()
    put_under(mentor, manager), put_under(friend, manager)
    offer = MentoringOfferFactory(mentor=mentor, capacity=1, skills=[skill])
    MentoringOfferFactory(skills=[skill])
    watchers = {
        "asker": PersonFactory(),
        "colleague": PersonFactory(),
        "manager": manager,
        "hr": PersonFactory(role=Role.HR),
        "hr_head": PersonFactory(role=Role.HR_HEAD),
        "administrator": PersonFactory(role=Role.ADMINISTRATOR),
        "dpo": PersonFactory(role=Role.DPO),
    }
    return {"mentor": mentor, "friend": friend, "offer": offer, "skill": skill, "watchers": watchers}


def lived(company, signed_in, *, hidden):
    """What each watcher is answered at each moment of a story, with or without the hidden pair; nothing of it stays."""
    before = transaction.savepoint()
    seen = list(_story(company, signed_in, hidden=hidden))
    transaction.savepoint_rollback(before)
    cache.clear()
    return seen


def _story(company, signed_in, *, hidden):
    mentor, offer, friend = company["mentor"], company["offer"], company["friend"]
    browsers = {name: signed_in(person) for name, person in company["watchers"].items()}
    pair = pair_of(mentor, friend) if hidden else None
    yield from crawl(browsers, company)
    answer = browsers["asker"].post(reverse("mentoring:ask", args=[offer.public_id]), {"message": "Bonjour"})
    yield "asker", "asks", answer.status_code, answer["Location"]
    yield from crawl(browsers, company)
    again = browsers["asker"].post(reverse("mentoring:ask", args=[offer.public_id]), {"message": "Encore"})
    yield "asker", "asks again", again.status_code, CHANGING.sub("", again.text)
    if pair:
        session_in(pair, days=0)
        end_pair(actor=friend, pair=pair)
    yield from crawl(browsers, company)
    with clock.moved_to(clock.now() + datetime.timedelta(days=40)):
        yield from crawl({name: signed_in(person) for name, person in company["watchers"].items()}, company)


def crawl(browsers, company):
    offer, mentor, friend = company["offer"], company["mentor"], company["friend"]
    addresses = [reverse("mentoring:find"), f"{reverse('mentoring:find')}?skill={company['skill'].code}"]
    addresses += [f"{reverse('mentoring:find')}?order={order}" for order in ("latest", "unit")]
    addresses += [reverse(f"mentoring:{name}", args=[offer.public_id]) for name in ("offer", "ask")] + [reverse("mentoring:my_pairs")]
    addresses += [
        reverse("home"),
        "/notices/",
        "/search/?q=Claire",
        reverse("mentoring:figures"),
        reverse("people:list"),
        "/operations/queue/",
    ]
    addresses += [mentor.get_absolute_url(), friend.get_absolute_url(), reverse("contributions:of", args=[mentor.handle])]
    for name, browser in browsers.items():
        for address in addresses:
            page = browser.get(address)
            yield name, address, page.status_code, CHANGING.sub("", page.text)


def test_two_lives_that_differ_by_a_hidden_pair_look_the_same_to_everybody_else(company, signed_in):
    without, with_it = (lived(company, signed_in, hidden=hidden) for hidden in (False, True))

    assert len(without) == len(with_it) > 400
    assert [one[:3] for one, other in zip(without, with_it, strict=True) if one != other] == []


def test_mentor_without_a_place_is_asked_like_any_other_and_alone_learns_of_it():
    offer = MentoringOfferFactory(capacity=1)
    pair = pair_of(offer.mentor)
    request = ask(mentor=offer.mentor)

    with pytest.raises(NoPlaceLeft):
        accept_request(mentor=offer.mentor, request=request)

    assert MentoringRequest.objects.get(pk=request.pk).is_pending
    assert queries.obstacle_for(PersonFactory(), fresh(offer)) is None
    end_pair(actor=pair.mentee, pair=pair)
    assert accept_request(mentor=offer.mentor, request=request).is_running


# What HR counts


def began(count, on, sessions=0):
    made = [pair_of() for _ in range(count)]
    for pair in made:
        for _session in range(sessions):
            row = session_in(pair)
            type(row).objects.filter(pk=row.pk).update(on=on)
    MentoringPair.objects.filter(pk__in=[pair.pk for pair in made]).update(began_on=on)
    return made


@pytest.fixture
def months():
    return queries.months_counted()


@pytest.fixture
def hr():
    return PersonFactory(role=Role.HR)


def test_hr_reads_nothing_about_fewer_than_five_people(hr, months):
    nothing = [{"month": month, "people": None, "sessions": None} for month in months]
    assert queries.pairs_counted(fresh(hr)) == nothing
    began(4, months[0], sessions=3), began(4, months[1], sessions=3)
    assert queries.pairs_counted(fresh(hr)) == nothing


def test_hr_reads_figures_in_steps_of_five_and_of_months_that_are_over(hr, months):
    (
        began(7, months[0], sessions=1),
        began(8, months[1]),
        began(6, clock.today(), sessions=1),
        began(6, months[1] - datetime.timedelta(days=1)),
    )
    assert queries.pairs_counted(fresh(hr)) == [
        {"month": months[0], "people": 5, "sessions": None},
        {"month": months[1], "people": 10, "sessions": None},
    ]


def test_month_under_five_takes_the_other_with_it(hr, months):
    began(7, months[0]), began(4, months[1])
    assert [line["people"] for line in queries.pairs_counted(fresh(hr))] == [None, None]


def test_one_person_with_many_sessions_or_mentors_is_one_person(hr, months):
    person = PersonFactory()
    for _pair in range(5):
        pair = pair_of(mentee=person)
        MentoringPair.objects.filter(pk=pair.pk).update(began_on=months[0])
    assert queries.pairs_counted(fresh(hr))[0]["people"] is None


def test_figures_do_not_fall_when_pairs_end_and_are_erased(hr, months):
    made = began(5, months[0]) + began(5, months[1])
    before = queries.pairs_counted(fresh(hr))
    for pair in made[:3]:
        end_pair(actor=pair.mentee, pair=pair)
    MentoringPair.objects.filter(state="ended").update(ended_on=months[0])
    retention.forget("mentoring.MentoringPair")
    assert queries.pairs_counted(fresh(hr)) == before
    assert [line["people"] for line in before] == [5, 5]


def test_hr_of_a_unit_counts_its_people_only(months):
    made = began(5, months[0]) + began(5, months[1])
    hr = PersonFactory()
    RoleGrantFactory(person=hr, role=Role.HR, unit=hr.unit)
    assert [line["people"] for line in queries.pairs_counted(fresh(hr))] == [None, None]
    Person.objects.filter(pk__in=[pair.mentee_id for pair in made]).update(unit=hr.unit)
    assert [line["people"] for line in queries.pairs_counted(fresh(hr))] == [5, 5]
    RoleGrant.objects.all().delete()
    assert [line["people"] for line in queries.pairs_counted(fresh(hr))] == [None, None]


@pytest.mark.parametrize(("offers", "said"), [(0, []), (4, []), (5, [5]), (7, [5]), (8, [10])])
def test_skill_that_fewer_than_five_offer_help_on_is_absent(hr, offers, said):
    skill = SkillFactory()
    for _offer in range(offers):
        MentoringOfferFactory(skills=[skill])
    assert [line["count"] for line in queries.offers_by_skill(fresh(hr))] == said
    assert MentoringOffer.objects.count() == offers
