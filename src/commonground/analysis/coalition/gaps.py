"""What nobody who may be seated can stand for, and the nearest people who could, each with what stands against it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from commonground.analysis.coalition.ground import Ground, Kind
from commonground.analysis.coalition.needs import ANSWERS, CELL, FRONT, Need

NEAREST = 5


@dataclass(frozen=True)
class Near:
    """Somebody who could fill a gap, and what stands against it, in words."""

    person: str
    unit: str | None
    level: str | None
    against: str


@dataclass(frozen=True)
class Gap:
    """what: cell, process, answers or front. words: whom or what nobody stands for. key: `unit/level` or the id of the process."""

    what: str
    key: str
    words: str
    unit: str | None
    level: str | None
    nearest: tuple[Near, ...]


def gaps_of(ground: Ground, unmet: Sequence[Need], forbidden: Mapping[str, str]) -> tuple[Gap, ...]:
    """The gaps in the order of the needs. A process that nobody at all can speak for is not said a second time for who answers."""
    whole = {need.place for need in unmet if need.what not in {ANSWERS, CELL, FRONT}}
    return tuple(_gap(ground, need, forbidden) for need in unmet if not (need.what == ANSWERS and need.place in whole))


def _gap(ground: Ground, need: Need, forbidden: Mapping[str, str]) -> Gap:
    if need.what == FRONT:
        words, unit, level, key = "the front office", None, None, ""
    elif need.what == CELL:
        cell = ground.cells[need.place]
        unit, level, key = cell.unit, cell.level, f"{cell.unit}/{cell.level or ''}"
        words = f"{ground.unit_name(unit)}, {level.lower()}" if level else ground.unit_name(unit)
    else:
        process = ground.processes[need.place]
        unit, level, key = process.unit, None, process.id
        words = f"{process.name}, for which nobody answers who may be seated" if need.what == ANSWERS else process.name
    return Gap(need.what, key, words, unit, level, _nearest(ground, need, unit, level, forbidden))


def _nearest(
    ground: Ground, need: Need, unit: str | None, level: str | None, forbidden: Mapping[str, str]
) -> tuple[Near, ...]:
    """Those who would meet it but for what was said of them; then, near by unit and level, those who may be seated."""
    found: dict[str, Near] = {}
    for place in need.kinds:
        kind = ground.kinds[place]
        for person in kind.people:
            if person in forbidden and len(found) < NEAREST:
                found[person] = Near(person, kind.unit, kind.level, forbidden[person])
    for kind, against in _beside(ground, need, unit, level):
        for person in kind.people:
            if len(found) >= NEAREST:
                return tuple(found.values())
            if person not in forbidden and person not in found:
                found[person] = Near(person, kind.unit, kind.level, against)
    return tuple(found.values())


def _beside(ground: Ground, need: Need, unit: str | None, level: str | None) -> Iterator[tuple[Kind, str]]:
    """Kinds of people near a gap with what stands against them, the nearest first; one step wider only where needed."""
    if need.what == FRONT:
        return
    if need.what == CELL:
        yield from (
            (kind, f"stands at another level, {_level(kind)}")
            for kind in _by_level(ground, _of_unit(ground, unit), level)
        )
    else:
        doers = (kind for kind in ground.kinds if need.place in kind.does)
        yield from ((kind, "does it, and does not answer for it") for kind in doers)
        own = "neither answers for it nor does it; stands in its unit"
        yield from ((kind, own) for kind in _by_level(ground, _of_unit(ground, unit), level))
    above = ground.above.get(unit) if unit else None
    if above:
        name = ground.unit_name(above)
        yield from (
            (kind, f"stands in {name}, the unit above") for kind in _by_level(ground, _of_unit(ground, above), level)
        )


def _of_unit(ground: Ground, unit: str | None) -> Iterable[Kind]:
    return (kind for kind in ground.kinds if unit and kind.unit == unit)


def _by_level(ground: Ground, kinds: Iterable[Kind], level: str | None) -> list[Kind]:
    """By how many levels they stand away, the touched first; where no level is asked for, from the top."""
    order = {name: place for place, name in enumerate(ground.levels)}
    here = order.get(level or "", 0)
    return sorted(
        kinds, key=lambda kind: (abs(order.get(kind.level or "", len(order)) - here), not kind.touched, kind.people)
    )


def _level(kind: Kind) -> str:
    return kind.level.lower() if kind.level else "none recorded"
