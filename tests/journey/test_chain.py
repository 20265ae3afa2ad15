"""The whole chain, played by six people in six browsers, in French, two of them on a phone: it leaves a gallery in var/gallery."""

import datetime
import os
import re
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.utils import timezone, translation
from django.utils.formats import date_format

from . import company
from .people import DESK, PHONE, Gallery, Somebody

pytestmark = [pytest.mark.slow, pytest.mark.once, pytest.mark.longest]
GALLERY = Path(os.environ.get("GALLERY") or company.ROOT / "var" / "gallery")
QUESTION = "Où trouver le format des relevés de pesée ?"
ANSWER = "Page 4 du cahier des flux : je te montre quand tu veux."
PASSWORD = "un-mot-de-passe-tranquille"
SECRET = "Premier jour : j’ai cru me perdre entre deux ateliers."
GOAL, ALONE = "Préparer un premier jour sur une page", "Penser à demander ce qui avait manqué."
OPENING = {
    "its_title": "Référent·e mesures en continu",
    "description": "Faire entrer la mesure en continu dans deux ateliers, de l’essai au premier lot.",
    "pay_from": "44",
    "pay_to": "52",
    "level": "F11",
    "starts_on": f"{company.today() + datetime.timedelta(days=80)}",
    "closes_on": f"{company.today() + datetime.timedelta(days=30)}",
}
LETTER = "Je mesure déjà, à côté de mes journées : j’aimerais le faire en plein."
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
    a_newcomer_is_welcomed(people)
    a_question_is_answered(people)
    a_welcome_becomes_a_line(people)
    two_people_work_as_a_pair(people)
    somebody_applies_and_the_line_sees_nothing(people)
    a_plan_rests_on_evidence(people)
    everything_is_found_by_who_may_open_it(people)
    the_charter_changes_and_is_asked_again(people)


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
    camille.page.fill("input[name=its_title]", QUESTION)
    camille.page.fill("textarea[name=body]", "Bonjour ! Je cherche la **spécification** du flux de pesée.")
    camille.press("Publier").sees("D’abord la charte")
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
    malik.finds(malik.address_of("Malik Benali"), QUESTION)
    malik.keep("Being and doing, side by side")


def a_newcomer_is_welcomed(people):
    """The cohort is there; the manager asks a colleague, who says yes; steps are ticked, and what is written stays unread."""
    camille, claire, elodie = people.camille, people.claire.enter(), people.elodie.enter()
    camille.go("/journey/").keep("A journey of ten steps")
    elodie.go("/newcomers/").follow("Camille Aubert")
    journey = elodie.page.url
    elodie.follow("Demander un parrainage")
    asked = elodie.address_of("Claire Moreau").removeprefix("/people/")
    elodie.page.goto(f"{journey}buddy/ask/{asked}")
    elodie.page.fill("textarea", "Camille arrive aujourd’hui : tu connais le site mieux que personne.")
    elodie.press("Demander", within="#buddy-ask")
    claire.finds("/", re.compile("Camille Aubert")).keep("The colleague who is asked, at home")
    claire.go("/newcomers/").follow("Répondre").press("Oui, avec plaisir")
    elodie.page.goto(journey)
    elodie.sees("Claire Moreau")
    camille.go("/journey/").sees("Claire Moreau")
    camille.follow("Écrire", within="#journey-steps")
    camille.page.fill("textarea", SECRET)
    camille.press("Enregistrer").sees(SECRET)
    elodie.sees(re.compile(r"1\s+étape sur")).keep("The manager sees a step done, by itself")
    camille.keep("A journey with a buddy, on a phone")
    for other in (elodie, claire):
        other.page.goto(journey)
        other.never_sees(SECRET)


def a_welcome_becomes_a_line(people):
    """The newcomer confirms the welcome; the buddy, and nobody else, decides that it is shown."""
    camille, claire = people.camille, people.claire
    camille.go("/journey/").follow("Confirmer l’accueil")
    camille.page.fill("main textarea, main input[type=text]", "Claire m’a montré le site et présenté tout le monde.")
    camille.press("Confirmer", within="main")
    claire.finds("/me/contributions/", re.compile("Camille|Accueil|accueilli")).keep("A contribution that waits for its person")
    claire.press("Garder", within="main")
    people.malik.finds(people.malik.address_of("Claire Moreau"), "A accueilli")


