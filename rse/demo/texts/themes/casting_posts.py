"""Moulding and casting: messages, thanks and ideas."""

from ..drafts import Idea, Message, Thanks, other

MESSAGES = (
    Message(
        title="Première coulée sur le {four} rénové",
        body="C'est fait : première coulée {passe} à {heure}, {12..28} moules, aucun incident. La montée en température gagne {8..15} minutes par rapport à l'ancien réglage. Merci à tous les services qui ont avalé de la poussière pendant six semaines.",
        comments=(
            other("Bravo, ça faisait longtemps qu'on l'attendait."),
            other("On peut venir voir ? Une dizaine de personnes du bureau n'ont jamais assisté à une coulée."),
            other("Oui, {jour} à {heure}, chaussures de sécurité obligatoires."),
        ),
    ),
    Message(
        title="",
        body="Petit rappel de l'équipe sable : les échantillons se prennent à la sortie du malaxeur, pas sur le tapis. On a eu {3..6} résultats bizarres cette semaine et c'était juste ça.",
        comments=(other("Plaidé coupable, c'était l'équipe du matin."),),
    ),
    Message(
        title="Les rebuts de {mois_passe} en une image",
        body="Atelier {atelier} : {2,1|2,4|2,8|3,1} %, contre 3,6 l'an dernier à la même période. La moitié du progrès vient du nouveau contrôle des noyaux, l'autre moitié du carnet de bord au poste. Il reste les gouttes froides sur les pièces fines, on s'y met.",
        comments=(
            other("Le carnet de bord, je n'y croyais pas du tout. Je retire ce que j'ai dit."),
            other("On peut copier le carnet à {site} ?"),
        ),
    ),
    Message(
        title="",
        body="Pour celles et ceux qui se demandent pourquoi la ligne {ligne} est arrêtée : changement de la toile de retour, redémarrage prévu {jour} à {heure}. Les moules urgents passent par l'autre ligne, voyez avec l'ordonnancement.",
    ),
    Message(
        title="Visite de l'école d'à côté",
        body="{Quatorze|Seize|Dix-huit} élèves de bac pro {jour} matin à l'atelier de moulage. Si vous voyez des casques neufs un peu perdus, dites bonjour et montrez quelque chose de beau. L'an dernier deux sont revenus en alternance.",
        comments=(
            other("Je prends le poste de démoulage, c'est là que ça fait « waouh »."),
            other("On a gardé une grappe ratée exprès pour leur montrer."),
        ),
    ),
    Message(
        title="",
        body="Trouvé sous le tapis {3..9} : un pied à coulisse numérique, étui bleu. Il est au bureau du chef d'équipe, il attend son propriétaire.",
        comments=(other("C'est le mien !! Ça fait un mois que je le cherche, merci."),),
    ),
    Message(
        title="Ce qu'on a appris du sable de l'hiver",
        body="Un compte rendu d'une page est dans la bibliothèque de l'atelier : humidité, finesse, essais à {site}. En bref : stocker le sable neuf à l'intérieur trois jours avant usage suffit. Tout le reste était du bruit.",
        comments=(
            other("« Tout le reste était du bruit », à encadrer."),
            other("Merci d'avoir écrit aussi ce qui n'a pas marché."),
        ),
        months=(3, 4, 5),
    ),
    Message(
        title="Casting simulation: open hour on Thursdays",
        body="Bring your part, your question and if possible the measured filling time. No slides, no preparation. {Two|Three} of us will be there from 14:00, on site in Lyon and online.",
        comments=(
            other("Can we bring an old case that still hurts?"),
            other("Those are the best ones."),
        ),
        language="en",
    ),
    Message(
        title="",
        body="Le moule de la {ref} est enfin sorti sans reprise. Troisième essai. On a failli baptiser la masselotte.",
        comments=(
            other("Photo !"),
            other("On veut le nom."),
        ),
    ),
    Message(
        title="",
        body="Quelqu'un a-t-il encore le vieux nuancier de fractures, celui avec les éprouvettes collées sur du contreplaqué ? On aimerait le photographier avant qu'il ne parte en poussière.",
        comments=(other("Dans le bureau du fond à {site}, derrière la porte."),),
    ),
    Message(
        title="Essai de liant minéral, semaine {1..4}",
        body="{Quarante|Soixante|Quatre-vingts} noyaux, odeur quasi nulle, décochage plus difficile sur les passages fins. On continue {trois|deux} semaines avant de se prononcer.",
        comments=(other("Côté atelier, l'odeur c'est déjà une victoire."),),
    ),
    Message(
        title="",
        body="La ligne {ligne} a sorti {210..290} moules {passe}. Ce n'est pas un concours, c'est juste la première fois que le tapis n'a pas bourré de la journée.",
    ),
    Message(
        title="",
        body="Pensez à vider les poches de préchauffe avant le changement d'équipe, s'il vous plaît. Retrouver {deux|trois} cents kilos de fonte froide le matin, ça réveille mais bon.",
        comments=(other("Reçu, c'était nous."),),
    ),
    Message(
        title="Retour de {site} sur les filtres",
        body="Filtres posés à plat plutôt qu'inclinés : {un tiers|moitié} moins d'inclusions sur {vingt|trente} pièces. À confirmer, mais ça ne coûte rien d'essayer.",
        comments=(
            other("On essaie {jour} sur la {ref}."),
            other("Même constat ici, avec moins de pièces."),
        ),
    ),
    Message(
        title="",
        body="Photo du jour : une coulée de {heure}, porte ouverte sur l'estuaire. On a un beau métier, quand même.",
        comments=(other("Fond d'écran adopté."),),
    ),
)

