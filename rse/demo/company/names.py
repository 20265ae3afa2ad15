"""First names and family names of people who work in France, by origin and, for French first names, by generation."""

from __future__ import annotations

import random

from rse.core.folding import fold


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.replace("_", " ") for word in text.split())


OLDER = _words(
    "Philippe Nathalie Patrick Isabelle Pascal Sylvie Thierry Véronique Christophe Valérie Éric Corinne Frédéric Christine Bruno Sandrine Laurent "
    "Florence Didier Catherine Alain Brigitte Olivier Pascale Gilles Dominique Hervé Laurence Stéphane Agnès Marc Béatrice Denis Martine Jean-Luc "
    "Marie-Christine Bertrand Anne Jean-Michel Françoise Serge Muriel Xavier Odile Jean-Marc Chantal Régis Marie-Pierre Francis Annie Loïc Elisabeth"
)
MIDDLE = _words(
    "Julien Aurélie Nicolas Émilie Sébastien Céline Guillaume Virginie David Stéphanie Mathieu Laetitia Jérôme Audrey Cédric Caroline Benoît Delphine "
    "Romain Mélanie Vincent Élodie Damien Vanessa Grégory Amandine Arnaud Claire Ludovic Cécile Jonathan Sabrina Mickaël Marion Fabien Charlotte "
    "Anthony Hélène Alexandre Julie Aurélien Anne-Sophie Samuel Magali Yannick Gaëlle Rémi Séverine Cyril Marie-Laure Étienne Perrine Simon Ingrid"
)
YOUNGER = _words(
    "Hugo Léa Lucas Camille Thomas Manon Théo Chloé Maxime Inès Quentin Sarah Antoine Pauline Alexis Marine Clément Mathilde Baptiste Océane Valentin "
    "Lucie Florian Justine Corentin Anaïs Dylan Margaux Killian Laura Paul Juliette Bastien Eva Robin Clara Tristan Noémie Enzo Lola Axel Jade Léo Zoé "
    "Nathan Emma Gabin Lisa Raphaël Romane Adrien Solène Victor Coralie Jules Alice Arthur Agathe Martin Elsa Malo Capucine Noé Ambre"
)

