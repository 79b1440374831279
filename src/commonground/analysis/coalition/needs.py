"""What a team of one of the three sizes must have, and of what nobody who may be seated can give.

    small   somebody from every touched business unit and level; of every process in question one of its owners, by answering or by
            doing; somebody from the front office
    usual   that, and of every process whose purpose is in question somebody who *answers* for it; two people from every business unit
            with at least [30] touched people, and two from every cell with at least [100]
    large   that, and a deputy: two from every cell with at least [8] touched people and two owners of every process in question, as far
            as there are two; everybody who answers for a process whose purpose is in question; a holder of every role that gives
            something up

Of each size holds as well: no business unit is more than [60 %] of the team (TEAM-03), where there are several.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from commonground.analysis.coalition.ground import Ground

SMALL, USUAL, LARGE = SIZES = ("small", "usual", "large")
SHARE = 0.60
LARGE_UNIT, LARGE_CELL, DEPUTY = 30, 100, 8
EVERYBODY = -1

# what a need is about; the first three are what TEAM-01 and TEAM-03 look for as well
CELL, PROCESS, FRONT, ANSWERS, UNIT, ROLE = "cell", "process", "front", "answers", "unit", "role"


class Need(NamedTuple):
    """At least so many members of some kinds of people. place: of the cell or process in the ground, else −1; name: of the unit or role.

    kinds: places of the kinds of people that meet it.
    """

    what: str
    place: int
    name: str
    least: int
    kinds: tuple[int, ...]


def needs_of(ground: Ground, size: str) -> tuple[Need, ...]:
    """What a team of a size must have. Every need of a smaller size is one of the larger, or weaker than one of it.

    Raises ValueError for another word than one of the three.
    """
    if size not in SIZES:
        raise ValueError(f"{size} is no size of a team. Sizes are {', '.join(SIZES)}.")
    rank = SIZES.index(size)
    by = _met_by(ground)
    found = [
        *(
            Need(CELL, place, "", _of_cell(cell.touched, rank), by.get((CELL, cell.unit, cell.level), ()))
            for place, cell in enumerate(ground.cells)
        ),
        *(
            Need(PROCESS, place, "", 2 if rank == 2 else 1, by.get((PROCESS, place), ()))
            for place in range(len(ground.processes))
        ),
    ]
    if ground.front_known and found:
        found.append(Need(FRONT, -1, "", 1, by.get((FRONT,), ())))
    if rank:
        least = EVERYBODY if rank == 2 else 1
        asked = [place for place, one in enumerate(ground.processes) if one.purpose]
        found += [Need(ANSWERS, p, "", least, by[ANSWERS, p]) for p in asked if (ANSWERS, p) in by]
        found += [Need(UNIT, -1, unit, 2, by.get((UNIT, unit), ())) for unit in _large_units(ground)]
    if rank == 2:
        found += [Need(ROLE, -1, str(key[1]), 1, kinds) for key, kinds in sorted(by.items(), key=str) if key[0] == ROLE]
    return tuple(found)


def _of_cell(touched: int, rank: int) -> int:
    return 2 if (rank and touched >= LARGE_CELL) or (rank == 2 and touched >= DEPUTY) else 1


def _large_units(ground: Ground) -> list[str]:
    touched: dict[str, int] = {}
    for cell in ground.cells:
        touched[cell.unit] = touched.get(cell.unit, 0) + cell.touched
    return [unit for unit, people in touched.items() if people >= LARGE_UNIT]


def _met_by(ground: Ground) -> Mapping[tuple[object, ...], tuple[int, ...]]:
    """What each kind of people can meet, turned round."""
    found: dict[tuple[object, ...], list[int]] = {}
    for place, kind in enumerate(ground.kinds):
        keys: list[tuple[object, ...]] = [(CELL, *kind.cell), (UNIT, kind.unit)]
        keys += [(PROCESS, one) for one in kind.covers]
        keys += [(ANSWERS, one) for one in kind.answers]
        keys += [(FRONT,)] if kind.front else []
        keys += [(ROLE, kind.gives_up)] if kind.gives_up else []
        for key in keys:
            found.setdefault(key, []).append(place)
    return {key: tuple(places) for key, places in found.items()}


def reachable(needs: Sequence[Need], free: Sequence[int]) -> tuple[tuple[Need, ...], tuple[Need, ...]]:
    """The needs as far as those who may be seated can meet them, and those that nobody of them can.

    free: how many people of each kind may be seated. A need for two of whom there is one becomes a need for one.
    """
    met, gaps = [], []
    for need in needs:
        there = sum(free[kind] for kind in need.kinds)
        if there:
            least = there if need.least == EVERYBODY else min(need.least, there)
            met.append(need._replace(least=least))
        elif need.what not in {UNIT, ROLE}:
            gaps.append(need)
    return tuple(met), tuple(gaps)
