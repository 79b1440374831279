"""Who is missing: business units against the ways in which somebody takes no part yet, counted from open findings.

Findings are entries of a register, so no threshold binds them; each count is a list that can be opened.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from django.db.models import Count

from commonground.access import roles
from commonground.access.actor import Actor
from commonground.guidance.inbox import coverage
from commonground.guidance.models import FindingQuerySet
from commonground.organization.models import Unit
from commonground.programs.models import Program
from commonground.ui.words import spelled
from commonground.workflows.lanes import Lanes, lanes_on

EVERYWHERE: Final = (roles.LEAD, roles.SPONSOR, roles.MEMBER, roles.CHAMPION, roles.CUSTOMER)
NO_UNIT: Final = "No unit recorded"


class Way(NamedTuple):
    """A way of being missing: the guideline that finds it, the head of its column, its mark, and words for one and for more."""

    code: str
    head: str
    mark: str
    one: str
    more: str


WAYS: Final = (
    Way("MNGR-01", "Owners without a part", "act", "process without its owner", "processes without their owners"),
    Way(
        "PROC-02",
        "Work whose people take no part",
        "act",
        "process without its people",
        "processes without their people",
    ),
    Way("PROC-01", "Nobody answers", "act", "process nobody answers for", "processes nobody answers for"),
    Way("TEAM-01", "Levels not on the team", "watch", "level not on the team", "levels not on the team"),
    Way("OWN-02", "Front office owns nothing", "act", "front office owns nothing", "front offices own nothing"),
)
CODES: Final = tuple(way.code for way in WAYS)


@dataclass(frozen=True)
class Cell:
    """How many findings of one way a unit has; None where it could not be checked."""

    way: Way
    count: int | None

    @property
    def words(self) -> str:
        """What the count counts."""
        return self.way.one if self.count == 1 else self.way.more


@dataclass(frozen=True)
class Line:
    """A business unit, 0 where none is recorded, with its cells in the order of the ways."""

    unit: int
    name: str
    cells: Sequence[Cell]

    @property
    def total(self) -> int:
        return sum(cell.count or 0 for cell in self.cells)

    def of(self, code: str) -> int:
        return next(cell.count or 0 for cell in self.cells if cell.way.code == code)


@dataclass(frozen=True)
class Missing:
    """The panel. unchecked: heads of the columns that wait for data."""

    lines: Sequence[Line]
    unchecked: Sequence[str]

    @property
    def title(self) -> str:
        return title(self.lines, all_checked=not self.unchecked)

    @property
    def total(self) -> int:
        return sum(line.total for line in self.lines)


def who_is_missing(
    seen: FindingQuerySet, actor: Actor, program: Program, day: date, touched: Iterable[str | None] = ()
) -> Missing | None:
    """Business units in the order of their names, each way counted. None while nothing of it could be checked.

    seen: the findings that the actor may see; touched: keys of business units that the change touches, shown also where nobody is
    missing, to those who see the whole organization.
    """
    waiting = {code for code, _ in coverage(program).not_checked}
    if waiting.issuperset(CODES):
        return None
    counts: dict[int | None, dict[str, int]] = {}
    rows = seen.live().filter(code__in=CODES).order_by().values_list("unit", "code").annotate(n=Count("pk"))
    for unit, code, count in rows:
        counts.setdefault(unit, {})[code] = count
    keys = [key for key in touched if key] if actor.has(*EVERYWHERE) else []
    for unit in Unit.objects.filter(key__in=keys).values_list("pk", flat=True):
        counts.setdefault(unit, {})
    lanes = lanes_on(actor, day, counts)
    return Missing(_lines(counts, lanes, waiting), [way.head for way in WAYS if way.code in waiting])


def _lines(counts: Mapping[int | None, Mapping[str, int]], lanes: Lanes, waiting: AbstractSet[str]) -> list[Line]:
    """Findings of a unit count for the business unit that it belongs to on the day."""
    found: dict[int, dict[str, int]] = {}
    for unit, by_code in counts.items():
        inside = found.setdefault(0 if unit is None else lanes.business.get(unit, unit), {})
        for code, count in by_code.items():
            inside[code] = inside.get(code, 0) + count
    lines = [
        Line(
            unit,
            lanes.name(unit) if unit else NO_UNIT,
            [Cell(way, None if way.code in waiting else inside.get(way.code, 0)) for way in WAYS],
        )
        for unit, inside in found.items()
    ]
    return sorted(lines, key=lambda line: (not line.unit, line.name.casefold()))


def title(lines: Sequence[Line], *, all_checked: bool = True) -> str:
    """Which units miss most, and whom, in a sentence."""
    missing = [line for line in lines if line.total]
    if not missing:
        return "Nobody is missing" if all_checked else "Nobody is missing, as far as it could be checked"
    most = max(line.total for line in missing)
    first = [line for line in missing if line.total == most]
    return f"{_who(first, alone=len(missing) == 1)}: {_whom(first)}"


def _who(first: Sequence[Line], *, alone: bool) -> str:
    names = [line.name if line.unit else "Work without a unit" for line in first]
    if alone:
        return f"Only {names[0] if first[0].unit else 'work without a unit'} misses somebody"
    if len(names) > 2:
        return f"{spelled(len(names)).capitalize()} units miss most"
    return f"{' and '.join(names)} {'misses' if len(names) == 1 else 'miss'} most"


def _whom(lines: Sequence[Line]) -> str:
    """What these units miss, the first that there is: people in the search, then who answers, levels, the front office."""
    owners, doers, nobody, levels, fronts = (sum(line.of(way.code) for line in lines) for way in WAYS)
    if owners or doers:
        return _no_part(owners, doers)
    clauses = []
    if nobody:
        clauses.append(f"nobody answers for {_work(nobody)} yet")
    if levels:
        clauses.append(f"{spelled(levels)} {'level is' if levels == 1 else 'levels are'} not on the team yet")
    if fronts:
        clauses.append("the front office owns nothing yet" if fronts == 1 else "their front offices own nothing yet")
    return " and ".join(clauses[:2])


def _no_part(owners: int, doers: int) -> str:
    parts = [f"the {'owner' if owners == 1 else 'owners'} of {_work(owners)}"] if owners else []
    if doers:
        parts.append(f"those who do {spelled(doers) if owners else _work(doers)}")
    return f"{' and '.join(parts)} {'takes' if owners == 1 and not doers else 'take'} no part yet"


def _work(count: int) -> str:
    return f"{spelled(count)} {'process' if count == 1 else 'processes'}"