FRENCH = _words(
    "Martin Bernard Thomas Petit Robert Richard Durand Dubois Moreau Laurent Simon Michel Lefebvre Leroy Roux David Bertrand Morel Fournier Girard "
    "Bonnet Dupont Lambert Fontaine Rousseau Vincent Lefèvre Faure André Mercier Guérin Boyer Garnier Chevalier Legrand Gauthier Perrin Clément Morin "
    "Mathieu Masson Marchand Duval Dumont Lemaire Dufour Meunier Brun Blanchard Giraud Joly Rivière Brunet Gaillard Barbier Arnaud Gérard Roche "
    "Renard Leroux Colin Picard Fabre Aubert Lemoine Renaud Lacroix Bourgeois Benoît Leclerc Rolland Leclercq Guillaume Lecomte Dupuy Guillot Hubert "
    "Berger Carpentier Dupuis Huet Vasseur Boucher Fleury Royer Jacquet Poirier Guyot Carré Charpentier Ménard Maillard Baron Bertin Bailly Collet "
    "Léger Bouvier Prévost Millet Perrot Cousin Germain Langlois Rémy Pelletier Lévêque Perrier Leblanc Barré Lebrun Marchal Mallet Boulanger Monnier "
    "Michaud Guichard Gillet Grondin Poulain Tessier Chevallier Collin Chauvin Bouchet Lemaître Bénard Maréchal Humbert Reynaud Perret Barthélemy "
    "Cordier Pichon Lejeune Lamy Delaunay Pasquier Carlier Laporte Gros Buisson Camus Charrier Didier Evrard Fischer Gallet Hardy Imbert Jourdan "
    "Lacombe Lelièvre Marion Neveu Ollivier Parent Peltier Pons Prigent Raynaud Rivet Rousset Salmon Seguin Texier Thibault Tournier Vallet Verdier "
    "Vigneron Voisin Wagner Allard Bataille Bazin Besnard Blot Bodin Bonneau Bouquet Bousquet Briand Chartier Clerc Constant Coulon Courtois Delmas "
    "Descamps Devaux Diot Duhamel Favre Ferrand Fouquet Gaudin Georges Godard Grenier Guibert Hébert Jacquot Labbé Lafon Lagarde Launay Lebon Ledoux "
    "Loiseau Maury Merle Morvan Naudin Nicolle Pascal Paquet Pineau Pottier Poncet Prat Rault Renou Riou Rossignol Sabatier Sauvage Tanguy Valentin "
    "Vaillant Villeneuve Beaumont Bellanger Bonhomme Chabert Clavel Cornu Dufresne Fauvel Gervais Hamelin Jamet Laroche Marquet Potier Ricard Tellier"
)
BRETON_FIRST = _words(
    "Yann Gwenaëlle Ronan Nolwenn Erwan Maëlle Gwendal Soizic Tanguy Enora Malo Morgane Goulven Katell Loïg Rozenn Ewen Bleuenn Alan Maïwenn Titouan Lenaïg"
)
BRETON = _words(
    "Le_Goff Le_Gall Le_Bihan Le_Roux Le_Guen Le_Floch Kervella Quéméner Guillou Cadiou Le_Meur Kerleau Le_Corre Kermarrec Hascoët Guéguen Nédélec Bothorel "
    "Le_Bris Jaouen Riou Cariou Le_Dantec Pennec Corvec Le_Berre Quéré L'Hostis Madec Cloarec Tréguer Salaün Le_Moal Cozic"
)
REGIONAL = _words(
    "Etcheverry Iriart Harispe Elissalde Mendiboure Albertini Casanova Santoni Leca Filippi Muller Schmitt Klein Schneider Zimmermann Kuntz Haas Oster "
    "Vandamme Declercq Vanhoutte Deroo Verhaeghe Dewitte Lemaire-Dubreucq Cabrol Puech Vergnes Bonnafous Delpech Payet Hoarau Rivière-Boyer Técher Lebreton"
)
MAGHREBI_FIRST = _words(
    "Karim Samira Mehdi Leïla Rachid Nadia Sofiane Yasmine Bilel Imane Walid Sonia Nabil Kenza Farid Assia Younes Lina Hicham Nawel Amine Fatiha Adel "
    "Meriem Redouane Hanane Ilyes Salma Tarek Amel Anis Ines Abdelkader Malika Zakaria Naïma Othmane Siham Riad Dounia Ismaël Warda"
)
MAGHREBI = _words(
    "Haddad Mansouri Bouzid Cherif Belkacem Hamidi Brahimi Meziane Saïdi Slimani Benali Amrani Khelifi Rahmani Bouhassoun Ziani Belaïd Guerfi Lahlou "
    "Tahiri El_Idrissi Berrada El_Amrani Boukhari Naciri Ouali Ferhat Kaci Aït-Ali Zerrouki Trabelsi Jaziri Gharbi Hammami Chaabane Mejri Sassi Ayari "
    "Bensalem Hadjadj Messaoudi Ould-Ali Touati Yahiaoui Benhamou"
)
AFRICAN_FIRST = _words(
    "Awa Mamadou Fatou Ibrahima Aïssata Ousmane Mariam Cheikh Aminata Moussa Ndeye Boubacar Kadiatou Souleymane Oumou Abdoulaye Rokhaya Bakary Coumba "
    "Lamine Adjoa Kofi Akissi Koffi Nafissatou Serigne Binta Modou Sékou Djeneba Alassane Khady"
)
AFRICAN = _words(
    "Diop Ndiaye Fall Faye Sarr Diallo Bah Barry Sow Camara Keïta Coulibaly Traoré Diarra Koné Ouattara Touré Sangaré Doumbia Kouassi Kouamé N'Guessan "
    "Mensah Adjovi Hounkpatin Zinsou Ba Kane Thiam Seck Mbodj Diatta Badji Sané Cissokho Dramé Soumaré Mballa Ngono Ekambi Makosso"
)
PORTUGUESE_FIRST = _words(
    "Tiago Ana Rui Catarina Nuno Sofia Pedro Mariana Paulo Inês João Marta Filipe Cristina Miguel Joana Ricardo Teresa Hugo Beatriz Luís Carla Gonçalo Sónia "
    "André Rita Diogo Helena Vasco Leonor"
)
PORTUGUESE = _words(
    "Ferreira Pereira Rodrigues Alves Carvalho Gomes Teixeira Moreira Correia Marques Lopes Soares Vieira Monteiro Cardoso Rocha Coelho Cunha Pires Ramos "
    "Reis Simões Antunes Matos Fonseca Tavares Domingues Nogueira Magalhães Da_Cunha Dos_Santos De_Oliveira Barbosa Pinheiro Leal Faria Esteves"
)
ITALIAN_FIRST = _words(
    "Sofia Marco Chiara Matteo Giulia Luca Francesca Davide Elena Alessio Silvia Fabio Paola Stefano Valentina Enzo Carla Bruno Angelo Lucia"
)
ITALIAN = _words(
    "Marchetti Ferrara Colombo Ricci Marini Conti Galli Moretti Bertolini Zanetti Pellegrini Fabbri Rinaldi Caruso Gatti Vitali Bianchini Toscano Fiorini "
    "Battaglia Locatelli Pozzi Guerrini Manfredi"
)
SPANISH_FIRST = _words("Javier Lucía Carlos Elena Sergio Pilar Manuel Carmen Diego Marta Alejandro Rosa Antonio Nuria")
SPANISH = _words(
    "Garcia Martinez Lopez Sanchez Perez Fernandez Gomez Ruiz Jimenez Navarro Moreno Romero Molina Ortega Delgado Castro Serrano Vidal Blasco Campos"
)
POLISH_FIRST = _words("Piotr Agnieszka Tomasz Katarzyna Marek Magdalena Pawel Ewa Krzysztof Joanna Michal Kamila Edmond Hélène")
POLISH = _words(
    "Kowalski Nowak Wisniewski Wojcik Kaminski Zielinski Szymanski Kozlowski Jankowski Mazur Kwiatkowski Krawczyk Piotrowski Grabowski Pawlak Michalak "
    "Walczak Stachowiak Kaczmarek Duda-Lefort"
)
ASIAN_FIRST = _words("Minh Linh Tuan Mai Khanh Lan Duc Huong Quang Thao Kim Sophie Vincent Anh Nam Hoa Long Thuy Somchai Channary Wei Ling")
ASIAN = _words("Nguyen Tran Pham Hoang Phan Vu Dang Bui Do Ngo Duong Ly Truong Dinh Lam Mai Huynh Chea Sok Inthavong Zhang Chen Wang Liu")
EASTERN_FIRST = _words("Mehmet Elif Emre Zeynep Hakan Ayse Narek Anouch Aram Séda Andrei Ioana Mihai Elena Bogdan Alina")
EASTERN = _words(
    "Yildiz Kaya Demir Çelik Aydin Arslan Dogan Sarkissian Hakobyan Manoukian Petrossian Popescu Ionescu Dumitru Marin Stan Radu Munteanu"
)

