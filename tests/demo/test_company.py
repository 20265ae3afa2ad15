import codecs
import csv
import io
import itertools
import re
import time
from collections import Counter, deque
from datetime import date, timedelta
from functools import cache, lru_cache

import pytest

from rse.demo.company import COLUMNS, FRENCH_HEADERS, Company, Snapshot, write_csv
from rse.demo.company.names import KNOWN_PEOPLE

TODAY = date(2026, 11, 21)
CASES = [(seed, size) for seed in range(1, 6) for size in (300, 2_000)]


@cache
def company(seed: int, size: int, today: date = TODAY) -> Company:
    return Company(seed, size, today)


@cache
def snapshots(seed: int, size: int) -> tuple[Snapshot, ...]:
    return tuple(company(seed, size).snapshots())


@lru_cache(maxsize=4)
def last_of(firm: Company) -> Snapshot:
    return deque(firm.snapshots(), maxlen=1).pop()


def people(snapshot: Snapshot) -> list[dict]:
    return [row for row in snapshot.rows if row["employee_number"]]


def as_csv(rows: list[dict]) -> str:
    file = io.StringIO(newline="")
    write_csv(rows, file)
    return file.getvalue()


def test_same_seed_and_date_give_the_same_files():
    one, other = (list(Company(3, 300, TODAY).snapshots()) for _ in range(2))
    assert one == other
    assert [as_csv(s.rows) for s in one] == [as_csv(s.rows) for s in other]
    assert list(Company(4, 300, TODAY).snapshots()) != one


def test_company_asks_for_the_date_and_for_enough_people():
    with pytest.raises(ValueError, match="date"):
        Company(1, 300)
    with pytest.raises(ValueError, match="200"):
        Company(1, 199, TODAY)


@pytest.mark.parametrize(("seed", "size"), CASES)
def test_files_are_nineteen_firsts_of_the_month(seed, size):
    days = [snapshot.on for snapshot in snapshots(seed, size)]
    assert days[0] == date(2025, 5, 1)
    assert days[-1] == date(2026, 11, 1)
    assert len(days) == 19
    assert all(day.day == 1 for day in days)


@pytest.mark.parametrize(("seed", "size"), CASES)
def test_one_person_per_single_position_and_everybody_once(seed, size):
    for snapshot in snapshots(seed, size):
        numbers = Counter(row["employee_number"] for row in people(snapshot))
        assert max(numbers.values()) == 1
        rows = Counter(row["position"] for row in snapshot.rows)
        shared = {row["position"] for row in snapshot.rows if row["position_shared"]}
        assert [position for position, count in rows.items() if count > 1 and position not in shared] == []
        assert any(rows[position] > 3 for position in shared)


@pytest.mark.parametrize(("seed", "size"), CASES)
def test_units_positions_and_managers_exist_and_make_no_cycle(seed, size):
    for snapshot in snapshots(seed, size):
        rows = snapshot.rows
        units = {row["unit"]: (row["unit_name"], row["parent_unit"]) for row in rows}
        assert all((row["unit_name"], row["parent_unit"]) == units[row["unit"]] for row in rows)
        assert [parent for _, parent in units.values() if parent and parent not in units] == []
        manager_of = {row["position"]: row["manager_position"] for row in rows}
        assert [row["position"] for row in rows if row["manager_position"] != manager_of[row["position"]]] == []
        assert [position for position, manager in manager_of.items() if not manager] == ["P00001"]
        numbers = {row["employee_number"]: row["manager_number"] for row in people(snapshot)}
        assert [number for number in numbers.values() if number and number not in numbers] == []
        for graph, longest in ((manager_of, 8), (numbers, 8), ({unit: parent for unit, (_, parent) in units.items()}, 8)):
            for start in graph:
                step, length = start, 0
                while step:
                    step, length = graph.get(step, ""), length + 1
                    assert length <= longest, f"a cycle, or a line too long, from {start}"
        held_for_others = [row["interim_position"] for row in rows if row["interim_position"]]
        assert set(held_for_others) <= set(manager_of)
        assert len(held_for_others) == len(set(held_for_others))


@pytest.mark.parametrize(("seed", "size"), CASES)
def test_addresses_are_never_given_to_two_people(seed, size):
    owners: dict[str, set[str]] = {}
    for snapshot in snapshots(seed, size):
        for row in people(snapshot):
            for column in ("email", "private_email"):
                if row[column]:
                    owners.setdefault(row[column], set()).add(row["employee_number"])
    assert [address for address, numbers in owners.items() if len(numbers) > 1] == []
    assert all(re.fullmatch(r"[a-z0-9.-]+@[a-z]+\.example", address) for address in owners)


