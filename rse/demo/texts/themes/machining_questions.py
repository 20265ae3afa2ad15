"""Machining, sheet metal and welding: questions, the answers they got and what those were good for."""

from ..drafts import Question, answer, asker, other

QUESTIONS = (
    Question(
        title="Vibrations en finition sur l'alésage de la {ref}",
        body="{Bonjour,|Salut à tous,} alésage Ø{82..140}, barre de 40, porte-à-faux de cinq fois le diamètre. Ça chante et l'état de surface est à Ra 3,2 au lieu de 1,6. J'ai baissé la vitesse, c'est pire.",
        comments=(
            other("Une barre anti-vibratoire, mais il n'y en a qu'une pour deux sites…"),
            answer(
                "Ne baisse pas la vitesse : augmente l'avance et prends une plaquette à petit rayon (0,4). En dessous d'une certaine passe l'outil frotte et se met à chanter. Chez nous passer de 0,15 à 0,3 mm de profondeur a tout calmé."
            ),
            asker("Ra 1,4 du premier coup. Contre-intuitif mais merci !"),
        ),
        skills=("cutting_tools", "surface_finish"),
        reasons=(
            "m'a permis d'atteindre l'état de surface demandé",
            "m'a permis d'éviter l'achat d'une barre spéciale",
        ),
    ),
    Question(
        title="Comment gagner du temps au changement de série sur {cn} ?",
        body="On passe {50..80} minutes à chaque changement entre les deux familles de brides. Je ne cherche pas un grand chantier, juste les deux ou trois choses qui rapportent.",
        comments=(
            other("Préparer les outils la veille. C'est tout bête et personne ne le fait."),
            answer(
                "Filmez un changement complet, sans chronométrer personne, et regardez le film avec l'équipe. Chez nous la moitié du temps, c'était aller chercher des choses. Un chariot par famille avec mors, outils, gamme et clés : on est passé de 65 à 28 minutes sans rien acheter d'autre que le chariot."
            ),
            other("Le film avec l'équipe, pas sans. Sinon ça se passe mal."),
            other("28 minutes, respect."),
        ),
        skills=("machining_setup", "fixturing"),
        reasons=("m'a permis de diviser par deux nos changements de série",),
    ),
    Question(
        title="Reprise d'usinage après une coupure de courant : vous repartez d'où ?",
        body="Micro-coupure {passe}, {cn} arrêté en plein contournage. On a mis une heure à savoir à quel bloc repartir, avec la peur de taper dans la pièce. Vous avez une procédure ?",
        comments=(
            answer(
                "Oui : un point de reprise tous les outils, avec dégagement et rappel de toutes les fonctions modales. Jamais au milieu d'un contour. On a ajouté l'en-tête type dans le post-processeur, donc il y est toujours, même quand on est pressé. Je te l'envoie."
            ),
            other("Et après reprise, une passe à vide 50 mm plus haut. Systématiquement."),
            asker("En-tête ajouté, testé à blanc. Merci, ça va nous sauver un jour."),
        ),
        skills=("cnc_programming",),
        reasons=("m'a permis d'écrire une procédure de reprise pour l'équipe",),
    ),
    Question(
        title="Cinq axes : comment éviter les traces de raccordement ?",
        body="Sur les aubes de la {ref} on voit la limite entre les deux zones de finition. Au doigt on ne sent rien, mais le client les voit à la lumière rasante.",
        comments=(
            other("Polissage, comme tout le monde ?"),
            answer(
                "Fais recouvrir les zones de 3 mm avec une entrée tangentielle, et surtout laisse chauffer la broche vingt minutes avant la finition. Nos traces venaient à moitié de la dilatation : 12 microns entre la première et la dernière zone."
            ),
            other("La chauffe de broche, oui. On l'oublie toujours le lundi matin."),
        ),
        skills=("five_axis", "cad_cam"),
        reasons=("m'a permis de supprimer une opération de polissage",),
    ),
    Question(
        title="Bridage d'une pièce brute très tordue",
        body="Les bruts de la {ref} arrivent avec jusqu'à {2|3} mm de voile. Si je bride fort, la pièce est plate en machine et tordue une fois débridée. Classique, mais quelqu'un a une bonne solution ?",
        comments=(
            answer(
                "Trois appuis fixes et le reste en vérins d'appui réglables, serrés à faible pression après contact. Ébauche, débridage complet, rebridage doux, finition. Ça ajoute quatre minutes et ça enlève tous les rebuts."
            ),
            other("Nous avons une platine comme ça à {site}, tu peux l'emprunter pour essayer."),
            asker("Je viens la chercher {jour} !"),
            other("On a aussi demandé un redressage à la fonderie, ça a aidé."),
        ),
        skills=("fixturing",),
        reasons=("m'a permis de sortir des pièces planes sur des bruts voilés",),
    ),
    Question(
        title="Ébavurage des trous sécants, une astuce ?",
        body="Intersection de deux perçages de 8 au fond d'un corps. À la main c'est long et pas régulier, et l'opérateur finit avec le poignet en vrac.",
        comments=(
            other("Brosse abrasive à billes, 600 tr/min, deux allers-retours."),
            answer(
                "Il existe des outils à lame escamotable qui ébavurent l'arrière en programme. On en a deux au magasin outils, rayon du fond, personne ne sait qu'ils sont là. Avance lente, et arrosage, sinon la lame colle."
            ),
            asker("Trouvés, essayés, adoptés. Je fais une fiche."),
        ),
        skills=("deburring",),
        reasons=("m'a permis d'arrêter l'ébavurage à la main sur cette pièce",),
    ),
    Question(
        title="Bibliothèque d'outils : une seule pour tous les sites ?",
        body="Chaque site a sa bibliothèque, avec des noms différents pour la même fraise. Quand un programme voyage de {site} à {site2}, c'est la loterie. Qui a réussi à en faire une commune, et combien de temps ça a pris ?",
        comments=(
            other("Nous avons essayé. Deux fois. Mort d'ennui deux fois."),
            answer(
                "Commencez par les {30|40} outils qui font 80 % des programmes, pas par les 900. Un code court (type, diamètre, longueur), une fiche validée par une personne de chaque site, et une règle : tout nouveau programme n'utilise que des outils de la liste. En quatre mois, la plupart des programmes passaient d'un site à l'autre."
            ),
            other("D'accord avec le « pas par les 900 »."),
            other("On peut s'inscrire comme volontaire pour le groupe ?"),
        ),
        skills=("cad_cam",),
        reasons=("m'a permis de lancer la bibliothèque commune avec une liste courte",),
    ),
    Question(
        title="Porosités sur soudure TIG inox, buse ou gaz ?",
        body="Petites piqûres en surface sur l'inox, seulement sur les reprises. Débit {9|10|11} L/min, buse de 8. Le gaz a été changé {passe}, mais je ne veux pas l'accuser trop vite.",
        comments=(
            other("Courant d'air ? On avait une porte ouverte en face du poste."),
            answer(
                "Buse trop loin ! Sur les reprises on relève la main sans s'en rendre compte. Rapproche à 4 mm, prends une buse de 10 avec diffuseur, et nettoie à l'acétone juste avant, pas la veille. Le problème a disparu chez nous avec ça, sans toucher au gaz."
            ),
            asker("Confirmé. C'était la distance. Deux ans de métier et encore des surprises."),
        ),
        skills=("tig_welding",),
        reasons=(
            "m'a permis de reprendre les pièces sans repasser au contrôle",
            "m'a permis de ne pas renvoyer les bouteilles pour rien",
        ),
    ),
    Question(
        title="Développé faux de 2 mm après pliage, d'où ça vient ?",
        body="Tôle de {4|5|6}, nouvelle nuance, même programme. Toutes les pièces sont longues de 2 mm après quatre plis. Le coefficient est celui de la table.",
        comments=(
            answer(
                "La table est faite pour l'ancienne nuance. Plie une éprouvette de 100 avec un seul pli à 90°, mesure, et recalcule le coefficient. 2 mm sur quatre plis, ça fait 0,5 par pli, c'est exactement l'écart entre les deux aciers. Note-le sur la fiche matière pour les suivants."
            ),
            other("On a un fichier des coefficients par fournisseur, demande l'accès."),
        ),
        skills=("sheet_metal",),
        reasons=("m'a permis de corriger le coefficient pour toute la série",),
    ),
    Question(
        title="Réparer une fissure sur un bâti en fonte : possible ou rêve ?",
        body="Un bâti de presse (la {presse}) fissuré sur {15..30} cm. On nous dit « ça ne se soude pas ». Le remplaçant coûte le prix d'une voiture.",
        comments=(
            other("Agrafage à froid, regarde de ce côté."),
            answer(
                "Possible : trous d'arrêt aux extrémités, chanfrein, baguette nickel, petits cordons de 2 cm martelés à chaud, et on attend que la main tienne dessus entre deux cordons. Il faut deux jours et beaucoup de patience. Nous en avons fait un il y a six ans, il tourne toujours. Faites valider par le bureau d'études avant, quand même."
            ),
            asker("Validé, c'est parti. On filme pour la mémoire."),
            other("Je veux bien venir voir, je n'en ai jamais fait."),
        ),
        skills=("weld_repair",),
        reasons=("m'a permis de sauver un bâti qu'on allait jeter",),
    ),
    Question(
        title="Plaquettes : qui suit la durée de vie par outil ?",
        body="On change « quand ça se voit ». Parfois trop tôt, parfois après la casse. Avez-vous un suivi simple, tenable au poste, sans logiciel à {1000|2000} € ?",
        comments=(
            other("Un compteur sur la commande numérique, c'est déjà dedans, personne ne l'active."),
            answer(
                "Active le compteur de durée d'outil de la CN et affiche-le en page d'accueil. Ensuite on note à la craie le nombre de pièces à chaque changement pendant deux semaines. Tu prends la valeur la plus basse moins 10 %. C'est tout. On a économisé {15|20} % de plaquettes et plus une seule casse de nuit."
            ),
        ),
        skills=("cutting_tools",),
        reasons=("m'a permis de fixer des seuils de changement d'outil",),
    ),
    Question(
        title="Passer les réglages entre équipes sans rien perdre",
        body="Le matin, on retrouve des correcteurs modifiés sans explication. Pas de reproche, la nuit fait au mieux, mais on repart à zéro. Vous vous transmettez ça comment ?",
        comments=(
            answer(
                "Une ardoise par machine, trois lignes : ce que j'ai changé, pourquoi, ce que je ferais ensuite. Et dix minutes de recouvrement entre équipes, payées. L'ardoise a fait plus que tous les formulaires. La photo de l'ardoise part dans le fil de l'atelier à chaque fin de poste."
            ),
            other("Les dix minutes payées, c'est la clé."),
            other("Chez nous c'est un cahier, mais personne ne relit un cahier. L'ardoise, on la voit."),
        ),
        skills=("machining_setup", "shift_handover"),
        reasons=("m'a permis de ne plus refaire les réglages tous les matins",),
    ),
    Question(
        title="Commentaires des programmes : français, anglais, les deux ?",
        body="Avec Porto qui reprend une partie de nos programmes, on reçoit des questions sur chaque commentaire. Certains sont du genre « attention ici !! ».",
        comments=(
            other("« Attention ici » est un classique international."),
            answer(
                "Liste fermée d'une vingtaine de commentaires types, en anglais simple, dans le post-processeur. Pour le reste, une photo dans la fiche. Les collègues de Porto ont relu la liste, ça a pris une heure de visio. Depuis, presque plus de questions."
            ),
            asker("D'accord pour la liste. On l'adopte à {site}."),
        ),
        skills=("cnc_programming", "english_technical"),
        reasons=("m'a permis d'échanger des programmes avec Porto sans traduction",),
    ),
    Question(
        title="Best practice for tool breakage detection at night?",
        body="Last week tool {12..24} broke at 2 a.m. and the machine happily milled air for {three|four} hours. How do you detect breakage without stopping after every operation?",
        comments=(
            other("Spindle load limits, but they need tuning per program."),
            answer(
                "Load limit on roughing tools only, and a laser check for every tool under 6 mm. It costs eight seconds per tool. Start with the five tools that break most often, you will catch most cases. I can share the macro we use in Lyon."
            ),
            other("Please share it with everyone here, we milled air too."),
        ),
        skills=("five_axis", "cutting_tools"),
        reasons=("helped me set up night runs we can trust",),
        language="en",
    ),
)
