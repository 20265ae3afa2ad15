"""What one cell or one column means: units, days, names, statuses, superiors, several contracts."""

import datetime

import pytest

from rse.core import clock
from rse.hris.files.checking import check
from rse.hris.files.columns import ColumnMapping
from rse.hris.files.dates import DAY_FIRST, MONTH_FIRST, DayReader, Evidence, NoDay, decide, is_nothing
from rse.hris.files.formats import open_table
from rse.hris.files.names import FIRST_LAST, LAST_FIRST, name_of_all, order_of, split_name
from rse.hris.files.snapshot import Known
from rse.hris.files.statuses import EXPECTED, GONE, HERE, meaning_of
from rse.hris.files.units import Organisation, units_of
from tests.hris.companies import written
from tests.hris.team import NOON

pytestmark = pytest.mark.once


@pytest.fixture(autouse=True)
def _today():
    with clock.moved_to(NOON):
        yield


def person(number, **said):
    row = {
        "employee_number": number,
        "first_name": "Léa",
        "last_name": f"Martin {number}",
        "email": f"{number.lower()}@exemple.fr",
        "unit": "Siège",
        "position_title": "Comptable",
        "manager_number": "",
        "hired_on": "06/01/2020",
    }
    return row | said


@pytest.fixture
def checked(tmp_path):
    def run(*rows, known=None, is_full=True, **answers):
        path = tmp_path / "people.csv"
        names = {name: name for row in rows for name in row}
        path.write_text(written(rows, headers=names), encoding="utf-8")
        table = open_table(path)
        return check(table, ColumnMapping(names, **answers), is_full=is_full, known=known)

    return run


def codes(company):
    return {problem.code for problem in company.problems.kept}


# --- units ---


def test_a_name_makes_a_code_and_the_next_file_finds_it():
    first = units_of(["Ressources humaines", "R&D"])
    made = {unit.code: unit.name for unit in first.named.values()}
    assert made == {"RESSOURCES-HUMAINES": "Ressources humaines", "R-D": "R&D"}

    again = units_of(["ressources humaines", "R&D"], known=Organisation(made, dict.fromkeys(made, "")))
    assert [unit.code for unit in again.named.values()] == ["R-D", "RESSOURCES-HUMAINES"]


def test_a_unit_of_the_company_is_found_by_its_code_or_its_name():
    known = Organisation({"S12": "Fonderie", "S13": "Achats"}, {"S12": "", "S13": ""})

    found = units_of(["S12", "achats", "Logistique"], known=known)

    assert {value: unit.code for value, unit in found.named.items()} == {"S12": "S12", "achats": "S13", "Logistique": "LOGISTIQUE"}


@pytest.mark.parametrize("sign", [" / ", " > ", ">", "\\"])
def test_ways_make_a_tree_in_which_one_name_stands_twice_and_stays_where_it_is(sign):
    ways = [sign.join(steps) for steps in (["A"], ["A", "Nord"], ["A", "Nord", "Équipe"], ["A", "Sud"], ["A", "Sud", "Équipe"])]

    first = units_of(ways)
    everything = [*first.named.values(), *first.above]
    known = Organisation({unit.code: unit.name for unit in everything}, {unit.code: unit.parent for unit in everything})
    again = units_of(ways, known=known)

    assert len({unit.code for unit in everything}) == 5
    assert {value: unit.code for value, unit in again.named.items()} == {value: unit.code for value, unit in first.named.items()}
    assert again.above == ()


def test_steps_that_nobody_works_in_are_units_too():
    found = units_of(["Groupe / Nord / Achats", "Groupe / Nord / Ventes"])

    assert [(unit.name, unit.parent) for unit in found.above] == [("Groupe", ""), ("Nord", "GROUPE")]


def test_a_unit_that_moved_keeps_its_code():
    known = Organisation({"A": "A", "B": "B", "X": "X"}, {"A": "", "B": "", "X": "A"})

    found = units_of(["A", "B", "B / X"], known=known)

    assert (found.named["B / X"].code, found.named["B / X"].parent) == ("X", "B")


@pytest.mark.parametrize("names", [["Achats / Ventes", "Finance", "R/D"], ["Ventes", "Marketing - Communication", "RH"]])
def test_a_sign_in_a_name_is_no_way(names):
    assert units_of(names).sign == ""


def test_codes_in_brackets_or_in_front_are_codes():
    assert {unit.code: unit.name for unit in units_of(["Logistique (LOG)", "Achats (ACH)"]).named.values()} == {
        "LOG": "Logistique",
        "ACH": "Achats",
    }
    assert {unit.code: unit.name for unit in units_of(["LOG - Logistique", "ACH - Achats"]).named.values()} == {
        "LOG": "Logistique",
        "ACH": "Achats",
    }