@pytest.mark.parametrize(("seed", "size"), CASES)
def test_dates_follow_one_another(seed, size):
    for snapshot in snapshots(seed, size):
        for row in people(snapshot):
            assert row["trial_ends_on"] is None or row["trial_ends_on"] > row["hired_on"]
            assert row["leaves_on"] is None or row["leaves_on"] > row["hired_on"]
            assert row["leaves_on"] is None or row["leaves_on"] >= snapshot.on
            assert row["hired_on"] < snapshot.on + timedelta(days=62)
            assert row["email"] or (row["hired_on"] > snapshot.on and row["private_email"])


@pytest.mark.parametrize(("seed", "size"), CASES)
def test_company_has_its_size_today_and_grew_into_it(seed, size):
    sizes = [sum(row["hired_on"] <= snapshot.on for row in people(snapshot)) for snapshot in snapshots(seed, size)]
    last = snapshots(seed, size)[-1]
    assert sum(row["hired_on"] <= TODAY for row in people(last)) == size
    assert size * 0.9 < sizes[0] < size * 0.96
    assert all(abs(after - before) < size * 0.04 for before, after in itertools.pairwise(sizes))
    expected = [row for row in people(last) if row["hired_on"] > TODAY]
    assert len(expected) >= 4
    assert {(row["hired_on"].year, row["hired_on"].month) for row in expected} == {(2026, 12)}
    assert all(row["private_email"] for row in expected)
    assert 0 < sum(not row["email"] for row in expected) < len(expected) or size < 1_000
    assert sum(not row["employee_number"] for row in last.rows) >= 2
    assert sum(bool(row["interim_position"]) for row in last.rows) >= 2


@pytest.mark.parametrize(("seed", "size"), CASES)
def test_life_of_the_company_has_everything(seed, size):
    changes = company(seed, size).changes()
    kinds = Counter(change.kind for change in changes)
    assert set(kinds) == {"hired", "left", "moved", "promoted", "rehired", "renounced", "interim", "manager_changed"}
    assert kinds["manager_changed"] == 12
    files = {snapshot.on: {row["employee_number"]: row for row in people(snapshot)} for snapshot in snapshots(seed, size)}
    for change in changes:
        if change.kind in {"left", "renounced"}:
            assert change.employee_number not in files[change.on]
        elif change.on in files and change.kind != "interim":
            assert change.employee_number in files[change.on]
    back = next(change for change in changes if change.kind == "rehired")
    months = [on for on, rows in files.items() if back.employee_number in rows]
    gone = [on for on in files if months[0] < on < months[-1] and on not in months]
    assert gone
    assert len({files[on][back.employee_number]["email"] for on in months} - {""}) == 1


@pytest.mark.parametrize(("seed", "size"), CASES)
def test_each_quarter_a_team_gets_another_manager(seed, size):
    files = snapshots(seed, size)
    swaps = sorted({change.on for change in company(seed, size).changes() if change.kind == "manager_changed"})
    assert len(swaps) == 6
    for before, after in itertools.pairwise(files):
        if after.on in swaps:
            managers = {row["employee_number"]: row["manager_number"] for row in people(before)}
            changed = [
                row
                for row in people(after)
                if row["manager_number"] and managers.get(row["employee_number"]) not in {None, "", row["manager_number"]}
            ]
            assert changed


