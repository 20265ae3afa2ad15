"""Every URL × every role. A URL without a row fails.

Codes: A answered (200, 302 to one of ours, 409, 422), L sent to sign in, F refused (403), N absent (404), E ended (410).
"""

import csv
import importlib
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from rse.core import clock
from rse.core.enums import Role
from rse.core.models import RoleRemoval, RoleRequest
from rse.core.web.own_pages import takes_get
from tests.factories import PersonFactory, RoleGrantFactory
from tests.factories.photos import logo_of_the_company, photo_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]
TESTS = Path(__file__).parent.parent
PRINCIPALS = ["AN", "DE", "EX", "EM", "HR", "HH", "HS", "RC", "DP", "AD", "WE"]


def tables():
    """The rows of every room, each with the folder they stand in."""
    for table in sorted(TESTS.glob("**/urls.csv")):
        for row in csv.DictReader(table.read_text(encoding="utf-8").splitlines()):
            yield table.parent.name, row


ROWS = [row for _room, row in tables()]
GOTTEN = {(row["url"], "GET") for row in ROWS if row["method"] == "GET"}
# The room of reports tries its own rows, against the people whom a report names.
HERE = [(room, row) for room, row in tables() if room != "governance"]


# The screens of Wagtail have one door for their three hundred addresses, all of which tests/pages walks as every role.
WALKED_THERE = {"cms/"}


def names(resolver=None, prefix=""):
    """Every named URL of the product, ``namespace:name``."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if str(pattern.pattern) in WALKED_THERE:
            continue
        if isinstance(pattern, URLResolver):
            yield from names(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"


def test_l61_every_url_has_a_row_and_every_row_a_url():
    assert sorted(set(names())) == sorted({row["url"] for row in ROWS})


def waiting_request(world):
    return RoleRequest.objects.create(
        person=world.SU, role=Role.RECRUITER, asked_by=PersonFactory(role=Role.ADMINISTRATOR), starts_at=clock.now()
    )


def waiting_removal(world):
    grant = RoleGrantFactory(person=world.SU, role=Role.DPO)
    return RoleRemoval.objects.create(person=world.SU, grant=grant, asked_by=PersonFactory(role=Role.ADMINISTRATOR))


ARGUMENTS = {
    "first_steps:take": lambda world: ["keys"],
    "company:logo": lambda world: [logo_of_the_company()],
    "people:detail": lambda world: [world.SU.handle],
    "people:photo": lambda world: [photo_of(world.SU), 48],
    "roles:approve": lambda world: [waiting_request(world).public_id],
    "roles:refuse": lambda world: [waiting_request(world).public_id],
    "roles:ask_end": lambda world: [RoleGrantFactory(person=world.SU, role=Role.DPO).public_id],
    "roles:removal_approve": lambda world: [waiting_removal(world).public_id],
    "roles:removal_refuse": lambda world: [waiting_removal(world).public_id],
    "roles:end": lambda world: [RoleGrantFactory(person=world.SU, role=Role.RECRUITER).public_id],
}
FORMS = {
    "language": {"language": "fr", "next": "/"},
    "roles:approve": {"function": "hr_head"},
}
for addresses in sorted(TESTS.glob("**/addresses.py")):
    said = importlib.import_module(".".join(("tests", *addresses.relative_to(TESTS).with_suffix("").parts)))
    ARGUMENTS |= said.ARGUMENTS
    FORMS |= getattr(said, "FORMS", {})


def code_of(response):
    if response.status_code == 302:
        return "L" if reverse(settings.LOGIN_URL) in response.url else "A"
    return {200: "A", 204: "A", 409: "A", 422: "A", 429: "A", 403: "F", 401: "L", 404: "N", 410: "E"}[response.status_code]


@pytest.mark.parametrize("row", [row for _room, row in HERE], ids=lambda row: f"{row['method']} {row['url']}")
def test_url_answers_each_role_as_its_row_says(row, company):
    found = {}
    for column in PRINCIPALS:
        with company.seen_by(column) as (world, _person, browser):
            address = reverse(row["url"], args=ARGUMENTS.get(row["url"], lambda world: [])(world))
            if row["method"] == "GET":
                response = browser.get(address)
            else:
                response = browser.post(address, FORMS.get(row["url"], {}))
                is_page = (row["url"], "GET") in GOTTEN
                gotten = 200 if is_page else browser.get(address).status_code
                assert is_page or gotten in {302, 403, 404, 405}
                assert takes_get(address) or not is_page
                assert not takes_get(address) or gotten != 405
            found[column] = code_of(response)

    assert found == {column: row[column] for column in PRINCIPALS}
