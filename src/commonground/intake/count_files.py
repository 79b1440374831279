"""Reads a file of counts, as phone systems and desks export them: a time and a number, or a row for each contact."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from commonground.communication.bringing_counts import grain_of
from commonground.communication.watching import GRAINS
from commonground.intake.dates import read_days
from commonground.intake.headers import plain
from commonground.intake.problems import BadInput
from commonground.intake.reading import RawTable, choose, read_tables
from commonground.intake.values import MISSING, decimal_comma, number

MOST: Final = 500_000  # rows
WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "time": (
        "time", "date time", "datetime", "timestamp", "start", "starts", "started", "begin", "from", "interval",
        "interval start", "start time",
        "created", "created at", "created date", "call time", "Zeit", "Zeitpunkt", "Beginn", "von", "Datum und Uhrzeit", "Intervall",
        "date", "day",
        "Datum", "Tag",
    ),
    "clock": ("hour", "clock", "time of day", "Uhrzeit", "Stunde", "time", "Zeit", "interval", "from", "von", "start time"),
    "count": (
        "count", "counts", "number", "calls", "contacts", "complaints", "offered", "calls offered", "total", "volume", "cases", "tickets",
        "n",
        "Anzahl", "Anrufe", "Kontakte", "Beschwerden", "Menge", "Vorgänge",
    ),
}  # fmt: skip
_CLOCK: Final = re.compile(
    r"(\d{1,2})(?:[:.h](\d{2}))?(?:[:.](\d{2}))?(?:[.,]\d+)?\s*(am|pm)?(?:\s*Uhr)?$", re.IGNORECASE
)
_ZONE: Final = re.compile(r"(Z|[+-]\d{2}:?\d{2})$")
_RANGE: Final = re.compile(r"\s*[-–—]\s*\d{1,2}[:.]\d{2}.*$")
KeptOut = tuple[int, str, str]


@dataclass(frozen=True)
class CountsRead:
    """What a file tells. counts: moment of the place's clock → number. columns: ours → header; kept_out: row, value, why and what to do."""

    headers: tuple[str, ...]
    columns: Mapping[str, str]
    counts: Mapping[datetime, int] = field(default_factory=dict)
    rows: int = 0
    kept_out: tuple[KeptOut, ...] = ()


def read_counts(
    source: bytes, name: str, *, minutes: int, zone: str, columns: Mapping[str, str] | None = None
) -> CountsRead:
    """The counts of a file (CSV in any encoding and separator, or a workbook), summed to counts of so many minutes.

    columns: ours ("time", "clock", "count") → header, as somebody named them. Without a column of numbers each row is one contact. Times
    with a zone are told in `zone`. Raises BadInput for what is no table, has no column of times, or is coarser than the counts asked for.
    """
    table = choose(read_tables(source, name), lambda one: len(found_columns(one.headers)))
    if len(table.rows) > MOST:
        raise BadInput(
            f"{name} has {len(table.rows):,} rows, more than the {MOST:,} that are read at once. Bring it in parts."
        )
    named = {ours: header for ours, header in (columns or {}).items() if header}
    for header in named.values():
        if header not in table.headers:
            raise BadInput(f"{name} has no column “{header}”. It has: {', '.join(table.headers)}.")
    found = {**found_columns(table.headers), **named}
    if "time" not in found:
        raise BadInput(
            f"{name} has no column that is known to hold times. Name it below; there are: {', '.join(table.headers)}."
        )
    if found.get("clock") == found["time"]:
        del found["clock"]
    read = _read(table, found, minutes, ZoneInfo(zone))
    _refuse_coarse(read, name, minutes)
    return read


def found_columns(headers: Sequence[str]) -> dict[str, str]:
    """Ours → the header that means it. A day beside a time of day makes two columns; else one tells both."""
    known = {plain(header): header for header in reversed(headers) if header}
    days = next(
        (known[plain(word)] for word in ("date", "day", "Datum", "Tag", "call date") if plain(word) in known), None
    )
    found: dict[str, str] = {}
    for ours, words in WORDS.items():
        header = next(
            (known[plain(word)] for word in words if plain(word) in known and known[plain(word)] not in found.values()),
            None,
        )
        if header is not None and ours != "clock":
            found[ours] = header
    clocks = [known[plain(word)] for word in WORDS["clock"] if plain(word) in known and known[plain(word)] != days]
    if days is not None and clocks and clocks[0] != found.get("count"):
        found |= {"time": days, "clock": clocks[0]}
    return found


