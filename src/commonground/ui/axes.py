"""What the charts over time share: a scale that is true to the day, months under it, lines with gaps, words kept apart. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from commonground.ui.charts import LETTER, Tick
from commonground.ui.words import MONTHS

Spot = tuple[float, float]
APART = 76.0  # px between the middles of two months that are written


@dataclass(frozen=True, slots=True)
class Days:
    """A scale of days, left to right."""

    first: date
    last: date
    left: float
    right: float

    def x(self, day: date) -> float:
        """Where a day stands, never outside of the scale."""
        whole = max((self.last - self.first).days, 1)
        return round(self.left + (self.right - self.left) * min(max((day - self.first).days / whole, 0), 1), 1)

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last

    def months(self) -> tuple[Tick, ...]:
        """Firsts of months, in whole steps of a year and far enough apart to be written."""
        span = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        room = max(self.right - self.left, 1.0)
        step = next((one for one in (1, 2, 3, 6, 12, 24, 36) if span / one * APART <= room), 60)
        begins = self.first.year * 12 + self.first.month - 1 + (self.first.day > 1)
        begins += -begins % step
        found = []
        for count in range(begins, self.last.year * 12 + self.last.month, step):
            year, month = divmod(count, 12)
            found.append(Tick(self.x(date(year, month + 1, 1)), f"{MONTHS[month]} {year}"))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Shares:
    """A scale of shares, 0 at the bottom and 1 at the top."""

    top: float
    bottom: float

    def y(self, share: float) -> float:
        return round(self.bottom - (self.bottom - self.top) * min(max(share, 0.0), 1.0), 1)


def runs(spots: Sequence[Spot | None]) -> tuple[tuple[Spot, ...], ...]:
    """Stretches without a gap: what is None is never bridged."""
    found: list[list[Spot]] = [[]]
    for spot in spots:
        if spot is None:
            found.append([])
        else:
            found[-1].append(spot)
    return tuple(tuple(run) for run in found if run)


def thinned(spots: Sequence[Spot | None], least: float = 1.9) -> list[Spot | None]:
    """Fewer points where they stand closer than `least` px: their mean, so that the line stays true; a gap stays a gap."""
    found: list[Spot | None] = []
    held: list[Spot] = []
    for spot in [*spots, None]:
        if held and (spot is None or spot[0] - held[0][0] >= least):
            found.append(_mean(held))
            held = []
        if spot is None:
            found.append(None)
        else:
            held.append(spot)
    return found[:-1]


def _mean(spots: Sequence[Spot]) -> Spot:
    return round(sum(x for x, _ in spots) / len(spots), 1), round(sum(y for _, y in spots) / len(spots), 1)


def line(run: Sequence[Spot]) -> str:
    """As `points` of a polyline."""
    return " ".join(f"{x:g},{y:g}" for x, y in run)


def area(above: Sequence[Spot], below: Sequence[Spot]) -> str:
    """As `d` of a path: the ground between two lines, both from left to right."""
    return f"M{line(above)} L{line(below[::-1])}z"


def apart(wanted: Sequence[float], least: float, top: float, bottom: float) -> list[float]:
    """Heights near the wanted ones, at least `least` px from one another and inside of the picture where there is room."""
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    placed = [wanted[place] for place in order]
    for at in range(1, len(placed)):
        placed[at] = max(placed[at], placed[at - 1] + least)
    if placed and placed[-1] > bottom:
        placed[-1] = bottom
        for at in range(len(placed) - 2, -1, -1):
            placed[at] = min(placed[at], placed[at + 1] - least)
    if placed and placed[0] < top:
        placed[0] = top
        for at in range(1, len(placed)):
            placed[at] = max(placed[at], placed[at - 1] + least)
    found = [0.0] * len(order)
    for place, y in zip(order, placed, strict=True):
        found[place] = round(y, 1)
    return found


def wide(text: str) -> float:
    """How wide words are at 13 px, in px, rather too wide than too narrow."""
    return len(text) * LETTER
