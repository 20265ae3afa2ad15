"""Life on the sites: questions, the answers they got and what those were good for."""

from ..drafts import Question, answer, asker, other

QUESTIONS = (
    Question(
        title="Qui sait réparer la machine à café du premier étage ?",
        body="Elle fait un bruit de {tracteur|locomotive} et un café tiède. La société de maintenance annonce {deux|trois} semaines. L'heure est grave.",
        comments=(
            other("Condoléances."),
            answer(
                "C'est le joint du groupe : elle aspire de l'air. On a déjà fait la réparation sur celle du bâtiment 5 avec un joint à deux euros, mais demande d'abord aux services généraux, la machine est louée. En attendant, la cafetière de l'expédition est ouverte à tout le monde, il faut juste laver sa tasse."
            ),
            asker("Autorisation obtenue, joint changé, café chaud. On vous aime."),
        ),
        skills=("site_knowledge",),
        reasons=("m'a permis de retrouver du café chaud",),
    ),
    Question(
        title="Places de parking à vélo : on peut en avoir plus ?",
        body="Le matin à {8|7 h 45} on empile. Il y a un grand espace vide à côté du local des poubelles.",
        comments=(
            answer(
                "Demande faite {passe} aux services généraux avec un comptage : {26..41} vélos pour 20 places. Réponse : douze arceaux en {mois}, sous l'auvent. Si d'autres personnes comptent à d'autres heures, ajoutez vos chiffres ici, ça pèse."
            ),
            other("31 à 13 h hier."),
            other("Et une pompe, tant qu'on y est ?"),
            asker("La pompe est accordée !"),
        ),
        skills=("site_knowledge",),
        reasons=("m'a permis de faire ajouter des places à vélo",),
    ),
    Question(
        title="Organiser la fête d'été : qui a déjà fait et survécu ?",
        body="{Cent vingt|Cent cinquante} personnes, un budget raisonnable, une météo bretonne. Vos leçons ?",
        comments=(
            other("Prévoir la pluie. Même en juillet. Surtout en juillet."),
            answer(
                "Trois choses : une heure de début claire et aucune heure de fin, des tables où les métiers se mélangent (on tire un numéro), et une équipe de rangement annoncée avant, remerciée après. Les équipes de nuit oubliées l'an dernier ont eu leur fête à 6 h du matin, et c'était la meilleure. Je te passe la liste des prestataires."
            ),
            asker("La fête de 6 h du matin est au programme cette année."),
        ),
        skills=("event_organising",),
        reasons=("m'a permis d'organiser une fête où la nuit était invitée",),
        months=(4, 5, 6),
    ),
    Question(
        title="Navette du {jour} soir : toujours à 17 h 10 ?",
        body="On a attendu {vingt|trente} minutes {passe}, personne. Sous la pluie, tant qu'à faire.",
        comments=(
            other("17 h 20 depuis le changement d'horaire, mais le panneau dit 17 h 10."),
            answer(
                "17 h 20 depuis le début du mois, le panneau est en cours de remplacement. Les horaires à jour sont sur la page du site, et le chauffeur appelle l'accueil s'il a plus de dix minutes de retard. Et toutes nos excuses pour la pluie."
            ),
            asker("Merci, capuche mise."),
        ),
        skills=("site_knowledge",),
        reasons=("m'a permis de ne plus attendre sous la pluie",),
    ),
    Question(
        title="Cantine : comment proposer un plat ?",
        body="Les gens du midi regrettent le couscous du {jeudi|mardi}. Existe-t-il une boîte à idées ou faut-il manifester ?",
        comments=(
            other("Pancartes prêtes."),
            answer(
                "Commission repas le premier {jour} du mois, ouverte : on y va, on goûte, on vote. Le couscous revient une semaine sur deux à partir de {mois}. Il y a aussi une option sans viande tous les jours, demandée par plusieurs équipes. Venez, il y a toujours deux chaises libres."
            ),
            other("La commission repas est la meilleure réunion de l'entreprise."),
            asker("Couscous de retour. Pancartes rangées."),
        ),
        skills=("site_knowledge",),
        reasons=("m'a permis de faire revenir un plat au menu",),
    ),
    Question(
        title="Local de pause de l'atelier {atelier} : trop petit, une solution ?",
        body="{Quatorze|Dix-huit} personnes pour huit chaises. On mange debout à tour de rôle.",
        comments=(
            answer(
                "Le bureau vitré à côté est vide depuis le déménagement des méthodes. On l'a demandé avec un plan et la signature de l'équipe : accordé en trois semaines, cloison enlevée en {mois}. Prévoyez les prises, c'est ce qu'on a oublié."
            ),
            asker("Plan dessiné à midi, avec les prises. On y croit."),
            other("Je viens enlever la cloison avec plaisir."),
        ),
        skills=("site_knowledge",),
        reasons=("m'a permis d'obtenir une vraie salle de pause",),
    ),
    Question(
        title="Journée portes ouvertes : comment expliquer notre métier à un enfant de 8 ans ?",
        body="On attend {200|250|300} personnes, dont beaucoup de familles. J'ai le schéma du procédé en douze étapes. Non, n'est-ce pas ?",
        comments=(
            other("Non."),
            answer(
                "Du sable humide, un objet, une empreinte, et de la cire tiède à la place du métal : ils repartent avec leur pièce. Trois minutes par enfant, zéro schéma. L'an dernier certains ont fait la queue quatre fois. Prévoyez du sable. Beaucoup. Et un aspirateur."
            ),
            asker("Test fait avec trois enfants de collègues : carton plein, sol plein de sable."),
        ),
        skills=("event_organising", "public_speaking"),
        reasons=("m'a permis d'animer un stand pour les familles",),
    ),
    Question(
        title="Objet trouvé : à qui est le trousseau avec un porte-clés canard ?",
        body="Trouvé {passe} près de la {machine à laver les pièces|porte 4}. Sept clés et un canard jaune.",
        comments=(
            other("Le canard, ça limite les suspects."),
            answer(
                "C'est celui du magasin, cherché depuis deux jours ! Le canard sert justement à ne pas le perdre. Gardez-le à l'accueil, quelqu'un passe. Merci mille fois."
            ),
            asker("À l'accueil. Le canard va bien."),
        ),
        skills=("site_knowledge",),
        reasons=("m'a permis de rouvrir la réserve du magasin",),
    ),
    Question(
        title="Salles de réunion réservées et vides : on fait quoi ?",
        body="La salle {B|C|D} est prise toute la journée par une réunion qui n'existe plus depuis {mois_passe}. On se réunit dans l'escalier.",
        comments=(
            answer(
                "Les réservations récurrentes tombent maintenant au bout de trois mois si personne ne les confirme, et la salle se libère si personne n'entre après dix minutes (capteur de porte, rien d'autre, aucune image). Pour celle-là, demande aux services généraux, ils la libèrent dans l'heure."
            ),
            other("L'escalier avait une bonne acoustique, pourtant."),
            asker("Salle libérée. Merci !"),
        ),
        skills=("site_knowledge",),
        reasons=("m'a permis de retrouver une salle pour l'équipe",),
    ),
    Question(
        title="Tournoi de {pétanque|baby-foot} entre sites : qui se lance ?",
        body="Lyon prétend qu'ils sont imbattables. C'est vérifiable.",
        comments=(
            other("Nous confirmons. Venez vérifier."),
            answer(
                "On l'a organisé il y a deux ans : équipes tirées au sort et mélangées entre sites, sinon ça tourne au derby. Samedi, budget de la commission loisirs, repas partagé. J'ai encore le règlement (une page, dont une clause sur la mauvaise foi). Je te l'envoie."
            ),
            asker("Équipes mélangées adoptées. La clause sur la mauvaise foi est parfaite."),
        ),
        skills=("event_organising",),
        reasons=("m'a permis d'organiser un tournoi entre sites",),
    ),
    Question(
        title="Travaux dans la rue : par où arriver {lundi|mardi} ?",
        body="La déviation annoncée passe par… le chantier. Le plan de la mairie est poétique.",
        comments=(
            other("On est passés par le canal, six minutes de plus."),
            answer(
                "Par le rond-point nord et l'entrée des camions, ouverte à tout le monde cette semaine de 6 h 30 à 9 h, le poste de garde est prévenu. Les vélos passent normalement par le quai. Plan simple affiché à l'accueil. Les équipes d'après-midi pourront entrer par la porte habituelle."
            ),
            asker("Arrivée à l'heure. Merci au poste de garde pour les grands gestes."),
        ),
        skills=("site_knowledge",),
        reasons=("m'a permis d'arriver à l'heure malgré les travaux",),
    ),
    Question(
        title="Bac à fleurs devant l'accueil : qui s'en occupe ?",
        body="Il a connu des jours meilleurs. J'ai la main verte et {deux|trois} collègues motivés.",
        comments=(
            answer(
                "Personne, donc toi ! Les services généraux fournissent la terre et les plantes deux fois par an, il suffit d'un mot. L'an dernier l'équipe du bâtiment 5 a planté des herbes, la cantine s'en sert. Évitez le pied du mur côté parking, il y a un câble."
            ),
            other("On veut bien du romarin à la pause."),
            asker("Planté ! Romarin, lavande et un truc dont j'ai perdu l'étiquette."),
        ),
        skills=("site_knowledge",),
        reasons=("m'a permis de replanter le bac avec des collègues",),
        months=(3, 4, 5, 6),
    ),
    Question(
        title="Photo de groupe des {trente|cinquante} ans du site : qui était là à l'ouverture ?",
        body="On cherche des photos et des histoires pour une exposition dans le hall. Le site ouvre ses archives, mais les légendes manquent.",
        comments=(
            other("J'ai une photo de 1989, le parking est un champ."),
            answer(
                "Il y a quatre albums au secrétariat général, et trois collègues peuvent mettre des noms sur presque tous les visages. On se retrouve {jour} à 16 h pour les légendes. Rien n'est affiché sans l'accord des personnes ou de leur famille, on a un petit mot tout prêt."
            ),
            asker("Deux heures, {soixante|quarante} visages, des fous rires. L'exposition ouvre en {mois}."),
        ),
        skills=("site_knowledge",),
        reasons=("m'a permis de retrouver l'histoire du site",),
    ),
    Question(
        title="How do you celebrate a colleague leaving without embarrassing them?",
        body='They asked for "nothing". I believe "nothing" means "something small". Please advise.',
        comments=(
            other('"Nothing" with a card.'),
            answer(
                "Ask them who they would like to say goodbye to, and invite those people for twenty minutes with coffee. One card, one person who says two sentences, no slides with old pictures. They can stop it at any time. Ours said it was exactly the right size."
            ),
            asker("Twenty minutes, nine people, two sentences. They smiled the whole time."),
        ),
        skills=("event_organising",),
        reasons=("helped me organise a goodbye of the right size",),
        language="en",
    ),
)
