import datetime
import re

import pytest
from django.core.exceptions import PermissionDenied

from rse.core import clock
from rse.core.access import leaving
from rse.core.enums import PersonState, Role, Visibility, Wording
from rse.core.models import Holding, Person, RecordedEvent, RoleGrant, RowGrant
from rse.core.people import visible_fields
from rse.core.people.services.people import bring_back, deactivate, deactivate_person, edit_profile, give_access_back, turn_the_day
from rse.core.versions import EditedMeanwhile
from tests.architecture.tree import HOUSE
from tests.factories import PersonFactory, PositionFactory, RoleGrantFactory, SiteFactory
from tests.factories.core import place_of, put_under

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def test_profile_is_edited_by_its_person_and_nobody_else():
    person, other = PersonFactory.create_batch(2)

    edit_profile(editor=person, subject=person, version=1, about="Ask me about sand")
    with pytest.raises(PermissionDenied):
        edit_profile(editor=other, subject=person, version=2, about="Owned")

    person.refresh_from_db()
    assert (person.about, person.version) == ("Ask me about sand", 2)


@pytest.mark.parametrize("field", ["state", "is_superuser", "email", "unit_id", "title", "password", "employee_number"])
def test_l85_profile_service_writes_no_other_field(field):
    person = PersonFactory()

    with pytest.raises(PermissionDenied):
        edit_profile(editor=person, subject=person, version=1, **{field: True})


def test_second_of_two_windows_gets_both_versions_and_loses_nothing(signed_in):
    person = PersonFactory(about="Before")
    browser = signed_in(person)
    form = {"about_for": "everyone", "work_phone": "", "work_phone_for": "everyone", "languages_for": "everyone", "version": 1}

    browser.post("/people/me/edit/", {**form, "about": "First window"})
    second = browser.post("/people/me/edit/", {**form, "about": "Second window"})

    assert second.status_code == 409
    assert "First window" in second.text
    assert "Second window</textarea>" in second.text.replace("\n", "")
    assert Person.objects.get(pk=person.pk).about == "First window"
    again = browser.post("/people/me/edit/", {**form, "about": "Second window", "version": 2})
    assert again.status_code == 302
    assert Person.objects.get(pk=person.pk).about == "Second window"


def test_edited_meanwhile_writes_nothing():
    person = PersonFactory()

    with pytest.raises(EditedMeanwhile):
        edit_profile(editor=person, subject=person, version=7, about="Late")

    assert Person.objects.get(pk=person.pk).about == ""


# Reader × level of the field: who sees a line of a profile.
SEEN = [
    ("oneself", {"me", "hr", "team", "everyone"}),
    ("colleague", {"everyone"}),
    ("same unit", {"team", "everyone"}),
    ("manager", {"team", "everyone"}),
    ("hr of the unit", {"hr", "everyone"}),
    ("hr of elsewhere", {"everyone"}),
    ("administrator", {"everyone"}),
]


def reader_of(subject, relation):
    if relation == "oneself":
        return subject
    if relation == "same unit":
        return PersonFactory(unit=subject.unit)
    reader = PersonFactory()
    if relation == "manager":
        put_under(subject, reader)
    elif relation == "hr of the unit":
        RoleGrantFactory(person=reader, role=Role.HR, unit=subject.unit)
    elif relation == "hr of elsewhere":
        RoleGrantFactory(person=reader, role=Role.HR, unit=reader.unit)
    elif relation == "administrator":
        RoleGrantFactory(person=reader, role=Role.ADMINISTRATOR)
    return reader


@pytest.mark.parametrize(("relation", "levels"), SEEN, ids=[relation for relation, _levels in SEEN])
@pytest.mark.parametrize("level", Visibility.values)
def test_l47_field_is_shown_to_whom_its_person_chose(signed_in, relation, levels, level):
    subject = PersonFactory(work_phone="02 61 91 00 77", work_phone_for=level)
    reader = reader_of(subject, relation)

    page = signed_in(reader).get(subject.get_absolute_url())

    assert ("02 61 91 00 77" in page.text) == (level in levels)


@pytest.mark.parametrize(("key", "levels"), [("employee", {"everyone"}), ("manager", {"team", "everyone"}), ("hr", {"hr", "everyone"})])
def test_view_as_shows_what_that_kind_of_reader_sees(signed_in, key, levels):
    for level in Visibility.values:
        subject = PersonFactory(work_phone="02 61 91 00 77", work_phone_for=level)
        page = signed_in(subject).get(f"{subject.get_absolute_url()}?as={key}")
        assert ("02 61 91 00 77" in page.text) == (level in levels)


