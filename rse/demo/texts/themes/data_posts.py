"""Data and information systems: messages, thanks and ideas."""

from ..drafts import Idea, Message, Thanks, other

MESSAGES = (
    Message(
        title="Mise à jour de l'ERP : fenêtre de {jour} soir",
        body="Arrêt de {19|20|21} h à 23 h. Les saisies d'atelier restent possibles sur papier, les feuilles sont chez les chefs d'équipe. On rouvre avec une heure d'avance si tout va bien, et on l'écrit ici.",
        comments=(
            other("Les magasins sont prévenus ?"),
            other("Oui, depuis {passe}. Merci de vérifier pour nous."),
            other("Rouvert à 22 h 10. Bonne nuit."),
        ),
    ),
    Message(
        title="",
        body="Le tableau « Fours » affichait des heures d'été depuis dimanche. C'est corrigé. Non, vous n'avez pas coulé une heure avant tout le monde.",
        comments=(other("J'ai cru à un exploit de l'équipe du matin."),),
    ),
    Message(
        title="Atelier « Contrôler à l'entrée »",
        body="{Jeudi|Mardi} {13..17} h, une heure, sur site à Lyon et à distance. On écrit ensemble une règle de contrôle sur vos données, pas sur un exemple. Venez à deux : la personne qui produit et celle qui consomme.",
        comments=(
            other("On vient à deux de {site}, avec nos pesées."),
            other("Est-ce qu'il faut savoir programmer ?"),
            other("Pas du tout. Il faut savoir dire ce qui est faux."),
        ),
    ),
    Message(
        title="",
        body="Merci de ne plus nommer les fichiers « export(1).xlsx ». J'ai {14..29} « export(1).xlsx » dans le dossier des rebuts. L'un d'eux est une recette de tarte.",
        comments=(
            other("La tarte est très bien, cela dit."),
            other("C'est laquelle la bonne version de la tarte ?"),
        ),
    ),
    Message(
        title="Première ligne entièrement tracée",
        body="La ligne {ligne} est tracée de la poche à l'expédition depuis {passe}. En pratique : une réclamation traitée en {20..40} minutes au lieu de deux jours. Prochaine ligne en {mois}.",
        comments=(
            other("Bravo. Et merci d'avoir gardé la maille grappe."),
            other("La qualité vous doit un café. Ou plusieurs."),
        ),
    ),
    Message(
        title="",
        body="L'assistance reçoit beaucoup de questions sur la double authentification. Le plus simple : préparez vos codes de secours AVANT de changer de téléphone. Dix minutes qui évitent une demi-journée.",
    ),
    Message(
        title="Ce que disent nos capteurs de vibration, en clair",
        body="Note de deux pages dans la bibliothèque, sans formule. On y explique pourquoi un capteur « normal » peut annoncer une panne, et pourquoi le contraire arrive aussi. Relecture bienvenue, surtout si vous ne comprenez pas une phrase.",
        comments=(
            other("Lue. La page 2 est limpide, la fin de la page 1 un peu moins."),
            other("Reprise, merci !"),
        ),
    ),
    Message(
        title="Data office hours, every {Tuesday|Thursday}",
        body="Bring a question, leave with an answer or at least with a better question. Lyon room 3 and online. English, French, and a bit of Italian if needed.",
        comments=(other("The Italian is needed."),),
        language="en",
    ),
    Message(
        title="",
        body="Petit bilan du tri des rapports automatiques : {62..88} envoyés chaque semaine, {19..31} réellement ouverts. On coupe les autres le {date}. Si le vôtre vous manque, répondez ici et il revient dans l'heure.",
        comments=(
            other("Le rapport « Stock dormant » me manquerait."),
            other("Gardé."),
        ),
    ),
    Message(
        title="",
        body="Le flux des pesées a {vingt|trente|quarante} minutes de retard ce matin. Les tableaux se rattraperont tout seuls vers {heure}. Inutile de recharger la page, elle fait de son mieux.",
        comments=(other("Merci de prévenir, j'allais ouvrir un ticket."),),
    ),
    Message(
        title="Une règle, un nom",
        body="Depuis {passe}, chaque règle de contrôle affiche la personne qui l'a écrite et la raison. On a supprimé {six|huit|neuf} règles dont plus personne ne se souvenait. Rien n'a cassé.",
        comments=(other("« Rien n'a cassé », le plus beau des bilans."),),
    ),
    Message(
        title="",
        body="Qui connaît l'origine de la colonne « TYP_2B » ? Elle existe depuis 2009, elle vaut toujours 4, et trois programmes la lisent.",
        comments=(
            other("C'était pour un atelier fermé depuis."),
            other("On la laisse à 4. On n'est pas des aventuriers."),
        ),
    ),
    Message(
        title="Formation tableur : la suite",
        body="{Huit|Dix} personnes {jour}, niveau « je me débrouille ». On ne parle que des fichiers que vous apportez. La session de {mois} est déjà à moitié pleine.",
        comments=(other("J'apporte le fichier des congés. Prévoyez du temps."),),
    ),
    Message(
        title="",
        body="Nouveau : les arrêts de la ligne {ligne} s'affichent avec la cause dite par l'équipe, pas avec le code automate. Dites-nous si c'est mieux. On croit que oui.",
        comments=(
            other("Beaucoup mieux."),
            other("On peut avoir pareil sur L3 ?"),
        ),
    ),
    Message(
        title="",
        body="Deux tentatives d'hameçonnage bien imitées cette semaine, avec notre logo. Le piège : l'adresse se termine par un point de trop. {Quatorze|Onze} signalements en une heure, bravo et merci.",
    ),
)

