"""One company as ten HR systems would export it: their headers, their dates, their way of naming a superior. Its people are invented."""

import csv
import datetime
import random
import unicodedata
from dataclasses import dataclass

FIRST = """Camille Léa Hugo Inès Jules Chloé Nathan Zoé Élodie François Noémie Gaëlle Benoît Aïcha Mehdi Anaïs Jérôme Yannick Karim
    Jean-Luc""".split()
LAST = [
    *("Martin", "Bernard", "Petit", "Le Gall", "de La Fontaine", "N'Diaye", "Haddad", "O'Brien", "Müller", "García López", "Roy", "Faure"),
    *("Nguyen", "Benali", "Lefèvre", "Saint-Exupéry", "Dupont", "Moreau", "Garnier", "Chevalier"),
]
UNITS = ["Direction générale", "Ressources humaines", "Finance", "Production", "Logistique", "Commerce", "Informatique", "Qualité"]
TITLES = ["Directrice générale", "Responsable RH", "Comptable", "Opérateur", "Cariste", "Commercial", "Développeuse", "Contrôleur qualité"]
SITES = ["Nantes", "Lyon", "Saint-Étienne"]
COUNT, GONE_EACH = 60, 13
LEFT_ON = datetime.date(2025, 6, 30)


@dataclass
class Somebody:
    number: int
    first: str
    last: str
    unit: str
    title: str
    site: str
    hired: datetime.date
    boss: "Somebody | None"
    is_gone: bool

    @property
    def name(self):
        return f"{self.first} {self.last}"

    @property
    def turned(self):
        return f"{self.last}, {self.first}"

    @property
    def mail(self):
        return f"{plain(self.first)}.{plain(self.last)}@acme.example"

    def of_boss(self, say):
        return say(self.boss) if self.boss else ""

    def hired_as(self, form):
        return self.hired.strftime(form)

    def left_as(self, form, nothing=""):
        return LEFT_ON.strftime(form) if self.is_gone else nothing


def plain(text):
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if letter.isascii() and letter.isalnum()).lower()


def people():
    """The same sixty people each time, no two of one name; the first is above the seven next, who are above the others."""
    chance, found, names = random.Random(5), [], set()
    while len(found) < COUNT:
        first, last = chance.choice(FIRST), chance.choice(LAST)
        if (first, last) in names:
            continue
        names.add((first, last))
        index = len(found)
        place = index if index < len(UNITS) else chance.randrange(len(UNITS))
        boss = None if index == 0 else found[0] if index < len(UNITS) else found[chance.randrange(len(UNITS))]
        hired = datetime.date(2010 + chance.randrange(15), chance.randrange(1, 13), chance.randrange(1, 29))
        is_gone = index % GONE_EACH == GONE_EACH - 1
        found.append(Somebody(1000 + index, first, last, UNITS[place], TITLES[place], chance.choice(SITES), hired, boss, is_gone))
    return found