# --- days ---


def evidence(*values):
    found = Evidence()
    for value in values:
        found.see(value)
    return found


@pytest.mark.parametrize(
    ("values", "order"),
    [
        (["01/02/2020", "13/02/2020"], DAY_FIRST),
        (["01/02/2020", "02/13/2020"], MONTH_FIRST),
        (["01/02/2020"], DAY_FIRST),
        (["13.02.20", "01.02.20"], DAY_FIRST),
        (["2/13/2020 12:00 AM", "1/2/2020 12:00 AM"], MONTH_FIRST),
    ],
)
def test_the_order_of_days_is_that_of_the_values_that_leave_no_choice(values, order):
    assert decide({"hired_on": evidence(*values)})["hired_on"].order == order


def test_a_column_without_evidence_follows_the_others_of_its_file():
    readers = decide({"hired_on": evidence("02/13/2020"), "leaves_on": evidence("03/04/2021")})

    assert readers["leaves_on"].read("03/04/2021") == datetime.date(2021, 3, 4)


def test_a_column_that_contradicts_itself_says_how_often():
    found = evidence("13/02/2020", "14/02/2020", "02/15/2020")

    assert (found.order, found.contradictions) == (DAY_FIRST, 1)
    with pytest.raises(NoDay):
        decide({"hired_on": found})["hired_on"].read("02/15/2020")


@pytest.mark.parametrize(
    "value", ["", "0000-00-00", "00/00/0000", "9999-12-31", "31/12/9999", "31/12/2999", "-", "N/A", "False", "NULL", "0"]
)
def test_what_systems_write_for_never_is_nothing(value):
    assert is_nothing(value)
    assert DayReader().read(value) is None


@pytest.mark.parametrize("value", ["43831", "43831.0"])
def test_numbers_that_spreadsheets_count_are_days_where_the_column_is_of_them(value):
    reader = decide({"hired_on": evidence("43831", "43900", "44000")})["hired_on"]

    assert reader.read(value) == datetime.date(2020, 1, 1)


# --- names ---


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Haddad, Karim", ("Karim", "Haddad")),
        ("HADDAD Karim", ("Karim", "HADDAD")),
        ("Karim HADDAD", ("Karim", "HADDAD")),
        ("LE GALL Anne-Marie", ("Anne-Marie", "LE GALL")),
        ("Jean de La Fontaine", ("Jean", "de La Fontaine")),
        ("Marie Claire Dupont", ("Marie Claire", "Dupont")),
        ("Suharto", ("", "Suharto")),
        ("Karim Haddad (E12)", ("Karim", "Haddad")),
    ],
)
def test_one_cell_holds_both_names(cell, names):
    assert split_name(cell) == names


def test_the_family_name_may_stand_first():
    assert split_name("Haddad Karim", LAST_FIRST) == ("Karim", "Haddad")
    assert split_name("de La Fontaine Jean", LAST_FIRST) == ("Jean", "de La Fontaine")


def test_the_addresses_beside_names_say_their_order():
    assert order_of({"Haddad Karim": "karim.haddad@a.fr", "Roy Anne": "anne.roy@a.fr"}) == LAST_FIRST
    assert order_of({"Karim Haddad": "karim.haddad@a.fr", "Anne Roy": "a.roy@a.fr"}) == FIRST_LAST


def test_a_name_is_one_whatever_the_order_of_its_words():
    assert name_of_all("HADDAD Karim") == name_of_all("Karim Haddad") == name_of_all("karim  hàddad (E12)")


# --- presence ---


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("Active", HERE),
        ("ACTIF", HERE),
        ("True", HERE),
        ("On Leave", HERE),
        ("Suspendu", HERE),
        ("Inactif", GONE),
        ("Terminated", GONE),
        ("Onboarding", EXPECTED),
    ],
)
def test_words_of_presence(word, meaning):
    assert meaning_of(word) == meaning


def test_a_word_that_a_person_explained_means_that(checked):
    company = checked(person("E1", status="Z1"), person("E2", status="Z2"), statuses={"z1": HERE, "z2": GONE})

    assert codes(company) == set()
    assert [said.is_left for said in company.people.values()] == [False, True]


def test_whoever_is_said_to_be_gone_without_a_day_has_left(checked):
    assert checked(person("E1", status="inactive"), person("E2", status="active")).people["E1"].is_left


def test_whoever_is_said_to_be_here_is_not_expelled_by_a_day_of_an_earlier_stay(checked):
    company = checked(person("E1", status="Actif", hired_on="01/09/2026", leaves_on="31/12/2019"))

    assert codes(company) == set()
    assert (company.people["E1"].is_left, company.people["E1"].ends) == (False, None)


