"""How voices fare: how many wait and how long, what share is answered, and after how many days; by kind and by unit.

By unit a voice is counted once, at the unit by which it may be told (`where.py`): the sets do not nest, and each stands for at least the
threshold of people. What one says is in no figure, nor who.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Final, NamedTuple

from django.core.cache import cache

from commonground.journal.models import Version
from commonground.programs.models import Program
from commonground.voice.states import MANY, WAITING
from commonground.voice.voices import FACTS, Voice
from commonground.voice.where import KEPT_FOR, Places, places_on

AGES: Final = ((0, 7), (8, 14), (15, 28), (29, None))
FEWEST_FOR_MEDIAN: Final = 5


class Row(NamedTuple):
    """A voice as the figures need it. heard: the first day of an answer, a yes, or a reason why not; None while it waits."""

    kind: str
    raised: date
    unit: int | None
    waits: bool
    heard: date | None


@dataclass(frozen=True, slots=True)
class Figures:
    """Of some voices. share: answered of raised, None of none. days: the median from raising to the answer, None for fewer than five.

    oldest: days that the oldest waits, None while none does. ages: how many wait for how long, by `AGES`.
    """

    name: str
    raised: int
    waiting: int
    answered: int
    share: float | None
    days: float | None
    oldest: int | None
    ages: tuple[int, ...]


def figures_of(name: str, rows: Sequence[Row], day: date) -> Figures:
    """The figures of some voices on a day. Days of one dated by week are reckoned from its Monday, so up to six too many."""
    waits = [max((day - row.raised).days, 0) for row in rows if row.waits]
    took = [max((row.heard - row.raised).days, 0) for row in rows if row.heard is not None]
    ages = tuple(sum(1 for age in waits if low <= age and (high is None or age <= high)) for low, high in AGES)
    return Figures(
        name,
        len(rows),
        len(waits),
        len(took),
        len(took) / len(rows) if rows else None,
        float(median(took)) if len(took) >= FEWEST_FOR_MEDIAN else None,
        max(waits, default=None),
        ages,
    )


def age_words(low: int, high: int | None) -> str:
    return f"{low} to {high} days" if high is not None else f"{low} days or more"


class Board(NamedTuple):
    """The figures of a program. no_unit: of those whose unit was not given or has too few people to be told."""

    whole: Figures
    by_kind: Sequence[Figures]
    by_unit: Sequence[Figures]
    no_unit: Figures | None
    first: date | None
    last: date | None


def board(program: Program, day: date) -> Board:
    """The figures of a program on a day, kept by the version of its voices."""
    versions = Version.objects.now()
    marks = [str(versions.get(table, 0)) for table in (*FACTS, "units", "people", "roles")]
    key = ":".join(["voice.figures", str(program.pk), day.isoformat(), *marks])
    found: Board | None = cache.get(key)
    if found is None:
        found = board_of(list(rows_of(program, day)), places_on(day), day)
        cache.set(key, found, KEPT_FOR)
    return found


def rows_of(program: Program, day: date) -> Iterable[Row]:
    """The voices raised until a day, as they stand now; those taken back unanswered are left out."""
    names = (
        "kind",
        "raised_on",
        "unit",
        "state",
        "withdrawn",
        "answered_on",
        "accepted_on",
        "completed_on",
        "closed_on",
    )
    for kind, raised, unit, state, withdrawn, *days in (
        Voice.objects.of(program).filter(raised_on__lte=day).order_by().values_list(*names)
    ):
        heard = min((one for one in (days[:3] if withdrawn else days) if one is not None), default=None)
        if not withdrawn or heard is not None:
            waits = state in WAITING
            yield Row(kind, raised, unit, waits, None if waits else heard)


def board_of(rows: Sequence[Row], places: Places, day: date) -> Board:
    """The figures of these voices. Pure."""
    units: dict[int | None, list[Row]] = {}
    for row in rows:
        units.setdefault(places.by(row.unit), []).append(row)
    told = [figures_of(one.name, units[one.unit], day) for one in places.told if one.unit in units]
    kinds = [(label, [row for row in rows if row.kind == kind]) for kind, label in MANY.items()]
    return Board(
        figures_of("All", rows, day),
        [figures_of(label, inside, day) for label, inside in kinds if inside],
        told,
        figures_of("No unit given, or too few people", units[None], day) if None in units else None,
        min((row.raised for row in rows), default=None),
        max((row.raised for row in rows), default=None),
    )


def pledge(figures: Figures) -> str:
    """What somebody who is about to write can expect, from what was; empty while too little is known."""
    if figures.days is None:
        return ""
    return f"Half of all answers so far came within {figures.days:.0f} days."
