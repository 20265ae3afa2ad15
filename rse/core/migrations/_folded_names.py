"""What rows are found by, as it was computed when the columns came. Frozen: migrations import this and nothing that lives."""

import re
import unicodedata

LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
LONE_ACCENTS = re.compile("[´`]")
WORD = re.compile(r"[^\W_]+")


def _fold(text):
    letters = unicodedata.normalize("NFKD", LONE_ACCENTS.sub("'", text)).casefold().translate(LETTERS)
    return "".join(letter for letter in unicodedata.normalize("NFKD", letters) if not unicodedata.combining(letter))


def found_by(*names):
    """Return each folded word of ``names`` after a blank, and in one piece what signs cut into several."""
    pieces = [WORD.findall(one) for name in names for one in _fold(name).split()]
    found = [word for parts in pieces for word in (*parts, "".join(parts))]
    return "".join(f" {word}" for word in dict.fromkeys(found) if word)


def write_beside(table, *columns, batch=2000):
    """Write beside each row of ``table``, a manager of one database, the words of ``columns`` that it is found by."""
    last = 0
    while rows := list(table.filter(pk__gt=last).order_by("pk").only("pk", *columns)[:batch]):
        for row in rows:
            row.found_by = found_by(*(getattr(row, column) for column in columns))
        table.bulk_update(rows, ["found_by"], batch_size=200)
        last = rows[-1].pk
