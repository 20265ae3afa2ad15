"""Logistics: questions, the answers they got and what those were good for."""

from ..drafts import Question, answer, asker, other

QUESTIONS = (
    Question(
        title="Écarts d'inventaire toujours sur les mêmes articles",
        body="Chaque mois, les {visserie et inserts|inserts et joints} : jamais le bon compte. On a tout essayé côté magasin, je commence à penser que le problème est ailleurs.",
        comments=(
            other("Les gens en prennent une poignée « pour ne pas remonter »."),
            answer(
                "Il est ailleurs : la nomenclature dit 8, l'atelier en monte 10 depuis que le plan a changé. Prends tes dix articles les plus faux et compare nomenclature et réalité avec un monteur. Chez nous six sur dix étaient des nomenclatures, trois des unités (boîte ou pièce), et un seul du vrai désordre."
            ),
            asker("Sept nomenclatures fausses sur dix. Je ne regarderai plus mes magasiniers de la même façon."),
        ),
        skills=("inventory",),
        reasons=(
            "m'a permis de corriger sept nomenclatures",
            "m'a permis d'arrêter de recompter pour rien",
        ),
    ),
    Question(
        title="Urgences : vous en acceptez combien par semaine ?",
        body="Quand tout est urgent, rien ne l'est. On a eu {14..22} « urgences » la semaine dernière pour {40..60} ordres lancés.",
        comments=(
            other("Zéro, et on s'y tient. Enfin, on essaie."),
            answer(
                "On a trois jetons par semaine, physiques, posés sur le bureau du commerce. Plus de jeton, plus d'urgence, sauf si quelqu'un en rend un. Ils se parlent entre eux au lieu de nous parler à nous. On est passés de 15 à 4 urgences réelles."
            ),
            other("Les jetons ! Génial. De quelle couleur ?"),
            asker("Rouges. On les fabrique en cire perdue, évidemment."),
        ),
        skills=("scheduling",),
        reasons=(
            "m'a permis de rendre les urgences rares",
            "m'a permis de sortir un planning qui tient deux jours",
        ),
    ),
    Question(
        title="Pièces usinées qui arrivent avec des traces d'oxydation",
        body="Trois caisses sur {dix|douze} vers le client maritime. Papier anticorrosion, sachets, tout y est. Le transport dure {cinq|six} semaines.",
        comments=(
            answer(
                "Regardez l'humidité du bois des caisses : si elle dépasse 18 %, la caisse transpire dedans. Demandez du bois étuvé et fermez quand les pièces sont à température de la salle, pas quand elles sortent de la machine à laver. On a mis une pastille indicatrice dans chaque caisse : plus un seul retour."
            ),
            other("Et changez de gants ! Les traces de doigts sortent toujours en mer."),
            asker("Bois à 24 %. Fournisseur prévenu. Merci !"),
        ),
        skills=("packaging",),
        reasons=("m'a permis d'arrêter les retours pour oxydation",),
    ),
    Question(
        title="Transport {site} – Porto : camion direct ou groupage ?",
        body="On paie un camion complet à moitié vide chaque semaine. Le groupage ajoute deux jours et demi en moyenne, mais c'est la variation qui me gêne.",
        comments=(
            other("Groupage pour les bruts, direct pour l'usiné fini."),
            answer(
                "Sépare par ce que ça coûte d'arriver en retard, pas par le poids. Nous avons mis 70 % en groupage avec un stock tampon de trois jours à Porto, et gardé un direct tous les quinze jours. {20|22|25} % d'économie, zéro rupture en un an. Le tampon a coûté moins qu'un seul camion."
            ),
            other("Je confirme, côté Porto ça marche bien et on voit venir."),
        ),
        skills=("transport_planning",),
        reasons=("m'a permis de réduire le transport sans rupture",),
    ),
    Question(
        title="Document d'origine demandé par un client suisse, c'est quoi exactement ?",
        body="On me demande une preuve d'origine préférentielle. Nos bruts viennent en partie de l'extérieur. Je ne voudrais pas signer n'importe quoi.",
        comments=(
            other("Bon réflexe."),
            answer(
                "Ne signe rien avant d'avoir vérifié la règle de ta position tarifaire. Pour tes pièces, il faut soit la coulée chez nous, soit une part de valeur. Si le brut est coulé à Nantes, c'est bon. S'il est acheté, c'est au cas par cas. J'ai un tableau d'une page avec nos douze cas, je te l'envoie, et en cas de doute on demande un avis écrit."
            ),
            asker("Tableau reçu, notre cas est le numéro 4. Ouf."),
        ),
        skills=("customs_export", "english_technical"),
        reasons=("m'a permis de ne pas signer une déclaration fausse",),
    ),
    Question(
        title="Allées trop étroites depuis les nouvelles caisses",
        body="Les caisses ont pris dix centimètres, les allées non. Les caristes manœuvrent en trois fois et ça râle, à raison.",
        comments=(
            answer(
                "Avant de bouger les racks : mettez les articles à forte rotation aux bouts d'allée, sans manœuvre, et passez l'allée {4..7} en sens unique. Nous avons tracé ça au sol en un samedi avec les caristes. Le temps par palette a baissé de {15|18} % sans rien déplacer de lourd."
            ),
            other("Faites-le valider par la sécurité pour le sens unique (miroirs)."),
            other("Les caristes avaient la solution depuis deux ans, il suffisait de demander."),
        ),
        skills=("warehouse",),
        reasons=("m'a permis de fluidifier le magasin sans racheter de racks",),
    ),
    Question(
        title="Croisement piétons et chariots devant l'atelier {atelier}",
        body="Deux presque-accidents en {mois_passe}. On a mis un panneau. Personne ne lit un panneau.",
        comments=(
            other("Une barrière qui oblige à faire deux pas de côté. Bête et efficace."),
            answer(
                "Déplacez le besoin : pourquoi les gens passent là ? Chez nous, pour la machine à café. On a déplacé la machine à café. Vraiment. Le flux a baissé de 80 % en un jour, et on a mis un portillon pour les 20 % restants."
            ),
            asker("La machine à café !! Réponse de l'année. Ici c'est l'imprimante. Elle déménage {jour}."),
        ),
        skills=("forklift_flows",),
        reasons=("m'a permis de supprimer un croisement dangereux",),
    ),
    Question(
        title="Taille des bacs en flux tiré : vous calculez ou vous tâtonnez ?",
        body="J'ai la formule, j'ai les consommations, et j'obtiens des bacs de {37|43} pièces qui ne rentrent dans aucun contenant réel.",
        comments=(
            other("Arrondis et observe."),
            answer(
                "Choisis d'abord le bac (celui qu'une personne porte sans se faire mal), puis le nombre de bacs. Deux semaines avec un bac de trop, on compte combien de fois on touche au dernier, et on l'enlève s'il ne sert pas. La formule donne l'ordre de grandeur, l'atelier donne la réponse."
            ),
            asker("« Celui qu'une personne porte sans se faire mal » : c'est même mieux que la formule."),
        ),
        skills=("kanban",),
        reasons=("m'a permis de lancer le flux tiré sur deux références",),
    ),
    Question(
        title="Charge réelle des fours : quelle source de vérité ?",
        body="L'ERP dit {82|86} %, le tableau du chef d'équipe dit 104 %. Les deux ont tort de façon différente.",
        comments=(
            answer(
                "L'ERP ignore les préchauffes et les changements de nuance, le tableau compte deux fois les reprises. Nous prenons les heures porte fermée, relevées par l'automate, et on ajoute une préchauffe par changement. C'est à 3 % près du réel. Le fichier est ouvert à la lecture."
            ),
            other("On peut l'avoir pour {site} aussi ?"),
            other("Oui, dès que vos automates remontent l'état de la porte."),
        ),
        skills=("scheduling", "spreadsheet"),
        reasons=("m'a permis d'annoncer des délais qui tiennent",),
    ),
    Question(
        title="Inventaire tournant : comment convaincre d'arrêter le grand inventaire ?",
        body="Deux jours d'arrêt en {décembre|juin} et des chiffres faux dès le mois suivant. La finance y tient.",
        comments=(
            other("La finance tient aux chiffres justes, pas au week-end."),
            answer(
                "Fais tourner pendant six mois, en parallèle, cinquante articles par semaine, et montre l'écart constaté par famille. Quand on a apporté la courbe (de 6 % à 1,2 %), les commissaires ont accepté avec un contrôle par sondage. Le plus utile : chaque écart avait une cause écrite."
            ),
            asker("Début en {mois}, cinquante par semaine. Merci pour la courbe, je l'emprunte."),
        ),
        skills=("inventory", "change_support"),
        reasons=("m'a permis de supprimer l'inventaire annuel d'un magasin",),
    ),
    Question(
        title="Prévenir un client d'un retard : avant ou quand on est sûr ?",
        body="On a {deux|trois} jours d'incertitude sur un départ. Le commerce préfère attendre d'être sûr. Moi je préfère dire.",
        comments=(
            answer(
                "Dire, avec une fourchette et l'heure de la prochaine nouvelle. « Entre {mardi|lundi} et jeudi, je vous confirme demain à 11 h. » Un client m'a dit un jour que nos retards le gênaient moins que nos silences. Depuis, c'est la règle, et le commerce s'y est mis."
            ),
            other("Je confirme côté commerce : l'heure précise rassure plus que la date."),
        ),
        skills=("transport_planning", "customer_meeting"),
        reasons=("m'a permis de prévenir un client sans le perdre",),
    ),
    Question(
        title="Caisses de {28|31|34} kg à fermer au sol, des idées ?",
        body="Toute l'équipe d'expédition en a assez. Une table élévatrice ne passe pas dans l'allée.",
        comments=(
            other("Baisser la hauteur des caisses ?"),
            answer(
                "Tables à ressort, sans moteur : elles montent quand la caisse se vide. Trois tables, moins de {900|1100} € pièce, l'équipe a choisi le modèle. Et on a baissé le poids maximum à 22 kg en changeant le calage, ce qui a aussi réduit la casse."
            ),
            asker("Essai d'une table {jour} avec l'équipe. On vous dira."),
            other("L'équipe ne veut déjà plus la rendre. Ça compte."),
        ),
        skills=("packaging", "ergonomics"),
        reasons=("m'a permis de trouver une table qui passe dans l'allée",),
    ),
    Question(
        title="Apprendre le magasin à quelqu'un en une semaine",
        body="{1800|2100|2400} références, trois magasins, et une logique d'emplacement historique. Comment faites-vous pour les nouveaux ?",
        comments=(
            answer(
                "Pas de liste. Le premier jour, on se promène et on raconte l'histoire des lieux (« ici c'était la menuiserie, donc le bois est resté »). Ensuite vingt bons de sortie réels par jour, avec quelqu'un qui ne répond qu'aux questions. Au bout de quatre jours, la personne trouve. L'histoire aide à se souvenir bien mieux que les codes."
            ),
            other("Et on change d'étage au milieu de la semaine, sinon le haut reste inconnu."),
            other("C'est comme ça qu'on m'a appris. Ça marche encore."),
        ),
        skills=("onboarding_hosting", "warehouse"),
        reasons=("m'a permis d'accueillir quelqu'un au magasin sans le noyer",),
    ),
    Question(
        title="Delivery notes in English for Porto, which template?",
        body="We still receive French-only delivery notes for {a third|a quarter} of the trucks. Our receiving team copes, but customs once did not.",
        comments=(
            other("Same in the other direction, to be fair."),
            answer(
                'There is a bilingual template since last spring, in the shipping folder, file name starts with "BL-FR-EN". It fills itself from the ERP if the customer language is set. The missing third are old customer records: I corrected Porto this morning, tell me if one comes back.'
            ),
            asker("All bilingual since {day}. Thank you!"),
        ),
        skills=("transport_planning", "customs_export"),
        reasons=("helped me get our trucks through without phone calls",),
        language="en",
    ),
)
