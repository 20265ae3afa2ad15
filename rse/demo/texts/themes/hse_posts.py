"""Health, safety, environment: messages, thanks and ideas."""

from ..drafts import Idea, Message, Thanks, other

MESSAGES = (
    Message(
        title="{150|200|250} jours sans arrêt sur le site de {site}",
        body="On ne compte pas pour le record, on compte parce que derrière il y a des gens rentrés entiers chez eux. Merci pour les {30..50} presque-accidents déclarés : c'est là que tout se joue.",
        comments=(
            other("Bien dit."),
            other("Continuons à écrire les petits, surtout les petits."),
        ),
    ),
    Message(
        title="",
        body="Le garde-corps du quai 3 bouge. Il est balisé, réparation {jour}. Merci de ne pas s'y appuyer pour vérifier qu'il bouge.",
        comments=(other("J'ai failli vérifier."),),
    ),
    Message(
        title="Exercice d'évacuation : ce qu'on a vu",
        body="{3|4} min 40 au lieu de 3 prévues. Deux personnes de l'étage n'ont rien entendu, un groupe s'est rassemblé sur l'ancien point. Flash lumineux commandé, panneau déplacé. Merci pour le sérieux, même sous la pluie.",
        comments=(
            other("On refait quand ?"),
            other("En {mois}, sans date annoncée."),
        ),
    ),
    Message(
        title="",
        body="Masques : le nouveau modèle est arrivé, trois tailles. Passez l'essayage avec la prévention {jour} entre 10 h et 15 h. Un masque à la mauvaise taille protège surtout la conscience.",
    ),
    Message(
        title="Moins d'eau aux tours de refroidissement",
        body="{12|14|16} % de moins sur le trimestre, sans investissement, en réglant les purges. Le détail est dans la bibliothèque, la recette se copie en une matinée.",
        comments=(other("Copiée à {site}, merci."),),
    ),
    Message(
        title="",
        body="Petit mot de l'infirmerie : la fontaine de l'atelier {atelier} est réparée. Par cette chaleur, buvez avant d'avoir soif, et faites des pauses courtes plutôt qu'une longue.",
        comments=(other("Elle fait même du bruit quand elle est contente."),),
        months=(6, 7, 8),
    ),
    Message(
        title="Vos idées de {mois_passe}, ce qu'on en a fait",
        body="Sept reçues : quatre faites (marches peintes, miroir du quai, éclairage du parking, colliers de bidons), deux à l'étude, une refusée avec l'explication. Si la vôtre n'y est pas, c'est qu'elle s'est perdue : dites-le.",
        comments=(other("Le miroir, merci ! On le demandait depuis longtemps."),),
    ),
    Message(
        title="Safety walk with the Porto team",
        body="We exchanged safety walks this week: they found {six|eight} things here we had stopped seeing. Fresh eyes are a present. Their turn next month.",
        comments=(other("The loose cable was there for years. Gone now."),),
        language="en",
    ),
    Message(
        title="",
        body="Trouvé : un casque blanc, taille moyenne, avec une étoile dessinée au feutre. Il attend au bureau de la prévention, il a l'air triste.",
        comments=(other("C'est le mien ! L'étoile est de ma fille."),),
    ),
    Message(
        title="",
        body="Presque-accident au quai {1..4} : une palette filmée trop haut. Personne dessous. La hauteur maximale est repeinte sur le montant, en jaune, en gros.",
        comments=(other("Merci d'avoir prévenu, on a vérifié les nôtres."),),
    ),
    Message(
        title="Nouvelle formation aux premiers secours",
        body="{Dix|Douze} places {date}, à {site}. Deux jours, sur le temps de travail. On cherche surtout des volontaires des équipes de nuit et d'après-midi.",
        comments=(other("Deux volontaires de la nuit."),),
    ),
    Message(
        title="",
        body="Le bruit au grenaillage est descendu de {quatre|cinq} décibels depuis le nouveau rideau. Ça ne dispense pas des bouchons, mais on s'entend dire bonjour.",
    ),
    Message(
        title="",
        body="Qui range les balais à l'envers, poils en haut ? Les poils en bas s'écrasent, ceux d'en haut font trébucher. Il existe un crochet. Il attend.",
        comments=(other("Crochet adopté."),),
    ),
    Message(
        title="Énergie : {mois_passe} en trois chiffres",
        body="Électricité {-4|-6|-7} %, gaz stable, eau {-9|-11} %. Le plus gros gain vient du four de maintien en consigne réduite le week-end, le plus petit de mes affichettes.",
        comments=(other("Les affichettes m'ont fait rire, ça compte."),),
    ),
    Message(
        title="",
        body="Rappel utile : la douche de sécurité de l'atelier {atelier} est testée chaque {jour} à {heure}. Si vous entendez de l'eau, ce n'est pas une fuite, c'est nous.",
    ),
)

THANKS = (
    Thanks(
        body="Merci à {qui} d'avoir déclaré l'élingue abîmée avant qu'elle ne lâche. Trente secondes de papier, une belle journée pour tout le monde.",
        skills=("incident_analysis",),
    ),
    Thanks(
        body="Merci à {qui} : retourner la pièce avant l'ébarbage, il fallait y penser. La fin de poste n'est plus la même.",
        skills=("ergonomics",),
    ),
    Thanks(
        body="Merci à {qui} pour l'exercice de nuit préparé avec nous et pas à notre place.",
        skills=("fire_safety", "facilitation"),
    ),
    Thanks(
        body="Thank you {qui} for the four-line safety cards. We translated them in an hour and the shift reads them.",
        skills=("chemical_risk",),
        language="en",
    ),
    Thanks(
        body="Merci à {qui} pour les numéros posés sur les points de consignation. On gagne du temps sans rien perdre en sécurité.",
        skills=("lockout",),
    ),
    Thanks(
        body="Merci à {qui} d'avoir passé un dimanche matin à écouter nos fuites d'air. {Quarante-huit|Cinquante-trois} étiquettes plus tard, le compresseur dort enfin.",
        skills=("energy",),
    ),
)

IDEAS = (
    Idea(
        title="Une minute de silence utile avant chaque arrêt technique",
        body="Pas solennelle : une minute où chacun regarde autour de soi et dit une chose qui le gêne. On l'a fait une fois, {trois|quatre} choses sont sorties.",
        comments=(other("Essayons au prochain arrêt."),),
    ),
    Idea(
        title="Prêter des gilets chauds à l'équipe du quai",
        body="Ils sont dehors à 5 h en {janvier|février}. Les gilets chauffants coûtent moins qu'un arrêt. Un lot de huit pour essayer ?",
        comments=(
            other("Le quai dit OUI en majuscules."),
            other("Demandé aux achats."),
        ),
        months=(10, 11, 12, 1),
    ),
    Idea(
        title="Une carte des coins sombres",
        body="Chacun note sur un plan les endroits mal éclairés, la maintenance traite les {cinq|dix} premiers. Le parking nord en tête, je parie.",
        comments=(
            other("Parking nord, confirmé."),
            other("L'escalier du magasin aussi."),
        ),
    ),
    Idea(
        title="Un regard extérieur par trimestre",
        body="Une personne d'un autre site passe {deux|trois} heures chez nous et dit ce qu'elle voit. On ne se justifie pas, on note.",
        comments=(
            other("Lyon reçoit Lille en premier ?"),
            other("Avec plaisir."),
        ),
    ),
)
