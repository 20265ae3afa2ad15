"""Succession: key positions, reasons of nominations, and what is done to prepare somebody. Short, factual, decent."""

from __future__ import annotations

from dataclasses import dataclass, field

from .drafts import Line

NOW, SOON, LATER = "now", "1-2 years", "3-5 years"


@dataclass(frozen=True, slots=True)
class KeyPositionDraft:
    """A key position: the unit it leads, why it matters, and the parts of the cast proposed for it with readiness, reason and action."""

    unit: str
    criticality: str
    horizon_months: int
    why: str
    nominations: tuple[tuple[str, str, str, str], ...] = ()
    language: str = "fr"
    single_holder: bool = field(default=False, kw_only=True)


KEY_POSITIONS = (
    KeyPositionDraft(
        "QUA",
        "high",
        7,
        "Vacance prévue : départ annoncé. Seule personne à connaître l'histoire des agréments clients du site de Lyon.",
        (
            (
                "sofia",
                NOW,
                "A tenu l'intérim deux semaines au printemps. Anime l'atelier « Contrôler à l'entrée » avec les quatre sites.",
                "Intérim de deux semaines, audit client mené en binôme",
            ),
            (
                "karim",
                SOON,
                "A conduit le projet « Zéro rebut » sur quatre sites. Connaît la production, peu les agréments.",
                "Mentorat avec le titulaire, une séance par mois",
            ),
            (
                "jeanne",
                LATER,
                "Poste sans écran, donc pas de trace numérique. Trois faits datés rapportés par sa responsable : transmission, arrêt de ligne justifié, formation de deux personnes.",
                "",
            ),
        ),
        single_holder=True,
    ),
    KeyPositionDraft(
        "DON",
        "medium",
        24,
        "Équipe jeune, forte dépendance à une seule personne pour les interfaces d'atelier.",
        (
            (
                "malik",
                SOON,
                "A repris seul l'interface des pesées et formé deux collègues. Pas encore d'expérience d'encadrement.",
                "Coordination d'un petit projet, formation animation d'équipe",
            ),
        ),
    ),
    KeyPositionDraft(
        "QUA-DON",
        "medium",
        18,
        "Savoir rare : règles de contrôle et dialogue avec quatre ateliers.",
        (("malik", SOON, "Écrit et maintient des contrôles avec la titulaire depuis un an.", "Animation de deux ateliers par trimestre"),),
        single_holder=True,
    ),
    KeyPositionDraft("MNT", "high", 30, "Astreinte et arrêts techniques de cinq sites. Deux ans pour former quelqu'un."),
    KeyPositionDraft(
        "LOG",
        "high",
        36,
        "Tient les délais clients ; connaît les transporteurs et la douane.",
        (
            (
                "claire",
                SOON,
                "Coordonne les départs depuis 2019, a mis en place le stock tampon de Porto.",
                "Remplacement de quatre semaines l'été prochain",
            ),
        ),
    ),
    KeyPositionDraft(
        "DI-SNZ",
        "medium",
        24,
        "Atelier en croissance, deux responsables en cinq ans.",
        (
            (
                "awa",
                LATER,
                "A formé trois personnes au traçage, a conduit la réparation d'un bâti de presse.",
                "Chef·fe d'équipe en remplacement, deux mois",
            ),
        ),
    ),
    KeyPositionDraft("DI-NTE", "high", 48, "Premier site de production. La connaissance des fours ne s'écrit pas toute."),
    KeyPositionDraft("RD", "medium", 60, "Deux alliages mis au point par la même personne.", single_holder=True),
    KeyPositionDraft(
        "ACH",
        "medium",
        36,
        "Relation directe avec quinze fournisseurs sensibles.",
        (("hugo", LATER, "A négocié seul la formule de révision des résines.", "Dossier matières complet, avec la direction"),),
    ),
    KeyPositionDraft("HSE", "medium", 24, "Une seule personne habilitée pour trois sites.", single_holder=True),
)

NOMINATION_REASONS = (
    Line("A assuré l'intérim du {date} sur {trois|quatre} semaines, transmissions écrites à l'appui."),
    Line("A formé {deux|trois|quatre} personnes à ce poste, qui le tiennent aujourd'hui."),
    Line("A conduit l'arrêt technique de {mois_passe}, rendu à l'heure et sans incident."),
    Line("Tient déjà la moitié des dossiers de ce poste depuis la réorganisation."),
    Line("A mené deux audits clients sans non-conformité majeure."),
    Line("Connaît les trois sites concernés pour y avoir travaillé."),
    Line("A animé {six|huit} ateliers dans l'année ; les participants ont confirmé."),
    Line("A redressé le taux de service du magasin de {87|88} à {94|95} % en un an."),
    Line("A demandé ce type de poste lors de son dernier entretien de parcours."),
    Line("Fait référence technique sur les fours ; pas d'expérience d'encadrement à ce jour."),
    Line("A remplacé la personne en poste pendant ses congés, trois étés de suite."),
    Line("A mis au point la méthode utilisée aujourd'hui sur ce poste."),
    Line("Bonne connaissance du métier ; la partie budget reste à apprendre."),
    Line("Peu de traces numériques : travail posté. Trois faits datés rapportés par la hiérarchie."),
)

ACTIONS = (
    "Intérim de deux semaines",
    "Mission à 20 % dans le service",
    "Mentorat avec la personne en poste",
    "Formation animation d'équipe, trois jours",
    "Conduite d'un audit en binôme",
    "Remplacement d'été",
    "Visite des sites de Lille et de Porto",
    "Préparation du budget avec la finance",
)
