import os
import shutil
import subprocess
import sys

import polib
import pytest
from django.core.management import CommandError, call_command

from rse.core.ops import catalogues
from tests.architecture import catalogue
from tests.architecture.catalogue import Key, Message
from tests.architecture.tree import HOUSE

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def messages(house):
    return catalogue.extracted(house)


def test_the_french_catalogue_is_complete(messages):
    assert catalogue.FRENCH.exists(), "make translations makes it"
    assert catalogue.catalogue_problems(messages, polib.pofile(str(catalogue.FRENCH))) == []


def test_the_source_is_english_and_can_be_translated(house, messages):
    assert catalogue.unreadable(house) + catalogue.source_problems(messages) == []


def test_gettext_reads_the_same_from_the_source(messages, tmp_path):
    if not shutil.which("xgettext"):
        if os.environ.get("CI"):
            pytest.fail("xgettext is not on this machine: install the package gettext")
        pytest.skip("xgettext is not on this machine: the package gettext has it")
    rooms = [path for path in HOUSE.iterdir() if (path / "__init__.py").exists() and path.name != "tests"]
    for room in rooms:
        shutil.copytree(room, tmp_path / room.name, ignore=shutil.ignore_patterns("locale", "vendor", "__pycache__"))
    (tmp_path / "locale").mkdir()
    command = [sys.executable, "-m", "django", "makemessages", "--locale=fr", "--keep-pot", "--no-wrap", "--no-location"]
    alone = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    subprocess.run(command, cwd=tmp_path, env=alone, check=True, capture_output=True)
    theirs = polib.pofile(str(tmp_path / "locale" / "django.pot"))
    assert {Key(entry.msgid, entry.msgctxt or ""): entry.msgid_plural for entry in theirs} == {
        key: min(message.plurals, default="") for key, message in messages.items()
    }


def test_everything_that_is_marked_is_extracted(plant):
    tree = plant(
        {
            "talent/models.py": """
_("plain")
gettext("a" "b")
pgettext_lazy("person", "Left")
ngettext("%(count)s line", "%(count)s lines", count) % {"count": count}
npgettext("of a plan", "one", "many", n)
translation.gettext_noop("kept")
_(variable)
""",
            "talent/templates/talent/page.html": """
{% translate "inline" %}{% translate 'with context' context 'a page' %}{% translate "100 %" %}
{% blocktranslate trimmed with name=x %}
  Block of
  {{ name }}
{% endblocktranslate %}
{% blocktranslate count counter=n %}{{ counter }} row{% plural %}{{ counter }} rows{% endblocktranslate %}
{{ _("in a variable") }}{% include "x.html" with title=_("in an include") %}{# {% translate "not this" %} #}
""",
        }
    )
    assert {(key.context, key.singular, *message.plurals) for key, message in catalogue.extracted(tree).items()} == {
        ("", "plain"),
        ("", "ab"),
        ("person", "Left"),
        ("", "%(count)s line", "%(count)s lines"),
        ("of a plan", "one", "many"),
        ("", "kept"),
        ("", "inline"),
        ("a page", "with context"),
        ("", "100 %%"),
        ("", "Block of %(name)s"),
        ("", "%(counter)s row", "%(counter)s rows"),
        ("", "in a variable"),
        ("", "in an include"),
    }


SOURCES = {
    "accents": ('_("Déjà lu")', "looks French"),
    "words": ('_("Votre avis sur le sujet")', "looks French"),
    "positional": ('_("%s lines")', "a placeholder has a name"),
    "positional_braces": ('_("100 % of {}")', "a placeholder has a name"),
    "two_plurals": ('ngettext("%(n)s line", "%(n)s lines", n)\nngettext("%(n)s line", "%(n)s rows", n)', "has two plurals"),
}


@pytest.mark.parametrize(("text", "said"), SOURCES.values(), ids=SOURCES)
def test_a_bad_source_text_is_found(plant, text, said):
    (problem,) = catalogue.source_problems(catalogue.extracted(plant({"talent/models.py": text})))
    assert problem.startswith("talent/models.py:1: ")
    assert said in problem


def test_an_f_string_is_found(plant):
    (problem,) = catalogue.unreadable(plant({"talent/models.py": '_(f"{count} lines")'}))
    assert problem.startswith("talent/models.py:1: an f-string cannot be translated")


ONE = {Key("%(count)s line of %(unit)s"): Message({"%(count)s lines of %(unit)s"}, ["a.py:1"])}
GOOD = '#, python-format\nmsgid "%(count)s line of %(unit)s"\nmsgid_plural "%(count)s lines of %(unit)s"\n'
CATALOGUES = {
    "missing": ("", "is not in the catalogue"),
    "too_many": (
        f'{GOOD}msgstr[0] "Une ligne de %(unit)s"\nmsgstr[1] "%(count)s lignes de %(unit)s"\nmsgid "old"\nmsgstr "vieux"',
        "nowhere in the source",
    ),
    "empty": (f'{GOOD}msgstr[0] "%(count)s ligne de %(unit)s"\nmsgstr[1] ""', "no translation"),
    "a_guess": (f'#, fuzzy\n{GOOD}msgstr[0] "%(count)s ligne de %(unit)s"\nmsgstr[1] "%(count)s lignes de %(unit)s"', "marked as a guess"),
    "placeholder": (f'{GOOD}msgstr[0] "%(count)s ligne de %(unit)s"\nmsgstr[1] "%(counts)s lignes de %(unit)s"', "the placeholders differ"),
    "placeholder_lost": (f'{GOOD}msgstr[0] "%(count)s ligne"\nmsgstr[1] "%(count)s lignes de %(unit)s"', "the placeholders differ"),
    "no_plural": ('msgid "%(count)s line of %(unit)s"\nmsgstr "%(count)s ligne de %(unit)s"', "the plural of the source"),
    "typewriter": (
        f'{GOOD}msgstr[0] "%(count)s ligne d\'%(unit)s de l\'an"\nmsgstr[1] "%(count)s lignes de %(unit)s"',
        "the apostrophe is ’",
    ),
    "elided": (f'{GOOD}msgstr[0] "%(count)s ligne de %(name)s"\nmsgstr[1] "%(count)s lignes de %(unit)s"', "a name may begin with a vowel"),
    "english_quotes": (f'{GOOD}msgstr[0] "%(count)s ligne de “%(unit)s”"\nmsgstr[1] "%(count)s lignes de %(unit)s"', "quotes are « and »"),
    "tight": (
        f'{GOOD}msgstr[0] "%(count)s ligne de %(unit)s"\nmsgstr[1] "%(count)s lignes de %(unit)s !"',
        "a no-break space stands before ? ! ;",
    ),
}


