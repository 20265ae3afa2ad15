"""Who saves second is shown both versions, by one mechanism for every form of a row that others may save meanwhile."""

import ast
import datetime
import re

import pytest
from django import forms
from django.http import QueryDict

from rse.core.models import Person, Site, Unit
from rse.core.versions import EditedMeanwhile, begun_once, expect_version, save_over
from rse.core.web.conflicts import Versioned, VersionField, VersionForm, in_words
from rse.core.web.forms import OwnNames
from tests.architecture.tree import Tree
from tests.every_form import form_classes
from tests.factories import PersonFactory, SiteFactory, UnitFactory

pytestmark = pytest.mark.django_db

# Nothing is typed there, or another state would be decided about: whoever was late is shown the page as it stands.
ANOTHER_PAGE = {
    "rse.governance.views.features.feature_confirm",
    "onboarding.views.templates.publish",
    "mobility.views.files.move",
}


def views_that_may_be_late():
    """Yield each handler of ``EditedMeanwhile`` in a view, with the function that it stands in and its module."""
    for module in Tree().modules:
        if module.part != "views":
            continue
        for function in ast.walk(module.tree):
            if isinstance(function, ast.FunctionDef):
                for node in ast.walk(function):
                    if isinstance(node, ast.ExceptHandler) and node.type and "EditedMeanwhile" in ast.unparse(node.type):
                        yield module, function


def answers(function):
    return [node for node in ast.walk(function) if isinstance(node, ast.Call) and ast.unparse(node.func) == "conflicts.answer"]


@pytest.mark.once
def test_every_form_with_a_version_is_one_of_the_kit():
    forms_of_versions = [one for one in form_classes() if "version" in one.base_fields]
    assert len(forms_of_versions) > 12
    for form in forms_of_versions:
        assert isinstance(form.base_fields["version"], VersionField), form
        assert issubclass(form, Versioned) or form is VersionForm, form


@pytest.mark.once
def test_every_view_that_may_be_late_shows_both_versions():
    found = {f"{module.name}.{function.name}": answers(function) for module, function in views_that_may_be_late()}
    assert {name for name, calls in found.items() if not calls} == ANOTHER_PAGE


@pytest.mark.once
def test_every_page_of_a_conflict_has_the_place_for_it():
    templates = {template.path.as_posix(): template for template in Tree().templates}
    shown = set()
    for module, function in views_that_may_be_late():
        constants = {target.id: node.value for node in module.tree.body if isinstance(node, ast.Assign) for target in node.targets}
        for call in answers(function):
            named = constants[call.args[1].id] if isinstance(call.args[1], ast.Name) else call.args[1]
            shown.add(named.value)
    assert len(shown) > 12
    for name in shown:
        [template] = [one for path, one in templates.items() if path.endswith(f"/templates/{name}")]
        assert '{% include "components/conflict.html" with form=form only %}' in template.text, name


# What these count is seen by whoever reads the page.
SHOWN = {
    "charter.version",  # the number by which people know it
    "switch.version",  # the conditions of a feature, to those who confirm them
    "draft.version",  # the steps of a template, to HR who writes them
}


@pytest.mark.once
def test_no_page_carries_a_number_of_acts():
    written = {found for template in Tree().templates for found in re.findall(r"{{\s*([\w.]+\.\w*version)\b", template.spoken)}
    assert {one for one in written if not one.endswith("form.version")} == SHOWN


def compares_versions(node):
    is_asked = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {"filter", "exclude", "get"}
    return is_asked and {"version", "note_version"} & {one.arg for one in node.keywords} and "Charter" not in ast.unparse(node.func)


@pytest.mark.once
def test_no_service_compares_versions_by_hand():
    modules = [one for one in Tree().modules if one.name != "rse.core.versions" and not one.is_migration]
    assert [f"{one.place}:{node.lineno}" for one in modules for node in ast.walk(one.tree) if compares_versions(node)] == []


def services():
    """Yield each function of a service, with its module."""
    for module in Tree().modules:
        if module.part == "services" and not module.is_migration:
            yield from ((module, node) for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef))


@pytest.mark.once
def test_one_module_says_that_somebody_saved_meanwhile():
    nodes = [(module.name, node) for module in Tree().modules for node in ast.walk(module.tree)]
    made = {name for name, node in nodes if isinstance(node, ast.Raise | ast.Call) and "EditedMeanwhile" in ast.unparse(node)}
    assert made == {"rse.core.versions"}


@pytest.mark.once
def test_every_service_that_may_be_late_takes_the_version_that_was_read():
    late = {(one.place, node.name): node for one, node in services() if "EditedMeanwhile:" in (ast.get_docstring(node) or "")}
    assert len(late) > 12
    for place, node in late.items():
        asked = {one.arg: ast.unparse(one.annotation) for one in node.args.kwonlyargs}
        assert asked.get("version") == "int", place


