"""Research and development: questions, the answers they got and what those were good for."""

from ..drafts import Question, answer, asker, other

QUESTIONS = (
    Question(
        title="Fissures à chaud sur un nouvel aluminium : composition ou moule ?",
        body="Trois pièces sur {huit|dix} fissurent au même congé. L'analyse est dans la fourchette, mais tout en bas pour le silicium.",
        comments=(
            other("Le congé. Toujours le congé."),
            answer(
                "Les deux se soutiennent : en bas de fourchette, l'intervalle de solidification s'allonge et le moindre frein au retrait se paie. Remonte le silicium de 0,3 point (toujours dans la norme) et allège le noyau pour qu'il cède. On a séparé les effets avec quatre coulées seulement, le plan est dans la bibliothèque, adapte-le."
            ),
            asker("Quatre coulées, zéro fissure sur la combinaison des deux. Merci pour le plan."),
        ),
        skills=("alloy_design",),
        reasons=(
            "m'a permis de séparer l'effet de la composition et du moule",
            "m'a permis d'éviter une campagne d'essais plus longue",
        ),
    ),
    Question(
        title="Six facteurs à étudier et droit à {dix|douze} essais",
        body="Humidité, liant, temps de malaxage, serrage, température, finesse. Un facteur à la fois me donnerait soixante essais et la retraite.",
        comments=(
            other("La retraite avant les conclusions, c'est un classique."),
            answer(
                "Plan fractionnaire à huit essais pour trier, puis quatre pour affiner autour des deux facteurs qui comptent. Avant ça, fais trois fois le même essai : si la dispersion dépasse l'effet que tu cherches, inutile de commencer. C'est l'étape que tout le monde saute. Je t'aide à poser la table {jour}."
            ),
            asker("Trois fois le même essai : dispersion énorme. C'était la mesure, pas le sable. On a économisé douze essais."),
        ),
        skills=("experimental_design",),
        reasons=(
            "m'a permis de monter un plan d'essais réaliste",
            "m'a permis de voir que la mesure était en cause",
        ),
    ),
    Question(
        title="Simulation et réalité : le front de remplissage ne colle pas",
        body="La simulation remplit en 4,1 s, l'atelier en {5,2|5,6|6}. Tout le reste est joli.",
        comments=(
            answer(
                "Regarde ta condition d'entrée : un débit constant n'existe pas avec une poche basculée à la main. Filme la coulée, mesure le niveau image par image, et rentre la vraie courbe. Tu passeras de 35 % d'écart à moins de 5. La caméra thermique se réserve à Lyon, mais un téléphone suffit."
            ),
            other("Et la perméabilité vraie du moule, pas celle de la fiche."),
            asker("4 % d'écart avec la vraie courbe. Le téléphone suffisait."),
        ),
        skills=("casting_simulation",),
        reasons=("m'a permis de recaler la simulation sur l'atelier",),
    ),
    Question(
        title="Prototype en deux semaines : moule imprimé ou usiné ?",
        body="Une seule pièce, {40|55|70} kg, client pressé. Le moule imprimé coûte le double et arrive dans {cinq|six} jours.",
        comments=(
            other("Imprimé, et on garde l'usinage pour la série."),
            answer(
                "Imprimé pour le noyau (c'est là que la forme est compliquée), polystyrène usiné pour le reste. On a fait la même chose en {mois_passe} : neuf jours, coût presque divisé par deux. Attention au dégazage du liant imprimé, prévois deux évents de plus que d'habitude."
            ),
            asker("Mixte adopté : pièce coulée au jour 10. Les évents n'étaient pas de trop."),
        ),
        skills=("prototyping",),
        reasons=("m'a permis de livrer le prototype à temps",),
    ),
    Question(
        title="Une idée d'atelier peut-elle devenir un brevet ? Qui regarde ?",
        body="Un mouleur a trouvé une façon d'attacher les refroidisseurs qui évite {un quart d'heure|vingt minutes} par moule. C'est peut-être banal, peut-être pas.",
        comments=(
            answer(
                "Ne le publie pas à l'extérieur, et remplis la fiche « idée » d'une page (qui, quand, quoi, ce que ça évite). La personne reste l'inventeur ou l'inventrice, c'est écrit dans la procédure, et il y a une prime fixée à l'avance. On fait une recherche d'antériorité en deux semaines. Même si ça ne se brevette pas, on garde la preuve de la date."
            ),
            other("Bravo à cette personne en tout cas."),
            asker("Fiche remplie avec lui. Il n'en revient pas qu'on la prenne au sérieux."),
        ),
        skills=("patents",),
        reasons=("m'a permis de protéger l'idée d'un collègue",),
    ),
    Question(
        title="Impression métal pour des inserts de moule : rentable un jour ?",
        body="On me dit « pas pour nos volumes ». Mais avec des canaux de refroidissement qui épousent la forme…",
        comments=(
            other("Tout dépend du nombre de cycles."),
            answer(
                "Regarde le temps de cycle, pas le prix de l'insert. Sur notre coquille, l'insert imprimé coûte quatre fois plus et fait gagner {11|14} secondes par pièce : remboursé en {neuf|sept} semaines. Sur une petite série, non. Trois questions : cycles par an, point chaud réel (mesuré !), possibilité de dépoussiérer les canaux."
            ),
            asker("Point chaud mesuré : il n'était pas où on croyait. Donc pas d'insert, et deux semaines gagnées."),
        ),
        skills=("additive_manufacturing",),
        reasons=("m'a permis de décider avec une mesure plutôt qu'une mode",),
    ),
    Question(
        title="Rapport d'essai que personne ne lit : vous les faites comment ?",
        body="Trente pages, méthode impeccable, conclusion page 28. L'atelier ouvre, voit une courbe, referme.",
        comments=(
            other("Conclusion page 1, méthode en annexe."),
            answer(
                "Une page pour l'atelier : la question posée, la réponse, ce qu'il faut changer lundi, ce qu'on ne sait pas encore. Les trente pages derrière, pour nous et pour dans dix ans. Et la page est lue à voix haute au poste avant d'être publiée. Si quelqu'un fronce les sourcils, on réécrit."
            ),
            asker("« Ce qu'on ne sait pas encore » : c'est la ligne qui a déclenché toutes les questions."),
        ),
        skills=("technical_writing",),
        reasons=("m'a permis d'écrire un rapport lu par l'atelier",),
    ),
    Question(
        title="Combien d'éprouvettes par coulée pour conclure quelque chose ?",
        body="On en fait trois, par habitude. Les allongements vont de {4,1|3,8} à {6,9|7,2} %. Que dire de trois valeurs ?",
        comments=(
            answer(
                "Presque rien, justement. Sur cinq coulées, six éprouvettes chacune, on a séparé ce qui vient de la coulée et ce qui vient de l'éprouvette. Résultat chez nous : deux tiers de la dispersion venaient de l'usinage de l'éprouvette. On a changé l'outil, et trois suffisent maintenant. Fais cet essai-là avant d'en faire d'autres."
            ),
            other("L'usinage de l'éprouvette… on n'aurait jamais regardé."),
        ),
        skills=("experimental_design", "measurement_systems"),
        reasons=("m'a permis de fiabiliser nos essais de traction",),
    ),
    Question(
        title="Augmenter la part de recyclé sans perdre l'allongement",
        body="L'objectif est {70|75|80} %. Au-dessus de 60, l'allongement chute à cause du fer. Le tri plus fin coûte cher.",
        comments=(
            other("Et le tri par étincelage avec quelqu'un d'expérimenté ?"),
            answer(
                "Un peu de manganèse neutralise le fer jusqu'à 0,45 %, à condition de refroidir plus vite en zone épaisse. On a tenu 72 % de recyclé sur deux familles, avec l'allongement au-dessus du minimum. L'essai complet, échecs compris, est dans la bibliothèque."
            ),
            asker("Les échecs compris m'ont fait gagner un mois."),
        ),
        skills=("alloy_design", "environment"),
        reasons=(
            "m'a permis de monter la part de recyclé",
            "m'a permis de ne pas refaire des essais ratés",
        ),
    ),
    Question(
        title="Extraire les résultats de simulation sans cliquer {200|300} fois",
        body="J'ai {douze|vingt} variantes et je dois comparer cinq points chacune. À la main, j'y passe la semaine.",
        comments=(
            answer(
                "Le logiciel a une interface de script, peu documentée mais réelle. J'ai un petit programme qui sort un tableau par variante avec les cinq points. Il est dans le dépôt commun, dossier « simulation », et l'exemple tourne tel quel. Si ça casse avec ta version, appelle, je l'ai écrit un jour de pluie."
            ),
            asker("Tourne du premier coup. Une semaine contre douze minutes."),
            other("Bravo d'avoir mis l'exemple, c'est ce qui manque toujours."),
        ),
        skills=("casting_simulation", "python"),
        reasons=("m'a permis de comparer toutes mes variantes en une matinée",),
    ),
    Question(
        title="Arrêter un projet de recherche : comment on le dit ?",
        body="Après {huit|dix} mois, les résultats sont corrects mais le marché n'est plus là. Deux personnes y ont mis beaucoup d'énergie.",
        comments=(
            answer(
                "Dis-le tôt, avec ce qui a été appris et ce qu'on garde, avant de parler du budget. On a écrit une page « ce que ce projet nous laisse » : trois essais réutilisables, une méthode de mesure et un fournisseur. Et on a fêté la fin, vraiment. Les deux personnes ont proposé le sujet suivant."
            ),
            other("La page « ce que ça nous laisse » devrait être obligatoire partout."),
            asker("Fin annoncée {jour}. C'était triste et digne. La page a beaucoup aidé."),
        ),
        skills=("project_management", "prototyping"),
        reasons=("m'a permis d'arrêter un projet sans gâchis",),
    ),
    Question(
        title="Comparer deux enduits : combien de moules pour ne pas se tromper ?",
        body="Le fournisseur dit « vous verrez tout de suite ». J'ai fait deux moules. Je ne vois rien du tout.",
        comments=(
            other("Deux moules, c'est un avis. Pas une comparaison."),
            answer(
                "Compte le défaut que tu veux réduire : s'il touche 1 pièce sur 10, il faut une {soixantaine|cinquantaine} de pièces par enduit pour voir une division par deux. Alterne les enduits moule par moule le même jour, sinon tu compares la météo. Et fais coter les pièces par quelqu'un qui ne sait pas lequel est lequel."
            ),
            asker("Alterné, coté à l'aveugle : aucune différence, à part le prix. On garde l'ancien."),
        ),
        skills=("mould_coating", "experimental_design"),
        reasons=("m'a permis de comparer honnêtement deux produits",),
    ),
    Question(
        title="Garder la mémoire d'essais avant un départ",
        body="Quelqu'un de l'équipe part à la fin de {mois}. Trente ans d'essais dans la tête, des carnets, et une armoire.",
        comments=(
            other("Les carnets d'abord, avec son aide."),
            answer(
                "Pas de grand document. Une heure par semaine, une pièce sur la table, on enregistre et on relit ensemble. Question unique : « si tu devais recommencer, que ne referais-tu pas ? ». Vingt séances, {vingt-deux|dix-neuf} fiches d'une page. Les carnets sont numérisés et les fiches y renvoient. C'est devenu la lecture préférée des nouveaux."
            ),
            asker("Première séance {jour}. Deux heures au lieu d'une, et personne n'avait envie de finir."),
        ),
        skills=("technical_writing", "onboarding_hosting"),
        reasons=("m'a permis de sauver trente ans d'essais",),
    ),
    Question(
        title="Where do we publish failed trials?",
        body="We burned {three|four} weeks on something Lyon had already tried in spring. Nobody did anything wrong, there was simply no place to look.",
        comments=(
            other("I have a drawer full of them."),
            answer(
                'There is one now: the "did not work" shelf in the library. One page: what we tried, what happened, what we would try next. No judgement, and the person who writes keeps their name on it. It already has {eighteen|twenty-two} pages, and two of them were reused last month.'
            ),
            asker("Adding ours today. Page one: four weeks, one lesson."),
        ),
        skills=("alloy_design", "technical_writing"),
        reasons=("helped me avoid repeating a trial",),
        language="en",
    ),
)
