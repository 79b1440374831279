"""A log whose every number is known: four desks over 70 weeks, a new way after a cut-over, and at one desk the old way comes back."""

import csv
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

WEEKS, CUT_OVER, RELAPSE = 70, 20, 8  # the last so many weeks are those of the return
QUAY, HILL, MILL, LAMP = "Quay desk", "Hill desk", "Mill desk", "Lamp room"
DESKS = {QUAY: 18, HILL: 20, MILL: 10, LAMP: 4}
BACK = HILL
ASIDE = 900  # events of another activity: no occasions
THRESHOLD = 8
WAYS = {"crm": 0, "paper": 1, "phone": 2}


class Event(NamedTuple):
    case: str
    activity: str
    time: datetime
    person: str
    unit: str
    channel: str


Cell = tuple[int, int, int, int]  # new, old, neither, people


def mondays(last: date) -> list[date]:
    """The Mondays of the weeks, the last of which ends before a day."""
    newest = last - timedelta(days=last.weekday() + 7)
    return [newest - timedelta(weeks=back) for back in range(WEEKS)][::-1]


def made(last: date, seed: int = 7) -> list[Event]:
    """The events in order of time. Whoever comes to the new way keeps to it in nine of ten visits; at one desk only for a while."""
    chance, found = random.Random(seed), []
    weeks = mondays(last)
    for unit, size in DESKS.items():
        for number in range(size):
            person = f"{unit.split()[0].lower()}-{number + 1:02}"
            comes = CUT_OVER + chance.expovariate(1 / 34)
            for place, monday in enumerate(weeks):
                if chance.random() < 0.1:
                    continue  # away
                share = 0.9 if place > comes else 0.04
                if unit == BACK and place >= WEEKS - RELAPSE:
                    share /= 4
                for _ in range(chance.randint(2, 5)):
                    way = "crm" if chance.random() < share else chance.choice(["paper"] * 9 + ["phone"])
                    found.append(_event("Customer visit", monday, chance, person, unit, way))
                if chance.random() < ASIDE / (sum(DESKS.values()) * WEEKS):
                    found.append(_event("Stock count", monday, chance, person, unit, "paper"))
    return sorted(found, key=lambda event: event.time)


def _event(activity: str, monday: date, chance: random.Random, person: str, unit: str, channel: str) -> Event:
    start = datetime(monday.year, monday.month, monday.day, 8, tzinfo=UTC)
    time = start + timedelta(days=chance.randint(0, 4), minutes=chance.randint(0, 540))
    return Event(f"C-{chance.randint(1, 2500):04}", activity, time, person, unit, channel)


def written(events: Iterable[Event], path: Path) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(Event._fields)
        rows.writerows(event._replace(time=event.time.isoformat()) for event in events)
    return path


def exports(events: Sequence[Event], folder: Path) -> tuple[Path, Path]:
    """Two exports, the second a month later: all of the last but one month stands in both."""
    until = events[-1].time - timedelta(days=30)
    since = until - timedelta(days=30)
    return (
        written((event for event in events if event.time <= until), folder / "visits-first.csv"),
        written((event for event in events if event.time > since), folder / "visits-second.csv"),
    )


def units_sheet(folder: Path) -> Path:
    """Who is at which desk, as the command line asks for it."""
    path = folder / "units.csv"
    people = [
        (f"{unit.split()[0].lower()}-{number + 1:02}", unit) for unit, size in DESKS.items() for number in range(size)
    ]
    path.write_text("person,unit,from,to\n" + "".join(f"{person},{unit},,\n" for person, unit in people))
    return path


def counted(events: Iterable[Event]) -> dict[str, dict[str, Cell]]:
    """Unit → Monday → what happened, plainly counted."""
    ways: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    people: dict[tuple[str, str], set[str]] = defaultdict(set)
    for event in events:
        if event.activity == "Customer visit":
            day = event.time.date()
            key = event.unit, (day - timedelta(days=day.weekday())).isoformat()
            ways[key][WAYS[event.channel]] += 1
            people[key].add(event.person)
    found: dict[str, dict[str, Cell]] = defaultdict(dict)
    for (unit, week), (new, old, neither) in ways.items():
        found[unit][week] = (new, old, neither, len(people[unit, week]))
    return found


def shown(cells: dict[str, dict[str, Cell]]) -> dict[str, dict[str, Cell | None]]:
    """What may be told of it: nothing of the smallest desk; no week of fewer people than the threshold, which the whole then does
    without. “” is the whole. Holds as long as no two desks have few people in one week, which it checks."""
    large = {unit: weeks for unit, weeks in cells.items() if DESKS[unit] >= THRESHOLD}
    found: dict[str, dict[str, Cell | None]] = {"": {}}
    for week in sorted({week for weeks in large.values() for week in weeks}):
        told = {unit: cell for unit, weeks in large.items() if (cell := weeks[week])[3] >= THRESHOLD}
        assert len(told) >= len(large) - 1, "two desks with few people in one week: take another seed"
        for unit in large:
            found.setdefault(unit, {})[week] = told.get(unit)
        new, old, neither, people = (sum(part) for part in zip(*told.values(), strict=True))
        found[""][week] = (new, old, neither, people)
    return found
