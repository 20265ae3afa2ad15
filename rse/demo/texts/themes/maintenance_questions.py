"""Maintenance: questions, the answers they got and what those were good for."""

from ..drafts import Question, answer, asker, other

QUESTIONS = (
    Question(
        title="La {presse} perd de la pression, mais seulement le matin",
        body="Entre {5|6} h et 8 h elle perd une vingtaine de bars, puis tout rentre dans l'ordre. On a changé le joint du vérin principal pour rien. Des pistes ?",
        comments=(
            other("L'huile froide ?"),
            answer(
                "C'est la viscosité : huile trop épaisse au démarrage, le clapet de décharge ne referme pas franchement. Fais tourner dix minutes à vide avant de monter en charge, et regarde la température du bac. Si le réchauffeur est mort (chez nous c'était le cas), tu as ton coupable."
            ),
            asker("Réchauffeur mort depuis on ne sait quand. Commandé."),
            other("Et le joint neuf, au moins c'est fait…"),
        ),
        skills=("troubleshooting", "hydraulics"),
        reasons=(
            "m'a permis de trouver la panne sans redémonter le vérin",
            "m'a permis d'éviter un deuxième arrêt de la presse",
        ),
    ),
    Question(
        title="Vibration sur le ventilateur de dépoussiérage : palier ou balourd ?",
        body="Le niveau a doublé en {trois|quatre} semaines. Pas de bruit particulier. Je n'ai pas encore l'analyse en fréquence et on me demande une date d'arrêt.",
        comments=(
            answer(
                "Regarde la direction : si c'est surtout radial et à la fréquence de rotation, c'est du balourd, sans doute de la poussière collée sur les pales. Une heure de nettoyage. Si tu as de l'axial et des harmoniques, pense désalignement. Le palier, lui, s'entend dans les hautes fréquences bien avant. Je peux passer avec le collecteur {jour}."
            ),
            other("Ouvrir la trappe et regarder les pales prend cinq minutes, commence par là."),
            asker("Deux kilos de poussière sur une pale ! Nettoyé, niveau revenu à la normale."),
        ),
        skills=("vibration_analysis",),
        reasons=("m'a permis d'éviter le remplacement d'un palier sain",),
    ),
    Question(
        title="Défaut aléatoire sur l'automate de la ligne {ligne}",
        body="Une fois par jour environ, l'automate passe en défaut « esclave absent » et repart tout seul. Impossible à reproduire. On a resserré les borniers.",
        comments=(
            other("Variateur à côté du câble réseau ?"),
            answer(
                "Trois choses dans l'ordre : blindage relié aux deux bouts (un seul suffit et c'est parfois pire avec deux), câble qui frotte dans la chaîne porte-câble, et alimentation 24 V qui chute quand le gros contacteur colle. Chez nous c'était la troisième. Mets un enregistreur sur le 24 V pendant deux jours."
            ),
            asker("24 V qui tombe à 19 quand le malaxeur démarre. Alimentation séparée posée {passe}. Zéro défaut depuis."),
            other("Merci d'avoir donné la fin de l'histoire, c'est rare."),
        ),
        skills=("plc",),
        reasons=("m'a permis de résoudre un défaut qu'on traînait depuis des mois",),
    ),
    Question(
        title="Préventif jamais fait parce que la production ne libère pas les machines",
        body="Chaque mois je planifie {30..45} gammes, j'en fais la moitié. Les arguments, je les ai tous essayés. Comment négociez-vous ?",
        comments=(
            other("Avec du chocolat."),
            answer(
                "On a arrêté de demander « la machine quatre heures » et découpé chaque gamme en morceaux de vingt minutes, faisables pendant un changement de série. L'ordonnancement nous envoie les changements de série la veille. Taux de réalisation : de 52 à 88 %. Personne n'a eu l'impression de céder quoi que ce soit."
            ),
            other("Et ça oblige à relire les gammes : un tiers ne servait à rien."),
        ),
        skills=("preventive_planning",),
        reasons=(
            "m'a permis de faire le préventif pendant les changements de série",
            "m'a permis de relancer la discussion avec la production",
        ),
    ),
    Question(
        title="Trop graisser, ça existe ?",
        body="On me dit « un coup de pompe de plus ne fait pas de mal ». J'ai un roulement sur deux qui chauffe après graissage.",
        comments=(
            answer(
                "Oui, ça existe, et c'est même la première cause de casse chez nous après l'eau. Un roulement trop plein brasse la graisse et chauffe. Pèse un coup de pompe (souvent 1 à 1,5 g), calcule la dose et écris le nombre de coups sur une étiquette à côté du graisseur. On a posé {110..140} étiquettes en deux jours."
            ),
            other("Les étiquettes, oui. Et une couleur par graisse, sinon mélange assuré."),
            asker("Dose calculée : quatre coups. On en mettait quinze."),
        ),
        skills=("lubrication",),
        reasons=("m'a permis d'arrêter de casser des roulements en les soignant",),
    ),
    Question(
        title="Disjoncteur qui saute à l'allumage des éclairages de l'atelier {atelier}",
        body="Uniquement à l'allumage, jamais ensuite. Depuis le passage aux luminaires à diodes. Calibre 10, courbe B.",
        comments=(
            other("Courant d'appel, c'est sûr."),
            answer(
                "Appel de courant des alimentations : passe en courbe C, ou mieux, sépare en deux départs avec un relais temporisé de 300 ms. La courbe C suffit si la longueur de câble le permet, vérifie la note de calcul avant."
            ),
            asker("Courbe C validée par le bureau d'études, problème réglé. Merci !"),
        ),
        skills=("electrical",),
        reasons=("m'a permis de régler le problème sans refaire le câblage",),
    ),
    Question(
        title="Pièces de rechange : comment décider ce qu'on garde ?",
        body="Le magasin est plein de choses pour des machines parties à la ferraille, et on n'avait pas la carte du robot {robot} quand il a fallu. Méthode simple bienvenue.",
        comments=(
            answer(
                "Deux questions par pièce : combien de jours pour la recevoir, combien coûte un jour d'arrêt. Si délai × coût dépasse cinq fois le prix, on garde. Le reste sort. On a fait ça avec un tableau et trois personnes en quatre après-midi : {180..240} références sorties, onze entrées."
            ),
            other("Et demandez à la nuit. Elle sait ce qui manque toujours."),
            other("Pour la carte du robot, {site} en a deux, on peut en partager une."),
        ),
        skills=("spare_parts",),
        reasons=("m'a permis de vider un tiers du magasin sans risque",),
    ),
    Question(
        title="Consigner une machine à plusieurs énergies sans y passer la matinée",
        body="Électrique, pneumatique, hydraulique, et un contrepoids. La fiche fait trois pages et personne ne la lit vraiment. Comment faites-vous pour qu'elle soit utilisable ?",
        comments=(
            other("On ne gratte pas sur une consignation, mais trois pages c'est trop, d'accord."),
            answer(
                "Une photo par point de consignation, numérotés sur la machine avec les mêmes chiffres que la fiche, et le contrepoids en premier (c'est lui qu'on oublie). Une seule page recto. Faite AVEC les personnes qui interviennent, et relue par la sécurité. Temps de consignation divisé par deux et contrôles à 100 %."
            ),
            asker("Numéros posés sur deux machines, on généralise."),
        ),
        skills=("lockout", "troubleshooting"),
        reasons=("m'a permis de refaire nos fiches de consignation en une page",),
    ),
    Question(
        title="Par quoi remplacer le taux de panne comme indicateur ?",
        body="On nous le demande chaque mois, il ne dit rien : une panne de cinq minutes compte comme une de huit heures.",
        comments=(
            answer(
                "Les heures perdues sur les trois machines qui bloquent tout. Trois courbes, rien d'autre. Et à côté, la liste des récidives : la même panne revenue dans les trente jours. C'est la seule liste que je regarde le lundi."
            ),
            other("Les récidives, c'est très parlant aussi pour les méthodes."),
            other("On ajoute les pannes évitées ? Juste pour le moral."),
        ),
        skills=("preventive_planning", "dashboards"),
        reasons=("m'a permis de changer l'indicateur demandé par la direction",),
    ),
    Question(
        title="Huile laiteuse dans la centrale, on vide tout ?",
        body="{1200|1500|1800} litres, huile laiteuse depuis {jour}. L'échangeur est suspect. Vider coûte une fortune et deux jours.",
        comments=(
            other("Surtout ne pas vider avant d'avoir trouvé l'entrée d'eau !"),
            answer(
                "Isole l'échangeur et mets-le en pression séparément, tu sauras en une heure. Ensuite, déshydratation sous vide avec le chariot de Saint-Nazaire : quarante-huit heures, machine en marche à charge réduite. On a récupéré une huile à 180 ppm, parfaitement utilisable. Réserve le chariot auprès des énergies."
            ),
            asker("Échangeur percé, chariot réservé. On économise la vidange, merci infiniment."),
        ),
        skills=("hydraulics",),
        reasons=(
            "m'a permis de sauver l'huile de la centrale",
            "m'a permis d'éviter deux jours d'arrêt",
        ),
    ),
    Question(
        title="Astreinte : quelles infos vous laissez à la personne suivante ?",
        body="La semaine dernière j'ai découvert à 3 h du matin qu'un capteur était shunté depuis deux jours. Écrit nulle part.",
        comments=(
            other("Aïe."),
            answer(
                "Une page, toujours la même, envoyée le {jour} à midi : ce qui est provisoire (shunts, colliers, prêts), ce qui menace, qui appeler pour quoi. Le provisoire en premier, en rouge. Si la page est vide, on l'écrit aussi. C'est dix minutes et tout le monde y a pris goût après deux nuits sauvées."
            ),
            other("On a ajouté une règle : pas de shunt sans étiquette datée."),
        ),
        skills=("shift_handover",),
        reasons=("m'a permis de ne plus découvrir les shunts en pleine nuit",),
    ),
    Question(
        title="Fuites d'air comprimé : par où attaquer ?",
        body="Le compresseur tourne le dimanche alors que personne ne travaille. On estime les fuites à {25|30|35} %.",
        comments=(
            other("Une oreille et un dimanche, ça suffit presque."),
            answer(
                "Ronde le dimanche matin avec le détecteur à ultrasons (il est à {site}), une étiquette par fuite avec une estimation. On répare d'abord les raccords rapides : 70 % des fuites, deux euros pièce. Puis une vanne motorisée qui coupe les ateliers arrêtés. On est passé de 34 à 12 %."
            ),
            asker("Première ronde faite : {41..66} étiquettes. Le sapin de Noël."),
        ),
        skills=("energy", "troubleshooting"),
        reasons=("m'a permis de couper le compresseur le dimanche",),
    ),
    Question(
        title="Faire monter en compétence quelqu'un sur le dépannage",
        body="Notre nouvelle recrue connaît la théorie mieux que moi, mais devant l'armoire elle attend qu'on lui dise. Comment donner confiance ?",
        comments=(
            other(
                "Lui laisser le schéma et le multimètre, et rester à côté sans rien toucher. Le plus dur, c'est les mains dans les poches."
            ),
            answer(
                "On prépare des pannes volontaires sur une armoire d'entraînement, {10|12} pannes graduées, à faire en binôme avec quelqu'un d'un autre métier. Et après chaque vraie panne, elle raconte à l'équipe ce qu'elle a pensé, pas seulement ce qu'elle a fait. En deux mois elle prenait l'astreinte."
            ),
            other("L'armoire d'entraînement est à Nantes, on la prête !"),
        ),
        skills=("onboarding_hosting", "troubleshooting"),
        reasons=("m'a permis de préparer quelqu'un à l'astreinte",),
    ),
    Question(
        title="Backing up old PLC programs: who has the cables?",
        body="We have {nine|eleven} controllers older than some of our technicians, with programs that exist only inside the machine. Any advice before one of them dies?",
        comments=(
            other("Before one of them dies is the right time indeed."),
            answer(
                "We saved all of ours last winter. There is a box in Nantes maintenance with the six cables and an old laptop that must never be updated. Book it for a week, start with the bottleneck machines, and store each program with a photo of the cabinet. Happy to join by video for the first one."
            ),
            asker('Box booked, thank you. The laptop has a sticker saying "please do not improve".'),
        ),
        skills=("plc", "troubleshooting"),
        reasons=("helped me save programs we could have lost",),
        language="en",
    ),
)
