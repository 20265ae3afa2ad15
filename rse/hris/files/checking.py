"""What no row shows alone: who is whose manager, what is above itself, who is where another is."""

from collections import defaultdict
from collections.abc import Callable, Iterable

from .columns import ColumnMapping
from .company import Company, Place, Said
from .formats import Table
from .lookalikes import Lookalikes
from .problems import FileRefused, Problems
from .reading import decide, read_rows
from .snapshot import Known
from .superiors import Superiors
from .units import Organisation

MOST_NAMED = 12  # members of a cycle that its message names


def check(
    table: Table,
    mapping: ColumnMapping,
    *,
    is_full: bool,
    known: Known | None = None,
    problems: Problems | None = None,
    seen: Callable[[int], None] | None = None,
) -> Company:
    """Read the whole file once and return the company that the file describes, with every problem of its rows in ``company.problems``.

    In a full file a manager is somebody of the file; in a file of changes also somebody ``known``.

    Raises:
        FileRefused: the file has nobody in it, lacks a required column, or is damaged.

    """
    known = known or Known()
    decisions = decide(table, mapping, Organisation(known.unit_names, known.units))
    company = Company(mapping, known, is_full, problems or Problems(), decisions)
    lookalikes = Lookalikes()
    for row in read_rows(table, mapping, company.problems, seen, decisions=decisions):
        company.add(row)
        if not row.is_vacant:
            lookalikes.see(row, company.problems)
    if not company.row_count:
        raise FileRefused("no_rows")
    lookalikes.finish(company.problems)
    _check_units(company)
    _check_superiors(company)
    _check_cycles(company)
    _check_places(company)
    _drop_idle_places(company)
    return company


def _check_units(company: Company) -> None:
    unknown = set()
    for code, line, column in company.unnamed_units():
        unknown.add(code)
        company.problems.add(line, column, "unknown_unit", unit=code)
    for code in unknown:
        company.units.pop(code, None)
    for code in [code for code, place in company.places.items() if place.unit in unknown]:
        del company.places[code]

    def parent(code: str) -> str:
        said = company.units.get(code)
        return (said.parent if said else "") or company.known.units.get(code, "")

    for cycle in _cycles(company.units, parent):
        for code in cycle:
            said = company.units.get(code)
            if said and said.parent:
                company.problems.add(said.parent_line, "parent_unit", "unit_cycle", units=_named([company.as_said(one) for one in cycle]))
                said.parent = ""


def _check_superiors(company: Company) -> None:
    """Write which position is above which, and add a problem for each manager that cannot be theirs."""
    says_any = company.mapping.says("manager_number", "manager_position")
    superiors = Superiors(company)
    for said in company.everything_said():
        found = _superior(company, said, superiors)
        if said.interim and not _is_known(company, said.interim):
            company.problems.add(said.line, "interim_position", "unknown_position", position=said.interim)
        elif said.interim and said.interim == said.place:
            company.problems.add(said.line, "interim_position", "interim_own_position", position=said.place)
        place = company.places.get(said.place)
        if place is None or found is None or not says_any:
            continue
        if place.above and found and found != place.above:
            _settle(company, said, place, found)
        elif not place.above:
            place.above, place.above_line = found, said.line


def _settle(company: Company, said: Said, place: Place, found: str) -> None:
    """Add a problem where rows put a shared position under two others; those who have left contradict nobody."""
    if said.is_left:
        return
    if company.is_shared(said.place) and not place.is_of_left:
        column = "manager_position" if said.superior else "manager_number"
        company.problems.add(said.line, column, "manager_differs", position=company.as_said(said.place), other_line=place.above_line)


def _superior(company: Company, said: Said, superiors: Superiors) -> str | None:
    """Return the code of the position above that of ``said``; nothing for the top, None where the row is wrong about it."""
    if said.superior:
        return _position_above(company, said)
    return _place_of_manager(company, said, superiors) if said.manager else ""


def _position_above(company: Company, said: Said) -> str | None:
    if said.superior == said.place:
        return ""
    if not _is_known(company, said.superior):
        company.problems.add(said.line, "manager_position", "unknown_position", position=said.superior)
    else:
        return said.superior
    return None


