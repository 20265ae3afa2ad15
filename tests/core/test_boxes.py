"""Every box that finds people, communities or positions by their names finds them however they are typed."""

import re

import pytest
from django import forms
from django.urls import reverse

from rse.core import clock
from rse.core.enums import Role
from rse.core.web import person_picker
from rse.core.web.sealing import seal
from rse.hris.models import UnlistedPerson
from rse.settings import ROOT
from search import services as search
from talent.normalization import words_of
from tests.every_form import form_classes
from tests.factories import PersonFactory, PositionFactory, RoleGrantFactory
from tests.factories.communities import CommunityFactory
from tests.factories.mentoring import MentoringOfferFactory
from tests.factories.talent import DeclaredSkillFactory, SkillFactory, WishFactory
from tests.talent.succession.plans import open_gate, plan_for

# Of each name how it is typed by those who do not look for its signs.
TYPED = {
    "Élodie": ["elodie", "ÉLODIE", "E\u0301lodie"],
    "Anne-Laure": ["anne laure", "anne-laure", "annelaure"],
    "N’Diaye": ["n'diaye", "n’diaye", "ndiaye", "n diaye"],
    "Œuvre": ["oeuvre", "Œuvre"],
}
ALL = [(name, typed) for name, ways in TYPED.items() for typed in ways]


def directory(_reader, _plan):
    return reverse("people:list"), {}


def communities(_reader, _plan):
    return reverse("communities:list"), {"show": "open"}


def found(_reader, _plan):
    return reverse("search:results"), {}


def suggested(_reader, _plan):
    return reverse("search:suggestions"), {}


def named_in_a_plan(_reader, plan):
    return reverse("succession:name_find", args=[plan.public_id]), {}


def positions(_reader, _plan):
    return reverse("succession:declare"), {}


def mentors(_reader, _plan):
    return reverse("mentoring:find"), {}


def invitations(_reader, _plan):
    return reverse("identity:invitations"), {}


def unlisted(_reader, _plan):
    return reverse("imports:unlisted"), {}


def wishes(_reader, _plan):
    return reverse("wishes:list"), {}


def reference_table(_reader, _plan):
    return reverse("skills:list"), {}


def own_skills(_reader, _plan):
    return reverse("skills:mine"), {}


# Each box: where it stands in the source, and what it asks.
BOXES = {
    "mentoring.forms.FindForm": [mentors],
    "search/_box.html": [found, suggested],
    "communities/_communities.html": [communities],
    "succession/position_find.html": [positions],
    "succession/name_find.html": [named_in_a_plan],
    "rse.core.web.directory.DirectoryForm": [directory],
    "rse.identity.forms.InvitationsForm": [invitations],
    "rse.hris.forms.UnlistedListForm": [unlisted],
    "talent.forms.WishListForm": [wishes],
    "talent.forms.ReferenceForm": [reference_table],
    "talent.forms.OwnSkillsForm": [own_skills],
    "search.forms.SearchForm": [found, suggested],
    "talent.succession.forms.FindForm": [positions, named_in_a_plan],
}
OF_SKILLS, IN_ONE_PIECE = {reference_table, own_skills}, {"annelaure", "ndiaye"}  # the signs in C++ and C# are what tells them apart


@pytest.mark.once
def test_every_box_is_asked_here():
    templates = {
        file.as_posix().partition("templates/")[2]
        for folder in ROOT.iterdir()
        if folder.is_dir() and not folder.name.startswith((".", "tests"))
        for file in folder.glob("**/templates/**/*.html")
        if 'type="search"' in file.read_text()
    }
    written = {f"{one.__module__}.{one.__qualname__}" for one in form_classes() if isinstance(one.base_fields.get("q"), forms.CharField)}
    assert templates | written == BOXES.keys()


@pytest.mark.django_db
@pytest.mark.parametrize("box", dict.fromkeys(box for boxes in BOXES.values() for box in boxes), ids=lambda box: box.__name__)
def test_a_box_finds_names_however_they_are_typed(signed_in, box):
    reader = PersonFactory(role=Role.HR_SUCCESSION, first_name="Paul", last_name="Petit")
    RoleGrantFactory(person=reader, role=Role.HR)
    open_gate()
    plan = plan_for(owner=reader)
    for name in TYPED:
        person = PersonFactory(first_name="Zz", last_name=name, password=False)
        MentoringOfferFactory(mentor=person)
        WishFactory(person=person, shared=True)
        UnlistedPerson.objects.create(person=person, due_on=clock.today())
        DeclaredSkillFactory(person=reader, skill=SkillFactory(label_fr=name, label_en=name, words=words_of(name)))
        CommunityFactory(name=name)
        PositionFactory(title=name)
    search.rebuild()
    browser = signed_in(reader)
    address, query = box(reader, plan)

    def names_in(typed):
        page = re.sub(r"<[^>]+>", "", browser.get(address, {**query, "q": typed}).text)
        return {name for name in TYPED if name in page}

    asked = [(name, typed) for name, typed in ALL if box not in OF_SKILLS or typed not in IN_ONE_PIECE]
    assert {(name, typed) for name, typed in asked if names_in(typed) != {name}} == set()


@pytest.mark.django_db
@pytest.mark.parametrize("purpose", sorted(person_picker._purposes))
def test_a_field_that_names_somebody_finds_names_however_they_are_typed(purpose, monkeypatch):
    reader = PersonFactory()
    people = {name: PersonFactory(first_name="Zz", last_name=name) for name in TYPED}
    allowed = type(reader).objects.visible_to(reader)
    monkeypatch.setitem(person_picker._purposes, purpose, lambda *_about: allowed)
    reference = seal([purpose, "person"], reader=reader, place=person_picker.PLACE)
    for name, typed in ALL:
        assert person_picker.suggested(reader, reference, {"person": typed}) == ("person", [people[name]])
