"""Text with a separator (CSV and its kin) as rows of cells. The separator is decided on the whole head of the file."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Sequence

from commonground.intake.problems import BadInput

SEPARATORS = (",", ";", "\t", "|")
HEAD = 60_000
_NOTHING = "".join(SEPARATORS) + '" \r\n'
csv.field_size_limit(1_000_000)

Known = Callable[[Sequence[str]], int]


def split(text: str, file: str, known: Known) -> list[list[str]]:
    """All rows, blank ones included, so that the position of a row is its number. `known` counts the headers it knows in a row.

    Raises BadInput when a quotation mark is never closed.
    """
    if not text.strip(_NOTHING):
        return []
    named = text[:10].lower()
    offset = 0
    if named.startswith("sep=") and len(named) > 5 and named[5] in "\r\n":
        separator, offset = text[4], 1
    else:
        separator = find_separator(text, known)
    try:
        rows = _rows(text, separator)
    except csv.Error:
        raise BadInput(
            f"{file} has a cell of more than a million letters, as a quotation mark that is never closed makes it. "
            "Close the quotation mark and give the file again."
        ) from None
    _refuse_open_quote(text, rows, file)
    if offset:
        rows[0] = []
    return rows


def find_separator(text: str, known: Known) -> str:
    """The separator that makes the most sense of the head: knows most headers, then gives rows of one width, then more columns."""
    head = _head(text)
    return max(SEPARATORS, key=lambda separator: _fit(head, separator, known))


def _head(text: str) -> str:
    if len(text) <= HEAD:
        return text
    cut = max(text.rfind("\n", 0, HEAD), text.rfind("\r", 0, HEAD))
    return text[: cut + 1] if cut > 0 else text[:HEAD]


def _fit(head: str, separator: str, known: Known) -> tuple[int, float, int]:
    try:
        rows = [row for row in _rows(head, separator) if any(cell.strip() for cell in row)]
    except csv.Error:
        return (0, 0.0, 0)
    if not rows:
        return (0, 0.0, 0)
    width, count = Counter(map(len, rows)).most_common(1)[0]
    headers = max(known(row) for row in rows[:25])
    return (headers, count / len(rows) if width > 1 else 0.0, width)


def _rows(text: str, separator: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def _refuse_open_quote(text: str, rows: list[list[str]], file: str) -> None:
    if not rows or not rows[-1] or text.count('"') % 2 == 0:
        return
    last = rows[-1][-1]
    if "\n" in last or "\r" in last:
        raise BadInput(
            f"{file} has a quotation mark in row {len(rows)} that is never closed, so that everything after it is one cell. "
            "Close it, or remove it, and give the file again."
        )
