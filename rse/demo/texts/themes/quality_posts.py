"""Quality: messages, thanks and ideas."""

from ..drafts import Idea, Message, Thanks, other

MESSAGES = (
    Message(
        title="Audit de renouvellement : c'est passé",
        body="Aucune non-conformité majeure, {2..4} mineures, une remarque élogieuse sur la transmission entre équipes. Le rapport complet est dans la bibliothèque. Merci aux personnes qui ont répondu au poste avec leurs mots, c'est ce que l'auditrice a retenu.",
        comments=(
            other("Bravo à tous les ateliers."),
            other("Les mineures sont réparties entre qui ?"),
            other("Deux pour la documentation, le reste chez nous. Plan d'actions la semaine prochaine."),
        ),
    ),
    Message(
        title="",
        body="Les étiquettes jaunes « à trier » ne sont pas des étiquettes « à garder au cas où ». J'en ai trouvé une de {mois_passe}. Elle et moi avons eu une conversation.",
        comments=(
            other("Plaidé coupable."),
            other("On fait un tour de l'atelier {jour} pour toutes les sortir."),
        ),
    ),
    Message(
        title="Zéro rebut : où en est-on ?",
        body="Quatre sites, {six|sept|huit} mois, {28..41} % de rebuts en moins sur les pièces suivies. Trois choses ont compté : couper les pièces ratées devant tout le monde, réduire les codes défauts, et dix minutes de recouvrement entre équipes. La suite : les pièces fines.",
        comments=(
            other("Et on a arrêté les affiches, ça compte aussi."),
            other("Est-ce que Porto peut rejoindre le groupe ?"),
            other("Avec plaisir, prochain point {date}."),
        ),
    ),
    Message(
        title="",
        body="La salle de métrologie sera à 21,5 °C au lieu de 20 jusqu'à {jour} (climatisation en panne). On note l'écart sur les rapports, et on reporte les tolérances sous 0,01.",
    ),
    Message(
        title="Atelier « lire une radio de soudure »",
        body="Une heure et demie {date} à {heure}, salle de contrôle de Nantes. Apportez vos clichés, on trie ensemble. {6..8} places, ouvert aux soudeurs et aux curieux.",
        comments=(
            other("Je viens avec trois clichés qui me font douter depuis un an."),
            other("Possible à distance depuis Saint-Nazaire ?"),
            other("On essaie avec la caméra du négatoscope, sans garantie."),
        ),
    ),
    Message(
        title="",
        body="Le comparateur {4..9} sort d'étalonnage, il est bon. L'étiquette verte n'a pas tenu à l'huile, donc pas de panique si vous ne la voyez plus : c'est écrit sur la boîte.",
    ),
    Message(
        title="Un défaut que personne ne cherchait",
        body="En relisant les « autre » du mois, on a trouvé {9..17} fois la même chose écrite autrement : « peau d'orange », « grain », « surface bof ». C'est l'enduit. L'enquête continue, mais bravo à celles et ceux qui ont écrit deux mots au lieu de rien.",
        comments=(other("« Surface bof » c'était moi. Je ne pensais pas faire avancer la science."),),
    ),
    Message(
        title="Customer visit in Lyon",
        body="Four people from our rail customer will be in the inspection room on {date}. Nothing special to prepare, just keep the aisle clear and say hello. They liked last year that people explained their own station.",
        comments=(other("Understood, the marble will shine."),),
        language="en",
    ),
    Message(
        title="",
        body="Nouvelle affiche au contrôle final : « Si tu hésites, pose-la à gauche ». La table de gauche est relue deux fois par jour. On préfère une pièce bonne à gauche qu'une mauvaise en caisse.",
        comments=(other("Simple et clair, on copie à {site}."),),
    ),
    Message(
        title="",
        body="La {ref} passe en contrôle renforcé jusqu'à {jour}. Rien de grave : une bavure mal placée sur {deux|trois} pièces. Merci de poser les doutes à gauche.",
    ),
    Message(
        title="Nouveaux calibres livrés",
        body="{Douze|Quinze|Neuf} calibres pour la famille des carters, vérifiés {passe}. Les anciens sont à rapporter au contrôle, y compris ceux qui vivent dans des tiroirs.",
        comments=(other("Un tiroir vidé, quatre rendus."),),
    ),
    Message(
        title="",
        body="Question d'hier en visite : « comment savez-vous que votre instrument a raison ? ». On a répondu, mais c'était une belle question. Je la garde pour la prochaine formation.",
        comments=(
            other("Et la réponse, c'était quoi ?"),
            other("L'étalon, et l'étalon de l'étalon, et à la fin quelqu'un à Paris."),
        ),
    ),
    Message(
        title="Réclamations closes en {mois_passe}",
        body="{Sept|Neuf|Onze} dossiers fermés, dont {deux|trois} ouverts depuis plus de trois mois. Les réponses sont dans la bibliothèque, sans les noms des clients.",
        comments=(other("Très utile pour les devis, merci."),),
    ),
    Message(
        title="",
        body="Quelqu'un a laissé une pièce parfaite sur la table de gauche avec un mot : « je n'arrive pas à y croire ». On l'a mesurée deux fois. Elle est bonne.",
        comments=(other("Bravo à l'équipe d'après-midi !"),),
    ),
    Message(
        title="",
        body="Le poste de ressuage est fermé {jour} après-midi pour nettoyage. Les pièces urgentes passent avant {heure}, les autres attendent sagement.",
    ),
)

