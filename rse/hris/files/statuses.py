"""What systems say of somebody's presence in a word or two, and what it means here."""

from collections.abc import Iterable, Mapping

from .headers import folded

HERE, EXPECTED, GONE = "here", "expected", "gone"
NEITHER = ""  # a kind of contract, which says nothing of presence


def _listed(words: str) -> tuple[str, ...]:
    return tuple(" ".join(word.split()) for word in words.split(","))


# Folded, in French, English and German. Whoever is suspended or on leave works here.
WORDS = {
    HERE: _listed("""
        active, actif, active employee, actif ve, active actif, aktiv, a, true, yes, oui, vrai, 1, current, present, presente, en poste,
        enabled, employed, working, en activite, in service, confirmed, on probation, probation, en periode d essai, suspended, suspendu,
        suspendue, on leave, leave, leave of absence, loa, l, unpaid leave, paid leave, maternity leave, parental leave, conge, en conge,
        conge parental, conge maternite, conge sans solde, absent, absente, sabbatical, beurlaubt, elternzeit, ruhend, detache, detachee,
        en disponibilite, notice period, preavis, en preavis
    """),
    EXPECTED: _listed("""
        onboarding, pre hire, prehire, pre boarding, preboarding, pending, pending hire, hired, future, future hire, a venir,
        arrivee prevue, entrant, entrante, en attente, upcoming, not started, pending start, zukunftig, eintritt geplant
    """),
    GONE: _listed("""
        inactive, inactif, inactive employee, inaktiv, i, t, terminated, termine, terminee, false, no, non, faux, 0, left, gone, former,
        former employee, leaver, sorti, sortie, parti, partie, radie, radiee, resigned, retired, retraite, retraitee, deceased, decede,
        decedee, demission, licencie, licenciee, disabled, archived, archive, desactive, deactivated, ausgeschieden, ausgetreten,
        gekundigt, exited, offboarded, contract ended, fin de contrat, no show, not active, non actif, ended, u
    """),
}
KNOWN = {word: meaning for meaning, words in WORDS.items() for word in words}


# Folded words of which the kinds of contracts are made.
OF_CONTRACTS = frozenset(
    """full part time permanent temporary fixed term contract contractor internship intern apprentice apprenticeship freelance casual
    seasonal consultant employee external internal trainee cdi cdd stage stagiaire alternance alternant alternante apprenti apprentie
    interim interimaire temps plein partiel complet vacataire saisonnier vollzeit teilzeit befristet unbefristet praktikum werkstudent
    minijob azubi ausbildung probation de a""".split()
)


def meaning_of(word: str, said: Mapping[str, str] | None = None) -> str | None:
    """Return what ``word`` means: as a person ``said`` of it, by folded word, or as it usually does; None where nobody knows."""
    key = folded(word)
    meaning = (said or {}).get(key) or KNOWN.get(key)
    return NEITHER if meaning is None and key and set(key.split()) <= OF_CONTRACTS else meaning


def are_statuses(words: Iterable[str]) -> bool:
    """Return whether these distinct values of a column can be statuses: few, most of them known, and not kinds of contracts alone."""
    found = [meaning_of(word) for word in words]
    return 0 < len(found) <= 30 and any(found) and 2 * sum(one is not None for one in found) >= len(found)
