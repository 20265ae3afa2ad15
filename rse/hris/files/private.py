"""What of a file is never read, and is erased from the copy that is kept: pay, bank, social security, birth, home, health, family."""

import re
from collections.abc import Iterable

from .headers import said_as

# Words of a folded header that say so by themselves, wherever they stand in it.
WORDS = frozenset(
    """iban bic rib swift bank banque bankverbindung konto kontonummer salaire salary salaires gehalt lohn wage wages pay payrate paye
    remuneration compensation bonus prime primes nir ssn siren sozialversicherungsnummer steuernummer birthday geburtstag geburtsdatum
    geburtsort naissance birth birthdate dob religion konfession nationalite nationality staatsangehorigkeit civilite gender sexe sex
    geschlecht salutation anrede mariage married familienstand enfants children kinder conjoint spouse handicap rqth disability
    passport passeport adresse address addr addr1 addr2 adresszeile anschrift strasse street rue cp zip zipcode plz postcode postal
    coefficient indice echelon taux hourly brut brute gross pension rente mutuelle prevoyance nss ddn age citizenship ethnicity race
    veteran syndicat maladie domicile voie bancaire geboren""".split()
)
# The same where it takes several words.
PHRASES = (
    *("securite sociale", "social security", "numero secu", "n secu", "num secu", "national id", "tax id", "tax number", "numero fiscal"),
    *("date de naissance", "date naissance", "date of birth", "lieu de naissance", "place of birth", "pays de naissance"),
    *("date naiss", "date de naiss", "dt naissance", "ne le", "nee le", "ne e le", "geb datum"),
    *("net a payer", "net imposable", "account number", "numero de compte", "n de compte", "n ss", "steuer id", "sv nummer"),
    *(f"{line} {whose}" for line in ("tel", "telephone", "mobile", "portable") for whose in ("perso", "personnel", "prive")),
    *(f"{whose} {line}" for line in ("phone", "mobile", "telephone", "cell", "cell phone") for whose in ("personal", "private", "home")),
    *("etat civil", "marital status", "situation familiale", "situation de famille", "code postal", "zip code", "post code"),
    *("code postale", "emergency contact", "contact urgence", "personne a prevenir", "pay rate", "pay type", "pay group", "pay grade"),
    *("marital", "blood type", "carte vitale", "titre de sejour", "permis de travail", "work permit", "arret maladie"),
)
# Parts of words that say so, which German writes in one with others.
STEMS = re.compile(
    r"gehalt|(?:brutto|netto|stunden|monats|grund)lohn|steuer(?:id|identifikations|klasse|nummer|nr)|sozialvers|rentenvers|krankenkasse"
    r"|schwerbehind|kinderfrei|geburts(?!name)|kontonr|kontoinhaber|wohnort|wohnadresse|privatadresse|hausnummer|hausnr"
    r"|datenaiss|datnai|lieunaiss"
)
# What holds one of the words above and is asked for all the same: addresses of mail, former names, codes of positions.
OF_MAIL = re.compile(r"\b(?:e ?mails?|mails?|courriels?|electroniques?)\b")
WORDS_OF_MAIL = frozenset({"adresse", "address", "addr"})
ASKED_FOR = re.compile(r"\b(?:nom (?:de )?naissance|birth ?name|name at birth|geburtsname|nom marital|post code id)\b")
# What says that a file holds where people live; beside it, a town, a telephone and an address of mail may be those of a home.
OF_HOMES = re.compile(
    r"\b(?:adresse|address|addr ?[12]?|strasse|street|rue|anschrift|cp|zip(?: ?code)?|plz|postcode|code postale?|postal code)\b"
)
AMBIGUOUS = frozenset(
    {"ville", "city", "town", "stadt", "ort", "commune", "telephone", "tel", "phone", "phone number", "numero de telephone", "telefon"}
    | {"telephone number", "n telephone", "email", "e mail", "mail", "courriel", "adresse email", "adresse e mail", "adresse mail"}
    | {"email address", "e mail address", "mail address", "adresse electronique", "adresse de courriel", "adresse courriel"}
)
IBAN = re.compile(r"[A-Z]{2}\d{2}[ ]?(?:[A-Z0-9]{4}[ ]?){2,7}[A-Z0-9]{1,4}")
SOCIAL_SECURITY = re.compile(r"[1-478] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3}(?: ?\d{2})?")
MONEY = re.compile(
    r"[€$£]? ?\d{1,3}(?:[ .,\u00a0\u202f]?\d{3})*[.,]\d{2} ?(?:€|\$|£|eur|usd|gbp|chf)?|\d+(?:[.,]\d+)? ?(?:€|\$|£|eur|usd|gbp|chf)",
    re.IGNORECASE,
)
STREET = re.compile(
    r"\d{1,4}(?: ?(?:bis|ter|[a-d]))?,? (?:rue|avenue|av|bd|boulevard|place|chemin|impasse|allee|allée|route|quai|cours)\b.*",
    re.IGNORECASE | re.DOTALL,
)
STREETS = re.compile(r".*\b(?:street|road|lane|avenue|drive)\b.*|.*(?:straße|strasse|str\.) \d+.*", re.IGNORECASE | re.DOTALL)
ENOUGH = 0.6  # share of the values that must look so


def is_private_by_name(header: str) -> bool:
    """Return whether the header names what a social network has no business with."""
    said = ASKED_FOR.sub(" ", said_as(header))
    words = set(said.split()) - (WORDS_OF_MAIL if OF_MAIL.search(said) else frozenset())
    return bool(words & WORDS or STEMS.search(said)) or any(f" {phrase} " in f" {said} " for phrase in PHRASES)


def is_private_by_values(values: Iterable[str]) -> bool:
    """Return whether most of these values are numbers of accounts or of social security, sums of money or addresses of homes."""
    seen = [value for value in values if value]
    shapes = (IBAN, SOCIAL_SECURITY, MONEY, STREET, STREETS)
    return bool(seen) and any(sum(bool(shape.fullmatch(value)) for value in seen) >= ENOUGH * len(seen) for shape in shapes)


def ambiguous_in(headers: Iterable[str]) -> set[str]:
    """Return those of the headers that may name something of somebody's home, because others of the file do."""
    said = {header: said_as(header) for header in headers}
    has_homes = any(OF_HOMES.search(name) and not OF_MAIL.search(name) for name in said.values())
    return {header for header, name in said.items() if name in AMBIGUOUS} if has_homes else set()