THANKS = (
    Thanks(
        body="Merci à {qui} pour l'heure passée sur ma requête. Elle tournait en trois minutes, elle tourne en deux secondes, et surtout j'ai compris pourquoi.",
        skills=("sql",),
    ),
    Thanks(
        body="Merci à {qui} pour l'atelier de {jour}. Dix personnes, cinq règles écrites, et personne n'a regardé son téléphone.",
        skills=("data_quality", "workshop_facilitation"),
    ),
    Thanks(
        body="Merci à {qui}, qui a remis mes accès en vingt minutes un {jour} à 18 h. J'avais perdu espoir et mon téléphone.",
        skills=("access_rights",),
    ),
    Thanks(
        body="Thank you {qui}: the new furnace dashboard is the first one the Porto shift actually keeps open.",
        skills=("dashboards",),
        language="en",
    ),
    Thanks(
        body="Merci à {qui} d'avoir réparé l'interface des heures avant {heure}. La paie ne saura jamais ce à quoi elle a échappé.",
        skills=("integration",),
    ),
    Thanks(
        body="Merci à {qui} pour l'alarme sur les capteurs figés. Elle a sonné {jour}, et elle avait raison.",
        skills=("industrial_iot",),
    ),
)

IDEAS = (
    Idea(
        title="Un mois sans nouveau tableau de bord",
        body="On n'en crée aucun, on améliore ou on supprime ceux qui existent. Je parie qu'on en supprime {vingt|trente}.",
        comments=(
            other("Je parie sur quarante."),
            other("D'accord, mais pas en fin d'année, la finance en a besoin."),
        ),
    ),
    Idea(
        title="Afficher le nom de la personne qui connaît la donnée",
        body="Sous chaque tableau de bord, deux noms : qui produit la donnée, qui l'utilise. On saurait à qui poser la question au lieu d'ouvrir un ticket.",
        comments=(
            other("Avec leur accord bien sûr."),
            other("Très utile pour les nouveaux arrivants."),
        ),
    ),
    Idea(
        title="Un bac à sable avec de vraies données anonymisées",
        body="Pour apprendre sans trembler. Une copie par trimestre, sans noms, qu'on peut casser à volonté.",
        comments=(other("Oui !! J'ai toujours peur de lancer quelque chose de trop gros."),),
    ),
    Idea(
        title="Un mot d'explication sous chaque chiffre rouge",
        body="Quand un indicateur passe au rouge, {une phrase|dix mots} de la personne qui sait pourquoi. Sinon chacun invente.",
        comments=(other("D'accord pour mon atelier."),),
    ),
)
