"""Every URL of this room × every role; of reports and decisions, the subject is somebody else."""

import csv
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from rse.core import clock
from rse.governance import gates, urls
from rse.governance.models import Moderation
from tests.access.people import World
from tests.factories import PersonFactory
from tests.factories.governance import CharterFactory, FeatureSwitchFactory, ModerationFactory, ReportFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ROWS = list(csv.DictReader((Path(__file__).parent / "urls.csv").read_text(encoding="utf-8").splitlines()))
COLUMNS = [column for column in ROWS[0] if column not in {"url", "method"}]


def versions(count):
    return [CharterFactory().version for _ in range(count)]


def report(world):
    return ReportFactory(about=world.SU, reporters=[PersonFactory()]).public_id


def decision(world):
    return ModerationFactory(author=world.SU).public_id


def contested(world):
    public_id = decision(world)
    Moderation.objects.filter(public_id=public_id).update(appealed_at=clock.now(), appeal_words="Relisez.")
    return public_id


ARGUMENTS = {
    "charter:version": lambda world: versions(1),
    "charter:changes": lambda world: versions(2),
    "report:new": lambda world: ["person", world.SU.handle],
    "reports:detail": lambda world: [report(world)],
    "moderation:detail": lambda world: [decision(world)],
    "moderation:appeal": lambda world: [decision(world)],
    "moderation:answer": lambda world: [contested(world)],
    "moderation:lift": lambda world: [contested(world)],
    "features:edit": lambda world: ["lamp"],
    "features:confirm": lambda world: [FeatureSwitchFactory().name],
    "features:close": lambda world: [FeatureSwitchFactory().name],
}
FORMS = {
    "charter:accept": lambda: {"version": versions(1)[0]},
    "report:new": lambda: {"category": "content"},
    "reports:detail": lambda: {"outcome": "no_breach"},
    "moderation:appeal": lambda: {"words": "Relisez."},
    "moderation:answer": lambda: {"outcome": "upheld", "answer": "Relu."},
    "features:confirm": lambda: {"version": 1},
}


def code_of(response):
    if response.status_code == 302:
        return "L" if reverse(settings.LOGIN_URL) in response.url else "A"
    return {200: "A", 422: "A", 403: "F", 404: "N"}[response.status_code]


def test_l61_every_url_of_the_room_has_a_row():
    names = {f"{include.namespace}:{one.name}" for include in urls.urlpatterns for one in include.url_patterns}

    assert {row["url"] for row in ROWS} == names


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['method']} {row['url']}")
def test_url_answers_each_role_as_its_row_says(row, column, signed_in, client, monkeypatch):
    monkeypatch.setattr(gates, "_gates", {})
    gates.declare("lamp", label="Lamp")
    world = World()
    address = reverse(row["url"], args=ARGUMENTS.get(row["url"], lambda world: [])(world))
    form = FORMS.get(row["url"], dict)()
    person = world.leave() if column == "DE" else world.principal(column)
    browser = signed_in(person) if person else client

    response = browser.get(address) if row["method"] == "GET" else browser.post(address, form)

    assert code_of(response) == row[column]
    if row["method"] == "POST" and not any(one["url"] == row["url"] and one["method"] == "GET" for one in ROWS):
        assert browser.get(address).status_code in {302, 405}