# In these lists a man's name and a woman's name alternate; those that both bear say nothing.
_OF_BOTH = frozenset(
    {"Dominique", "Camille", "Claude", "Robin", "Axel", "Malo", "Alan", "Yannick", "Tanguy", "Noé", "Ewen", "Amel", "Imane", "Anis"}
)
_ALTERNATE = (OLDER, MIDDLE, YOUNGER, BRETON_FIRST, MAGHREBI_FIRST, PORTUGUESE_FIRST)
USUAL_WORDING = {
    name: ("masculine", "feminine")[place % 2] for names in _ALTERNATE for place, name in enumerate(names) if name not in _OF_BOTH
}

# origin: (first names, family names, weight, chance of a French first name, heritage language, chance of speaking it)
ORIGINS = {
    "french": ((), FRENCH, 56, 1.0, "", 0.0),
    "breton": (BRETON_FIRST, BRETON, 9, 0.55, "br", 0.07),
    "regional": ((), REGIONAL, 6, 1.0, "de", 0.04),
    "maghrebi": (MAGHREBI_FIRST, MAGHREBI, 10, 0.12, "ar", 0.55),
    "african": (AFRICAN_FIRST, AFRICAN, 5, 0.2, "wo", 0.3),
    "portuguese": (PORTUGUESE_FIRST, PORTUGUESE, 4, 0.55, "pt", 0.6),
    "italian": (ITALIAN_FIRST, ITALIAN, 3, 0.6, "it", 0.4),
    "spanish": (SPANISH_FIRST, SPANISH, 2, 0.6, "es", 0.5),
    "polish": (POLISH_FIRST, POLISH, 2, 0.7, "pl", 0.3),
    "asian": (ASIAN_FIRST, ASIAN, 2, 0.45, "vi", 0.4),
    "eastern": (EASTERN_FIRST, EASTERN, 1, 0.25, "tr", 0.3),
}

