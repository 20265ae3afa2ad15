"""Some people have one name: nothing that is written of them has a hole where the other would stand."""

import re

import pytest

from rse.hris.files.rows import Row
from rse.settings import ROOT
from tests.architecture.tree import Tree
from tests.factories import PersonFactory

ONE_NAME = [("Suharto", ""), ("", "Suharto")]


@pytest.mark.django_db
@pytest.mark.parametrize(("first", "last"), ONE_NAME)
def test_whoever_has_one_name_is_called_by_it(first, last):
    person = PersonFactory(first_name=first, last_name=last)
    assert (person.name, person.called, person.initials) == ("Suharto", "Suharto", "S")
    assert Row(2, first_name=first, last_name=last).name == "Suharto"


@pytest.mark.django_db
def test_whoever_has_two_is_called_by_the_first():
    assert PersonFactory(first_name="Élodie", last_name="N’Diaye").called == "Élodie"


@pytest.mark.once
def test_no_page_and_no_mail_writes_one_of_the_names_alone():
    templates = [
        file
        for room in ("rse", "communities", "mentoring", "mobility", "onboarding", "search", "talent")
        for file in (ROOT / room).rglob("*.html")
    ]
    texts = [*templates, *ROOT.glob("*/**/mail/*.txt")]
    assert [file.name for file in texts if re.search(r"\.(?:first|last)_name\b", file.read_text(encoding="utf-8"))] == []
    joined = re.compile(r"\{\w*\.?first_?(?:name)?\} \{\w*\.?last_?(?:name)?\}")
    ours = [module for module in Tree().modules if not module.name.startswith("rse.demo.")]  # where everybody is made with two
    by_hand = {module.name for module in ours if joined.search(module.path.read_text(encoding="utf-8"))}
    assert by_hand == {"rse.core.people.services.addresses"}  # handles, cut by slugify
