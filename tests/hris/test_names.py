import ast
import re

import pytest

from rse.core.enums import Role
from rse.core.models import GivenAddress, Person
from tests.architecture.tree import HOUSE
from tests.factories import PersonFactory
from tests.factories.core import PASSWORD
from tests.hris.team import BOSS, TEAM, person

pytestmark = pytest.mark.django_db

NAMES = {"first_name", "last_name"}
# Where a person is made or renamed; each gives the address that goes with the name.
# The last empties the row of somebody who left: nobody is called anything there any more.
WRITERS = {"rse/core/people/services/staffing.py", "rse/identity/services/company.py", "rse/core/people/services/leavers.py"}
WRITERS |= {"rse/hris/files/reading.py"}  # of rows of a file, which staffing writes
LINK = re.compile(r'href="(/[^"#]*)"')


def crawled(browser, most=60):
    """The pages that ``browser`` reaches from the home page, by address."""
    waiting, pages = ["/", "/people/", "/search/?q=lea"], {}
    while waiting and len(pages) < most:
        address = waiting.pop(0)
        if address in pages or address.startswith(("/static/", "/accounts/logout", "/cms/")):
            continue
        answer = browser.get(address)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            pages[address] = answer.text
            waiting += LINK.findall(answer.text)
    return pages


def test_file_that_renames_somebody_leaves_the_former_name_on_no_page(imported, signed_in):
    imported([BOSS, *(person(f"E{n}", last_name="Dupontel" if n == 2 else f"Petit{n}") for n in range(2, 6))])
    former = Person.objects.get(employee_number="E2").get_absolute_url()
    imported([person("E2", last_name="Martin")], is_full=False)
    subject = Person.objects.get(employee_number="E2")
    boss = Person.objects.get(employee_number="E1")
    for one in (boss, subject):
        one.has_account = True
        one.set_password(PASSWORD)
        one.save(update_fields=["password", "has_account"])
    readers = {
        "colleague": PersonFactory(),
        "the boss": boss,
        "herself": subject,
        "recruiter": PersonFactory(role=Role.RECRUITER),
        "administrator": PersonFactory(role=Role.ADMINISTRATOR),
    }

    for name, reader in readers.items():
        pages = crawled(signed_in(reader))
        assert subject.get_absolute_url() in pages, name
        assert {address for address, page in pages.items() if "dupontel" in f"{address} {page}".lower()} == set(), name
    assert signed_in(readers["colleague"]).get(former).url == subject.get_absolute_url()


def test_file_that_swaps_names_gives_nobody_the_address_of_another(imported):
    imported([BOSS, person("E2", last_name="Dupont"), person("E3", last_name="Martin")])
    former = Person.objects.get(employee_number="E2").handle

    imported([person("E2", last_name="Martin"), person("E3", last_name="Dupont"), person("E4", last_name="Dupont")], is_full=False)

    second, third, fourth = (Person.objects.get(employee_number=number).handle for number in ("E2", "E3", "E4"))
    assert all(re.fullmatch(r"lea-martin-[2-9]\w{4}", handle) for handle in [second])
    assert all(re.fullmatch(r"lea-dupont-[2-9]\w{4}", handle) for handle in [third, fourth])
    assert GivenAddress.objects.get(address=former).row_id == Person.objects.get(employee_number="E2").pk


def test_file_that_renames_thousands_keeps_one_address_each(imported, monkeypatch):
    monkeypatch.setattr("rse.core.people.services.staffing.BATCH", 4)
    imported(TEAM)

    imported([person(f"E{n}", last_name="Martin" if n % 2 else f"Martin E{n}") for n in range(2, 40)], is_full=False)

    handles = list(Person.objects.values_list("handle", flat=True))
    assert len(handles) == len(set(handles)) == 39
    assert GivenAddress.objects.filter(address__in=handles).count() == 39


def test_nothing_else_writes_names_of_people():
    found = []
    for path in sorted(HOUSE.rglob("*.py")):
        inside = path.relative_to(HOUSE)
        if inside.parts[0] in {"tests", "var"} or inside.parts[0].startswith(".") or "migrations" in inside.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = node.func if isinstance(node, ast.Call) else None
            name = called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""
            writes = name in {"create", "update", "get_or_create", "update_or_create", "Person", "newcomer"}
            if writes and NAMES & {keyword.arg for keyword in node.keywords}:
                found.append(inside.as_posix())
            targets = node.targets if isinstance(node, ast.Assign) else []
            if any(isinstance(target, ast.Attribute) and target.attr in NAMES for target in targets):
                found.append(inside.as_posix())

    assert set(found) <= WRITERS
    assert "rse/identity/services/company.py" in found