THANKS = (
    Thanks(
        body="Merci à {qui} : la démonstration de tirage de moule de {jour} a débloqué toute une équipe. On a compris en dix minutes ce qu'on cherchait depuis des mois.",
        skills=("sand_moulding",),
    ),
    Thanks(
        body="Merci à {qui} pour le dépannage du four de trempe {jour} soir. La série est partie à l'heure et le client n'a rien vu.",
        skills=("heat_treatment",),
    ),
    Thanks(
        body="Un grand merci à {qui}, qui a pris le temps de reprendre avec nous toutes les gammes de noyautage. Du calme, de la méthode, et un humour qui aide.",
        skills=("core_making", "workshop_facilitation"),
    ),
    Thanks(
        body="Thank you {qui} for staying with the Porto team during the first pour. We were nervous, you were not, and it helped a lot.",
        skills=("pouring",),
        language="en",
    ),
    Thanks(
        body="Merci à {qui} pour le remplacement au pied levé {jour}. Sans personne à la poche, on décalait tout.",
        skills=("pouring",),
    ),
    Thanks(
        body="Merci à {qui} pour le refroidisseur de la {ref} : {deux|trois} semaines de recherche terminées par une idée simple.",
        skills=("gating_design",),
    ),
)

IDEAS = (
    Idea(
        title="Une étagère « pièces ratées » à l'entrée de l'atelier",
        body="Chaque défaut marquant avec une étiquette : cause, ce qu'on a fait, date. On apprend plus devant une pièce coupée que dans un fichier. Je veux bien tenir l'étagère pendant {trois|six} mois.",
        comments=(
            other("Oui ! Et une loupe à côté."),
            other("Il faudra juste éviter les pièces clients avec logo visible."),
        ),
    ),
    Idea(
        title="Marquer l'heure de coulée sur le moule",
        body="Un simple trait de craie avec l'heure. Ça permettrait de relier un défaut à une poche sans fouiller dans trois cahiers.",
        comments=(
            other("On le fait déjà sur la ligne {ligne}, ça marche."),
            other("D'accord pour un essai d'un mois à {site}."),
        ),
    ),
    Idea(
        title="Garder une poche d'essai par semaine",
        body="Une poche réservée le {jour} pour tester ce qu'on n'ose jamais tester en série. On perd {vingt|trente} minutes, on gagne des mois.",
        comments=(other("Et on publie le résultat ici, même quand c'est raté."),),
    ),
    Idea(
        title="Un code couleur pour l'âge des noyaux",
        body="Une étiquette par jour de la semaine. On verrait d'un coup d'œil ce qui a plus de {deux|trois} jours.",
        comments=(other("Simple. On commence quand ?"),),
    ),
)