def _read(table: RawTable, found: Mapping[str, str], minutes: int, zone: ZoneInfo) -> CountsRead:
    at = {ours: table.headers.index(header) for ours, header in found.items()}
    texts = [_cell(row[at["time"]]) for row in table.rows]
    clocks = [_cell(row[at["clock"]]) for row in table.rows] if "clock" in at else None
    halves = [_parted(text) for text in texts]
    days = read_days([half[0] for half in halves])
    numbers = [_cell(row[at["count"]]) for row in table.rows] if "count" in at else None
    comma = decimal_comma(numbers) if numbers is not None else None
    counts: Counter[datetime] = Counter()
    kept_out: list[KeptOut] = []
    for place, half in enumerate(halves):
        clock = clocks[place] if clocks is not None else half[1]
        why, value = "", texts[place]
        moment = _moment(days.days[place], clock, half[2], zone)
        many = _many(numbers[place], comma) if numbers is not None else 1
        if not texts[place] and not (numbers and numbers[place]):
            continue
        if days.undecided and place in days.undecided:
            why = f"“{half[0]}” may be day first or month first. Write days as 2026-11-23."
        elif moment is None:
            why, value = (
                f"“{f'{texts[place]} {clock}'.strip()}” is no time. Write it as 2026-11-23 09:15.",
                f"{texts[place]} {clock}",
            )
        elif many is None:
            why, value = (
                "This is no whole number that can be counted. Write how many there were.",
                numbers[place] if numbers else "",
            )
        if why or moment is None or many is None:
            kept_out.append((table.numbers[place], value[:60], why))
        else:
            counts[grain_of(moment, minutes)] += many
    return CountsRead(table.headers, dict(found), counts, len(table.rows), tuple(kept_out))


def _cell(text: str) -> str:
    return "" if text.strip().casefold() in MISSING else text.strip()


def _parted(text: str) -> tuple[str, str, str]:
    """A day, a time of day and a zone, as far as a text has them."""
    zone = _ZONE.search(text) if ":" in text else None
    kept = text[: zone.start()] if zone else text
    day, _, clock = kept.replace("T", " ", 1).partition(" ") if re.match(r"\d{4}-\d", kept) else kept.partition(" ")
    return day.rstrip(","), clock.strip(), zone[1] if zone else ""


def _moment(day: date | None, clock: str, offset: str, zone: ZoneInfo) -> datetime | None:
    if day is None:
        return None
    hour = _time(_RANGE.sub("", clock))
    if hour is None:
        return None
    moment = datetime.combine(day, hour)
    if not offset:
        return moment
    return (
        datetime.fromisoformat(f"{moment.isoformat()}{'+00:00' if offset == 'Z' else offset}")
        .astimezone(zone)
        .replace(tzinfo=None)
    )


def _time(text: str) -> time | None:
    if not text:
        return time()
    match = _CLOCK.match(text)
    if match is None:
        return None
    hour, minute, second = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    if match[4]:
        hour = hour % 12 + (12 if match[4].casefold() == "pm" else 0)
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def _many(text: str, comma: bool | None) -> int | None:
    if not text:
        return 0
    try:
        found = number(text, comma)
    except ValueError:
        return None
    return int(found) if found >= 0 and found == int(found) else None


def _refuse_coarse(read: CountsRead, name: str, minutes: int) -> None:
    """A file that counts by the hour would make every first quarter look busy and the others quiet."""
    if "count" not in read.columns or len(read.counts) < 3:
        return
    for coarser in sorted(GRAINS, reverse=True):
        if coarser > minutes and all(_begins(moment, coarser) for moment in read.counts):
            raise BadInput(
                f"{name} counts by the {GRAINS[coarser]}, and here it is counted per {GRAINS[minutes]}. "
                f"Change on the plan how long one count lasts, or bring an export that is as fine."
            )


def _begins(moment: datetime, minutes: int) -> bool:
    return grain_of(moment, minutes) == moment - timedelta(seconds=moment.second)
