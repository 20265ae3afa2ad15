"""Welcoming newcomers: questions, the answers they got and what those were good for."""

from ..drafts import Question, answer, asker, other

QUESTIONS = (
    Question(
        title="Où sont les plans des bâtiments, et pourquoi le 3 est-il entre le 5 et le 7 ?",
        body="{Bonjour !|Bonjour à tous,} trois jours que je suis là et je me perds encore. Y a-t-il un plan quelque part ? Et une explication pour le bâtiment 3 ?",
        comments=(
            other("Il y a une explication, mais elle est longue et elle implique un architecte fâché."),
            answer(
                "Le plan est dans le guide d'accueil, page « Se repérer », avec les raccourcis par temps de pluie. Le 3 a été détruit et reconstruit ailleurs en gardant son numéro, pour ne pas refaire les étiquettes des compteurs. Tout le monde se perd le premier mois. Demande ton chemin, c'est comme ça qu'on rencontre les gens."
            ),
            asker("Plan trouvé, merci. J'ai rencontré quatre personnes rien qu'en cherchant la salle B."),
        ),
        skills=("onboarding_hosting",),
        reasons=("m'a permis d'arrêter d'arriver en retard aux réunions",),
    ),
    Question(
        title="Badge qui n'ouvre pas la porte de l'atelier {atelier}",
        body="J'ai accès aux bureaux mais pas à l'atelier, alors que mon poste est… à l'atelier. À qui je demande sans déranger la moitié de l'entreprise ?",
        comments=(
            answer(
                "Au poste de garde, ils ouvrent les droits en cinq minutes si ton responsable a coché la zone. Sinon, un message à l'assistance avec ton numéro de badge. Et pour aujourd'hui, demande à quelqu'un de t'accompagner, ne bloque pas la porte avec un carton (oui, ça s'est vu)."
            ),
            other("Le carton, c'était en {mois_passe}. On ne dénoncera personne."),
            asker("Ouvert ! Merci, et merci à la personne qui m'a fait entrer ce matin."),
        ),
        skills=("onboarding_hosting",),
        reasons=("m'a permis d'avoir le bon accès le jour même",),
    ),
    Question(
        title="Combien de temps avant de se sentir utile ?",
        body="Deuxième semaine. Tout le monde est adorable, j'apprends plein de choses et j'ai l'impression de ne servir à rien. C'est normal ?",
        comments=(
            other("Totalement. Ça m'a duré six semaines."),
            other("Deux mois pour ma part, et un jour quelqu'un m'a posé une question et je savais répondre. Ça arrive d'un coup."),
            answer(
                "C'est normal, et il y a un remède : demande un petit travail que tu peux finir seul ou seule cette semaine. Un vrai, dont quelqu'un a besoin. Chez nous c'était refaire le plan du magasin de consommables. Et note les choses qui t'étonnent, dans un mois tu ne les verras plus, elles sont précieuses."
            ),
            asker("J'ai demandé : on m'a confié la mise à jour d'une gamme. Ça va déjà mieux."),
        ),
        skills=("mentoring", "onboarding_hosting"),
        reasons=(
            "m'a permis de demander un vrai petit travail",
            "m'a permis de me sentir à ma place",
        ),
    ),
    Question(
        title="À qui parle-t-on quand on n'a personne avec qui déjeuner ?",
        body="Question un peu bête mais bon. Mon équipe est {à Lyon|en horaires décalés} cette semaine. Il y a un endroit ou un groupe pour ça ?",
        comments=(
            other("Pas bête du tout !"),
            answer(
                "Table ronde près de la fenêtre, de midi à 12 h 45 : c'est la table de qui veut. On y parle de tout sauf du sable (on essaie). Et la communauté « Midi ensemble » de ton site annonce les tables de la semaine. Viens {jour}, je te garde une place."
            ),
            asker("Alors je viens, merci !"),
            other("On a parlé du sable."),
        ),
        skills=("onboarding_hosting",),
        reasons=("m'a permis de déjeuner avec des gens d'autres services",),
    ),
    Question(
        title="Les acronymes : quelqu'un a une liste ?",
        body="En une réunion : OF, TRS, MMT, AMDEC, DLC, PAP et « le BBC du mardi ». J'ai noté, j'ai souri, je n'ai rien compris.",
        comments=(
            other("Le BBC, c'est « bilan bref du chantier ». Personne ne s'en souvient."),
            answer(
                "Liste dans le guide d'accueil, page « Parler foundry » (le titre est d'époque) : {soixante|cinquante} sigles, une phrase chacun. Et une règle dans notre équipe : toute personne qui emploie un sigle devant un nouveau doit l'expliquer, sinon elle apporte les croissants. Tu peux l'invoquer partout."
            ),
            asker("J'ai invoqué la règle {jour}. Croissants obtenus."),
        ),
        skills=("onboarding_hosting",),
        reasons=("m'a permis de suivre une réunion de production",),
    ),
    Question(
        title="Premier jour en équipe de nuit, comment on se prépare ?",
        body="Je rejoins la nuit à partir de {jour}. Je viens de la journée. Vos conseils, vos petites habitudes ?",
        comments=(
            other("Volets, vrais volets. Et téléphone dans une autre pièce."),
            answer(
                "Décale-toi de deux heures par jour pendant le week-end, pas d'un coup. Mange chaud vers 1 h, léger vers 4 h. Et côté travail : l'équipe de nuit transmet à voix haute au tableau à 20 h 50, arrive dix minutes avant, c'est là que tout se dit. Tu verras, on est moins nombreux donc on se connaît mieux."
            ),
            other("La nuit, c'est calme et les gens ont le temps d'expliquer. Bonne arrivée !"),
        ),
        skills=("onboarding_hosting", "shift_handover"),
        reasons=("m'a permis d'aborder ma première semaine de nuit",),
    ),
    Question(
        title="Parrain, marraine, mentor : quelle différence ?",
        body="On m'a parlé des trois dans la même journée. Qui fait quoi ?",
        comments=(
            answer(
                "Le parrain ou la marraine, c'est pour l'arrivée : les lieux, les gens, les questions bêtes (il n'y en a pas), à peu près trois mois. Le mentorat, c'est toi qui le demandes, quand tu veux, sur un sujet précis, avec quelqu'un d'une autre équipe. Ni l'un ni l'autre n'évalue, et ce que vous vous dites reste entre vous."
            ),
            other("Et ton ou ta responsable, pour tout le reste."),
            asker("Limpide, merci."),
        ),
        skills=("mentoring",),
        reasons=("m'a permis de comprendre vers qui me tourner",),
    ),
    Question(
        title="Rapport d'étonnement : on peut vraiment tout écrire ?",
        body="Mon parcours me demande ça pour la semaine 6. Je ne voudrais vexer personne, mais il y a bien {deux|trois} choses qui m'étonnent.",
        comments=(
            other("J'avais écrit que les horloges n'étaient pas à la même heure. Elles le sont maintenant."),
            answer(
                "Oui, et c'est fait pour. Tu choisis qui le lit : les RH seulement, ou plus large, ou sans ton nom. Ton ou ta responsable ne peut pas le lire avant la fin de ta période d'essai, c'est réglé comme ça et personne ne peut changer le réglage. Écris ce que tu vois, pas ce que tu penses des gens, et tout ira bien."
            ),
            asker("Alors j'en ai cinq, finalement."),
        ),
        skills=("onboarding_hosting",),
        reasons=("m'a permis d'écrire franchement ce que je voyais",),
    ),
    Question(
        title="Chaussures de sécurité en pointure {35|48|36} : mission impossible ?",
        body="Le magasin n'a rien à ma taille avant {deux|trois} semaines, et je dois entrer en atelier {jour}.",
        comments=(
            answer(
                "Va voir le magasin de {site2} : ils gardent un stock des petites et grandes pointures, envoi par la navette le lendemain. Et en attendant, il y a des surchaussures coquées à l'accueil, pas élégantes mais homologuées pour une visite. Pour le poste, non : attends les vraies."
            ),
            other("La prévention a demandé un stock permanent, c'est en cours."),
            asker("Reçues par la navette, merci à {site2} !"),
        ),
        skills=("onboarding_hosting",),
        reasons=("m'a permis d'entrer en atelier à la date prévue",),
    ),
    Question(
        title="Se présenter à la promotion : vous aviez écrit quoi ?",
        body="Étape « se présenter » sur mon parcours et page blanche. Quelqu'un pour partager la sienne, pour m'inspirer ?",
        comments=(
            other("Trois lignes et une photo de mon vélo. Onze réponses sur le vélo."),
            answer(
                "Mets d'où tu viens, ce que tu vas faire ici en une phrase, et une chose à laquelle tu peux aider. Et une question ! Les gens répondent aux questions. La mienne était « où trouve-t-on un bon pain par ici », j'ai eu des réponses pendant une semaine et je connais maintenant toutes les boulangeries de {site}."
            ),
            asker("Publié, avec une question sur les piscines. Ça marche incroyablement bien."),
        ),
        skills=("onboarding_hosting",),
        reasons=("m'a permis de me présenter sans y passer la soirée",),
    ),
    Question(
        title="Télétravail pendant la période d'essai ?",
        body="Mon contrat dit deux jours possibles, mais on me conseille de venir au début. Qu'est-ce qui se fait vraiment ?",
        comments=(
            answer(
                "C'est permis dès le premier mois, en accord avec l'équipe. La plupart des gens viennent tous les jours les trois premières semaines, parce qu'on apprend en entendant les autres. Ensuite deux jours, en évitant le jour de réunion d'équipe. Si tu as besoin d'autre chose, dis-le simplement, on s'arrange."
            ),
            other("D'accord avec « en entendant les autres »."),
        ),
        skills=("onboarding_hosting",),
        reasons=("m'a permis d'organiser mes premières semaines",),
    ),
    Question(
        title="Une collègue arrive de Porto, elle parle peu français : comment faire ?",
        body="Elle rejoint l'équipe {date} pour six mois. Nos réunions sont en français, rapide, avec des sigles.",
        comments=(
            other("Merci de la part de quelqu'un à qui c'est arrivé."),
            answer(
                "Trois choses qui ont aidé chez nous : ordre du jour écrit la veille, une personne qui résume à l'oral toutes les dix minutes, et le droit de répondre en anglais. Le guide d'accueil existe en anglais. Et laissez-la parler français avec ses fautes, c'est comme ça que ça vient."
            ),
            asker("Ordre du jour écrit : tout le monde y gagne, en fait."),
        ),
        skills=("onboarding_hosting", "english_technical"),
        reasons=("m'a permis d'adapter nos réunions",),
    ),
    Question(
        title="Qui contacter pour un problème de logement à l'arrivée ?",
        body="Je commence en {mois} à {site} et la recherche est compliquée à distance. L'entreprise aide-t-elle un peu ?",
        comments=(
            other("La petite annonce interne marche bien, communauté « Bons plans » du site."),
            answer(
                "Oui : l'organisme logement (les coordonnées sont dans le guide, page « S'installer ») répond en une semaine, et il y a deux studios de passage pour un mois maximum, à demander aux services généraux. Dis-leur ta date, c'est premier arrivé premier servi, sans dossier à rallonge."
            ),
            asker("Studio pour trois semaines. Immense soulagement."),
        ),
        skills=("onboarding_hosting",),
        reasons=("m'a permis de trouver un toit pour mon arrivée",),
    ),
    Question(
        title="First week in Nantes: is it rude to eat at my desk?",
        body="In my previous company everyone did. Here at noon the whole floor disappears like in a film. What should I do?",
        comments=(
            other("Follow the crowd. The crowd knows where the good dish is."),
            answer(
                "Not rude, just sad! People will worry about you. Lunch is where things are explained, decisions get a face, and somebody tells you that the form you need does not exist any more. Come to the round table near the window, we switch to English when needed."
            ),
            asker("Went three days in a row. I now know about sand more than I wished."),
        ),
        skills=("onboarding_hosting",),
        reasons=("helped me meet people outside my team",),
        language="en",
    ),
)
