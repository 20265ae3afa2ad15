"""Handbook pages that hold a word: found by everybody once they are published, by nobody before."""

from tests.factories.pages import make_page


def pages(word, world):
    section = make_page(title=f"{word} section")
    return [section, make_page(section, body_fr=f"Tout sur {word}."), make_page(section, title=word, live=False)]


CANARIES = {"page": pages}
