"""The files of texts: each is read, and one that is broken says where."""

import ast
from typing import Literal, NamedTuple

import pytest

from rse.demo.texts import TABLES, themes, written
from rse.demo.texts.loader import FOLDER, BrokenText, read

LONGEST_FILE = 400


class Part(NamedTuple):
    word: str
    number: int = 0
    is_shown: bool = False
    kind: Literal["day", "night"] = "day"


class Whole(NamedTuple):
    title: str
    parts: tuple[Part, ...] = ()
    best: Part | None = None


SHAPES = {"whole": tuple[Whole, ...], "named": dict[str, Part]}


@pytest.fixture
def read_text(tmp_path):
    def of(text):
        (tmp_path / "some.toml").write_text(text, encoding="utf-8")
        return read("some.toml", SHAPES, folder=tmp_path)

    return of


def test_file_becomes_objects_in_its_order(read_text):
    text = """
[[whole]]
title = "Été"
parts = [{ word = "b", number = 2, kind = "night" }, { word = "a" }]
best = { word = "c", is_shown = true }

[[whole]]
title = ""

[named.zoe]
word = "z"
[named.ana]
word = "a"
"""
    found = read_text(text)
    assert found["whole"] == (Whole("Été", (Part("b", 2, kind="night"), Part("a")), Part("c", is_shown=True)), Whole(""))
    assert list(found["named"].items()) == [("zoe", Part("z")), ("ana", Part("a"))]


WRONG = {
    "whole = [": "some.toml: Invalid value (at end of document)",
    "named = {}": "some.toml: the table “whole” is missing",
    "whole = []\nnamed = {}\nother = 1": "some.toml: unknown table “other”; known here: whole, named",
    "whole = 3\nnamed = {}": "some.toml: whole should be an array, and is 3",
    "whole = [3]\nnamed = {}": "some.toml: whole 1 should be a table, and is 3",
    "whole = []\nnamed = []": "some.toml: named should be a table of tables, and is []",
    "[[whole]]\ntitle = 'a'\n[[whole]]\n[named]": "some.toml: whole 2: the field “title” is missing",
    "[[whole]]\ntitle = 'a'\nheading = 'b'\n[named]": "some.toml: whole 1: unknown field “heading”; known here: title, parts, best",
    "[[whole]]\ntitle = 1\n[named]": "some.toml: whole 1: title should be a text, and is 1",
    "whole = []\nnamed.zoe.number = 1": "some.toml: named.zoe: the field “word” is missing",
    "whole = []\n[named.zoe]\nword = 'z'\nnumber = true": "some.toml: named.zoe: number should be a whole number, and is True",
    "whole = []\n[named.zoe]\nword = 'z'\nis_shown = 1": "some.toml: named.zoe: is_shown should be true or false, and is 1",
    "[[whole]]\ntitle = 'a'\nparts = [{ word = 'b' }, { word = 'c', kind = 'noon' }]\n[named]": (
        "some.toml: whole 1: parts 2: kind should be one of day, night, and is 'noon'"
    ),
}


@pytest.mark.parametrize(("text", "said"), WRONG.items())
def test_broken_file_says_where_and_what(read_text, text, said):
    with pytest.raises(BrokenText) as raised:
        read_text(text)
    assert str(raised.value) == said


def test_file_that_is_absent_or_of_another_encoding_is_named(tmp_path):
    (tmp_path / "latin.toml").write_bytes("title = 'é'".encode("latin-1"))
    for name in ("none.toml", "latin.toml"):
        with pytest.raises(BrokenText, match=f"^{name}: "):
            read(name, SHAPES, folder=tmp_path)


def test_every_file_of_texts_is_read_and_short():
    names = [*TABLES, *(f"themes/{theme.key}_{kind}" for theme in themes() for kind in ("questions", "posts"))]
    files = {path.relative_to(FOLDER).with_suffix("").as_posix(): path for path in FOLDER.rglob("*.toml")}
    assert files.keys() == set(names)
    assert {name: path for name, path in files.items() if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST_FILE} == {}
    assert all(found for name in names for found in written(name).values())


def test_no_module_of_texts_is_made_of_words_only():
    trees = {path.name: ast.parse(path.read_text(encoding="utf-8")) for path in FOLDER.rglob("*.py")}
    code = (ast.FunctionDef, ast.ClassDef)
    assert [name for name, tree in trees.items() if not any(isinstance(node, code) for node in ast.walk(tree))] == []
