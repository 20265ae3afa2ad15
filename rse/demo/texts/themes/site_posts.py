"""Life on the sites: messages, thanks and ideas."""

from ..drafts import Idea, Message, Thanks, other

MESSAGES = (
    Message(
        title="Coupure d'eau {jour} matin",
        body="De {6|7} h à {9|10} h dans les bâtiments 2 et 5. Des bonbonnes sont au local de pause, et le café sera fait avant. Priorités bien placées.",
        comments=(other("Merci d'avoir pensé au café."),),
    ),
    Message(
        title="",
        body="Les {hirondelles|mésanges} sont revenues sous l'auvent du quai 2. On décale le lavage des vitres de {trois|quatre} semaines. Merci de fermer la porte doucement.",
        comments=(
            other("Elles ont l'air satisfaites."),
            other("Petit panneau posé pour les chauffeurs."),
        ),
        months=(4, 5),
    ),
    Message(
        title="Collecte de jouets : {quatorze|dix-neuf} cartons",
        body="Livrés {passe} à l'association. La navette a fait un détour et deux collègues ont tout porté. Merci à celles et ceux qui ont recollé les roues des camions.",
        comments=(other("Il manquait une roue, on en a tourné une."),),
        months=(11, 12, 1),
    ),
    Message(
        title="",
        body="À la personne qui a pris la trottinette rouge au lieu de la trottinette rouge : ce n'est pas la même. La tienne est encore là.",
        comments=(
            other("Oh non. J'arrive !"),
            other("Échange effectué dans la bonne humeur."),
        ),
    ),
    Message(
        title="Travaux d'été sur le parking",
        body="Du {date} à la fin du mois : marquage, éclairage du côté nord, arceaux à vélo. Parking provisoire derrière le bâtiment 7, deux minutes à pied, cinq s'il pleut.",
        comments=(
            other("L'éclairage du nord !! Enfin !"),
            other("Deux minutes à pied en tenue de sécurité ?"),
            other("Quatre, en effet."),
        ),
        months=(6, 7),
    ),
    Message(
        title="",
        body="La bibliothèque du hall a {soixante|quatre-vingts} livres. On prend, on rend, ou pas. Il y a beaucoup de polars et un traité de soudage de 1964 absolument passionnant.",
        comments=(other("Je l'ai, je le rends {jour}, promis."),),
    ),
    Message(
        title="Résultat du sondage sur les horaires de la cantine",
        body="{64|71|58} % pour ouvrir à 11 h 30, 20 % pour 11 h 45, le reste pour « quand il y a des frites ». Ouverture à 11 h 30 à partir de {mois}, et des frites le {jour}.",
        comments=(other("La démocratie fonctionne."),),
    ),
    Message(
        title="Quiz night between sites",
        body="Porto, Lyon and Nantes online, {date} at 18:00 (17:00 in Porto). Mixed teams, questions about everything except foundry. Last time we discovered a specialist of medieval bridges in accounting.",
        comments=(other("The specialist is ready."),),
        language="en",
    ),
    Message(
        title="",
        body="Le défibrillateur du bâtiment 5 a été vérifié, il est désormais à gauche de l'entrée (et plus derrière la plante). Dix minutes de démonstration {jour} à {13 h|13 h 15}, venez sans réviser.",
        comments=(other("Faites, c'est utile et ça rassure."),),
    ),
    Message(
        title="Le potager du bâtiment 7 a besoin de bras",
        body="Une heure le {jour} midi, avec ou sans expérience. Récolte partagée. Les courgettes menacent de prendre le contrôle.",
        comments=(other("Je viens, sauvez-nous des courgettes."),),
        months=(6, 7, 8, 9),
    ),
    Message(
        title="",
        body="Le portail nord ferme à {20|21} h à partir de {jour}. Après, c'est par l'accueil, avec un bonsoir au poste de garde, qui s'ennuie.",
        comments=(other("Le poste de garde confirme."),),
    ),
    Message(
        title="Échange de plantes",
        body="{date}, hall de {site}, à midi. On apporte une bouture, on repart avec une autre. L'an dernier un cactus a fait trois bâtiments.",
        comments=(other("Le cactus va bien, il est à la comptabilité."),),
    ),
    Message(
        title="",
        body="Perdu : un gant gauche, taille 9, presque neuf. Trouvé : un gant droit, taille 9, presque neuf. Quelqu'un veut tenter un rapprochement ?",
        comments=(other("C'est le couple de l'atelier {atelier} !"),),
    ),
    Message(
        title="Course de l'estuaire",
        body="{Onze|Quatorze} inscrits et inscrites pour le relais, tous niveaux. Entraînement le {jour} à 12 h 10. Le dernier arrivé choisit le dessert.",
        comments=(other("Je m'entraîne pour le dessert."),),
    ),
    Message(
        title="",
        body="La photocopieuse du premier imprime tout en double depuis {passe}. Tout en double depuis {passe}.",
        comments=(
            other("Bien vu."),
            other("Réparée à {heure}."),
        ),
    ),
    Message(
        title="",
        body="Petit déjeuner offert par l'équipe du matin {jour} à {6|7} h, pour remercier la nuit. Croissants, café, et personne ne parle de planning.",
        comments=(other("La nuit sera là. En entier."),),
    ),
)

