"""Openings: positions and missions, with the skills to have and to learn, the pay band and the calendar."""

from __future__ import annotations

from dataclasses import dataclass

from .drafts import Line

POSITION, MISSION = "position", "mission"


@dataclass(frozen=True, slots=True)
class OpeningDraft:
    """An opening; days are counted from its publication, pay is in thousands of euros a year (0 for a mission, paid as one is), `share` in per cent."""

    key: str
    kind: str
    title: str
    unit: str
    site: str
    summary: str
    description: str
    skills_needed: tuple[str, ...]
    skills_learned: tuple[str, ...]
    pay_from: int = 0
    pay_to: int = 0
    level: str = ""
    closes_after: int = 28
    starts_after: int = 75
    lasts_weeks: int = 0
    share: int = 100
    language: str = "fr"


OPENINGS = (
    OpeningDraft(
        "methodes",
        POSITION,
        "Chef·fe de projet méthodes",
        "MET",
        "Nantes",
        "Faire entrer deux nouvelles familles de pièces en série, de l'essai à la première livraison.",
        "Vous suivez une pièce depuis la première coulée jusqu'au dixième lot. Vous réunissez moulage, usinage, qualité et achats une demi-heure par semaine, devant la pièce, et vous tranchez quand il faut trancher.\n\nCe qui compte : savoir écouter un atelier, écrire simplement, tenir un calendrier. L'ordonnancement s'apprend avec une formation interne de quatre jours.",
        ("workshop_facilitation", "data_quality", "project_management"),
        ("scheduling",),
        46,
        54,
        "F11",
    ),
    OpeningDraft(
        "qualite-client",
        POSITION,
        "Ingénieur·e qualité client",
        "QUA",
        "Lyon",
        "Répondre aux clients quand quelque chose ne va pas, et faire en sorte que cela n'arrive plus.",
        "Trois clients à suivre, une vingtaine de dossiers par an. Vous analysez au poste, vous écrivez la réponse, vous vérifiez six semaines plus tard que l'action tient.\n\nVous travaillez avec le contrôle et les ateliers de trois sites. Déplacements une fois par mois environ.",
        ("root_cause", "customer_claims"),
        ("eight_d", "english_technical"),
        41,
        49,
        "E10",
    ),
    OpeningDraft(
        "chef-equipe-nuit",
        POSITION,
        "Chef·fe d'équipe moulage, équipe de nuit",
        "DI-NTE",
        "Nantes",
        "Animer une équipe de neuf personnes, la nuit, sur deux lignes de moulage.",
        "L'équipe se connaît bien et transmet beaucoup à voix haute. On cherche quelqu'un qui protège cela : des consignes claires, une transmission soignée, du temps pour apprendre aux nouveaux.\n\nHoraires 21 h à 5 h, quatre nuits par semaine. Deux mois de recouvrement avec la personne en poste.",
        ("sand_moulding", "shift_handover"),
        ("team_leading", "risk_assessment"),
        34,
        39,
        "D8",
    ),
    OpeningDraft(
        "ingenieur-donnees",
        POSITION,
        "Ingénieur·e données d'atelier",
        "DON",
        "Lyon",
        "Relier les fours et les machines à nos tableaux, et surtout vérifier que ce qu'ils disent est vrai.",
        "Vous construisez les flux entre capteurs, ERP et base de lecture. Vous passez au moins un jour par semaine en atelier : c'est là que l'on comprend pourquoi une mesure est fausse.\n\nÉquipe de sept personnes sur quatre sites.",
        ("sql", "integration"),
        ("industrial_iot", "data_modelling"),
        43,
        52,
        "F11",
    ),
    OpeningDraft(
        "ordonnancement",
        POSITION,
        "Ordonnanceur·se fours",
        "LOG",
        "Nantes",
        "Faire tourner trois fours sans transformer chaque semaine en urgence.",
        "Vous construisez le planning à trois semaines, vous le tenez à trois jours, et vous savez dire non avec une explication. Les jetons d'urgence sont sur votre bureau.\n\nFormation interne au logiciel, quatre semaines en double.",
        ("scheduling", "spreadsheet"),
        ("melting",),
        33,
        39,
        "D8",
    ),
    OpeningDraft(
        "acheteur",
        POSITION,
        "Acheteur·se sous-traitance",
        "ACH",
        "Saint-Nazaire",
        "Douze sous-traitants à connaître vraiment, de l'usinage au traitement de surface.",
        "Vous passez deux jours par semaine chez eux. Vous négociez, mais surtout vous évitez les surprises : capacité, qualité, succession quand un atelier approche de la retraite.",
        ("supplier_audit", "supplier_negotiation"),
        ("total_cost", "contracts"),
        40,
        48,
        "E10",
    ),
    OpeningDraft(
        "preventeur",
        POSITION,
        "Préventeur·rice sécurité",
        "HSE",
        "Lille",
        "Faire vivre la sécurité avec les équipes, et pas à leur place.",
        "Causeries, visites, analyses après incident, accueil des intérimaires. Vous passez l'essentiel de vos journées en atelier et vous écrivez court.\n\nUne expérience du terrain compte davantage qu'un diplôme.",
        ("risk_assessment", "incident_analysis"),
        ("ergonomics", "facilitation"),
        34,
        41,
        "D9",
    ),
    OpeningDraft(
        "automaticien",
        POSITION,
        "Automaticien·ne",
        "MNT",
        "Saint-Nazaire",
        "Sauver, comprendre et moderniser les automates de deux ateliers.",
        "La moitié du parc a plus de vingt ans et tourne très bien. Vous sauvegardez, vous documentez, vous remplacez un automate par trimestre sans arrêter la ligne plus d'un week-end. Astreinte une semaine sur six.",
        ("plc", "troubleshooting"),
        ("electrical", "cybersecurity"),
        35,
        42,
        "D9",
    ),
    OpeningDraft(
        "controle-gestion",
        POSITION,
        "Contrôleur·se de gestion industriel",
        "FIN",
        "Nantes",
        "Expliquer les coûts d'atelier à des gens qui n'aiment pas les tableaux.",
        "Prix de revient, écarts, dossiers d'investissement. Vous travaillez avec les ateliers, sur place. On vous jugera à une chose : est-ce que les gens comprennent.",
        ("cost_accounting", "spreadsheet"),
        ("capex_case",),
        42,
        50,
        "F11",
    ),
    OpeningDraft(
        "program-lead-porto",
        POSITION,
        "Industrialisation lead, Porto",
        "MET",
        "Porto",
        "Bring three part families from Lyon to Porto and make both sites proud of it.",
        "You spend one week a month in Lyon, the rest in Porto. You own the transfer plan, the training of the team and the first six months of deliveries.\n\nWorking language English; French or Portuguese to learn on the way, lessons included.",
        ("project_management", "cnc_programming"),
        ("english_technical", "fixturing"),
        44,
        53,
        "F11",
        language="en",
    ),
    OpeningDraft(
        "mission-zero-rebut",
        MISSION,
        "Mission « Zéro rebut », pièces fines",
        "QUA",
        "Lyon",
        "Réunir quatre sites autour des gouttes froides, un jour par semaine.",
        "Vous animez un groupe de six personnes, vous faites couper les pièces ratées devant tout le monde et vous tenez un carnet de ce qui a été essayé. Rien à savoir faire seul ou seule : il faut surtout savoir réunir.",
        ("facilitation", "root_cause"),
        ("experimental_design",),
        closes_after=21,
        starts_after=35,
        lasts_weeks=16,
        share=20,
    ),
    OpeningDraft(
        "mission-soudage",
        MISSION,
        "Qualifier le nouveau poste de soudage",
        "DI-SNZ",
        "Saint-Nazaire",
        "Trois mois pour passer du poste livré au poste qualifié.",
        "Essais, éprouvettes, dossier de qualification, formation des collègues. Avec l'appui du contrôle pour la lecture des radios.",
        ("tig_welding", "control_plans"),
        ("radiography",),
        closes_after=18,
        starts_after=30,
        lasts_weeks=12,
        share=20,
    ),
    OpeningDraft(
        "mission-accueil",
        MISSION,
        "Refaire l'accueil en atelier",
        "RH",
        "Nantes",
        "Reprendre la première semaine avec celles et ceux qui viennent de la vivre.",
        "Une demi-journée par semaine pendant deux mois, avec une personne des RH et trois personnes des dernières promotions. Objectif : une semaine d'accueil testée sur deux équipes, dont une de nuit.",
        ("onboarding_hosting",),
        ("training_design", "facilitation"),
        closes_after=15,
        starts_after=25,
        lasts_weeks=8,
        share=10,
    ),
    OpeningDraft(
        "mission-outils",
        MISSION,
        "Bibliothèque d'outils commune",
        "MET",
        "Lyon",
        "Quarante outils, quatre sites, un seul nom pour chacun.",
        "Vous visitez les quatre ateliers, vous faites choisir la liste courte par les régleurs et les programmeurs, vous la publiez et vous la défendez pendant trois mois.",
        ("cutting_tools", "cad_cam"),
        ("data_modelling", "change_support"),
        closes_after=20,
        starts_after=30,
        lasts_weeks=14,
        share=30,
    ),
    OpeningDraft(
        "mission-energie",
        MISSION,
        "Chasse aux consommations du dimanche",
        "HSE",
        "Lille",
        "Trouver ce qui tourne pour rien quand personne ne travaille.",
        "Six dimanches matin de mesures (récupérés), le reste en analyse et en réglages avec la maintenance. À la fin : une liste courte d'actions chiffrées, et ce que l'on a vraiment gagné.",
        ("energy", "dashboards"),
        ("capex_case",),
        closes_after=14,
        starts_after=21,
        lasts_weeks=10,
        share=20,
    ),
    OpeningDraft(
        "mission-visio",
        MISSION,
        "La voix des équipes de nuit",
        "SG",
        "Nantes",
        "Faire arriver les annonces jusqu'à celles et ceux qui travaillent quand les autres dorment.",
        "Dix pour cent de votre temps pendant quatre mois : passer deux nuits avec les équipes, proposer trois changements, les essayer, dire ce qui a marché.",
        ("facilitation",),
        ("change_support", "public_speaking"),
        closes_after=16,
        starts_after=24,
        lasts_weeks=16,
        share=10,
    ),
)