# --- superiors ---


@pytest.mark.parametrize(
    "said", ["E1", "e1@exemple.fr", "E1@EXEMPLE.FR", "Léa Martin E1", "MARTIN E1 Léa", "Martin E1, Léa", "Martin E1 Léa (E1)", "chef1"]
)
def test_a_superior_is_named_in_any_way(checked, said):
    company = checked(person("E1", login="chef1"), person("E2", login="x2", manager_number=said))

    assert codes(company) == set()
    assert company.above("@E2") == "@E1"


def test_zeros_that_one_column_lost_are_found_again(checked):
    company = checked(person("00012"), person("00013", manager_number="12"))

    assert company.above("@00013") == "@00012"


@pytest.mark.parametrize("said", ["NO_MANAGER", "-", "N/A", "None", "Aucun", "E1"])
def test_nobody_and_oneself_are_the_top(checked, said):
    company = checked(person("E1", manager_number=said), person("E2", manager_number="E1"))

    assert codes(company) == set()
    assert company.above("@E1") == ""


def test_one_outside_the_file_is_a_remark_and_loses_nobody(checked):
    company = checked(person("E1"), person("E2", manager_number="Quelqu’un d’Ailleurs"))

    assert codes(company) == {"unknown_manager"}
    assert company.problems.errors == 0
    assert company.above("@E2") == ""


def test_a_name_of_two_is_a_question_until_somebody_answers(checked):
    twins = [person(number, last_name="Roy", position_title=title) for number, title in (("E1", "Cheffe"), ("E2", "Fondeuse"))]
    below = person("E3", manager_number="Léa Roy")

    asked = checked(*twins, below)
    answered = checked(*twins, below, superiors={"lea roy": "E2"})

    assert codes(asked) == {"manager_shared_name"}
    assert [label for _number, label in asked.problems.kept[0].params["people"]] == ["E1 · Cheffe · Siège", "E2 · Fondeuse · Siège"]
    assert (codes(answered), answered.above("@E3")) == (set(), "@E2")


def test_one_of_two_who_left_is_not_meant(checked):
    company = checked(
        person("E1", last_name="Roy", leaves_on="31/12/2021"),
        person("E2", last_name="Roy", leaves_on=""),
        person("E3", leaves_on="", manager_number="Léa Roy"),
    )

    assert company.above("@E3") == "@E2"


def test_a_file_of_changes_names_superiors_who_are_not_in_it(checked):
    known = Known(
        above={"P9": ""},
        place_of={"E9": "P9"},
        numbers_of_addresses=lambda: {"chef@exemple.fr": "E9"},
        numbers_of_names=lambda: {name_of_all("Anne Chef"): ["E9"]},
    )
    for said in ("E9", "chef@exemple.fr", "CHEF Anne"):
        company = checked(person("E1", manager_number=said), known=known, is_full=False)
        assert (codes(company), company.above("@E1")) == (set(), "P9")


# --- several rows of one person ---


def test_the_contract_in_force_counts_and_the_stay_begins_with_the_first(checked):
    company = checked(
        person("E1", hired_on="01/02/2020", leaves_on="31/08/2020", position_title="Stagiaire"),
        person("E1", hired_on="01/09/2020", leaves_on="", position_title="Comptable"),
    )

    assert codes(company) == set()
    assert (company.people["E1"].starts, company.people["E1"].ends) == (datetime.date(2020, 2, 1), None)
    assert company.places["@E1"].title == "Comptable"


def test_a_stay_long_ago_is_another(checked):
    company = checked(person("E1", hired_on="01/02/2010", leaves_on="31/08/2010"), person("E1", hired_on="01/09/2020", leaves_on=""))

    assert company.people["E1"].starts == datetime.date(2020, 9, 1)


def test_two_jobs_at_once_are_two_places(checked):
    company = checked(
        person("E1", hired_on="01/02/2020", position_title="Comptable"), person("E1", hired_on="01/02/2021", position_title="Formatrice")
    )

    assert codes(company) == set()
    assert {code: place.title for code, place in company.places.items()} == {"@E1": "Comptable", "@E1/2": "Formatrice"}


def test_a_number_of_two_people_is_a_fault(checked):
    company = checked(person("E1"), person("E1", first_name="Hugo", last_name="Autre", email="autre@exemple.fr"))

    assert codes(company) == {"duplicate_number"}


@pytest.mark.parametrize("status", ["active", "onboarding"])
def test_somebody_without_a_first_day_has_none_and_is_not_gone(checked, status):
    company = checked(person("E1", status=status, hired_on=""), person("E2", status="active"))

    assert codes(company) == set()
    assert (company.people["E1"].starts, company.people["E1"].is_left) == (None, False)
