"""Composes the project team (TEAM): whom to ask, so that all who are touched have somebody of theirs on it; and how good that is.

Three sizes, said in `needs.py`. Among the smallest teams of a size those are taken who answer for work whose purpose is in question,
then holders of roles that give something up, then who is touched, answers for work in question, and has hours; people with many seats,
or whose manager said that it is not now, come last. Every answer says how good it is: the fewest, proven, or by how many it may be more.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from commonground.analysis.coalition.gaps import Gap, gaps_of
from commonground.analysis.coalition.ground import Ground, Kind, places_of
from commonground.analysis.coalition.needs import CELL, FRONT, PROCESS, SIZES, Need, needs_of, reachable
from commonground.analysis.coalition.seating import Model, Seated, seat

SECONDS = 8.0


@dataclass(frozen=True)
class Seat:
    """Somebody proposed. fixed: must be on it. only: what nobody else of this team stands for, as words; why: what they stand for."""

    person: str
    unit: str | None
    level: str | None
    front: bool
    fixed: bool
    why: tuple[str, ...]
    only: tuple[str, ...]


@dataclass(frozen=True)
class Team:
    """A team of one size. bound: no team that covers this is smaller; proven: it has exactly as many.

    balanced: no business unit is more than 60 %. gaps: what nobody who may be seated can stand for. strangers: fixed people who are
    not here on the day, so that they could not be seated.
    """

    size: str
    seats: tuple[Seat, ...]
    bound: int
    balanced: bool
    gaps: tuple[Gap, ...]
    strangers: tuple[str, ...]

    @property
    def people(self) -> int:
        return len(self.seats)

    @property
    def proven(self) -> bool:
        return self.bound >= self.people


def compose(
    ground: Ground,
    *,
    fixed: Collection[str] = (),
    forbidden: Mapping[str, str] = {},
    seconds: float = SECONDS,
) -> tuple[Team, Team, Team]:
    """The small, the usual and the large team on a ground, each at least as large as the one before.

    fixed: people who are on it. forbidden: people who are not, each with the reason in words; who is both is not on it.
    seconds: for each size, about.
    """
    known = places_of(ground, [*fixed, *forbidden])
    held = {person: place for person, place in known.items() if person in set(fixed) and person not in forbidden}
    strangers = tuple(sorted(set(fixed) - known.keys() - forbidden.keys()))
    lower, upper = [0] * len(ground.kinds), [len(kind.people) for kind in ground.kinds]
    for person, place in known.items():
        if person in held:
            lower[place] += 1
        elif person in forbidden:
            upper[place] -= 1
    found, least = list[Team](), sum(lower)
    for size in SIZES:
        met, unmet = reachable(needs_of(ground, size), upper)
        model = Model(met, lower, upper, _units(ground), least, _wishes(ground))
        seated = seat(model, seconds) if met or least else Seated(tuple(lower), 0, balanced=True)
        people = _people(ground, seated.counts, held, forbidden)
        found.append(
            Team(
                size,
                explained(ground, people, held),
                seated.bound,
                seated.balanced,
                gaps_of(ground, unmet, forbidden),
                strangers,
            )
        )
        least = seated.people
    return found[0], found[1], found[2]


def _units(ground: Ground) -> dict[str, list[int]]:
    """Business unit → places of its kinds; none where there is one unit only, of which no balance can be asked."""
    found: dict[str, list[int]] = {}
    for place, kind in enumerate(ground.kinds):
        if kind.unit:
            found.setdefault(kind.unit, []).append(place)
    return found if ground.several else {}


def _wishes(ground: Ground) -> list[list[int]]:
    """What is wished of members, the most important first: one worth for each kind."""
    return [
        [int(ground.owns_purpose(kind)) for kind in ground.kinds],
        [int(kind.gives_up is not None) for kind in ground.kinds],
        [
            6 + 4 * kind.touched + 3 * bool(kind.answers) + 2 * kind.hours - 2 * kind.busy - 4 * kind.not_now
            for kind in ground.kinds
        ],
    ]


def _people(
    ground: Ground, counts: Sequence[int], held: Mapping[str, int], forbidden: Mapping[str, str]
) -> list[tuple[str, Kind]]:
    """The people of each kind: the fixed first, then in the order of their ids."""
    found = []
    for kind, count in zip(ground.kinds, counts, strict=True):
        if count:
            free = (person for person in kind.people if person not in forbidden)
            taken = sorted(free, key=lambda person: person not in held)[:count]
            found += [(person, kind) for person in taken]
    return found


def explained(ground: Ground, people: Sequence[tuple[str, Kind]], held: Collection[str] = ()) -> tuple[Seat, ...]:
    """Seats with what each stands for, and what only they do. In order of unit, level and name of the id."""
    stand: dict[tuple[str, object], int] = {}
    for _, kind in people:
        for key in _stands(kind):
            stand[key] = stand.get(key, 0) + 1
    touched = {(cell.unit, cell.level) for cell in ground.cells}
    order = {level: place for place, level in enumerate(ground.levels)}
    seats = [
        Seat(
            person,
            kind.unit,
            kind.level,
            kind.front,
            person in held,
            reasons(ground, kind, in_touched=kind.cell in touched),
            tuple(
                _said(ground, key)
                for key in _stands(kind)
                if stand[key] == 1 and (key[0] != CELL or kind.cell in touched)
            ),
        )
        for person, kind in people
    ]
    return tuple(
        sorted(seats, key=lambda s: (ground.unit_name(s.unit), order.get(s.level or "", len(order)), s.person))
    )


def _stands(kind: Kind) -> list[tuple[str, object]]:
    cell: list[tuple[str, object]] = [(CELL, kind.cell)] if kind.unit else []
    return [*cell, *((PROCESS, one) for one in sorted(kind.covers)), *([(FRONT, None)] if kind.front else [])]


def _said(ground: Ground, key: tuple[str, object]) -> str:
    what, which = key
    if what == PROCESS and isinstance(which, int):
        return ground.processes[which].name
    if what == CELL and isinstance(which, tuple):
        return place_words(ground, *which)
    return "the front office"


def place_words(ground: Ground, unit: str | None, level: str | None) -> str:
    """“Billing, staff”."""
    return f"{ground.unit_name(unit)}, {level.lower()}" if level else ground.unit_name(unit)


def reasons(ground: Ground, kind: Kind, *, in_touched: bool) -> tuple[str, ...]:
    """Why somebody of this kind is proposed, in words, the strongest first."""
    ways = (
        (
            [place for place in kind.answers if ground.processes[place].purpose],
            "answers for",
            ", whose purpose is in question",
        ),
        ([place for place in kind.answers if not ground.processes[place].purpose], "answers for", ", which changes"),
        ([place for place in kind.does if place not in kind.answers], "does", ""),
    )
    found = [
        f"{verb} {_listed([ground.processes[place].name for place in places])}{tail}"
        for places, verb, tail in ways
        if places
    ]
    if kind.gives_up:
        found.append(f"{kind.gives_up} gives something up in the change")
    if kind.front:
        found.append(f"front office of {ground.unit_name(kind.unit)}")
    elif in_touched and not found:
        found.append(f"stands for {place_words(ground, kind.unit, kind.level)}")
    if not found:
        found.append(f"comes from {ground.unit_name(kind.unit)}, so that no unit outweighs the others")
    if kind.hours:
        found.append("has hours agreed for a seat already")
    if kind.busy:
        found.append("has three seats or more already")
    if kind.not_now:
        found.append("their manager said of a seat that it is not now")
    return tuple(found)


def _listed(names: Sequence[str], most: int = 3) -> str:
    shown = list(names[:most])
    if len(names) > most:
        shown.append(f"{len(names) - most:,} more")
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else shown[0]


def check(ground: Ground, team: Team, forbidden: Collection[str] = ()) -> list[str]:
    """What a team lacks of its size, in words; nothing where it keeps every rule. Used by tests, and on what was stored."""
    places = places_of(ground, [one.person for one in team.seats])
    free = [sum(person not in forbidden for person in kind.people) for kind in ground.kinds]
    met, _ = reachable(needs_of(ground, team.size), free)
    counts = [0] * len(ground.kinds)
    for place in places.values():
        counts[place] += 1
    return [_unmet(need) for need in met if sum(counts[kind] for kind in need.kinds) < need.least]


def _unmet(need: Need) -> str:
    return f"{need.what} {need.name or need.place}: fewer than {need.least}"
