"""What may be told of how often somebody was named: a band and never a number, and only where no tie can be read from it."""

from collections.abc import Sequence
from typing import Final, NamedTuple

FLOORS: Final = (3, 6, 10)  # where bands begin: fewer namings than the first are never told
SHARE: Final = 2  # a band is told only where at least so many could have named for each naming that it tells of
LEAST_TAKEN: Final = 10  # the fewest people of a round of which anything is told
STEP: Final = 5  # numbers of people reached are told in steps, and below the first step as “fewer than”
PROVEN: Final = 0.0005  # a gap of less than 0.05 % is written as proven


class Band(NamedTuple):
    """Namings from `least` to `most`, both included; most: None where it is open to above."""

    least: int
    most: int | None

    def __str__(self) -> str:
        return f"{self.least} to {self.most}" if self.most is not None else f"{self.least} or more"


def floors_for(could_name: int) -> tuple[int, ...]:
    """Where the bands of somebody begin whom so many could have named.

    A band tells that at least so many of those who could have named somebody did. Where that is more than half of them it would say of
    each that they more likely did than not, and with as many namings as people it would name them: such bands are not there, and the one
    below is open to above. could_name: those who were asked, without the person and without those who report to them.
    """
    return tuple(floor for floor in FLOORS if SHARE * floor <= could_name)


def band(namings: int, could_name: int) -> Band | None:
    """The band of a number of namings; None where nothing is told of it."""
    floors = floors_for(could_name)
    reached = [place for place, floor in enumerate(floors) if namings >= floor]
    if not reached:
        return None
    place = reached[-1]
    return Band(floors[place], floors[place + 1] - 1 if place + 1 < len(floors) else None)


def bands(namings: Sequence[int], could_name: Sequence[int], taken: int) -> list[Band | None]:
    """The band of each. namings, could_name: a number for each, of the same length. taken: how many took part in the round; of fewer than
    ten nothing is told. Raises ValueError when the lengths differ."""
    if taken < LEAST_TAKEN:
        return [None] * len(namings)
    return [band(one, could) for one, could in zip(namings, could_name, strict=True)]


def about(people: float) -> str:
    """A number of people who are reached, as it is told: “fewer than 5”, else “about” the nearest multiple of five."""
    if people < STEP:
        return f"fewer than {STEP}"
    return f"about {STEP * round(people / STEP):,}"


def flow(ties: int, sources: int, targets: int, asked: int) -> int | None:
    """The ties from one unit to another as they are told: the nearest multiple of five, None where nothing is.

    sources: how many people of the one unit they begin with; asked: how many of them were asked; targets: how many people of the other
    they end at. Told from five ties on with five people on both sides, and where at most half of those asked are behind it.
    """
    if min(ties, sources, targets) < STEP or SHARE * sources > asked:
        return None
    return STEP * round(ties / STEP)
