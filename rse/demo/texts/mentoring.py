"""Mentoring: what people offer, what they ask, the goals of a pair, and notes after a session."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MentoringOffer:
    """What somebody can help with, on which skills, for how many people at a time."""

    skills: tuple[str, ...]
    text: str
    capacity: int
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class MentoringRequest:
    """A first message to a mentor, written by somebody who found them by their evidence."""

    skills: tuple[str, ...]
    text: str
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class PairStory:
    """A pair's goals, then for each session a note that both read and a note of one's own."""

    skills: tuple[str, ...]
    goals: tuple[str, ...]
    sessions: tuple[tuple[str, str], ...]
    language: str = "fr"


OFFERS = (
    MentoringOffer(
        ("data_quality", "workshop_facilitation"),
        "Écrire des règles de contrôle utiles, et animer un atelier où les gens repartent avec quelque chose.",
        2,
    ),
    MentoringOffer(
        ("onboarding_hosting", "transport_planning"),
        "Prendre ses marques dans l'entreprise, et comprendre comment une pièce arrive chez le client.",
        2,
    ),
    MentoringOffer(("sand_moulding", "core_making"), "Lire un défaut de moulage. Je préfère au poste, pièce en main, tôt le matin.", 1),
    MentoringOffer(
        ("public_speaking",), "Préparer une présentation qui vous ressemble. Deux répétitions et un café, souvent ça suffit.", 3
    ),
    MentoringOffer(("cnc_programming", "five_axis"), "Passer de trois à cinq axes sans casser de broche.", 1),
    MentoringOffer(
        ("team_leading",),
        "Les six premiers mois à la tête d'une équipe. J'ai fait à peu près toutes les erreurs, je peux en éviter quelques-unes.",
        2,
    ),
    MentoringOffer(
        ("cost_accounting", "capex_case"), "Monter un dossier d'investissement lisible par quelqu'un qui n'a que cinq minutes.", 1
    ),
    MentoringOffer(("radiography", "ndt"), "Lire des radios de soudure. Amenez les vôtres, on regarde ensemble.", 2),
    MentoringOffer(("supplier_negotiation",), "Répéter une négociation. Je joue le fournisseur, et je joue bien.", 2),
    MentoringOffer(("sql", "python"), "Sortir ses chiffres sans attendre personne. Une vraie question par séance.", 3),
    MentoringOffer(("troubleshooting", "plc"), "Dépanner sans paniquer : ordre des questions, mesures, quoi écrire après.", 1),
    MentoringOffer(("english_technical",), "Practise technical English with real drawings and real mails. Patience included.", 2, "en"),
)

REQUESTS = (
    MentoringRequest(
        ("data_quality",),
        "Bonjour, votre réponse sur les contrôles à l'entrée m'a débloqué deux semaines de travail. J'aimerais apprendre à animer ce genre d'atelier, pas seulement à y venir. Auriez-vous une heure par mois ?",
    ),
    MentoringRequest(
        ("public_speaking",),
        "Bonjour, je dois présenter un projet dans deux mois et ça m'empêche déjà de dormir. Votre message sur la première phrase par cœur m'a parlé. Est-ce que vous accepteriez de m'accompagner jusque-là ?",
    ),
    MentoringRequest(
        ("cost_accounting",),
        "Bonjour, je découvre les dossiers d'investissement et je me noie. Vous avez expliqué le coût horaire avec trois barres, c'est exactement le niveau qu'il me faut.",
    ),
    MentoringRequest(
        ("team_leading",),
        "Bonjour, je coordonne une équipe depuis peu. Je ne cherche pas des recettes, plutôt quelqu'un avec qui réfléchir tout haut. Votre capacité affiche une place, est-elle encore libre ?",
    ),
    MentoringRequest(
        ("five_axis",), "Salut, on m'a confié le nouveau centre cinq axes. Je connais le trois axes par cœur. Tu prends encore quelqu'un ?"
    ),
    MentoringRequest(
        ("onboarding_hosting",),
        "Bonjour, je vais accueillir quelqu'un pour la première fois. J'ai vu que vous l'aviez fait plusieurs fois. Deux ou trois échanges avant son arrivée me rassureraient beaucoup.",
    ),
    MentoringRequest(
        ("supplier_negotiation",),
        "Bonjour, première négociation importante en fin de trimestre. J'ai lu votre conseil sur le silence. J'aimerais m'entraîner avec vous.",
    ),
    MentoringRequest(
        ("english_technical",),
        "Hello, I read drawings well and write mails badly. Could we practise with real ones, half an hour every two weeks?",
        "en",
    ),
)

PAIRS = (
    PairStory(
        ("onboarding_hosting", "transport_planning"),
        ("Accueillir une personne sans la noyer le premier jour", "Savoir expliquer le trajet d'une pièce en dix minutes"),
        (
            (
                "Refait le chemin d'une pièce, du quai au client, à pied. À garder : trois arrêts, pas douze.",
                "Je connaissais deux ateliers sur six. Aller voir les autres avant septembre.",
            ),
            (
                "Premier jour préparé sur une page : qui saluer, où manger, à qui poser la question bête.",
                "Penser à ce qui m'avait manqué à moi : savoir quand partir.",
            ),
            ("Accueil fait. Retour : trop de sigles le matin. On prépare une liste de dix mots.", "La visite à deux voix marche mieux."),
        ),
    ),
    PairStory(
        ("workshop_facilitation", "data_quality"),
        ("Animer seul ou seule un atelier d'une heure d'ici l'été", "Savoir dire non à une demande floue, gentiment"),
        (
            (
                "Échangé nos parcours. Objectif choisi : un premier atelier sur les pesées. Prochaine fois : plan de séance sur une page.",
                "J'ai parlé plus que prévu. Demander moins, écouter les silences.",
            ),
            (
                "Plan de séance relu. On enlève la moitié des exemples, on garde les pesées réelles. Rôle du mentor le jour J : au fond, et muet.",
                "Peur des dix premières minutes. Idée : commencer par une question, pas par moi.",
            ),
            (
                "Atelier fait ! Neuf personnes, quatre règles écrites. À garder : la question d'entrée. À changer : l'heure, trop près du déjeuner.",
                "Je n'ai pas regardé mes notes une seule fois.",
            ),
        ),
    ),
    PairStory(
        ("team_leading",),
        ("Tenir un point d'équipe de vingt minutes", "Donner un retour difficile sans tourner autour"),
        (
            (
                "Observé un point d'équipe ensemble. Constat partagé : trois sujets, pas huit. Essai dès lundi.",
                "Le troisième rang ne parle jamais. Aller les voir avant.",
            ),
            (
                "Retour difficile préparé en trois phrases : le fait, l'effet, la demande. Répété deux fois.",
                "La première phrase était encore une excuse. Couper.",
            ),
            (
                "Retour donné, bien reçu. On parle maintenant de ce qu'il faut déléguer.",
                "Je garde trop de choses parce qu'elles me rassurent.",
            ),
        ),
    ),
    PairStory(
        ("five_axis", "cad_cam"),
        ("Programmer une pièce cinq axes de bout en bout", "Comprendre ce que fait vraiment le post-processeur"),
        (
            (
                "Pièce d'école choisie. On simule avant de toucher la machine, toujours.",
                "Revoir les repères, je confonds encore pièce et machine.",
            ),
            (
                "Première pièce usinée en mousse. Collision évitée grâce au dégagement ajouté la veille.",
                "Noter les trois réglages du post-processeur qui comptent.",
            ),
        ),
    ),
    PairStory(
        ("public_speaking",),
        ("Présenter le bilan de l'équipe en huit minutes",),
        (
            (
                "Structure : une idée, deux preuves, une demande. On jette dix images sur treize.",
                "La voix tremble au début puis se pose. Trente secondes à tenir.",
            ),
            ("Répétition dans la vraie salle, avec deux inconnus. Sept minutes quarante.", "Regarder la fenêtre du fond aide."),
        ),
    ),
    PairStory(
        ("cost_accounting", "capex_case"),
        ("Écrire un dossier d'investissement complet", "Savoir défendre l'hypothèse la plus fragile"),
        (
            (
                "Lecture d'un dossier accepté et d'un refusé. Différence principale : le cas où l'on ne fait rien.",
                "Je pensais que le prix comptait le plus. Non.",
            ),
            (
                "Premier jet relu. L'hypothèse fragile est la disponibilité : aller chercher le relevé des arrêts.",
                "Demander le relevé à la maintenance dès demain.",
            ),
        ),
    ),
    PairStory(
        ("english_technical",),
        ("Write a clear technical e-mail without help", "Lead a short call with Porto"),
        (
            (
                "Read three real mails together. Rule of the month: one question per mail, at the top.",
                "I translate idioms. Stop doing that.",
            ),
            ("First call led alone, twenty minutes, two decisions. Next: summarise at the end.", "They laughed at the right place."),
        ),
        "en",
    ),
)
