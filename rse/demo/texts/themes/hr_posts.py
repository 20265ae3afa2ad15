"""Human resources and working life: messages, thanks and ideas."""

from ..drafts import Idea, Message, Thanks, other

MESSAGES = (
    Message(
        title="Semaine des métiers : le programme",
        body="Du {date} au vendredi : {douze|quatorze} ateliers ouverts, une heure chacun, sans inscription sauf la coulée (10 places). L'idée est simple : voir ce que font les autres à trente mètres de chez soi.",
        comments=(
            other("La coulée est déjà complète ?"),
            other("On ouvre un deuxième créneau à {14|15} h."),
        ),
    ),
    Message(
        title="",
        body="Les entretiens de parcours professionnel de {mois} sont ouverts à la prise de rendez-vous. Rien à voir avec l'évaluation : c'est votre temps, sur votre suite, et ce qui s'y dit reste entre vous et la personne qui vous reçoit.",
    ),
    Message(
        title="Bienvenue à nos {six|sept|huit} alternants et alternantes",
        body="De la maintenance à la R&D, sur trois sites. Si vous les croisez à la cantine avec un plateau et un air d'enquête, dites-leur où sont les couverts.",
        comments=(
            other("Les couverts sont derrière, comme chacun sait."),
            other("On a deux personnes à {site}, elles posent déjà d'excellentes questions."),
        ),
    ),
    Message(
        title="",
        body="Le bulletin papier s'arrête en {mois}, sauf pour qui le demande (un mot au service paie, sans justification). Les bornes des ateliers permettent d'imprimer le sien.",
        comments=(
            other("La borne de l'atelier {atelier} a besoin de papier."),
            other("Rechargée ce midi."),
        ),
    ),
    Message(
        title="Mentorat : {dix|douze} personnes prêtes à aider",
        body="De la lecture de plan à la prise de parole, en passant par les tableaux croisés. La liste est dans Mentorat. On peut proposer même sans « grand » parcours : savoir bien faire une chose suffit.",
        comments=(
            other("Proposé : ajustage et patience."),
            other("La patience, il y aura de la demande."),
        ),
    ),
    Message(
        title="",
        body="Covoiturage {site} : on est trois à partir du nord à {5|6} h 15, il reste une place. Pas de radio avant 6 h 30, café obligatoire.",
        comments=(other("Je prends la place, et je fournis le café du {jour}."),),
    ),
    Message(
        title="Un mot sur les horaires calmes",
        body="Entre 18 h 30 et 7 h 30, le réseau garde les notifications pour le matin. Personne n'attend de réponse le soir. Si vous écrivez tard parce que ça vous arrange, très bien, la personne lira demain.",
        comments=(
            other("Merci de l'écrire."),
            other("Pour les équipes de nuit c'est réglé sur leurs heures, à vérifier dans le profil."),
        ),
    ),
    Message(
        title="Language exchange at lunch",
        body="{French|Portuguese} and English, twice a month, at the round table near the window. No level, no teacher, only soup. We talk about work and quite a lot about food.",
        comments=(
            other("Next one on {date}? I bring Porto."),
            other("The city or the wine?"),
        ),
        language="en",
    ),
    Message(
        title="",
        body="Retour d'expérience après {quatre|cinq} mois à mi-temps sur le projet « zéro rebut » : c'est faisable si les deux responsables se parlent une fois par semaine. Sinon on fait deux temps pleins. Voilà, c'est dit gentiment.",
        comments=(other("Merci pour la franchise, on l'écrit dans le guide des missions."),),
    ),
    Message(
        title="",
        body="Les vœux de formation pour l'an prochain sont ouverts jusqu'au {date}. Trois lignes suffisent, et « je ne sais pas encore » est une réponse acceptée : on vous rappelle.",
        comments=(other("Envoyé. Et merci pour le « je ne sais pas encore »."),),
    ),
    Message(
        title="Café des métiers : {l'ordonnancement|la métrologie|la paie|le modelage}",
        body="{jour} à {13 h|12 h 45}, une personne raconte sa journée, ratés compris. Pas de présentation projetée, c'est la règle.",
        comments=(
            other("Enregistré pour les équipes postées ?"),
            other("Le son, oui."),
        ),
    ),
    Message(
        title="",
        body="On a relu nos offres internes avec {quatre|cinq} personnes qui n'avaient jamais postulé. Verdict : trop longues, trop « nous ». La nouvelle trame est deux fois plus courte.",
        comments=(other("On comprend enfin ce qu'il y a à faire !"),),
    ),
    Message(
        title="Vis ma vie : {onze|quatorze|neuf} journées en {mois_passe}",
        body="La plus demandée reste la fusion, la plus surprenante (d'après les retours) la comptabilité. Les créneaux de {mois} sont en ligne.",
        comments=(other("La comptabilité remercie et s'inquiète un peu."),),
    ),
    Message(
        title="",
        body="Petit rappel doux : les congés d'été se posent avant le {date}. On ne distribue pas de médailles aux premiers, mais on dort mieux.",
    ),
    Message(
        title="",
        body="La salle de formation du bâtiment 5 a de vraies chaises, un tableau propre et une fenêtre qui s'ouvre. Oui, les trois. Réservation habituelle.",
        comments=(other("J'y cours."),),
    ),
)

