"""Moulding and casting: questions, the answers they got and what those were good for."""

from ..drafts import Question, answer, asker, other

QUESTIONS = (
    Question(
        title="Retassure récurrente sur la bride de la {ref}, par où commencer ?",
        body="{Bonjour à tous|Bonjour} ! Sur la {ref} on retrouve une retassure au même endroit, sous la bride, environ une pièce sur {6..12}. La température de coulée n'a pas bougé et le sable non plus. Avant de demander une simulation, qu'est-ce que vous regarderiez en premier ?",
        comments=(
            other(
                "Les masselottes. Vérifie qu'elles restent chaudes plus longtemps que la bride, ça paraît bête mais chez nous quelqu'un avait changé les manchons sans le dire."
            ),
            answer(
                "Regarde d'abord le module de la bride par rapport à celui de la masselotte : si le congé a été augmenté à la dernière révision du plan, la masselotte ne nourrit plus. On a eu exactement ça l'an dernier. Un refroidisseur de 20 mm sous la bride a réglé le problème sans toucher à la plaque modèle."
            ),
            asker("Bingo, le congé est passé de 8 à 12 sur l'indice C. Je tente le refroidisseur {jour}."),
            other("Pense à prévenir le contrôle, ils avaient ajouté une radio sur cette zone."),
        ),
        skills=("gating_design", "casting_simulation"),
        reasons=(
            "m'a permis de relancer la série sans attendre la simulation",
            "m'a permis de comprendre d'où venait le défaut après deux semaines de recherche",
        ),
    ),
    Question(
        title="Sable vert trop sec en fin de poste : normal ?",
        body="Depuis que les températures montent, l'humidité descend sous 3 % vers {11|12|13} h et on a des arrachements. On rajoute de l'eau à la main mais ça fait des grumeaux. Vous faites comment ?",
        comments=(
            other("Pareil ici, l'été c'est toujours la fête."),
            answer(
                "Ne rajoutez pas d'eau dans le malaxeur en fin de cycle : décalez-la au début, et couvrez le tapis de retour. Chez nous la moitié de la perte venait du tapis, pas du malaxeur. Depuis qu'il est bâché on tient 3,4 % toute la journée."
            ),
            other("Et l'aptitude au serrage, vous la mesurez à quelle fréquence ?"),
            asker("Toutes les deux heures en théorie… en pratique une fois par poste. On va déjà corriger ça."),
        ),
        skills=("sand_moulding",),
        reasons=("m'a permis de tenir l'humidité du sable jusqu'à la fin du poste",),
        months=(5, 6, 7, 8, 9),
    ),
    Question(
        title="Noyaux fragiles après stockage du week-end",
        body="Les noyaux faits le vendredi cassent au remmoulage le lundi. Ceux du matin même, aucun souci. On stocke dans l'allée, près de la porte {2..6}. Une idée ?",
        comments=(
            other("L'humidité près de la porte, sans hésiter."),
            answer(
                "C'est l'humidité : la résine la reprend en quarante-huit heures. Mettez-les sur l'étagère du fond avec une housse, et marquez le jour sur le bac. Nous avons fixé une règle simple : rien de plus de trois jours, sinon rebut. Et on a arrêté d'en faire d'avance pour se rassurer."
            ),
            other("On avait aussi un souci de dosage de catalyseur, à vérifier quand même."),
        ),
        skills=("core_making",),
        reasons=("m'a permis de diviser par trois la casse du lundi matin",),
    ),
    Question(
        title="Qui sait régler l'écart entre la température affichée et la canne sur le {four} ?",
        body="Le pupitre affiche {1380..1420} °C, la canne dit 25 degrés de moins. L'équipe de nuit règle sur l'affichage, celle du matin sur la canne. Forcément les pièces ne se ressemblent pas.",
        comments=(
            answer(
                "Fiez-vous à la canne, mais changez la cartouche toutes les {8|10} mesures et plongez toujours à la même profondeur. L'affichage mesure près de la paroi : l'écart est normal, ce qui ne l'est pas c'est de ne pas l'écrire. On a collé une étiquette « consigne = canne + 0 » sur le pupitre, fin du débat."
            ),
            other("Nous c'est {30|35} degrés d'écart sur l'ancien four, donc 25 ça va."),
            asker("OK, étiquette posée et équipe de nuit prévenue. Merci !"),
        ),
        skills=("pouring", "melting"),
        reasons=(
            "m'a permis de mettre les deux équipes d'accord sur la consigne",
            "m'a permis d'écrire enfin une consigne de température claire",
        ),
    ),
    Question(
        title="Meulage des bavures : disque ou bande pour les zones étroites ?",
        body="Sur la {ref} on passe un temps fou dans les angles. Le disque marque, la bande casse. Vous utilisez quoi ?",
        comments=(
            other("Fraise carbure, et de la patience."),
            other("La bande de 13 mm en grain 60, tension faible. Elle casse si on appuie, donc il faut laisser travailler la machine."),
            answer(
                "Fraise boule carbure de 10 pour les angles, bande pour le reste, et surtout on a demandé au moulage de reprendre le plan de joint : 0,4 mm de jeu en moins, et la moitié des bavures ont disparu. Le vrai gain était là-bas, pas chez nous."
            ),
        ),
        skills=("fettling",),
        reasons=("m'a permis de gagner dix minutes par pièce à l'ébarbage",),
    ),
    Question(
        title="Enduit qui cloque sur les grands moules",
        body="On a des cloques au séchage sur les moules de plus de {1,5|2} m, jamais sur les petits. Même lot d'enduit, même opérateur, même pinceau. Je sèche (contrairement au moule).",
        comments=(
            answer(
                "Vos grands moules sèchent au chalumeau en surface et restent humides dessous : la vapeur pousse. Deux couches fines avec vingt minutes entre les deux, et chalumeau plus loin. Mesurez la densité aussi, elle monte quand le bidon reste ouvert."
            ),
            other("Joli le jeu de mots."),
            asker("Deux couches fines depuis {passe}, plus une seule cloque. Merci beaucoup."),
        ),
        skills=("mould_coating",),
        reasons=("m'a permis d'arrêter de refaire les grands moules deux fois",),
    ),
    Question(
        title="Carapaces fissurées au décirage, toujours dans le coin du panier",
        body="Sur la cire perdue, une grappe sur {10..15} sort fissurée de l'autoclave, toujours celle du coin arrière gauche. On a vérifié les épaisseurs, elles sont bonnes.",
        comments=(
            other("Montée en pression trop lente dans ce coin ?"),
            answer(
                "Regardez la buse de vapeur : chez nous l'une des quatre était à moitié bouchée par du calcaire. La pression montait moins vite de ce côté, la cire gonflait avant de fondre. Dix minutes de nettoyage."
            ),
            asker("C'était ça !! Buse bouchée aux deux tiers."),
            other("On l'a mis dans la ronde de maintenance du coup ?"),
        ),
        skills=("investment_casting",),
        reasons=("m'a permis de trouver la panne sans démonter l'autoclave",),
    ),
    Question(
        title="Dureté dispersée après trempe sur la série {ref}",
        body="{Bonjour,|Bonjour à l'équipe traitement,} les duretés vont de 210 à 245 HB dans le même panier. Le client accepte jusqu'à 240. Le thermocouple a été étalonné en {mois_passe}. Où chercher ?",
        comments=(
            answer(
                "Dans le chargement. Photographiez le panier : si les pièces se touchent, celles du centre refroidissent moins vite. On a mis des grilles d'écartement et on est passé de 35 à 12 points d'écart."
            ),
            other(
                "Vérifiez aussi le délai entre l'ouverture du four et le bac, chez nous il variait de 15 à 40 secondes selon la personne."
            ),
            other("Et l'agitation du bac ! La pompe tourne parfois à l'envers après une intervention électrique."),
        ),
        skills=("heat_treatment",),
        reasons=(
            "m'a permis de rentrer dans la tolérance du client",
            "m'a permis de convaincre l'atelier d'acheter les grilles",
        ),
    ),
    Question(
        title="Plaque modèle usée : recharger ou refaire ?",
        body="La plaque de la {ref} a perdu {0,3|0,4|0,5} mm sur les arêtes. Il reste à peu près {400..900} pièces au contrat. Refaire coûte cher, recharger me fait un peu peur.",
        comments=(
            other("Recharger, à ce volume c'est largement suffisant."),
            answer(
                "Rechargez à la résine chargée alu, en usinant 2 mm d'abord pour qu'elle accroche, et passez un scan avant et après. Nous avons tenu 1 200 moulages comme ça. Gardez le scan : si le contrat est prolongé vous saurez exactement quand refaire."
            ),
            other("Si tu veux, notre modeleur peut venir regarder {date}, il passe à {site}."),
            asker("Avec plaisir pour la visite. On part sur la recharge."),
        ),
        skills=("pattern_making",),
        reasons=("m'a permis d'éviter une plaque neuve pour une fin de série",),
    ),
    Question(
        title="Simulation de remplissage : jusqu'où faire confiance au résultat ?",
        body="Je découvre l'outil. La simulation me montre une goutte froide à l'opposé de l'attaque mais en atelier on me dit « on n'a jamais eu ça ». Vous calez comment le modèle sur le réel ?",
        comments=(
            answer(
                "Avec trois choses mesurées : temps de remplissage au chrono, température dans la poche (pas au four), perméabilité du sable. Les valeurs par défaut sont optimistes. Ensuite tu coules {deux|trois} pièces incomplètes exprès, en arrêtant la poche à mi-hauteur, et tu compares les fronts. C'est très parlant pour l'atelier aussi."
            ),
            other("Les pièces incomplètes, excellente idée, je vole."),
            other("Attention, « on n'a jamais eu ça » veut parfois dire « on le reprend à la meule sans le noter »."),
        ),
        skills=("casting_simulation", "gating_design"),
        reasons=(
            "m'a permis de caler mon premier modèle",
            "m'a permis de présenter un résultat auquel l'atelier a cru",
        ),
    ),
    Question(
        title="Charge froide humide : vous stockez où vos retours ?",
        body="Les retours passent la nuit dehors depuis les travaux, et on a eu deux projections au {four}. Heureusement personne devant. Où stockez-vous les vôtres en attendant ?",
        comments=(
            other("Projection = déclaration, même sans blessé. Merci de l'avoir dit ici."),
            answer(
                "Sous l'auvent de l'atelier {atelier}, il y a la place pour quatre bennes, et on préchauffe systématiquement une heure au-dessus de la voûte. Rien d'humide dans le bain, jamais, quitte à couler plus tard. La consigne HSE est affichée au poste, je te l'envoie."
            ),
            asker("Bennes déplacées ce matin. Merci, je dors mieux."),
        ),
        skills=("melting",),
        reasons=("m'a permis de mettre les retours à l'abri le jour même",),
    ),
    Question(
        title="Quelqu'un a déjà formé une équipe complète au moulage main ?",
        body="On reçoit {3..5} personnes en {mois} et il nous reste deux mouleurs expérimentés. Je cherche une façon de transmettre qui ne soit pas « regarde et fais pareil ».",
        comments=(
            other("Filmez ! Nous avons des vidéos de deux minutes par geste, sans commentaire, juste les mains."),
            answer(
                "On a découpé le métier en onze gestes. Chaque geste a une pièce d'exercice, et la personne passe au suivant quand elle a réussi trois fois de suite devant quelqu'un, n'importe qui de l'équipe. Sept semaines au lieu de quatre mois, et surtout les anciens ont adoré choisir les gestes. Je vous passe la liste."
            ),
            other("Onze ? J'en aurais dit cinquante. Hâte de voir la liste."),
            asker("Liste reçue, on adapte et on vous raconte."),
        ),
        skills=("sand_moulding", "workshop_facilitation"),
        reasons=("m'a permis de monter un vrai parcours de moulage main",),
    ),
    Question(
        title="Inoculation : en poche ou au jet ?",
        body="Débat éternel à l'atelier. On perd l'effet au bout de {7|8|9} minutes et les dernières pièces de la poche sont blanches en coin. Le jet demande un doseur. Est-ce que ça vaut le coup pour nos volumes ?",
        comments=(
            other("Pour moi oui dès 20 poches par jour."),
            answer(
                "On a essayé les deux pendant un mois en alternant les jours. Le jet fait disparaître les coins blancs, mais le doseur se bouche si l'inoculant prend l'humidité. Solution intermédiaire : poche plus petite et on coule en moins de six minutes. Zéro investissement, même résultat. Je peux partager le tableau."
            ),
            other("Bien vu la petite poche, mais attention au pont qui fait deux fois plus de trajets."),
        ),
        skills=("melting", "experimental_design"),
        reasons=("m'a permis de trancher sans acheter de doseur",),
    ),
    Question(
        title="How do you brief new pourers on your site?",
        body="We have {two|three} people joining the pouring bay next month in Porto and our briefing is basically a long slide deck nobody remembers. What do you actually show on day one?",
        comments=(
            other("We start in the changing room, with the equipment on, and never with slides."),
            answer(
                "Twenty minutes at the bay with a cold ladle: walk the route twice, show where you stand if something spills, then let them walk it and explain it back to you. Slides come in week two, when they have questions. I can send you our one-page checklist, in French and English."
            ),
            asker("That's exactly what I needed, yes please!"),
        ),
        skills=("pouring", "workshop_facilitation"),
        reasons=("helped me replace the slides by something people remember",),
        language="en",
    ),
)
