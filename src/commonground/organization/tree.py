"""The tree of units as of a day: who stands below whom, how many people work where, and who leads.

The definitions are those of `analysis/organization.py`; here they are answered by SQL, since a page cannot load everybody. What is
counted over all people is kept by the versions of the facts tables it came from and dropped freely.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.core.cache import cache
from django.db.models import Count

from commonground.access import roles
from commonground.access.actor import Actor
from commonground.journal.models import Version
from commonground.organization.models import Assignment, Level, Person, RolePeriod, UnitPeriod
from commonground.organization.people import SEE_EVERYBODY

KEPT_FOR = 60 * 60


class Group(NamedTuple):
    """How many people work in a unit as a role at a level."""

    unit: int | None
    role: int | None
    level: int | None
    people: int


@dataclass
class Branch:
    """A unit on a day. `own`: people who work in it, `total`: with all below; None where the reader may not know."""

    unit: int
    key: str
    name: str
    parent: int | None
    business_unit: bool
    product_line: str
    path: str
    depth: int = 0
    own: int | None = None
    total: int | None = None
    lead: tuple[int, str] | None = None
    below: list["Branch"] = field(default_factory=list)

    def walk(self) -> Iterator["Branch"]:
        yield self
        for branch in self.below:
            yield from branch.walk()

    @property
    def units_below(self) -> int:
        return sum(1 for _ in self.walk()) - 1


@dataclass(frozen=True)
class Tree:
    """All units of a day. `roots` in order of name; `branches` by id; `unplaced`: people of no unit that stands on the day."""

    roots: Sequence[Branch]
    branches: Mapping[int, Branch]
    unplaced: int | None

    def trail(self, unit: int) -> list[Branch]:
        """From the root down to a unit."""
        branch = self.branches.get(unit)
        ids = [int(part) for part in branch.path.strip("/").split("/")] if branch else []
        return [self.branches[one] for one in ids if one in self.branches]

    def business_unit(self, unit: int) -> Branch | None:
        """The nearest unit upwards that is flagged as one; else the first below the root, or the root itself."""
        trail = self.trail(unit)
        flagged = [branch for branch in trail if branch.business_unit]
        if flagged:
            return flagged[-1]
        first = 1 if len(self.roots) == 1 else 0
        return trail[min(first, len(trail) - 1)] if trail else None

    def __len__(self) -> int:
        return len(self.branches)


def tree_on(day: date, actor: Actor) -> Tree:
    """The tree as of a day, with the numbers and names that this actor may see."""
    rows = UnitPeriod.objects.visible_to(actor).on(day).order_by("path")
    branches = {
        row[0]: Branch(*row)
        for row in rows.values_list("unit", "unit__key", "name", "parent", "business_unit", "product_line", "path")
    }
    roots: list[Branch] = []
    for branch in sorted(branches.values(), key=lambda branch: branch.name.casefold()):
        above = branches.get(branch.parent) if branch.parent else None
        (above.below if above else roots).append(branch)
    unplaced = _count(branches, roots, day, actor)
    for root in roots:
        _settle(root, 0)
    return Tree(roots, branches, unplaced)


def _count(branches: Mapping[int, Branch], roots: Sequence[Branch], day: date, actor: Actor) -> int | None:
    """Writes numbers and leads into the branches that the actor may know; returns how many people stand in none."""
    seen = [branch for branch in branches.values() if sees(actor, branch.path)]
    if not seen:
        return None
    leads = leads_on(day)
    for branch in seen:
        branch.own, branch.lead = 0, leads.get(branch.unit)
    unplaced = 0
    for group in groups_on(day):
        found = branches.get(group.unit) if group.unit else None
        if found is None:
            unplaced += group.people
        elif found.own is not None:
            found.own += group.people
    return unplaced if actor.has(*SEE_EVERYBODY) else None


def _settle(branch: Branch, depth: int) -> None:
    branch.depth = depth
    branch.total = branch.own
    for lower in branch.below:
        _settle(lower, depth + 1)
        if branch.total is not None:
            branch.total += lower.total or 0


def sees(actor: Actor, path: str) -> bool:
    """Whether the actor may know who works in a unit of this path."""
    if actor.has(*SEE_EVERYBODY):
        return True
    return actor.has(roles.MANAGER) and any(f"/{unit}/" in path for unit in actor.units)


def _kept(name: str, day: date, tables: Sequence[str]) -> str:
    versions = Version.objects.now()
    return ":".join(["organization", name, day.isoformat(), *(str(versions.get(table, 0)) for table in tables)])


def groups_on(day: date) -> list[Group]:
    """How many people work where, as what and at which level: one GROUP BY over an index. What the role says of the level wins."""
    key = _kept("groups", day, ("people", "units", "roles"))
    found: list[Group] | None = cache.get(key)
    if found is None:
        of_role = dict(RolePeriod.objects.on(day).filter(level__isnull=False).values_list("role", "level"))
        rows = Assignment.objects.on(day).values_list("unit", "role", "level").annotate(people=Count("pk")).order_by()
        found = [Group(unit, role, of_role.get(role, level), people) for unit, role, level, people in rows]
        cache.set(key, found, KEPT_FOR)
    return found


def leads_on(day: date) -> dict[int, tuple[int, str]]:
    """Unit → who leads it, read off the reporting line: the one member whom nobody inside leads, or the one whom all such report to."""
    key = _kept("leads", day, ("people", "units"))
    found: dict[int, tuple[int, str]] | None = cache.get(key)
    if found is None:
        found = _leads(day)
        cache.set(key, found, KEPT_FOR)
    return found


def _leads(day: date) -> dict[int, tuple[int, str]]:
    """One pass over everybody as plain values: a join of the reporting line with itself is ten times slower."""
    here = list(Assignment.objects.on(day).values_list("person", "unit", "manager"))
    unit_of = {person: unit for person, unit, _ in here}
    size = Counter(unit_of.values())
    manages = {manager for _, _, manager in here}
    tops: dict[int, list[tuple[int, int | None]]] = {}
    for person, unit, manager in here:
        if unit is not None and unit_of.get(manager) != unit:
            tops.setdefault(unit, []).append((person, manager))
    chosen: dict[int, int] = {}
    for unit, candidates in tops.items():
        first, above = candidates[0]
        if len(candidates) == 1 and (size[unit] == 1 or first in manages):
            chosen[unit] = first
        elif above is not None and above in unit_of and all(other == above for _, other in candidates):
            chosen[unit] = above
    names = dict(Person.objects.filter(pk__in=set(chosen.values())).values_list("pk", "name"))
    return {unit: (person, names[person]) for unit, person in chosen.items()}


def levels_in(branches: Iterable[Branch], day: date) -> list[tuple[str, int]]:
    """How many people of these units, with all below, work at each level, as far as the reader may know."""
    units = {lower.unit for branch in branches for lower in branch.walk() if lower.own is not None}
    counts: Counter[int] = Counter()
    for group in groups_on(day):
        if group.unit in units and group.level is not None:
            counts[group.level] += group.people
    return named_levels(counts)


def named_levels(counts: Mapping[int, int]) -> list[tuple[str, int]]:
    """The levels from the top down with their numbers, those without anybody left out."""
    return [(level.name, counts[level.pk]) for level in Level.objects.order_by("rank") if counts.get(level.pk)]
