"""A first journey of ten steps, for a company that has not written its own."""

from typing import Any

from .enums import Actor, StepKind

# kind, actor, day, private, French title, English title, French text, English text
STEPS = (
    (
        StepKind.DO, Actor.HR, -3, False,
        "Préparer le poste et les accès", "Prepare the workplace and the accounts",
        "Poste de travail, badge, comptes : tout est essayé avant l’arrivée.",
        "Workplace, badge, accounts: everything has been tried before the first day.",
    ),
    (
        StepKind.READ, Actor.NEWCOMER, 1, True,
        "Lire la charte", "Read the charter",
        "Elle dit ce que chacun peut attendre des autres ici. Personne d’autre que vous et les RH ne voit si cette étape est cochée.",
        "It says what everyone may expect of the others here. Only you and HR see whether this step is ticked.",
    ),
    (
        StepKind.MEET, Actor.MANAGER, 1, False,
        "Accueillir et présenter l’équipe", "Welcome them and introduce the team",
        "Le premier matin : les visages, les lieux, et le programme de la semaine.",
        "On the first morning: the faces, the places, and what the week will hold.",
    ),
    (
        StepKind.MEET, Actor.BUDDY, 3, False,
        "Déjeuner ensemble", "Have lunch together",
        "Pour toutes les questions que l’on ne pose pas en réunion.",
        "For all the questions that nobody asks in a meeting.",
    ),
    (
        StepKind.WRITE, Actor.NEWCOMER, 4, False,
        "Se présenter en quelques lignes", "Introduce yourself in a few lines",
        "D’où vous venez, ce que vous aimez faire, ce que vous aimeriez comprendre. À publier dans votre promotion si vous voulez.",
        "Where you come from, what you like to do, what you would like to understand. Publish it in your cohort if you wish.",
    ),
    (
        StepKind.JOIN, Actor.NEWCOMER, 8, False,
        "Rejoindre une communauté", "Join a community",
        "Celle de votre métier, ou celle d’un sujet qui vous plaît.",
        "The one of your trade, or of a subject that you like.",
    ),
    (
        StepKind.DO, Actor.MANAGER, 10, False,
        "Convenir des premiers objectifs", "Agree on first goals",
        "Deux ou trois, écrits ensemble, atteignables avant la fin du deuxième mois.",
        "Two or three, written together, within reach before the end of the second month.",
    ),
    (
        StepKind.MEET, Actor.NEWCOMER, 20, False,
        "Rencontrer une autre équipe", "Meet another team",
        "Une heure chez ceux pour qui vous travaillez, ou de qui vous dépendez.",
        "One hour with those you work for, or those you depend on.",
    ),
    (
        StepKind.WRITE, Actor.NEWCOMER, 30, False,
        "Dire ce qui vous a étonné", "Say what surprised you",
        "Un regard neuf ne dure qu’un mois. Seuls vous et les RH lisez ces lignes.",
        "Fresh eyes last a month. Only you and HR read these lines.",
    ),
    (
        StepKind.MEET, Actor.HR, 60, False,
        "Faire le point à deux mois", "Talk after two months",
        "Ce qui va, ce qui manque, ce que l’on change.",
        "What goes well, what is missing, what to change.",
    ),
)  # fmt: skip
NAMES = ("kind", "actor", "day", "is_private", "title_fr", "title_en", "text_fr", "text_en")


def starter_steps() -> list[dict[str, Any]]:
    """Return the steps in order, as fields of a ``TemplateStep``."""
    return [dict(zip(NAMES, step, strict=True)) for step in STEPS]