# What somebody writes when applying; nothing in it depends on who writes.
APPLICATION_LETTERS = (
    Line(
        "J'ai {quatre|cinq|six} ans d'atelier derrière moi et l'envie de voir plus loin que ma ligne. Ce qui m'attire ici, c'est de suivre une pièce du début à la fin. Ce qui me manque, je l'apprendrai vite et je l'ai déjà commencé le soir."
    ),
    Line(
        "Je connais bien les défauts dont parle l'annonce : j'en ai vécu la moitié. Je joins deux réponses qui ont servi à des collègues, elles disent mieux que moi comment je travaille."
    ),
    Line(
        "Je ne coche pas toutes les cases. J'ai l'animation et la qualité des données, il me manque l'ordonnancement. Je préfère le dire tout de suite."
    ),
    Line(
        "Cette mission tombe au bon moment : mon équipe tourne bien et je peux dégager un jour par semaine. Personne de mon équipe n'est encore au courant, je vous remercie d'en tenir compte."
    ),
    Line(
        "J'ai fait une journée d'immersion dans ce service en {mois_passe}. J'en garde une page de questions et une certitude : c'est là que je veux travailler."
    ),
    Line(
        "En toute franchise, j'hésitais. Une collègue m'a conseillé de lire l'annonce jusqu'au bout, et le paragraphe sur les visites d'atelier a emporté ma décision."
    ),
    Line(
        "Mon métier actuel me plaît, et je pourrais y rester. Mais j'apprends moins qu'avant, et ici je vois trois choses à apprendre d'un coup."
    ),
    Line("Une candidature simple : je sais faire ce que vous demandez, je l'ai fait à petite échelle, j'aimerais le faire pour de vrai."),
)

# A person's own wish: horizon in months, then the words.
WISHES = (
    (24, "Management d'une équipe d'ici deux ans, de préférence à Lyon."),
    (12, "Changer de métier sans changer de site : la logistique m'attire depuis une journée d'immersion."),
    (36, "Rester sur mon poste et transmettre. Je ne cherche pas à monter, je cherche quelqu'un à former."),
    (18, "Une mission à 20 % dans un autre service, pour voir."),
    (24, "Passer des équipes à la journée quand un poste se présentera, méthodes ou qualité."),
    (6, "Rester sur site."),
    (36, "Prendre la responsabilité d'un atelier, un jour, après une première équipe."),
    (12, "Travailler six mois à Porto."),
    (24, "Devenir référent ou référente technique, sans encadrement."),
    (18, "Apprendre la simulation et rejoindre la R&D, même à mi-temps pour commencer."),
)