# Pairs that the lists above could form and that belong to someone widely known.
KNOWN_PEOPLE = frozenset(
    name
    for line in (
        "Laurent Fournier|Laurent Fabius|Michel Blanc|Pierre Richard|Thomas Meunier|Mélanie Laurent|Claire Denis|Benjamin André",
        "Xavier Bertrand|Edmond Rostand|Anne Gravoin|Didier Raoult|Jean-Luc Godard|Agnès Godard|Éric Dupond|Sébastien Lecornu",
        "Camille Lacourt|Florian Thauvin|Hugo Lloris|Lucas Hernandez|Jérôme Fernandez|Marc Lévy|Sophie Marceau|Arnaud Clément|Nicolas Mahut",
        "Julien Benneteau|Richard Gasquet|Pauline Parmentier|Alizé Cornet|Caroline Garcia|Nicolas Sarkozy|Philippe Martinez|Laurent Berger",
        "Bernard Petit|Emmanuel Petit|Robert Guédiguian|Christophe Lemaitre|Christophe Lemaître|Christophe Maé|Sylvie Vartan",
        "Françoise Hardy|Robin Renucci|Thierry Henry|Vincent Lacoste|Stéphane Rousseau|Sandrine Rousseau|Florence Parly|Sandrine Quétier",
        "Valérie Lemercier|Valérie Bonneton|Pascal Obispo|Pascal Légitimus|Alain Chabat|Dominique Lavanant|Serge Lama|Muriel Robin",
        "Romane Bohringer|Mathilde Seigner|Alexandre Astier|Simon Astier|Mathieu Madénian|Vincent Dedienne|Marina Foïs|Julie Gayet",
        "Cécile Duflot|Benoît Hamon|Martine Aubry|Karim Benzema|Karim Ziani|Nabil Fekir|Islam Slimani|Rachid Taha|Tarek Boudali",
        "Anis Slimani|Malika Ménard|Leïla Slimani|Leïla Bekhti|Sofia Essaïdi|Moussa Sissoko|Ousmane Dembélé|Ousmane Sow|Moussa Diaby",
        "Mamadou Sakho|Cheikh Anta|Aminata Traoré|Alassane Ouattara|Sékou Touré|Aïssata Seck|Yaya Touré|Souleymane Cissé|Salif Keïta",
        "Ibrahima Konaté|Ibrahima Traoré|Lamine Diack|Khady Seck|Rokhaya Diallo|Souleymane Diawara|Aïssata Touré|Fatou Diome|Cheikh Touré",
        "Boubacar Traoré|Bakary Sako|Bakary Koné|Abdoulaye Touré|Abdoulaye Bathily|Ousmane Diarra|Oumou Sangaré|Moussa Traoré|Moussa Koné",
        "Kofi Annan|Luís Figo|Nuno Gomes|Rui Costa|Bruno Fernandes|Pedro Pauleta|Carlos Gomez|Ricardo Pereira|Ricardo Carvalho",
        "Ricardo Horta|João Cancelo|André Gomes|Paulo Ferreira|Diogo Gomes|Miguel Oliveira|Beatriz Gomes|Rita Pereira|Helena Coelho",
        "Filipe Luís|Davide Moretti|Marco Simone|Elena Ferrante|Luca Conti|Diego Lopez|Javier Moreno|Sergio Perez|Sergio Garcia",
        "Carlos Moreno|Antonio Lopez|Antonio Conte|Manuel Lopez|Rosa Lopez|Alejandro Sanchez|Marta Sanchez|Piotr Zielinski|Tomasz Kaminski",
        "Marek Walczak|Robert Kaczmarek|Bernard Pons|Marc Simon|Paul Simon|David Simon|Claire Simon|Paul Martin|Maxime Simon|Thomas Bernard",
        "Tristan Bernard|Alain Robert|David Bernard|Jules Renard|Jean-Michel Bernard|Alice Pons|Paul Robert|Paul Fort|Claire Pelletier",
        "Marc Jacobs|Antoine Dupont|Romain Dumont|Gabin Villière|Thomas Ramos|Arthur Vincent|Baptiste Couilloud|Julien Marchand",
        "Florence Foresti|Emma Wang|Long Nguyen|Wei Wang|Nathalie Simon|Clément Noël|Alexis Pinturault|Perrine Laffont|Martin Fourcade",
        "Simon Fourcade|Camille Rousseau|Clara Morgane|Emmanuel Moreau|Jeanne Moreau|Gustave Moreau|Yannick Noah|Sophie Davant",
        "Virginie Lemoine|Jordan Lefort|Marion Maréchal|Claire Keim|Julien Clerc|Jonathan Clauss|Alexandre Dumas|Raphaël Varane",
        "Raphaël Guerreiro|Antoine Blondin|Antoine Rigaudeau|Vincent Collet|Cyril Féraud|Cyril Lignac|Agnès Jaoui|Clément Lefert",
        "Nathan Fournier",
    )
    for name in line.split("|")
)
_ORIGIN_KEYS = tuple(ORIGINS)
_ORIGIN_WEIGHTS = tuple(ORIGINS[key][2] for key in _ORIGIN_KEYS)