def test_view_as_is_of_oneself_only(signed_in):
    subject, reader = PersonFactory(work_phone="02 61 91 00 77", work_phone_for="hr"), PersonFactory()

    page = signed_in(reader).get(f"{subject.get_absolute_url()}?as=hr")

    assert "02 61 91 00 77" not in page.text


def test_synthetic_readers_are_kinds_and_never_people():
    assert all(isinstance(levels, frozenset) for _label, levels in visible_fields.SYNTHETIC.values())


@pytest.mark.parametrize(
    ("relation", "sees"), [("stranger", False), ("manager", True), ("hr of the unit", True), ("hr of elsewhere", False), ("oneself", True)]
)
def test_card_of_an_expected_person_is_for_their_line_and_hr(signed_in, relation, sees):
    subject = PersonFactory(expected=True)
    reader = PersonFactory() if relation == "stranger" else reader_of(subject, relation)
    page = signed_in(reader).get(subject.get_absolute_url())

    assert page.status_code == (200 if sees else 404)
    if reader.is_present:
        found = signed_in(reader).get("/people/", {"q": subject.first_name})
        assert (subject.name in found.text) == sees


def test_deactivation_ends_roles_places_and_grants_in_one_transaction(monkeypatch):
    person = PersonFactory(role=Role.HR)
    place_of(person)
    RowGrant.objects.create(person=person, kind="person", row_id=1)
    RoleGrantFactory(person=person, role=Role.EDITOR, starts_at=clock.now() + DAY)
    ended = []
    monkeypatch.setitem(leaving._hooks, "probe", ended.extend)

    assert deactivate(person_ids=[person.pk]) == 1

    person.refresh_from_db()
    assert person.state == PersonState.LEFT
    assert not RoleGrant.objects.not_over().filter(person=person).exists()
    assert not RowGrant.objects.not_over().filter(person=person).exists()
    assert Holding.objects.get(person=person).ends_on == clock.today()
    assert ended == [person.pk]
    assert RecordedEvent.objects.get(name="core.people_left").facets["person_ids"] == [person.pk]
    assert deactivate(person_ids=[person.pk]) == 0


def test_hook_that_fails_undoes_the_whole_departure(monkeypatch):
    person = PersonFactory()

    def broken(person_ids):
        raise LookupError

    monkeypatch.setitem(leaving._hooks, "broken", broken)
    with pytest.raises(LookupError):
        deactivate(person_ids=[person.pk])

    person.refresh_from_db()
    assert person.state == PersonState.ACTIVE
    assert not RecordedEvent.objects.exists()


def test_only_an_administrator_cuts_an_access_and_never_their_own():
    administrator, hr, person = PersonFactory(role=Role.ADMINISTRATOR), PersonFactory(role=Role.HR), PersonFactory()

    for actor, subject in ((hr, person), (administrator, administrator)):
        with pytest.raises(PermissionDenied):
            deactivate_person(actor=actor, subject=subject)
    deactivate_person(actor=administrator, subject=person)

    person.refresh_from_db()
    assert (person.state, person.is_cut) == (PersonState.LEFT, True)


def test_cut_access_is_given_back_by_an_administrator_only_and_once():
    administrator, hr, gone = PersonFactory(role=Role.ADMINISTRATOR), PersonFactory(role=Role.HR), PersonFactory(password=False)
    person = PersonFactory(password=False)
    deactivate_person(actor=administrator, subject=person)
    deactivate(person_ids=[gone.pk])
    person, gone = Person.objects.get(pk=person.pk), Person.objects.get(pk=gone.pk)

    for actor, subject in ((hr, person), (administrator, gone)):
        with pytest.raises(PermissionDenied):
            give_access_back(actor=actor, subject=subject)
    give_access_back(actor=administrator, subject=person)

    person.refresh_from_db()
    assert (person.state, person.is_cut, person.leaves_on) == (PersonState.ACTIVE, False, None)
    with pytest.raises(PermissionDenied):
        give_access_back(actor=administrator, subject=person)


def test_second_window_gives_nothing_back():
    administrator, person = PersonFactory(role=Role.ADMINISTRATOR), PersonFactory(password=False)
    deactivate_person(actor=administrator, subject=person)
    read_before = Person.objects.get(pk=person.pk)
    give_access_back(actor=administrator, subject=read_before)
    deactivate(person_ids=[person.pk])

    with pytest.raises(PermissionDenied):
        give_access_back(actor=administrator, subject=read_before)

    person.refresh_from_db()
    assert person.state == PersonState.LEFT


