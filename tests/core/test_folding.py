import ast
import importlib

import pytest

from communities.models import Community
from communities.services import edit_community
from rse.core import folding
from rse.core.columns import FoundByField
from rse.core.models import Person, Position
from rse.core.ops.invariants import counts
from rse.core.people.services.leavers import forget_people
from rse.core.people.services.staffing import change_people, update_rows, write_units
from talent.succession.queries import positions_found
from tests.architecture.tree import Tree
from tests.factories import PersonFactory, PositionFactory
from tests.factories.communities import CommunityFactory

frozen = importlib.import_module("rse.core.migrations._names")

FOUND = [
    *[("elodie", "Élodie"), ("Élodie", "Elodie"), ("ELODIE", "Élodie"), ("elo", "E\u0301lodie")],
    *[("n'diaye", "N’Diaye"), ("ndiaye", "N’Diaye"), ("N’Diaye", "N'Diaye"), ("n diaye", "N’Diaye"), ("diaye", "N`Diaye")],
    *[("ndiaye", "NʼDiaye"), ("n'diaye", "NʻDiaye"), ("n'diaye", "Ndiaye"), ("l’hermite zoé", "Zoe Lhermite"), ("anne-laure", "Annelaure")],
    *[("anne laure", "Anne-Laure"), ("anne-laure", "Anne Laure"), ("annelaure", "Anne-Laure"), ("laure", "Anne‑Laure")],
    *[("coeur", "Cœur"), ("Cœur", "Coeur"), ("strasse", "Straße"), ("straße", "Strasse"), ("aegir", "Ægir"), ("lukasz", "Łukasz")],
    *[("jorgensen", "Jørgensen"), ("istanbul", "İstanbul"), ("zoe", "Ｚｏé")],
]
NOT_FOUND = [
    *[("lodie", "Élodie"), ("n'diaye", "Diane"), ("anne laure", "Anne"), ("n diaye", "Ndiaye"), ("n'di x", "Ndiaye")],
    *[("%", "Anne"), ("_", "Anne"), ("'", "N’Diaye"), (" ", "Anne")],
]


@pytest.mark.parametrize(("typed", "name", "is_found"), [(*pair, True) for pair in FOUND] + [(*pair, False) for pair in NOT_FOUND])
@pytest.mark.django_db
def test_name_is_found_however_it_is_typed(typed, name, is_found):
    person, community = PersonFactory(last_name=name), CommunityFactory(name=name)
    assert folding.finds(typed, name) is is_found
    assert list(Person.objects.named(typed)) == [person] * is_found
    assert list(Community.objects.named(typed)) == [community] * is_found


@pytest.mark.parametrize(("typed", "name", "is_found"), [(*pair, True) for pair in FOUND] + [(*pair, False) for pair in NOT_FOUND])
@pytest.mark.django_db
def test_position_is_found_by_its_title_and_the_name_of_its_unit(typed, name, is_found):
    reader, titled, inside = (
        PersonFactory(),
        PositionFactory(title=name, code="Z1"),
        PositionFactory(unit__name=name, title="Zz", code="Z2"),
    )
    found = [one["position"] for one in positions_found(reader, typed)]
    assert {one.pk for one in found} == ({titled.pk, inside.pk} if is_found else set())


@pytest.mark.parametrize("name", [name for _typed, name in FOUND] + ["", "O´Brien", "R&D / Qualité (Lyon)"])
def test_rows_that_existed_are_found_as_new_ones_are(name):
    assert frozen.found_by(name, "Durand") == folding.found_by(name, "Durand")


def test_each_word_and_each_whole_name_stands_after_a_blank():
    assert folding.found_by("Anne-Laure", "N’Diaye Le Cœur") == " anne laure annelaure n diaye ndiaye le coeur"
    assert folding.fold("  C++ et\u00a0 l’Été ") == "c++ et l’ete"


@pytest.mark.django_db
def test_whoever_takes_another_name_is_found_by_it_alone(django_assert_num_queries):
    person = PersonFactory(first_name="Zoé", last_name="Lemoine")
    change_people(rows=[(person.pk, {"last_name": "Le Gall"})])
    assert list(Person.objects.named("le gall zoe")) == [person]
    assert not Person.objects.named("lemoine").exists()
    assert counts()["found and ordered by their names"] == 0
    Person.objects.filter(pk=person.pk).update(last_name="Lemoine")
    assert counts()["found and ordered by their names"] == 1


