"""How far a cascade is on a day: its talks as a tree, who has heard, the spread of dates between units."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from django.core.cache import cache
from django.db.models import Count, Max, Min, Q

from commonground.access.actor import Actor
from commonground.analysis.communication.cascade import Spread, Unheard, heard_on, holder_of, spread, unheard, window_at
from commonground.communication.cascades import RUNNING, Cascade, CascadeStep
from commonground.journal.models import Version
from commonground.organization.models import Person, UnitPeriod
from commonground.realignment.names import unit_words

HELD, LATE, OPEN, WAITING, OUT = "held", "late", "open", "waiting", "out"
WORDS: Final = {HELD: "held", LATE: "window over", OPEN: "to be held now", WAITING: "not yet", OUT: "left out"}
KEPT_FOR: Final = 60 * 60
DAY: Final = timedelta(days=1)


@dataclass
class Node:
    """A talk. people: of the audience in it; carriers: hear it to pass it on. talks, held, reach, reached: of it and all below.

    expected: when its window is expected to open as long as the one above is to come.
    """

    pk: int
    above: int | None
    depth: int
    unit: int | None
    deliverer: int | None
    deputy: int | None
    of_line: bool
    people: int
    carriers: int
    opens: date | None
    closes: date | None
    delivered_on: date | None
    heard: int | None
    left_out: bool
    handed_on: int
    state: str = WAITING
    expected: date | None = None
    talks: int = 0
    held: int = 0
    reach: int = 0
    reached: int = 0
    late: int = 0
    below: list["Node"] = field(default_factory=list)

    @property
    def speaker(self) -> int | None:
        return self.deputy or self.deliverer

    @property
    def last_day(self) -> date | None:
        return self.closes - DAY if self.closes else None

    @property
    def there(self) -> int:
        """How many of the audience heard in it."""
        if self.state != HELD:
            return 0
        if self.heard is None:
            return self.people
        return self.people - min(self.people, max(self.people + self.carriers - self.heard, 0))

    def walk(self) -> Iterator["Node"]:
        yield self
        for one in self.below:
            yield from one.walk()


FIELDS: Final = (
    "pk", "above", "depth", "unit", "deliverer", "deputy", "of_line", "people", "carriers", "opens", "closes", "delivered_on", "heard",
    "left_out", "handed_on",
)  # fmt: skip


@dataclass(frozen=True)
class Overview:
    """A cascade on a day. roots: the talks at the top. rest: who has not heard. spread: of the days on which units had heard."""

    roots: Sequence[Node]
    nodes: Mapping[int, Node]
    rest: Unheard
    spread: Spread
    days: Mapping[int, date | None]

    @property
    def talks(self) -> int:
        return sum(root.talks for root in self.roots)

    @property
    def held(self) -> int:
        return sum(root.held for root in self.roots)

    @property
    def people(self) -> int:
        return sum(root.reach for root in self.roots)

    @property
    def reached(self) -> int:
        return sum(root.reached for root in self.roots)

    def of(self, *states: str) -> list[Node]:
        """The talks in these states, those above first."""
        return [node for node in self.nodes.values() if node.state in states]


def overview(row: Cascade, day: date) -> Overview:
    """The tree of a cascade on a day, read once for each version of the talks."""
    version = Version.objects.now().get("steps", 0)
    key = f"communication.cascade:{row.pk}:{version}:{day.isoformat()}"
    found: Overview | None = cache.get(key)
    if found is None:
        found = _read(row, day)
        cache.set(key, found, KEPT_FOR)
    return found


def _read(row: Cascade, day: date) -> Overview:
    rows = CascadeStep.objects.filter(cascade=row).order_by("depth", "pk").values_list(*FIELDS)
    nodes = {one[0]: Node(*one) for one in rows}
    runs, holder = row.state == RUNNING, holder_of({pk: (one.above, one.left_out) for pk, one in nodes.items()})
    roots: list[Node] = []
    for node in nodes.values():
        if node.delivered_on is not None and node.delivered_on > day:  # the page is asked for an earlier day
            node.delivered_on = node.heard = None
        node.state = _state(node, day, runs)
        above = nodes.get(holder[node.above]) if node.above is not None else None
        (above.below if above else roots).append(node)
        node.expected = _expected(row, node, above)
    for node in reversed(nodes.values()):  # those below were counted when the one above is
        _add_up(node)
    return Overview(roots, nodes, _rest(nodes, holder), *_spread(nodes, holder))


def _state(node: Node, day: date, runs: bool) -> str:
    if node.delivered_on is not None:
        return HELD
    if node.left_out:
        return OUT
    if not runs or node.opens is None or node.opens > day:
        return WAITING
    return LATE if node.closes is not None and node.closes <= day else OPEN


def _expected(row: Cascade, node: Node, above: Node | None) -> date | None:
    if node.delivered_on is not None or node.opens is not None:
        return node.opens
    if above is None or above.delivered_on is not None:
        return row.opens
    start = above.closes or (above.expected + timedelta(days=row.days) if above.expected else None)
    return start or window_at(node.depth, row.opens, row.days).opens


def _add_up(node: Node) -> None:
    node.talks = int(node.state != OUT) + sum(one.talks for one in node.below)
    node.held = int(node.state == HELD) + sum(one.held for one in node.below)
    node.late = int(node.state == LATE) + sum(one.late for one in node.below)
    node.reach = node.people + sum(one.reach for one in node.below)
    node.reached = node.there + sum(one.reached for one in node.below)


def _rest(nodes: Mapping[int, Node], holder: Mapping[int, int]) -> Unheard:
    """A talk that is left out is as far as the one in which its people hear."""
    asked: list[tuple[int, bool, int | None]] = []
    for pk, node in nodes.items():
        held = nodes[holder[pk]].state == HELD
        if node.state == OUT:
            if not held and node.people:
                asked.append((node.people, True, 0))  # people who have not heard, but no talk that is to come
        else:
            asked.append((node.people, held, node.there if held else None))
    found = unheard(asked)
    out = sum(node.people for pk, node in nodes.items() if node.state == OUT and nodes[holder[pk]].state != HELD)
    return Unheard(found.people, found.teams, found.away - out)


def _spread(nodes: Mapping[int, Node], holder: Mapping[int, int]) -> tuple[Spread, Mapping[int, date | None]]:
    """Over the units in which somebody of the audience hears."""
    talks = [
        (str(node.unit), nodes[holder[pk]].delivered_on)
        for pk, node in nodes.items()
        if node.unit is not None and node.people
    ]
    days = {int(unit): day for unit, day in heard_on(talks).items()}
    return spread(days.values()), days


@dataclass(frozen=True)
class Names:
    """What to call the units and people of talks; people only as far as the reader sees them."""

    units: Mapping[int, str]
    people: Mapping[int, str]

    def unit(self, node: Node) -> str:
        return self.units.get(node.unit or 0, "") or "several units"

    def speaker(self, node: Node) -> str:
        return self.people.get(node.speaker or 0, "")

    def line(self, node: Node) -> str:
        """Whom the line proposed, where a deputy holds it."""
        return self.people.get(node.deliverer or 0, "") if node.deputy else ""


def names_for(nodes: Sequence[Node], actor: Actor, day: date) -> Names:
    """Names of the units and deliverers of some talks."""
    people = {pk for node in nodes for pk in (node.deliverer, node.deputy) if pk is not None}
    seen = Person.objects.visible_to(actor).filter(pk__in=people).values_list("pk", "name")
    return Names(unit_words({node.unit for node in nodes}, day), dict(seen))


@dataclass(frozen=True)
class UnitSpread:
    """The days on which the units within one business unit had heard."""

    name: str
    units: int
    spread: Spread


def by_business_unit(found: Overview, day: date) -> list[UnitSpread]:
    """Units with the same business unit together, those that heard first before those that heard later, who has not at the end."""
    rows = {unit: (name, flag, path) for unit, name, flag, path in _units(day)}
    grouped: dict[str, list[date | None]] = {}
    for unit, heard in found.days.items():
        grouped.setdefault(_business(unit, rows), []).append(heard)
    if len(grouped) == 1:  # one business unit alone is told apart by the units within it
        grouped = {
            rows[unit][0] if unit in rows else "a unit that is closed": [day] for unit, day in found.days.items()
        }
    lines = [UnitSpread(name, len(days), spread(days)) for name, days in grouped.items()]
    return sorted(
        lines, key=lambda line: (line.spread.last is None, line.spread.median or date.max, line.name.casefold())
    )


def _units(day: date) -> list[tuple[int, str, bool, str]]:
    return list(UnitPeriod.objects.on(day).values_list("unit", "name", "business_unit", "path"))


def _business(unit: int, rows: Mapping[int, tuple[str, bool, str]]) -> str:
    if unit not in rows:
        return "a unit that is closed"
    trail = [int(part) for part in rows[unit][2].strip("/").split("/")]
    flagged = [one for one in trail if one in rows and rows[one][1]]
    return rows[flagged[-1] if flagged else unit][0]


@dataclass(frozen=True)
class Counts:
    """A cascade in the list."""

    talks: int
    held: int
    late: int
    first: date | None
    last: date | None


def counts_of(rows: Sequence[Cascade], day: date) -> Mapping[int, Counts]:
    """The numbers of several cascades at once."""
    late = Q(delivered_on=None, left_out=False, closes__lte=day, cascade__state=RUNNING)
    held = Q(delivered_on__isnull=False)
    found = (
        CascadeStep.objects.filter(cascade__in=[row.pk for row in rows], left_out=False)
        .order_by()
        .values_list("cascade")
        .annotate(
            talks=Count("pk"),
            held=Count("pk", filter=held),
            late=Count("pk", filter=late),
            first=Min("delivered_on"),
            last=Max("delivered_on"),
        )
    )
    return {pk: Counts(*numbers) for pk, *numbers in found}
