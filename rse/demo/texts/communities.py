"""The communities of the company: what they are called, what for, and how one gets in."""

from __future__ import annotations

from dataclasses import dataclass

OPEN, CLOSED, SECRET = "open", "closed", "secret"


@dataclass(frozen=True, slots=True)
class CommunityDraft:
    """A community; `kind` is open, closed or secret, `themes` are what people write about in it, `site` is set when it belongs to one place.

    A protected community belongs to elected representatives: nothing of it may feed talent data or figures.
    """

    key: str
    name: str
    purpose: str
    kind: str
    themes: tuple[str, ...]
    site: str = ""
    is_protected: bool = False
    language: str = "fr"


COMMUNITIES = (
    CommunityDraft(
        "data-usages",
        "Données & usages",
        "Poser une question sur nos données, partager une requête, dire ce qui est faux. Tous les métiers, aucun prérequis.",
        OPEN,
        ("data",),
    ),
    CommunityDraft(
        "ateliers",
        "Ateliers",
        "Ce qui se passe au poste : moulage, usinage, soudage, maintenance. On parle du travail, on montre des photos, on s'entraide.",
        OPEN,
        ("casting", "machining", "maintenance"),
    ),
    CommunityDraft(
        "fonderie",
        "Fonderie et moulage",
        "Sable, noyaux, fusion, coulée : défauts, réglages, essais réussis ou non.",
        OPEN,
        ("casting", "rd"),
    ),
    CommunityDraft(
        "usinage",
        "Usinage sans frontières",
        "Programmes, outils et montages entre Lyon, Saint-Nazaire et Porto. En français ou en anglais, comme ça vient.",
        OPEN,
        ("machining",),
    ),
    CommunityDraft(
        "qualite",
        "Qualité",
        "Défauts, mesures, audits, réclamations. On cherche des causes, pas des coupables.",
        OPEN,
        ("quality",),
    ),
    CommunityDraft(
        "zero-rebut",
        "Zéro rebut",
        "Le projet commun à quatre sites : on coupe les pièces ratées et on en parle.",
        OPEN,
        ("quality", "casting", "data"),
    ),
    CommunityDraft(
        "maintenance",
        "Maintenance et dépannage",
        "Pannes, pièces, astreintes, bonnes idées de 3 h du matin.",
        OPEN,
        ("maintenance",),
    ),
    CommunityDraft(
        "flux", "Flux et expéditions", "Stocks, plannings, transports, quais : pour que les pièces arrivent.", OPEN, ("logistics",)
    ),
    CommunityDraft(
        "acheteurs",
        "Acheter ensemble",
        "Fournisseurs, contrats, matières : le métier d'acheteur et les questions de celles et ceux qui ont besoin d'acheter.",
        OPEN,
        ("purchasing",),
    ),
    CommunityDraft(
        "securite",
        "Sécurité et environnement",
        "Presque-accidents, bonnes pratiques, énergie, déchets. Tout ce qui fait rentrer les gens entiers chez eux.",
        OPEN,
        ("hse",),
    ),
    CommunityDraft(
        "vie-au-travail",
        "Vie au travail",
        "Formation, horaires, mobilité, mentorat : les questions que l'on se pose, et des réponses de personnes passées par là.",
        OPEN,
        ("hr", "welcome"),
    ),
    CommunityDraft(
        "parrains",
        "Parrains et marraines",
        "Accueillir quelqu'un, ça s'apprend. On s'échange les bonnes idées, on ne parle jamais des personnes accueillies.",
        CLOSED,
        ("welcome",),
    ),
    CommunityDraft(
        "finance-claire",
        "La finance en clair",
        "Coûts, budgets, investissements, expliqués sans tableau de cinquante lignes.",
        OPEN,
        ("finance",),
    ),
    CommunityDraft(
        "clients", "Nos clients", "Ce que les clients nous disent, ce qu'on leur promet, ce qu'on apprend en perdant.", CLOSED, ("sales",)
    ),
    CommunityDraft(
        "essais",
        "Essais et recherche",
        "Alliages, procédés, prototypes. L'étagère « n'a pas marché » est la plus lue.",
        OPEN,
        ("rd", "casting"),
    ),
    CommunityDraft(
        "nantes",
        "Vie de site, Nantes",
        "Le quotidien à Nantes : cantine, parking, objets trouvés, bonnes nouvelles.",
        OPEN,
        ("site",),
        "Nantes",
    ),
    CommunityDraft(
        "saint-nazaire", "Vie de site, Saint-Nazaire", "Le quotidien à Saint-Nazaire, navette comprise.", OPEN, ("site",), "Saint-Nazaire"
    ),
    CommunityDraft("lyon", "Vie de site, Lyon", "Le quotidien à Lyon : midi, vélos, salles, événements.", OPEN, ("site",), "Lyon"),
    CommunityDraft("lille", "Vie de site, Lille", "Le quotidien à Lille, frites du jeudi comprises.", OPEN, ("site",), "Lille"),
    CommunityDraft(
        "porto",
        "Porto and friends",
        "Daily life in Porto, and everyone who works with Porto. English, French, Portuguese.",
        OPEN,
        ("site",),
        "Porto",
        language="en",
    ),
    CommunityDraft(
        "nuit",
        "Équipes de nuit",
        "Pour celles et ceux qui travaillent quand les autres dorment. Les annonces y arrivent aussi, à une heure normale pour vous.",
        CLOSED,
        ("casting", "site"),
    ),
    CommunityDraft(
        "midi-ensemble",
        "Midi ensemble",
        "Une table, des gens d'ailleurs, une heure. Les tables de la semaine sont annoncées ici.",
        OPEN,
        ("site", "welcome"),
    ),
    CommunityDraft(
        "managers", "Animer une équipe", "Questions franches entre responsables d'équipe, sans parler de personnes.", CLOSED, ("hr",)
    ),
    CommunityDraft(
        "four-2027",
        "Projet four 2027",
        "Le remplacement du four de fusion : étude, chiffrage, calendrier. Confidentiel jusqu'à l'annonce aux équipes.",
        SECRET,
        ("casting", "finance", "rd"),
    ),
    CommunityDraft(
        "comite-offres", "Comité des offres", "Relecture des offres sensibles avant envoi. Membres nommés.", SECRET, ("sales", "finance")
    ),
    CommunityDraft(
        "elus",
        "Espace des élus du personnel",
        "Espace protégé : invisible aux RH et à l'informatique, exclu de toute statistique.",
        SECRET,
        (),
        is_protected=True,
    ),
)