def two_people_work_as_a_pair(people):
    """Somebody asks for help and is accepted; both write, each keeps a note alone, and HR knows that a pair exists."""
    camille, claire, nadia = people.camille, people.claire, people.nadia
    camille.go("/mentoring/").keep("Mentors, with the facts that one may open")
    camille.go("/mentoring/?q=moreau").follow("Solliciter Claire Moreau")
    camille.page.fill("textarea", "Bonjour Claire, j’aimerais apprendre à accueillir les suivants.")
    camille.press("Envoyer ma demande")
    claire.go("/mentoring/mine/").follow("Lire", within="li:has-text('Camille Aubert')").press("Oui, avec plaisir")
    pair = claire.page.url
    camille.page.goto(pair)
    claire.page.locator("summary", has_text="Un objectif").click()
    claire.page.fill("form[id^=goal] textarea, form[id^=goal] input[type=text]", GOAL)
    claire.press("Ajouter cet objectif")
    camille.finds(pair.removeprefix(camille.base_url), GOAL)
    camille.page.locator("summary", has_text="Une note").click()
    camille.page.fill("form[id^=note] textarea", ALONE)
    camille.page.get_by_label("Pour moi uniquement").check()
    camille.press("Écrire cette note").sees(ALONE)
    camille.keep("A private space, on a phone")
    claire.page.reload()
    claire.sees(GOAL).never_sees(ALONE)
    nadia.go("/mentoring/figures/").sees(last_month())
    nadia.never_sees("Camille Aubert", GOAL, ALONE)
    nadia.keep("What HR knows of mentoring")
    nadia.page.goto(pair)
    assert nadia.status == 403


def last_month():
    """The month that is over, as French writes it: HR reads nothing of the current one."""
    with translation.override("fr"):
        return date_format(timezone.localdate().replace(day=1) - datetime.timedelta(days=1), "F Y")


def somebody_applies_and_the_line_sees_nothing(people):
    """HR publishes; a person reads the fit, applies and sees who knows; the manager finds nothing until told, and then only that it is."""
    nadia, malik, elodie = people.nadia, people.malik, people.elodie
    nadia.go("/openings/new/")
    for name, value in OPENING.items():
        nadia.page.fill(f"[name={name}]", value)
    nadia.page.get_by_label("Poste").first.check()
    nadia.page.select_option("[name=unit]", index=2)
    nadia.page.select_option("[name=site]", index=1)
    nadia.press("Enregistrer", within="main").keep("An opening as a draft")
    nadia.press("Publier", within="main")
    recruitment = nadia.page.url
    malik.go("/openings/").keep("The board of openings")
    malik.follow(OPENING["its_title"])
    malik.sees("À apprendre").keep("You have, to learn, your evidence")
    malik.follow("Postuler")
    malik.page.fill("[name=letter]", LETTER)
    malik.answer("availability").answer("site_answer")
    malik.press("Envoyer", within="main").sees("Qui sait, à cette minute")
    malik.keep("Who knows, at this minute")
    application = malik.page.url
    elodie.page.goto(application)
    assert elodie.status == 404
    elodie.go("/search/?q=candidature").never_sees(OPENING["its_title"], LETTER)
    nadia.page.goto(recruitment)
    nadia.follow("Malik Benali").sees(LETTER)
    nadia.keep("An application, for who handles it")
    malik.page.reload()
    malik.sees("Nadia Slimani").follow("Informer mon ou ma responsable")
    malik.press("Oui", within="main")
    elodie.page.goto(application)
    elodie.sees("Malik Benali").never_sees(OPENING["its_title"], LETTER)
    elodie.keep("What the manager who was told reads")


def a_plan_rests_on_evidence(people):
    """HR-succession opens a plan, which is written down first; whoever is named never sees it."""
    helene, malik = people.helene.enter(), people.malik
    helene.go("/succession/").keep("Key positions and how they are covered")
    helene.page.locator("main a.list-title, main table a, main h2 a, main h3 a").first.click()
    helene.page.wait_for_load_state("networkidle")
    helene.keep("A plan, and the evidence behind each name")
    malik.page.goto(helene.page.url)
    assert malik.status == 404
    malik.go("/succession/")
    assert malik.status in {403, 404}


def everything_is_found_by_who_may_open_it(people):
    """One box: suggestions while one types, results with their counts, and nothing of what is closed to who asks."""
    malik, claire = people.malik, people.claire
    malik.go("/").page.fill("header input[type=search], [data-search] input", "pesée")
    malik.page.locator("[role=option]").first.wait_for()
    malik.keep("Suggestions while one types")
    malik.page.keyboard.press("Enter")
    malik.page.wait_for_load_state("networkidle")
    malik.sees(QUESTION).keep("What is found, and how much of each")
    for words in (GOAL, LETTER, SECRET):
        claire.go(f"/search/?q={words.split()[-1].strip('.')}")
        claire.never_sees(words)


def the_charter_changes_and_is_asked_again(people):
    """HR edits the charter among the pages of the handbook; once it is published, everybody is asked before they publish again."""
    nadia, camille = people.nadia, people.camille
    camille.go("/handbook/").keep("The handbook, on a phone")
    nadia.go("/handbook/charte/").follow("Modifier")
    body = nadia.page.locator("textarea[name=body_fr]")
    body.fill(body.input_value() + "\n\n## Répondre aux nouveaux\n\nUne première question reçoit une réponse dans la journée.")
    nadia.gallery.keep(nadia, "The charter is written among the pages")
    nadia.page.locator("button[name=action-publish], [name=action-publish]").first.evaluate("button => button.click()")
    nadia.page.get_by_text("a été publiée").first.wait_for()
    camille.go("/charter/").sees("Répondre aux nouveaux")
    camille.sees("J’accepte").keep("The new charter is asked again")
