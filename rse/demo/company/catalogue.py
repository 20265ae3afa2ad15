"""What the foundry is made of: sites, job families, functions, workshops, and the titles people hold in them."""

from __future__ import annotations

from dataclasses import dataclass

COMPANY_NAME = "Fonderies de l’Estuaire"
MAIL_DOMAIN = "estuaire.example"

EXECUTIVE, TECHNICIAN, OPERATOR = "executive", "technician", "operator"
TRIAL_MONTHS = {EXECUTIVE: 4, TECHNICIAN: 3, OPERATOR: 2}


@dataclass(frozen=True, slots=True)
class Site:
    """A place of work; ``weight`` is its share of production, ``phone`` the start of its numbers (empty: no numbers given)."""

    code: str
    name: str
    time_zone: str
    country: str
    weight: int
    phone: str
    region: str
    workshops: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Workshop:
    """A production trade: ``trade`` completes « chef·fe d’équipe … », ``roles`` are the titles of its operators."""

    name: str
    family: str
    trade: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Function:
    """A support function: services are pairs (unit name, title of its head), roles triples (title, level, weight)."""

    code: str
    name: str
    parent: str
    share: float
    minimum: int
    family: str
    head: str
    services: tuple[tuple[str, str], ...]
    roles: tuple[tuple[str, str, int], ...]


SITES = (
    Site("NTE", "Nantes", "Europe/Paris", "FR", 31, "02 61 91", "Ouest", ("moulage", "fusion", "parachevement", "noyautage")),
    Site("SNZ", "Saint-Nazaire", "Europe/Paris", "FR", 23, "02 61 91", "Ouest", ("chaudronnerie", "soudage", "usinage", "peinture")),
    Site("LYN", "Lyon", "Europe/Paris", "FR", 18, "04 65 71", "Sud-Est", ("usinage", "cire", "montage")),
    Site("LIL", "Lille", "Europe/Paris", "FR", 16, "03 53 01", "Nord", ("moulage", "parachevement", "traitement")),
    Site("OPO", "Porto", "Europe/Lisbon", "PT", 12, "", "International", ("usinage", "finition")),
)
# Opened only for a company of more than 8,000 people.
MORE_SITES = (
    Site("LEH", "Le Havre", "Europe/Paris", "FR", 14, "02 61 91", "Ouest", ("chaudronnerie", "soudage", "peinture")),
    Site("DKQ", "Dunkerque", "Europe/Paris", "FR", 14, "03 53 01", "Nord", ("fusion", "moulage", "parachevement")),
    Site("BFT", "Belfort", "Europe/Paris", "FR", 12, "03 53 01", "Nord", ("usinage", "montage", "traitement")),
    Site("TRB", "Tarbes", "Europe/Paris", "FR", 10, "05 36 49", "Sud-Est", ("cire", "usinage", "traitement")),
    Site("YUL", "Montréal", "America/Toronto", "CA", 10, "+1 514 555 01", "International", ("usinage", "montage")),
)

WORKSHOPS = {
    "moulage": Workshop("Moulage", "Fonderie", "moulage", ("Opérateur·rice de moulage", "Mouleur·se main", "Pilote de ligne de moulage")),
    "fusion": Workshop("Fusion et coulée", "Fonderie", "fusion", ("Fondeur·se", "Couleur·se", "Pilote de four")),
    "noyautage": Workshop("Noyautage", "Fonderie", "noyautage", ("Noyauteur·se", "Opérateur·rice de noyautage")),
    "parachevement": Workshop("Parachèvement", "Fonderie", "parachèvement", ("Ébarbeur·se", "Opérateur·rice de grenaillage", "Meuleur·se")),
    "traitement": Workshop(
        "Traitement thermique", "Fonderie", "traitement thermique", ("Opérateur·rice de traitement thermique", "Pilote de four")
    ),
    "cire": Workshop("Cire perdue", "Fonderie", "cire perdue", ("Opérateur·rice cire perdue", "Monteur·se de grappes", "Modeleur·se cire")),
    "usinage": Workshop(
        "Usinage", "Usinage", "usinage", ("Opérateur·rice sur commande numérique", "Régleur·se", "Fraiseur·se", "Tourneur·se")
    ),
    "montage": Workshop("Montage", "Usinage", "montage", ("Monteur·se", "Ajusteur·se", "Opérateur·rice d’essais")),
    "finition": Workshop("Finition", "Usinage", "finition", ("Opérateur·rice de finition", "Polisseur·se", "Ébavureur·se")),
    "chaudronnerie": Workshop(
        "Chaudronnerie", "Chaudronnerie et soudage", "chaudronnerie", ("Chaudronnier·ère", "Traceur·se", "Opérateur·rice de formage")
    ),
    "soudage": Workshop(
        "Soudage", "Chaudronnerie et soudage", "soudage", ("Soudeur·se TIG", "Soudeur·se semi-automatique", "Soudeur·se qualifié·e")
    ),
    "peinture": Workshop(
        "Peinture et traitement de surface", "Chaudronnerie et soudage", "peinture", ("Peintre industriel·le", "Opérateur·rice de sablage")
    ),
}

