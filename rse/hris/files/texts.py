"""CSV files, whatever separates their cells: the lines of a text, and the records that they make."""

import csv
import itertools
import math
import re
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import closing
from pathlib import Path

from .encodings import Encoding
from .known import hits
from .layout import MOST_COLUMNS, Record
from .problems import FileRefused

LONGEST_LINE = 1_000_000  # characters; a header or a row is never this long
SAMPLE = 60  # records that tell which separator a file uses
MOST_CELLS = 50_000  # in these
MOST_LINES = 5_000  # that are looked through for them
SEPARATORS = (";", "\t", ",", "|", "^", "~")
KNOWN = 2  # names of columns that we know, and a separator is beyond doubt
NAMED_SEPARATOR = re.compile(r"(?i)sep=(.)\r?\n?")  # a first line that some spreadsheets write


def text_records(path: Path, encoding: Encoding, separator: str, seen: Callable[[int], None] | None = None) -> Generator[Record]:
    """Iterate over the records of a text, each with the line on which it begins.

    Raises:
        FileRefused: a line cannot be read, or a quotation mark is missing.

    """
    with closing(_lines(path, encoding, seen)) as lines:
        reader = csv.reader(lines, delimiter=separator)
        line = 1
        try:
            for cells in reader:
                yield line, cells
                line = reader.line_num + 1
        except csv.Error:
            raise FileRefused("unclosed_quote", line=line) from None


def _lines(path: Path, encoding: Encoding, seen: Callable[[int], None] | None = None) -> Generator[str]:
    """Iterate over the lines with their ends; a first line in which a spreadsheet named its separator comes empty."""
    size, number = max(path.stat().st_size, 1), 0
    with path.open(encoding=encoding.name, errors=encoding.errors, newline="") as file:
        while True:
            try:
                line = file.readline(LONGEST_LINE)
            except UnicodeError:
                raise FileRefused("unreadable_text", line=number + 1) from None
            if not line:
                return
            number += 1
            if len(line) >= LONGEST_LINE:
                raise FileRefused("unclosed_quote", line=number)
            if seen is not None and number % 1000 == 0:
                seen(min(99, file.buffer.tell() * 100 // size))
            yield "\n" if number == 1 and NAMED_SEPARATOR.fullmatch(line) else line


def separator_of(path: Path, encoding: Encoding) -> str:
    """Return the separator that the file names, or the one that makes the best table of the first records.

    Raises:
        FileRefused: the first line cannot be read.

    """
    with path.open(encoding=encoding.name, errors=encoding.errors, newline="") as file:
        try:
            named = NAMED_SEPARATOR.fullmatch(file.readline(16))
        except UnicodeError:
            raise FileRefused("unreadable_text", line=1) from None
    if named and named[1] in SEPARATORS:
        return named[1]
    scores = {separator: _fitness(path, encoding, separator) for separator in SEPARATORS}
    return max(SEPARATORS, key=scores.__getitem__)


def _fitness(path: Path, encoding: Encoding, separator: str) -> tuple[float, ...]:
    """What speaks for a separator: known names in one record, cells in the narrowest record, records of equal width, and their width."""
    widths, known = list[int](), 0
    try:
        with closing(text_records(path, encoding, separator)) as records:
            for _line, cells in itertools.islice(records, MOST_LINES):
                if not any(cells):
                    continue
                widths.append(len(cells))
                known = max(known, hits(cells[:MOST_COLUMNS]))
                if len(widths) == SAMPLE or sum(widths) > MOST_CELLS:
                    break
    except FileRefused:
        return (-1.0,)
    wide = Counter(width for width in widths if width > 1)
    if not wide:
        return (0, 0 if widths else 1, 0, 0)  # one column; or nothing but this separator
    narrowest = min(widths) if min(widths) > 1 else 0
    width, count = wide.most_common(1)[0]
    return (known if known >= KNOWN else 0, narrowest, count * math.log(width), widths[0])