def draw_name(rng: random.Random, *, generation: int, country: str, taken: frozenset[str] = frozenset()) -> tuple[str, str, str]:
    """Return a first name, a family name and a key of ``ORIGINS``; never a full name of ``taken``, nor that of somebody widely known.

    ``generation`` is 0 for the oldest, 1, or 2 for the youngest; ``country`` is a code of two letters.
    """
    while True:
        origin = rng.choices(_ORIGIN_KEYS, _ORIGIN_WEIGHTS)[0]
        if country == "PT" and rng.random() < 0.85:
            origin = "portuguese"
        first_names, family_names, _, french_first, _, _ = ORIGINS[origin]
        if rng.random() < (0.03 if country == "PT" else french_first):
            first = rng.choice((OLDER, MIDDLE, YOUNGER)[generation])
        else:
            first = rng.choice(first_names or MIDDLE)
        family = rng.choice(family_names)
        if country != "PT" and rng.random() < 0.025:
            family = f"{family}-{rng.choice(FRENCH)}" if " " not in family and "-" not in family else family
        full = f"{first} {family}"
        if full not in taken and full not in KNOWN_PEOPLE and first != family:
            return first, family.replace("'", "’"), origin


def address_part(name: str) -> str:
    """Return ``name`` in lower-case ASCII letters and hyphens, as in an e-mail address."""
    return "-".join("".join(letter for letter in fold(name) if letter.isascii() and letter != "'").split())
