"""The whole chain, played by six people in six browsers, in French, two of them on a phone: it leaves a gallery in var/gallery."""

import os
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace

import pytest

from . import company
from .people import DESK, PHONE, Gallery, Somebody

pytestmark = [pytest.mark.slow, pytest.mark.once]
GALLERY = Path(os.environ.get("GALLERY") or company.ROOT / "var" / "gallery")
QUESTION = "Où trouver le format des relevés de pesée ?"
ANSWER = "Page 4 du cahier des flux : je te montre quand tu veux."
PASSWORD = "un-mot-de-passe-tranquille"
CAST = {
    "camille": ("Camille Aubert", PHONE),  # who arrives with today's file
    "claire": ("Claire Moreau", PHONE),
    "malik": ("Malik Benali", DESK),
    "elodie": ("Élodie Roussel", DESK),
    "nadia": ("Nadia Slimani", DESK),
    "helene": ("Hélène Astier", DESK),
}


@pytest.fixture
def people(chromium):
    """Six people, each in a browser of their own, before the same company."""
    with ExitStack() as stack:
        house = stack.enter_context(company.Demonstration())
        yield gathered(stack, chromium, house.url)


def gathered(stack, chromium, url):
    gallery, found = Gallery(GALLERY), {}
    for key, (name, width) in CAST.items():
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, locale="fr-FR", timezone_id="Europe/Paris", reduced_motion="reduce"
        )
        stack.callback(context.close)
        found[key] = Somebody(context, url, name, gallery)
    return SimpleNamespace(**found)


def test_six_people_walk_the_whole_chain(people):
    play(people)


def play(people):
    somebody_joins(people)
    a_question_is_answered(people)


def somebody_joins(people):
    """HR sends today's file; the newcomer opens the link that HR hands over, and is in."""
    nadia, camille = people.nadia.enter(), people.camille
    nadia.keep("HR at home")
    nadia.go("/imports/")
    today = {"name": "entrees.csv", "mimeType": "text/csv", "buffer": company.newcomer_file(company.today())}
    nadia.page.set_input_files("input[type=file]", today)
    nadia.page.get_by_label("Seulement des changements").check()
    nadia.press("Envoyer le fichier").keep("The columns of a file")
    nadia.press("Comparer")
    nadia.sees("Camille Aubert").keep("What a file would change")
    nadia.press("Écrire ces changements")
    nadia.sees("Ce qui a changé")
    nadia.go("/invitations/").follow("Remettre un lien Camille Aubert").press("Faire un lien")
    camille.page.goto(nadia.page.locator("#link").inner_text())
    camille.keep("The link that HR hands over")
    for field in camille.page.locator("input[type=password]").all():
        field.fill(PASSWORD)
    camille.press("Entrer").sees("La charte")
    camille.keep("The first page of a newcomer")


def a_question_is_answered(people):
    """A question is asked where somebody is watching; it is answered, kept, and stands on a profile at once."""
    camille, malik = people.camille, people.malik.enter()
    malik.go("/communities/?show=mine").follow("Données & usages")
    camille.page.goto(malik.page.url)
    camille.press("Rejoindre")
    camille.page.locator("#composer textarea").click()
    camille.page.locator("#composer").get_by_text("Question", exact=True).click()
    camille.page.fill("input[name=title]", QUESTION)
    camille.page.fill("textarea[name=body]", "Bonjour ! Je cherche la **spécification** du flux de pesée.")
    camille.press("Publier").sees("Charte")
    camille.keep("The charter comes before the first publication")
    camille.press("J’accepte la charte, et je publie")
    camille.sees(QUESTION)
    malik.page.locator(".new-pill").wait_for()
    malik.keep("Something new, and the page has not moved")
    malik.page.locator(".new-pill").click()
    malik.follow(QUESTION)
    camille.go("/notices/")
    camille.page.goto(malik.page.url)
    malik.page.fill("textarea[name=body]", ANSWER)
    malik.press("Répondre")
    camille.sees(ANSWER).keep("An answer arrives by itself")
    camille.press("Retenir cette réponse").sees("Réponse retenue")
    malik.go("/people/malik-benali/").sees(QUESTION)
    malik.keep("Being and doing, side by side")
