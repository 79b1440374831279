"""Letters for window envelopes and fax sheets, merged from one text and many addresses, as one PDF.

Measures: DIN 5008:2020 for A4 (address field 85 × 45 mm, its left edge 20 mm from the left, its top 45 mm or 27 mm from the top); for US
letter the window of a number 10 envelope under a letter that is folded in three. Sheets are written one after another, so that a thousand
need little more room than one; `progress` is asked after each and may stop it.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import IO, Final

from reportlab.lib.colors import black
from reportlab.lib.units import inch, mm
from reportlab.pdfgen.canvas import Canvas

from commonground.communication.paper import BOLD, LEADING, QUIET, REGULAR, SIZES, canvas, fitting, lines, plain, width
from commonground.communication.printed_words import code_of, day_in, words_in

BODY: Final = 11.0
FAX_BODY: Final = 12.5  # fax machines see 200 dots an inch, or 100 down the page: nothing thin, nothing grey
MOST_LINES: Final = 9  # of an address: six in its zone, three above


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one customer gets. lines: the address below the name, or nothing for a fax. number: of the fax. ref: as the list names them."""

    name: str
    subject: str
    body: str
    language: str = "en"
    lines: tuple[str, ...] = ()
    number: str = ""
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes, as it stands on the sheet."""

    name: str
    lines: tuple[str, ...] = ()
    phone: str = ""
    fax: str = ""
    email: str = ""
    sign_off: str = ""

    @property
    def ways(self) -> str:
        """How to reach the sender, in one line."""
        return ", ".join(one for one in (self.phone, self.email, self.fax and f"Fax {self.fax}") if one)


@dataclass(frozen=True, slots=True)
class Form:
    """Where things stand on a letter, in points from the left and from the top.

    zone: top and height of the six lines of the address; above: room for the sender's line and three more lines over it. begins: where
    the text begins. folds: where the sheet is folded.
    """

    size: str
    left: float
    zone: float
    high: float
    wide: float
    above: float
    about: float
    begins: float
    margin: float
    right: float
    folds: tuple[float, ...] = ()


FORMS: Final = {
    "din_b": Form("A4", 25 * mm, 62.7 * mm, 27.3 * mm, 75 * mm, 17.7 * mm, 50 * mm, 103 * mm, 25 * mm, 20 * mm,
                  (105 * mm, 210 * mm)),
    "din_a": Form("A4", 25 * mm, 44.7 * mm, 27.3 * mm, 75 * mm, 17.7 * mm, 32 * mm, 85 * mm, 25 * mm, 20 * mm,
                  (87 * mm, 192 * mm)),
    "us": Form("letter", 1 * inch, 2.12 * inch, 1.0 * inch, 3.9 * inch, 0.35 * inch, 0.75 * inch, 3.75 * inch, 1 * inch, 1 * inch,
               (3.667 * inch, 7.333 * inch)),
}  # fmt: skip
Progress = Callable[[int], None]


def letters(
    file: IO[bytes] | str,
    sheets: Iterable[Sheet],
    sender: Sender,
    *,
    form: str,
    day: date,
    title: str,
    progress: Progress = lambda _: None,
    small: bool = True,
) -> int:
    """Writes a letter for each sheet, with the address where the window is. Returns the pages. progress: is told the sheets done."""
    made = _Letters(file, sender, FORMS[form], day, title, small)
    return _run(made, sheets, progress)


def faxes(
    file: IO[bytes] | str,
    sheets: Iterable[Sheet],
    sender: Sender,
    *,
    size: str,
    day: date,
    title: str,
    progress: Progress = lambda _: None,
    small: bool = True,
) -> int:
    """Writes the fax of each sheet; the head of its first page says to whom, from whom and how many pages. Returns the pages."""
    made = _Faxes(file, sender, size, day, title, small)
    return _run(made, sheets, progress)


def _run(made: "_Run", sheets: Iterable[Sheet], progress: Progress) -> int:
    done = 0
    for done, sheet in enumerate(sheets, 1):
        made.add(sheet)
        progress(done)
    if not done:
        made.nothing()
    made.canvas.save()
    return made.page


class _Run:
    """A PDF that grows by one customer's sheets at a time."""

    def __init__(self, file: IO[bytes] | str, sender: Sender, size: str, day: date, title: str, small: bool) -> None:
        self.sender, self.day, self.page = sender, day, 0
        self.wide, self.high = SIZES[size]
        self.canvas: Canvas = canvas(file, size, title=title, language="", small=small)

    def add(self, sheet: Sheet) -> None:
        raise NotImplementedError

    def nothing(self) -> None:
        """A PDF has a page, even when nobody is on it."""
        self.text(self.wide / 4, self.high / 4, "There is nobody on this list.", BODY)
        self.end()

    def text(self, left: float, down: float, text: str, size: float, face: str = REGULAR) -> None:
        """One line, its letters standing on `down` points from the top."""
        self.canvas.setFont(face, size)
        self.canvas.drawString(left, self.high - down, text)

    def block(self, left: float, down: float, set_: Sequence[str], size: float) -> float:
        """Lines one below another. Returns where the next would stand."""
        pen = self.canvas.beginText(left, self.high - down)
        pen.setFont(REGULAR, size, leading=size * LEADING)
        for line in set_:
            pen.textLine(line)
        self.canvas.drawText(pen)
        return down + len(set_) * size * LEADING

    def mark(self, sheet: Sheet) -> None:
        """Whose sheets begin here, in the list of contents of the file."""
        key = f"s{self.page}"
        self.canvas.bookmarkPage(key)
        self.canvas.addOutlineEntry(plain(" ".join(filter(None, (sheet.ref, sheet.name or sheet.number)))), key, 0)

    def end(self) -> None:
        self.page += 1
        self.canvas.showPage()


