"""Sales: messages, thanks and ideas."""

from ..drafts import Idea, Message, Thanks, other

MESSAGES = (
    Message(
        title="Commande gagnée : {vingt|trente|douze} carters pour le ferroviaire",
        body="Signée {passe}. C'est la première fois qu'un client cite dans sa décision « la façon dont les gens parlent de leur travail ». Merci à l'atelier qui les a reçus.",
        comments=(
            other("On relit ce message au point d'équipe !"),
            other("Livraison quand ?"),
            other("Première pièce en {mois}, planning partagé {jour}."),
        ),
    ),
    Message(
        title="",
        body="Le client de la {ref} demande une photo du conditionnement avant chaque départ. Deux minutes de travail, dix minutes de téléphone évitées. Qui au quai ?",
        comments=(other("Nous. C'est déjà fait pour un autre, on ajoute."),),
    ),
    Message(
        title="Ce qu'on a perdu ce trimestre, et pourquoi",
        body="{Sept|Neuf} devis perdus : trois sur le délai de réponse, deux sur le prix, un sur une nuance qu'on ne coule pas, le reste on ne sait pas. On appelle les « on ne sait pas » cette semaine.",
        comments=(
            other("Merci d'écrire aussi les pertes."),
            other("Le délai de réponse, on y travaille avec la séance debout."),
        ),
    ),
    Message(
        title="",
        body="Un client m'a dit {passe} : « vos retards, on s'y fait, vos silences, non ». Je l'accroche au-dessus de mon bureau.",
        comments=(other("J'en prends une copie."),),
    ),
    Message(
        title="Salon de {mois} : qui veut tenir une heure de stand ?",
        body="On cherche des personnes qui fabriquent, pas seulement qui vendent. Train et déjeuner compris. Sujet : expliquez ce que vous faites, c'est tout.",
        comments=(
            other("Volontaire pour une heure, j'emmène une grappe."),
            other("La grappe aura sa propre valise."),
        ),
        months=(1, 2, 3, 5, 9, 10),
    ),
    Message(
        title="",
        body="Rappel : la nouvelle grille tarifaire s'applique aux offres datées d'après le {date}. Les offres déjà parties restent valables, personne ne bouge.",
    ),
    Message(
        title="Retour de visite",
        body="Le client hydraulique a passé {trois|quatre} heures à Nantes. Il a retenu : l'ardoise des réglages, la table de gauche au contrôle, et le gâteau. Trois choses qui ne sont dans aucune de nos brochures.",
        comments=(other("Le gâteau est de l'équipe fusion."),),
    ),
    Message(
        title="Thank you note from a customer",
        body='"On time, clean, and someone answered the phone." Eight words after the word "and", and the best review of the year. Delivered by the Porto finishing team and the shipping desk.',
        comments=(other("Printed, it is on the wall of the finishing shop."),),
        language="en",
    ),
    Message(
        title="",
        body="Les échantillons pour le client de {site} partent {jour} avec la navette. S'il vous en reste à préparer, bac bleu à l'accueil avant 16 h.",
    ),
    Message(
        title="",
        body="Trois consultations arrivées {passe} pour la même famille de pièces, de trois clients différents. Coïncidence ou marché qui bouge ? Avis bienvenus.",
        comments=(other("La R&D en a entendu parler aussi au salon."),),
    ),
    Message(
        title="Première livraison de la {ref}",
        body="Partie {jour} à {heure}, avec {deux|trois} jours d'avance. Le client a cru à une erreur. On lui a confirmé que non.",
        comments=(other("Bravo aux expéditions et au montage."),),
    ),
    Message(
        title="",
        body="Le client demande si l'on peut graver un numéro au lieu de le peindre. Techniquement oui, mais où ? Si quelqu'un des méthodes a dix minutes {jour}…",
        comments=(other("Je passe à {heure}."),),
    ),
    Message(
        title="Enquête clients : ce qu'ils nous disent",
        body="{Vingt-deux|Dix-neuf|Vingt-six} réponses. En bien : la franchise et les gens de l'atelier. En moins bien : le délai des devis, encore. Rien sur le logo, malgré nos efforts.",
        comments=(
            other("Le délai des devis, on y revient toujours."),
            other("Passé de dix-sept à six jours chez les comptes ferroviaires, on partage la méthode."),
        ),
    ),
    Message(
        title="",
        body="J'ai {quatre|cinq} heures de train {jour}. Si vous avez une offre à faire relire, c'est le moment, j'aurai le temps et pas de réseau pour faire autre chose.",
        comments=(other("Deux offres dans ta boîte, bon voyage."),),
    ),
    Message(
        title="",
        body="Le client de {site} nous a envoyé une photo de nos pièces montées. Elles sont à {douze|quinze} mètres sous l'eau, et elles sont belles.",
        comments=(
            other("On peut l'afficher à l'atelier ?"),
            other("Avec son accord, c'est fait."),
        ),
    ),
)

THANKS = (
    Thanks(
        body="Merci à {qui} pour les chronos d'ébarbage. Nos devis ressemblent enfin à la réalité.",
        skills=("quoting",),
    ),
    Thanks(
        body="Merci à {qui}, qui a parlé de son poste dix minutes à un client exigeant, sans notes, et l'a conquis.",
        skills=("customer_meeting",),
    ),
    Thanks(
        body="Merci à {qui} d'avoir relu la page 31 un {jour} soir. Elle valait toutes les autres.",
        skills=("contract_review",),
    ),
    Thanks(
        body="Thank you {qui} for reading my offer in English twice. They ordered, and they quoted your sentence.",
        skills=("export_sales",),
        language="en",
    ),
    Thanks(
        body="Merci à {qui} d'avoir rappelé le client à l'heure dite, même sans nouvelle à donner. Il m'en parle encore.",
        skills=("customer_claims", "customer_meeting"),
    ),
    Thanks(
        body="Merci à {qui} pour le contact retrouvé. {Deux|Trois} consultations en un mois, après un an de silence.",
        skills=("key_account",),
    ),
)

IDEAS = (
    Idea(
        title="Une pièce de chaque client dans le hall",
        body="Avec une ligne : à quoi elle sert, où elle est montée. On montre ça aux visiteurs, mais surtout à nous-mêmes.",
        comments=(other("La pompe de {site} en premier, personne ne devine ce que c'est."),),
    ),
    Idea(
        title="Rappeler les clients perdus un an après",
        body="Sans rien vendre. Juste demander si tout va bien. J'en ai rappelé {deux|trois} par curiosité, une consultation est arrivée.",
        comments=(
            other("On se partage la liste ?"),
            other("Volontiers, par ordre alphabétique."),
        ),
    ),
    Idea(
        title="Une fiche « ce que nous ne faisons pas »",
        body="On gagnerait du temps et de la confiance à l'écrire : dimensions, nuances, délais. La franchise vend.",
        comments=(other("La R&D la relit avec plaisir."),),
    ),
    Idea(
        title="Une visite client par trimestre pour l'équipe de nuit",
        body="Les clients viennent toujours à 10 h. La nuit n'en voit jamais. Une fois par trimestre, à {21|20} h 30, avec repas ?",
        comments=(
            other("L'équipe de nuit vote oui."),
            other("J'en parle au client ferroviaire, il serait capable d'accepter."),
        ),
    ),
)
