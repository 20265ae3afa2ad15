"""Finance: messages, thanks and ideas."""

from ..drafts import Idea, Message, Thanks, other

MESSAGES = (
    Message(
        title="Clôture de {mois_passe} : calendrier",
        body="Réceptions à saisir avant {jour} midi, notes de frais avant le lendemain soir. Après, c'est le mois suivant, et on ne pourra pas faire semblant.",
        comments=(
            other("Reçu, le magasin s'y met."),
            other("Et les avoirs ?"),
            other("Même date, merci de demander."),
        ),
    ),
    Message(
        title="",
        body="Note de frais du mois : « divers, {38..54} € ». Divers quoi ? On adore le suspense mais l'auditeur, moins.",
        comments=(other("C'était le repas de l'équipe de Porto. Justificatif envoyé."),),
    ),
    Message(
        title="La comptabilité ouvre ses portes",
        body="Une heure {date}, pour voir ce que devient un bon de réception une fois qu'il a quitté l'atelier. {Huit|Dix} places, gâteau maison.",
        comments=(other("Je viens pour les bons de réception. Absolument pas pour le gâteau."),),
    ),
    Message(
        title="",
        body="Le formulaire d'investissement tient maintenant sur une page. L'ancien en faisait sept. Si un champ vous manque, dites-le, sinon on ne touche plus à rien.",
        comments=(other("Le bonheur tient à peu de chose."),),
    ),
    Message(
        title="Résultat du semestre en cinq phrases",
        body="L'activité tient, la marge recule un peu à cause de l'énergie, la trésorerie est correcte, on investit comme prévu, et les rebuts évités ont payé {le tiers|la moitié} d'un four. Le document complet est dans la bibliothèque, questions ici.",
        comments=(
            other("Merci pour les cinq phrases."),
            other("« Les rebuts évités ont payé la moitié d'un four » : à afficher en atelier !"),
        ),
    ),
    Message(
        title="",
        body="Qui utilise encore le code analytique {4..9}{10..99} ? On aimerait le fermer. Il reçoit une dépense de 12 € par mois et personne ne sait pourquoi.",
        comments=(
            other("L'abonnement de la revue de fonderie, sans doute."),
            other("C'est ça. On garde la revue, on ferme le code."),
        ),
    ),
    Message(
        title="Changement de banque pour les paiements fournisseurs",
        body="À partir du {date}. Rien à faire de votre côté. Si quelqu'un vous écrit pour vous demander de « valider les nouvelles coordonnées », c'est une arnaque : prévenez-nous sans cliquer.",
        comments=(
            other("Reçu exactement ce message ce matin. Transmis."),
            other("Bon réflexe, merci."),
        ),
    ),
    Message(
        title="Month-end for Porto: one calendar for both sites",
        body="We now close on the same day. Thank you for moving two meetings and one birthday lunch. First common close: {three|four} hours earlier than usual.",
        comments=(other("The birthday lunch is forgiven."),),
        language="en",
    ),
    Message(
        title="",
        body="J'ai expliqué {jour} les amortissements à une équipe de moulage avec un moule usé. C'est la meilleure définition que j'aie jamais vue, et elle n'est pas de moi.",
        comments=(
            other("C'est quoi la définition ?"),
            other("« Ça s'use un peu à chaque fois, alors on paie un peu à chaque fois. »"),
        ),
    ),
    Message(
        title="",
        body="Le fichier des temps de {mois_passe} est verrouillé. S'il reste une correction, c'est une ligne à m'envoyer avant {jour}, pas une copie du fichier. On en a {sept|neuf}.",
        comments=(other("J'ai supprimé ma copie. Avec émotion."),),
    ),
    Message(
        title="Petit lexique sans douleur",
        body="« Engagé », « réceptionné », « facturé », « payé » : une même dépense passe par les quatre, dans cet ordre, et souvent on parle de l'une en pensant à l'autre. Schéma d'une page dans la bibliothèque.",
        comments=(other("Enfin ! Affiché au magasin."),),
    ),
    Message(
        title="",
        body="Le distributeur de tickets de parking n'est pas une pièce justificative, même avec un beau logo. Le ticket, oui.",
        comments=(other("C'était {14|17} €, je retrouve le ticket."),),
    ),
    Message(
        title="Énergie : le contrat est renouvelé",
        body="Prix fixé jusqu'à {mois} de l'année prochaine pour {70|80} % de la consommation. Moins de suspense dans les devis, et c'est très bien comme ça.",
        comments=(other("Le commerce applaudit."),),
    ),
    Message(
        title="",
        body="Un fournisseur nous a remboursé {640..920} € qu'on ne réclamait pas. On a vérifié trois fois. C'est vrai. Il reste de belles personnes.",
    ),
    Message(
        title="",
        body="Pour vos dossiers d'investissement de {mois} : le comité se réunit {date}, dossiers une semaine avant, sur une page, avec le cas où l'on ne fait rien.",
        comments=(other("Le nôtre part {jour}."),),
    ),
)

THANKS = (
    Thanks(
        body="Merci à {qui} pour les trois barres sur le coût horaire. Plus une seule rumeur depuis.",
        skills=("cost_accounting",),
    ),
    Thanks(
        body="Merci à {qui} d'avoir relu le dossier jusqu'à la dernière hypothèse. Il est passé, et il méritait de passer.",
        skills=("capex_case",),
    ),
    Thanks(
        body="Merci à {qui}, qui a préféré aller voir au quai plutôt que d'écrire un mail de plus.",
        skills=("invoicing",),
    ),
    Thanks(
        body="Thank you {qui} for the locked template: no more thousand-fold surprises between sites.",
        skills=("spreadsheet",),
        language="en",
    ),
    Thanks(
        body="Merci à {qui} pour l'aide sur le budget du service. {Onze|Neuf} lignes à défendre au lieu de vingt-six, je dors de nouveau.",
        skills=("budgeting",),
    ),
    Thanks(
        body="Merci à {qui} d'avoir prêté les cubes, et surtout la façon de s'en servir.",
        skills=("cost_accounting", "workshop_facilitation"),
    ),
)

IDEAS = (
    Idea(
        title="Un prix de revient par mois, raconté",
        body="Une pièce, une page, ce qu'elle coûte et pourquoi. Affichée à l'atelier concerné, avec une boîte à remarques.",
        comments=(other("Commençons par la {ref}, elle intrigue tout le monde."),),
    ),
    Idea(
        title="Arrondir les petites dépenses",
        body="En dessous de {20|30} €, une simple photo suffit. On passe plus de temps à justifier un tournevis qu'à l'acheter.",
        comments=(
            other("La finance étudie, et n'a pas dit non."),
            other("C'est presque un oui."),
        ),
    ),
    Idea(
        title="Inviter un atelier à chaque comité d'investissement",
        body="Une personne du poste, trois minutes, avant la discussion. Les décisions seraient meilleures et mieux comprises.",
        comments=(other("Essayé une fois, à refaire à chaque fois."),),
    ),
    Idea(
        title="Afficher le prix d'un arrêt d'une heure",
        body="Par ligne, au tableau de l'atelier. Pas pour faire pression : pour choisir ensemble ce qu'on répare en premier. Essai sur la ligne {ligne} ?",
        comments=(other("Oui, si on affiche aussi ce qu'on a évité."),),
    ),
)
