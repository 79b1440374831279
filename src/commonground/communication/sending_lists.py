"""A list that was taken, as the tools that send it read it: CSV or a workbook, a row for each contact, in the contact's language.

The last three columns are empty: what becomes of each is written there, and the same file is brought back.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from io import StringIO
from itertools import islice
from tempfile import TemporaryFile
from typing import IO, Final

from commonground.communication.addressing import now_on
from commonground.communication.printing import Texts
from commonground.communication.sendings import Sending
from commonground.ui import workbooks
from commonground.ui.csv_response import guarded

NUMBER: Final = re.compile(r"\+[\d ()/.\-]+$")  # what begins with a plus and is a number to dial runs in no spreadsheet
OUTCOME: Final = ("outcome", "on", "answer")
ROWS_AT_ONCE: Final = 500
LONGEST: Final = 32_767  # letters in a cell of a workbook
Line = tuple[str, ...]


def headers(row: Sending) -> Line:
    """ref, name, segment, the address, language, subject, text, and the three to fill in."""
    return ("ref", "name", "segment", row.channel, "language", "subject", "text", *OUTCOME)


def lines(row: Sending) -> Iterator[Line]:
    """A row for each contact of whom nothing came back and who still agrees. Raises CannotError before the list is taken."""
    row.message.refuse_untold()
    texts = Texts(row.message)
    contacts = now_on(row).select_related("segment").order_by("ref")
    for contact in contacts.iterator(chunk_size=1000):
        address = str(getattr(contact, row.channel))
        yield (contact.ref, contact.name, contact.segment.name, address, *texts.of(contact), *("" for _ in OUTCOME))


def csv_pieces(row: Sending) -> Iterator[str]:
    """The file in pieces, with a byte order mark: no cell is a formula, but numbers to dial keep their plus."""
    yield "\ufeff" + _csv([headers(row)])
    left = lines(row)
    while some := list(islice(left, ROWS_AT_ONCE)):
        yield _csv(some)


def _csv(rows: Sequence[Line]) -> str:
    out = StringIO(newline="")
    csv.writer(out).writerows([cell if NUMBER.match(cell) else guarded(cell) for cell in row] for row in rows)
    return out.getvalue()


def workbook(row: Sending) -> IO[bytes]:
    """The list as a workbook, written row by row into a file of its own."""
    out = TemporaryFile()  # noqa: SIM115 - it is handed on open
    with workbooks.workbook(out, constant_memory=True) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        sheet = book.add_worksheet(row.channel)
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, headers(row), bold)
        sheet.set_column(0, len(headers(row)) - 1, 18)
        for place, line in enumerate(lines(row), 1):
            for column, cell in enumerate(line):
                if cell:
                    sheet.write_string(place, column, cell[:LONGEST])
    out.seek(0)
    return out
