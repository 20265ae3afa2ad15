"""What is for everyone is called so in the language of whoever reads, whatever the language of who wrote first."""

import re

import pytest
from django.utils import translation

from rse.core.enums import AudienceType
from rse.settings import ROOT
from talent.services.ledger import ensure_everyone
from tests.architecture.tree import Tree
from tests.factories import AudienceFactory


@pytest.mark.django_db
def test_what_is_for_everyone_has_the_name_of_the_language_of_the_page():
    with translation.override("fr"):
        audience = ensure_everyone()
        assert (str(audience), audience.title) == ("Tout le monde", "Tout le monde")
    with translation.override("en"):
        assert (str(audience), audience.title) == ("Everyone", "Everyone")
        assert str(AudienceFactory(kind=AudienceType.COMMUNITY, label="Fonderie")) == "Fonderie"


@pytest.mark.once
def test_no_page_reads_the_name_as_it_is_stored():
    stored = re.compile(r"\b(?:audience|within)\.label\b")
    rooms = [room for room in ROOT.iterdir() if room.is_dir() and not room.name.startswith((".", "tests"))]
    templates = [file for room in rooms for file in room.rglob("*.html")]
    assert [file.name for file in templates if stored.search(file.read_text(encoding="utf-8"))] == []
    modules = [module for module in Tree().modules if not module.is_migration]
    assert {module.name for module in modules if stored.search(module.path.read_text(encoding="utf-8"))} == {"talent.queries.ledger"}
