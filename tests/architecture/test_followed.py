"""A template that follows a row to one with readers of its own may show what they were never asked about: each such path is judged."""

import csv
import re
from pathlib import Path

import pytest
from django.apps import apps

from .tree import HOUSE

pytestmark = pytest.mark.once
JUDGED = Path(__file__).with_name("followed.csv")
TAG = re.compile(r"{[{%].*?[%}]}", re.DOTALL)
# People are shown to everybody inside by name alone, and their other fields are cut where a profile is.
KNOWN_TO_ALL = {"core.Person"}


def relations():
    """The names of relations that lead to one row of a model with readers."""
    return {
        field.name
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.many_to_one
        and field.concrete
        and hasattr(field.related_model, "readers")
        and field.related_model._meta.label not in KNOWN_TO_ALL
    }


def followed(text, names):
    """The paths of ``text`` that go through one of ``names`` to something behind it, each as far as that name."""
    through = re.compile(rf"(?<![\w.\"'])((?:\w+\.)+(?:{'|'.join(sorted(names))}))\.\w")
    return {path for tag in TAG.findall(text) for path in through.findall(tag)}


def test_every_followed_row_is_judged():
    names = relations()
    found = {
        (path.as_posix().partition("/templates/")[2], one)
        for path in HOUSE.rglob("templates/**/*.html")
        if not {".venv", "var", "tests"} & set(path.relative_to(HOUSE).parts)
        for one in followed(path.read_text(encoding="utf-8"), names)
    }
    with JUDGED.open(encoding="utf-8") as table:
        judged = {(row["template"], row["path"]): row["why"] for row in csv.DictReader(table)}

    assert found == judged.keys()
    assert all(judged.values())


def test_a_followed_row_is_found():
    text = '{% if step.community.name %}{{ one.step.community.slug }}{% endif %}{{ community.name }} {{ step.community }} "a.community.b"'
    assert followed(text, {"community"}) == {"step.community", "one.step.community"}
