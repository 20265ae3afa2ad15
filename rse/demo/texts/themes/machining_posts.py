"""Machining, sheet metal and welding: messages, thanks and ideas."""

from ..drafts import Idea, Message, Thanks, other

MESSAGES = (
    Message(
        title="Le nouveau centre {cn} est arrivé",
        body="{Dix-huit|Vingt-deux|Quinze} tonnes, une nuit de grutage, et pas une égratignure. Mise en service la semaine du {date}. Formation de l'équipe les deux semaines suivantes, il reste {2..4} places pour les personnes d'autres ateliers.",
        comments=(
            other("Je prends une place !"),
            other("Belle bête. On pourra faire une visite le midi ?"),
        ),
    ),
    Message(
        title="",
        body="Qui a emprunté le comparateur au 1/1000 du contrôle volant ? On en a besoin {jour} matin pour la {ref}. Pas de question posée, juste qu'il revienne.",
        comments=(other("Il est revenu, posé sur le marbre. Pardon !"),),
    ),
    Message(
        title="Dix minutes sur les copeaux",
        body="Cette semaine au point de {jour} : lire un copeau. Bleu, cassé, en ruban… ce que ça dit de la coupe. On a gardé des échantillons de chaque machine dans des sachets.",
        comments=(
            other("Meilleur point depuis longtemps."),
            other("On le refait pour l'équipe d'après-midi ?"),
            other("Oui, {jour} à {heure}."),
        ),
    ),
    Message(
        title="",
        body="Retour d'expérience : on a essayé l'huile soluble à 9 % au lieu de 6 sur l'inox. Durée de vie d'outil +{15..25} %, mais plus de mousse. On reste à 8. Voilà, c'était l'info du jour.",
    ),
    Message(
        title="Soudage : trois nouvelles qualifications",
        body="Trois personnes de l'atelier de Saint-Nazaire ont passé leur qualification {passe}. Cela faisait deux ans qu'on courait après les créneaux. Prochaine session en {mois}, inscrivez-vous auprès de la formation.",
        comments=(
            other("Bravo à elles et eux !"),
            other("C'est quoi les prérequis pour la prochaine ?"),
        ),
    ),
    Message(
        title="",
        body="À qui appartient le programme « FINAL_v3_bon_VRAI » sur le serveur de {cn} ? Il y en a aussi un « FINAL_v3_bon_VRAI_2 ». On aimerait usiner le bon.",
        comments=(
            other("Aïe. C'est le 2. Je renomme."),
            other("On devrait encadrer ce message."),
        ),
    ),
    Message(
        title="Chantier rangement de l'outillage, résultat",
        body="{480..720} outils triés, {90..140} rendus au magasin, {35..60} jetés. Et on a retrouvé la clé dynamométrique perdue depuis l'inauguration. Merci aux personnes qui sont venues le {jour} après-midi.",
        comments=(other("Avant/après en photo s'il vous plaît !"),),
    ),
    Message(
        title="Machining forum: programs shared between Porto and Lyon",
        body="We now exchange {20..35} programs between the two sites. If something looks strange in one of ours, ask here before changing it: the answer will help the other site as well.",
        comments=(other("Thank you, it already saved us a scrapped part last week."),),
        language="en",
    ),
    Message(
        title="",
        body="La {presse} est de retour, bâti réparé, contrôlé, repeint. On la garde en observation pendant {deux|trois} semaines : ne dépassez pas 60 % de charge s'il vous plaît.",
        comments=(other("Merci à la chaudronnerie, travail d'orfèvre."),),
    ),
    Message(
        title="",
        body="Le convoyeur à copeaux de {cn} est réparé. Il lui manquait {une vis|un boulon}, retrouvée dans les copeaux, évidemment.",
    ),
    Message(
        title="Nouveau liquide de coupe à l'essai",
        body="{Deux|Trois} machines à {site} jusqu'à la fin du mois. Si vous voyez de la mousse, une odeur ou des mains qui grattent, dites-le tout de suite, on arrête.",
        comments=(
            other("Rien à signaler après une semaine."),
            other("Un peu de mousse sur {cn}, niveau ajusté."),
        ),
    ),
    Message(
        title="",
        body="On a un reste de {six|huit|dix} barres d'inox de 60, trop courtes pour la série. Qui en veut pour des montages ?",
        comments=(
            other("Deux pour nous !"),
            other("Je prends le reste pour la formation."),
        ),
    ),
    Message(
        title="Temps de changement de série, suite",
        body="Famille des brides : {26..34} minutes {passe}, contre 65 au printemps. Le chariot prêt la veille, le film regardé ensemble, et une clé qui ne disparaît plus.",
        comments=(other("Et l'équipe d'après-midi fait encore mieux, mais chut."),),
    ),
    Message(
        title="",
        body="Les mesures de la {ref} dérivent de deux centièmes entre {8|9} h et midi. On laisse chauffer la broche vingt minutes et on regarde. Si quelqu'un a déjà vu ça sur cette machine, je prends.",
        comments=(other("Vu l'hiver dernier, porte du quai ouverte juste à côté."),),
    ),
    Message(
        title="",
        body="Merci de reposer les mors doux dans l'ordre. J'ai passé {vingt|trente} minutes à jouer au mémory ce matin et j'ai perdu.",
        comments=(other("Je les numérote {jour}, promis."),),
    ),
)

