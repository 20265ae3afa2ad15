"""Finance: questions, the answers they got and what those were good for."""

from ..drafts import Question, answer, asker, other

QUESTIONS = (
    Question(
        title="Pourquoi le coût horaire de l'atelier a-t-il pris {9|11|12} % ?",
        body="Le nouveau tarif interne est tombé {passe}. Dans l'atelier on travaille pareil. D'où ça vient, en français s'il vous plaît ?",
        comments=(
            other("Bonne question, on a eu la même."),
            answer(
                "Moins d'heures au dénominateur, plus d'énergie au numérateur. Les heures budgétées ont baissé de 6 % (départ d'une série), et l'énergie explique le reste. Ce n'est pas un jugement sur l'atelier : si la série revient, le taux redescend. J'ai une décomposition en trois barres, je la commente devant l'équipe {jour} si ça aide."
            ),
            asker("Avec les trois barres, tout le monde a compris en cinq minutes. Merci d'avoir pris le temps."),
        ),
        skills=("cost_accounting",),
        reasons=("m'a permis d'expliquer le coût horaire à l'équipe",),
    ),
    Question(
        title="Préparer un budget de service pour la première fois",
        body="On m'a transmis un tableau de {22..31} lignes et « bon courage ». Comment vous y prenez-vous sans recopier l'an dernier plus 2 % ?",
        comments=(
            answer(
                "Sépare ce qui est engagé (contrats, loyers), ce qui dépend de l'activité, et ce que tu choisis. Tu n'as vraiment à réfléchir qu'à la troisième partie, souvent 15 % du total. Pour chaque choix : une phrase, ce que ça permet, ce qu'on perd si on ne le fait pas. Les discussions deviennent courtes."
            ),
            other("Et garde une ligne « imprévus » assumée plutôt que dix cachées."),
            asker("Onze lignes à discuter au lieu de vingt-six. Je respire."),
        ),
        skills=("budgeting",),
        reasons=(
            "m'a permis de construire mon premier budget",
            "m'a permis de défendre un choix en trois phrases",
        ),
    ),
    Question(
        title="Dossier d'investissement refusé deux fois, que manque-t-il ?",
        body="Une cabine de grenaillage, {140|160|180} k€. Le gain est réel, mais le comité dit « pas convaincu ». Je finis par douter.",
        comments=(
            other("Ils disent ça à tout le monde au moins une fois."),
            answer(
                "Ton dossier montre le gain moyen. Montre aussi ce qui se passe si on ne fait rien (l'ancienne cabine s'arrête, combien de jours, qui attend), et un cas prudent avec la moitié du gain. Et viens avec la personne du poste : trois minutes de sa part valent dix pages. On a fait accepter le four comme ça, au troisième passage."
            ),
            asker("Accepté {jour} ! Le comité n'a posé de questions qu'au grenailleur. Merci."),
        ),
        skills=("capex_case",),
        reasons=("m'a permis de faire accepter un investissement",),
    ),
    Question(
        title="Factures bloquées faute de réception : on tourne en rond",
        body="Chaque mois {60..85} factures attendent, le fournisseur relance, le magasin dit « c'est arrivé », personne n'a réceptionné. Comment en sortir ?",
        comments=(
            other("Chez nous c'était pareil, puis on a mis une personne le matin."),
            answer(
                "Fais la liste des dix adresses qui bloquent le plus, et va voir. On a trouvé des livraisons directes à l'atelier, jamais vues par le magasin. Solution : un bac bleu à l'atelier et une réception par photo avant 11 h. Les blocages sont passés de 80 à 12 en deux mois. Ce n'était pas un problème de discipline, c'était un trajet."
            ),
            asker("« Ce n'était pas un problème de discipline, c'était un trajet. » Exactement."),
        ),
        skills=("invoicing",),
        reasons=("m'a permis de débloquer les factures d'un atelier",),
    ),
    Question(
        title="Prévision de trésorerie : à quelle maille travaillez-vous ?",
        body="Au jour c'est illusoire, au mois c'est trop tard. On me demande « quelque chose de fiable à six semaines ».",
        comments=(
            answer(
                "À la semaine, avec trois niveaux : sûr, probable, espéré. Et la ligne qu'on oublie : les acomptes clients qui glissent. On compare chaque {lundi|vendredi} prévu et réel sur les dix plus gros flux seulement. Au bout de deux mois l'écart moyen était de 4 %. Le tableau est simple, je te l'envoie."
            ),
            other("Demandez aussi au commerce, ils savent qui paiera en retard."),
        ),
        skills=("cash_flow",),
        reasons=("m'a permis de fiabiliser la prévision à six semaines",),
    ),
    Question(
        title="Devis gagné, marge perdue : on a regardé où ?",
        body="La {ref} devait laisser 14 %, elle en laisse {2|3}. Avant d'accuser quelqu'un, j'aimerais une méthode.",
        comments=(
            other("Le rebut. C'est toujours le rebut."),
            answer(
                "Compare ligne à ligne devis et réel sur trois séries : matière, temps, rebut, transport. Chez nous c'était le temps d'ébarbage (devis 9 min, réel 21), parce que le chiffrage reprenait une pièce plus simple. Depuis, le chiffrage revient voir la pièce après la troisième série. Cinq minutes, et les devis se corrigent d'eux-mêmes."
            ),
            asker("Ébarbage chez nous aussi : 8 prévues, 19 réelles. On tient la cause."),
        ),
        skills=("cost_accounting", "quoting"),
        reasons=(
            "m'a permis de retrouver où partait la marge",
            "m'a permis de corriger nos temps de chiffrage",
        ),
    ),
    Question(
        title="Formule qui marche chez moi et pas chez la collègue",
        body="Même fichier, résultats différents. Les totaux sont à {120..340} € près. On a l'air fin devant le comité.",
        comments=(
            other("Séparateur décimal !"),
            answer(
                "Regarde les options régionales : si elle est en anglais, « 1,250 » devient mille deux cent cinquante. Et vérifie que la colonne est du nombre et pas du texte (aligné à gauche, c'est du texte). Pour les fichiers partagés entre Porto et Nantes, on verrouille le format à l'ouverture, je te passe le modèle."
            ),
            asker("Vingt-trois cellules en texte. Honte et gratitude."),
        ),
        skills=("spreadsheet",),
        reasons=("m'a permis de corriger un fichier avant le comité",),
    ),
    Question(
        title="Revue de budget mensuelle : deux heures pour rien ?",
        body="On passe {une heure quarante|deux heures} à expliquer des écarts de 300 €, et les gros sujets ont cinq minutes. Vous faites comment ?",
        comments=(
            answer(
                "Seuil écrit : on ne parle que des écarts au-dessus de 5 000 € ou qui se répètent trois mois. La personne responsable envoie une phrase la veille, la réunion ne sert qu'à décider. Trente-cinq minutes, et les gens viennent avec des solutions. Le premier mois, tout le monde a paniqué, le deuxième, plus personne n'aurait voulu revenir en arrière."
            ),
            other("« Une phrase la veille » : essayé, ça change le ton."),
        ),
        skills=("budgeting", "facilitation"),
        reasons=("m'a permis de diviser par trois la durée de la revue",),
    ),
    Question(
        title="Chiffrer une économie d'énergie quand le prix bouge tout le temps",
        body="Avec quel prix du kilowattheure montez-vous vos dossiers ? Selon la source, le retour est de {2|3} ou {6|7} ans.",
        comments=(
            other("Avec celui qui fait passer le dossier. (C'est une blague.)"),
            answer(
                "Prends le prix du contrat en cours, puis deux bornes (moins 30 %, plus 50 %), et donne le résultat en kilowattheures d'abord, en euros ensuite. Le comité décide sur la borne basse. Si c'est rentable là, plus de débat. La feuille type est à jour chaque trimestre."
            ),
            asker("Rentable même à la borne basse : 4 ans. Dossier envoyé."),
        ),
        skills=("capex_case", "energy"),
        reasons=("m'a permis de présenter un dossier énergie solide",),
    ),
    Question(
        title="Expliquer un prix de revient à des gens qui n'aiment pas les tableaux",
        body="On me demande une heure devant l'atelier de {site}. J'ai {quarante|cinquante} lignes et le souvenir de ma dernière tentative.",
        comments=(
            answer(
                "Prends une vraie pièce, pose-la sur la table, et empile des cubes : matière, énergie, temps, rebut, reste. Fais deviner avant de montrer. La dernière fois quelqu'un a pris le cube « rebut » et a dit « c'est tout ça ? ». Il n'y avait plus rien à expliquer. Les cubes sont dans mon bureau, servez-vous."
            ),
            asker("Cubes empruntés, succès complet. Ils veulent la même chose pour une autre pièce."),
        ),
        skills=("cost_accounting", "workshop_facilitation"),
        reasons=("m'a permis de faire comprendre un prix de revient en une heure",),
    ),
    Question(
        title="Client qui paie toujours à {75|80} jours, on dit quelque chose ?",
        body="Contrat à 45 jours. Bon client, gros volumes, ton cordial. Le commerce marche sur des œufs.",
        comments=(
            other("Le commerce marche sur des œufs en permanence, c'est le métier."),
            answer(
                "Appelle la comptabilité d'en face, pas l'acheteur. Chez nous les factures partaient sans leur numéro de réception, donc rejetées sans bruit. On a ajouté le champ : 47 jours depuis. Neuf fois sur dix le retard est technique et personne n'est fâché."
            ),
            asker("Adresse d'envoi obsolète. Un appel. Deux ans de retard expliqués."),
        ),
        skills=("invoicing", "customer_meeting"),
        reasons=("m'a permis de faire payer un client sans le fâcher",),
    ),
    Question(
        title="Suivre un projet dont personne ne sait ce qu'il reste à dépenser",
        body="Dépensé : {62|68} %. Avancement : « presque fini » depuis {trois|quatre} mois. Je sens venir la surprise.",
        comments=(
            answer(
                "Demande une seule chose par lot : le reste à faire, en euros, par la personne qui fait. Pas l'avancement en pourcentage, qui reste à 90 jusqu'à la fin des temps. La somme fait souvent mal une fois, et ensuite plus jamais. Refais-le chaque mois en dix minutes."
            ),
            other("« Reste à 90 jusqu'à la fin des temps », tellement vrai."),
        ),
        skills=("budgeting", "project_management"),
        reasons=("m'a permis de voir le dépassement deux mois plus tôt",),
    ),
    Question(
        title="Acomptes fournisseurs : où sont-ils, déjà ?",
        body="En préparant la clôture, je trouve {neuf|onze} acomptes sans trace de livraison, certains de {mois_passe}. Qui suit ça normalement ?",
        comments=(
            other("Tout le monde, donc personne."),
            answer(
                "On a créé une liste partagée avec les achats : montant, date promise, prénom. Relue le premier {jour} du mois en dix minutes. Au premier tour on a récupéré {14|19|23} k€ oubliés. Depuis, aucun acompte ne part sans date de fin."
            ),
            asker("Liste créée, deux acomptes déjà soldés. Merci !"),
        ),
        skills=("cash_flow", "contracts"),
        reasons=("m'a permis de récupérer des acomptes oubliés",),
    ),
    Question(
        title='How do we explain "taux horaire" to the Porto team?',
        body="They get charged an hourly rate for engineering support and rightly ask what is inside. My translation sounds like a threat.",
        comments=(
            other('Everything with "rate" sounds like a threat.'),
            answer(
                "Show the three bars: people, space and machines, energy. One sentence each, with last year beside it. And say what it is not: it is not a price, it is a way to share a cost. I did it in thirty minutes over video, they had better questions than we do."
            ),
            asker("Done. They asked why the space part never changes. We are checking."),
        ),
        skills=("cost_accounting", "english_technical"),
        reasons=("helped me explain our internal rates",),
        language="en",
    ),
)
