"""A sheet with one series: a time in each row, and either new adopters or a share."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from commonground.analysis.months import DAYS_A_MONTH
from commonground.intake.dates import read_days
from commonground.intake.headers import plain
from commonground.intake.problems import BadInput, errors
from commonground.intake.reading import RawTable, choose, read_tables
from commonground.intake.values import MISSING, TwoReadings, decimal_comma, number

HEADERS = {
    "time": ("time", "date", "day", "week", "month", "quarter", "year", "period", "t"),
    "adopters": ("adopters", "newadopters", "new", "adoptions"),
    "share": ("share", "sharenew", "level", "proportion", "adoption"),
    "n": ("n", "occasions", "count", "total", "denominator"),
}
NUMBER, DAY, MONTH, WEEK = "number", "day", "month", "week"
_MONTH, _WEEK = re.compile(r"(\d{4})-(\d{1,2})$"), re.compile(r"(\d{4})-?W(\d{1,2})$", re.I)


@dataclass(frozen=True, slots=True)
class Series:
    """One series. times: numbers, or days counted from 1 January of year 1. kind: how times are written (number, day, month, week).

    share or adopters, never both; n: occasions behind each share, if the sheet has them. warnings: sentences on how it was read.
    """

    file: str
    kind: str
    times: tuple[float, ...]
    share: tuple[float, ...] | None
    adopters: tuple[float, ...] | None
    n: tuple[float, ...] | None
    warnings: tuple[str, ...] = ()

    def time(self, text: str) -> float:
        """A time given beside the sheet, such as the last one that may be used. Raises BadInput when it is not of the sheet's kind."""
        found = _number_or_none(text) if self.kind == NUMBER else _day_or_none(text)
        if found is None:
            example = self.written(self.times[-1])
            raise BadInput(f"“{text}” is not a time as {self.file} has them. Write it as there, such as {example}.")
        return found

    def written(self, time: float) -> float | int | str:
        """A time as the sheet writes it: a number, or a day, month or week."""
        if self.kind == NUMBER:
            return int(time) if float(time).is_integer() else round(float(time), 6)
        day = date.fromordinal(round(time))
        if self.kind == WEEK:
            return "{}-W{:02}".format(*day.isocalendar()[:2])
        return day.isoformat()[:7] if self.kind == MONTH else day.isoformat()

    def further(self, last: float, count: int) -> tuple[float, ...]:
        """So many times after the last: by calendar months, quarters or years if the series goes by them, else by its median gap.

        Raises BadInput where they go beyond what a calendar can name.
        """
        gaps = sorted(two - one for one, two in zip(self.times, self.times[1:], strict=False)) or [1.0]
        gap = gaps[len(gaps) // 2]
        if self.kind != NUMBER and last + gap * (count + 1) > date.max.toordinal():
            raise BadInput(
                f"{self.file}: {count} times after {self.written(last)} go beyond the year 9999. Correct the years."
            )
        months = next((m for m in (1, 3, 6, 12) if self.kind != NUMBER and abs(gap - m * DAYS_A_MONTH) <= 1 + m / 3), 0)
        if months:
            return tuple(_months_later(last, months * step) for step in range(1, count + 1))
        return tuple(last + gap * step for step in range(1, count + 1))


def read_series(path: Path) -> Series:
    """The series of a sheet (CSV in any encoding and separator, or XLSX). Raises BadInput with file, row, column, value and remedy."""
    tables = read_tables(path)
    raw = choose(tables, lambda table: sum(_found(table, ours) is not None for ours in HEADERS))
    for problem in errors(raw.problems):
        raise BadInput(f"{problem.file}, row {problem.row}: {problem.why} {problem.remedy}")
    time_at, value = _found(raw, "time"), _which(raw)
    if time_at is None:
        raise BadInput(f"{raw.file} has no column “time”. Give each row a time, a number or a day.")
    if not raw.rows:
        raise BadInput(f"{raw.file} has headers and no rows. Give a row for each time.")
    kind, times = _times(raw, time_at)
    warnings: list[str] = [f"{one.file}: {one.why} {one.remedy}" for one in raw.problems]
    columns = {
        ours: _numbers(raw, at, ours, warnings) for ours in (value, "n") if (at := _found(raw, ours)) is not None
    }
    if value == "adopters":
        columns.pop("n", None)
    kept = [at for at, one in enumerate(columns[value]) if one is not None]
    if not kept:
        header = raw.headers[_found(raw, value) or 0]
        raise BadInput(f"{raw.file}, column {header}: it holds no numbers. Give a number for each time.")
    made = {ours: tuple(column[at] or 0.0 for at in kept) for ours, column in columns.items()}
    n = made.get("n")
    if n is not None and min(n) <= 0:
        warnings.append(f"{raw.file}: some rows have no occasions, so that the column of occasions is left out.")
        n = None
    _refuse_without_order(raw, times, time_at)
    return Series(
        raw.file, kind, tuple(times[at] for at in kept), made.get("share"), made.get("adopters"), n, tuple(warnings)
    )


def _found(raw: RawTable, ours: str) -> int | None:
    keys = [plain(header) for header in raw.headers]
    return next((keys.index(name) for name in HEADERS[ours] if name in keys), None)


def _which(raw: RawTable) -> str:
    adopters, share = (_found(raw, ours) is not None for ours in ("adopters", "share"))
    if adopters and share:
        raise BadInput(
            f"{raw.file} has a column of adopters and one of shares. Leave one of them out: either is forecast."
        )
    if not adopters and not share:
        raise BadInput(
            f"{raw.file} has neither a column “share” (0 to 1) nor one “adopters” (new ones in each period). Name one so."
        )
    return "adopters" if adopters else "share"


def _where(raw: RawTable, row: int, column: int) -> str:
    return f"{raw.file}, row {raw.numbers[row]}, column {raw.headers[column]}"


def _numbers(raw: RawTable, at: int, ours: str, warnings: list[str]) -> list[float | None]:
    """One number for each row; None where it is missing."""
    texts = [row[at] for row in raw.rows]
    comma = decimal_comma(text.rstrip("% ") for text in texts)
    percent = [text.endswith("%") for text in texts if text.casefold() not in MISSING]
    found: list[float | None] = []
    for row, text in enumerate(texts):
        found.append(None if text.casefold() in MISSING else _one(raw, row, at, ours, text, comma))
    if any(percent):
        warnings.append(f"{raw.file}, column {raw.headers[at]}: values with a % sign are read as percent.")
    missing = found.count(None)
    if missing and ours != "n":
        rows = "1 row" if missing == 1 else f"{missing} rows"
        warnings.append(f"{raw.file}, column {raw.headers[at]}: {rows} without a number are left out.")
    return found


def _one(raw: RawTable, row: int, at: int, ours: str, text: str, comma: bool | None) -> float:
    bare = text.rstrip("% ") if ours == "share" else text
    value = _scientific(bare)
    if value is None:
        try:
            value = number(bare, comma)
        except TwoReadings:
            value = number(bare, ours == "share")  # a share is below 1, a count has no decimals
        except ValueError:
            raise BadInput(
                f"{_where(raw, row, at)}: “{text}” is not a number. Write a number, or leave it empty."
            ) from None
    value = value / 100 if text.endswith("%") and ours == "share" else value
    if ours == "share" and value > 1:
        raise BadInput(
            f"{_where(raw, row, at)}: {text} is above 1. Write shares from 0 to 1, or percent with their sign, as 45 %."
        )
    if value < 0:
        thing = {"share": "A share", "adopters": "The number of new adopters"}.get(ours, "The number of occasions")
        raise BadInput(f"{_where(raw, row, at)}: {text} is below 0. {thing} cannot be; correct it or leave it empty.")
    return value


def _scientific(text: str) -> float | None:
    return float(text) if re.fullmatch(r"[+-]?\d+(?:\.\d+)?[eE][+-]?\d+", text) else None


def _times(raw: RawTable, at: int) -> tuple[str, list[float]]:
    """How times are written, and each as a number."""
    texts = [row[at] for row in raw.rows]
    for row, text in enumerate(texts):
        if text.casefold() in MISSING:
            raise BadInput(f"{_where(raw, row, at)}: it has no time. Give every row its time, or take the row out.")
    readers: tuple[tuple[str, Callable[[Sequence[str]], list[float | None]]], ...] = (
        (MONTH, lambda every: [_month(one) for one in every]),
        (WEEK, lambda every: [_week(one) for one in every]),
        (DAY, _eight_digits),
        (NUMBER, lambda every: [_number_or_none(one) for one in every]),
        (DAY, _days),
    )
    read = [(kind, reader(texts)) for kind, reader in readers]
    kind, best = min(read, key=lambda one: one[1].count(None))
    for row, (text, one) in enumerate(zip(texts, best, strict=True)):
        if one is None:
            wanted = "a number as the other rows have" if kind == NUMBER else "a day as the other rows have"
            raise BadInput(
                f"{_where(raw, row, at)}: “{text}” is not {wanted}. Write all times in one way, as 2025-03-31 or 12."
            )
    return kind, [one for one in best if one is not None]


def _refuse_without_order(raw: RawTable, times: Sequence[float], at: int) -> None:
    for row in range(1, len(times)):
        if times[row] <= times[row - 1]:
            what = "is there already" if times[row] in times[:row] else "is earlier than the row before"
            raise BadInput(
                f"{_where(raw, row, at)}: {raw.rows[row][at]} {what}. Give one series, a row for each time, the earliest first."
            )


def _number_or_none(text: str) -> float | None:
    try:
        return _scientific(text) or number(text, None if text.count(",") != 1 else True)
    except ValueError:
        return None


def _month(text: str) -> float | None:
    found = _MONTH.match(text)
    return float(date(int(found[1]), int(found[2]), 1).toordinal()) if found and 1 <= int(found[2]) <= 12 else None


def _week(text: str) -> float | None:
    found = _WEEK.match(text)
    try:
        return float(date.fromisocalendar(int(found[1]), int(found[2]), 1).toordinal()) if found else None
    except ValueError:
        return None


def _eight_digits(texts: Sequence[str]) -> list[float | None]:
    """20250331: a day only if every row is one."""
    if not all(re.fullmatch(r"(19|20)\d{6}", text) for text in texts):
        return [None] * len(texts)
    return _days(texts)


def _days(texts: Sequence[str]) -> list[float | None]:
    days = read_days(texts)
    if days.undecided:
        days = read_days(texts, "day first")
    return [None if day is None else float(day.toordinal()) for day in days.days]


def _day_or_none(text: str) -> float | None:
    found = _month(text)
    found = _week(text) if found is None else found
    return _days([text])[0] if found is None else found


def _months_later(day: float, months: int) -> float:
    start = date.fromordinal(round(day))
    last_of_month = (start + timedelta(days=1)).day == 1
    count = start.year * 12 + start.month - 1 + months
    first = date(count // 12, count % 12 + 1, 1)
    following = date((count + 1) // 12, (count + 1) % 12 + 1, 1)
    length = (following - first).days
    return float(first.toordinal() + (length if last_of_month else min(start.day, length)) - 1)