THANKS = (
    Thanks(
        body="Merci à {qui} pour la mesure en urgence de {jour} soir. Sans le rapport, le camion restait à quai.",
        skills=("metrology",),
    ),
    Thanks(
        body="Merci à {qui}, qui a animé l'analyse sur les manchons avec un calme olympien. On est sortis avec une cause et trois actions, et sans coupable.",
        skills=("root_cause", "facilitation"),
    ),
    Thanks(
        body="Merci à {qui} d'avoir relu nos {12..20} clichés un par un. On a appris plus en une heure qu'en une année de comptes rendus.",
        skills=("radiography",),
    ),
    Thanks(
        body="Thank you {qui} for the answer to the customer, written in twenty minutes and clear as water. They called to say it was the best report they got this year.",
        skills=("customer_claims",),
        language="en",
    ),
    Thanks(
        body="Merci à {qui} d'avoir joué l'auditeur naïf pendant une heure. {Quatorze|Onze} questions, autant de trous bouchés avant le vrai.",
        skills=("audit",),
    ),
    Thanks(
        body="Merci à {qui} : le plan de la {ref} tient enfin sur une page, et le client l'a signé.",
        skills=("control_plans",),
    ),
)

IDEAS = (
    Idea(
        title="Une pièce mystère par mois",
        body="On pose une pièce défectueuse à l'entrée, chacun écrit son hypothèse sur un papier, on coupe la pièce le dernier {jour} du mois devant tout le monde. Sans gagnant ni classement, juste pour regarder ensemble.",
        comments=(
            other("J'adore."),
            other("Il faudra une scie réservée, on s'en occupe."),
        ),
    ),
    Idea(
        title="Le contrôle final passe une journée chez le client",
        body="Voir comment nos pièces sont montées change la façon de contrôler. {Deux|Trois} personnes par trimestre, en covoiturage avec le commerce.",
        comments=(other("Le commerce dit oui tout de suite."),),
    ),
    Idea(
        title="Supprimer la moitié des signatures sur la fiche suiveuse",
        body="Il y en a {onze|douze|neuf}. Quand tout le monde signe, personne ne regarde. Je propose d'en garder quatre, là où quelqu'un décide vraiment.",
        comments=(
            other("Oui, mais garder celle du remmoulage."),
            other("On en parle au prochain point qualité ?"),
        ),
    ),
    Idea(
        title="Un carnet des beaux contrôles",
        body="Quand un contrôle a évité un départ, on le raconte en trois lignes. On garde trop souvent seulement les ratés. Essai de {deux|trois} mois ?",
        comments=(other("Oui, ça manque."),),
    ),
)