def test_l108_account_is_never_given_back_by_one_person_alone():
    administrator, person = PersonFactory(role=Role.ADMINISTRATOR), PersonFactory()
    deactivate_person(actor=administrator, subject=person)

    with pytest.raises(PermissionDenied):
        give_access_back(actor=administrator, subject=Person.objects.get(pk=person.pk))

    person.refresh_from_db()
    assert (person.state, person.is_cut) == (PersonState.LEFT, True)


def test_password_of_before_never_opens_an_access_that_is_given_back():
    administrator, person = PersonFactory(role=Role.ADMINISTRATOR), PersonFactory()
    deactivate_person(actor=administrator, subject=person)

    assert bring_back(person)

    person.refresh_from_db()
    assert (person.state, person.has_account, person.has_usable_password()) == (PersonState.ACTIVE, True, False)


def test_who_was_only_expected_is_expected_again_until_the_first_day_of_their_site():
    administrator = PersonFactory(role=Role.ADMINISTRATOR)
    montreal = SiteFactory(name="Montréal", time_zone="America/Toronto")
    nantes, first = SiteFactory(name="Nantes", time_zone="Europe/Paris"), datetime.date(2027, 3, 1)
    there, here = (PersonFactory(expected=True, password=False, site=site, hired_on=first) for site in (montreal, nantes))

    with clock.moved_to(datetime.datetime(2027, 3, 1, 2, 0, tzinfo=datetime.UTC)):  # still the 28th in Montréal
        for person in (there, here):
            deactivate_person(actor=administrator, subject=person)
            give_access_back(actor=administrator, subject=Person.objects.get(pk=person.pk))

    states = {person.pk: person.state for person in Person.objects.filter(pk__in=[there.pk, here.pk])}
    assert states == {there.pk: "expected", here.pk: "active"}


def test_first_day_and_last_day_are_those_of_the_site():
    montreal, nantes = SiteFactory(name="Montréal", time_zone="America/Toronto"), SiteFactory(name="Nantes", time_zone="Europe/Paris")
    first_of_march = datetime.datetime(2027, 3, 1, 2, 0, tzinfo=datetime.UTC)  # still the 28th in Montréal
    here = PersonFactory(expected=True, site=nantes, hired_on=datetime.date(2027, 3, 1))
    there = PersonFactory(expected=True, site=montreal, hired_on=datetime.date(2027, 3, 1))
    leaver = PersonFactory(site=nantes, leaves_on=datetime.date(2027, 2, 28))
    stays = PersonFactory(site=montreal, leaves_on=datetime.date(2027, 2, 28))

    with clock.moved_to(first_of_march):
        assert turn_the_day() == (1, 1)
        assert turn_the_day() == (0, 0)

    states = {person.pk: person.state for person in Person.objects.all()}
    assert states == {here.pk: "active", there.pk: "expected", leaver.pk: "left", stays.pk: "active"}


@pytest.mark.parametrize("days_late", [0, 2])
def test_place_that_has_begun_gives_its_title_unit_and_site(days_late):
    person = PersonFactory(title="Before")
    position = PositionFactory(title="After", site=SiteFactory(name="Lyon"))
    Holding.objects.create(person=person, position=position, starts_on=clock.today() - days_late * DAY)

    turn_the_day()

    person.refresh_from_db()
    assert (person.title, person.unit, person.site.name, person.version) == ("After", position.unit, "Lyon", 2)


def test_who_leaves_keeps_no_interim_that_had_a_later_end():
    person = PersonFactory()
    Holding.objects.create(
        person=person, position=PositionFactory(), starts_on=clock.today() - DAY, ends_on=clock.today() + 30 * DAY, is_interim=True
    )

    deactivate(person_ids=[person.pk])

    assert Holding.objects.get(person=person).ends_on == clock.today()


@pytest.mark.parametrize("item_count", [1, 3])
def test_directory_cost_does_not_grow(signed_in, django_assert_num_queries, item_count):
    reader = PersonFactory(last_name="Zola")
    for index in range(item_count):
        PersonFactory(first_name="Alix", last_name=f"Arnaud{index}")
    browser = signed_in(reader)
    browser.get("/people/")

    with django_assert_num_queries(DIRECTORY_QUERIES):
        page = browser.get("/people/", {"q": "Alix"})

    assert page.text.count('class="person-name"') == item_count


# session, person with site, grants of the reader, two of the bell, people, units of the form
DIRECTORY_QUERIES = 7


