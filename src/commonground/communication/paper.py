"""What every page that is printed is made of: the face that the pages have, lines that fit a width, and sheets with a foot.

ReportLab writes the PDF. The face stands in fixed weights, since ReportLab takes the thinnest of a variable font. It holds Latin, Greek and
Cyrillic letters; `unprintable` says which letters of a text it lacks, so that nobody posts empty boxes.
"""

import importlib.util
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import IO, Final

from reportlab.lib.colors import Color, black
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

REGULAR, BOLD = "SourceSans", "SourceSans-Bold"
FILES: Final = {REGULAR: "SourceSansPro-Regular.ttf", BOLD: "SourceSansPro-Semibold.ttf"}
SIZES: Final[dict[str, tuple[float, float]]] = {"A4": (210 * mm, 297 * mm), "letter": (215.9 * mm, 279.4 * mm)}
QUIET: Final = Color(0.35, 0.35, 0.35)
LEADING: Final = 1.35  # of the size of the letters


@cache
def faces() -> None:
    """Makes the face known to ReportLab, once in a process."""
    found = importlib.util.find_spec("font_source_sans_pro")
    if found is None or found.origin is None:
        raise RuntimeError("The face for what is printed is missing. Install the package font-source-sans-pro.")
    folder = Path(found.origin).parent / "files"
    for name, file in FILES.items():
        pdfmetrics.registerFont(TTFont(name, folder / file))


def plain(text: str) -> str:
    """A text as it is set: composed letters, blanks for tabs, nothing that cannot be seen."""
    kept = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    "))
    return "".join(one for one in kept if one == "\n" or unicodedata.category(one)[0] != "C")


def unprintable(text: str) -> str:
    """The letters of a text that the face does not have, each once."""
    faces()
    known = pdfmetrics.getFont(REGULAR).face.charToGlyph
    return "".join(dict.fromkeys(one for one in plain(text) if one not in "\n " and ord(one) not in known))


@lru_cache(maxsize=20_000)
def width(text: str, size: float, face: str = REGULAR) -> float:
    """How wide a text is set, in points."""
    faces()
    return float(pdfmetrics.stringWidth(text, face, size))


def lines(text: str, size: float, room: float, face: str = REGULAR) -> list[str]:
    """A text in lines that fit the room (points). Lines of the text stay apart; a word that is wider than the room is parted."""
    return [line for part in plain(text).split("\n") for line in _filled(part, size, room, face)]


def _filled(part: str, size: float, room: float, face: str) -> Iterator[str]:
    line = ""
    for word in part.split(" "):
        longer = f"{line} {word}" if line else word
        if width(longer, size, face) <= room:
            line = longer
            continue
        if line:
            yield line
        *whole, line = _parted(word, size, room, face)
        yield from whole
    yield line


