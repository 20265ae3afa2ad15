"""Commands speak the language of the settings."""

import io

import pytest
from django.core.management import CommandError, call_command, get_commands, load_command_class
from django.utils import translation

from rse.core.ops.commands import Spoken
from tests.factories import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ROOMS = ("rse.", "search", "mentoring", "talent", "communities", "mobility", "onboarding")
SILENT = {"migrate"}  # Django's own, which must speak none: it writes names of permissions
OURS = sorted(name for name, app in get_commands().items() if app.startswith(ROOMS) and name not in SILENT)


def helped(name):
    return load_command_class(get_commands()[name], name).create_parser("manage.py", name).format_help()


def own_words(name):
    """The help of a command without the options that each command has from Django, which have no French."""
    return str(load_command_class(get_commands()[name], name).help)


@pytest.mark.parametrize("name", OURS)
def test_every_command_of_ours_speaks_and_is_explained_in_both(name, settings):
    assert isinstance(load_command_class(get_commands()[name], name), Spoken)
    shown = {}
    for language in ("fr", "en"):
        settings.LANGUAGE_CODE = language
        with translation.override("de"):
            shown[language] = " ".join(helped(name).split())
        with translation.override(language):
            assert " ".join(own_words(name).split())[:40] in shown[language]
    assert shown["fr"] != shown["en"]


@pytest.mark.parametrize(
    ("language", "refused", "said"),
    [
        (
            "fr",
            "Personne ne se connecte avec absent@company.example.",
            "Ada Lovelace détient désormais administrator, sur toute l’entreprise.\n",
        ),
        ("en", "Nobody signs in as absent@company.example.", "Ada Lovelace holds administrator from now on, over the whole company.\n"),
    ],
)
def test_what_is_said_and_refused_is_in_the_language_of_the_settings(settings, language, refused, said):
    settings.LANGUAGE_CODE = language
    out = io.StringIO()
    person = PersonFactory(first_name="Ada", last_name="Lovelace")
    with translation.override({"fr": "en", "en": "fr"}[language]):
        with pytest.raises(CommandError) as error:
            call_command("name_role", "administrator", "absent@company.example")
        call_command("name_role", "administrator", person.email, stdout=out)
        assert translation.get_language() != language
    assert (str(error.value), out.getvalue()) == (refused, said)


def test_bootstrap_speaks_french(settings, capsys):
    settings.LANGUAGE_CODE = "fr"
    call_command("bootstrap", company="Fonderies", email="chef@fonderies.example", first_name="Élodie", last_name="Roussel")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("Élodie Roussel (chef@fonderies.example) est la première personne à administrer l’entreprise")
    assert "mot de passe" in lines[1]
    assert lines[-1] == "La page Premiers pas dit ensuite ce qui reste à faire\N{NO-BREAK SPACE}: http://localhost:8000/first-steps/"