AMERICAN, FRENCH = "%m/%d/%Y", "%d/%m/%Y"
# By system: its headers, what one row says, and how the file is written.
LAYOUTS = {
    "workday": (
        (
            "Employee ID,Worker,Legal First Name,Legal Last Name,Email - Primary Work,Business Title,Supervisory Organization,Location,"
            "Worker's Manager,Hire Date,Termination Date,Worker Status,Worker Type,Home Address,Cost Center"
        ),
        lambda one: [
            *(f"{one.number:06}", one.name, one.first, one.last, one.mail, one.title, f"{one.unit} ({(one.boss or one).name})", one.site),
            *(one.of_boss(lambda boss: boss.name), one.hired_as(AMERICAN), one.left_as(AMERICAN)),
            *("Terminated" if one.is_gone else "Active", "Employee", "12 rue X", "CC1"),
        ],
        {"above": [["All Workers Report"], ["Effective as of 12/01/2026"], []]},
    ),
    "lucca": (
        "Matricule,Civilité,Nom,Prénom,Email,Identifiant,Date d'entrée,Date de sortie,Département,Établissement,Manager,Intitulé du poste",
        lambda one: [
            *(
                one.number,
                "Mme",
                one.last,
                one.first,
                one.mail,
                plain(one.last),
                one.hired_as(FRENCH),
                one.left_as(FRENCH),
                one.unit,
                one.site,
            ),
            *(one.of_boss(lambda boss: f"{boss.last} {boss.first}"), one.title),
        ],
        {"separator": ";", "encoding": "cp1252"},
    ),
    "adp": (
        (
            "Associate ID,Payroll Name,Position Status,Hire Date,Termination Date,Home Department Description,Job Title Description,"
            "Location Description,Reports To Name,Work Contact: Work Email,Tax ID (SSN),Regular Pay Rate Amount"
        ),
        lambda one: [
            *(f"AB{one.number}", one.turned, "Terminated" if one.is_gone else "Leave" if one.number % 7 == 0 else "Active"),
            *(one.hired_as(AMERICAN), one.left_as(AMERICAN), one.unit, one.title, one.site, one.of_boss(lambda boss: boss.turned)),
            *(one.mail, "900-12-3456", "25.00"),
        ],
        {},
    ),
    "cegid": (
        (
            "Etablissement,Libellé établissement,Matricule,Nom,Prénom,Nom de jeune fille,Date entrée,Date sortie,"
            "Code emploi,Libellé emploi,"
            "Code service,Libellé service,N° SS,Responsable (matricule)"
        ),
        lambda one: [
            *(
                "001",
                one.site,
                f"{one.number:08}",
                one.last.upper(),
                one.first,
                "",
                one.hired_as("%d/%m/%y"),
                one.left_as("%d/%m/%y", "  /  /    "),
            ),
            *("E1", one.title, one.unit[:3].upper(), one.unit, "1 85 01 44 109 123 45", one.of_boss(lambda boss: f"{boss.number:08}")),
        ],
        {"separator": "\t", "encoding": "cp850"},
    ),
    "orangehrm": (
        "Employee Id,First Name,Middle Name,Last Name,Job Title,Employment Status,Sub Unit,Supervisor,Location,Joined Date,Work Email",
        lambda one: [
            *(f"{one.number:04}", one.first, "", one.last, one.title, "Terminated" if one.is_gone else "Full-Time Permanent", one.unit),
            *(one.of_boss(lambda boss: boss.name), one.site, one.hired.isoformat(), one.mail),
        ],
        {},
    ),
    "google": (
        (
            "First Name [Required],Last Name [Required],Email Address [Required],Password [Required],"
            "Org Unit Path [Required],Status [READ ONLY],"
            "Last Sign In [READ ONLY],Recovery Email,Home Secondary Email,Employee ID,Employee Title,Manager Email,Department,Building ID"
        ),
        lambda one: [
            *(one.first, one.last, one.mail, "****", f"/{one.unit}", "Active", "2026/11/20 10:00:00", f"x{one.number}@gmail.com", ""),
            *(one.number, one.title, one.of_boss(lambda boss: boss.mail), one.unit, one.site),
        ],
        {"gone": 0, "has_days": False},
    ),
    "entra": (
        (
            "userPrincipalName,displayName,surname,mail,givenName,id,userType,jobTitle,department,accountEnabled,"
            "usageLocation,streetAddress,"
            "state,country,officeLocation,city,postalCode,telephoneNumber,mobilePhone,employeeId,employeeHireDate,manager"
        ),
        lambda one: [
            *(
                one.mail,
                one.name,
                one.last,
                one.mail,
                one.first,
                f"{one.number:08x}-aaaa-bbbb-cccc-1234567890ab",
                "Member",
                one.title,
                one.unit,
            ),
            *("False" if one.is_gone else "True", "FR", "", "", "France", one.site, one.site, "44000", "", "", one.number),
            *(f"{one.hired.isoformat()}T00:00:00Z", one.of_boss(lambda boss: boss.mail)),
        ],
        {},
    ),
    "factorial": (
        (
            "Identifier,First name,Last name,Email,Birthday,Start date,Termination date,Job title,Team,Workplace,"
            "Manager,Social Security Number,"
            "Bank account number"
        ),
        lambda one: [
            *(
                one.number,
                one.first,
                one.last,
                one.mail,
                "1980-05-01",
                one.hired_as("%d-%m-%Y"),
                one.left_as("%d-%m-%Y"),
                one.title,
                one.unit,
            ),
            *(one.site, one.of_boss(lambda boss: boss.name), "1850144109123", "FR7630001007941234567890185"),
        ],
        {},
    ),
    "payfit": (
        (
            "Nom de naissance;Nom d'usage;Prénom(s);Matricule;Adresse e-mail;E-mail personnel;Date de naissance;Date de début du contrat;"
            "Date de fin du contrat;Intitulé du poste;Équipe;Établissement;Responsable;Salaire brut annuel"
        ),
        lambda one: [
            *(
                one.last,
                "",
                one.first,
                one.number,
                one.mail,
                f"{plain(one.first)}{one.number}@free.example",
                "01/05/1980",
                one.hired_as(FRENCH),
            ),
            *(one.left_as(FRENCH), one.title, one.unit, one.site, one.of_boss(lambda boss: boss.name), "36 000,00 €"),
        ],
        {"separator": ";"},
    ),
    "personio in German": (
        (
            "Personalnummer;Vorname;Nachname;E-Mail;Geschlecht;Status;Position;Vorgesetzter;Abteilung;Standort;Einstellungsdatum;"
            "Letzter Arbeitstag;Probezeitende;Geburtsdatum;Straße;PLZ;Ort"
        ),
        lambda one: [
            *(one.number, one.first, one.last, one.mail, "weiblich", "Inaktiv" if one.is_gone else "Aktiv", one.title),
            *(one.of_boss(lambda boss: boss.name), one.unit, one.site, one.hired_as("%d.%m.%Y"), one.left_as("%d.%m.%Y")),
            *("", "01.05.1980", "Hauptstr. 5", "10115", "Berlin"),
        ],
        {"separator": ";", "encoding": "cp1252"},
    ),
    "a list made by hand": (
        "Mat.;NOM Prénom;Service;Fonction;N+1;Entrée;Sortie;Lieu",
        lambda one: [
            *(f"{one.number:05}", f"{one.last.upper()} {one.first}", one.unit, one.title),
            *(one.of_boss(lambda boss: f"{boss.last.upper()} {boss.first}"), one.hired_as(FRENCH), one.left_as(FRENCH), one.site),
        ],
        {"separator": ";", "above": [["Liste du personnel"], ["Édité le 01/12/2026"], []], "below": [["Total général", "60"]]},
    ),
}


def export(path, system):
    """Write the file of ``system`` to ``path``, and return what is said of it beside its rows."""
    headers, row, said = LAYOUTS[system]
    separator = said.get("separator", ",")
    with path.open("w", encoding=said.get("encoding", "utf-8"), newline="") as file:
        writer = csv.writer(file, delimiter=separator)
        writer.writerows(said.get("above", ()))
        writer.writerow(headers.split(";" if ";" in headers else ","))
        writer.writerows(row(one) for one in people())
        writer.writerows(said.get("below", ()))
    return said