THANKS = (
    Thanks(
        body="Merci à {qui} pour la fête de 6 h du matin avec l'équipe de nuit. Personne ne l'avait fait avant, tout le monde en parle encore.",
        skills=("event_organising",),
    ),
    Thanks(
        body="Merci à {qui} d'avoir attendu la dépanneuse avec moi sur le parking {jour} soir. Une heure à refaire le monde, et j'ai raté la soupe sans regret.",
    ),
    Thanks(
        body="Merci à {qui} : l'exposition du hall est magnifique, et les légendes valent à elles seules le détour.",
        skills=("event_organising",),
    ),
    Thanks(
        body="Thank you {qui} for the goodbye coffee. Twenty minutes, exactly the right size.",
        skills=("event_organising",),
        language="en",
    ),
    Thanks(
        body="Merci à {qui} pour la table remise d'aplomb dans la salle de pause. Elle penchait depuis {deux|trois} ans et on s'y était faits.",
        skills=("site_knowledge",),
    ),
    Thanks(
        body="Merci à {qui} d'avoir tenu le barbecue sous la pluie, {jour}, avec un parapluie dans chaque main.",
        skills=("event_organising",),
    ),
)

IDEAS = (
    Idea(
        title="Des chaises dehors",
        body="Six chaises devant le bâtiment 2, au soleil de midi. C'est tout.",
        comments=(
            other("Meilleure idée du mois."),
            other("Et une table, soyons fous."),
        ),
        months=(4, 5, 6, 7),
    ),
    Idea(
        title="Une carte des trajets pour le covoiturage",
        body="Chacun met un point approximatif et une heure. Pas de nom tant qu'on n'a pas dit oui. J'ai vu {douze|quinze} voitures seules sur ma route {passe}.",
        comments=(
            other("Avec le point approximatif, d'accord."),
            other("Les équipes postées en ont encore plus besoin."),
        ),
    ),
    Idea(
        title="Un mur des métiers dans l'escalier",
        body="Une photo par poste, une phrase de la personne, changée à chaque saison. On monte l'escalier tous les jours sans rien y voir.",
        comments=(other("Avec l'accord de chacun, je fais les photos."),),
    ),
    Idea(
        title="Une étagère de jeux dans la salle de pause",
        body="Dames, cartes, {mots croisés|un jeu d'échecs} à laisser en cours. J'apporte les deux premiers.",
        comments=(other("J'apporte un puzzle. Il manque une pièce, je préfère prévenir."),),
    ),
)
