"""Words about private life: found in both languages, however they are written, and not where they are said of things."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from django.utils import translation

from rse.core.people.private_words import PrivateWord, private_word, refuse_private
from tests.factories import PersonFactory

TABLE = list(csv.DictReader(Path(__file__).with_name("private_words.csv").read_text(encoding="utf-8").splitlines()))
DISGUISED = (
    "enсeinte|e n c e i n t e|C.G.T.|s-y-n-d-i-c-a-t|DIVORCEE|celibataire|Mosquee|enceínte|une greviste|sуndicаt"
    "|gros\u00adsesse|syndi\u200bcat|ｓｙｎｄｉｃａｔ|congé\u00a0parental|maternite\u0301"
    "|ma-la-de|m@lade|maIade|en.cein.te|synd1cat|gr0ssesse|reIigieuse|musIim|lslam|musu-lmane|preg-nant|d1sabled worker"
    "|58\u00a0ans|５８ ans|porte le voi\u200ble|Il est аrabe"
)


@pytest.mark.parametrize("text", DISGUISED.split("|"))
def test_f05_private_life_is_found_in_disguise(text):
    assert private_word(text)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row['verdict']}-{row['text']}")
def test_f05_each_near_miss_is_decided(row):
    assert row["language"] in {"fr", "en"}
    assert ("refused" if private_word(row["text"]) else "passes") == row["verdict"]
    shouted = row["text"].upper()
    assert row["verdict"] == "passes" or private_word(shouted)


@pytest.mark.parametrize(
    "line", ["mission handicap", "accord avec les syndicats", "langue arabe", "depuis 20 ans", "roue voilée", "disability policy"]
)
@pytest.mark.parametrize("word", ["son handicap", "syndiqué", "Il est arabe", "58 ans", "voilée", "pregnant"])
def test_words_about_work_hide_no_private_life_beside_them(line, word):
    assert private_word(f"{line}, {word}")
    assert private_word(f"{word}. {line}")


@pytest.mark.parametrize(
    "line",
    ["politique handicap", "gestion des congés maternité", "risque de grève", "accord avec les syndicats", "maladies professionnelles",
     "plan maternité", "accord seniors (plus de 55 ans)", "un four de 40 ans", "disability policy", "sick leave policy"],
)  # fmt: skip
@pytest.mark.parametrize("person", ["{} de Léa", "{}, dont Zéphyrin", "{} : Zéphyrin", "Elle relève de : {}", "Paul relève de {}", "Sa {}"])
def test_words_about_work_hide_nothing_where_somebody_is_named(line, person):
    assert private_word(line) == ""
    assert private_word(person.format(line))


@pytest.mark.parametrize("text", ["Elle anime la politique handicap", "Paul négocie avec les syndicats", "She leads the disability policy"])
def test_whoever_works_on_such_a_matter_may_be_named(text):
    assert private_word(text) == ""


def test_both_verdicts_stand_in_both_languages():
    counted = Counter((row["language"], row["verdict"]) for row in TABLE)
    assert set(counted) == {("fr", "refused"), ("fr", "passes"), ("en", "refused"), ("en", "passes")}
    assert min(counted.values()) >= 60
    assert len({row["text"] for row in TABLE}) == len(TABLE)


@pytest.mark.django_db
def test_own_name_is_never_such_a_word():
    person = PersonFactory(first_name="Grace", last_name="Juif")
    assert private_word("Grace Juif a monté la ligne.", about=person) == ""
    assert private_word("Grace est juive.", about=person) == "juive"
    assert private_word("Grace Juif a monté la ligne.") == "Juif"


@pytest.mark.django_db
def test_whoever_writes_of_themselves_is_told_more_gently():
    ines, marc = PersonFactory.create_batch(2)
    with pytest.raises(PrivateWord) as own:
        refuse_private("Depuis ma maladie", by=ines, about=ines)
    with pytest.raises(PrivateWord) as other:
        refuse_private("Depuis sa maladie", by=marc, about=ines)
    with translation.override("en"):
        said = [one.value.messages[0] for one in (own, other)]
    assert "your private life" in said[0]
    assert "nobody's business" in said[1]
    assert own.value.word == other.value.word == "maladie"
