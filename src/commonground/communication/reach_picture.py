"""The picture of what each channel of the cheapest set adds, and what it costs: plain numbers for an SVG."""

from dataclasses import dataclass
from typing import Final

from commonground.analysis.communication.reach import LABELS
from commonground.communication.reached import Reached

LEFT, WIDE, RIGHT, STEP, HIGH = 168.0, 344.0, 690.0, 33, 18
ROOM: Final = 52.0  # what a number needs inside a bar, or left of it


@dataclass(frozen=True)
class Bar:
    """One line. kind: plan, add or none. inside: whether the number stands in the bar."""

    words: str
    kind: str
    top: int
    x: float
    width: float
    number: str
    cost: str
    inside: bool

    @property
    def text(self) -> int:
        return self.top + 13

    @property
    def number_x(self) -> float:
        return round(self.x + self.width - 8 if self.inside else self.x + self.width + 6, 1)


@dataclass(frozen=True)
class Tick:
    x: float
    words: str


@dataclass(frozen=True)
class Picture:
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    high: int
    said: str
    left: float = LEFT
    wide: float = RIGHT

    @property
    def foot(self) -> int:
        return self.high - 5

    @property
    def axis(self) -> int:
        return self.high - 22


def picture(found: Reached) -> Picture | None:
    """None where there is no cheapest set."""
    if found.best is None or not found.contacts:
        return None
    scale = WIDE / found.contacts
    bars: list[Bar] = []
    for step in found.steps:
        planned = step.channel in found.planned
        label = LABELS[step.channel]
        words = f"{label[0].upper()}{label[1:]}, planned" if planned else f"add {label}" if found.planned else label
        width = max(step.adds * scale, 3.0 if step.adds else 0.0)
        number = f"{step.adds:,}" if planned or not bars else f"+{step.adds:,}"
        cost = "no price" if step.channel not in found.prices else found.said(step.cost)
        kind = "plan" if planned else "add"
        bars.append(_bar(words, kind, len(bars), step.before * scale, width, number, cost))
    done = found.best.reached
    lost = found.any - done
    if lost:
        bars.append(
            _bar("left out by the set", "none", len(bars), done * scale, max(lost * scale, 3.0), f"{lost:,}", "")
        )
    if found.nobody:
        nobody = max(found.nobody * scale, 3.0)
        bars.append(
            _bar("nobody can reach", "none", len(bars), found.any * scale, nobody, f"{found.nobody:,}", "in the list")
        )
    high = 10 + STEP * len(bars) + 24
    names = ", ".join(LABELS[one] for one in found.best.channels)
    said = f"{names} reach {done:,} of {found.contacts:,} customers for {found.said(found.best.cost)}"
    return Picture(tuple(bars), tuple(_ticks(found.contacts, scale)), high, said)


def _bar(words: str, kind: str, place: int, x: float, width: float, number: str, cost: str) -> Bar:
    wide = round(width, 1)
    start = round(min(LEFT + x, LEFT + WIDE - wide), 1)
    return Bar(words, kind, 10 + place * STEP, start, wide, number, cost, kind == "plan" and wide > ROOM)


def _ticks(most: int, scale: float) -> list[Tick]:
    """Nought, the whole, and a round number or two between that stand clear of both."""
    size = 10 ** (len(str(most)) - 1)
    step = next(one for one in (size, 2 * size, 5 * size) if most / one <= 4) if most >= 4 else most
    between = [one for one in range(step, most, step) if (most - one) * scale > 60]
    return [Tick(round(LEFT + one * scale, 1), f"{one:,}") for one in (0, *between, most)]