@pytest.mark.parametrize(("seed", "size"), CASES)
def test_spans_and_depth_are_those_of_a_company(seed, size):
    last = snapshots(seed, size)[-1]
    manager_of = {row["position"]: row["manager_position"] for row in last.rows}

    def depth(position: str) -> int:
        return 1 + depth(manager_of[position]) if position else 0

    assert 5 <= max(map(depth, manager_of)) <= 6
    spans = sorted(Counter(row["manager_position"] for row in last.rows if row["manager_position"]).values())
    assert spans[-1] <= 12
    assert 5 <= spans[len(spans) // 2] <= 10
    assert sum(5 <= span <= 12 for span in spans) > len(spans) * 0.8
    assert {row["site_time_zone"] for row in last.rows} == {"Europe/Paris", "Europe/Lisbon"}
    assert any("équipe de nuit" in row["position_title"] for row in last.rows if row["position_shared"])


@pytest.mark.parametrize(("seed", "size"), [*CASES, (1, 200)])
def test_named_people_sit_where_the_story_needs_them(seed, size):
    firm = company(seed, size)
    rows = {row["employee_number"]: row for row in people(last_of(firm))}
    cast = {key: rows[number] for key, number in firm.cast.items()}
    elodie = firm.cast["elodie"]
    team = [row for row in rows.values() if row["manager_number"] == elodie]
    assert len(team) == 7
    assert cast["ines"] in team
    assert cast["malik"] in team
    assert (TODAY - cast["ines"]["hired_on"]).days // 7 + 1 == 3
    assert cast["ines"]["hired_on"].month == TODAY.month
    assert cast["ines"]["email"] == "ines.caron@estuaire.example"
    cohort = [row for row in rows.values() if row["hired_on"] == cast["ines"]["hired_on"] and row["site"] == "Nantes"]
    assert len(cohort) >= 6
    assert cast["malik"]["site"] == cast["sofia"]["site"] == cast["bernard"]["site"] == "Lyon"
    assert cast["bernard"]["leaves_on"] == date(2027, 5, 31)
    assert cast["jeanne"]["position_shared"]
    assert "nuit" in cast["jeanne"]["position_title"]
    assert cast["claire"]["hired_on"].year == 2019
    personas = firm.personas()
    assert len(personas) == 13
    assert [rows[p.employee_number]["first_name"] + " " + rows[p.employee_number]["last_name"] for p in personas] == [
        p.name for p in personas
    ]
    assert len({p.role for p in personas}) == 13


@pytest.mark.parametrize("size", [300, 2_000])
def test_the_date_may_be_any_day(size):
    for days in range(0, 366, 61 if size > 1_000 else 7):
        today = date(2026, 1, 1) + timedelta(days=days)
        firm = Company(1, size, today)
        rows = people(last_of(firm))
        assert sum(row["hired_on"] <= today for row in rows) == size
        ines = next(row for row in rows if row["employee_number"] == firm.cast["ines"])
        assert (today - ines["hired_on"]).days // 7 + 1 == 3
        assert sum(row["manager_number"] == firm.cast["elodie"] for row in rows) == 7


def test_a_larger_company_keeps_the_same_rules():
    last = last_of(company(1, 12_000))
    rows = people(last)
    assert sum(row["hired_on"] <= TODAY for row in rows) == 12_000
    assert len({row["email"] for row in rows if row["email"]}) == sum(bool(row["email"]) for row in rows)
    assert "America/Toronto" in {row["site_time_zone"] for row in rows}
    assert max(Counter(row["manager_position"] for row in last.rows).values()) <= 12


def test_phones_are_those_kept_for_fiction():
    fiction = re.compile(r"(01 99 00|02 61 91|03 53 01|04 65 71|05 36 49|06 39 98) \d\d \d\d|\+1 514 555 01\d\d")
    for size in (300, 12_000):
        phones = [row["work_phone"] for row in last_of(company(1, size)).rows if row["work_phone"]]
        assert phones
        assert [phone for phone in phones if not fiction.fullmatch(phone)] == []


def test_csv_is_the_customers_file():
    snapshot = snapshots(1, 300)[-1]
    text = as_csv(snapshot.rows)
    assert text.startswith("Matricule;Prénom;Nom;")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    assert list(rows[0]) == [FRENCH_HEADERS[column] for column in COLUMNS]
    assert len(rows) == len(snapshot.rows)
    ines = next(row for row in rows if row["Nom"] == "Caron" and row["Prénom"] == "Inès")
    assert (ines["Date d’entrée"], ines["Poste partagé"], ines["Langues"]) == ("02/11/2026", "non", "fr, en, es")
    vacant = [row for row in rows if not row["Matricule"]]
    assert vacant
    assert all(not row["Prénom"] and not row["Nom"] and row["Code poste"] for row in vacant)


@pytest.mark.usefixtures("demo_app")
def test_file_of_a_month_begins_with_one_byte_order_mark(tmp_path):
    from rse.demo.build import import_month

    import_month(snapshots(1, 300)[0], tmp_path)
    (file,) = tmp_path.iterdir()
    assert file.read_bytes().startswith(codecs.BOM_UTF8 + b"Matricule;")


def test_five_thousand_people_are_made_quickly():
    start = time.perf_counter()
    rows = sum(len(snapshot.rows) for snapshot in Company(1, 5_000, TODAY).snapshots())
    print(f"5,000 people, 19 files, {rows:,} rows: {time.perf_counter() - start:.2f} s")
    assert rows > 90_000


def test_nobody_is_named_like_someone_known():
    names = {f"{row['first_name']} {row['last_name']}" for row in people(last_of(company(1, 12_000)))}
    assert all(name == name.strip() and " " in name for name in KNOWN_PEOPLE)
    assert names & KNOWN_PEOPLE == set()
    assert len(names) > 8_000
