import re
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.urls import reverse

from rse.core.enums import PersonState, Role
from rse.core.models import GivenAddress, Person, RecordedEvent
from rse.core.people.services import addresses, staffing
from tests.factories import AudienceFactory, PersonFactory, UnitFactory
from tests.factories.communities import CommunityFactory
from tests.races import side_by_side

pytestmark = pytest.mark.django_db

OLD = "/people/marie-dupont/"


def renamed(person, first_name="Marie", last_name="Martin"):
    """``person`` has another name from now on, as a file of HR says it."""
    staffing.change_people(rows=[(person.pk, {"first_name": first_name, "last_name": last_name})])
    person.refresh_from_db()
    return person


def marie(**values):
    return renamed(PersonFactory(first_name="Marie", last_name="Dupont", handle="marie-dupont", **values))


def said(answer):
    """What an answer tells: its status, its headers and its words, without what is drawn at random for each."""
    passing = re.compile(r"""(nonce-|nonce="|csrfmiddlewaretoken" value="|csrftoken=|"X-CSRFToken": ")[\w+/=-]+""")
    headers = sorted(f"{name}: {value}" for name, value in answer.headers.items() if name != "X-Request-ID")
    return answer.status_code, [passing.sub("", line) for line in headers], passing.sub("", answer.text)


def test_handle_follows_the_name_and_the_former_one_leads_there(signed_in):
    person = marie()
    browser = signed_in(PersonFactory())

    answer = browser.get(f"{OLD}?q=1")

    assert addresses.fits(person.handle, "marie-martin")
    assert (answer.status_code, answer.url) == (302, f"/people/{person.handle}/?q=1")
    assert answer["Cache-Control"] == "no-store, private"
    assert "upont" not in browser.get(answer.url).text
    assert RecordedEvent.objects.get(name="core.people_renamed").facets == {"person_ids": [person.pk], "document": ["person", 0]}


@pytest.mark.parametrize(
    ("first_name", "last_name"), [("Márie", "Dupont"), ("MARIE", "DUPONT"), ("Marie", "Dupont ")], ids=["accent", "capitals", "blank"]
)
def test_name_that_is_written_otherwise_keeps_its_handle(first_name, last_name):
    person = renamed(PersonFactory(handle="marie-dupont", first_name="Marie", last_name="Dupont"), first_name, last_name)

    assert person.handle == "marie-dupont"
    assert not RecordedEvent.objects.filter(name="core.people_renamed").exists()


def test_former_address_is_like_an_absent_one_for_who_may_not_read_the_person(signed_in, client):
    marie(expected=True)
    absent = "/people/marie-durand/"
    outsider = signed_in(PersonFactory())
    newcomer = signed_in(PersonFactory(expected=True))

    for browser in (outsider, newcomer):
        assert browser.get(OLD).status_code == 404
        assert said(browser.get(OLD)) == said(browser.get(absent))
        assert said(browser.post(OLD)) == said(browser.post(absent))
    assert client.get(OLD).url == client.get(absent).url.replace("durand", "dupont")


def test_former_address_is_opened_to_the_same_people_as_the_present_one(signed_in):
    newcomer = marie(expected=True)
    unit = newcomer.unit
    mate = PersonFactory(expected=True)
    AudienceFactory(kind="cohort", members=[newcomer, mate])
    readers = {
        "HR of the unit": PersonFactory(role=Role.HR, role__unit=unit),
        "administrator": PersonFactory(role=Role.ADMINISTRATOR),
        "cohort": mate,
        "herself": newcomer,
    }

    for name, reader in readers.items():
        assert signed_in(reader).get(OLD).url == newcomer.get_absolute_url(), name
    assert signed_in(PersonFactory(role=Role.HR, role__unit=UnitFactory())).get(OLD).status_code == 404


