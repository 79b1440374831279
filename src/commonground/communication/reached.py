"""What the page on reach shows: segments by channels, what a plan misses, and what the cheapest set adds. From counts alone."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from commonground.analysis.communication import reach
from commonground.analysis.communication.reach import CHANNELS, LABELS, Cheapest, Counts, Step
from commonground.analysis.plan import money
from commonground.communication.contacts import counts_of
from commonground.communication.prices import ReachTerms, prices_of, terms_of
from commonground.communication.segments import Segment
from commonground.programs.models import Program

GOOD, POOR = (
    0.9,
    0.5,
)  # the share of a segment from which on it is on course, and below which to act: CHAN-01 and half of all
ALONE: Final = 0.05  # a channel that is the only one of more than this share of a segment is shown,
RARE: Final = (
    0.5  # where fewer than this share of all customers of the program have it, so that a plan easily forgets it
)


@dataclass(frozen=True)
class Cell:
    """One channel of a segment. only: contacts who have this one and no other; told: whether a plan should not forget them."""

    channel: str
    have: int
    percent: int
    only: int
    told: bool


@dataclass(frozen=True)
class Row:
    """One segment. planned, added: contacts that the plan reaches, and that the cheapest set adds. rest: contacts it misses by channel."""

    segment: Segment
    contacts: int
    cells: tuple[Cell, ...]
    planned: int
    added: int
    nobody: int
    rest: Mapping[str, int]

    @property
    def missed(self) -> int:
        return self.contacts - self.planned

    @property
    def percent(self) -> int:
        return percent(self.planned, self.contacts)

    @property
    def mark(self) -> str:
        """good, watch or act, by the share that the plan reaches."""
        share = self.planned / self.contacts if self.contacts else 1.0
        return "good" if share >= GOOD else "watch" if share >= POOR else "act"

    @property
    def can_be(self) -> list[str]:
        """How those who are missed can be reached, each counted on the cheapest channel that they have: “312 fax”."""
        there = sorted(self.rest.items(), key=lambda one: -one[1])
        return [f"{number:,} {LABELS[channel]}" for channel, number in there]

    @property
    def parts(self) -> list[tuple[str, float, str]]:
        """The bar: what the plan reaches, what the cheapest set adds."""
        return [("by the plan", self.planned, "new"), ("more by the cheapest set", self.added, "added")]

    @property
    def only(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.told]


@dataclass(frozen=True)
class Reached:
    """A plan on all its segments. planned: its channels. best: the cheapest set that keeps them; apart: the cheapest set of all."""

    rows: tuple[Row, ...]
    planned: tuple[str, ...]
    terms: ReachTerms
    prices: Mapping[str, Decimal]
    whole: Counts
    best: Cheapest | None
    apart: Cheapest | None
    steps: tuple[Step, ...]

    @property
    def contacts(self) -> int:
        return reach.contacts(self.whole)

    @property
    def reached(self) -> int:
        return reach.union(self.whole, self.planned)

    @property
    def missed(self) -> int:
        return self.contacts - self.reached

    @property
    def percent(self) -> int:
        return percent(self.reached, self.contacts)

    @property
    def parts(self) -> list[tuple[str, float, str]]:
        """The bar over all segments."""
        added = self.best.reached - self.reached if self.best else 0
        return [("by the plan", self.reached, "new"), ("more by the cheapest set", added, "added")]

    @property
    def rest(self) -> list[Row]:
        """Segments of which somebody is not reached, the most first; without a plan, those whom nothing reaches."""
        rows = [row for row in self.rows if (row.missed if self.planned else row.nobody)]
        return sorted(rows, key=lambda row: -row.missed)

    @property
    def any(self) -> int:
        """Contacts that some channel reaches, whatever it costs."""
        return reach.union(self.whole, CHANNELS)

    @property
    def nobody(self) -> int:
        return self.contacts - self.any

    @property
    def adds(self) -> tuple[str, ...]:
        """Channels of the cheapest set that are not planned."""
        return tuple(one for one in self.best.channels if one not in self.planned) if self.best else ()

    @property
    def order(self) -> tuple[str, ...]:
        """Columns: the planned channels, then what the cheapest set adds, then the others."""
        rest = [one for one in CHANNELS if one not in self.planned and one not in self.adds]
        return (*self.planned, *self.adds, *rest)

    @property
    def cheaper(self) -> Cheapest | None:
        """A cheaper set that leaves out something of the plan, if there is one."""
        if self.best is None:
            return self.apart if self.planned else None
        return self.apart if self.apart is not None and self.apart.cost < self.best.cost else None

    def said(self, cost: Decimal | None, *, exactly: bool = False) -> str:
        """An amount as people read it; a dash without one."""
        if cost is None:
            return "–"
        currency = self.terms.currency
        return money.said(money.smallest(cost, currency), currency, to_the_unit=exactly)

    @property
    def planned_cost(self) -> Decimal | None:
        """What the plan costs by itself; None where a channel of it has no price."""
        taken = reach.taken_by(self.whole, self.planned, self.prices)
        return reach.price(taken, self.prices) if set(taken) <= set(self.prices) else None

    @property
    def free(self) -> list[str]:
        """Planned channels without a price: they are counted as free."""
        return [LABELS[one] for one in self.planned if one not in self.prices]


def percent(part: int, whole: int) -> int:
    """A share in whole percent that says 0 and 100 only of none and of all."""
    if not whole or part in (0, whole):
        return 100 if part and whole else 0
    return min(max(round(100 * part / whole), 1), 99)


def share(part: int, whole: int) -> str:
    """A share in percent, with a decimal where whole numbers would hide the last ones: “99.8”."""
    exact = 100 * part / whole if whole else 0.0
    return f"{min(exact, 99.9):.1f}" if 99 < exact < 100 else str(percent(part, whole))


def reached(program: Program, segments: Sequence[Segment], planned: Iterable[str]) -> Reached:
    """The counts of these segments under a plan. Two queries."""
    chosen = set(planned)
    plan = tuple(one for one in CHANNELS if one in chosen)
    terms, prices = terms_of(program), prices_of(program)
    counts = counts_of(program)
    mine = [(segment, counts.get(segment.pk, {})) for segment in segments]
    whole = reach.together(one for _, one in mine)
    paid = prices | {one: Decimal(0) for one in plan if one not in prices}
    there = bool(prices) and bool(whole)
    best = reach.cheapest(whole, paid, terms.want, plan) if there else None
    apart = reach.cheapest(whole, prices, terms.want) if there else None
    steps = reach.steps(whole, best.channels, paid) if best else []
    adds = best.channels if best else plan
    order = (*plan, *(one for one in adds if one not in plan))
    columns = (*order, *(one for one in CHANNELS if one not in order))
    everybody = reach.together(counts.values())
    usual = {one for one, number in reach.have(everybody).items() if number >= RARE * reach.contacts(everybody)}
    rare = set(columns) - usual - set(plan)
    rows = tuple(_row(segment, one, plan, adds, columns, rare, prices) for segment, one in mine)
    return Reached(rows, plan, terms, prices, whole, best, apart, tuple(steps))


def _row(
    segment: Segment,
    counts: Counts,
    plan: tuple[str, ...],
    best: Iterable[str],
    columns: tuple[str, ...],
    rare: Set[str],
    prices: Mapping[str, Decimal],
) -> Row:
    all_, there = reach.contacts(counts), reach.have(counts)
    by_plan = reach.union(counts, plan)
    cells = []
    for channel in columns:
        only = reach.alone(counts, channel)
        told = channel in rare and only > ALONE * all_
        cells.append(Cell(channel, there[channel], percent(there[channel], all_), only, told))
    bits = reach.mask_of(plan)
    rest = {mask: number for mask, number in counts.items() if not mask & bits}
    others = [one for one in CHANNELS if one not in plan]
    return Row(
        segment,
        all_,
        tuple(cells),
        by_plan,
        reach.union(counts, best) - by_plan,
        all_ - reach.union(counts, CHANNELS),
        reach.taken_by(rest, others, prices),
    )