def read_columns(function):
    """Yield each comparison of a column of what the caller passed with that of another row: a lock by hand, which knows one column."""
    given = {one.arg for one in (*function.args.args, *function.args.kwonlyargs)}
    for node in ast.walk(function):
        if isinstance(node, ast.Compare) and len(node.comparators) == 1:
            sides = (node.left, node.comparators[0])
            if all(isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name) for one in sides):
                is_one_column = sides[0].attr == sides[1].attr and sides[0].attr not in {"pk", "id"}
                if is_one_column and sides[0].value.id != sides[1].value.id and given & {one.value.id for one in sides}:
                    yield node


@pytest.mark.once
def test_no_service_compares_the_row_with_what_its_caller_read():
    found = [f"{module.place}:{node.lineno} {ast.unparse(node)}" for module, function in services() for node in read_columns(function)]
    assert found == []


BY_HAND = """
def move(*, actor, application, state):
    row = locked(application)
    if row.state != application.state:
        raise Moved(row)
"""


@pytest.mark.parametrize(("text", "found"), [(BY_HAND, 1), (BY_HAND.replace(".state !=", ".pk !=").replace(".state:", ".pk:"), 0)])
def test_row_that_is_compared_with_what_its_caller_read_is_found(text, found):
    assert len(list(read_columns(ast.parse(text).body[0]))) == found


# What forms send back unseen, versions excepted. What was read of a row is none of these.
UNSEEN = {
    "key": "makes one row of a form that is sent twice",
    "about": "which answer a remark is about, by its public id, asked for again when it is sent",
    "state": "where the button of a step takes an application",
    "credential": "what a key in hardware answers",
}


@pytest.mark.once
def test_what_forms_send_back_unseen_is_a_version_or_says_nothing_of_what_was_read():
    fields = [(name, field) for form in form_classes() for name, field in form.base_fields.items() if field.widget.is_hidden]
    assert {name for name, field in fields if not isinstance(field, VersionField)} == set(UNSEEN)


class WalkForm(Versioned, OwnNames, forms.Form):
    title = forms.CharField()
    on = forms.DateField()
    unit = forms.ModelChoiceField(queryset=Unit.objects.none())
    languages = forms.MultipleChoiceField(choices=[("fr", "French"), ("en", "English"), ("de", "German")])
    size = forms.TypedChoiceField(coerce=int, choices=[(1, "one"), (2, "two")])
    is_open = forms.BooleanField(required=False)
    version = VersionField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.order_by("pk")


def test_both_versions_are_said_in_words_where_they_differ():
    here, there = UnitFactory(name="Lyon"), UnitFactory(name="Lyon")
    data = QueryDict(f"its_title=Walk&on=2026-12-01&unit={here.pk}&languages=de&languages=fr&size=2&version=1")
    form = WalkForm(data)
    assert form.is_valid()
    day = datetime.date(2026, 12, 2)
    form.meet({"title": "Walk", "on": day, "unit": there, "languages": ["fr"], "size": 2, "is_open": True, "version": 4})
    assert [(one["label"], one["mine"], one["theirs"]) for one in form.differences] == [
        ("On", in_words(form.fields["on"], datetime.date(2026, 12, 1)), in_words(form.fields["on"], day)),
        ("Unit", "Lyon", "Lyon"),
        ("Languages", "French, German", "French"),
        ("Is open", in_words(form.fields["is_open"], False), in_words(form.fields["is_open"], True)),
    ]
    assert '<input type="hidden" name="version" value="4"' in str(form["version"])
    assert 'value="Walk"' in str(form["title"])
    assert data["version"] == "1"


@pytest.mark.parametrize(("sent", "version"), [("", 0), ("0", 0), ("7", 7)])
def test_version_that_is_not_sent_is_that_of_no_row(sent, version):
    assert VersionField(required=False).clean(sent) == version


@pytest.mark.parametrize("sent", ["-1", "x", str(2**31)])
def test_version_that_no_row_can_have_is_refused(sent):
    with pytest.raises(forms.ValidationError):
        VersionField().clean(sent)


def test_second_row_of_who_read_none_is_not_written():
    site = SiteFactory()
    with pytest.raises(EditedMeanwhile) as meanwhile, begun_once(lambda: Site.objects.get(pk=site.pk)):
        Site.objects.create(pk=site.pk, name="Second")
    assert (meanwhile.value.current, Site.objects.count()) == (site, 1)
    with begun_once(lambda: None):
        Site.objects.create(name="Elsewhere")
    assert Site.objects.count() == 2


def test_only_what_still_stands_is_saved_over():
    person = PersonFactory()
    rows = Person.objects.filter(pk=person.pk)
    save_over(rows, person.version, {"about": "First"})
    with pytest.raises(EditedMeanwhile) as meanwhile:
        save_over(rows, person.version, {"about": "Second"})
    assert (meanwhile.value.current.about, meanwhile.value.current.version) == ("First", person.version + 1)
    with pytest.raises(EditedMeanwhile) as gone:
        save_over(Person.objects.none(), 1, {"about": "Third"})
    assert gone.value.current is None
    expect_version(rows.get(), person.version + 1)
    expect_version(None, 0)
    for current, version in ((rows.get(), person.version), (None, 1), (rows.get(), 0)):
        with pytest.raises(EditedMeanwhile):
            expect_version(current, version)
