"""Welcoming newcomers: messages, thanks and ideas."""

from ..drafts import Idea, Message, Thanks, other

MESSAGES = (
    Message(
        title="Petit-déjeuner de la promotion",
        body="{date} à {8 h 30|9 h}, cafétéria de {site} et en ligne pour les autres sites. Pas de discours. Des viennoiseries, et une question : « qu'est-ce qui vous a surpris ? »",
        comments=(
            other("J'y serai !"),
            other("En ligne depuis Lille, avec mes propres viennoiseries."),
            other("Noté, on pensera à l'écran."),
        ),
    ),
    Message(
        title="Visite du site de Saint-Nazaire, {jour} {14|15} h",
        body="Six places pour voir l'atelier de nuit… de jour. Ouvert aux promotions précédentes. Départ de la navette à {13|14} h 15 devant l'accueil.",
        comments=(
            other("Je m'inscris."),
            other("Moi aussi, si la réunion finit à l'heure."),
            other("Trois places restantes."),
        ),
    ),
    Message(
        title="",
        body="Bonjour à toutes et tous ! Je viens d'arriver à {l'ordonnancement|la qualité|la maintenance|la R&D}, après {huit|neuf|douze} ans dans l'agroalimentaire. Je cherche : un club de course du midi, et la machine à café qui marche.",
        comments=(
            other("Bienvenue ! La bonne machine est au premier, à gauche."),
            other("Course le mardi et le jeudi, départ 12 h 10 au portail. Bienvenue !"),
            other("Celle du premier ne marche plus depuis ce matin. Coup dur."),
        ),
    ),
    Message(
        title="",
        body="Merci à la personne qui a mis un petit mot sur mon bureau le premier matin. Ça n'a l'air de rien. Ça n'était pas rien.",
        comments=(other("On le fait pour tout le monde depuis deux ans, continue la chaîne !"),),
    ),
    Message(
        title="Ce que les promotions précédentes auraient voulu savoir",
        body="On a demandé à {vingt|trente} personnes. Le plus cité : « qu'on a le droit de dire qu'on ne comprend pas », puis l'emplacement des douches, puis le prénom de la personne au poste de garde. Liste complète en commentaire du guide.",
        comments=(
            other("Les douches : bâtiment 5, à l'arrière, et l'eau est chaude jusqu'à 18 h."),
            other("Ajoutons : les casiers à vélo, derrière."),
        ),
    ),
    Message(
        title="",
        body="Le livret d'accueil a été relu par la dernière promotion : {onze|quatorze} corrections, deux pages supprimées, un plan enfin à l'endroit. Merci à elle.",
        comments=(other("Le plan à l'endroit, c'est une révolution."),),
    ),
    Message(
        title="Six mois déjà",
        body="La promotion de {mois_passe} se retrouve {date} pour une heure, au même endroit que le premier jour. Venez avec une chose que vous savez faire aujourd'hui et pas il y a six mois.",
        comments=(
            other("Lire un plan sans tourner la feuille."),
            other("Dire non à une urgence. Poliment."),
        ),
    ),
    Message(
        title="Welcome lunch for international colleagues",
        body="{date}, noon, table near the window. Whoever moved here this year, or will host somebody soon, or just likes to practise. Bring a word of your language that has no translation.",
        comments=(
            other('"Saudade" is too easy, I will find another one.'),
            other('We have "dépaysement". See you there.'),
        ),
        language="en",
    ),
    Message(
        title="",
        body="Astuce de nouvelle recrue : les armoires à stylos du bâtiment 2 contiennent aussi des câbles, des piles et, au fond à droite, du chocolat. Je n'ai rien dit.",
        comments=(
            other("Qui a parlé ?"),
            other("Le chocolat a été déplacé."),
        ),
    ),
    Message(
        title="",
        body="Deuxième jour. J'ai un casier, un badge, un casque, et déjà {trois|quatre} invitations à déjeuner. C'est plutôt bon signe, non ?",
        comments=(other("Accepte tout, surtout {jour}."),),
    ),
    Message(
        title="La promotion visite {site}",
        body="{date}, départ à {7 h 45|8 h}. On suit une pièce du sable jusqu'à la caisse. Prévoyez une tenue qui ne craint rien, et une question chacun.",
        comments=(
            other("Ma question est prête depuis une semaine."),
            other("Je peux en avoir deux ?"),
        ),
    ),
    Message(
        title="",
        body="J'ai enfin compris le tableau de l'atelier : le vert, c'est fait, l'orange, c'est en cours, et le bleu, c'est l'anniversaire de quelqu'un. Il m'aura fallu {douze|quinze} jours.",
        comments=(other("Le bleu est le plus important."),),
    ),
    Message(
        title="",
        body="Merci à la promotion d'avant pour la liste des bons endroits où manger. Le numéro {2..5} a fermé, le numéro 1 mérite sa place.",
    ),
    Message(
        title="Ce que j'aurais aimé entendre le premier matin",
        body="« Tu vas te perdre, c'est prévu. » « Ton ordinateur marchera demain. » « Personne ne retient les prénoms le premier jour, nous non plus. » Voilà, c'est écrit pour les suivants.",
        comments=(
            other("Je l'imprime pour l'accueil."),
            other("Et : « la salle 3 est au deuxième »."),
        ),
    ),
    Message(
        title="",
        body="Première semaine de nuit terminée. Je retiens : on explique mieux à 3 h du matin qu'à 10 h, et la soupe de l'équipe est meilleure que celle de la cantine.",
        comments=(other("Reviens quand tu veux."),),
    ),
)