THANKS = (
    Thanks(
        body="Merci à {qui} pour ces six mois de mentorat. J'ai arrêté de m'excuser avant de parler en réunion, et ça vient de là.",
        skills=("mentoring",),
    ),
    Thanks(
        body="Merci à {qui} d'avoir organisé mes midis de la première semaine. J'ai parlé à {vingt|vingt-cinq} personnes et retenu au moins huit prénoms.",
        skills=("onboarding_hosting",),
    ),
    Thanks(
        body="Merci à {qui} pour l'heure d'écoute. Pas de conseil tout fait, de bonnes questions, et une décision que j'assume.",
        skills=("mobility_advice",),
    ),
    Thanks(
        body="Thank you {qui}, the session was the first one where the night shift was asked what they needed before the date was set.",
        skills=("training_design",),
        language="en",
    ),
    Thanks(
        body="Merci à {qui} : le point d'équipe dure {vingt|quinze} minutes, et pour la première fois tout le monde parle.",
        skills=("team_leading",),
    ),
    Thanks(
        body="Merci à {qui} pour la permanence de {5|6} h. Une fiche de paie expliquée à l'heure où l'on finit, c'est précieux.",
        skills=("payroll",),
    ),
)

IDEAS = (
    Idea(
        title="Un « vis ma vie » d'une demi-journée, sans formulaire",
        body="Juste un calendrier, des créneaux proposés par les équipes, on s'inscrit. La paperasse décourage plus que le métier.",
        comments=(
            other("Il faut quand même l'assurance, mais ça tient sur une ligne."),
            other("Alors une ligne !"),
        ),
    ),
    Idea(
        title="Dire les mobilités réussies, avec l'accord des personnes",
        body="Une courte histoire par mois : d'où, vers où, ce qui a aidé. On croit toujours que c'est pour les autres.",
        comments=(other("Je veux bien être la première histoire."),),
    ),
    Idea(
        title="Réunions de {50|45} minutes par défaut",
        body="On gagne dix minutes pour marcher entre deux bâtiments. Et pour respirer.",
        comments=(
            other("Et on finit à l'heure, miracle."),
            other("Testé un mois à {site} : on ne reviendra pas en arrière."),
        ),
    ),
    Idea(
        title="Une personne nommée pour chaque longue absence",
        body="Au-delà de {deux|trois} semaines : écrit à l'avance, avec le nom et ce qu'on peut décider. On éviterait bien des allers-retours.",
        comments=(other("Et la personne découvre un autre poste au passage."),),
    ),
)
