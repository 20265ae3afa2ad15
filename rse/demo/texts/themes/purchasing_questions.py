"""Purchasing: questions, the answers they got and what those were good for."""

from ..drafts import Question, answer, asker, other

QUESTIONS = (
    Question(
        title="Hausse annoncée de {8|9|11} % sur les résines : vous réagissez comment ?",
        body="Courrier reçu {passe}, application dans un mois, « conjoncture ». Je n'ai ni alternative qualifiée ni envie d'accepter tel quel.",
        comments=(
            other("Demander le détail. Rien que ça, ça calme."),
            answer(
                "Demande la décomposition (matière, énergie, transport) et l'indice de chaque part, puis propose une formule de révision dans les deux sens. Chez nous la vraie hausse justifiée était de 4 %, et six mois plus tard le prix a baissé grâce à la formule. Garde un ton simple, ils avaient surtout peur qu'on leur dise non."
            ),
            asker("Décomposition reçue : 3,8 % justifiés. Formule en discussion. Merci !"),
            other("Le « dans les deux sens » est la partie qui compte."),
        ),
        skills=("supplier_negotiation",),
        reasons=(
            "m'a permis de ramener une hausse à sa part justifiée",
            "m'a permis de mettre en place une formule de révision",
        ),
    ),
    Question(
        title="Visiter un fournisseur : une grille ou pas de grille ?",
        body="La grille de {90..140} questions me donne une note et pas d'avis. Sans grille, j'ai un avis et pas de trace.",
        comments=(
            other("La grille le matin, le café l'après-midi. C'est au café qu'on apprend."),
            answer(
                "Dix questions, à poser au poste et pas en salle : montrez-moi la dernière pièce refusée, où est-elle, qui l'a décidé, qu'avez-vous changé ? Si on me montre une pièce avec une étiquette et une date, je repars avec confiance. Je remplis la grille le soir, en vingt minutes. Je te passe mes dix questions."
            ),
            asker("Essayé {jour} : à la question 1, silence de trente secondes. J'ai tout compris."),
        ),
        skills=("supplier_audit",),
        reasons=("m'a permis de voir l'essentiel en une demi-journée",),
    ),
    Question(
        title="Contrat cadre : pénalités de retard, utiles ou décoratives ?",
        body="On en met toujours, on ne les applique jamais. Faut-il continuer ?",
        comments=(
            answer(
                "Mettez-en une seule, sur ce qui vous fait vraiment mal, et appliquez-la dès la première fois, même petite. Les autres, enlevez-les : une clause qu'on n'applique pas apprend au fournisseur à ne pas lire les autres. Et ajoutez une prime de ponctualité, on a été les premiers surpris de son effet."
            ),
            other("La prime coûte moins cher qu'un camion express, c'est vite vu."),
            other("Faites relire par le juridique, ils ont une clause toute prête."),
        ),
        skills=("contracts",),
        reasons=("m'a permis de simplifier notre contrat cadre",),
    ),
    Question(
        title="Où suivez-vous le cours du nickel et des ferrailles ?",
        body="Je passe d'un site à l'autre et chacun donne un chiffre différent. Il me faudrait une référence acceptée aussi par nos fournisseurs.",
        comments=(
            other("Attention aux moyennes du mois, elles ne disent pas de quel mois."),
            answer(
                "La référence, c'est celle écrite au contrat, même imparfaite. Nous prenons la moyenne du mois M-2, publiée, avec la date de consultation collée dans le dossier. J'ai une feuille qui la récupère le {3|4|5} de chaque mois pour les cinq matières, je vous y donne accès."
            ),
            asker("Accès reçu, c'est exactement ce qu'il fallait."),
        ),
        skills=("raw_materials_market",),
        reasons=("m'a permis d'arrêter les discussions de prix sur de mauvais chiffres",),
    ),
    Question(
        title="Rédiger un cahier des charges que le fournisseur lira",
        body="Le mien fait {34..48} pages, dont trente de généralités. Ils répondent à côté et je les comprends.",
        comments=(
            answer(
                "Deux pages devant : ce que la chose doit faire, comment on vérifiera, ce qui est interdit, qui décide. Les quarante autres en annexe, avec un sommaire. Fais lire les deux pages par quelqu'un de l'atelier : s'il corrige, c'est bon signe. Depuis, on reçoit des offres comparables."
            ),
            other("« Comment on vérifiera » : la partie toujours oubliée."),
            asker("Deux pages écrites, l'atelier a barré un tiers et ajouté la seule contrainte importante."),
        ),
        skills=("specification_writing",),
        reasons=("m'a permis d'obtenir trois offres vraiment comparables",),
    ),
    Question(
        title="Comparer un outillage à bas prix et un outillage local",
        body="Écart de {35|40|45} % à l'achat. Mais le délai, les retouches, les visites… Comment faites-vous le calcul sans y passer une semaine ?",
        comments=(
            other("Compte les visites. Toujours sous-estimées."),
            answer(
                "J'ai une feuille avec sept lignes : prix, transport, douane, retouches (on prend 12 %), déplacements, un mois de retard, stock de sécurité. Sur les douze derniers outillages, l'écart réel était de 9 % et pas de 40, et deux fois dans l'autre sens. Le chiffre qui surprend toujours, c'est le mois de retard."
            ),
            asker("Avec la feuille : 6 % d'écart. On prend le local, on peut y aller en voiture."),
        ),
        skills=("total_cost",),
        reasons=(
            "m'a permis de choisir l'outillage avec le vrai coût",
            "m'a permis de présenter un calcul compris par la finance",
        ),
    ),
    Question(
        title="Première négociation, et en face ils seront trois",
        body="Ils viennent à trois, moi je suis… une personne. Rendez-vous {date}. Un conseil pour ne pas se faire balader ?",
        comments=(
            other("Viens avec quelqu'un de la qualité, même muet."),
            answer(
                "Écris avant : ton objectif, ta limite, ce que tu peux donner qui ne te coûte rien (durée, volume groupé, délai de prévenance). Parle en premier de ce qui va bien. Et quand il y a un silence, laisse-le. C'est eux qui l'ont rempli, trois fois, à chaque fois avec une concession. On peut répéter ensemble {jour} si tu veux."
            ),
            asker("On a répété, et le silence a marché deux fois. C'était presque gênant."),
        ),
        skills=("supplier_negotiation", "public_speaking"),
        reasons=("m'a permis de tenir ma première négociation",),
    ),
    Question(
        title="Sous-traitant unique pour le traitement de surface, on fait quoi ?",
        body="Une seule entreprise qualifiée, {onze|neuf} personnes, et le dirigeant approche de la retraite. Tout le monde le sait, personne ne l'écrit.",
        comments=(
            answer(
                "Allez le voir et demandez-lui, simplement. On l'a fait avec notre modeleur : il cherchait un repreneur et ne savait pas que ça nous inquiétait. On a signé un volume sur trois ans, qui a aidé le repreneur à emprunter. En parallèle on a qualifié une deuxième source sur deux références seulement."
            ),
            other("Le volume garanti a plus de valeur qu'un discours."),
            other("Pour la deuxième source, la R&D peut aider à la qualification."),
        ),
        skills=("contracts", "supplier_audit"),
        reasons=("m'a permis d'aborder le sujet avec le sous-traitant",),
    ),
    Question(
        title="Regrouper les achats de gants et petits consommables : piège ou bonne idée ?",
        body="{Sept|Neuf} références de gants, quatre fournisseurs. L'économie paraît évidente et justement je me méfie.",
        comments=(
            other("Les gants, c'est personnel. Attention."),
            answer(
                "Fais essayer. On a mis trois modèles dans deux ateliers pendant trois semaines, avec un bulletin à trois cases. Le modèle choisi n'était pas le moins cher mais on en consomme moitié moins. Si on avait choisi sur catalogue, on aurait économisé 4 % et perdu la paix sociale."
            ),
            asker("Essai lancé à {site}. Le bulletin à trois cases fait l'unanimité."),
        ),
        skills=("total_cost", "spare_parts"),
        reasons=("m'a permis de choisir avec les ateliers et pas contre eux",),
    ),
    Question(
        title="Acheter d'avance quand le cours baisse, qui décide ?",
        body="Le cours est au plus bas depuis {18|20} mois. Si j'achète six mois, la trésorerie grince et le magasin déborde.",
        comments=(
            other("Personne ne décide, c'est bien le problème."),
            answer(
                "On a écrit une règle avec la finance, à froid : en dessous de tel seuil, jusqu'à trois mois de consommation, pas plus, et le magasin donne son accord sur la place. Ça prend un mail et une heure. On ne gagne pas toujours, mais on ne se dispute plus."
            ),
            other("Avec une limite écrite, la finance dit oui presque tout le temps."),
        ),
        skills=("raw_materials_market", "inventory"),
        reasons=("m'a permis de décider vite et sans dispute",),
    ),
    Question(
        title="Consulter à l'étranger : traduire le plan ou la légende ?",
        body="J'envoie une consultation à {cinq|six} fondeurs européens. Les notes du plan sont en français, très littéraires.",
        comments=(
            answer(
                "Traduisez les notes, pas le plan : une feuille bilingue numérotée, le plan renvoie aux numéros. Le bureau d'études en a une de quarante notes standard, validée par Porto. Et ajoutez deux photos de la pièce réelle : on évite la moitié des questions."
            ),
            other("« Très littéraires »… les notes de cette époque étaient presque en vers."),
        ),
        skills=("specification_writing", "english_technical"),
        reasons=("m'a permis de recevoir des réponses sans malentendu",),
    ),
    Question(
        title="Fournisseur en retard qui demande un acompte",
        body="Il a {quatre|cinq} semaines de retard et souhaite 30 % d'avance pour « sécuriser l'acier ». Le ton du mail sent la difficulté.",
        comments=(
            other("Regarde ses comptes avant de répondre."),
            answer(
                "N'avance pas d'argent sans contrepartie : proposez d'acheter l'acier vous-mêmes et de le lui livrer, il n'usine que. Ça l'aide vraiment et vous gardez la matière. On l'a fait deux fois, dont une avec un fournisseur toujours là aujourd'hui. Prévenez la finance, elle a un modèle de convention."
            ),
            asker("Acier acheté par nous, il a dit merci trois fois au téléphone."),
        ),
        skills=("supplier_negotiation", "contracts"),
        reasons=("m'a permis d'aider un fournisseur sans avancer d'argent",),
    ),
    Question(
        title="Réunion fournisseurs : faut-il encore un grand amphi ?",
        body="L'an dernier : {soixante|quatre-vingts} personnes, onze exposés, zéro question. Je dois organiser la prochaine.",
        comments=(
            other("Supprime les exposés."),
            answer(
                "On a fait des tables de six, une question par table (« qu'est-ce qui vous coûte cher chez nous sans nous servir ? »), les réponses au mur, et on s'est engagés sur trois. Une a rapporté plus que toutes les négociations de l'année : on exigeait un emballage que personne n'utilisait."
            ),
            other("Question géniale, un peu risquée, géniale."),
            asker("Même format, {date}. Merci pour la question, je la reprends mot pour mot."),
        ),
        skills=("facilitation", "supplier_audit"),
        reasons=("m'a permis d'organiser une journée fournisseurs utile",),
    ),
    Question(
        title="Standard NDA in English: which version is the good one?",
        body='I found {three|four} versions in the shared folder, two of them called "final". The supplier is waiting and rather patient.',
        comments=(
            other('The word "final" should be forbidden.'),
            answer(
                "Use the one in the legal library, dated this year, with the two-page format. The others mention an address we left long ago. Legal answers within a day if the supplier changes anything; without changes you may sign it with your manager directly."
            ),
            asker("Signed yesterday, two pages, no drama."),
        ),
        skills=("contracts", "english_technical"),
        reasons=("helped me sign with a supplier within the week",),
        language="en",
    ),
)
