"""Further parts of what is printed: a code to scan with a line beside it, and a table with rows to fill in by hand."""

from collections.abc import Iterable, Sequence
from typing import Final

import segno
from reportlab.lib.colors import black

from commonground.communication.paper import BOLD, LEADING, QUIET, REGULAR, Paper, lines, width

QR_SIZE: Final = 62.0
CELL: Final = 5.0


def scan(paper: Paper, address: str, words: str, *, size: float = 10) -> None:
    """A code that a phone reads, with words and the address beside it."""
    inset = QR_SIZE + 12
    paper._keep(QR_SIZE + 10)  # a part of a sheet, as those of Paper itself
    paper.space(4)
    top = paper.y
    _draw(paper, address, paper.margins.left, top - QR_SIZE)
    paper._set(lines(words, size, paper.room - inset), size, inset=inset)
    paper._set(lines(address, size - 1, paper.room - inset), size - 1, inset=inset, quiet=True)
    paper.y = min(paper.y, top - QR_SIZE) - 6


def scan_in_corner(paper: Paper, address: str) -> None:
    """A code at the upper right of a sheet, beside its first lines; nothing moves down for it."""
    right = paper.wide - paper.margins.right - QR_SIZE
    _draw(paper, address, right, paper.high - paper.margins.top - QR_SIZE)


def _draw(paper: Paper, address: str, x: float, y: float) -> None:
    rows = [list(row) for row in segno.make(address, error="m", micro=False).matrix]
    side = QR_SIZE / len(rows)
    paper.canvas.setFillColor(black)
    for place, row in enumerate(rows):
        begin = None
        for column, dark in enumerate([*row, 0]):
            if dark and begin is None:
                begin = column
            elif not dark and begin is not None:
                below = y + QR_SIZE - (place + 1) * side
                paper.canvas.rect(x + begin * side, below, (column - begin) * side, side, stroke=0, fill=1)
                begin = None


def table(
    paper: Paper, head: Sequence[str], rows: Iterable[Sequence[str]], shares: Sequence[float], *, size: float = 9.5
) -> None:
    """Rows below a head, with a hairline under each; an empty cell is one to write in. shares: of the width, one a column."""
    widths = [paper.room * share / sum(shares) for share in shares]
    _head(paper, head, widths, size)
    for row in rows:
        cells = [lines(text, size, wide - 2 * CELL) if text else [""] for text, wide in zip(row, widths, strict=True)]
        high = max(len(cell) for cell in cells) * size * LEADING + 2 * CELL + 4
        page = paper.page
        paper._keep(high)
        if paper.page != page:
            _head(paper, head, widths, size)
        _cells(paper, cells, widths, size, REGULAR)
        paper.y -= high
        _line(paper)


def _head(paper: Paper, head: Sequence[str], widths: Sequence[float], size: float) -> None:
    cells = [lines(text, size, wide - 2 * CELL, BOLD) for text, wide in zip(head, widths, strict=True)]
    high = max(len(cell) for cell in cells) * size * LEADING + 2 * CELL
    paper._keep(high * 3)
    _cells(paper, cells, widths, size, BOLD)
    paper.y -= high
    _line(paper)


def _cells(paper: Paper, cells: Sequence[Sequence[str]], widths: Sequence[float], size: float, face: str) -> None:
    x = paper.margins.left
    for cell, wide in zip(cells, widths, strict=True):
        paper.canvas.setFont(face, size)
        paper.canvas.setFillColor(black)
        for place, line in enumerate(cell):
            if width(line, size, face):
                paper.canvas.drawString(x + CELL, paper.y - CELL - size - place * size * LEADING, line)
        x += wide


def _line(paper: Paper) -> None:
    paper.canvas.setLineWidth(0.5)
    paper.canvas.setStrokeColor(QUIET)
    paper.canvas.line(paper.margins.left, paper.y, paper.wide - paper.margins.right, paper.y)