THANKS = (
    Thanks(
        body="Merci à {qui} pour l'accueil : trois semaines, zéro question restée sans réponse, et un tour des ateliers que je n'oublierai pas.",
        skills=("onboarding_hosting",),
    ),
    Thanks(
        body="Merci à {qui} d'avoir pris ma première question au sérieux. Elle était naïve, la réponse ne l'était pas.",
        skills=("onboarding_hosting",),
    ),
    Thanks(
        body="Merci à {qui} : grâce à toi j'ai rencontré tout l'étage en une matinée, et mon prénom était bien prononcé dès le premier jour.",
        skills=("mentoring",),
    ),
    Thanks(
        body="Thank you {qui} for switching to English without making it a big thing. I understood the meeting, and even the joke.",
        skills=("onboarding_hosting",),
        language="en",
    ),
    Thanks(
        body="Merci à {qui} pour le premier café : une demi-heure, {dix|douze} conseils, et aucun que j'aurais trouvé dans un guide.",
        skills=("onboarding_hosting",),
    ),
    Thanks(
        body="Merci à {qui} et à l'équipe d'après-midi pour l'accueil. On m'a laissé essayer, on m'a laissé rater, on m'a expliqué.",
        skills=("onboarding_hosting", "shift_handover"),
    ),
)

IDEAS = (
    Idea(
        title="Une carte « qui demander pour quoi »",
        body="Pas un organigramme. Une page avec vingt questions et vingt prénoms, d'accord pour répondre. Je commence la liste.",
        comments=(
            other("D'accord pour « comment fonctionne la badgeuse »."),
            other("D'accord pour « où est la salle B »."),
        ),
    ),
    Idea(
        title="Faire tester chaque guide par la dernière promotion",
        body="Celles et ceux qui viennent d'arriver voient les trous. Une heure, trois mois après l'arrivée, avec un stylo rouge.",
        comments=(other("On l'a fait une fois, c'était redoutable."),),
    ),
    Idea(
        title="Un kit du premier jour pour les équipes de nuit",
        body="Elles arrivent quand tout est fermé : badge, plan, casier, et le code de la machine à café prêts au poste de garde.",
        comments=(
            other("Le code de la machine, c'est la base."),
            other("On peut être deux pour le préparer."),
        ),
    ),
    Idea(
        title="Un parrain ou une marraine de l'autre bout de l'entreprise",
        body="En plus de celui du métier : quelqu'un d'un autre site, {deux|trois} appels en trois mois, pour voir plus large.",
        comments=(
            other("Volontaire à Lille."),
            other("Et à Porto !"),
        ),
    ),
)
