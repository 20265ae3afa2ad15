"""The same word, however it is written; and nothing that is typed is more than a word."""

import pytest

from search.analysis import Query, holds, parse, words_of
from search.marking import Piece, card_line, excerpt, marked


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Problème de SOUDURE", ["probleme", "de", "soudure"]),
        ("l’eau, d'Aurélie, qu’il, aujourd'hui", ["eau", "aurelie", "il", "aujourd", "hui"]),
        ("cœur œuvre naïve façade Ægir", ["coeur", "oeuvre", "naive", "facade", "aegir"]),
        ("Straße ŁÓDŹ Ørsted", ["strasse", "lodz", "orsted"]),
        ("Saint-Nazaire / atelier_2 (n° 12)", ["saint", "nazaire", "atelier", "2", "n", "12"]),
        ("e\u0301te\u0301", ["ete"]),
        ("ﬁche", ["fiche"]),
        ("“quoted” AND NOT near(x) title:* \x00 -minus", ["quoted", "and", "not", "near", "x", "title", "minus"]),
        ("", []),
        ("\u202eعربى", ["عربى"]),
    ],
)
def test_texts_are_cut_into_the_same_words(text, words):
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("problème de soudure", ("probleme", "soudure")),
        ("de la", ("de", "la")),
        ("soudure soudure", ("soudure",)),
        ("RSE", ("rse",)),
        ("a b c d e f g h i j k l", ("b", "c", "d", "e", "f", "g", "h")),
    ],
)
def test_a_query_keeps_the_words_that_tell_something(text, words):
    assert parse(text).words == words


@pytest.mark.parametrize(("text", "is_asked"), [("", False), ("a", False), ("?!", False), ("ab", True), ("x z", True), ("é", False)])
def test_two_letters_are_looked_for(text, is_asked):
    assert bool(parse(text)) == is_asked


@pytest.mark.parametrize(
    ("typed", "text", "is_held"),
    [
        ("soudures", "une soudure", True),
        ("soudure", "des soudures", True),
        ("sou dure", "des soudures", False),
        ("caus", "causes", True),
        ("causes", "caus", False),
        ("jeux", "jeu", False),  # too short to lose a letter
        ("process", "proces", False),  # no plural
    ],
)
def test_a_plural_finds_a_singular(typed, text, is_held):
    assert holds(words_of(text), parse(typed)) == is_held


def test_long_words_and_long_queries_are_cut():
    query = parse("x" * 20_000 + " z" * 1000)

    assert len(query.words) == 2
    assert max(map(len, query.words)) == 40


def said(pieces):
    return "".join(f"[{piece.text}]" if piece.is_found else piece.text for piece in pieces)


def test_found_words_are_marked_as_they_were_written():
    query = parse("problèmes soudure")

    assert said(marked("Problème d’une <b>Soudure</b> soudée", query)) == "[Problème] d’une <b>[Soudure]</b> soudée"
    assert marked("", query) == []
    assert marked("rien", query) == [Piece("rien")]
    assert marked("rien", Query((), ())) == [Piece("rien")]


def test_an_excerpt_is_cut_around_the_first_word():
    text = "avant " * 50 + "la soudure tient " + "après " * 50

    found = said(excerpt(text, parse("soudure")))

    assert found.startswith("… avant")
    assert "[soudure]" in found
    assert found.endswith("après …")
    assert len(found) < 260
    assert said(excerpt("court", parse("soudure"))) == "court"
    assert said(excerpt("x" * 1000, parse("soudure"))) == "x" * 240 + " …"
    assert said(excerpt("y" * 1000 + " soudure", parse("soudure"))).endswith("[soudure]")


def test_a_card_line_says_how_it_begins_and_what_was_looked_for():
    text = "Technicienne · Qualité · Lyon · Audit · Qualité · Sand moulding"

    assert said(card_line(text, parse("audits"))) == "Technicienne · Qualité · [Audit]"
    assert said(card_line(text, parse("qualite"))) == "Technicienne · [Qualité]"
    assert card_line("", parse("audit")) == []
