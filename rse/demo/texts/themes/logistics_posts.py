"""Logistics: messages, thanks and ideas."""

from ..drafts import Idea, Message, Thanks, other

MESSAGES = (
    Message(
        title="Départs de {jour} : quai 2 fermé",
        body="Réparation du niveleur toute la journée. Les enlèvements passent au quai 4, prévenez vos transporteurs, et prévoyez {20|30} minutes de plus entre 10 h et midi.",
        comments=(
            other("Transporteurs prévenus."),
            other("Merci d'avoir ouvert le 4 plus tôt !"),
        ),
    ),
    Message(
        title="",
        body="On cherche {40..60} palettes bois en bon état pour un envoi export. Si vous en avez derrière l'atelier, photo ici et on vient les chercher.",
        comments=(
            other("Une vingtaine à l'atelier {atelier}."),
            other("Une quinzaine à la peinture, un peu colorées."),
        ),
    ),
    Message(
        title="Taux de service de {mois_passe} : {94|95|96} %",
        body="C'est le meilleur mois de l'année. Trois explications d'après l'équipe : moins d'urgences, des nomenclatures corrigées, et deux semaines sans panne de four. On n'a rien fait d'héroïque, et c'est le but.",
        comments=(
            other("« Rien d'héroïque et c'est le but », à encadrer."),
            other("Bravo à l'équipe des expéditions, qui a fait plus que sa part."),
        ),
    ),
    Message(
        title="",
        body="Le chariot 12 est rentré de révision. Il freine. Prévenez les habitués, il faut appuyer normalement maintenant.",
    ),
    Message(
        title="Inventaire : fini, et une bonne surprise",
        body="Écart global de 0,8 %, {onze|treize} articles à reprendre. Le reste tombe juste. Merci aux personnes venues en renfort de la finance et des méthodes, qui ont découvert que compter des joints est un métier.",
        comments=(other("Nous confirmons. Plus jamais on ne dira « c'est juste compter »."),),
    ),
    Message(
        title="",
        body="À l'attention de celle ou celui qui range les transpalettes perpendiculairement à l'allée : on vous aime, mais en parallèle.",
        comments=(other("Compris, désormais parallèle."),),
    ),
    Message(
        title="Nouvelle navette entre Nantes et Saint-Nazaire",
        body="Trois passages par jour : {6|7} h 30, 12 h 15, 17 h. Petits colis jusqu'à 20 kg, et deux places assises pour les personnes qui changent de site. Réservation au magasin.",
        comments=(
            other("Les deux places assises, excellente idée."),
            other("Peut-on y mettre une pièce à mesurer ?"),
            other("Oui, si elle tient dans un bac bleu."),
        ),
    ),
    Message(
        title="Porto buffer stock: first month",
        body="Three days of stock, no shortage, and {two|three} calls fewer per week. We will review the list of parts together on {date}. If a part never moved, we send it back.",
        comments=(other("Good numbers. Can we add the CP family?"),),
        language="en",
    ),
    Message(
        title="",
        body="Les jetons d'urgence sont arrivés, fondus à Lyon, très beaux. Le commerce en a déjà perdu un. On ne le refondra pas.",
        comments=(other("Retrouvé dans une poche de manteau !"),),
    ),
    Message(
        title="",
        body="Il manque {deux|trois} transpalettes à l'appel. Le quai 1 soupçonne le quai 3, le quai 3 soupçonne la peinture. La vérité est sûrement ailleurs.",
        comments=(other("Peinture : il y en a un, on plaide la bonne foi."),),
    ),
    Message(
        title="Camion de Porto décalé",
        body="Neige au col, arrivée prévue {jour} à {heure} au lieu de la veille. Les pièces urgentes de la {ref} passent par la navette de remplacement.",
        comments=(other("Merci, le montage est prévenu."),),
    ),
    Message(
        title="",
        body="On a rangé la zone des retours. Il y avait une caisse de {mois_passe}, bien fermée, avec marqué « urgent ». Elle contenait des classeurs.",
        comments=(other("Ne me demandez pas pourquoi, mais ils sont à nous."),),
    ),
    Message(
        title="Stock tampon : bilan à {trois|quatre} mois",
        body="Aucune rupture, {huit|onze} références renvoyées faute de mouvement, et moins de coups de fil le vendredi. On garde, on ajuste, on en reparle en {mois}.",
    ),
    Message(
        title="",
        body="Nouveaux miroirs aux croisements {2..4} et 7. Ils sont convexes : les gens paraissent plus loin qu'ils ne sont. Roulez comme s'ils étaient déjà là.",
        comments=(other("Bonne formule."),),
    ),
    Message(
        title="",
        body="Besoin de deux personnes {jour} de {9|10} h à midi pour filmer des palettes export. Musique autorisée, choix de la musique négociable.",
        comments=(
            other("J'arrive, avec ma musique."),
            other("Alors je viens avec des bouchons."),
        ),
    ),
)

THANKS = (
    Thanks(
        body="Merci à {qui} d'avoir trouvé un camion un {jour} à 17 h pour la {ref}. Livrée à l'heure, personne n'a su à quel point c'était juste.",
        skills=("transport_planning",),
    ),
    Thanks(
        body="Merci à {qui} pour la patience pendant l'inventaire. Compter deux fois la même allée dans la bonne humeur, c'est un talent.",
        skills=("inventory",),
    ),
    Thanks(
        body="Un grand merci à {qui} : la table à ressort change nos journées, et l'idée vient du quai.",
        skills=("packaging", "ergonomics"),
    ),
    Thanks(
        body="Thank you {qui} for the bilingual papers. The driver waited four minutes at the border. Four!",
        skills=("customs_export",),
        language="en",
    ),
    Thanks(
        body="Merci à {qui} pour le planning de la semaine : il a tenu jusqu'au {jour}, ce qui mérite d'être écrit.",
        skills=("scheduling",),
    ),
    Thanks(
        body="Merci à {qui} d'avoir retrouvé la {ref} au fond du rack {12..40}. On la croyait perdue, elle était seulement timide.",
        skills=("warehouse",),
    ),
)

IDEAS = (
    Idea(
        title="Un plan du magasin affiché à hauteur des yeux",
        body="Avec l'histoire des emplacements, les couleurs, et un « vous êtes ici ». Les nouveaux demandent, les anciens n'osent plus demander.",
        comments=(other("Je dessine, si quelqu'un me donne les cotes."),),
    ),
    Idea(
        title="Regrouper les retours d'emballages",
        body="On renvoie des bacs vides quatre fois par semaine à quatre endroits. Une seule tournée le {jour} suffirait.",
        comments=(
            other("À condition d'avoir {trente|quarante} bacs d'avance."),
            other("On les a, derrière la menuiserie."),
        ),
    ),
    Idea(
        title="Une heure au quai pour tous les métiers de bureau",
        body="Commerce, achats, finance : une heure par an à charger un camion avec l'équipe. On comprend mieux une date de départ après.",
        comments=(
            other("Volontaire, avec de bonnes chaussures."),
            other("Même le {jour} matin à 6 h ?"),
            other("… oui."),
        ),
    ),
    Idea(
        title="Un bac « je ne sais pas où ça va »",
        body="Au lieu de poser au hasard, on met dans le bac, et le magasin range une fois par jour à {14|15} h. Moins d'erreurs, moins de honte.",
        comments=(other("Prêtons-lui une étiquette jaune."),),
    ),
)