@pytest.mark.django_db
def test_community_that_takes_another_name_is_found_by_it_alone():
    owner = PersonFactory()
    community = CommunityFactory(owners=[owner], name="Données & usages")
    edit_community(editor=owner, community=community, version=community.version, name="Qualité", purpose="Dire ce qui va.")
    assert list(Community.objects.named("qualite")) == [community]
    assert not Community.objects.named("donnees").exists()
    assert counts()["found and ordered by their names"] == 0
    Community.objects.update(name="Données")
    assert counts()["found and ordered by their names"] == 1


@pytest.mark.django_db
def test_position_and_unit_that_take_another_name_are_found_by_it_alone():
    position = PositionFactory(title="Chef d’atelier", unit__name="Données")
    update_rows(model=Position, rows=[(position.pk, {"title": "Ingénieure"})])
    write_units(new={}, parents={}, changed=[(position.unit_id, {"name": "Qualité"})])
    for typed, is_found in {"ingenieure qualite": True, "atelier": False, "donnees": False}.items():
        assert [one["position"] for one in positions_found(PersonFactory(), typed)] == [position] * is_found
    assert counts()["found and ordered by their names"] == 0


@pytest.mark.django_db
def test_nothing_is_found_of_whoever_left_long_ago():
    person = PersonFactory(left=True, first_name="Zoé")
    forget_people([person.pk])
    assert Person.objects.get(pk=person.pk).found_by == ""
    assert counts()["found and ordered by their names"] == 0


def test_migrations_see_a_plain_column():
    field = Person._meta.get_field("found_by")
    assert isinstance(field, FoundByField)
    assert field.deconstruct()[1:] == ("django.db.models.TextField", [], {"blank": True, "editable": False})


@pytest.mark.once
def test_nothing_is_found_by_what_its_column_holds_as_it_is_written():
    written = {
        f"{module.name}: {word.arg}"
        for module in Tree().modules
        for word in ast.walk(module.tree)
        if isinstance(word, ast.keyword) and (word.arg or "").endswith(("__icontains", "__istartswith"))
    }
    assert written == set()


FOLDED_ELSEWHERE = {
    "rse.core.people.private_words": "more than two spellings have in common: where a word of private life stands in a text",
    "rse.core.characters": "what letters look like, whatever they mean",
    "rse.core.web.csv_export": "what a spreadsheet takes for the beginning of a formula",
    "rse.core.wording": "case alone: the end of a title that another form takes the place of",
    "rse.demo.texts.sentences": "case alone: whether two people of the demonstration say the same sentence",
    "rse.hris.files.lookalikes": "case alone, as the skeletons that names are compared with",
    "rse.hris.files.snapshot": "case alone: an accent sets two sites apart",
}


def is_folding(node):
    """Return whether ``node`` takes case, accents or widths off a text; composing one takes nothing off."""
    if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("normalize"):
        return bool(node.args) and ast.unparse(node.args[0]) != "'NFC'"
    return isinstance(node, ast.Attribute) and node.attr in {"casefold", "combining"}


@pytest.mark.once
def test_words_are_folded_in_one_place():
    modules = [module for module in Tree().modules if not module.is_migration]
    folding_here = {module.name for module in modules if any(is_folding(node) for node in ast.walk(module.tree))}
    assert folding_here == {"rse.core.folding", *FOLDED_ELSEWHERE}


@pytest.mark.parametrize(
    ("code", "is_found"),
    [
        ('unicodedata.normalize("NFKD", name)', True),
        ("normalize(form, name)", True),
        ("sorted(names, key=str.casefold)", True),
        ("unicodedata.combining(letter)", True),
        ('unicodedata.normalize("NFC", name)', False),
        ("folding.fold(name).lower()", False),
    ],
)
def test_a_fold_written_by_hand_is_found(code, is_found):
    assert any(is_folding(node) for node in ast.walk(ast.parse(code))) is is_found