@pytest.mark.parametrize(("text", "said"), CATALOGUES.values(), ids=CATALOGUES)
def test_a_bad_catalogue_is_found(text, said):
    assert [problem for problem in catalogue.catalogue_problems(ONE, polib.pofile(f'msgid ""\nmsgstr ""\n\n{text}\n')) if said in problem]


def test_a_good_catalogue_has_no_problem():
    words = {
        "%(count)s line of %(unit)s": None,
        "Who reads this?": "Qui lit ceci\u202f?",
        "Note: “see” here; soon…": "Note\u00a0: «\u00a0voir\u00a0» ici\u202f; bientôt…",
        "At 10:30, see <a href='/a?b'>it</a>!": "À 10:30, voyez-<a href='/a?b'>le</a>\u202f!",
    }
    text = GOOD + 'msgstr[0] "%(count)s ligne de %(unit)s"\nmsgstr[1] "%(unit)s\u00a0: %(count)s lignes"\n'
    text += "".join(f'\nmsgid "{key}"\nmsgstr "{value}"\n' for key, value in words.items() if value)
    messages = {Key(key): Message(set(), ["a.py:1"]) for key, value in words.items() if value} | ONE
    assert catalogue.catalogue_problems(messages, polib.pofile(f'msgid ""\nmsgstr ""\n\n{text}')) == []


def test_a_refresh_keeps_what_was_translated_and_is_stable(tmp_path):
    path = tmp_path / "fr" / "django.po"
    assert catalogue.refresh(ONE | {Key("b"): Message(set(), ["a.py:2"])}, path) == (2, 0, 2)
    half = polib.pofile(str(path))
    half.find("b").msgstr = "Qu'est-ce que « b » ?"
    half.save()
    assert catalogue.refresh({Key("a", "of a plan"): Message(), Key("b"): Message()}, path) == (1, 1, 1)
    written = path.read_text()
    assert [(entry.msgctxt, entry.msgid, entry.msgstr) for entry in polib.pofile(written)] == [
        ("of a plan", "a", ""),
        (None, "b", "Qu’est-ce que «\u00a0b\u00a0»\u202f?"),
    ]
    catalogue.refresh({Key("a", "of a plan"): Message(), Key("b"): Message()}, path)
    assert path.read_text() == written


@pytest.fixture
def folder(tmp_path, settings):
    """A LOCALE_PATHS with one catalogue."""
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    source = tmp_path / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Hello"\nmsgstr "Bonjour"\n')
    return source


def test_compiling_writes_what_is_missing_or_older(folder, capsys):
    call_command("compile_translations")
    compiled = folder.with_suffix(".mo")
    assert [(entry.msgid, entry.msgstr) for entry in polib.mofile(str(compiled))] == [("Hello", "Bonjour")]
    first = compiled.stat().st_mtime_ns
    call_command("compile_translations")
    assert compiled.stat().st_mtime_ns == first
    folder.write_text(folder.read_text().replace("Bonjour", "Salut"))
    os.utime(folder, ns=(first + 10**9, first + 10**9))
    call_command("compile_translations")
    assert [entry.msgstr for entry in polib.mofile(str(compiled))] == ["Salut"]
    assert sorted(path.name for path in folder.parent.iterdir()) == ["django.mo", "django.po"]
    assert capsys.readouterr().out == ""


def test_compiling_says_which_catalogue_is_broken(folder):
    folder.write_text('msgid "Hello\nmsgstr\n')
    with pytest.raises(CommandError, match=r"django\.po could not be compiled"):
        call_command("compile_translations")
    assert not folder.with_suffix(".mo").exists()


def test_compiling_leaves_libraries_alone():
    assert not [path for path in catalogues.sources() if "site-packages" in path.parts]


@pytest.mark.parametrize(
    ("text", "is_bad"), [("%(done)s étapes", True), ("%(done)s étapes sur %(all)s", True), ("Étapes\u00a0: %(done)s", False)]
)
def test_a_number_without_a_plural_is_found(text, is_bad):
    messages = (
        {Key("%(done)s of them"): Message(set(), ["a.py:1"])}
        if "all" not in text
        else {Key("%(done)s of %(all)s"): Message(set(), ["a.py:1"])}
    )
    (key,) = messages
    found = catalogue.catalogue_problems(messages, polib.pofile(f'msgid ""\nmsgstr ""\n\nmsgid "{key.singular}"\nmsgstr "{text}"'))
    assert any("would be several" in problem for problem in found) is is_bad
