"""The welcome guide in French, five short pages."""

from __future__ import annotations

from .page import HandbookPage

GUIDE_FR = (
    HandbookPage(
        "premiere-semaine",
        "Votre première semaine",
        "Ce qui va se passer, jour par jour, et ce que l'on n'attend pas de vous.",
        """Personne n'attend que vous reteniez tout. On attend que vous posiez des questions.

## Le premier jour

On vous attend à l'accueil à l'heure indiquée dans le message de la veille, avec le prénom de la personne qui vient vous chercher. On vous remet badge, casier et équipement. Le midi, quelqu'un déjeune avec vous.

## Les jours suivants

- **Mardi** : visite de l'atelier, par le chemin que suit une pièce.
- **Mercredi** : votre premier vrai travail. Petit, utile, à finir avant vendredi.
- **Jeudi** : café avec votre parrain ou votre marraine.
- **Vendredi** : une demi-heure avec votre responsable. Une seule question : qu'est-ce qui vous a manqué ?

## En équipe postée

Votre première semaine se fait aux horaires de l'équipe, toujours avec quelqu'un. La transmission se fait à voix haute, dix minutes avant la prise de poste. C'est là que tout se dit.
""",
        "fr",
    ),
    HandbookPage(
        "se-reperer",
        "Se repérer sur les sites",
        "Bâtiments, navettes, cantines, et le mystère du bâtiment 3.",
        """## Les sites

| Site | On y fait | Bon à savoir |
| --- | --- | --- |
| Nantes | Fusion, moulage, noyautage | Le bâtiment 3 se trouve entre le 5 et le 7 |
| Saint-Nazaire | Chaudronnerie, soudage, usinage | Navette depuis Nantes trois fois par jour |
| Lyon | Usinage de précision, cire perdue, laboratoire | La salle 3 est au deuxième étage |
| Lille | Moulage, traitement thermique | Frites le jeudi |
| Porto | Usinage, finition | Une heure de moins qu'en France |

## Se déplacer

Dans les ateliers, on marche dans les allées vertes, chaussures de sécurité aux pieds, et l'on croise le regard du cariste avant de traverser. Toujours.

## Manger et souffler

La cantine ouvre à 11 h 30. La table ronde près de la fenêtre est à qui veut. Les équipes de nuit ont leur salle chauffée, et la clé est au poste de garde.
""",
        "fr",
    ),
    HandbookPage(
        "qui-demander",
        "À qui demander",
        "Qui fait quoi pour vous pendant les trois premiers mois.",
        """## Quatre personnes pour commencer

- **Votre parrain ou votre marraine** : les lieux, les gens, les usages. N'évalue pas, ne rapporte rien.
- **Votre responsable** : le travail, les priorités, les horaires. Voit les étapes cochées de votre parcours, jamais ce que vous écrivez.
- **Les RH de votre site** : contrat, paie, logement, formation. Voient votre parcours entier, et chaque lecture est notée.
- **L'assistance informatique** : accès, téléphone, mot de passe oublié.

## Pour tout le reste

Posez la question dans une communauté. Si vous ne savez pas laquelle, celle de votre promotion convient toujours : deux personnes de la promotion précédente y répondent d'ordinaire dans la journée.

## Si quelque chose ne va pas

Vous pouvez signaler un message, un comportement, ou demander à parler à une personne formée. Personne de votre ligne hiérarchique ne traite un signalement qui la concerne.
""",
        "fr",
    ),
    HandbookPage(
        "rapport-etonnement",
        "Le rapport d'étonnement",
        "Dire ce qui étonne pendant qu'on le voit encore.",
        """Au bout de six semaines, vous voyez encore ce que nous ne voyons plus. C'est précieux, et cela ne dure pas.

## Que peut-on y écrire ?

Ce que vous avez vu, ce que vous attendiez, ce qui vous a plu, ce qui vous a paru bizarre. Des faits plutôt que des jugements sur des personnes. Trois lignes suffisent.

## Qui le lit ?

Vous choisissez : les RH seulement, un cercle plus large, ou une publication sans votre nom. **Votre responsable ne peut pas le lire avant la fin de votre période d'essai.** Personne ne peut changer cette règle, pas même l'administration du réseau.

## Et après ?

Chaque étonnement peut devenir une idée, suivie par une personne qui vous répond. L'an dernier : les horloges ont été remises à la même heure, le plan du site a été redressé, et les équipes de nuit ont reçu leur kit d'accueil.
""",
        "fr",
    ),
    HandbookPage(
        "securite",
        "Rentrer entier chez soi",
        "Ce qu'il faut savoir avant d'entrer dans un atelier.",
        """## Trois dangers à connaître

1. **Le métal liquide.** On ne passe pas derrière la ligne jaune pendant une coulée. On ne jette jamais rien d'humide dans un four.
2. **Les machines en marche.** On n'ouvre pas un carter, on n'entre pas dans une zone robot sans consignation, même une seconde.
3. **Les chariots et les charges levées.** On ne reste jamais sous une charge. On attend le regard du cariste.

## Vous pouvez toujours arrêter

Si une situation vous paraît dangereuse, arrêtez et dites-le. Personne ne vous le reprochera, même en cas d'erreur.

## Un presque-accident ?

Écrivez-le le jour même : trois lignes, sans nom. Vous recevez une réponse sous 48 h. La plupart des améliorations de l'an dernier viennent de là.
""",
        "fr",
    ),
)
