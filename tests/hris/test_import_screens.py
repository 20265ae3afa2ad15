"""The file of HR from the screen: sent, its columns chosen, compared, and written once somebody says yes."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from rse.core import clock
from rse.core.enums import Role
from rse.core.models import Person
from rse.hris.files import storage
from rse.hris.models import ImportBatch, ImportMapping
from tests.factories import PersonFactory, RoleGrantFactory

pytestmark = pytest.mark.django_db
HEADERS = "Matricule;Nom;Prénom;Courriel;Code service;Service;Site;Poste;Date d'entrée\n"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def hr(signed_in):
    return signed_in(PersonFactory(role=Role.HR))


def row(number, name="Morvan", first="Ève", mail="", title="Fondeuse", day="06/01/2020"):
    return f"{number};{name};{first};{mail or f'{number.lower()}@usine.example'};FON;Fonderie;Nantes;{title};{day}\n"


def send(browser, text, kind="delta", name="personnel.csv"):
    return browser.post("/imports/", {"file": SimpleUploadedFile(name, text.encode("utf-8-sig")), "kind": kind})


def columns_of(batch, **changed):
    """What the form of columns sends, with some of our columns read from other headers, or from none."""
    columns = {name: header for name, header in batch.mapping.items() if not name.startswith("@")} | changed
    places = {header: place for place, header in enumerate(storage.opened(batch.stored_path).headers)}
    return {"do": "compare"} | {f"column-{places[header]}": name for name, header in columns.items() if header}


def compared(browser, text, kind="delta"):
    address = send(browser, text, kind).url
    batch = ImportBatch.objects.get()
    browser.post(address, columns_of(batch))
    batch.refresh_from_db()
    return address, batch


def test_file_is_compared_first_and_written_after_a_yes(hr):
    address, batch = compared(hr, HEADERS + row("E1") + row("E2", name="Le Goff"))

    assert batch.state == "previewed"
    assert batch.counts["added"] == 2
    page = hr.get(address)
    assert "Le Goff" in page.text
    assert not Person.objects.filter(employee_number="E1").exists()

    hr.post(address, {"do": "apply"})

    batch.refresh_from_db()
    assert batch.state == "applied"
    assert Person.objects.get(employee_number="E1").title == "Fondeuse"
    assert hr.get(address).status_code == 200


def test_result_stands_above_the_columns_which_are_folded_while_nothing_is_wrong_with_them(hr):
    address = send(hr, HEADERS + row("E1")).url
    sent = hr.get(address).text
    batch = ImportBatch.objects.get()
    refused = hr.post(address, columns_of(batch, employee_number="")).text
    hr.post(address, columns_of(batch))
    page = hr.get(address).text

    columns = [re.search(r'<details class="details"( open)?>\s*<summary>Look at each column', text)[1] for text in (sent, refused, page)]
    assert columns == [None, " open", None]
    places = [page.index(mark) for mark in ('id="figures"', 'id="import-yes"', 'id="import-columns"', 'id="changes"')]
    assert places == sorted(places)
    assert f"{len(batch.mapping)} columns recognised among the {HEADERS.count(';') + 1} of the file." in page


def test_many_remarks_are_folded_beneath_the_columns_they_are_about(hr):
    address, _batch = compared(
        hr, HEADERS + "".join(row(f"E{number}", day="32/01/2020") for number in range(21)) + row("E1", mail="nobody")
    )
    page = hr.get(address).text
    assert re.search(r'<details class="details">\s*<summary>Line by line', page)
    assert re.findall(r"<p class=\"list-title\">([^<]+) <span", page) == [
        "21 dates do not exist",
        "1 address is none",
    ]
    assert re.search(r'value="apply" disabled>', page)
    assert "22 remarks keep this file from being written" in page


def test_second_yes_writes_nothing_more(hr):
    address, _batch = compared(hr, HEADERS + row("E1"))
    hr.post(address, {"do": "apply"})

    again = hr.post(address, {"do": "apply"})

    assert again.status_code == 409
    assert Person.objects.filter(employee_number="E1").count() == 1


def test_columns_are_remembered_for_the_next_file_with_these_headers(hr):
    address = send(hr, HEADERS + row("E1")).url
    batch = ImportBatch.objects.get()
    twice = columns_of(batch) | {"column-0": "last_name"}
    assert "is read from" in hr.post(address, twice).text
    assert ImportMapping.objects.count() == 0  # two columns of the file for one of ours are refused

    hr.post(address, columns_of(batch, email=""))

    assert "email" not in ImportMapping.objects.get().columns
    send(hr, HEADERS + row("E2"))
    assert "email" not in ImportBatch.objects.order_by("-pk").first().mapping


def test_answer_about_namesakes_stays_until_it_is_taken_back(hr):
    headers = HEADERS.strip() + ";Responsable\n"
    rows = [
        f"{row(number, name=name).strip()};{boss}\n"
        for number, name, boss in (("E1", "Roy", ""), ("E2", "Roy", ""), ("E3", "Le Bec", "Ève Roy"))
    ]
    address, batch = compared(hr, headers + "".join(rows))
    assert [one[2] for one in batch.problems] == ["manager_shared_name"]

    hr.post(address, columns_of(batch) | {"superior-0": "E2"})
    batch.refresh_from_db()
    assert '<option value="E2" selected>' in hr.get(address).text
    hr.post(address, columns_of(batch) | {"superior-0": "E2"})

    batch.refresh_from_db()
    assert (batch.mapping["@superiors"], batch.problems) == ({"eve roy": "E2"}, [])

    hr.post(address, columns_of(batch) | {"superior-0": ""})

    batch.refresh_from_db()
    assert [one[2] for one in batch.problems] == ["manager_shared_name"]


def test_a22_bad_row_is_named_by_line_and_writes_nothing(hr):
    address, batch = compared(hr, HEADERS + row("E1") + row("E2", day="31/02/2020"))
    page = hr.get(address)
    assert "31/02/2020" in page.text
    assert batch.problems[0][0] == 3

    hr.post(address, {"do": "apply"})

    batch.refresh_from_db()
    assert batch.refusal == "bad_rows"
    assert not Person.objects.filter(employee_number__in=["E1", "E2"]).exists()


def test_full_file_asks_before_many_people_leave(hr):
    PersonFactory.create_batch(20)
    address, batch = compared(hr, HEADERS + row("E1"), kind="full")
    assert batch.counts["leaving"] > 2

    hr.post(address, {"do": "apply"})
    batch.refresh_from_db()
    assert batch.refusal == "too_many_departures"
    assert Person.objects.present().count() > 20

    hr.post(address, {"do": "apply", "allows_departures": "1"})
    batch.refresh_from_db()
    assert batch.state == "applied"


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"", "empty.csv"), (b"\x00\x01\x02", "noise.csv"), (b"\xd0\xcf\x11\xe0rest", "old.xls"), (b"PK\x03\x04broken", "broken.xlsx")],
)
def test_file_that_cannot_be_read_is_refused_at_its_field_and_not_kept(hr, settings, content, name):
    answer = hr.post("/imports/", {"file": SimpleUploadedFile(name, content), "kind": "full"})

    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]
    assert [batch.state for batch in ImportBatch.objects.all()] == (["refused"] if content else [])  # an empty file is no file yet
    assert not list((settings.DATA_DIR / "imports").glob("*"))


def test_file_is_kept_for_the_product_only_and_gone_once_applied(hr, settings):
    address = send(hr, HEADERS + row("E1")).url
    kept = next((settings.DATA_DIR / "imports").iterdir())
    assert kept.stat().st_mode & 0o777 == 0o600
    batch = ImportBatch.objects.get()

    hr.post(address, columns_of(batch))
    hr.post(address, {"do": "apply"})

    assert not kept.exists()


def test_thrown_away_file_is_gone_and_changes_nothing(hr, settings):
    address, batch = compared(hr, HEADERS + row("E1"))

    hr.post(address, {"do": "discard"})

    batch.refresh_from_db()
    assert batch.state == "refused"
    assert not list((settings.DATA_DIR / "imports").iterdir())
    assert hr.post(address, {"do": "apply"}).status_code == 409


def test_button_that_nobody_knows_changes_nothing_and_gives_the_form_back(hr):
    address, batch = compared(hr, HEADERS + row("E1"))

    answer = hr.post(address, columns_of(batch) | {"do": "dance"})

    assert answer.status_code == 422
    assert 'id="import-columns"' in answer.text
    batch.refresh_from_db()
    assert batch.state == "previewed"
    hr.post(address, {"do": "discard"})
    assert hr.post(address, {"do": "dance"}).status_code == 409


@pytest.mark.parametrize("total", [0, 100])
@pytest.mark.parametrize("state", ImportBatch.State.values)
def test_page_and_sweeper_agree_on_what_is_moving(state, total):
    batch = ImportBatch.objects.create(file_name="x.csv", kind="full", state=state, progress_total=total)
    assert list(ImportBatch.objects.moving()) == [batch] * batch.is_moving


@pytest.mark.parametrize("role", [role for role in Role.values if role not in {Role.HR, Role.ADMINISTRATOR}])
def test_other_roles_do_not_import(signed_in, role):
    person = PersonFactory(role=role)
    batch = ImportBatch.objects.create(file_name="x.csv", kind="full")

    assert signed_in(person).get("/imports/").status_code == 403
    assert signed_in(person).get(f"/imports/{batch.public_id}/").status_code == 403


def test_hr_of_a_unit_does_not_import_the_company(signed_in):
    person = PersonFactory()
    RoleGrantFactory(person=person, role=Role.HR, unit=person.unit)

    assert signed_in(person).get("/imports/").status_code == 403


@pytest.mark.parametrize("item_count", [1, 3])
def test_list_cost_does_not_grow(hr, django_assert_num_queries, item_count):
    for _ in range(item_count):
        ImportBatch.objects.create(file_name="x.csv", kind="full", uploaded_by=PersonFactory())
    hr.get("/imports/")

    with django_assert_num_queries(LIST_QUERIES):
        page = hr.get("/imports/")

    assert page.text.count("x.csv") == item_count


LIST_QUERIES = 7


def test_holder_of_rights_that_take_two_is_named_one_by_one(signed_in):
    sender = PersonFactory(role=Role.HR, employee_number=None)
    RoleGrantFactory(person=sender, role=Role.ADMINISTRATOR)
    hr = signed_in(sender)
    compared(hr, HEADERS + "".join(row(f"E{number}") for number in range(1, 25)))
    hr.post(f"/imports/{ImportBatch.objects.get().public_id}/", {"do": "apply"})
    ImportBatch.objects.all().delete()
    RoleGrantFactory(person=Person.objects.get(employee_number="E2"), role=Role.ADMINISTRATOR)
    headers = HEADERS.replace("Poste;", "Date de sortie;Poste;")
    lines = (row(f"E{number}", title="01/10/2026;Fondeuse" if number == 2 else ";Fondeuse") for number in range(1, 25))
    address, batch = compared(hr, headers + "".join(lines), kind="full")

    guarded, third = (Person.objects.get(employee_number=number) for number in ("E2", "E3"))
    assert "Yes, Ève Morvan leaves" not in hr.get(address).text
    assert hr.post(address, {"do": "apply", "holder": guarded.handle}).status_code == 403
    helper = PersonFactory(employee_number=None)
    RoleGrantFactory(person=helper, role=Role.ADMINISTRATOR, starts_at=clock.now())
    assert signed_in(helper).post(address, {"do": "apply", "holder": guarded.handle}).status_code == 403
    only_hr = signed_in(PersonFactory(role=Role.HR, employee_number=None))
    assert only_hr.post(address, {"do": "apply", "holder": guarded.handle}).status_code == 403
    second = PersonFactory(role=Role.ADMINISTRATOR, employee_number=None)
    other = signed_in(second)
    other.post(address, columns_of(batch))  # who says what the columns mean has made the file theirs
    assert other.post(address, {"do": "apply", "holder": guarded.handle}).status_code == 403
    assert hr.post(address, {"do": "apply", "holder": guarded.handle}).status_code == 403
    hr.post(address, columns_of(batch))
    assert Person.objects.get(employee_number="E2").is_present

    assert "Yes, Ève Morvan leaves" in other.get(address).text
    other.post(address, {"do": "apply", "allows_departures": "1", "holder": third.handle})
    batch.refresh_from_db()
    assert (batch.state, batch.refusal) == ("previewed", "rights_end")
    assert "rights would end that take two people: Ève Morvan" in hr.get(address).text
    assert Person.objects.get(employee_number="E2").is_present

    other.post(address, {"do": "apply", "holder": guarded.handle})
    batch.refresh_from_db()
    assert batch.state == "applied"
    assert not Person.objects.get(employee_number="E2").is_present


def test_somebody_known_under_another_number_is_asked_about_on_the_page(hr):
    known = PersonFactory(employee_number="A1", first_name="Ève", last_name="Morvan", email="e1@usine.example")
    address, batch = compared(hr, HEADERS + row("E1") + row("E2", name="Le Goff"))
    page = hr.get(address).text
    assert "Line 2, number E1: the same person as Ève Morvan, who is known here?" in page

    hr.post(address, columns_of(batch) | {"same-0": "yes"})
    hr.post(address, {"do": "apply"})

    known.refresh_from_db()
    assert known.employee_number == "E1"
    assert "@same" not in ImportMapping.objects.get().columns  # nothing that was said of people is remembered
    assert Person.objects.filter(last_name="Morvan").count() == 1


def test_answer_that_nobody_offered_is_refused(hr):
    PersonFactory(employee_number="A1", first_name="Ève", last_name="Morvan", email="e1@usine.example")
    other = PersonFactory()
    address, batch = compared(hr, HEADERS + row("E1"))

    assert hr.post(address, columns_of(batch) | {"same-0": str(other.pk)}).status_code == 422
    batch.refresh_from_db()
    assert "@same" not in batch.mapping