@pytest.mark.parametrize(
    ("name", "more"), [("people:detail", []), ("contributions:of", []), ("identity:deactivate", []), ("identity:hand_over", [])]
)
def test_every_page_of_a_person_is_led_to(signed_in, name, more):
    person = marie()

    answer = signed_in(PersonFactory(role=Role.ADMINISTRATOR)).get(reverse(name, args=["marie-dupont", *more]))

    assert (answer.status_code, answer.url) == (302, reverse(name, args=[person.handle, *more]))


def test_form_opened_before_the_renaming_is_sent_to_the_present_address(signed_in):
    person = marie()

    answer = signed_in(PersonFactory(role=Role.ADMINISTRATOR)).post(reverse("identity:deactivate", args=["marie-dupont"]))

    assert (answer.status_code, answer.url) == (307, reverse("identity:deactivate", args=[person.handle]))


def test_former_address_is_given_to_nobody_else():
    marie()

    key = staffing.add_people(people=[{"first_name": "Marie", "last_name": "Dupont"}], handles=addresses.Handles())[0]
    other = renamed(PersonFactory(), last_name="Dupont")

    for handle in (Person.objects.get(pk=key).handle, other.handle):
        assert handle != "marie-dupont"
        assert addresses.fits(handle, "marie-dupont")
    with pytest.raises(IntegrityError):
        addresses.keep(kind="person", addresses=[(other.pk, "marie-dupont")])


def test_who_takes_a_former_name_again_has_its_address_again(signed_in):
    person = marie()
    between = person.get_absolute_url()
    renamed(person, last_name="Dupont")

    assert person.handle == "marie-dupont"
    assert signed_in(PersonFactory()).get(OLD).status_code == 200
    assert signed_in(PersonFactory()).get(between).url == OLD


def test_l105_handle_is_made_alike_whether_a_namesake_is_there_was_there_or_never_was():
    PersonFactory(handle="marie-martin", first_name="Marie", last_name="Martin")
    PersonFactory(handle="paul-petit", state=PersonState.LEFT)
    former = renamed(PersonFactory(first_name="Lea", last_name="Morel", handle="lea-morel"), "Lea", "Morvan")
    GivenAddress.objects.create(kind="person", row_id=0, address="anne-erased")
    names = [("Marie", "Martin"), ("Paul", "Petit"), ("Lea", "Morel"), ("Anne", "Erased"), ("Zoe", "Unique")]
    added = staffing.add_people(people=[{"first_name": one, "last_name": two} for one, two in names], handles=addresses.Handles())
    moved = [renamed(PersonFactory(), *name).handle for name in names]

    for (one, two), key in zip(names, added, strict=True):
        assert addresses.fits(Person.objects.get(pk=key).handle, f"{one}-{two}".lower())
    ways = [*Person.objects.filter(pk__in=added).values_list("handle", flat=True), *moved, former.handle]
    assert {len(handle.rpartition("-")[2]) for handle in ways} == {5}
    assert all(addresses.CHANCE.fullmatch(handle.rpartition("-")[2]) for handle in ways)


def test_handles_of_namesakes_do_not_count_them():
    PersonFactory(handle="marie-martin", state=PersonState.LEFT)
    namesakes = [{"first_name": "Marie", "last_name": "Martin"}] * 40

    staffing.add_people(people=namesakes, handles=addresses.Handles())

    endings = {one.handle.removeprefix("marie-martin-") for one in Person.objects.filter(handle__startswith="marie-martin-")}
    assert len(endings) == 40
    assert {len(ending) for ending in endings} == {5}
    assert not any(ending.isdecimal() and int(ending) < 1000 for ending in endings)


@pytest.mark.parametrize(
    ("handle", "stem", "fits"),
    [
        ("lea-martin", "lea-martin", True),
        ("lea-martin-3", "lea-martin", True),  # as they were given once
        ("lea-martin-3b7k2", "lea-martin", True),
        ("lea-martin-dubois", "lea-martin", False),
        ("lea-martin-diaz", "lea-martin", False),
        ("lea-mart", "lea-martin", False),
    ],
)
def test_handle_fits_its_name_and_chance_alone(handle, stem, fits):
    assert addresses.fits(handle, stem) is fits


