"""Research and development: messages, thanks and ideas."""

from ..drafts import Idea, Message, Thanks, other

MESSAGES = (
    Message(
        title="Journée portes ouvertes du laboratoire",
        body="{date}, de {13|14} h à 17 h. Microscope, four d'essai, machine de traction : on casse des choses devant vous et on explique pourquoi. Amenez vos pièces bizarres.",
        comments=(
            other("J'ai une pièce très bizarre."),
            other("On garde un créneau « bizarre » à 16 h."),
        ),
    ),
    Message(
        title="",
        body="Deuxième coulée d'essai du nouvel alliage : pas de fissure, allongement correct, et une couleur étonnante. On ne conclut rien avant la cinquième, promis.",
        comments=(
            other("Une couleur comment ?"),
            other("Presque dorée. Sans aucun intérêt mécanique."),
        ),
    ),
    Message(
        title="L'étagère « n'a pas marché » a {quarante|trente} pages",
        body="Relue ce mois-ci : {17..31} fois. La page la plus ouverte concerne un enduit à base de café. Nous ne referons pas l'enduit à base de café.",
        comments=(
            other("Il sentait bon, au moins ?"),
            other("Les dix premières minutes."),
        ),
    ),
    Message(
        title="",
        body="Qui a une loupe binoculaire disponible {jour} ? La nôtre est en révision et on a {douze|quinze} faciès à regarder avant la réunion.",
        comments=(
            other("Celle de la qualité est libre de 14 h à 17 h."),
            other("Parfait, merci !"),
        ),
    ),
    Message(
        title="Recyclé : 72 % sur deux familles",
        body="Objectif de l'année atteint sur les familles A et C. Pour la B, on bute toujours sur l'allongement. Prochain essai en {mois}, avec un refroidissement modifié. Merci aux fondeurs pour la patience.",
        comments=(other("Fiers d'y avoir participé, côté fusion."),),
    ),
    Message(
        title="",
        body="Petite fierté du jour : la fiche d'essai tient sur une page et un chef d'équipe me l'a redemandée pour l'afficher. Je peux rentrer tranquille.",
    ),
    Message(
        title="Séminaire interne : trois sujets, trois quarts d'heure",
        body="{jour} à 11 h : la dispersion des éprouvettes, l'impression des noyaux, et « pourquoi notre simulation était fausse ». Ouvert à tout le monde, niveau curieux.",
        comments=(
            other("Le troisième titre est courageux."),
            other("Enregistré pour les équipes postées ?"),
            other("Oui, en ligne le soir même."),
        ),
    ),
    Message(
        title="Trial casting in Porto next week",
        body="Two engineers from Nantes will be there from {day}. Goal: twenty parts, no speeches, and a list of what we still do not know. Spectators welcome behind the yellow line.",
        comments=(other("The yellow line has been repainted for the occasion."),),
        language="en",
    ),
    Message(
        title="",
        body="On recherche un vieux moule cassé, le plus cassé possible, pour une démonstration à des lycéens. Il reviendra encore plus cassé.",
        comments=(other("Derrière l'atelier {atelier}, servez-vous."),),
    ),
    Message(
        title="",
        body="Essai {12..88} : raté, proprement. La page est écrite, photos comprises. Si vous pensez essayer la même chose, lisez-la d'abord avec un café.",
        comments=(other("Lue. J'allais exactement faire ça {jour}."),),
    ),
    Message(
        title="Nouveau microscope : les premiers clichés",
        body="Un grain de sable à côté d'une dendrite. Ce n'est pas de l'art, mais on en a imprimé {deux|trois} pour le couloir.",
        comments=(
            other("On dirait une carte de géographie."),
            other("On peut apporter nos propres cassures ?"),
            other("{jour} à {heure}, sans rendez-vous."),
        ),
    ),
    Message(
        title="",
        body="Le four d'essai est libre {jour} toute la journée. Premier qui réserve, premier qui chauffe.",
        comments=(other("Réservé pour l'essai de maintien, merci !"),),
    ),
    Message(
        title="Stage de fin d'études : sujets ouverts",
        body="{Quatre|Cinq} sujets, dont un vraiment difficile sur la dispersion des allongements. Si un atelier a une question qui traîne depuis dix ans, c'est le moment de la confier.",
        comments=(other("Les bavures du joint nord. Dix ans, en effet."),),
    ),
    Message(
        title="",
        body="Notre simulation a prédit la place de la retassure à {4|6|8} mm près. Je préfère l'écrire aujourd'hui, parce que demain elle se trompera.",
    ),
    Message(
        title="",
        body="On cherche un synonyme de « intéressant » pour les comptes rendus. Il a été utilisé {dix-neuf|vingt-trois} fois le mois dernier et ne veut plus rien dire.",
        comments=(
            other("« Reproductible » ?"),
            other("Ce serait mentir."),
        ),
    ),
)

THANKS = (
    Thanks(
        body="Merci à {qui} pour le plan à huit essais. Il a remplacé un mois de tâtonnements et une dispute.",
        skills=("experimental_design",),
    ),
    Thanks(
        body="Merci à {qui} pour le script et surtout pour l'exemple qui tourne.",
        skills=("casting_simulation", "python"),
    ),
    Thanks(
        body="Merci à {qui}, qui a relu ma page à voix haute au poste, et m'a fait enlever tous les mots de plus de quatre syllabes.",
        skills=("technical_writing",),
    ),
    Thanks(
        body="Thank you {qui} for the two extra vents. The prototype is on the customer's desk and it does not have a single pore.",
        skills=("prototyping",),
        language="en",
    ),
    Thanks(
        body="Merci à {qui} pour les quatre coulées au lieu de douze. Le plan était malin, la conclusion est nette.",
        skills=("alloy_design",),
    ),
    Thanks(
        body="Merci à {qui} d'avoir mesuré le point chaud avant d'acheter l'insert. {Douze|Quinze} mille euros restés dans la poche de l'entreprise.",
        skills=("additive_manufacturing",),
    ),
)

IDEAS = (
    Idea(
        title="Un carnet d'essais partagé, à la main puis photographié",
        body="On écrit mieux au poste qu'à l'écran. Une photo par jour, classée par pièce. {Trois|Deux} mois d'essai ?",
        comments=(other("Oui, avec le numéro de coulée en gros."),),
    ),
    Idea(
        title="Faire valider nos conclusions par quelqu'un d'un autre métier",
        body="Une personne de l'atelier ou du commerce lit la dernière page et dit ce qu'elle a compris. On aurait des surprises.",
        comments=(
            other("Volontaire du commerce !"),
            other("Et de l'équipe de nuit."),
        ),
    ),
    Idea(
        title="Prêter le microscope une fois par mois",
        body="Une heure pour regarder ses propres pièces, avec quelqu'un du laboratoire. Voir une porosité change la façon de couler.",
        comments=(other("La fusion réserve le premier créneau."),),
    ),
    Idea(
        title="Un quart d'heure « ce que je ne comprends pas »",
        body="Chaque {jour}, une personne du laboratoire dit une chose qu'elle ne comprend pas. On est souvent plusieurs.",
        comments=(other("J'ai de quoi tenir six mois."),),
    ),
)
