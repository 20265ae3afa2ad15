"""Quality: questions, the answers they got and what those were good for."""

from ..drafts import Question, answer, asker, other

QUESTIONS = (
    Question(
        title="Vos « cinq pourquoi » s'arrêtent souvent à « erreur humaine » ?",
        body="Quatrième 8D du mois qui finit par « l'opérateur n'a pas vu ». On repart pour une sensibilisation et dans trois semaines ça revient. Comment faites-vous pour aller plus loin ?",
        comments=(
            other("Interdire les mots « sensibilisation » et « rappel » dans les actions. Ça pique mais ça marche."),
            answer(
                "Quand on arrive à une personne, on change de question : « pourquoi était-ce facile de se tromper ici ? ». La réponse est presque toujours un éclairage, un plan illisible, deux bacs identiques. Et on fait l'analyse au poste, avec la personne, pas en salle. Nos récidives ont été divisées par deux en six mois."
            ),
            asker("« Pourquoi était-ce facile de se tromper » : je l'affiche dans la salle."),
            other("Bonne question à ajouter dans le modèle de 8D."),
        ),
        skills=("root_cause", "eight_d"),
        reasons=(
            "m'a permis de trouver la vraie cause d'un défaut qui revenait",
            "m'a permis de changer notre modèle d'analyse",
        ),
    ),
    Question(
        title="Écart de 0,02 entre notre machine à mesurer et celle du client",
        body="Même pièce, même programme (enfin, presque). Notre MMT dit bon, celle {duclient} dit mauvais. On s'écrit poliment depuis {deux|trois} semaines. Comment sortir de là ?",
        comments=(
            other("Température de la salle ? Ils mesurent peut-être à 23."),
            answer(
                "Mesurez une pièce étalon ensemble, en visio, en comparant l'alignement étape par étape. Neuf fois sur dix c'est la référence : plan pris sur trois points d'un côté, sur douze de l'autre. Écrivez ensuite la stratégie de mesure sur le plan. Je peux te montrer notre fiche."
            ),
            asker("C'était l'alignement, trois points contre douze. Incident clos, merci."),
            other("À mettre dans le guide de métrologie !"),
        ),
        skills=("metrology",),
        reasons=("m'a permis de clore un litige avec un client",),
    ),
    Question(
        title="Lire une radio de soudure : vous vous entraînez comment ?",
        body="On est trois à lire les clichés et on ne met pas toujours la même cotation. Pas dramatique, mais gênant en audit.",
        comments=(
            answer(
                "Une séance d'une heure par mois : dix clichés anciens, chacun cote seul, puis on compare. Les écarts deviennent des cas d'école. Au bout de six mois on était d'accord sur 9 clichés sur 10. J'ai une boîte de {60..90} clichés anonymisés, on peut la faire tourner entre sites."
            ),
            other("Intéressant aussi pour les soudeurs, ils voient ce qu'on voit."),
            other("Je veux bien la boîte à {site} en {mois}."),
        ),
        skills=("ndt", "radiography"),
        reasons=("m'a permis d'accorder les lectures dans mon équipe",),
    ),
    Question(
        title="Alléger un plan de surveillance sans se faire mal",
        body="Le plan de la {ref} a {34..52} contrôles. La moitié n'a jamais rien trouvé en trois ans. Comment justifier d'en enlever sans que ça passe pour du laisser-aller ?",
        comments=(
            other("Courage."),
            answer(
                "Prenez trois colonnes : gravité si on rate, dernière fois que le contrôle a trouvé quelque chose, qui d'autre le verrait ensuite. Ceux qui sont verts partout passent en échantillonnage pendant trois mois, avec retour automatique au premier défaut. Le client a signé parce que le retour était écrit noir sur blanc."
            ),
            other("On a fait pareil, on est passé de 41 à 19. Personne n'a regretté."),
        ),
        skills=("control_plans",),
        reasons=(
            "m'a permis de réduire le plan de surveillance avec l'accord du client",
            "m'a permis de libérer une heure de contrôle par jour",
        ),
    ),
    Question(
        title="Premier audit client à préparer, par quoi je commence ?",
        body="{Bonjour, je|Je} pilote pour la première fois un audit de procédé, {date}. J'ai la grille, j'ai peur de la grille. Des conseils de personnes qui sont passées par là ?",
        comments=(
            other("Respire. Ils viennent voir des gens qui connaissent leur métier."),
            answer(
                "Fais le parcours à pied dans l'ordre de la pièce, deux semaines avant, avec quelqu'un qui ne connaît pas l'atelier et qui pose toutes les questions naïves. Note ce que tu n'as pas su montrer en moins d'une minute. C'est ta liste. Et le jour J, laisse parler les gens au poste, c'est ce qui marque le plus."
            ),
            other("Et prévois du café. Vraiment."),
            asker("Parcours fait {passe} avec une collègue de la finance : 14 questions naïves, 14 cadeaux."),
        ),
        skills=("audit",),
        reasons=("m'a permis de préparer mon premier audit sans paniquer",),
    ),
    Question(
        title="Répondre à une réclamation quand on ne sait pas encore",
        body="Le client veut une réponse sous 24 h. En 24 h on ne sait rien de sûr. Si j'écris « analyse en cours », il s'agace. Vous écrivez quoi ?",
        comments=(
            answer(
                "Trois lignes, toujours les mêmes : ce qu'on a fait pour le protéger aujourd'hui (tri, blocage), ce qu'on sait et ce qu'on ne sait pas, date et heure de la prochaine nouvelle. Et on tient l'heure, même pour dire « rien de neuf ». La confiance vient de là."
            ),
            other("L'heure précise change tout, je confirme."),
            other("Et on évite « suite à une erreur de manipulation » au bout de deux heures."),
        ),
        skills=("customer_claims",),
        reasons=("m'a permis de répondre le jour même sans inventer de cause",),
    ),
    Question(
        title="AMDEC procédé : à plusieurs ou tout seul derrière son écran ?",
        body="Je viens d'hériter d'une AMDEC de {180..260} lignes, cotée par une seule personne il y a cinq ans. Faut-il tout refaire ?",
        comments=(
            other("Surtout pas tout."),
            answer(
                "Ne refaites que les lignes touchées par un défaut réel ou un changement des deux dernières années, en groupe de quatre (méthodes, moulage, contrôle, maintenance), une heure par semaine. Les autres restent, avec la date. En deux mois l'AMDEC est redevenue utile, et les gens viennent parce que c'est court."
            ),
            asker("On commence {jour}, une heure, promis pas plus."),
        ),
        skills=("fmea",),
        reasons=("m'a permis de remettre l'AMDEC à jour sans y passer l'année",),
    ),
    Question(
        title="Répétabilité d'un calibre : combien de pièces, combien de personnes ?",
        body="On me demande « une étude » sur le calibre de la {ref}. Je veux bien, mais la version sérieuse prend deux jours. Quel minimum acceptez-vous ?",
        comments=(
            other("Dix pièces, trois personnes, deux fois. Le classique."),
            answer(
                "Commence petit : cinq pièces (dont deux limites), deux personnes, trois mesures, sans se regarder. Si l'écart dépasse un quart de la tolérance, inutile d'aller plus loin, le calibre est à revoir. Sinon tu fais l'étude complète. Ça évite la moitié des études."
            ),
            other("Bien, les pièces limites. On les oublie toujours."),
        ),
        skills=("measurement_systems",),
        reasons=("m'a permis de voir en une heure que le calibre était usé",),
    ),
    Question(
        title="Ressuage : bruit de fond trop rouge sur les brut de coulée",
        body="Sur les bruts, tout est rouge. On passe plus de temps à interpréter qu'à contrôler. Vous faites quelque chose avant l'application du pénétrant ?",
        comments=(
            answer(
                "Grenaillage fin puis dégraissage vapeur, et surtout attendre que ce soit sec (30 min). Passe aussi au pénétrant de sensibilité inférieure : sur une rugosité de fonderie, le plus sensible ne voit que la peau. Le contrôle client l'a accepté sur essai comparatif de {10|12} pièces."
            ),
            other("On sèche à l'étuve 15 min à 60°, gain énorme."),
        ),
        skills=("ndt",),
        reasons=("m'a permis de rendre le ressuage lisible sur les bruts",),
    ),
    Question(
        title="Cartes de contrôle : quelqu'un les regarde vraiment ?",
        body="On remplit, on archive. Quand j'ai demandé qui les lisait, silence. Comment les rendre utiles au poste ?",
        comments=(
            other("Les enlever toutes et voir qui se plaint ?"),
            answer(
                "On en a gardé quatre, celles où l'opérateur peut agir seul. Affichées sur papier A3 au poste, remplies à la main, avec deux règles : un point dehors, on s'arrête ; sept points du même côté, on appelle. Le reste est passé en automatique. Depuis, elles sont vivantes, avec des commentaires au crayon."
            ),
            asker("Quatre. C'est le chiffre que je cherchais."),
            other("Le crayon, oui ! L'écran on ne l'annote pas."),
        ),
        skills=("control_plans", "dashboards"),
        reasons=("m'a permis de garder seulement les cartes qui servent",),
    ),
    Question(
        title="Fournisseur qui répond « cause inconnue » deux fois de suite",
        body="Lot de manchons hors tolérance, deux fois en {trois|quatre} mois, deux réponses vides. Les achats me demandent d'être « constructif ». J'y arrive de moins en moins.",
        comments=(
            other("Courage bis."),
            answer(
                "Propose une demi-journée chez eux, avec les pièces, pour faire l'analyse ensemble. Pas un audit. On l'a fait l'an dernier : ils ne savaient pas lire notre plan, une cote était ambiguë. Depuis, zéro défaut. Je t'accompagne si tu veux."
            ),
            asker("Rendez-vous pris {date}. Merci de proposer de venir."),
        ),
        skills=("supplier_audit", "root_cause"),
        reasons=("m'a permis de débloquer la situation avec un fournisseur",),
    ),
    Question(
        title="Codes défauts : 140 codes, et « autre » représente 40 %",
        body="Nos statistiques de rebuts ne disent rien, puisque tout le monde choisit « autre ». Faut-il former, ou couper dans la liste ?",
        comments=(
            answer(
                "Couper. On est passé à 18 codes, avec une photo chacun, choisis par les ébarbeurs et les contrôleurs. « Autre » demande deux mots obligatoires. En un mois « autre » est tombé à 6 %, et on a découvert un défaut que personne ne suivait."
            ),
            other("D'accord, et relire les « autre » chaque {jour}."),
            other("Les photos ont beaucoup aidé les nouveaux."),
        ),
        skills=("data_quality",),
        reasons=(
            "m'a permis de rendre nos statistiques de rebuts lisibles",
            "m'a permis de défendre une liste courte en réunion",
        ),
    ),
    Question(
        title="Qui a un bon exemple de 8D bien rédigé ?",
        body="Pour former deux personnes, je cherche un 8D court, clair, qui ne fasse pas quinze pages. Anonymisé évidemment.",
        comments=(
            other("J'en ai un mauvais, très pédagogique aussi."),
            answer(
                "Je viens d'en poser deux dans la bibliothèque qualité : un de trois pages sur des gouttes froides, un d'une page sur une étiquette inversée. La règle qu'on suit : quelqu'un d'extérieur doit comprendre en cinq minutes ce qui ne peut plus arriver et pourquoi."
            ),
            asker("Parfaits tous les deux. Le mauvais m'intéresse aussi !"),
        ),
        skills=("eight_d", "technical_writing"),
        reasons=("m'a permis de former deux personnes avec de vrais exemples",),
    ),
    Question(
        title='Words for "retassure", "goutte froide" and friends in a customer audit?',
        body="Our Italian customer audits us in English on {date} and half of our defect names have no obvious translation. Is there a list somewhere?",
        comments=(
            other('Shrinkage cavity, cold shut… and "the famous one under the flange".'),
            answer(
                'There is a list of forty defects, French, English and Portuguese, each with a photo. We built it with Porto. It is in the quality library under "defects in three languages". Print it and bring it to the audit, the auditor kept our copy last time.'
            ),
            other("The photos save every discussion."),
        ),
        skills=("audit", "english_technical"),
        reasons=("helped me get through a whole audit in English",),
        language="en",
    ),
)
