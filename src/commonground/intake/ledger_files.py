"""Reads an export of a ledger: its bookings with exact amounts, the totals that it states, and the rows that cannot be read."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from commonground.analysis.plan.ledger import COMMITTED, SPENT, WHOLE, Booking
from commonground.analysis.plan.money import digits, smallest
from commonground.analysis.plan.money import said as money_said
from commonground.intake.dates import DAY_FIRST, MONTH_FIRST, read_days
from commonground.intake.headers import plain
from commonground.intake.ledger_words import COLUMNS, NEEDED, ORDERED, TOTALS
from commonground.intake.problems import BadInput
from commonground.intake.reading import RawTable, choose, read_tables
from commonground.intake.values import MISSING, TwoReadings, bare, decimal_comma, number

MOST: Final = 50_000  # bookings of one file
_ALONE: Final = re.compile(
    r"[+-]?\d{1,3}([.,])\d{3}$"
)  # one mark before three digits: of a currency with cents it parts thousands
_TOTAL: Final = re.compile(
    rf"(?:{'|'.join(sorted(map(re.escape, TOTALS), key=len, reverse=True))})\b[:\s]*(.*)$", re.IGNORECASE
)

KeptOut = tuple[int, str, str, str]


@dataclass(frozen=True)
class Ledger:
    """What an export holds. columns: our column → its header; left_out: headers that were not read. stated: account → the file's own total.

    kept_out: rows that could not be read, as (row, header, value, why and what to do).
    """

    file: str
    headers: tuple[str, ...]
    columns: Mapping[str, str]
    bookings: tuple[Booking, ...] = ()
    stated: Mapping[str, int] = field(default_factory=dict)
    kept_out: tuple[KeptOut, ...] = ()

    @property
    def left_out(self) -> list[str]:
        return [header for header in self.headers if header and header not in self.columns.values()]

    @property
    def missing(self) -> list[str]:
        """Columns without which nothing can be counted."""
        found = set(self.columns)
        if found & {"debit", "credit"}:
            found.add("amount")
        return [name for name in NEEDED if name not in found]


def read_ledger(
    source: bytes, name: str, *, currency: str, columns: Mapping[str, str] | None = None, prefer: str | None = None
) -> Ledger:
    """The bookings of a file (CSV in any encoding and separator, or a workbook).

    columns: our column → header, as somebody named them; None: found by their words. prefer: "day first" or "month first" for days that
    can be read in two ways. Without the columns that are needed it has no bookings, and says which are missing. Raises BadInput for what
    is no table.
    """
    table = choose(read_tables(source, name), lambda one: len(found_columns(one.headers)))
    if len(table.rows) > MOST:
        raise BadInput(
            f"{name} has {len(table.rows):,} rows, more than the {MOST:,} that are read at once. Export it in parts, such as years."
        )
    named = {ours: header for ours, header in (columns or {}).items() if header in table.headers}
    found = Ledger(table.file, table.headers, found_columns(table.headers) if columns is None else named)
    if found.missing or not table.rows:
        return found
    return _Reading(table, found, currency, prefer).read()


def found_columns(headers: Sequence[str]) -> dict[str, str]:
    """Our column → the header that means it, each header once; exact words before those that stand further down."""
    left = {plain(header): header for header in reversed(headers) if header}
    found: dict[str, str] = {}
    for ours, words in COLUMNS.items():
        header = next((left.pop(plain(word)) for word in words if plain(word) in left), None)
        if header is not None:
            found[ours] = header
    if "amount" in found:  # then debit and credit only say it again
        return {ours: header for ours, header in found.items() if ours not in ("debit", "credit")}
    return found


class _Reading:
    """One table on its way to bookings."""

    def __init__(self, table: RawTable, found: Ledger, currency: str, prefer: str | None) -> None:
        self.table, self.found, self.currency, self.prefer = table, found, currency, prefer
        self.at = {ours: table.headers.index(header) for ours, header in found.columns.items()}
        self.comma = {ours: self._comma(ours) for ours in ("amount", "debit", "credit", "hours")}
        self.kept_out: list[KeptOut] = []
        self.stated: dict[str, int] = {}

    def _comma(self, ours: str) -> bool | None:
        """Whether decimals of a column are written with a comma; a workbook writes its own numbers with a point."""
        texts = [bare_number(text) for text in self._column(ours)]
        if ours in ("debit", "credit"):
            texts += [bare_number(text) for text in self._column("credit" if ours == "debit" else "debit")]
        known = decimal_comma(texts)
        return False if known is None and self.table.encoding is None else known

    def _column(self, ours: str) -> list[str]:
        return [row[self.at[ours]] for row in self.table.rows] if ours in self.at else []

    def cell(self, row: Sequence[str], ours: str) -> str:
        text = row[self.at[ours]] if ours in self.at else ""
        return "" if text.casefold() in MISSING else text

    def read(self) -> Ledger:
        totals = {place: total for place, row in enumerate(self.table.rows) if (total := self._total(row)) is not None}
        days = read_days(
            ["" if place in totals else text for place, text in enumerate(self._column("day"))], self.prefer
        )
        unread = {one.at: one for one in days.unread if one.severity == "error"}
        bookings: list[Booking] = []
        for place, row in enumerate(self.table.rows):
            if place in totals:
                self._state(place, row, totals[place])
                continue
            day = days.days[place]
            if day is None:
                self._keep_out_day(place, row, unread[place].why if place in unread else "", place in days.undecided)
            elif (made := self._booking(place, row, day)) is not None:
                bookings.append(made)
        return Ledger(
            self.found.file, self.found.headers, self.found.columns, tuple(bookings), self.stated, tuple(self.kept_out)
        )

    def _total(self, row: Sequence[str]) -> str | None:
        """What a row of totals is the total of: the words after it, empty for the whole; None for a row that is a booking."""
        for ours in ("day", "account", "account_name", "reference", "words", "centre"):
            match = _TOTAL.match(self.cell(row, ours))
            if match and (ours == "day" or not self.cell(row, "day")):
                return match[1].strip()
        first = next((cell for cell in row if cell), "")
        match = _TOTAL.match(first) if not self.cell(row, "day") else None
        return match[1].strip() if match else None

    def _state(self, place: int, row: Sequence[str], of: str) -> None:
        account = self.cell(row, "account")
        account = "" if _TOTAL.match(account) else account
        amount = self._amount(place, row)
        if amount is not None:
            self.stated[account or of or WHOLE] = amount

    def _keep_out_day(self, place: int, row: Sequence[str], why: str, undecided: bool) -> None:
        text = self.cell(row, "day")
        if undecided:
            why = f"“{text}” may be read as {DAY_FIRST} or {MONTH_FIRST}. Say which under “Name the columns”."
        self._keep_out(place, "day", text, why or "The row has no day. Give the day on which it was booked.")

    def _keep_out(self, place: int, ours: str, value: str, why: str) -> None:
        self.kept_out.append((self.table.numbers[place], self.found.columns.get(ours, ours), value[:60], why))

    def _booking(self, place: int, row: Sequence[str], day: date) -> Booking | None:
        said = self.cell(row, "currency").upper().replace("€", "EUR").replace("$", "USD").replace("£", "GBP").strip()
        if said and said != self.currency:
            self._keep_out(
                place, "currency", said, f"The budget is kept in {self.currency}. Export this row in that currency."
            )
            return None
        amount = self._amount(place, row)
        if amount is None:
            return None
        return Booking(
            self.table.numbers[place],
            day,
            amount,
            self.cell(row, "account"),
            self.cell(row, "reference"),
            self.cell(row, "words"),
            self.cell(row, "centre"),
            self.cell(row, "line"),
            COMMITTED if bare(self.cell(row, "kind")) in ORDERED else SPENT,
            self._hours(place, row),
            self.cell(row, "account_name"),
        )

    def _amount(self, place: int, row: Sequence[str]) -> int | None:
        """The amount of a row; None, the row being kept out, where it cannot be read."""
        if "amount" in self.at:
            text = self.cell(row, "amount")
            if not text:
                self._keep_out(place, "amount", "", "The row has no amount. Write it, or take the row out.")
                return None
            return self._money(place, "amount", text)
        sides = [
            self._money(place, ours, self.cell(row, ours)) if self.cell(row, ours) else 0
            for ours in ("debit", "credit")
        ]
        if None in sides:
            return None
        return (sides[0] or 0) - (sides[1] or 0)

    def _money(self, place: int, ours: str, text: str) -> int | None:
        try:
            return money_of(text, self.comma[ours], self.currency)
        except ValueError:
            self._keep_out(
                place,
                ours,
                text,
                f"“{text}” is no amount. Write it as {money_said(123_450, 'EUR', to_the_unit=True)[1:]}.",
            )
            return None

    def _hours(self, place: int, row: Sequence[str]) -> int:
        text = self.cell(row, "hours")
        try:
            return money_of(text, self.comma["hours"], "EUR") if text else 0
        except ValueError:
            return 0


def bare_number(text: str) -> str:
    """A number without its currency, brackets and a minus behind it: “(1,234.50)” and “1,234.50-” are below nought."""
    kept = re.sub(r"[^\d.,'()+\-−– ]", "", text).strip().replace("−", "-").replace("–", "-")
    below = (kept.startswith("(") and kept.endswith(")")) or kept.endswith("-")
    kept = kept.strip("()- ") if below else kept
    return f"-{kept}" if below else kept


def money_of(text: str, comma: bool | None, currency: str) -> int:
    """An amount of money in the smallest unit. comma: whether the column writes decimals with one, None: it does not tell.

    Of a currency without three decimals “1,500” and “1.500” are fifteen hundred then. Raises ValueError for what is no number.
    """
    kept = bare_number(text)
    if comma is None and digits(currency) != 3 and _ALONE.match(kept):
        kept = kept.replace(",", "").replace(".", "")
    try:
        return smallest(number(kept, comma), currency)
    except TwoReadings:
        return smallest(number(kept, False), currency)
