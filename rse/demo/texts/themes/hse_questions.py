"""Health, safety, environment: questions, the answers they got and what those were good for."""

from ..drafts import Question, answer, asker, other

QUESTIONS = (
    Question(
        title="Évaluation des risques à jour, mais personne ne la lit",
        body="Notre document fait {180..240} lignes. Il est juste, et il vit dans une armoire. Comment le rendez-vous utile au poste ?",
        comments=(
            other("On en tire une affiche par poste, trois risques maximum."),
            answer(
                "On l'a refait à l'envers : chaque équipe choisit ses trois risques, avec ses mots, et propose une action faisable en un mois. Le document officiel reprend leurs lignes. Les {28..36} fiches sont affichées au poste et relues quand la date est passée. Le plus utile a été de nommer une personne et une date par action, comme pour n'importe quel travail."
            ),
            asker("Premier essai avec l'équipe de parachèvement : quatre actions sur cinq faites en trois semaines."),
        ),
        skills=("risk_assessment",),
        reasons=(
            "m'a permis de faire vivre l'évaluation des risques dans l'atelier",
            "m'a permis d'obtenir des actions datées",
        ),
    ),
    Question(
        title="Faire remonter les presque-accidents sans que ça tourne au tribunal",
        body="On en a eu {deux|trois} déclarés en six mois. Il y en a dix fois plus, évidemment. La peur d'être montré du doigt est réelle.",
        comments=(
            answer(
                "Trois règles chez nous : pas de nom dans la fiche, réponse en 48 h à la personne (même « on regarde »), et la première fiche de l'année est écrite par la direction du site. On est passés de 4 à {55..70} par an, et les accidents ont baissé. Ce qui décide les gens, c'est de voir la barrière réparée le lendemain."
            ),
            other("La fiche de la direction, ça a changé l'ambiance ici aussi."),
            other("Et on remercie, toujours, même quand c'est petit."),
        ),
        skills=("incident_analysis",),
        reasons=("m'a permis de multiplier les remontées de presque-accidents",),
    ),
    Question(
        title="Étiquettes illisibles sur les bidons transvasés",
        body="L'enduit mange l'encre en une semaine. On retrouve des bidons anonymes et on devine à l'odeur, ce qui n'est pas une méthode.",
        comments=(
            other("Deviner à l'odeur, non !!"),
            answer(
                "Étiquettes gravées sur collier réutilisable, une couleur par famille, et les pulvérisateurs vides sont rangés avec leur collier. On a acheté {quarante|soixante} colliers, ça tient dans un tiroir. Règle simple : bidon sans collier = bidon à la benne spéciale, pas de discussion."
            ),
            asker("Colliers commandés. En attendant, gros feutre et ruban."),
        ),
        skills=("chemical_risk",),
        reasons=("m'a permis de supprimer les bidons anonymes",),
    ),
    Question(
        title="Poste d'ébarbage : bras levés, des idées à petit budget ?",
        body="Les pièces arrivent à hauteur d'épaule. Une table élévatrice est budgétée pour {mois}, mais d'ici là ?",
        comments=(
            other("Une estrade ?"),
            answer(
                "Estrade de 20 cm et bac renversé en attendant : pas joli, mais l'angle du bras passe sous 60°. Surtout, tournez toutes les deux heures avec un poste debout-assis. Faites venir l'ergonome de Saint-Nazaire, il filme dix minutes et propose trois choses faisables dans la semaine. La nôtre : retourner la pièce avant l'ébarbage et pas après."
            ),
            asker("Retourner la pièce avant… cela ne coûte rien et ça change tout."),
        ),
        skills=("ergonomics",),
        reasons=("m'a permis de soulager le poste avant l'arrivée de la table",),
    ),
    Question(
        title="Exercice d'évacuation de nuit : vous le prévenez ou pas ?",
        body="On n'en a jamais fait de nuit. L'équipe est de {14..20} personnes, avec des fours qui ne s'arrêtent pas en dix secondes.",
        comments=(
            answer(
                "Le premier, prévenu, à une date connue, pour régler la question des fours (qui reste, combien de temps, qui décide). Le deuxième, sans prévenir, un mois plus tard. On a découvert qu'une issue était fermée à clé après 21 h : rien que pour ça, l'exercice valait le coup."
            ),
            other("Nous : la sirène était inaudible au noyautage. Flash lumineux ajouté."),
            asker("Exercice prévu avec l'équipe de nuit. Ce sont eux qui choisissent la date."),
        ),
        skills=("fire_safety",),
        reasons=(
            "m'a permis d'organiser un exercice de nuit utile",
            "m'a permis de découvrir une issue fermée",
        ),
    ),
    Question(
        title="Poussières de sable : benne ordinaire ou filière dédiée ?",
        body="Le prestataire change ses consignes tous les six mois. Qui a une réponse écrite et récente ?",
        comments=(
            other("On a la réponse, mais elle date de {mois_passe}."),
            answer(
                "La réponse écrite est dans la bibliothèque, « déchets de fonderie, fiche 7 ». En bref : sable non brûlé, valorisation ; poussières de dépoussiéreur, filière dédiée avec analyse annuelle. Ne mélangez jamais les deux, sinon tout part au plus cher. On a économisé en séparant avec un simple godet de couleur."
            ),
            asker("Fiche 7 affichée près des bennes, merci."),
        ),
        skills=("environment",),
        reasons=("m'a permis de trier les poussières correctement",),
    ),
    Question(
        title="Baisser la facture d'énergie du four de maintien",
        body="Il tourne le week-end à pleine consigne, « parce que redémarrer prend trop de temps ». Quelqu'un a mesuré pour de vrai ?",
        comments=(
            answer(
                "Mesuré : une consigne réduite de 180 °C du samedi 6 h au dimanche 20 h coûte quatre heures de remontée et économise {6|7|8} % sur la semaine. Il faut un couvercle correct, sinon tout part par le haut. L'équipe du lundi n'a rien remarqué. La courbe est jointe à la fiche énergie."
            ),
            other("Le couvercle ! Le nôtre ferme aux deux tiers."),
            other("On peut cumuler avec la navette chaleur vers l'étuve, parlons-en."),
        ),
        skills=("energy",),
        reasons=("m'a permis de réduire la consommation du week-end",),
    ),
    Question(
        title="Causerie sécurité : comment éviter le monologue ?",
        body="Dix minutes chaque {jour}, je parle, ils regardent leurs chaussures. Elles sont très propres, leurs chaussures.",
        comments=(
            other("Change de place ! Fais-la devant la machine."),
            answer(
                "Pose une seule question et tais-toi : « qu'est-ce qui a failli mal tourner cette semaine ? ». Le silence dure vingt secondes, puis quelqu'un parle. Et c'est une personne différente de l'équipe qui anime chaque semaine. En deux mois on avait plus de sujets que de semaines."
            ),
            asker("Vingt-trois secondes. Puis quatre personnes en même temps."),
        ),
        skills=("risk_assessment", "facilitation"),
        reasons=("m'a permis de faire parler l'équipe pendant les causeries",),
    ),
    Question(
        title="Cadenas personnels : un par personne ou pool commun ?",
        body="En ce moment c'est un pool. On ne sait jamais à qui est celui qui reste, et on attend l'équipe suivante pour le retirer.",
        comments=(
            other("Un par personne, sans hésiter."),
            answer(
                "Un par personne avec prénom gravé, deux clés : une sur soi, l'autre sous enveloppe scellée chez le responsable sécurité. L'enveloppe n'a été ouverte que deux fois en quatre ans, avec deux signatures. Et six cadenas rouges pour les entreprises extérieures, tracés. C'est devenu une fierté, certains y ont mis un autocollant."
            ),
            other("L'autocollant, c'est presque un rite."),
        ),
        skills=("lockout", "incident_analysis"),
        reasons=("m'a permis de faire passer les cadenas personnels",),
    ),
    Question(
        title="Charges au magasin : limiter à combien en vrai ?",
        body="La règle dit 25 kg, la pratique dit {30|32}. Les gens ne se plaignent pas, et c'est peut-être le problème.",
        comments=(
            answer(
                "Compte le cumul, pas la charge : une personne qui soulève 15 kg deux cents fois a porté trois tonnes. On a calculé par poste et par jour, c'est parlant. Ensuite on a rangé le lourd entre genoux et épaules. Deux après-midi de travail, et le poste est redevenu vivable."
            ),
            other("Trois tonnes par jour. Dit comme ça…"),
            asker("Calculé chez nous : 4,2 tonnes pour un poste. Réunion demain."),
        ),
        skills=("ergonomics", "packaging"),
        reasons=("m'a permis d'objectiver la charge d'un poste",),
    ),
    Question(
        title="Accueil sécurité des intérimaires en une heure, c'est tenable ?",
        body="Ils arrivent à 5 h, la ligne démarre à 6. Une heure pour tout dire, et le livret fait {22|26} pages.",
        comments=(
            other("Le livret, ils le lisent dans le bus. Ou pas."),
            answer(
                "Pas tout dire : trois dangers mortels de l'atelier, montrés sur place, puis une personne référente pour la journée avec un brassard. Le reste dans la semaine, par morceaux. On vérifie le lendemain avec trois questions orales. Si la personne hésite, on reprend, et on ne le note nulle part."
            ),
            asker("Le brassard marche très bien : tout le monde sait à qui parler."),
        ),
        skills=("onboarding_hosting", "risk_assessment"),
        reasons=("m'a permis de refaire l'accueil sécurité des intérimaires",),
    ),
    Question(
        title="Fiche de données de sécurité : qui vous aide à la résumer ?",
        body="Seize pages pour un dégrippant. J'aimerais quatre lignes lisibles au poste, sans me tromper.",
        comments=(
            answer(
                "Quatre lignes : ce que ça fait au corps, ce qu'on porte, ce qu'on fait si ça éclabousse, où ça va quand c'est vide. On les rédige à deux, une personne de la prévention et une de l'atelier, et le service de santé relit une fois par trimestre. Nous en avons {60..85} déjà prêtes, servez-vous."
            ),
            other("Merci, j'en prends douze d'un coup."),
        ),
        skills=("environment", "technical_writing"),
        reasons=("m'a permis d'afficher une fiche courte au poste",),
    ),
    Question(
        title="Batteries de chariots : recharge dans l'allée, acceptable ?",
        body="Faute de place, {quatre|six} chariots chargent près du stock de cartons. Je n'aime pas du tout.",
        comments=(
            other("Moi non plus !"),
            answer(
                "Non, sortez-les de là. Règle que nous suivons : zone ventilée, rien de combustible à trois mètres, détection, et coupure accessible. On a récupéré l'ancien local à huiles, nettoyé, ventilé : deux semaines de travaux. En attendant, déplacez les cartons, c'est plus rapide que déplacer les chariots."
            ),
            asker("Cartons déplacés ce matin. Local visité cet après-midi."),
        ),
        skills=("fire_safety", "energy"),
        reasons=("m'a permis de mettre les recharges en sécurité le jour même",),
    ),
    Question(
        title="Safety induction for visitors who speak neither French nor English",
        body="We welcome {four|six} people from a customer on {date}. Interpreters arrive later in the morning. How do you make the first hour safe?",
        comments=(
            other("Draw it. Really."),
            answer(
                'One page with pictograms only, tested on people from another site: walk here, do not touch, follow the green jacket, this sound means out. Then one host for three visitors, always. The page is in the library under "pictograms", no language at all, so nothing to translate.'
            ),
            asker("Worked perfectly, they asked to keep the page."),
        ),
        skills=("risk_assessment", "english_technical"),
        reasons=("helped me welcome visitors safely on the first morning",),
        language="en",
    ),
)