class _Letters(_Run):
    def __init__(self, file: IO[bytes] | str, sender: Sender, form: Form, day: date, title: str, small: bool) -> None:
        super().__init__(file, sender, form.size, day, title, small)
        self.form = form

    @property
    def room(self) -> float:
        return self.wide - self.form.margin - self.form.right

    def add(self, sheet: Sheet) -> None:
        words = words_in(sheet.language)
        set_ = list(_body(_letter_text(sheet, self.sender), BODY, self.room))
        ways = self.sender.ways
        foot = _body(words["no_more_letter"].format(ways=ways), 8.5, self.room) if ways else ()
        pages = self._pages(sheet, set_)
        self.mark(sheet)
        for place, part in enumerate(pages, 1):
            down = self._first(sheet) if place == 1 else self._further(sheet, place, len(pages))
            self.block(self.form.margin, down, part, BODY)
            if place == len(pages) and foot:
                self._foot(foot)
            self.end()

    def _pages(self, sheet: Sheet, set_: list[str]) -> list[list[str]]:
        """The lines of the text, page by page."""
        heading = len(lines(sheet.subject, BODY, self.room, BOLD)) if sheet.subject else 0
        first = self.form.begins + (heading + 1.2) * BODY * LEADING
        fits = _fitting_lines(self.high - first - 34 * mm)
        pages = [set_[:fits]]
        rest = set_[fits:]
        more = _fitting_lines(self.high - 32 * mm - 34 * mm)
        while rest:
            while rest and not rest[0]:
                rest = rest[1:]
            pages.append(rest[:more])
            rest = rest[more:]
        return [page for page in pages if page] or [[]]

    def _first(self, sheet: Sheet) -> float:
        """The head of the first page. Returns where the text begins."""
        form = self.form
        self._folds()
        self._address(sheet)
        self._about(sheet.language)
        down = form.begins
        for line in lines(sheet.subject, BODY, self.room, BOLD) if sheet.subject else ():
            self.text(form.margin, down, line, BODY, BOLD)
            down += BODY * LEADING
        return down + BODY * LEADING

    def _address(self, sheet: Sheet) -> None:
        """The sender's line and the address, where the window of the envelope is."""
        form = self.form
        back = plain(" · ".join((self.sender.name, *self.sender.lines)))
        small = fitting(back, 7.5, form.wide, least=4.5)
        set_ = address_lines(sheet)
        size = min([10.5, *(fitting(line, 10.5, form.wide) for line in set_)])
        step = min(form.high / 6, size * 1.22)
        over = max(len(set_) - 6, 0)
        begin = form.zone + size - over * step
        above = form.zone - over * step - 5
        self.canvas.setFillColor(QUIET)
        self.text(form.left, above, back, small)
        self.canvas.setFillColor(black)
        for place, line in enumerate(set_):
            self.text(form.left, begin + place * step, line, size)

    def _about(self, language: str) -> None:
        """Who writes and when, right of the address."""
        sender, down = self.sender, self.form.about
        left = self.wide - self.form.right - 62 * mm
        room = 62 * mm
        self.text(left, down, plain(sender.name), fitting(plain(sender.name), 11.5, room, BOLD), BOLD)
        set_ = [
            *sender.lines,
            *(one for one in (sender.phone, sender.fax and f"Fax {sender.fax}", sender.email) if one),
        ]
        down += 5 * mm
        for line in set_:
            self.text(left, down, plain(line), fitting(plain(line), 9, room))
            down += 9 * LEADING
        self.text(left, down + 9, day_in(self.day, language), 10)

    def _further(self, sheet: Sheet, page: int, pages: int) -> float:
        words = words_in(sheet.language)["page"].format(page=page, pages=pages)
        self.text(self.form.margin, 20 * mm, plain(sheet.name)[:70], 9)
        self.canvas.drawRightString(self.wide - self.form.right, self.high - 20 * mm, words)
        return float(32 * mm)

    def _foot(self, foot: Sequence[str]) -> None:
        self.canvas.setFillColor(QUIET)
        self.block(self.form.margin, self.high - 14 * mm - len(foot) * 8.5 * LEADING, foot, 8.5)
        self.canvas.setFillColor(black)

    def _folds(self) -> None:
        """Short marks at the edge where the sheet is folded."""
        self.canvas.setLineWidth(0.3)
        self.canvas.setStrokeColor(QUIET)
        for down in self.form.folds:
            self.canvas.line(4 * mm, self.high - down, 8 * mm, self.high - down)


