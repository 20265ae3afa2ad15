"""What the company is before the file: as much of it as the rows of a file are checked against."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Known:
    """Facts by the codes and numbers that files use; empty for a company without anybody."""

    units: dict[str, str] = field(default_factory=dict)  # code -> code of the unit above, or nothing
    sites: dict[str, tuple[str, ...]] = field(default_factory=dict)  # key of a name -> name, time zone, country, region
    families: dict[str, str] = field(default_factory=dict)  # key of a label -> label
    above: dict[str, str] = field(default_factory=dict)  # code of a position -> code of the one above, or nothing
    shared: set[str] = field(default_factory=set)  # codes of shared positions
    place_of: dict[str, str] = field(default_factory=dict)  # number of a person who has not left -> code of their position
    unit_names: dict[str, str] = field(default_factory=dict)  # code -> name
    unlisted: set[int] = field(default_factory=set)  # keys of people about whom HR is asked because a file did not name them
    corrected: dict[int, dict[str, str]] = field(default_factory=dict)  # key of a person -> what HR corrected by hand, as texts
    people_by_hand: set[int] = field(default_factory=set)  # keys of all of whom something was so corrected
    # Code of a position -> number of its holder, and what was so corrected of it.
    places_by_hand: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)
    # Read where a file of changes names superiors so: address -> number of who has not left, key of a name -> numbers of who is here.
    numbers_of_addresses: Callable[[], dict[str, str]] = dict
    numbers_of_names: Callable[[], dict[str, list[str]]] = dict


def name_key(name: str) -> str:
    """Return the key under which two spellings of the name of a site or a job family are one: without case, and nothing more.

    Names that differ by an accent are two rows, of earlier files too: folded they would be one, and people would change their site.
    """
    return name.casefold()
