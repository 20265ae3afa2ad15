"""Human resources and working life: questions, the answers they got and what those were good for."""

from ..drafts import Question, answer, asker, other

QUESTIONS = (
    Question(
        title="Entretien de recrutement : quelles questions gardez-vous vraiment ?",
        body="On a une trame de {24..32} questions, et à la fin chacun choisit au ressenti. J'aimerais une trame courte et juste.",
        comments=(
            other("« Racontez-moi une fois où… » et pas « que feriez-vous si »."),
            answer(
                "Quatre situations tirées du vrai poste, les mêmes pour tout le monde, et on note ce que la personne a fait, pas comment elle était. Deux recruteurs écrivent séparément avant de se parler. On s'est aperçus que nos premières impressions changeaient d'avis une fois sur trois. La trame fait une page."
            ),
            asker(
                "Trame adoptée pour les trois prochains entretiens. Le « séparément avant de se parler » pique un peu, mais c'est juste."
            ),
        ),
        skills=("interviewing",),
        reasons=("m'a permis de mener des entretiens plus équitables",),
    ),
    Question(
        title="Changer de métier en interne : par où commencer quand on n'ose pas ?",
        body="Je travaille {ici|à l'atelier} depuis {huit|neuf|onze} ans et je me demande si la logistique ne serait pas plus pour moi. Mais en parler à mon responsable trop tôt me gêne. Comment avez-vous fait ?",
        comments=(
            other("Une journée « vis ma vie ». Ça n'engage à rien et ça change tout."),
            answer(
                "Commence par voir le métier : une journée d'immersion, puis un café avec deux personnes qui l'exercent, une arrivée récemment et une ancienne. Ensuite, regarde les offres et compare ce que tu as déjà. La candidature interne reste entre toi et les personnes nommées sur la page « qui sait », donc tu peux avancer tranquillement. Je l'ai fait il y a trois ans, écris-moi si tu veux."
            ),
            asker("J'ai écrit. Merci, ça enlève un poids."),
            other("Bon courage ! C'est une belle équipe."),
        ),
        skills=("mobility_advice",),
        reasons=(
            "m'a permis d'oser demander une immersion",
            "m'a permis d'en parler au bon moment",
        ),
    ),
    Question(
        title="Formation interne : comment savoir si elle a servi ?",
        body="Le questionnaire de fin de stage est toujours excellent (surtout le déjeuner). Trois mois après, on ne sait rien.",
        comments=(
            answer(
                "On demande à la personne, avant, une chose qu'elle veut savoir faire. Six semaines après, on lui demande si elle l'a faite, et ce qui l'a aidée ou empêchée. Une question, deux minutes, réponse facultative. On a arrêté deux formations et allongé une troisième grâce à ça."
            ),
            other("« Ce qui l'a empêchée » : chez nous c'était l'accès à la machine, pas la formation."),
            other("Le déjeuner restera excellent, c'est non négociable."),
        ),
        skills=("training_design",),
        reasons=("m'a permis de corriger une formation qui ne servait pas",),
    ),
    Question(
        title="Décaler ses horaires deux jours par semaine, c'est prévu ?",
        body="Question simple : pour des raisons d'organisation, j'aimerais commencer à {10|9 h 30|10 h 30} le {jour} et le jeudi. À qui demander, et est-ce écrit quelque part ?",
        comments=(
            other("Dépend du service, mais ça se fait."),
            answer(
                "C'est prévu pour les postes hors équipe : demande à ton responsable, réponse écrite sous quinze jours, et essai de deux mois. Le texte tient sur une page dans le guide, rubrique horaires. Pour les équipes postées, c'est un échange de poste avec l'accord des deux personnes. Pas besoin de donner la raison."
            ),
            asker("Demande faite, réponse en trois jours. Merci !"),
        ),
        skills=("employment_rules",),
        reasons=("m'a permis de faire ma demande simplement",),
    ),
    Question(
        title="Que préparez-vous avant l'arrivée de quelqu'un ?",
        body="Nous accueillons une personne {date}. L'ordinateur, d'accord. Mais le reste ?",
        comments=(
            other("Prévenir le poste de garde. Quelqu'un a attendu 40 minutes au portail une fois, la honte."),
            answer(
                "Trois choses qu'on oublie : un vrai premier travail à finir dans la semaine (petit mais réel), un repas prévu chaque midi de la première semaine avec des gens différents, et un message la veille avec l'heure, l'endroit et un prénom. La personne arrive en sachant à qui dire bonjour. Le reste suit."
            ),
            asker("Le premier travail réel, on n'y pensait pas du tout. C'est noté."),
            other("Et l'écriture correcte du nom sur le badge !"),
        ),
        skills=("onboarding_hosting",),
        reasons=("m'a permis de préparer une arrivée autrement que par l'ordinateur",),
    ),
    Question(
        title="Mentorat : de quoi parle-t-on à la première séance ?",
        body="Première séance {jour}, et je crains le silence gêné. Ou le cours magistral. Des idées ?",
        comments=(
            answer(
                "Échangez vos parcours en dix minutes chacun, ratés compris. Puis trois questions : qu'est-ce que tu voudrais savoir faire dans six mois, qu'est-ce qui t'en empêche aujourd'hui, qu'est-ce que tu ne veux pas que je fasse ? La troisième est la plus importante. Notez un objectif, un seul, et la date suivante."
            ),
            other("La troisième question est un cadeau pour les deux."),
            asker("Première séance faite, on a débordé d'une heure. La troisième question a tout lancé."),
        ),
        skills=("mentoring",),
        reasons=("m'a permis de réussir ma première séance de mentorat",),
    ),
    Question(
        title="Reprendre une équipe dont on faisait partie",
        body="Depuis {passe}, je coordonne les collègues avec qui je déjeunais la veille. C'est chouette et c'est bizarre. Comment trouver la bonne distance ?",
        comments=(
            other("Continue à déjeuner. Mais pas tous les jours avec les mêmes."),
            answer(
                "Dis-le tout haut, dès la première semaine : « c'est bizarre pour moi aussi, dites-moi quand je me trompe ». Vois chaque personne une demi-heure et demande ce qu'elle ne veut surtout pas perdre. Et prends une vraie décision dans le mois, même petite, pas pour l'autorité : pour que tout le monde sache que tu peux en prendre."
            ),
            asker("Les demi-heures sont faites. J'ai appris des choses en {six|sept} entretiens que j'ignorais en trois ans."),
        ),
        skills=("team_leading",),
        reasons=(
            "m'a permis de trouver ma place dans mon ancienne équipe",
            "m'a permis de commencer par écouter",
        ),
    ),
    Question(
        title="Lire sa fiche de paie de nuit sans diplôme",
        body="Majorations, repos compensateur, prime de panier : je n'arrive pas à retrouver le compte. Quelqu'un peut expliquer avec un exemple ?",
        comments=(
            answer(
                "On a une feuille d'exemple avec une vraie semaine de nuit décortiquée ligne par ligne (chiffres inventés). Elle est dans le guide, rubrique paie, et on tient une permanence {jour} de {5|6} h à 7 h, justement pour les équipes de nuit. Venez avec votre fiche, on regarde ensemble, porte fermée."
            ),
            other("La permanence à 6 h, merci d'avoir pensé à nous."),
            other("La feuille d'exemple est très bien faite."),
        ),
        skills=("payroll",),
        reasons=("m'a permis de comprendre ma fiche de paie",),
    ),
    Question(
        title="Candidature interne : faut-il refaire tout un CV ?",
        body="L'offre de {méthodes|planification} m'intéresse. Mon dernier CV date de mon arrivée, il parle encore d'un logiciel disparu.",
        comments=(
            other("Le logiciel disparu, c'est le charme."),
            answer(
                "Pas besoin de tout refaire : le CV interne se compose depuis ton profil, tu coches les lignes que tu veux montrer. Ajoute deux preuves de ce que tu as fait récemment, avec une phrase sur le résultat. Ce que les recruteurs lisent vraiment, c'est « ce que j'ai fait, pour qui, ce que ça a changé »."
            ),
            asker("Quatre lignes cochées, deux preuves. Envoyé en vingt minutes."),
        ),
        skills=("mobility_advice", "interviewing"),
        reasons=("m'a permis de préparer ma candidature interne",),
    ),
    Question(
        title="Former des gens qui en savent plus que moi",
        body="On me demande d'animer une session sur les gammes devant {huit|dix} personnes dont la moitié a trente ans de métier. Le syndrome de l'imposteur frappe fort.",
        comments=(
            other("Ils sont gentils. Bruyants, mais gentils."),
            answer(
                "Ne les forme pas : fais-les parler. Prépare cinq cas et demande « comment feriez-vous ? ». Ton rôle, c'est de noter, relancer et faire apparaître les désaccords. Tu repars avec la meilleure gamme, et eux avec l'impression (juste) que c'est la leur. J'ai appris plus ce jour-là qu'en un an."
            ),
            asker("Fait {passe}. Deux heures, trois désaccords passionnants, une gamme. Et ils ont redemandé."),
        ),
        skills=("training_design", "facilitation"),
        reasons=("m'a permis d'animer une session face à des experts",),
    ),
    Question(
        title="Annoncer une réorganisation à son équipe sans langue de bois",
        body="L'équipe sera rattachée à un autre service en {mois}. Rien de grave, mais on a déjà trois rumeurs d'avance.",
        comments=(
            answer(
                "Dis ce qui est décidé, ce qui ne l'est pas, et ce que tu ne sais pas. Dans cet ordre, en quinze minutes, avec la date du prochain point. Et vois ensuite chaque personne, même cinq minutes. Les rumeurs poussent dans ce qu'on ne dit pas. J'ai dit « je ne sais pas » six fois, personne ne m'en a voulu."
            ),
            other("« Je ne sais pas » six fois, c'est du courage."),
        ),
        skills=("team_leading", "change_support"),
        reasons=("m'a permis d'annoncer un changement simplement",),
    ),
    Question(
        title="Compte épargne temps : jusqu'à quand peut-on poser ?",
        body="Je me perds entre les dates. Il me reste {6..11} jours et j'ai entendu trois versions à la machine à café.",
        comments=(
            other("La version de la machine à café est toujours la plus sombre."),
            answer(
                "Jusqu'au 31 {mai|décembre} pour les jours de l'année, avec un plafond de dix vers le compte, et rien ne se perd sans qu'on t'écrive avant. Les règles sont sur une page dans le guide et le compteur est visible sur ton bulletin, en bas à droite. En cas de doute, la permanence paie est ouverte {jour} après-midi."
            ),
            asker("Compteur trouvé, en bas à droite en effet. Trois ans que je le cherchais en haut."),
        ),
        skills=("employment_rules", "payroll"),
        reasons=("m'a permis de poser mes jours sans en perdre",),
    ),
    Question(
        title="Prendre la parole devant soixante personnes, vos remèdes ?",
        body="Je présente {date} le bilan de l'équipe. Mon cœur bat déjà. Conseils pratiques uniquement, pas « imagine-les en pyjama ».",
        comments=(
            other("Zut, c'était mon conseil."),
            answer(
                "Arrive une demi-heure avant, parle à trois personnes dans la salle, choisis leurs visages. Apprends par cœur la première phrase et la dernière, jamais le milieu. Une seule idée par image, et une bouteille d'eau : boire donne trois secondes pour respirer. On peut répéter {jour} midi, j'ai la salle."
            ),
            asker("C'est passé ! La première phrase par cœur, ça porte tout le reste. Merci pour la répétition."),
        ),
        skills=("public_speaking", "facilitation"),
        reasons=(
            "m'a permis de présenter sans perdre mes moyens",
            "m'a permis de répéter avec quelqu'un de bienveillant",
        ),
    ),
    Question(
        title="Moving from Porto to Lyon for a six-month mission, any feedback?",
        body="I was offered a mission in {quality|methods} from {month}. I know the work. I know nothing about the rest: housing, contract, coming back.",
        comments=(
            other("Bring a coat."),
            answer(
                "I did it two years ago. You keep your contract and your position, the mission letter states the return date. The mobility team finds a flat for the first two months, and a buddy in the host team is named before you leave. What made the difference for me: three days on site before saying yes. Ask for them, they are always granted."
            ),
            asker("Three days booked. Thank you, that changes everything."),
        ),
        skills=("mobility_advice", "english_technical"),
        reasons=("helped me say yes to a mission abroad",),
        language="en",
    ),
)