FUNCTIONS = (
    Function(
        "QUA",
        "Qualité",
        "DI",
        0.06,
        15,
        "Qualité",
        "Direction de la qualité, site de Lyon",
        (
            ("Contrôle et métrologie", "Responsable contrôle et métrologie"),
            ("Qualité client", "Responsable qualité client"),
            ("Qualité fournisseurs", "Responsable qualité fournisseurs"),
            ("Laboratoire", "Responsable du laboratoire"),
            ("Système qualité", "Responsable système qualité"),
        ),
        (
            ("Contrôleur·se qualité", TECHNICIAN, 4),
            ("Métrologue", TECHNICIAN, 2),
            ("Ingénieur·e qualité", EXECUTIVE, 2),
            ("Technicien·ne de laboratoire", TECHNICIAN, 2),
        ),
    ),
    Function(
        "MNT",
        "Maintenance",
        "DI",
        0.05,
        10,
        "Maintenance",
        "Responsable maintenance",
        (
            ("Maintenance fonderie", "Responsable maintenance fonderie"),
            ("Maintenance usinage", "Responsable maintenance usinage"),
            ("Énergies et bâtiments", "Responsable énergies et bâtiments"),
            ("Automatismes", "Responsable automatismes"),
            ("Magasin de pièces", "Responsable du magasin de pièces"),
        ),
        (
            ("Technicien·ne de maintenance", TECHNICIAN, 5),
            ("Automaticien·ne", TECHNICIAN, 2),
            ("Électromécanicien·ne", TECHNICIAN, 3),
            ("Ingénieur·e fiabilité", EXECUTIVE, 1),
        ),
    ),
    Function(
        "LOG",
        "Logistique",
        "DI",
        0.055,
        11,
        "Logistique",
        "Responsable logistique",
        (
            ("Ordonnancement", "Responsable ordonnancement"),
            ("Magasins", "Responsable des magasins"),
            ("Expéditions", "Responsable des expéditions"),
            ("Transport et douane", "Responsable transport et douane"),
            ("Approvisionnements", "Responsable approvisionnements"),
        ),
        (
            ("Cariste", OPERATOR, 4),
            ("Gestionnaire de stock", TECHNICIAN, 2),
            ("Ordonnanceur·se", TECHNICIAN, 2),
            ("Agent·e d’expédition", OPERATOR, 3),
            ("Approvisionneur·se", TECHNICIAN, 2),
        ),
    ),
    Function(
        "MET",
        "Méthodes et industrialisation",
        "DI",
        0.03,
        7,
        "Méthodes",
        "Responsable méthodes",
        (
            ("Méthodes fonderie", "Responsable méthodes fonderie"),
            ("Méthodes usinage", "Responsable méthodes usinage"),
            ("Outillage", "Responsable outillage"),
            ("Amélioration continue", "Responsable amélioration continue"),
        ),
        (
            ("Technicien·ne méthodes", TECHNICIAN, 4),
            ("Ingénieur·e industrialisation", EXECUTIVE, 2),
            ("Modeleur·se outilleur·se", TECHNICIAN, 2),
            ("Programmeur·se CN", TECHNICIAN, 2),
        ),
    ),
    Function(
        "ACH",
        "Achats",
        "DG",
        0.03,
        7,
        "Achats",
        "Direction des achats",
        (
            ("Achats matières", "Responsable achats matières"),
            ("Achats outillage et prestations", "Responsable achats outillage"),
            ("Achats généraux", "Responsable achats généraux"),
            ("Sous-traitance", "Responsable sous-traitance"),
        ),
        (
            ("Acheteur·se", EXECUTIVE, 3),
            ("Acheteur·se matières", EXECUTIVE, 2),
            ("Assistant·e achats", TECHNICIAN, 2),
            ("Analyste achats", EXECUTIVE, 1),
        ),
    ),
    Function(
        "COM",
        "Commerce",
        "DG",
        0.05,
        10,
        "Commerce",
        "Direction commerciale",
        (
            ("Comptes ferroviaires", "Responsable comptes ferroviaires"),
            ("Énergie et hydraulique", "Responsable marché énergie"),
            ("Administration des ventes", "Responsable administration des ventes"),
            ("Export", "Responsable export"),
            ("Devis", "Responsable devis"),
        ),
        (
            ("Chargé·e d’affaires", EXECUTIVE, 4),
            ("Technico-commercial·e", EXECUTIVE, 3),
            ("Gestionnaire administration des ventes", TECHNICIAN, 3),
            ("Deviseur·se", TECHNICIAN, 2),
        ),
    ),
    Function(
        "DSI",
        "Systèmes d’information",
        "DG",
        0.035,
        8,
        "Données et systèmes d’information",
        "Direction des systèmes d’information",
        (
            ("Infrastructures et postes de travail", "Responsable infrastructures"),
            ("Applications de gestion", "Responsable applications de gestion"),
            ("Informatique d’atelier", "Responsable informatique d’atelier"),
            ("Sécurité informatique", "Responsable sécurité informatique"),
            ("Assistance", "Responsable assistance"),
        ),
        (
            ("Technicien·ne support", TECHNICIAN, 3),
            ("Administrateur·rice systèmes et réseaux", EXECUTIVE, 2),
            ("Chef·fe de projet informatique", EXECUTIVE, 2),
            ("Développeur·se", EXECUTIVE, 2),
        ),
    ),
    Function(
        "RH",
        "Ressources humaines",
        "DG",
        0.03,
        11,
        "Ressources humaines",
        "Direction des ressources humaines",
        (
            ("Recrutement et mobilité", "Responsable recrutement et mobilité"),
            ("Formation et parcours", "Responsable formation et parcours"),
            ("Administration et paie", "Responsable administration et paie"),
            ("RH de proximité", "Responsable RH de proximité"),
        ),
        (
            ("Gestionnaire paie", TECHNICIAN, 2),
            ("Chargé·e de formation", EXECUTIVE, 2),
            ("Assistant·e RH", TECHNICIAN, 2),
            ("Responsable RH de site", EXECUTIVE, 2),
        ),
    ),
    Function(
        "FIN",
        "Finance",
        "DG",
        0.03,
        7,
        "Finance",
        "Direction financière",
        (
            ("Contrôle de gestion", "Responsable contrôle de gestion"),
            ("Comptabilité", "Responsable comptabilité"),
            ("Trésorerie", "Responsable trésorerie"),
            ("Investissements", "Responsable investissements"),
        ),
        (
            ("Comptable", TECHNICIAN, 3),
            ("Contrôleur·se de gestion", EXECUTIVE, 3),
            ("Gestionnaire de trésorerie", TECHNICIAN, 1),
            ("Assistant·e comptable", TECHNICIAN, 1),
        ),
    ),
    Function(
        "HSE",
        "Santé, sécurité, environnement",
        "DG",
        0.02,
        6,
        "HSE",
        "Responsable santé, sécurité, environnement",
        (
            ("Sécurité des ateliers", "Responsable sécurité des ateliers"),
            ("Environnement", "Responsable environnement"),
            ("Prévention", "Responsable prévention"),
        ),
        (("Préventeur·rice", TECHNICIAN, 3), ("Technicien·ne environnement", TECHNICIAN, 2), ("Ingénieur·e HSE", EXECUTIVE, 1)),
    ),
    Function(
        "RD",
        "Recherche et développement",
        "DG",
        0.035,
        8,
        "R&D",
        "Direction recherche et développement",
        (
            ("Alliages", "Responsable alliages"),
            ("Simulation", "Responsable simulation"),
            ("Prototypes", "Responsable prototypes"),
            ("Procédés", "Responsable procédés"),
        ),
        (
            ("Ingénieur·e matériaux", EXECUTIVE, 3),
            ("Ingénieur·e simulation", EXECUTIVE, 2),
            ("Technicien·ne d’essais", TECHNICIAN, 3),
            ("Dessinateur·rice projeteur·se", TECHNICIAN, 2),
        ),
    ),
    Function(
        "SG",
        "Secrétariat général",
        "DG",
        0.018,
        6,
        "Fonctions générales",
        "Secrétariat général",
        (
            ("Juridique et conformité", "Responsable juridique"),
            ("Communication", "Responsable communication"),
            ("Services généraux", "Responsable services généraux"),
        ),
        (
            ("Juriste", EXECUTIVE, 2),
            ("Chargé·e de communication", EXECUTIVE, 2),
            ("Agent·e d’accueil", TECHNICIAN, 2),
            ("Gestionnaire services généraux", TECHNICIAN, 1),
        ),
    ),
)
