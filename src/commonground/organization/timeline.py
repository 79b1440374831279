"""What held when, as plain values: a line of spans that never overlap. Pure; the verbs of the ledger are these four operations.

Days are half-open [start, end); EVER and FOREVER stand for an open side.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

EVER, FOREVER = date.min, date.max
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Span(Generic[V]):
    """A value and the days [start, end) on which it held."""

    start: date
    end: date
    value: V

    def holds(self, day: date) -> bool:
        return self.start <= day < self.end


Line = tuple[Span[V], ...]


class OverlapError(ValueError):
    """Days that are taken already. `span` holds them."""

    def __init__(self, span: Span[Any]) -> None:
        super().__init__(f"The days from {span.start} until {span.end} are taken.")
        self.span = span


def at(line: Line[V], day: date) -> Span[V] | None:
    """The span that holds on a day."""
    return next((span for span in line if span.holds(day)), None)


def opened(line: Line[V], start: date, end: date, value: V) -> Line[V]:
    """The line with one more span. Raises OverlapError when a day of it is taken, ValueError when it would end before it starts."""
    if end <= start:
        raise ValueError(f"A period cannot end on {end} when it starts on {start}.")
    for span in line:
        if span.start < end and start < span.end:
            raise OverlapError(span)
    return joined([*line, Span(start, end, value)])


def changed(line: Line[V], day: date, change: Callable[[V], V]) -> Line[V]:
    """The line with another value from a day on, until the next change that is known. Raises KeyError when nothing holds on the day."""
    held = at(line, day)
    if held is None:
        raise KeyError(day)
    new = [Span(held.start, day, held.value)] if held.start < day else []
    return joined([*(span for span in line if span is not held), *new, Span(day, held.end, change(held.value))])


def changed_throughout(line: Line[V], day: date, change: Callable[[V], V]) -> Line[V]:
    """The line with each value from a day on changed, also those that come later."""
    spans: list[Span[V]] = []
    for span in line:
        if span.start < day < span.end:
            spans += [Span(span.start, day, span.value), Span(day, span.end, change(span.value))]
        else:
            spans.append(Span(span.start, span.end, change(span.value)) if span.start >= day else span)
    return joined(spans)


def ended(line: Line[V], day: date) -> Line[V]:
    """The line until a day, with nothing from then on."""
    return tuple(Span(span.start, min(span.end, day), span.value) for span in line if span.start < day)


def joined(spans: Iterable[Span[V]]) -> Line[V]:
    """The spans in order; neighbours of the same value become one."""
    line: list[Span[V]] = []
    for span in sorted(spans, key=lambda span: span.start):
        if line and line[-1].end == span.start and line[-1].value == span.value:
            line[-1] = Span(line[-1].start, span.end, span.value)
        else:
            line.append(span)
    return tuple(line)


def uncovered(line: Line[V], start: date, end: date) -> date | None:
    """The first day of [start, end) on which nothing holds; None when something always does."""
    for span in line:
        if span.start <= start < span.end:
            start = span.end
    return start if start < end else None


class TreeError(ValueError):
    """A tree that cannot be. `unit` and `parent` are ids, `day` the first day, `circle` whether they would stand below each other."""

    def __init__(self, unit: int, parent: int, day: date, *, circle: bool) -> None:
        super().__init__(f"Unit {unit} cannot stand below {parent} on {day}.")
        self.unit, self.parent, self.day, self.circle = unit, parent, day, circle


def paths(parents: Mapping[int, Line[int | None]]) -> dict[int, Line[str]]:
    """The path from the root down to each unit, as `/1/7/23/`, over time.

    parents: unit → who stands above it, None for a root. Raises TreeError for a unit whose parent does not exist on one of its days,
    or that would stand below itself.
    """
    return {unit: joined(_walk(parents, unit, EVER, FOREVER, ())) for unit in parents}


def _walk(
    parents: Mapping[int, Line[int | None]], unit: int, start: date, end: date, trail: tuple[int, ...]
) -> Iterator[Span[str]]:
    """The path of a unit in [start, end). trail: those below it that asked."""
    for span in parents.get(unit, ()):
        low, high = max(span.start, start), min(span.end, end)
        if low >= high:
            continue
        parent = span.value
        if parent is None:
            yield Span(low, high, f"/{unit}/")
            continue
        if parent == unit or parent in trail:
            raise TreeError(unit, parent, low, circle=True)
        gap = uncovered(parents.get(parent, ()), low, high)
        if gap is not None:
            raise TreeError(unit, parent, gap, circle=False)
        for above in _walk(parents, parent, low, high, (*trail, unit)):
            yield Span(above.start, above.end, f"{above.value}{unit}/")
