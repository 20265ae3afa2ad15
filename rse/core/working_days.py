"""Days on which people work: neither a Saturday, a Sunday nor a public holiday where they are."""

import datetime
from functools import cache
from typing import Any

from django.conf import settings

from .folding import fold

ONE_DAY = datetime.timedelta(days=1)
SATURDAY = 5

# Countries as people of HR call them in French and in German, folded.
NAMES = {
    name: code
    for code, names in {
        "AT": "autriche osterreich",
        "BE": "belgique belgien",
        "BR": "bresil brasilien",
        "CA": "canada kanada",
        "CH": "suisse schweiz",
        "CZ": "tchequie|republique tcheque|tschechien",
        "DE": "allemagne deutschland",
        "DK": "danemark danemark",
        "ES": "espagne spanien",
        "FI": "finlande finnland",
        "FR": "france frankreich",
        "GB": "royaume-uni|royaume uni|grande-bretagne|angleterre|vereinigtes konigreich|grossbritannien|great britain|england",
        "GR": "grece griechenland",
        "HU": "hongrie ungarn",
        "IE": "irlande irland",
        "IT": "italie italien",
        "JP": "japon japan",
        "LU": "luxembourg luxemburg",
        "MA": "maroc marokko",
        "NL": "pays-bas|pays bas|niederlande|holland|hollande",
        "NO": "norvege norwegen",
        "PL": "pologne polen",
        "PT": "portugal portugal",
        "RO": "roumanie rumanien",
        "SE": "suede schweden",
        "SK": "slovaquie slowakei",
        "TN": "tunisie tunesien",
        "TR": "turquie turkei",
        "US": "etats-unis|etats unis|usa|vereinigte staaten|united states of america",
    }.items()
    for name in (names.split("|") if "|" in names else names.split())
}


def is_worked(day: datetime.date, site: Any = None) -> bool:
    """Return whether ``day`` is worked at ``site``, a row with a country and a region; where it has none, in the company's country."""
    country, region = (site.country, site.region) if site is not None and site.country else (settings.COUNTRY, "")
    return day.weekday() < SATURDAY and day not in _holidays(country, region)


def working_day_after(day: datetime.date, count: int, site: Any = None) -> datetime.date:
    """Return the ``count``-th working day after ``day`` at ``site``."""
    while count:
        day += ONE_DAY
        count -= is_worked(day, site)
    return day


def region_named(country: str, said: str) -> str | None:
    """Return the code of the region that a file calls ``said``, by code or by name; None where the country has no such region."""
    known = _known(country)
    if known is None:
        return None
    codes = {fold(code): code for code in known[1]} | {fold(name): code for name, code in known[2].items()}
    return codes.get(fold(said))


def country_named(said: str) -> str | None:
    """Return the ISO 3166 code of a country whose holidays are known, from its code of two or three letters or its name; None otherwise.

    Names are those of the library, in English, and those below.
    """
    from holidays.registry import COUNTRIES  # noqa: PLC0415 - a tenth of a second, for those who ask

    name = fold(said)
    listed = COUNTRIES.get(name.replace(" ", "_"))
    found = _known(NAMES.get(name) or (listed[1] if listed else said.strip().upper()))
    return found[0] if found else None


@cache
def _known(country: str) -> tuple[str, tuple[str, ...], dict[str, str]] | None:
    """Return the code of a country, the codes of its regions, and these by their names."""
    import holidays  # noqa: PLC0415 - a tenth of a second, for those who ask

    try:
        rules = holidays.country_holidays(country)
    except (NotImplementedError, KeyError):
        return None
    return rules.country, tuple(rules.subdivisions), dict(rules.subdivisions_aliases)


@cache
def _holidays(country: str, region: str) -> Any:
    import holidays  # noqa: PLC0415 - a tenth of a second, for those who ask

    try:
        return holidays.country_holidays(country, subdiv=region or None)
    except (NotImplementedError, KeyError):
        return {}
