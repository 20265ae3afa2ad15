"""What the named people write of themselves: a few words, their trainings, and what some of them would like next."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Portrait:
    """Words of one person; a training is (title, year, shown to everyone), a wish (horizon, words, shown to HR, open to talk).

    ``skills`` are what they declare, as (code, level).
    """

    about: str
    trainings: tuple[tuple[str, int, bool], ...] = ()
    wish: tuple[str, str, bool, bool] | None = None
    skills: tuple[tuple[str, str], ...] = ()


PORTRAITS = {
    "ines": Portrait(
        "J'arrive d'un laboratoire de métrologie. J'aime comprendre d'où vient une mesure avant de la mettre dans un graphique.",
        (("Licence professionnelle Métiers de la donnée industrielle", 2026, True),),
        None,
        (("sql", "beginner"), ("spreadsheet", "confirmed")),
    ),
    "malik": Portrait(
        "Je relie les capteurs des ateliers à ceux qui décident. Demandez-moi pourquoi une courbe saute : il y a presque toujours une raison simple.",
        (("Diplôme d'ingénieur, informatique industrielle", 2021, True), ("Statistiques pour la production", 2024, True)),
        ("year", "Encadrer une petite équipe d'ici un ou deux ans, de préférence à Lyon.", True, True),
        (("sql", "expert"), ("industrial_iot", "confirmed"), ("data_quality", "confirmed")),
    ),
    "sofia": Portrait(
        "La qualité d'une donnée se joue au moment où quelqu'un la saisit. Je passe une journée par mois dans un atelier, et j'apprends à chaque fois.",
        (("Animation d'ateliers", 2022, True), ("Audit qualité interne", 2019, True)),
        ("later", "Prendre la responsabilité d'un service, sans quitter le terrain.", True, True),
        (("data_quality", "expert"), ("workshop_facilitation", "expert"), ("project_management", "confirmed"), ("sql", "confirmed")),
    ),
    "claire": Portrait(
        "Sept ans entre les quais et les plannings. J'ai accueilli onze nouveaux : la première semaine, on visite tout, même la chaufferie.",
        (("Gestion des flux, niveau 2", 2020, True), ("Tutorat en entreprise", 2023, True)),
        ("open", "Rester sur mon poste et transmettre : je cherche quelqu'un à former.", True, False),
        (("onboarding_hosting", "expert"), ("scheduling", "confirmed"), ("spreadsheet", "confirmed")),
    ),
    "elodie": Portrait(
        "Je dirige l'équipe données : sept personnes, deux sites, un seul tableau de bord par question. Ma porte est ouverte le jeudi matin.",
        (("Manager à distance", 2023, True), ("Master en statistique appliquée", 2014, True)),
        ("later", "Une direction de site, après une expérience en production.", False, False),
    ),
    "paul": Portrait(
        "Je publie les postes et les missions, et je réponds à chaque candidature, par écrit et avec une raison.",
        (("Conduite d'entretien sans discrimination", 2025, True),),
    ),
    "nadia": Portrait("Parcours d'intégration et campagnes de mobilité. Une question sur vos premiers mois ? Elle est pour moi."),
    "helene": Portrait("Je prépare les plans de relève avec les faits que chacun a choisi de montrer."),
    "driss": Portrait("Électromécanicien à Saint-Nazaire et élu du personnel. Ce que vous me dites reste entre nous."),
    "gwenaelle": Portrait("Applications internes : si quelque chose ne marche pas, dites-le, même à moitié."),
    "anne_laure": Portrait("Directrice des ressources humaines. Les décisions qui vous concernent vous sont dites, par une personne."),
    "mathieu": Portrait("Délégué à la protection des données : qui lit quoi, pourquoi, et jusqu'à quand."),
    "bernard": Portrait(
        "Vingt-neuf ans de fonderie. Je pars dans deux ans et j'aimerais que tout soit dit avant.",
        (("Ingénieur fondeur", 1997, True),),
        ("open", "Transmettre : je ne cherche plus à bouger.", True, False),
    ),
    "yann": Portrait(
        "Contrôle non destructif, ressuage et ultrasons. Je montre volontiers.", (("Certification ultrasons, niveau 2", 2021, True),)
    ),
    "awa": Portrait(
        "Chaudronnière. Le plan d'abord, la tôle ensuite.",
        (("CAP chaudronnerie", 2019, True),),
        ("year", "Passer aux méthodes : j'ai commencé les cours du soir.", True, True),
    ),
    "lea": Portrait(
        "Je vends nos pièces et j'apprends ce qu'elles demandent à ceux qui les font.", (), ("year", "Six mois à Porto.", True, True)
    ),
}
