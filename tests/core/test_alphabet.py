"""Whatever is listed by name stands in the order of the language, on every database and in every list."""

import ast

import pytest

from rse.core.folding import sorts_as
from rse.core.models import Person, Unit
from tests.architecture.tree import Tree
from tests.factories import PersonFactory, UnitFactory

IN_ORDER = [
    *["alix", "Anne", "Anne-Laure", "Anne Marie", "Annelise", "Bernard", "Eder", "Éder", "Élodie", "Étienne", "Evrard"],
    *["Le Goff", "Leblanc", "N'Diaye", "Ndiayé", "ndour", "Obert", "Œuvre", "Oger", "Zoé"],
]
FAMILIES_IN_ORDER = [
    *["d’Alembert", "Bernard", "De Smet", "Des Esseintes", "Du Bellay", "Éluard", "Goulet", "de La Fontaine", "Le Goff", "L’Hermite"],
    *["d'Ormesson", "van den Berg", "Van Hove"],
]


@pytest.mark.django_db
def test_names_stand_in_the_order_of_the_language_in_python_and_in_the_database():
    for name in reversed(IN_ORDER):
        UnitFactory(name=name)
    assert sorted(IN_ORDER, key=sorts_as) == IN_ORDER
    assert list(Unit.objects.filter(name__in=IN_ORDER).order_by("sorts_as").values_list("name", flat=True)) == IN_ORDER
    assert [unit.name for unit in sorted(Unit.objects.filter(name__in=IN_ORDER), key=lambda unit: unit.sorts_as)] == IN_ORDER


@pytest.mark.django_db
def test_family_names_stand_without_the_particle_that_does_not_count():
    for name in reversed(FAMILIES_IN_ORDER):
        PersonFactory(last_name=name)
    assert [one.last_name for one in Person.objects.filter(last_name__in=FAMILIES_IN_ORDER).by_name()] == FAMILIES_IN_ORDER


@pytest.mark.django_db
def test_people_of_one_family_stand_by_first_name_and_those_with_one_name_by_that():
    names = [("Zoé", "Abel"), ("Élodie", "Martin"), ("Fanny", "Martin"), ("Alix", "Martin Petit"), ("", "Martinez"), ("Mona", "")]
    for first, last in reversed(names):
        PersonFactory(first_name=first, last_name=last)
    assert list(Person.objects.by_name().values_list("first_name", "last_name")) == names


@pytest.mark.django_db
def test_directory_goes_on_where_its_page_ended(signed_in):
    reader = PersonFactory(first_name="Zz", last_name="Zz")
    names = sorted({f"{letter}{number:02}" for letter in "EÉeOŒ" for number in range(13)}, key=sorts_as)
    for name in names:
        PersonFactory(first_name="Anne", last_name=name)
    browser, address, seen = signed_in(reader), "/people/", []
    while address:
        page = browser.get(address).context["listing"].page
        seen += [one.last_name for one in page.rows]
        address = page.older_url and f"/people/{page.older_url}"
    assert seen == [*names, "Zz"]


NAMES = {"name", "title", "label", "label_fr", "label_en", "first_name", "last_name"}
ORDERED_OTHERWISE = {
    ("rse.core.web.views.operations", "name"): "names of jobs, which no language orders",
    ("rse.core.ops.retention", "name"): "names of periods, which no language orders",
    ("rse.governance.views.retention", "period__name"): "after what is read: names of periods, which nobody reads",
    ("rse.governance.gates", "name"): "names of features in the source",
    ("search.documents", "name"): "names of kinds, to tell people from the rest",
    ("rse.demo.company.organisation", "title"): "which of two people is taken, by what their title says",
    ("rse.core.events.deliveries", "event__name"): "names of events, which no language orders",
    ("rse.core.ops.first_steps", "name"): "names of steps in the source",
    ("rse.core.ops.checks.background", "name"): "names of jobs, which no language orders",
    ("rse.core.ops.backups.making", "name"): "names of tables and files, in which a backup is written",
    ("rse.hris.services.folder", "name"): "names of files, of those that were written in one moment",
}


def is_folded(node):
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "sorts_as"


def orders(tree):
    """Yield the columns and attributes that rows are ordered by, wherever an order is written."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func).rpartition(".")[2]
        said = [*node.args] if called == "order_by" else [one.value for one in node.keywords if one.arg in {"order", "ordering"}]
        for one in said:
            yield from (word.value.lstrip("-") for word in ast.walk(one) if isinstance(word, ast.Constant) and isinstance(word.value, str))
        for one in node.keywords:
            if called in {"sorted", "sort", "min", "max"} and one.arg == "key" and isinstance(one.value, ast.Lambda):
                asked = one.value.args.args[0].arg
                folded = {id(word) for part in ast.walk(one.value) if is_folded(part) for word in ast.walk(part)}
                yield from (
                    ast.unparse(word).removeprefix(f"{asked}.").replace(".", "__")
                    for word in ast.walk(one.value.body)
                    if isinstance(word, ast.Attribute) and ast.unparse(word).startswith(f"{asked}.") and id(word) not in folded
                )


def by_raw_names(tree):
    return {column for column in orders(tree) if column.rpartition("__")[2] in NAMES}


@pytest.mark.once
def test_no_list_is_ordered_by_a_name_as_it_is_written():
    found = {(module.name, column) for module in Tree().modules if not module.is_migration for column in by_raw_names(module.tree)}
    assert found == ORDERED_OTHERWISE.keys()


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('people.order_by("person__last_name", "pk")', {"person__last_name"}),
        ('page_of(rows, request, order=("-name", "pk"), size=3)', {"name"}),
        ("sorted(units, key=lambda unit: (unit.name, unit.pk))", {"name"}),
        ("sorted(offers, key=lambda one: one.mentor.unit.name)", {"mentor__unit__name"}),
        ('people.order_by(f"label_{language}")', set()),
        ('people.order_by("sorts_as", "pk")', set()),
        ("sorted(units, key=lambda unit: (unit.sorts_as, unit.pk))", set()),
        ("sorted(rows, key=lambda row: (-row.year, sorts_as(row.title)))", set()),
        ('people.filter(name="Anne")', set()),
    ],
)
def test_an_order_by_names_as_they_are_written_is_seen(code, found):
    assert by_raw_names(ast.parse(code)) == found
