"""What the database knows that a file is checked against. Everything is read in one pass per table, as codes and numbers."""

from collections import defaultdict
from functools import cache
from typing import Any

from django.db.models import Q, QuerySet

from rse.core import clock
from rse.core.characters import full_name
from rse.core.enums import PersonState
from rse.core.models import Holding, JobFamily, Person, Position, RoleGrant, Site, Unit

from ..models import Correction, UnlistedPerson
from .company import Company, Said, is_second_job
from .names import name_of_all
from .snapshot import Known, name_key

PIECE = 5000
OF_SITE = ("time_zone", "country", "region")


def load_known() -> Known:
    """Return the organisation as it stands, and who holds which position; eight queries, whatever the size of the company."""
    today = clock.today()
    above = {code: superior or "" for code, superior in Position.objects.values_list("code", "reports_to__code").iterator(PIECE)}
    codes = {code: code for code in above}  # one object per code, whoever mentions it
    place_of: dict[str, str] = {}
    primary = open_holdings().filter(is_interim=False, person__employee_number__isnull=False).exclude(person__state=PersonState.LEFT)
    rows = primary.order_by("starts_on", "pk").values_list("person__employee_number", "position__code", "starts_on")
    for number, code, starts_on in rows.iterator(PIECE):
        if number is None or (is_second_job(code, number) and number in place_of):
            continue
        if starts_on <= today or number not in place_of or is_second_job(place_of[number], number):
            place_of[number] = codes[code]
    units = list(Unit.objects.values_list("code", "name", "parent__code"))
    return Known(
        units={code: parent or "" for code, _name, parent in units},
        unit_names={code: name for code, name, _parent in units},
        sites={name_key(name): (name, *said) for name, *said in Site.objects.values_list("name", *OF_SITE)},
        families={name_key(label): label for label in JobFamily.objects.values_list("label", flat=True)},
        above={code: codes.get(superior, "") for code, superior in above.items()},
        shared=set(Position.objects.filter(is_shared=True).values_list("code", flat=True)),
        place_of=place_of,
        **_corrections(),
        unlisted=set(UnlistedPerson.objects.open().values_list("person", flat=True)),
        numbers_of_addresses=cache(_numbers_of_addresses),
        numbers_of_names=cache(_numbers_of_names),
    )


def _corrections() -> dict[str, Any]:
    """Return what HR corrected by hand and no file has said since: columns by person, and those of the positions that they hold."""
    people: dict[int, dict[str, str]] = {}
    superiors: dict[int, list[str]] = {}
    for person, values in Correction.objects.standing().order_by("pk").values_list("person", "values"):
        people.setdefault(person, {}).update({name: said for name, said in values.items() if name != "superior"})
        if "superior" in values:
            superiors[person] = values["superior"]
    places: dict[str, tuple[str, dict[str, str]]] = {}
    held = open_holdings().filter(person__in=people, is_interim=False).order_by("pk") if people else Holding.objects.none()
    for person, number, code in held.values_list("person", "person__employee_number", "position__code"):
        said: dict[str, str] = {name: people[person][name] for name in ("title", "unit") if name in people[person]}
        if superiors.get(person, [""])[0] == code:
            said["reports_to"] = superiors[person][1]
        if said:
            places[code] = (number or "", said)
    return {"corrected": {pk: said for pk, said in people.items() if said}, "people_by_hand": set(people), "places_by_hand": places}


def _here() -> QuerySet[Person]:
    return Person.objects.exclude(state=PersonState.LEFT).filter(employee_number__isnull=False)


def _numbers_of_addresses() -> dict[str, str]:
    rows = _here().filter(email__isnull=False).values_list("email", "employee_number").iterator(PIECE)
    return {email: number for email, number in rows if email and number}


def _numbers_of_names() -> dict[str, list[str]]:
    """Return who is here alone: of who is expected, not everybody may know that they are."""
    found: dict[str, list[str]] = defaultdict(list)
    for number, first, last in (
        _here().filter(state=PersonState.ACTIVE).values_list("employee_number", "first_name", "last_name").iterator(PIECE)
    ):
        if number:
            found[name_of_all(full_name(first, last))].append(number)
    return dict(found)


def open_holdings() -> QuerySet[Holding]:
    """Return the queryset of the holdings that have not ended: held today, or planned for later."""
    return Holding.objects.filter(Q(ends_on=None) | Q(ends_on__gte=clock.today()))


def check_against_database(company: Company) -> list[int]:
    """Add a problem for each e-mail and position that belongs to somebody else; return the keys of those whose e-mail another takes.

    The address of a person who has left stays theirs for ever. An address that its owner changes in this very file is free, unless they
    have an account or a role: then the address signs them in until they have confirmed the other one. Three queries, over roles, people
    with an address and holdings, and one more for each e-mail of the file that somebody without a number has.
    """
    _check_positions(company)
    return _check_emails(company)


def _check_emails(company: Company) -> list[int]:
    if not company.emails:
        return []
    freed, holders = [], set(RoleGrant.objects.not_over().values_list("person", flat=True))
    people = Person.objects.filter(email__isnull=False).values_list("pk", "email", "employee_number", "state", "has_account")
    for pk, email, number, state, has_account in people.iterator(PIECE):
        if email is None or (said := company.emails.get(email)) is None or said.number == number or _is_adopted(said, number, state):
            continue
        if company.same.get(said.number) == pk:
            continue
        owner = company.people.get(number) if number is not None else None
        if state != PersonState.LEFT and owner is not None and owner.has_email and not owner.is_left and not company.is_bad(owner.line):
            if has_account or pk in holders:  # it goes on signing its owner in until their own change is made
                company.held[email] = number or ""
                company.problems.add(said.line, "email", "email_held", email=email)
            else:
                freed.append(pk)
        else:
            company.problems.add(said.line, "email", "email_taken", email=email)
    return freed


def _is_adopted(said: Said, number: str | None, state: str) -> bool:
    """Return whether somebody who came without a file of HR (the first administrator) is found in this one by their e-mail."""
    return number is None and state != PersonState.LEFT and not Person.objects.filter(employee_number=said.number).exists()


def _check_positions(company: Company) -> None:
    """Add a problem for each position, not shared, that somebody outside the file holds.

    Those who have a number and are not in a full file give up a position that it gives to another.
    """
    holders = open_holdings().filter(is_interim=False).exclude(person__state=PersonState.LEFT)
    if company.is_full:
        holders = holders.filter(person__employee_number__isnull=True)
    taken = defaultdict(list)
    renumbered = set(company.same.values())
    rows = holders.values_list("position__code", "person", "person__employee_number", "person__email", "starts_on", "ends_on")
    for code, person, number, email, starts_on, ends_on in rows.iterator(PIECE):
        in_file = number in company.people or person in renumbered or (number is None and email in company.emails)
        if code in company.places and not in_file and not company.is_shared(code):
            taken[code].append((starts_on, ends_on))
    if not taken:
        return
    for said in company.people.values():
        for starts_on, ends_on in taken.get(said.place, ()) if not said.is_left else ():
            is_after = said.starts is not None and ends_on is not None and ends_on < said.starts
            is_before = said.ends is not None and said.ends < starts_on
            if not (is_after or is_before):
                company.problems.add(said.line, "position", "position_taken", position=company.as_said(said.place))
                break
