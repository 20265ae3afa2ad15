"""The newcomer's journey: ten steps of five kinds, the words of welcome, and how people introduce themselves."""

from __future__ import annotations

from dataclasses import dataclass

from .drafts import Line

READ, DO, MEET, JOIN, WRITE = "read", "do", "meet", "join", "write"
NEWCOMER, MANAGER, BUDDY, HR = "newcomer", "manager", "buddy", "hr"


@dataclass(frozen=True, slots=True)
class StepDraft:
    """A step: who does it, `day` counted from the first day (negative: before), and the handbook page it points to, if any."""

    key: str
    kind: str
    actor: str
    day: int
    title_fr: str
    title_en: str
    text_fr: str
    text_en: str
    page: str = ""


INES = Line(
    "Bonjour ! Inès, je rejoins l'équipe données à Nantes après deux ans dans un laboratoire de métrologie. Je sais d'où vient une mesure, beaucoup moins comment on coule une pièce : si quelqu'un accepte de m'emmener voir un four, je suis partante."
)

STEPS = (
    StepDraft(
        "equipment",
        DO,
        HR,
        -5,
        "Ordinateur et accès",
        "Computer and access",
        "Le matériel est prêt, le badge ouvre les bonnes portes, le compte est créé. À cocher quand tout a été essayé, pas quand tout a été commandé.",
        "The equipment is ready, the badge opens the right doors, the account exists. Tick it when everything was tried, not when everything was ordered.",
    ),
    StepDraft(
        "charter",
        READ,
        NEWCOMER,
        1,
        "Lire et accepter la charte",
        "Read and accept the charter",
        "Une page. Elle dit ce que l'on attend de chacun ici, et ce que l'entreprise ne fera pas de ce que vous écrivez.",
        "One page. It says what is expected of everyone here, and what the company will not do with what you write.",
        "charte",
    ),
    StepDraft(
        "first-task",
        DO,
        MANAGER,
        2,
        "Confier un premier vrai travail",
        "Give a first real piece of work",
        "Petit, utile, faisable dans la semaine. La personne doit pouvoir dire vendredi : « c'est moi qui l'ai fait ».",
        "Small, useful, doable within the week. On Friday the person should be able to say “I did that”.",
    ),
    StepDraft(
        "introduce",
        WRITE,
        NEWCOMER,
        3,
        "Se présenter à la promotion",
        "Introduce yourself to your cohort",
        "D'où vous venez, ce que vous allez faire en une phrase, et une question. Les gens répondent aux questions.",
        "Where you come from, what you will do in one sentence, and a question. People answer questions.",
    ),
    StepDraft(
        "buddy",
        MEET,
        BUDDY,
        8,
        "Premier café ensemble",
        "First coffee together",
        "Une demi-heure, hors du bureau. Demandez ce qui a surpris, montrez un endroit que le plan ne montre pas.",
        "Half an hour, away from the desk. Ask what came as a surprise, show a place that is not on the map.",
    ),
    StepDraft(
        "communities",
        JOIN,
        NEWCOMER,
        10,
        "Rejoindre deux communautés",
        "Join two communities",
        "Une de votre métier, une qui n'a rien à voir. Lire suffit pour commencer.",
        "One of your trade, one that has nothing to do with it. Reading is enough to begin with.",
    ),
    StepDraft(
        "first-question",
        WRITE,
        NEWCOMER,
        16,
        "Poser une première question",
        "Ask a first question",
        "Dans votre promotion ou ailleurs. Une question naïve est souvent une question que d'autres n'osent plus poser. Une personne vous répond sous un jour ouvré.",
        "In your cohort or elsewhere. A naive question is often one that others no longer dare to ask. Someone answers within one working day.",
    ),
    StepDraft(
        "astonishment",
        WRITE,
        NEWCOMER,
        40,
        "Écrire votre rapport d'étonnement",
        "Write your astonishment report",
        "Ce qui vous étonne encore. Vous choisissez qui le lit. Votre responsable ne peut pas le lire avant la fin de votre période d'essai.",
        "What still astonishes you. You choose who reads it. Your manager cannot read it before the end of your trial period.",
        "rapport-etonnement",
    ),
    StepDraft(
        "other-trade",
        MEET,
        NEWCOMER,
        54,
        "Passer une journée dans un autre métier",
        "Spend a day in another trade",
        "Choisissez parmi les équipes qui ouvrent leurs portes. Pas de compte rendu, juste une chose à raconter à votre équipe.",
        "Choose among the teams that open their doors. No report, just one thing to tell your own team.",
    ),
    StepDraft(
        "three-months",
        MEET,
        MANAGER,
        82,
        "Point des trois mois",
        "Three-month talk",
        "Une heure à deux : ce qui va, ce qui manque, la suite. Préparez trois questions plutôt qu'un bilan.",
        "One hour, the two of you: what goes well, what is missing, what comes next. Bring three questions rather than an assessment.",
    ),
)


