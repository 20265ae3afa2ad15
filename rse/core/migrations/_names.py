"""What rows are found and ordered by, as it was computed when the latter came. Frozen: migrations import this and nothing that lives."""

import re
import unicodedata

LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
APOSTROPHES = re.compile("[´`ʼʻʹˈ]")
WORD = re.compile(r"[^\W_]+")
PARTICLE = re.compile(r"(?:de\s+|d['’ʼ]\s*)(?=\w)")


def _fold(text):
    letters = unicodedata.normalize("NFKD", APOSTROPHES.sub("'", text)).casefold().translate(LETTERS)
    return "".join(letter for letter in unicodedata.normalize("NFKD", letters) if not unicodedata.combining(letter))


def found_by(*names):
    """Return each folded word of ``names`` after a blank, and in one piece what signs cut into several."""
    pieces = [WORD.findall(one) for name in names for one in _fold(name).split()]
    found = [word for parts in pieces for word in (*parts, "".join(parts))]
    return "".join(f" {word}" for word in dict.fromkeys(found) if word)


def sorts_as(*names, of_person=False):
    """Return the bytes that ``names`` are ordered by; of the family name of a person, which comes first, without "de" and "d'"."""
    said = [" ".join(name.split()) for name in names if name.split()]
    if of_person and said:
        said[0] = PARTICLE.sub("", said[0], count=1) if PARTICLE.match(said[0]) else said[0]
    plain = [" ".join(WORD.findall(_fold(name).replace("'", "").replace("’", ""))) for name in said]
    return "\0".join(["\1".join(plain), "\1".join(said)]).encode() if said else b""


def write_orders(table, *names, column="sorts_as", of_person=False, batch=2000):
    """Write beside each row of ``table``, a manager of one database, in ``column`` what it is ordered by, from its columns ``names``.

    What it is found by, where it has that column, is written anew.
    """
    is_found = "found_by" in {field.name for field in table.model._meta.fields}
    last = 0
    while rows := list(table.filter(pk__gt=last).order_by("pk").only("pk", *names)[:batch]):
        for row in rows:
            said = [getattr(row, name) for name in names]
            setattr(row, column, sorts_as(*said, of_person=of_person))
            if is_found:
                row.found_by = found_by(*(reversed(said) if of_person else said))  # of a person, the first name before the other
        table.bulk_update(rows, [column, "found_by"] if is_found else [column], batch_size=200)
        last = rows[-1].pk
