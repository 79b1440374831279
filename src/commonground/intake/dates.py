"""Days in a column of text: one layout for the whole column, never a guess for a single value."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from commonground.intake.problems import Severity

YEAR_FIRST, NAMED, DAY_FIRST, MONTH_FIRST, SERIAL = (
    "year first", "month by name", "day first", "month first", "days since 1900",
)  # fmt: skip
LAYOUTS = (YEAR_FIRST, NAMED, DAY_FIRST, MONTH_FIRST, SERIAL)
FAR_AWAY = 9000
_SERIAL_START = date(1899, 12, 30)
_EXAMPLES = {
    YEAR_FIRST: "2025-03-31",
    NAMED: "31 March 2025",
    DAY_FIRST: "31/03/2025",
    MONTH_FIRST: "03/31/2025",
    SERIAL: "45747",
}
_TIME = re.compile(
    r"(?i)(?:[T ]|,\s*)\s*\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?\s*(?:[ap]\.?m\.?)?\s*(?:Z|UTC|[+-]\d{2}:?\d{2})?$"
)
_YEAR_FIRST = re.compile(r"(\d{4})([-/. ])(\d{1,2})\2(\d{1,2})\.?$|(\d{4})()(\d{2})(\d{2})$")
_NUMBERS = re.compile(r"(\d{1,2})\s*([-/. ])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})$")
_NAMED_DAY_FIRST = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er)?\.?[-/\s]*(?:de |of )?([^\W\d_]+)\.?[-/\s,]*(?:de |del )?(\d{4}|\d{2})$", re.I
)
_NAMED_MONTH_FIRST = re.compile(r"([^\W\d_]+)\.?[-/\s]*(\d{1,2})(?:st|nd|rd|th)?[-/\s,]+(\d{4}|\d{2})$", re.I)
_WEEKDAY = re.compile(r"^[^\W\d_]{2,10}\.?,\s*(?=\d)|^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+", re.I)
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?$")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar jänner janvier janv enero ene januari",
            "feb february februar février févr fév febrero februari",
            "mar march märz mär mrz mars marzo maart mrt",
            "apr april avril avr abril abr",
            "may mai mayo mei",
            "jun june juni juin junio",
            "jul july juli juillet juil julio",
            "aug august août agosto ago augustus",
            "sep sept september septembre septiembre",
            "oct october okt oktober octobre octubre",
            "nov november novembre noviembre",
            "dec december dez dezember décembre déc diciembre dic",
        ),
        1,
    )
    for name in names.split()
}


@dataclass(frozen=True, slots=True)
class Unread:
    """A value of the column that is not read: where, why, what to do. `severity`: a "warning" was read all the same."""

    at: int
    why: str
    remedy: str
    severity: Severity = "error"


@dataclass(frozen=True, slots=True)
class Days:
    """A column of days: one for each value, None where it is empty or not read.

    layout: the one of the whole column; None when there is nothing to read or when it must be asked for (`undecided`: the positions
    of all values that could be read in two ways).
    """

    days: list[date | None]
    layout: str | None
    unread: tuple[Unread, ...] = ()
    undecided: tuple[int, ...] = ()


def read_days(values: Sequence[str], prefer: str | None = None) -> Days:
    """Reads a column of days in the layout that most of its values have.

    prefer: "day first" or "month first", for a column that does not tell by itself. The two are told apart by the values in which only
    one of them makes a day; where none does, and nothing is preferred, those positions are answered as `undecided`.
    """
    readings = {value: dict(_readings(value)) for value in set(values) if value}
    layout = _decide(readings, Counter(value for value in values if value))
    if layout is None and any(readings.values()):
        layout = prefer
    doubtful = _contradicted(readings, layout)
    days: list[date | None] = []
    unread, undecided = [], []
    for at, value in enumerate(values):
        found = readings.get(value, {})
        day = found.get(layout or "")
        days.append(day)
        ambiguous = DAY_FIRST in found and MONTH_FIRST in found and found[DAY_FIRST] != found[MONTH_FIRST]
        if value and layout is None and ambiguous:
            undecided.append(at)
        elif value and (day is None or (doubtful and ambiguous)):
            unread.append(_unread(at, value, found, layout))
    return Days(days, layout, tuple(unread), tuple(undecided))


def _decide(readings: dict[str, dict[str, date]], counts: Counter[str]) -> str | None:
    fits: Counter[str] = Counter()
    for value, by_layout in readings.items():
        for layout in by_layout:
            fits[layout] += counts[value]
    if not fits:
        return None
    most = max(fits.values())
    best = [layout for layout in LAYOUTS if fits[layout] == most]
    if DAY_FIRST in best and MONTH_FIRST in best and len(best) == 2:
        both = [found for found in readings.values() if DAY_FIRST in found and MONTH_FIRST in found]
        same = all(found[DAY_FIRST] == found[MONTH_FIRST] for found in both)
        return DAY_FIRST if same and len(both) == len(readings) else None
    return best[0]


def _contradicted(readings: dict[str, dict[str, date]], layout: str | None) -> bool:
    """Whether some value can only be read in the other order of day and month, which puts those with two readings in doubt."""
    other = {DAY_FIRST: MONTH_FIRST, MONTH_FIRST: DAY_FIRST}.get(layout or "")
    return any(other in found and layout not in found for found in readings.values()) if other else False


def _unread(at: int, value: str, found: dict[str, date], layout: str | None) -> Unread:
    days = sorted(set(found.values()))
    if layout in found:
        day = found[layout or ""]
        why = f"Read as {day.isoformat()} ({layout}), but other values of the column are in another order."
        return Unread(at, why, "Check it, or write it as year-month-day.", "warning")
    if not days:
        return Unread(
            at, f"“{value}” is not a day.", "Write the day as year-month-day, such as 2025-03-31, or leave it empty."
        )
    most = f"are ({layout}, such as {_EXAMPLES[layout]})" if layout else "are"
    why = f"“{value}” is not written as most values of the column {most}."
    which = ", whichever is meant" if len(days) > 1 else ""
    return Unread(at, why, f"Write {' or '.join(day.isoformat() for day in days)}{which}.")


def _readings(value: str) -> Iterator[tuple[str, date]]:
    """Every layout in which a value is a day, with that day."""
    text = _WEEKDAY.sub("", _TIME.sub("", value.strip()).strip())
    if match := _YEAR_FIRST.match(text):
        year, _, month, day = match.groups()[:4] if match[1] else match.groups()[4:]
        yield from _made(YEAR_FIRST, int(year), int(month), int(day))
    elif match := _NUMBERS.match(text):
        one, mark, two, year = match.groups()
        yield from _made(DAY_FIRST, _year(year), int(two), int(one))
        if mark != ".":  # nobody writes the month first with points
            yield from _made(MONTH_FIRST, _year(year), int(one), int(two))
    elif match := _SERIAL.match(text):
        if 10_000 < int(match[1]) < 80_000:
            yield SERIAL, _SERIAL_START + timedelta(days=int(match[1]))
    elif match := _NAMED_DAY_FIRST.match(text):
        yield from _made(NAMED, _year(match[3]), _MONTHS.get(match[2].casefold(), 0), int(match[1]))
    elif match := _NAMED_MONTH_FIRST.match(text):
        yield from _made(NAMED, _year(match[3]), _MONTHS.get(match[1].casefold(), 0), int(match[2]))


def _year(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 70 else 1900)


def _made(layout: str, year: int, month: int, day: int) -> Iterator[tuple[str, date]]:
    try:
        yield layout, date(year, month, day)
    except ValueError:
        return