@dataclass(frozen=True, slots=True)
class WelcomeDraft:
    """A host's first post in a new cohort; {mois} and {site} are given by the caller."""

    title: str
    body: str
    language: str = "fr"


COHORT_WELCOMES = (
    WelcomeDraft(
        "Bienvenue à la promotion de {mois}",
        "Vous arrivez bientôt à {site}, et nous sommes plusieurs à vous attendre. Ici, on pose toutes les questions, surtout celles que l'on n'ose pas poser ailleurs. Votre parcours vous dit quoi faire et quand ; le reste, on le fait ensemble.\n\nPremier rendez-vous : un petit-déjeuner, sans discours.",
    ),
    WelcomeDraft(
        "{site} : la promotion de {mois} ouvre",
        "Bonjour à toutes et à tous. Cet espace est le vôtre, il s'ouvre deux semaines avant votre arrivée. Vous pouvez déjà demander où se garer, que mettre le premier jour, et si la cantine est bonne (oui, sauf parfois).",
    ),
    WelcomeDraft(
        "Quelques mots avant votre premier jour",
        "Personne ne vous demandera de tout retenir. On vous demandera de dire ce que vous ne comprenez pas. Vos parrains et marraines sont dans cet espace, ainsi que deux personnes de la promotion précédente, qui se souviennent très bien.",
    ),
    WelcomeDraft(
        "Bonjour la promotion de {mois} !",
        "On est contents de vous voir arriver. Trois choses utiles : le poste de garde ouvre à 5 h 30, les chaussures se retirent au magasin, et la question « c'est quoi, ça ? » est toujours bienvenue à {site}.",
    ),
    WelcomeDraft(
        "Welcome, {site} cohort of {month}",
        "You are about to join a company that makes sand, metal and a surprising amount of coffee. Ask anything here, in English or French. Two people from the previous cohort will answer, usually within the day.",
        "en",
    ),
)

INTRODUCTIONS = (
    Line(
        "Bonjour ! J'arrive {de Rennes|de Saint-Étienne|de Toulouse|d'Angers} après {six|huit|neuf} ans dans {l'emballage|le ferroviaire|le bâtiment}. Je rejoins une équipe que je connais déjà un peu pour l'avoir visitée. Question : où court-on le midi ?"
    ),
    Line(
        "Bonjour à tous et à toutes. Premier emploi, premières chaussures de sécurité, beaucoup de curiosité. Je peux aider en {tableur|mécanique vélo|italien}. Et j'aimerais comprendre ce que veut dire « masselotte »."
    ),
    Line(
        "Salut ! Je viens de l'intérim, j'ai vu {quatre|cinq} ateliers en deux ans et j'ai eu envie de rester dans celui-ci. Ma question : qui connaît un bon garage pas loin ?"
    ),
    Line(
        "Bonjour, retour au pays après {dix|douze} ans à l'étranger. Je travaille sur les chiffres, mais je préfère les comprendre au poste. Quelqu'un accepterait-il de me montrer une coulée ?"
    ),
    Line(
        "Hello, I come from {Porto|Turin|Gdańsk|Valencia}, my French is improving every day, please do not slow down too much. I like maps and bread. Where should I look for both?",
        "en",
    ),
    Line(
        "Bonjour ! Reconversion : {douze|quinze} ans {en cuisine|dans l'enseignement|dans le spectacle}. Finalement, une coulée, ce n'est pas si différent : il faut que tout soit prêt en même temps. Question sérieuse : à quelle heure vaut-il mieux arriver pour se garer ?"
    ),
    Line(
        "Bonjour, je rejoins la maintenance. Je sais réparer à peu près tout sauf les imprimantes, merci de ne pas insister. On m'a parlé d'une armoire d'entraînement : qui peut me la faire découvrir ?"
    ),
    Line(
        "Bonjour à la promotion. J'ai grandi à quelques kilomètres d'ici et je n'avais jamais vu l'intérieur de l'usine. C'est immense ! Question : y a-t-il un plan qui dit la vérité ?"
    ),
)

BUDDY_MESSAGES = (
    Line(
        "Bonjour, je serai ta marraine ou ton parrain, au choix du dictionnaire. Premier café {jour} à {heure} ? Je t'attends à l'accueil."
    ),
    Line("Bienvenue ! Aucune question n'est trop petite. Mon bureau est au premier, la porte est ouverte sauf le vendredi matin."),
    Line("Bonjour, je fais visiter l'atelier {jour}. Prévois une heure et de bonnes chaussures."),
    Line("Hello and welcome! I was new here not so long ago. Coffee on {jour}? I will show you the good machine.", "en"),
)

BUDDY_CONFIRMATIONS = (
    Line("Accueil attentif pendant trois mois : visites, présentations, et beaucoup de patience."),
    Line("Merci pour les cafés du jeudi et les réponses à toute heure, ou presque."),
    Line("M'a fait rencontrer cinq services et a relu ma première note."),
    Line("Thank you for the tours, the vocabulary and the good lunches.", "en"),
)