def test_person_forgets_their_former_name_at_once(signed_in):
    person, colleague = marie(), signed_in(PersonFactory())
    browser = signed_in(person)
    assert "Forget my former name" in browser.get("/people/me/former-name/").text

    answer = browser.post("/people/me/former-name/", follow=True)

    assert "no address with a former name leads to you any more" in answer.text
    assert said(colleague.get(OLD)) == said(colleague.get("/people/nobody-at-all/"))
    assert browser.get(OLD).status_code == 404
    assert "No address with a former name leads to you." in browser.get("/people/me/former-name/").text
    key = staffing.add_people(people=[{"first_name": "Marie", "last_name": "Dupont"}], handles=addresses.Handles())[0]
    assert Person.objects.get(pk=key).handle != "marie-dupont"


def test_forgetting_is_ones_own_and_touches_nobody_else(signed_in):
    person, other = marie(), renamed(PersonFactory(first_name="Paul", last_name="Petit", handle="paul-petit"), "Claire", "Petit")

    signed_in(other).post("/people/me/former-name/")
    with pytest.raises(PermissionDenied):
        addresses.forget_former_name(person=PersonFactory(left=True))

    browser = signed_in(PersonFactory())
    assert browser.get("/people/paul-petit/").status_code == 404
    assert browser.get(OLD).url == person.get_absolute_url()
    assert addresses.fits(other.handle, "claire-petit")


def test_search_and_directory_know_no_former_name(signed_in):
    unit = UnitFactory()
    person = marie(unit=unit)
    readers = {
        "colleague": PersonFactory(),
        "newcomer": PersonFactory(expected=True),
        "manager": PersonFactory(),
        "HR": PersonFactory(role=Role.HR),
        "administrator": PersonFactory(role=Role.ADMINISTRATOR),
    }

    for name, reader in readers.items():
        browser = signed_in(reader)
        for address in ("/people/", "/search/", "/search/suggestions/"):
            page = browser.get(address, {"q": "dupont"})
            assert person.get_absolute_url() not in page.text, (name, address)
            assert "Martin" not in page.text, (name, address)
    assert "Marie Martin" in signed_in(PersonFactory()).get("/people/", {"q": "martin"}).text


def test_files_of_migration_keep_the_addresses_that_are_in_use():
    person, community = PersonFactory(handle="marie-dupont-2"), CommunityFactory()
    GivenAddress.objects.all().delete()

    for room in ("rse.core.migrations.0007_addresses_given_once", "communities.migrations.0002_addresses_given_once"):
        import_module(room).keep_present_ones(apps, None)

    given = set(GivenAddress.objects.values_list("kind", "address", "row_id", "leads"))
    assert {("person", "marie-dupont-2", person.pk, True), ("community", community.slug, community.pk, True)} <= given
    assert len(given) == Person.objects.count() + 1
    person.refresh_from_db()
    assert person.handle == "marie-dupont-2"


@pytest.mark.django_db(transaction=True)
def test_two_renamings_to_the_same_name_give_two_handles():
    people = PersonFactory.create_batch(6)

    raised = side_by_side(6, lambda number: renamed(people[number]))

    assert raised == []
    handles = list(Person.objects.values_list("handle", flat=True))
    assert len(set(handles)) == len(handles)
    assert len({handle for handle in handles if addresses.fits(handle, "marie-martin")}) == 6
    assert GivenAddress.objects.filter(address__startswith="marie-martin").count() == 6


@pytest.mark.django_db(transaction=True)
def test_handle_that_is_being_left_is_given_to_nobody_meanwhile():
    person, others = PersonFactory(handle="marie-dupont"), PersonFactory.create_batch(5)

    def act(number):
        return renamed(person) if number == 0 else renamed(others[number - 1], last_name="Dupont")

    assert side_by_side(6, act) == []
    assert not Person.objects.filter(handle="marie-dupont").exists()
    assert GivenAddress.objects.get(address="marie-dupont").row_id == person.pk