def test_directory_fragment_equals_the_reload(signed_in):
    PersonFactory(first_name="Alix")
    browser = signed_in(PersonFactory())

    whole = browser.get("/people/", {"q": "Alix"}).text
    piece = browser.get("/people/", {"q": "Alix"}, headers={"HX-Request": "true"}).text

    assert piece.strip() in whole
    assert piece.strip().startswith('<section class="stack" id="people"')


def test_directory_pages_by_key_without_losing_or_repeating(signed_in):
    for index in range(65):
        PersonFactory(first_name="Noa", last_name=f"Name{index:03}")
    browser, seen, address = signed_in(PersonFactory(first_name="Zoé")), [], "/people/?q=Noa"
    while address:
        page = browser.get(address).context["listing"].page
        seen += [person.last_name for person in page]
        address = f"/people/{page.older_url}" if page.older_url else ""

    assert seen == [f"Name{index:03}" for index in range(65)]


@pytest.mark.parametrize("cursor", ["", "x", "null", "a.b.c", "W10:1:2"])
def test_forged_cursor_starts_from_the_top(signed_in, cursor):
    page = signed_in(PersonFactory()).get("/people/", {"after": cursor})

    assert page.status_code == 200


FORMS = [
    ("Ingénieur·e données", "Ingénieure données", "Ingénieur données"),
    ("Coordinateur·rice logistique", "Coordinatrice logistique", "Coordinateur logistique"),
    ("Électromécanicien·ne", "Électromécanicienne", "Électromécanicien"),
    ("Soudeur·se qualifié·e", "Soudeuse qualifiée", "Soudeur qualifié"),
    ("Chaudronnier·ère, équipe de nuit", "Chaudronnière, équipe de nuit", "Chaudronnier, équipe de nuit"),
    ("Chef·fe d’équipe fusion", "Cheffe d’équipe fusion", "Chef d’équipe fusion"),
    ("Peintre industriel·le", "Peintre industrielle", "Peintre industriel"),
    ("Acheteur(euse)", "Acheteuse", "Acheteur"),
    ("Sportif·ve", "Sportive", "Sportif"),
    ("Responsable qualité", "Responsable qualité", "Responsable qualité"),
    ("Pilote (e-commerce)", "Pilote (e-commerce)", "Pilote (e-commerce)"),
    ("Nantes·rice", "Nantes·rice", "Nantes·rice"),
]


@pytest.mark.parametrize(("title", "feminine", "masculine"), FORMS)
def test_title_with_two_forms_is_written_as_its_person_chose(title, feminine, masculine):
    person = Person(title=title)
    said = [Person(title=title, wording=wording).worded_title for wording in Wording]
    assert person.worded_title == title
    assert said == [title, feminine, masculine]


def test_person_chooses_the_words_about_them_and_everybody_reads_them_on_the_card(signed_in):
    person, reader = PersonFactory(title="Soudeur·se"), PersonFactory()
    form = {"about_for": "everyone", "work_phone": "", "work_phone_for": "everyone", "languages_for": "everyone"}

    signed_in(person).post("/people/me/edit/", {**form, "wording": "feminine", "version": 1})

    assert "Soudeuse" in signed_in(reader).get(person.get_absolute_url()).text
    signed_in(person).post("/people/me/edit/", {**form, "wording": "", "version": 2})
    page = signed_in(reader).get(person.get_absolute_url()).text
    assert ("Soudeur·se" in page, "Soudeuse" in page) == (True, False)


def test_choice_of_words_finds_and_sorts_nobody():
    names = {"first_name": "Sacha", "last_name": "Roy", "title": "Soudeur·se"}
    people = [Person(handle="sacha-roy", wording=wording, **names) for wording in Wording]
    documents = [visible_fields.document_of_person(person) for person in people]
    assert documents[0] == documents[1] == documents[2]


# Where the choice is kept and written; a room that compares people, an export or a figure is not among them.
KNOWS_OF_WORDING = {
    "rse/core/models/people.py", "rse/core/people/services/leavers.py", "rse/core/people/services/people.py", "rse/core/personal_data.py",
    "rse/core/web/forms.py", "rse/core/wording.py", "rse/demo/portraits.py",
}  # fmt: skip


def test_choice_of_words_is_read_nowhere_else():
    rooms = ("rse", "communities", "onboarding", "mentoring", "mobility", "talent", "search")
    files = [path.relative_to(HOUSE) for room in rooms for path in (HOUSE / room).rglob("*.py") if "migrations" not in path.parts]
    asks = re.compile(r"\.wording\b(?! import)|\bwording(__\w+)?=|[\"']wording[\"']|\bWording\.")
    assert {path.as_posix() for path in files if asks.search((HOUSE / path).read_text(encoding="utf-8"))} == KNOWS_OF_WORDING
