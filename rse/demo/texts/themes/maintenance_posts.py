"""Maintenance: messages, thanks and ideas."""

from ..drafts import Idea, Message, Thanks, other

MESSAGES = (
    Message(
        title="Arrêt technique : le programme est prêt",
        body="Du {date} au dimanche suivant : {four}, convoyeur de la ligne {ligne}, toiture de l'atelier {atelier}. Le planning est affiché et dans la bibliothèque. Les demandes de dernière minute existent, on le sait : jusqu'à {jour} midi.",
        comments=(
            other("Possible d'ajouter le palan du contrôle ?"),
            other("Ajouté, samedi matin."),
        ),
    ),
    Message(
        title="",
        body="Le {pont} est en limitation de vitesse jusqu'à {jour} (frein à régler). Merci de ne pas insister sur le bouton, il n'ira pas plus vite si on appuie fort.",
        comments=(other("On a essayé, effectivement."),),
    ),
    Message(
        title="Nuit calme",
        body="Aucun appel d'astreinte cette semaine, pour la première fois depuis {dix|onze|quatorze} mois. Je l'écris ici pour l'histoire, et je touche du bois.",
        comments=(
            other("Il ne fallait pas l'écrire !"),
            other("Deux appels cette nuit. Merci."),
        ),
    ),
    Message(
        title="",
        body="Rappel amical : le bon d'intervention « ça marche pas » arrive sixième au classement des plus courts. Avec la machine, l'heure et le voyant allumé, on arrive avec la bonne caisse.",
        comments=(
            other("Qui a gagné ?"),
            other("« Au secours ». Sans adresse."),
        ),
    ),
    Message(
        title="Bilan de l'air comprimé",
        body="{52..71} fuites réparées, compresseur arrêté le dimanche, environ {9|11|13} % d'électricité en moins sur le mois. Le détecteur part maintenant à {site}.",
        comments=(
            other("Bravo ! On l'attend."),
            other("Et le silence le dimanche, ça n'a pas de prix."),
        ),
    ),
    Message(
        title="",
        body="On cherche une personne qui sait souder l'aluminium pour une heure, {jour} matin, sur un carter de protection. Café et reconnaissance éternelle.",
        comments=(other("J'arrive à 9 h."),),
    ),
    Message(
        title="Deux pannes, une cause",
        body="Les arrêts de {mois_passe} sur les robots {robot} et R9 venaient du même lot de connecteurs. Le reste du lot est mis de côté, la liste des machines concernées est en pièce jointe de la fiche. Vérifiez avant de remonter un connecteur gris.",
        comments=(other("Merci, j'en avais un dans la main."),),
    ),
    Message(
        title="Spare parts list now shared with Porto",
        body="You can now see what the other site has on the shelf before ordering. Last week it saved {four|six} days on a spindle sensor. If you take something, write it down: trust works better with a pencil.",
        comments=(other("The sensor says thank you."),),
        language="en",
    ),
    Message(
        title="",
        body="La nacelle est réservée {jour} et le lendemain pour les luminaires. Si quelqu'un en a besoin une heure pour autre chose, demandez, on s'arrange.",
    ),
    Message(
        title="",
        body="La clé de 32 à choc a été retrouvée. Elle était dans la caisse marquée « clés de 32 à choc ». Fin de l'enquête.",
        comments=(other("Personne n'avait pensé à regarder là."),),
    ),
    Message(
        title="Le réchauffeur de la {presse} est changé",
        body="Démarrage {passe} à {heure} : pression stable dès la première minute. L'ancien a fini en démonstration pour l'armoire d'entraînement.",
        comments=(other("Merci, on ne croyait plus aux matins calmes."),),
    ),
    Message(
        title="",
        body="L'équipe cherche un vieux variateur, même en panne, pour la formation. Contre échange : un câble réseau tout neuf et notre gratitude.",
        comments=(other("J'en ai deux à {site}, navette de {jour}."),),
    ),
    Message(
        title="Ronde vibratoire de {mois_passe}",
        body="{Trente-huit|Quarante-deux|Trente-cinq} machines mesurées, {deux|trois} à surveiller, une à arrêter avant la fin du mois : le ventilateur nord. Le reste ronronne.",
        comments=(other("Arrêt calé {jour} avec l'ordonnancement."),),
    ),
    Message(
        title="",
        body="Le compresseur 2 fait un bruit nouveau. Pas inquiétant, plutôt musical. On l'écoute {jour} avec le stéthoscope, ne le touchez pas d'ici là.",
    ),
    Message(
        title="",
        body="Pour les curieux : on démonte le réducteur du convoyeur {jour} à {heure}, atelier {atelier}. Place pour {cinq|six} personnes autour de l'établi, ça se voit rarement ouvert.",
        comments=(
            other("Je viens !"),
            other("Quelqu'un pour filmer ?"),
        ),
    ),
)

THANKS = (
    Thanks(
        body="Merci à {qui}, sur place à 2 h du matin avec le bon capteur dans la poche. La ligne a redémarré avant l'équipe du matin.",
        skills=("troubleshooting",),
    ),
    Thanks(
        body="Merci à {qui} pour la mesure de vibration : cinq minutes d'explication, et maintenant je sais lire une courbe.",
        skills=("vibration_analysis",),
    ),
    Thanks(
        body="Merci à {qui} d'avoir arrêté le chantier quand il fallait l'arrêter. On a râlé dix minutes, on aurait pu le regretter longtemps.",
        skills=("electrical", "lockout"),
    ),
    Thanks(
        body="Thank you {qui} for sharing the old controller backups. One of ours died on Friday. We were back in an hour.",
        skills=("plc",),
        language="en",
    ),
    Thanks(
        body="Merci à {qui} d'avoir empêché la vidange de la centrale. {Mille cinq cents|Mille huit cents} litres et deux jours d'arrêt évités.",
        skills=("hydraulics",),
    ),
    Thanks(
        body="Merci à {qui}, qui prévient la veille des changements de série. Le préventif n'a jamais été aussi simple.",
        skills=("preventive_planning",),
    ),
)

IDEAS = (
    Idea(
        title="Une caisse de dépannage identique dans chaque atelier",
        body="Mêmes outils, même place, inventaire le {jour}. Ça éviterait les allers-retours de {quinze|vingt} minutes pour une clé de 17.",
        comments=(
            other("La clé de 17, toujours elle."),
            other("On finance sur le budget petit outillage ?"),
        ),
    ),
    Idea(
        title="Raconter une panne par mois",
        body="Un quart d'heure, une panne, la personne qui l'a trouvée raconte. Ouvert à tous les métiers, enregistré pour la nuit.",
        comments=(
            other("La nuit dit merci."),
            other("Je commence avec le réchauffeur de la presse."),
        ),
    ),
    Idea(
        title="Étiquettes « dernière intervention » sur les armoires",
        body="Date, initiales du service, ce qui a été fait en six mots. On perd un temps fou à chercher ça dans l'historique.",
        comments=(other("Six mots, j'aime la contrainte."),),
    ),
    Idea(
        title="Une heure de veille technique par mois",
        body="On ouvre ensemble {une|deux} notices récentes, et on garde une chose utile. Avec café, forcément.",
        comments=(other("Avec café, d'accord."),),
    ),
)
