"""Data and information systems: questions, the answers they got and what those were good for."""

from ..drafts import Question, answer, asker, other

QUESTIONS = (
    Question(
        title="Comment suivez-vous la qualité des données entre deux livraisons ?",
        body="Nous avons {trois|quatre} équipes qui publient chaque semaine, et les contrôles ne disent rien avant le lundi. Qui a mis en place autre chose qu'un tableau partagé ?",
        comments=(
            other("Nous avons un tableau partagé. Il est très beau. Personne ne l'ouvre."),
            answer(
                "Un contrôle à l'entrée, bloquant, écrit par l'équipe qui consomme. Si la règle n'est pas tenue, la livraison ne passe pas et c'est le producteur qui reçoit le message, pas nous. Cinq règles pour commencer, pas cinquante. Je peux vous montrer le nôtre à l'atelier de {jour}."
            ),
            asker("Je viens {jour}. « Écrit par l'équipe qui consomme », c'est ça qui nous manquait."),
            other("Et quand la règle est trop stricte ?"),
            other("Celui qui consomme l'assouplit, et on garde la trace de la raison."),
        ),
        skills=("data_quality",),
        reasons=(
            "m'a permis de bloquer une livraison fausse avant qu'elle ne parte",
            "m'a permis de lancer nos premiers contrôles à l'entrée",
        ),
    ),
    Question(
        title="Requête qui passe de 2 secondes à 3 minutes depuis {passe}",
        body="Rien changé de notre côté. C'est la jointure entre les ordres de fabrication et les pesées. Le serveur ne paraît pas chargé.",
        comments=(
            other("Statistiques pas à jour ?"),
            answer(
                "Regardez le plan d'exécution : si la table des pesées a grossi d'un coup, le planificateur change de stratégie. Chez nous un capteur envoyait une pesée par seconde au lieu d'une par pièce. {Douze|Quinze} millions de lignes en trois jours. Mettez à jour les statistiques, et regardez la pesée la plus bavarde."
            ),
            asker("Capteur 14, une pesée par seconde. Comment tu as deviné…"),
            other("L'expérience, c'est d'avoir déjà eu le même problème."),
        ),
        skills=("sql",),
        reasons=(
            "m'a permis de retrouver le capteur qui remplissait la table",
            "m'a permis de rendre le tableau de bord utilisable le jour même",
        ),
    ),
    Question(
        title="Combien d'indicateurs sur un écran d'atelier ?",
        body="On me demande d'en mettre {14|16|18}. Je pense que cinq suffisent. J'ai besoin d'arguments, ou qu'on me dise que j'ai tort.",
        comments=(
            other("Trois. Et gros."),
            answer(
                "Va passer une matinée à côté de l'écran et note ce que les gens regardent vraiment. Nous l'avons fait : le compteur de pièces, l'heure de la prochaine série, et la météo. Le reste, jamais. On en a gardé cinq, et les onze autres sont sur une page que deux personnes consultent."
            ),
            other("La météo, véridique."),
            asker("Matinée faite. Ici c'est la météo et le menu de la cantine. Cinq indicateurs, donc."),
        ),
        skills=("dashboards",),
        reasons=("m'a permis de garder cinq indicateurs au lieu de seize",),
    ),
    Question(
        title="Articles en double dans l'ERP : vous fusionnez ou vous bloquez ?",
        body="On a trouvé {240..390} articles en double, souvent une majuscule ou un espace de différence. Fusionner fait peur à la comptabilité, bloquer agace les magasins.",
        comments=(
            other("On avait fusionné. Plus jamais sans sauvegarde."),
            answer(
                "Bloquez d'abord à la création (recherche obligatoire avant « nouveau »), sinon vous videz l'océan à la petite cuillère. Ensuite passez les doublons en « à épuiser » et laissez le stock se vider. Au bout de six mois il en restait trente à fusionner à la main. La comptabilité a dormi tranquille."
            ),
            other("La recherche obligatoire, oui, mais avec tolérance aux fautes."),
        ),
        skills=("erp_admin",),
        reasons=("m'a permis d'arrêter la création de doublons",),
    ),
    Question(
        title="Capteur de température qui se fige, comment le détecter ?",
        body="Le capteur du {four} donne 712,0 °C depuis {onze|neuf} heures. Aucune alarme puisque la valeur est « bonne ». Comment surveillez-vous les valeurs figées ?",
        comments=(
            answer(
                "Alarme sur l'absence de variation : un vrai four bouge toujours d'un dixième. Si l'écart-type sur vingt minutes est nul, on prévient. Deux lignes de code et ça nous a sauvés quatre fois. Par contre excluez les arrêts, sinon la nuit de Noël sera bruyante."
            ),
            other("La nuit de Noël, ça sent le vécu."),
            asker("En place. Trois autres capteurs figés découverts dans la foulée…"),
        ),
        skills=("industrial_iot",),
        reasons=(
            "m'a permis de détecter trois capteurs en panne",
            "m'a permis d'éviter une série traitée à une mauvaise température",
        ),
    ),
    Question(
        title="Remplacer le fameux fichier partagé sans se fâcher",
        body="Tout l'ordonnancement tient dans un classeur de {38..52} onglets, créé il y a onze ans. Il marche. Personne ne sait comment. On nous demande de le « moderniser ».",
        comments=(
            other("Ne touchez à rien et partez en courant."),
            answer(
                "Commence par t'asseoir deux jours avec les personnes qui l'utilisent et écris ce qu'elles en font, pas ce qu'il contient. Chez nous, 52 onglets = 4 usages. On a remplacé un usage à la fois, l'ancien restant ouvert à côté pendant un mois. Le dernier onglet a été supprimé avec un gâteau."
            ),
            other("Le gâteau est une étape obligatoire du projet, je confirme."),
            asker("Deux jours faits : 41 onglets, 5 usages. C'est tout de suite moins effrayant."),
        ),
        skills=("spreadsheet", "change_support"),
        reasons=("m'a permis de cadrer le remplacement d'un fichier historique",),
    ),
    Question(
        title="Droits d'accès d'une personne qui change de service",
        body="Elle garde les anciens droits « au cas où », et au bout de trois ans certaines personnes voient tout. Avez-vous une règle simple ?",
        comments=(
            other("Le « au cas où », ennemi public."),
            answer(
                "Date de fin sur l'ancien droit dès le jour du changement : quinze jours de recouvrement, puis ça tombe tout seul. Si quelqu'un en a encore besoin, il le demande et c'est accordé dans l'heure. Sur cent changements, quatre demandes. Et une revue par trimestre faite par le responsable métier, pas par nous."
            ),
        ),
        skills=("access_rights",),
        reasons=("m'a permis de nettoyer les droits sans bloquer personne",),
    ),
    Question(
        title="Automatiser un rapport hebdomadaire : script ou outil de tableau de bord ?",
        body="Chaque {jour} quelqu'un passe deux heures à copier des chiffres. J'hésite entre un petit script et demander un vrai tableau de bord. Le risque du script, c'est que personne ne sache le reprendre.",
        comments=(
            answer(
                "Demande-toi ce que les lecteurs font du rapport. S'ils le lisent : tableau de bord. S'ils le retravaillent : script qui produit leur fichier. Dans les deux cas, le code va dans le dépôt commun avec un fichier d'exemple et deux noms. Un script avec deux propriétaires vaut mieux qu'un outil sans aucun."
            ),
            other("Et vérifie que le rapport est encore lu. Le nôtre ne l'était plus depuis un an."),
            asker("Vérifié : lu par une personne, qui n'en voulait plus. Deux heures gagnées par semaine, zéro ligne de code !"),
        ),
        skills=("python", "dashboards"),
        reasons=("m'a permis de supprimer un rapport que plus personne ne lisait",),
    ),
    Question(
        title="Une pièce, un lot, une grappe : comment vous modélisez ?",
        body="Pour la traçabilité on doit relier poche, grappe, pièce, traitement. Un modèle trop fin et personne ne saisit, trop large et on ne retrouve rien.",
        comments=(
            other("Le lot de coulée comme pivot, non ?"),
            answer(
                "La maille qui compte, c'est le plus petit objet qu'on peut bloquer. Chez nous c'est la grappe : on ne bloque jamais une pièce seule avant l'ébarbage. Donc la grappe a un numéro, la pièce naît après. On a essayé l'inverse pendant un an, c'était ingérable au poste."
            ),
            other("Pour l'usinage la pièce est forcément numérotée, donc la naissance après ébarbage colle bien."),
        ),
        skills=("data_modelling",),
        reasons=("m'a permis de choisir la bonne maille pour la traçabilité",),
    ),
    Question(
        title="Interface de nuit qui échoue en silence",
        body="Le transfert des heures vers la paie a échoué deux nuits de suite et on l'a su par un coup de fil. Vous surveillez vos interfaces comment ?",
        comments=(
            other("Un mail à chaque échec. Que tout le monde met dans un dossier."),
            answer(
                "L'inverse : un signal à chaque réussite, et une alarme si le signal manque à {6|7} h. Un échec peut être muet, une absence ne ment pas. On affiche un simple tableau vert sur l'écran de l'équipe, avec la date du dernier passage et le nombre de lignes. S'il y a moins de lignes que d'habitude, c'est orange."
            ),
            asker("Adopté. On a déjà eu un orange, et c'était un vrai."),
        ),
        skills=("integration",),
        reasons=(
            "m'a permis de voir une panne avant le service paie",
            "m'a permis de remplacer les mails que plus personne ne lisait",
        ),
    ),
    Question(
        title="Clé USB d'un fournisseur pour mettre à jour une machine : vous faites quoi ?",
        body="Le technicien arrive avec sa clé et repart dans deux heures. Refuser bloque la ligne, accepter me gêne.",
        comments=(
            other("Le sas, toujours le sas."),
            answer(
                "Poste blanc à l'accueil de l'atelier {atelier} : on copie, on analyse, on recopie sur une clé à nous. Dix minutes. Le fournisseur est prévenu au moment de la prise de rendez-vous, donc plus de surprise. Et pour les machines anciennes, sauvegarde de l'automate avant."
            ),
            other("Ajoutez-le dans la confirmation de commande, les achats ont un paragraphe tout prêt."),
        ),
        skills=("cybersecurity",),
        reasons=("m'a permis d'accueillir le fournisseur sans prendre de risque",),
    ),
    Question(
        title="Faire aimer la saisie aux ateliers, mission impossible ?",
        body="On demande {9|11|12} champs par arrêt machine. Résultat : « divers ». Je ne veux pas faire la police.",
        comments=(
            answer(
                "Rends-leur quelque chose le lendemain. On affiche chaque matin les trois arrêts les plus longs de la veille avec leur cause, et le chef d'équipe choisit celui qu'on attaque. En deux semaines la saisie était faite parce qu'elle servait. Et on est passés de onze champs à trois."
            ),
            other("Trois champs et un bouton « je ne sais pas ». Très important, le bouton."),
            asker("« Rends-leur quelque chose le lendemain » : c'est ma phrase de l'année."),
        ),
        skills=("workshop_facilitation", "data_quality"),
        reasons=("m'a permis d'avoir des causes d'arrêt fiables",),
    ),
    Question(
        title="Apprendre SQL en partant de zéro : par où passer ?",
        body="Je viens de la production et j'aimerais pouvoir sortir mes chiffres sans déranger l'équipe données. Pas envie d'un cours de trois jours.",
        comments=(
            other("Bienvenue au club !"),
            answer(
                "Viens avec TA question, une vraie. On l'écrit ensemble en trente minutes sur la base de lecture, tu repars avec la requête et tu changes les dates toi-même. Au bout de cinq questions tu n'as plus besoin de nous. J'ai deux créneaux par semaine, {jour} et {jour} midi."
            ),
            asker("Première requête ce midi : elle tourne ! Merci."),
            other("J'ai appris comme ça aussi. La troisième fois, ça devient drôle."),
        ),
        skills=("sql", "onboarding_hosting"),
        reasons=(
            "m'a permis d'écrire mes premières requêtes",
            "m'a permis de sortir mes chiffres sans passer par un ticket",
        ),
    ),
    Question(
        title="One glossary for Porto and the French sites?",
        body='"Lot", "batch", "série", "lote": four words, and in my dashboards they are three different things. Does someone maintain a glossary I can point to?',
        comments=(
            other("We tried once. It had 300 entries and died."),
            answer(
                "Thirty words is enough. We keep one page with the thirty terms used in dashboards: definition in one sentence, the table and column, one person to ask. Any dashboard that uses another word gets a question mark until the word is added. I'll give you write access."
            ),
            asker('Added "lote" and "fornada". Thirty-two words, sorry.'),
        ),
        skills=("data_modelling", "english_technical"),
        reasons=("helped me stop comparing batches with series",),
        language="en",
    ),
)