class _Faxes(_Run):
    margin: float = 22 * mm

    @property
    def room(self) -> float:
        return self.wide - 2 * self.margin

    def add(self, sheet: Sheet) -> None:
        words = words_in(sheet.language)
        ways = self.sender.ways
        tail = [words["missing"].format(ways=ways), words["no_more_fax"].format(ways=ways)] if ways else []
        foot = [line for one in tail for line in _body(one, 9.5, self.room)]
        set_ = list(_body(_letter_text(sheet, self.sender), FAX_BODY, self.room))
        head = 104 * mm
        below = self.high - 20 * mm - len(foot) * 9.5 * LEADING
        first, more = _fitting_lines(below - head, FAX_BODY), _fitting_lines(self.high - 55 * mm, FAX_BODY)
        pages = [set_[:first], *(set_[place : place + more] for place in range(first, len(set_), more))]
        self.mark(sheet)
        for place, part in enumerate(pages, 1):
            self._strip(sheet, place, len(pages))
            if place == 1:
                self._head(sheet, len(pages))
                self.block(self.margin, self.high - 16 * mm - (len(foot) - 1) * 9.5 * LEADING, foot, 9.5)
            self.block(self.margin, head if place == 1 else 35 * mm, part, FAX_BODY)
            self.end()

    def _strip(self, sheet: Sheet, page: int, pages: int) -> None:
        """The line at the top of each page: sheets that lie about are put together by it."""
        words = words_in(sheet.language)["page"].format(page=page, pages=pages)
        to = plain(f"{self.sender.name} → {sheet.number}")
        self.text(self.margin, 15 * mm, to, fitting(to, 10, self.room - width(words, 10) - 12))
        self.canvas.setFont(REGULAR, 10)
        self.canvas.drawRightString(self.wide - self.margin, self.high - 15 * mm, words)

    def _head(self, sheet: Sheet, pages: int) -> None:
        """To whom, from whom, and how many pages."""
        words, down = words_in(sheet.language), 32 * mm
        self.text(self.margin, down, words["fax"].upper(), 26, BOLD)
        down += 12 * mm
        sender = ", ".join(filter(None, (self.sender.name, self.sender.ways)))
        said = (
            ("to", sheet.name),
            ("number", sheet.number),
            ("from", sender),
            ("date", day_in(self.day, sheet.language)),
            ("pages", str(pages)),
            ("about", sheet.subject),
        )
        for name, text in said:
            room = self.room - 38 * mm
            face = BOLD if name in ("number", "about") else REGULAR
            self.text(self.margin, down, words[name], 12)
            self.text(self.margin + 38 * mm, down, plain(text), fitting(plain(text), 13, room, face), face)
            down += 7.6 * mm
        self.canvas.setLineWidth(1.2)
        self.canvas.setStrokeColor(black)
        self.canvas.line(self.margin, self.high - down, self.wide - self.margin, self.high - down)


def address_lines(sheet: Sheet) -> list[str]:
    """The lines of an address as they stand in the window: the name first, if the address does not begin with it; nine at most."""
    there = [plain(line).strip() for line in sheet.lines if line.strip()]
    name = plain(sheet.name).strip()
    set_ = [name, *there] if name and name.casefold() not in (line.casefold() for line in there[:2]) else there
    if len(set_) > MOST_LINES:
        keep = MOST_LINES - 1
        set_ = [*set_[: keep - 2], ", ".join(set_[keep - 2 : -2]), *set_[-2:]]
    return set_


def _letter_text(sheet: Sheet, sender: Sender) -> str:
    """The body with regards and who signs below it; nothing where nobody signs, since the text may close by itself."""
    regards = words_in(sheet.language)["regards"]
    return f"{sheet.body}\n\n{regards}\n\n{sender.sign_off}" if sender.sign_off else sheet.body


@lru_cache(maxsize=512)
def _body(text: str, size: float, room: float) -> tuple[str, ...]:
    """The lines of a text; thousands of sheets have the same."""
    return tuple(lines(text, size, room))


def _fitting_lines(room: float, size: float = BODY) -> int:
    return max(int(room / (size * LEADING)), 1)


def merged(text: str, *, name: str, ref: str) -> str:
    """A text with what is put in for each customer: {name} and {ref}."""
    put = {"{name}": name, "{ref}": ref}
    return re.sub(r"\{name\}|\{ref\}", lambda found: put[found[0]], text)


__all__ = ["FORMS", "Sender", "Sheet", "address_lines", "code_of", "faxes", "letters", "merged"]