def _parted(word: str, size: float, room: float, face: str) -> list[str]:
    """A word in pieces that fit, one where it does."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and width(pieces[-1] + letter, size, face) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def fitting(text: str, size: float, room: float, face: str = REGULAR, least: float = 5) -> float:
    """The size at which a text stands on one line of the room, at least `least`."""
    wide = width(text, size, face)
    return size if wide <= room else max(least, size * room / wide)


def canvas(file: IO[bytes] | str, size: str, *, title: str, language: str, small: bool = True) -> Canvas:
    """A new PDF. The same sheets give the same bytes. small: packed; tests read what is not."""
    faces()
    made = Canvas(
        file,
        pagesize=SIZES[size],
        pageCompression=int(small),
        invariant=1,
        lang=language or None,
        initialFontName=REGULAR,
    )
    made.setTitle(title)
    made.setCreator("Commonground")
    return made


@dataclass
class Margins:
    """Of a sheet, in points."""

    left: float = 25 * mm
    right: float = 20 * mm
    top: float = 22 * mm
    bottom: float = 22 * mm


class Paper:
    """A document of running text: headings, words, points and lines to write on. Its pages are numbered at the foot.

    foot: what stands left of the number. Call `close` when all is on it.
    """

    def __init__(
        self,
        file: IO[bytes] | str,
        *,
        title: str,
        size: str = "A4",
        language: str = "en",
        foot: str = "",
        page_word: str = "Page",
        small: bool = True,
    ) -> None:
        self.canvas = canvas(file, size, title=title, language=language, small=small)
        self.margins, self.foot, self.page_word, self.page = Margins(), foot or title, page_word, 1
        self.wide, self.high = SIZES[size]
        self.y = self.high - self.margins.top

    @property
    def room(self) -> float:
        """How wide a line may be."""
        return self.wide - self.margins.left - self.margins.right

    def heading(self, text: str, *, level: int = 1) -> None:
        """A heading; one of level 1 stands in the document's own list of contents."""
        size = {1: 20.0, 2: 14.0}.get(level, 11.5)
        self.space(size * (0.2 if self._fresh else 0.9))
        set_ = lines(text, size, self.room, BOLD)
        self._keep((len(set_) + 2) * size * LEADING)
        if level == 1:
            key = f"p{self.page}-{round(self.y)}"
            self.canvas.bookmarkHorizontal(key, 0, self.y + size)
            self.canvas.addOutlineEntry(plain(text), key, 0)
        self._set(set_, size, BOLD)
        self.space(size * 0.25)

    def words(self, text: str, *, size: float = 11, quiet: bool = False) -> None:
        """Running text; an empty line parts paragraphs."""
        for place, part in enumerate(plain(text).split("\n\n")):
            if place:
                self.space(size * 0.5)
            self._set(lines(part, size, self.room), size, quiet=quiet)
        self.space(size * 0.5)

    def points(self, texts: Iterable[str], *, size: float = 11, mark: str = "–") -> None:
        """A list, each with a mark before it."""
        inset = 12.0
        for text in texts:
            set_ = lines(text, size, self.room - inset)
            self._keep(min(len(set_), 2) * size * LEADING)
            self.canvas.setFont(REGULAR, size)
            self.canvas.drawString(self.margins.left, self.y - size, mark)
            self._set(set_, size, inset=inset)
            self.space(size * 0.25)
        self.space(size * 0.3)

    def named(self, pairs: Iterable[tuple[str, str]], *, size: float = 11, inset: float = 42 * mm) -> None:
        """Names with what they are, side by side."""
        for name, text in pairs:
            set_ = lines(text, size, self.room - inset)
            self._keep(size * LEADING)
            self.canvas.setFont(BOLD, fitting(name, size, inset - 6, BOLD))
            self.canvas.drawString(self.margins.left, self.y - size, plain(name))
            self._set(set_, size, inset=inset)
            self.space(size * 0.2)
        self.space(size * 0.3)

    def rule(self) -> None:
        """A hairline over the whole width."""
        self._keep(12)
        self.space(5)
        self.canvas.setLineWidth(0.5)
        self.canvas.setStrokeColor(QUIET)
        self.canvas.line(self.margins.left, self.y, self.wide - self.margins.right, self.y)
        self.space(7)

    def blank_line(self, label: str = "", *, size: float = 11) -> None:
        """A line to write on, after a word that says what."""
        self._keep(size * 2.2)
        self.space(size * 2)
        self.canvas.setFont(REGULAR, size)
        self.canvas.setFillColor(black)
        self.canvas.drawString(self.margins.left, self.y, plain(label))
        begin = self.margins.left + (width(label, size) + 6 if label else 0)
        self.canvas.setLineWidth(0.5)
        self.canvas.setStrokeColor(black)
        self.canvas.line(begin, self.y - 2, self.wide - self.margins.right, self.y - 2)
        self.space(4)

    def box(self, text: str, *, size: float = 11) -> None:
        """An empty box to tick, and what ticking it says."""
        set_ = lines(text, size, self.room - 16)
        self._keep(len(set_) * size * LEADING)
        self.canvas.setLineWidth(0.75)
        self.canvas.setStrokeColor(black)
        self.canvas.rect(self.margins.left, self.y - size, size * 0.85, size * 0.85)
        self._set(set_, size, inset=16)
        self.space(size * 0.3)

    def space(self, points: float) -> None:
        self.y -= points

    def new_page(self) -> None:
        """Goes on a new page."""
        self._close_page()
        self.page += 1
        self.y = self.high - self.margins.top

    def close(self) -> None:
        """Writes the file."""
        self._close_page()
        self.canvas.save()

    @property
    def _fresh(self) -> bool:
        return self.y >= self.high - self.margins.top - 1

    def _keep(self, points: float) -> None:
        """Begins a new page where so much does not fit on this one."""
        if self.y - points < self.margins.bottom and not self._fresh:
            self.new_page()

    def _set(
        self, set_: Iterable[str], size: float, face: str = REGULAR, *, inset: float = 0, quiet: bool = False
    ) -> None:
        for line in set_:
            self._keep(size * LEADING)
            self.canvas.setFont(face, size)
            self.canvas.setFillColor(QUIET if quiet else black)
            self.canvas.drawString(self.margins.left + inset, self.y - size, line)
            self.y -= size * LEADING

    def _close_page(self) -> None:
        self.canvas.setFont(REGULAR, 8.5)
        self.canvas.setFillColor(QUIET)
        at = self.margins.bottom - 10 * mm
        number = f"{self.page_word} {self.page}"
        self.canvas.drawRightString(self.wide - self.margins.right, at, number)
        room = self.room - width(number, 8.5) - 12
        foot = lines(self.foot.replace("\n", " "), 8.5, room)
        self.canvas.drawString(self.margins.left, at, foot[0] if foot else "")
        self.canvas.setFillColor(black)
        self.canvas.showPage()
