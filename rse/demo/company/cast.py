"""The people of the company who have a name and a part to play, and where each of them sits."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """One named person, for ``years`` in the company; ``seat`` is ("head", unit), ("member", unit, title, site) or ("night", site)."""

    key: str
    first_name: str
    last_name: str
    seat: tuple[str, ...]
    years: float
    languages: tuple[str, ...] = ("fr",)


@dataclass(frozen=True, slots=True)
class Persona:
    """A person offered on the sign-in page of a demo, with the role played and a label in both languages."""

    employee_number: str
    role: str
    label_fr: str
    label_en: str
    name: str


DATA_UNIT = "DON"
DATA_QUALITY_UNIT = "QUA-DON"

CAST = (
    Part("ines", "Inès", "Caron", ("member", "DON", "Analyste de données de production", "NTE"), 0, ("fr", "en", "es")),
    Part("malik", "Malik", "Benali", ("member", "DON", "Ingénieur·e données", "LYN"), 3.4, ("fr", "en", "ar")),
    Part("sofia", "Sofia", "Marchetti", ("head", "QUA-DON"), 6.2, ("fr", "it", "en")),
    Part("claire", "Claire", "Moreau", ("member", "LOG", "Coordinateur·rice logistique", "NTE"), 7.3, ("fr", "en")),
    Part("elodie", "Élodie", "Roussel", ("head", "DON"), 5.6, ("fr", "en")),
    Part("paul", "Paul", "Garnier", ("member", "RH", "Chargé·e de recrutement et de mobilité", "NTE"), 4.1, ("fr", "en")),
    Part("nadia", "Nadia", "Slimani", ("member", "RH", "Responsable des parcours et des campagnes", "NTE"), 8.7, ("fr", "en", "ar")),
    Part("helene", "Hélène", "Astier", ("member", "RH", "Responsable des plans de relève", "NTE"), 11.5, ("fr", "en", "de")),
    Part("driss", "Driss", "Amrani", ("member", "MNT", "Électromécanicien·ne", "SNZ"), 12.8, ("fr", "ar")),
    Part("gwenaelle", "Gwenaëlle", "Tanguy", ("member", "DSI", "Administrateur·rice des applications", "NTE"), 5.1, ("fr", "en", "br")),
    Part("anne_laure", "Anne-Laure", "Pasquier", ("head", "RH"), 3.9, ("fr", "en")),
    Part("mathieu", "Mathieu", "Ferreira", ("member", "SG", "Délégué·e à la protection des données", "NTE"), 4.6, ("fr", "en", "pt")),
    Part("jerome", "Jérôme", "Vasseur", ("member", "RH", "Chargé·e de développement des carrières", "LYN"), 6.8, ("fr", "en")),
    Part("bernard", "Bernard", "Roy", ("head", "QUA"), 29.3, ("fr", "en")),
    Part("karim", "Karim", "Haddad", ("head", "DI-NTE"), 9.4, ("fr", "en", "ar")),
    Part("jeanne", "Jeanne", "Vidal", ("night", "NTE"), 14.2, ("fr",)),
    Part("yann", "Yann", "Le Bris", ("member", "QUA", "Contrôleur·se non destructif", "NTE"), 10.6, ("fr", "br")),
    Part("awa", "Awa", "Diop", ("member", "DI-SNZ", "Chaudronnier·ère", "SNZ"), 5.9, ("fr", "wo", "en")),
    Part("hugo", "Hugo", "Lambert", ("member", "ACH", "Acheteur·se matières", "LIL"), 2.6, ("fr", "en")),
    Part("lea", "Léa", "Fontaine", ("member", "COM", "Chargé·e d’affaires", "NTE"), 1.2, ("fr", "en")),
)
MEN = frozenset({"malik", "paul", "driss", "mathieu", "jerome", "bernard", "karim", "yann", "hugo"})  # the others of the cast are women
CAST_NAMES = frozenset(f"{part.first_name} {part.last_name}" for part in CAST)

# (key of the cast, role, French label, English label), in the order of the sign-in page.
PERSONAS = (
    ("ines", "newcomer", "Nouvelle arrivée · semaine 3", "New hire · week 3"),
    ("malik", "colleague", "Collègue · ingénieur données, Lyon", "Colleague · data engineer, Lyon"),
    ("sofia", "expert", "Responsable qualité des données, Lyon", "Data quality lead, Lyon"),
    ("claire", "mentor", "Marraine et mentore · logistique", "Buddy and mentor · logistics"),
    ("elodie", "manager", "Responsable · sept personnes", "Manager · seven people"),
    ("paul", "recruiter", "Recruteur · postes et missions", "Recruiter · positions and missions"),
    ("nadia", "hr", "RH · parcours et campagnes", "HR · journeys and campaigns"),
    ("helene", "hr_succession", "RH, plans de relève · comité carrières", "HR, succession plans · talent committee"),
    ("jerome", "hr_succession_second", "RH, plans de relève · carrières, Lyon", "HR, succession plans · careers, Lyon"),
    ("anne_laure", "hr_head", "Directrice des ressources humaines", "Head of human resources"),
    ("driss", "elected", "Élu du personnel", "Elected representative"),
    ("mathieu", "dpo", "Délégué à la protection des données", "Data protection officer"),
    ("gwenaelle", "administrator", "Administratrice · informatique", "Administrator · IT"),
)
