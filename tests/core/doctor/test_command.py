"""``manage.py doctor``, and the checks of upper rooms."""

import pytest
from django.core.management import call_command
from django.utils import translation

from rse.core.ops import doctor
from rse.core.ops.doctor import Level
from rse.identity import checks as of_identity
from rse.identity.enums import Way
from rse.identity.services.invitations import issue
from search import checks as of_search
from search.services import rebuild
from tests.factories import PersonFactory

from .levels import level

pytestmark = pytest.mark.django_db
RANDOM = "x7Qw-9eRt_2yUi-4oPa_6sDf-8gHj_1kLz"
SAID = "pa55word-of-the-server"


@pytest.fixture(autouse=True)
def _in_english(settings):
    settings.LANGUAGE_CODE = "en"


# Upper rooms


def test_invitations_that_lead_to_this_machine_hurt(settings):
    settings.SITE_URL = "http://localhost:8000"
    person = PersonFactory(password=False)
    issue(person=person, way=Way.HAND)
    assert level(of_identity.invitations) == "ok"
    issue(person=person, way=Way.WORK)
    assert level(of_identity.invitations) == "hurts"
    settings.SITE_URL = "https://maillage.fonderies.fr"
    assert level(of_identity.invitations) == "ok"


def test_empty_index_is_looked_at():
    assert level(of_search.index) == "ok"
    PersonFactory()
    assert level(of_search.index) == "look"
    rebuild()
    assert level(of_search.index) == "ok"


# All of them


def test_check_that_breaks_is_told_and_the_others_speak(monkeypatch):
    def broken():
        raise ValueError("words that nobody should read")

    monkeypatch.setattr(doctor, "_checks", {})
    doctor.register("broken", "Broken", broken)
    doctor.register("fine", "Fine", lambda: doctor.well("All is fine."))
    lines = doctor.examine()
    assert [(line.name, line.level) for line in lines] == [("Broken", Level.HURTS), ("Fine", Level.WELL)]
    assert lines[0].what == "This could not be looked at (ValueError)."
    with pytest.raises(ValueError, match="two checks"):
        doctor.register("fine", "Fine", broken)


@pytest.fixture
def found(monkeypatch):
    monkeypatch.setattr(doctor, "_checks", {})

    def of(*findings):
        for number, one in enumerate(findings):
            doctor.register(str(number), f"Check {number}", lambda one=one: one)

    return of


def test_command_ends_with_1_when_something_would_hurt(found, capsys):
    found(doctor.well("All is well."), doctor.look("It is old.", "Make another."), doctor.hurts("It is gone.", "Bring it back."))
    with pytest.raises(SystemExit) as ended:
        call_command("doctor")
    assert ended.value.code == 1
    assert capsys.readouterr().out.splitlines() == [
        "What would hurt",
        "  Check 2  It is gone.",
        "           → Bring it back.",
        "",
        "What to look at",
        "  Check 1  It is old.",
        "           → Make another.",
        "",
        "What is well",
        "  Check 0  All is well.",
        "",
        "1 thing would hurt, 1 to look at, 1 is well.",
    ]


def test_command_ends_with_0_when_nothing_would(found, capsys, settings):
    settings.LANGUAGE_CODE = "fr"
    found(doctor.well("Tout va bien."), doctor.look("C’est vieux.", "Recommencez."))
    call_command("doctor")
    assert capsys.readouterr().out.splitlines()[0] == "À regarder"


def test_command_asks_every_check_in_french_and_tells_no_secret(capsys, settings):
    settings.LANGUAGE_CODE = "fr"
    settings.DEBUG = True
    with pytest.raises(SystemExit) as ended:
        call_command("doctor")
    told = capsys.readouterr().out
    assert ended.value.code == 1
    with translation.override("fr"):
        assert [str(check.label) for check in doctor._checks.values() if f"\n  {check.label} " not in told] == []
    for secret in (settings.SECRET_KEY, settings.NOTES_KEY):
        assert secret not in told
