"""Who reads a wish, and how much of it; the line of management never, whatever it holds."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from rse.core import clock
from rse.core.access.readers import readers_of
from rse.core.enums import Role
from rse.core.models import Holding, JobFamily, Person
from rse.core.ops import retention
from rse.governance.models import AccessLogEntry, AccessLogSubject
from rse.notify.models import Notification
from talent import queries
from talent.models import Wish
from talent.services import being
from tests.factories import PersonFactory, RoleGrantFactory
from tests.factories.core import put_under
from tests.factories.talent import DeclaredSkillFactory, WishFactory

pytestmark = pytest.mark.django_db
WHOLE = {"person", "text", "site", "is_open_to_talk", "wish", "target_family", "availability"}
REDUCED = {"target_family", "availability"}
SEEN = {
    "oneself": WHOLE,
    "hr of the unit": WHOLE,
    "hr of the company": WHOLE,
    "succession": REDUCED,
    "recruiter": REDUCED | {"skills"},
    "hr of elsewhere": None,
    "colleague": None,
    "manager": None,
    "manager who is hr": None,
    "manager's manager in succession": None,
    "recruiter above": None,
    "administrator": None,
    "dpo": None,
    "head of hr": None,
    "left": None,
}


def reader_of(subject, relation):
    if relation == "oneself":
        return subject
    if relation == "left":
        return PersonFactory(left=True, role=Role.HR)
    reader = PersonFactory()
    roles = {
        "hr of the unit": (Role.HR, subject.unit),
        "hr of the company": (Role.HR, None),
        "hr of elsewhere": (Role.HR, reader.unit),
        "manager who is hr": (Role.HR, None),
        "succession": (Role.HR_SUCCESSION, None),
        "manager's manager in succession": (Role.HR_SUCCESSION, None),
        "recruiter": (Role.RECRUITER, None),
        "recruiter above": (Role.RECRUITER, None),
        "administrator": (Role.ADMINISTRATOR, None),
        "dpo": (Role.DPO, None),
        "head of hr": (Role.HR_HEAD, None),
    }
    if relation in roles:
        role, unit = roles[relation]
        RoleGrantFactory(person=reader, role=role, unit=unit)
    if relation.startswith("manager ") or relation in {"manager", "recruiter above"}:
        put_under(subject, reader)
    if relation.startswith("manager's"):
        between = PersonFactory()
        put_under(subject, between)
        put_under(between, reader)
    return reader


@pytest.mark.parametrize("relation", SEEN)
@pytest.mark.parametrize("visibility", ["me", "hr"])
def test_wish_is_cut_for_who_reads_it(signed_in, relation, visibility):
    subject = PersonFactory()
    DeclaredSkillFactory(person=subject)
    wish = WishFactory(person=subject, visibility=visibility, family=JobFamily.objects.create(label="Logistique"))
    reader = reader_of(subject, relation)
    expected = SEEN[relation] if visibility == "hr" or relation == "oneself" else None

    shown = queries.wish_for(reader, subject)

    assert (set(shown) if shown is not None else None) == expected
    assert readers_of(wish).filter(pk=reader.pk).exists() is (expected is not None)
    if reader.is_present:
        page = signed_in(reader).get(subject.get_absolute_url()).text
        assert ("Mots-canari" in page) is (expected == WHOLE)
        assert ("Logistique" in page.partition("<main")[2]) is (expected == WHOLE)


@pytest.mark.parametrize("relation", ["hr of the unit", "succession", "recruiter", "manager who is hr"])
def test_list_of_wishes_shows_each_reader_their_cut_and_is_written_down(signed_in, relation):
    subject = PersonFactory(last_name="Canari")
    WishFactory(person=subject, shared=True)
    WishFactory()
    reader = reader_of(subject, relation)

    page = signed_in(reader).get(reverse("wishes:list")).text

    assert ("Canari" in page, "Mots-canari" in page) == ((True, True) if SEEN[relation] == WHOLE else (False, False))
    assert (subject.handle in page) is (SEEN[relation] == WHOLE)
    about = list(AccessLogSubject.objects.values_list("person", flat=True))
    assert about == ([] if SEEN[relation] is None else [subject.pk])
    assert {one.kind for one in AccessLogEntry.objects.all()} <= {"wish"}


def test_wishes_are_found_and_ordered_by_name_only_where_the_name_is_shown(signed_in):
    inside, outside = PersonFactory(last_name="Canari"), PersonFactory(last_name="Canari")
    of_the_unit, of_nobody, of_both = (PersonFactory() for _ in range(3))
    for reader in (of_the_unit, of_both):
        RoleGrantFactory(person=reader, role=Role.HR, unit=inside.unit)
    for reader in (of_nobody, of_both):
        RoleGrantFactory(person=reader, role=Role.RECRUITER)
    for subject in (inside, outside, PersonFactory(last_name="Abel")):
        WishFactory(person=subject, shared=True)

    def shown(reader, **asked):
        page = signed_in(reader).get(reverse("wishes:list"), asked).text
        return page.count("Within a year</span>"), page.count("Somebody of the company")

    assert [shown(reader) for reader in (of_the_unit, of_nobody, of_both)] == [(1, 0), (3, 3), (3, 2)]
    assert [shown(reader, q="canari") for reader in (of_the_unit, of_nobody, of_both)] == [(1, 0), (3, 3), (1, 0)]
    found = list(queries.wishes_to_read(Person.objects.get(pk=of_both.pk)).order_by("shown_name", "public_id"))
    assert found[-1].person == inside
    assert [one.shown_name for one in found[:-1]] == ["", ""]
    page = signed_in(of_nobody).get(reverse("wishes:list"), {"order": "name"}).text
    assert 'name="q"' not in page.partition("<main")[2]
    assert "says nothing of anybody" in page


@pytest.mark.parametrize("role", [None, Role.ADMINISTRATOR, Role.DPO, Role.EDITOR])
def test_list_of_wishes_is_refused_to_others(signed_in, role):
    assert signed_in(PersonFactory(role=role)).get(reverse("wishes:list")).status_code == 403


def test_new_manager_loses_the_wish_and_former_one_does_not_get_it_back():
    subject, hr = PersonFactory(), PersonFactory(role=Role.HR)
    WishFactory(person=subject, shared=True)
    assert Wish.objects.visible_to(hr).exists()

    put_under(subject, hr)

    assert not Wish.objects.visible_to(Person.objects.get(pk=hr.pk)).exists()


def test_who_will_see_this_counts_exactly_its_readers(signed_in):
    subject = PersonFactory()
    for relation in SEEN:
        reader_of(subject, relation)

    count = queries.would_read_wish(subject).count()
    wish = WishFactory(person=subject, shared=True)

    assert count == readers_of(wish).exclude(pk=subject.pk).count()
    assert queries.would_read_wish(subject).count() == count
    assert (
        f"{count} people" in signed_in(subject).get(reverse("wishes:mine")).text
        or f"{count} personnes" in signed_in(subject).get(reverse("wishes:mine")).text
    )


FORM = {"horizon": "year", "text": "", "visibility": "me", "version": 0}


def test_second_of_two_windows_gets_both_versions_and_loses_nothing(signed_in):
    browser = signed_in(PersonFactory())

    assert browser.post(reverse("wishes:mine"), {**FORM, "text": "First window"}).status_code == 302
    second = browser.post(reverse("wishes:mine"), {**FORM, "text": "Second window"})

    assert second.status_code == 409
    assert ("First window" in second.text, "Second window</textarea>" in second.text.replace("\n", "")) == (True, True)
    assert Wish.objects.get().text == "First window"
    assert browser.post(reverse("wishes:mine"), {**FORM, "text": "Second window", "version": 1}).status_code == 302
    assert browser.post(reverse("wishes:mine"), {**FORM, "text": "Third window", "version": 1}).status_code == 409
    assert Wish.objects.get().text == "Second window"
    browser.post(reverse("wishes:remove"))
    assert not Wish.objects.exists()
    assert browser.post(reverse("wishes:mine"), {**FORM, "version": 2}).status_code == 409


@pytest.mark.parametrize("text", ["Depuis ma maladie", "Élu CGT", "après ma grossesse", "bad\x00word"])
def test_f05_private_life_is_refused_at_entry(signed_in, text):
    browser = signed_in(PersonFactory())

    for name, data in (("wishes:mine", {**FORM, "text": text}), ("training:mine", {"its_title": text, "year": 2020})):
        assert browser.post(reverse(name), data).status_code == 422

    assert not Wish.objects.exists()


@pytest.mark.parametrize("field", ["person_id", "public_id", "touched_on", "is_reminded", "id"])
def test_l85_wish_service_writes_no_other_field(field):
    person = PersonFactory()

    with pytest.raises(PermissionDenied):
        being.save_wish(person=person, version=0, horizon="year", visibility="me", **{field: 1})


def test_wish_grows_old_reminded_hidden_erased():
    wish = WishFactory(shared=True, touched_on=datetime.date(2026, 1, 15))

    def on(year, month, day):
        with clock.moved_to(datetime.datetime(year, month, day, 12, tzinfo=datetime.UTC)):
            being.remind_of_wishes()
            retention.forget("talent.Wish")
        return [(one.visibility, one.is_reminded) for one in Wish.objects.all()]

    assert on(2026, 12, 15) == [("hr", False)]
    assert on(2026, 12, 16) == [("hr", True)]
    assert on(2026, 12, 17) == [("hr", True)]
    assert [(one.event, one.recipient) for one in Notification.objects.all()] == [("talent.wish_ageing", wish.person)]
    assert on(2027, 1, 16) == [("me", True)]
    assert on(2027, 7, 16) == []


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ((2024, 3, 31), 1, (2024, 2, 29)),
        ((2026, 3, 31), 13, (2025, 2, 28)),
        ((2026, 1, 5), 1, (2025, 12, 5)),
        ((2026, 12, 31), 24, (2024, 12, 31)),
    ],
)
def test_months_are_those_of_the_calendar(day, months, expected):
    assert queries.months_before(datetime.date(*day), months) == datetime.date(*expected)


def test_path_is_told_by_dated_places_and_not_by_those_to_come():
    person = PersonFactory()
    put_under(person, PersonFactory())
    held = Holding.objects.get(person=person)
    Holding.objects.create(
        position=Holding.objects.exclude(pk=held.pk).first().position,
        person=person,
        starts_on=clock.today() + datetime.timedelta(days=9),
        is_interim=True,
    )

    assert queries.path_of(person) == [held]


def test_training_is_ones_own_and_may_be_for_oneself(signed_in):
    person, other = PersonFactory(), PersonFactory()
    browser = signed_in(person)
    for data in ({"its_title": "Soudage TIG", "year": 2019}, {"its_title": "Excel", "year": 2020, "is_public": "on"}):
        assert browser.post(reverse("training:mine"), data).status_code == 302

    assert [one.title for one in queries.trainings_for(person, person)] == ["Excel", "Soudage TIG"]
    assert [one.title for one in queries.trainings_for(other, person)] == ["Excel"]
    public, private = queries.trainings_for(person, person)
    assert [signed_in(other).post(reverse("training:remove", args=[one.public_id])).status_code for one in (public, private)] == [403, 404]
    browser.post(reverse("training:remove", args=[private.public_id]))
    assert queries.trainings_for(person, person) == [public]
    assert browser.post(reverse("training:mine"), {"its_title": "X", "year": 1800}).status_code == 422


@pytest.mark.parametrize("count", [1, 3])
def test_wishes_cost_the_same_however_many(django_assert_num_queries, count):
    recruiter = PersonFactory(role=Role.RECRUITER)
    ids = []
    for _ in range(count):
        ids.append(WishFactory(shared=True).person_id)
        DeclaredSkillFactory(person_id=ids[-1], person=Person.objects.get(pk=ids[-1]))
    recruiter = Person.objects.get(pk=recruiter.pk)

    with django_assert_num_queries(3):
        assert [len(one["skills"]) for one in queries.wishes_for(recruiter, ids).values()] == [1] * count
