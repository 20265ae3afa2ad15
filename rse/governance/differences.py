"""What changed between two texts, paragraph by paragraph."""

import difflib
import re
from dataclasses import dataclass

MOST = 2000  # paragraphs that are compared
BREAK = re.compile(r"\n[ \t]*\n\s*")


@dataclass(frozen=True)
class Change:
    """One run of paragraphs: ``state`` is same, added, removed or changed."""

    state: str
    before: str
    after: str


def paragraphs(text):
    return [part.strip() for part in BREAK.split(text.replace("\r\n", "\n").strip()) if part.strip()][:MOST]


def differences(before, after):
    """Compare two texts by paragraphs and return the runs that turn ``before`` into ``after``, in the order of the text.

    By ``difflib.SequenceMatcher``: quadratic in the number of paragraphs at worst.
    """
    old, new = paragraphs(before), paragraphs(after)
    states = {"equal": "same", "insert": "added", "delete": "removed", "replace": "changed"}
    return [
        Change(states[tag], "\n\n".join(old[i1:i2]), "\n\n".join(new[j1:j2]))
        for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    ]
