"""Files of a believable company, as HR software writes them: always the same for the same size and seed."""

import csv
import datetime
import io
import random

FIRST = """Camille Léa Hugo Inès Jules Chloé Nathan Zoé Élodie François Noémie Gaëlle Benoît Aïcha Mehdi Thi-Mai Anaïs Jérôme
    Yannick Solène""".split()
LAST = """Martin Bernard Petit Durand Leroy Moreau Lefèvre Garnier Faure Le-Goff Nguyen Benali Rousseau Chevalier Noël Guérin
    Prévost Lacroix""".split()
SITES = {"Nantes": "Europe/Paris", "Lyon": "Europe/Paris", "Saint-Denis": "Indian/Reunion", "Montréal": "America/Montreal"}
TITLES = ("Technicienne", "Ingénieur d’études", "Chargée de clientèle", "Comptable", "Conducteur de travaux")
FAMILIES = ("Production", "Études", "Commerce", "Finances")
SPAN = 8  # people under one manager
TODAY = datetime.date(2026, 11, 16)

HEADERS = {
    "employee_number": "Matricule",
    "last_name": "Nom",
    "first_name": "Prénom",
    "email": "E-mail professionnel",
    "private_email": "Courriel personnel",
    "unit": "Code service",
    "unit_name": "Libellé service",
    "parent_unit": "Service parent",
    "site": "Site",
    "site_time_zone": "Fuseau horaire",
    "job_family": "Famille de métiers",
    "position_title": "Intitulé du poste",
    "manager_number": "Matricule du responsable",
    "hired_on": "Date d’entrée",
    "trial_ends_on": "Fin de période d’essai",
    "leaves_on": "Date de sortie",
    "languages": "Langues parlées",
    "work_phone": "Téléphone professionnel",
    "language": "Langue",
}


def people(count, seed=1, today=TODAY):
    """The rows of a company of ``count`` people, in which each manager has eight under them and leads a unit."""
    chance = random.Random(seed)
    sites = list(SITES)
    units = max(1, count // SPAN)
    for index in range(count):
        first, last = chance.choice(FIRST), chance.choice(LAST)
        leader = (index - 1) // SPAN if index else None
        unit = index if index < units and index * SPAN + 1 < count else leader or 0
        above = (unit - 1) // SPAN if unit else None
        hired = today - datetime.timedelta(days=chance.randrange(1, 9000))
        site = sites[unit % len(sites)]
        yield {
            "employee_number": f"E{index:06}",
            "first_name": first,
            "last_name": last,
            "email": f"p{index}@exemple.fr",
            "private_email": f"p{index}@maison.example" if index % 3 else "",
            "unit": f"S{unit:05}",
            "unit_name": f"Service {unit}",
            "parent_unit": f"S{above:05}" if above is not None else "",
            "site": site,
            "site_time_zone": SITES[site],
            "job_family": chance.choice(FAMILIES),
            "position_title": chance.choice(TITLES),
            "manager_number": f"E{leader:06}" if leader is not None else "",
            "hired_on": hired,
            "trial_ends_on": hired + datetime.timedelta(days=90),
            "leaves_on": "",
            "languages": "fr; anglais" if index % 2 else "Français",
            "work_phone": f"02 40 {index % 100:02} {index // 100 % 100:02} 00",
            "language": "fr",
        }


def written(rows, *, headers=HEADERS, separator=";", newline="\r\n", dates="%d/%m/%Y", quoting=csv.QUOTE_MINIMAL):
    """The text of a CSV file with these rows; ``headers`` gives its columns and what it calls them."""
    text = io.StringIO()
    write(rows, text, headers=headers, separator=separator, newline=newline, dates=dates, quoting=quoting)
    return text.getvalue()


def write(rows, file, *, headers=HEADERS, separator=";", newline="\r\n", dates="%d/%m/%Y", quoting=csv.QUOTE_MINIMAL):
    """The same into an open text file, row by row."""
    writer = csv.writer(file, delimiter=separator, lineterminator=newline, quoting=quoting)
    writer.writerow(headers.values())
    for row in rows:
        cells = (row.get(name, "") for name in headers)
        writer.writerow(cell.strftime(dates) if isinstance(cell, datetime.date) else cell for cell in cells)
