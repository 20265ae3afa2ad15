"""Purchasing: messages, thanks and ideas."""

from ..drafts import Idea, Message, Thanks, other

MESSAGES = (
    Message(
        title="Nouveau fournisseur de sable : essai concluant",
        body="{Trois|Quatre} semaines d'essai à Lille, finesse stable, humidité maîtrisée, et un livreur qui prévient de son heure. On passe à 30 % des volumes à partir de {mois}.",
        comments=(
            other("L'atelier confirme, on n'a vu aucune différence, et c'est un compliment."),
            other("Le livreur qui prévient, c'est rare, gardez-le."),
        ),
    ),
    Message(
        title="",
        body="Rappel : un devis dans une boîte mail n'est pas une commande. J'en ai trouvé {deux|trois} ce mois-ci. Le fournisseur, lui, a livré.",
        comments=(other("On régularise aujourd'hui, pardon."),),
    ),
    Message(
        title="Le catalogue des petites fournitures est en ligne",
        body="{220..310} articles, livrés en deux jours, sans passer par nous. Vous gagnez du temps, nous aussi. Si quelque chose manque, dites-le ici plutôt que de commander ailleurs.",
        comments=(
            other("Les piquets de coulée n'y sont pas."),
            other("Ajoutés. Merci !"),
        ),
    ),
    Message(
        title="",
        body="Le fournisseur des manchons ferme {deux|trois} semaines en {mois}. Les besoins sont à donner avant {jour}. Après, ce sera de la télépathie.",
        comments=(other("Nos besoins partent ce soir."),),
    ),
    Message(
        title="Comment on choisit un fournisseur, en une page",
        body="On nous le demande souvent, alors on l'a écrit : qui participe, quels critères, à quel moment on peut encore changer d'avis. Pas de secret, et des critiques bienvenues.",
        comments=(
            other("Très clair. Il manque juste la durée moyenne."),
            other("Entre six et dix semaines, on l'ajoute."),
        ),
    ),
    Message(
        title="",
        body="J'ai {douze|quinze} échantillons de gants sur mon bureau. Si vous travaillez à l'ébarbage et que vous avez dix minutes, passez les essayer. Taille 7 à 11, franc-parler souhaité.",
        comments=(other("On arrive à trois après la pause."),),
    ),
    Message(
        title="Sous-traitance : visite groupée {date}",
        body="On emmène {six|huit} personnes des ateliers voir comment nos pièces sont traitées. Départ {8|9} h, retour 16 h. Priorité à celles et ceux qui n'ont jamais vu la suite de leur travail.",
        comments=(
            other("Inscription pour deux du parachèvement !"),
            other("Complet en vingt minutes, on en refera une."),
        ),
    ),
    Message(
        title="Supplier day: save the date",
        body="{date}. Tables of six, no speeches, good coffee. If you work with a supplier every week, come and sit at their table, even for an hour.",
        comments=(other("Porto will send two people."),),
        language="en",
    ),
    Message(
        title="",
        body="Pour info, les délais de livraison des roulements passent de {3|4} à {7|8} semaines. Vérifiez vos minimums au magasin avant que ça ne devienne intéressant.",
    ),
    Message(
        title="",
        body="Le prix de l'inox a baissé de {deux|trois} % ce mois-ci. Si vous avez des besoins au-delà de {mois}, c'est le moment de me les dire, pas celui de les deviner.",
        comments=(other("Liste envoyée."),),
    ),
    Message(
        title="Retour de visite chez le fabricant de manchons",
        body="Atelier propre, {quarante|cinquante} personnes, et une vraie question de leur part : pourquoi nos plans ont-ils trois cartouches différents ? Bonne question.",
        comments=(
            other("Aïe. C'est historique."),
            other("On s'en occupe avec le bureau d'études."),
        ),
    ),
    Message(
        title="",
        body="À vendre, ou plutôt à donner : {huit|douze} chaises de bureau remplacées par les ergonomiques. Premier arrivé, premier assis. Elles sont au bâtiment 2.",
        comments=(other("Quatre pour la salle de pause de l'atelier {atelier}, merci !"),),
    ),
    Message(
        title="",
        body="Trois devis pour la peinture des garde-corps : {4800|5200} €, {6100|6400} € et « à voir ensemble ». Le troisième est peut-être un poète.",
    ),
    Message(
        title="Fermetures des fournisseurs",
        body="Chacun ferme à une date différente, le tableau est dans la bibliothèque. Dernier appel pour les consommables : {jour}.",
        comments=(other("Gants et disques commandés."),),
    ),
    Message(
        title="",
        body="Le fournisseur de filtres propose un essai gratuit de {cent|deux cents} pièces. Qui a une série stable pour comparer honnêtement ?",
        comments=(
            other("La {ref}, une série toutes les deux semaines."),
            other("Parfait, on cale ça {date}."),
        ),
    ),
)

THANKS = (
    Thanks(
        body="Merci à {qui} d'avoir répété la négociation avec moi. Deux heures de ta journée, six mois de sérénité.",
        skills=("supplier_negotiation",),
    ),
    Thanks(
        body="Merci à {qui} pour la feuille de coût complet. Elle a déjà servi à {trois|quatre} décisions et elle tient sur une page.",
        skills=("total_cost",),
    ),
    Thanks(
        body="Merci à {qui} qui a accepté de venir chez le fournisseur un {jour} sous la pluie. Ta question sur la dernière pièce refusée a tout changé.",
        skills=("supplier_audit",),
    ),
    Thanks(
        body="Thank you {qui}: two pages, one call, one signature. This is how it should always be.",
        skills=("contracts",),
        language="en",
    ),
    Thanks(
        body="Merci à {qui} d'avoir vu la clause de reconduction tacite {jour}, à {deux|trois} jours de l'échéance.",
        skills=("contracts",),
    ),
    Thanks(
        body="Merci à {qui}, qui a barré un tiers de mon cahier des charges. Les {trois|quatre} offres reçues sont enfin comparables.",
        skills=("specification_writing",),
    ),
)

IDEAS = (
    Idea(
        title="Un petit stock commun d'outils chers entre sites",
        body="Trois broches identiques dorment sur trois étagères. Une seule suffirait, avec la navette. Je veux bien faire la liste.",
        comments=(
            other("La maintenance dit oui."),
            other("À condition de savoir où elle est, sinon c'est pire."),
        ),
    ),
    Idea(
        title="Inviter un fournisseur par mois à raconter son métier",
        body="Une demi-heure, à {midi|13 h}, sans vente. Le fabricant de résine par exemple : on comprendrait enfin ce qu'on mélange.",
        comments=(other("Oui, et le transporteur aussi !"),),
    ),
    Idea(
        title="Étiqueter le prix sur les pièces du magasin",
        body="Pas pour faire peur. Pour qu'on sache qu'un joint coûte {4|6} € et cette petite carte {1900|2300} €.",
        comments=(other("On le fait sur un rayon pour voir ?"),),
    ),
    Idea(
        title="Un tour d'atelier avant chaque gros achat",
        body="Une demi-heure avec les personnes qui s'en serviront, avant d'écrire quoi que ce soit. {Deux|Trois} achats ratés de l'an dernier auraient été évités.",
        comments=(other("Signé par les ateliers."),),
    ),
)
