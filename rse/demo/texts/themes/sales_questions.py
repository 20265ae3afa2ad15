"""Sales: questions, the answers they got and what those were good for."""

from ..drafts import Question, answer, asker, other

QUESTIONS = (
    Question(
        title="Chiffrer une pièce sans plan complet : vous y allez ou pas ?",
        body="Le client veut un prix pour {jour}, avec une vue 3D et trois cotes. Si je refuse, il part. Si je chiffre, je m'engage sur du vent.",
        comments=(
            other("Un prix avec une fourchette, toujours."),
            answer(
                "Donne une enveloppe, et surtout la liste des cinq hypothèses qui la font bouger (nuance, tolérances, contrôle, série, conditionnement). Le client répond aux hypothèses, et tu as ton cahier des charges gratuitement. Sur nos {douze|quinze} derniers devis comme ça, neuf clients ont répondu dans la journée."
            ),
            asker("Quatre hypothèses sur cinq répondues en deux heures. Malin."),
        ),
        skills=("quoting",),
        reasons=(
            "m'a permis de répondre vite sans m'engager à l'aveugle",
            "m'a permis d'obtenir le cahier des charges du client",
        ),
    ),
    Question(
        title="Clause de responsabilité illimitée : on signe quand même ?",
        body="Gros client {ferroviaire|de l'énergie}, contrat de {40|52} pages, et à la page 31 une responsabilité sans plafond. L'acheteur dit « tout le monde signe ».",
        comments=(
            answer(
                "Non, et il le sait. Demande un plafond à une fois le montant annuel et garde-le pour les dommages directs. Le juridique a une phrase toute prête, acceptée par sept clients sur dix. Si c'est non, remonte : ce n'est pas sur toi que ça doit reposer."
            ),
            other("« Tout le monde signe » : personne ne signe, en vrai."),
            asker("Plafond accepté au premier échange. J'aurais pu m'inquiéter moins longtemps."),
        ),
        skills=("contract_review",),
        reasons=("m'a permis de négocier un plafond de responsabilité",),
    ),
    Question(
        title="Préparer une visite client avec l'atelier sans bloquer la production",
        body="{Quatre|Six} personnes {date}, toute la matinée. La dernière fois on a arrêté deux lignes pour rien.",
        comments=(
            other("Demandez au client ce qu'il veut voir, avant. Révolutionnaire, je sais."),
            answer(
                "Parcours de quarante minutes, trois arrêts, et à chaque arrêt c'est la personne du poste qui parle, prévenue deux jours avant. On répète une fois à vide avec un chronomètre. La ligne ne s'arrête pas, le client voit du vrai, et les gens sont fiers. La fiche de visite est dans la bibliothèque commerce."
            ),
            asker("Visite réussie. Le client a posé toutes ses questions à la noyauteuse, et il a eu raison."),
        ),
        skills=("customer_meeting",),
        reasons=("m'a permis d'organiser une visite qui montre le vrai travail",),
    ),
    Question(
        title="Client qui ne répond plus depuis un mois",
        body="Quinze ans de relation, {deux|trois} relances polies, rien. Mon contact a peut-être changé de poste.",
        comments=(
            answer(
                "Appelle le standard et demande qui s'occupe des pièces de fonderie, tout simplement. Nous, c'était une réorganisation : le nouveau contact avait nos pièces dans une liste nommée « divers ». Une visite plus tard, on avait deux consultations de plus qu'avant. Le silence n'est pas toujours un non."
            ),
            other("Et demande à la qualité, ils ont souvent un autre contact."),
            asker("Nouveau contact trouvé par la qualité. Rendez-vous pris {jour}. Merci."),
        ),
        skills=("key_account",),
        reasons=("m'a permis de renouer avec un client silencieux",),
    ),
    Question(
        title="Offre en anglais : jusqu'où traduire les tolérances et les normes ?",
        body="Première offre pour un client {suédois|néerlandais|polonais}. Je crains de promettre une norme que nous ne tenons pas.",
        comments=(
            other("Ne traduis jamais une norme, cite-la."),
            answer(
                "Cite les normes par leur numéro et joins notre fiche de tolérances bilingue, celle de la R&D. Écris ce que tu exclus, en toutes lettres : les clients du Nord préfèrent une exclusion claire à une phrase aimable. Fais relire par Porto, ils ont le vocabulaire et repèrent les ambiguïtés."
            ),
            asker("Relue en une heure par Porto, deux ambiguïtés évitées. Offre partie."),
        ),
        skills=("export_sales", "english_technical"),
        reasons=("m'a permis d'envoyer une offre claire à l'export",),
    ),
    Question(
        title="Veille : vous suivez quoi, et combien de temps ?",
        body="On m'abonne à {neuf|onze} lettres d'information. J'en lis le titre. J'aimerais trois sources utiles.",
        comments=(
            other("Les appels d'offres publics, une fois par semaine. C'est sec mais c'est vrai."),
            answer(
                "Trois suffisent : les appels d'offres de nos deux marchés, la lettre de la fédération, et les offres d'emploi de nos clients (oui : quand un client recrute douze soudeurs, il se passe quelque chose). Vingt minutes le {jour}, partagées en cinq lignes dans la communauté. Si personne ne commente pendant deux mois, j'arrête."
            ),
            asker("Les offres d'emploi des clients, brillant."),
        ),
        skills=("market_watch",),
        reasons=("m'a permis d'anticiper une demande client",),
    ),
    Question(
        title="Temps d'ébarbage dans les devis : d'où sort le chiffre ?",
        body="On chiffre {8|9|10} minutes depuis toujours. L'atelier rigole quand je lui dis.",
        comments=(
            answer(
                "Demande trois chronos réels par famille et fais la moyenne avec la personne qui ébarbe. Nous avons remplacé une ligne unique par quatre familles (simple, angles, cavités, grande dimension). Les marges prévues et réelles se sont rapprochées en deux mois. Et personne n'a eu besoin de se fâcher."
            ),
            other("L'atelier confirme qu'il rigolait."),
            asker("Quatre familles en place. Neuf minutes, c'était la plus simple."),
        ),
        skills=("quoting", "cost_accounting"),
        reasons=("m'a permis de corriger les temps de nos devis",),
    ),
    Question(
        title="Client mécontent au téléphone : vos premiers mots ?",
        body="Appel prévu {jour} à {9|10|11} h, troisième retard de suite. J'ai des explications. Je sens qu'elles ne serviront à rien.",
        comments=(
            other("Elles ne serviront à rien, tu as raison."),
            answer(
                "« Vous avez raison d'être fâché, voici ce que je sais, voici ce que je ne sais pas, voici quand je vous rappelle. » Puis silence. Ensuite seulement demande ce qui lui coûte le plus : souvent ce n'est pas le retard, c'est de ne pas pouvoir prévenir son propre client. Là on peut l'aider tout de suite."
            ),
            asker("Ce qui lui coûtait, c'était une ligne arrêtée pour UNE pièce. Livrée le soir même. Il a remercié."),
        ),
        skills=("customer_meeting", "customer_claims"),
        reasons=("m'a permis de transformer un appel tendu en solution",),
    ),
    Question(
        title="Indexation matière refusée par le client, un compromis ?",
        body="Il veut un prix ferme {18|24} mois. Avec ces cours, c'est un pari.",
        comments=(
            answer(
                "Prix ferme sur la transformation, indexation seulement au-delà de ±5 % sur la matière, dans les deux sens, avec le même indice que nos achats. Apporte la courbe des deux dernières années : en face, l'acheteur doit la montrer à son chef, donne-lui de quoi. On a signé quatre contrats comme ça cette année."
            ),
            other("Le « dans les deux sens » sauve toujours la discussion."),
        ),
        skills=("contract_review", "raw_materials_market"),
        reasons=("m'a permis de signer avec une indexation acceptée",),
    ),
    Question(
        title="Revue annuelle avec un grand compte : comment éviter les {40|60} diapositives ?",
        body="L'an dernier, eux avaient autant envie que nous d'être ailleurs.",
        comments=(
            other("Une visite d'atelier à la place."),
            answer(
                "Deux pages : ce qu'on a promis l'an dernier et ce qui a été tenu (sans enjoliver), puis trois sujets choisis par eux, reçus une semaine avant. Le reste en annexe. Une heure et quart, et on est sortis avec un projet commun. La première page est difficile à écrire. C'est bon signe."
            ),
            asker("Envoyée au client, il a répondu avec sa propre liste. Du jamais vu."),
        ),
        skills=("key_account", "facilitation"),
        reasons=("m'a permis de mener une revue courte et franche",),
    ),
    Question(
        title="Incoterms : lequel proposer par défaut à un nouveau client étranger ?",
        body="On propose tantôt l'un, tantôt l'autre, selon qui répond. Le service transport s'arrache les cheveux.",
        comments=(
            other("Ceux qui restent."),
            answer(
                "Par défaut départ usine chargé (pas départ usine tout court : sinon qui charge ?), et franco pour l'Europe si le volume dépasse deux palettes. Une fiche d'une page validée par transport et finance, jointe à chaque offre. Et on n'accepte le « rendu droits acquittés » qu'après un appel à la douane."
            ),
        ),
        skills=("export_sales", "transport_planning"),
        reasons=("m'a permis d'harmoniser nos offres à l'étranger",),
    ),
    Question(
        title="Passer de trois semaines à cinq jours pour un devis, possible ?",
        body="Entre méthodes, achats et finance, chaque devis fait {quatre|cinq} allers-retours. On en perd par lenteur.",
        comments=(
            answer(
                "Une demi-heure debout chaque {mardi|jeudi} avec une personne de chaque métier, devant les plans du jour. Ce qui peut être dit en deux minutes y est dit. On garde l'aller-retour pour les vraies inconnues. On est passés de 17 jours à 6 sans personne en plus. Condition : chacun vient avec le droit de décider."
            ),
            asker("Trois séances : sept devis sortis dans la semaine. Les plans au mur, c'est presque festif."),
            other("On veut la même chose pour les modifications."),
        ),
        skills=("quoting", "workshop_facilitation"),
        reasons=(
            "m'a permis de sortir nos devis en moins d'une semaine",
            "m'a permis de réunir les métiers sans réunion de deux heures",
        ),
    ),
    Question(
        title="Faut-il suivre un client vers un alliage qu'on ne coule pas ?",
        body="Il prépare une gamme dans une nuance qu'on n'a jamais faite. Investir ou laisser ?",
        comments=(
            answer(
                "Propose une première pièce ensemble, en essai payé, avec la R&D, sans engagement de série. On apprend, il apprend, et la décision se prend avec des pièces sur la table. C'est comme ça que la famille hydraulique a commencé chez nous : {quarante|trente} pièces et beaucoup de rebuts. Aujourd'hui c'est {un dixième|15 %} de l'activité."
            ),
            other("La R&D est partante si on a six semaines."),
        ),
        skills=("market_watch", "key_account"),
        reasons=("m'a permis de proposer un essai au lieu d'un refus",),
    ),
    Question(
        title="Small talk with Nordic customers: help!",
        body="I filled every silence of a two-hour visit with information nobody had asked for. They were very polite. Any advice before {date}?",
        comments=(
            other("Silence is not an emergency."),
            answer(
                "Count to five before you speak, and ask one question you really want answered. They value a clear plant, an honest number and a lunch that ends on time. Leave ten minutes without any programme: that is when they told us about the next project."
            ),
            asker("Counted to five many times. We left with a request for {two|three} new parts."),
        ),
        skills=("customer_meeting", "export_sales"),
        reasons=("helped me listen more during a customer visit",),
        language="en",
    ),
)