def _place_of_manager(company: Company, said: Said, superiors: Superiors) -> str | None:
    """Return the place of whom the row names; nobody for one who is not found, or whose name several share: that is only a remark."""
    found = superiors.of(said)
    if not found.is_known:
        if found.is_between_known:
            company.problems.add(said.line, "manager_number", "manager_name_of_several", value=said.manager)
        elif found.between:
            people = [(number, _told_apart(company, number)) for number in found.between]
            company.problems.add(said.line, "manager_number", "manager_shared_name", value=said.manager, people=people)
        else:
            company.problems.add(said.line, "manager_number", "unknown_manager", value=said.manager)
        return ""
    if not found.number or found.number == said.number:
        return ""
    manager = company.people.get(found.number)
    code = manager.place if manager else company.known.place_of.get(found.number, "")
    if code == said.place:
        company.problems.add(said.line, "manager_number", "manager_same_position", position=company.as_said(code))
        return None
    if not _is_known(company, code):
        company.problems.add(said.line, "manager_number", "manager_not_imported", number=said.manager)
        return ""
    return code


def _told_apart(company: Company, number: str) -> str:
    """What tells people of one name apart: their number, and what the file says of their place."""
    said = company.people.get(number)
    place = company.places.get(said.place) if said is not None else None
    unit = company.units.get(place.unit) if place is not None else None
    return " · ".join(filter(None, (number, place.title if place else "", unit.name if unit else "")))


def _is_known(company: Company, code: str) -> bool:
    return code in company.places or code in company.known.above


def _check_cycles(company: Company) -> None:
    cycles = list(_cycles(company.places, company.above))
    if not cycles:
        return
    cycle_of = {code: number for number, cycle in enumerate(cycles) for code in cycle}
    inside: dict[int, list[Said]] = defaultdict(list)
    for said in company.everything_said():
        if said.place in cycle_of and not said.is_left:
            inside[cycle_of[said.place]].append(said)
    for number, cycle in enumerate(cycles):
        holders = {said.place: said.number for said in reversed(inside[number]) if said.number}
        numbers = _named([holders.get(code) or company.as_said(code) for code in cycle])
        for said in inside[number]:
            column = "manager_position" if said.superior or not company.mapping.says("manager_number") else "manager_number"
            company.problems.add(said.line, column, "cycle", numbers=numbers)
        for code in cycle:
            if code in company.places:
                company.places[code].above = None


def _cycles(codes: Iterable[str], above: Callable[[str], str]) -> Iterable[list[str]]:
    """Iterate over the rings of codes in which each is above the one before, each ring once; linear in the number of codes."""
    done: set[str] = set()
    for start in codes:
        way: list[str] = []
        on_way: dict[str, int] = {}
        here = start
        while here and here not in done:
            done.add(here)
            on_way[here] = len(way)
            way.append(here)
            here = above(here)
        if here in on_way:
            yield way[on_way[here] :]


def _named(members: list[str]) -> str:
    """Return the members of a ring in words, with the first again at the end; a long ring is cut."""
    shown = [*members[:MOST_NAMED], "…"] if len(members) > MOST_NAMED else members
    return " → ".join([*shown, members[0]])


def _check_places(company: Company) -> None:
    """Add a problem for each person who would hold a position that is not shared at the same time as another."""
    first: dict[str, Said] = {}
    crowds: dict[str, list[Said]] = {}
    for said in company.people.values():
        if said.is_left or said.place not in company.places:
            continue
        earlier = first.setdefault(said.place, said)
        if earlier is not said:
            crowds.setdefault(said.place, [earlier]).append(said)
    for code, crowd in crowds.items():
        if company.is_shared(code):
            continue
        there: list[Said] = []
        for said in crowd:
            beside = next((other for other in there if _overlap(said, other)), None)
            if beside is None:
                there.append(said)
            else:
                params = {"position": company.as_said(code), "number": beside.number, "other_line": beside.line}
                column = "position" if company.mapping.says("position") else "employee_number"
                company.problems.add(said.line, column, "two_on_position", **params)


def _overlap(one: Said, other: Said) -> bool:
    if one.starts is None or other.starts is None:
        return True
    return (one.ends is None or one.ends >= other.starts) and (other.ends is None or other.ends >= one.starts)


def _drop_idle_places(company: Company) -> None:
    """Drop each position of somebody who left that only this file knows, without a code, and that nobody stands under or in for."""
    idle = {code for code, place in company.places.items() if place.is_of_left and not place.is_named and code not in company.known.above}
    if idle:
        needed = {place.above for place in company.places.values() if place.above}
        needed |= {said.interim for said in company.everything_said() if said.interim}
        for code in idle - needed:
            del company.places[code]