THANKS = (
    Thanks(
        body="Merci à {qui} pour la réparation du bâti de la {presse}. Deux jours de patience et un résultat qu'on n'espérait plus.",
        skills=("tig_welding", "weld_repair"),
    ),
    Thanks(
        body="Merci à {qui} : une heure en partage d'écran et mon programme cinq axes ne fait plus peur à personne.",
        skills=("cnc_programming",),
    ),
    Thanks(
        body="Un merci appuyé à {qui} pour le montage prêté. On l'a copié, on vous rend l'original {jour}, propre comme un sou neuf.",
        skills=("fixturing", "machining_setup"),
    ),
    Thanks(
        body="Thanks {qui} for the tool library session. Short, clear, and our first shared program ran without a single change.",
        skills=("cad_cam",),
        language="en",
    ),
    Thanks(
        body="Merci à {qui} : la transmission de {jour} était si claire que la machine est repartie en dix minutes.",
        skills=("machining_setup", "shift_handover"),
    ),
    Thanks(
        body="Merci à {qui} pour le lot de plaquettes retrouvé un {jour} à {heure}. La série de la {ref} est sauvée.",
        skills=("cutting_tools",),
    ),
)

IDEAS = (
    Idea(
        title="Une matinée « échange de machines » entre sites",
        body="Deux opérateurs de {site} passent une matinée sur les machines de {site2}, et l'inverse le mois suivant. On découvre toujours trois astuces.",
        comments=(
            other("Volontaire !"),
            other("Moi aussi, surtout pour voir leurs bridages."),
        ),
    ),
    Idea(
        title="Affûtage : grouper les envois",
        body="On envoie des petites caisses chaque semaine depuis trois sites. En groupant tous les quinze jours, on divise le transport par deux et on a une remise.",
        comments=(other("Les achats sont d'accord pour regarder."),),
    ),
    Idea(
        title="Étiqueter les montages avec un code à scanner",
        body="Un code par montage qui ouvre la fiche : pièces concernées, couple de serrage, dernière révision. {Quarante|Soixante} montages pour commencer.",
        comments=(other("On peut imprimer les étiquettes résistantes à l'huile à la qualité."),),
    ),
    Idea(
        title="Un panneau « machine disponible »",
        body="Quand {cn} ou une autre est libre deux heures, on le dit. Les essais et les formations pourraient s'y glisser.",
        comments=(other("Les méthodes signent tout de suite."),),
    ),
)
