"""By which unit something that people said may be told: the smallest whose people are enough, such that nobody is told apart by not being
in a smaller one.

A unit of at least the threshold is not enough. Where ten of twelve people of Billing are its Team A, and both are offered, a voice “from
Billing” is as good as one of the two others. So a unit is offered only if the people who would be told by **it**, those in no smaller unit
that is offered, are themselves enough; else they are told by the unit above.
"""

from collections import Counter
from collections.abc import Hashable, Mapping
from typing import TypeVar

U = TypeVar("U", bound=Hashable)


def tellable(parents: Mapping[U, U | None], people: Mapping[U | None, int], least: int) -> dict[U, int]:
    """Units by which a voice may be told → how many people are told by each, those of no smaller such unit. Pure.

    parents: unit → the one above, None for a root. people: unit → who works in it itself; under None those of no unit. least: the
    threshold. Every number is at least `least`, and so is the number of those who are told by no unit at all, unless it is 0 or
    nothing is offered.
    """
    told: dict[U, int] = {}
    rest: Counter[U | None] = Counter({unit: people.get(unit, 0) for unit in parents})
    rest[None] = sum(count for unit, count in people.items() if unit not in parents)
    above = {unit: parent if parent in parents else None for unit, parent in parents.items()}
    trails = {unit: trail(unit, above) for unit in above}
    for unit in sorted(above, key=lambda unit: (-len(trails[unit]), str(unit))):
        if rest[unit] >= least:
            told[unit] = rest[unit]
        else:
            rest[above[unit]] += rest[unit]
    while told and 0 < rest[None] < least:
        top = [unit for unit in told if not any(one in told for one in trails[unit][1:])]
        smallest = min(top, key=lambda unit: (told[unit], str(unit)))
        rest[None] += told.pop(smallest)
    return told


def trail(unit: U | None, above: Mapping[U, U | None]) -> list[U]:
    """A unit and those above it; a ring is cut where it closes."""
    found: list[U] = []
    while unit is not None and unit not in found:
        found.append(unit)
        unit = above.get(unit)
    return found
