"""Units: the tree of the organization over time."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, NamedTuple, Self, TypeVar

from django.db import models, transaction
from django.db.models import Q

from commonground.access.actor import Actor
from commonground.access.visibility import Content
from commonground.journal.recording import record
from commonground.organization import timeline
from commonground.organization.periods import LedgerError, Period, PeriodQuerySet, line_of, write
from commonground.organization.timeline import EVER, FOREVER, Line, OverlapError, Span, TreeError

P = TypeVar("P", bound=Period)


class Stand(NamedTuple):
    """What a unit was in a time, without its path, which follows from the parents."""

    name: str
    parent_id: int | None = None
    business_unit: bool = False
    product_line: str = ""


class Stood(NamedTuple):
    """What a unit was in a time."""

    name: str
    parent_id: int | None
    business_unit: bool
    product_line: str
    path: str


class UnitQuerySet(Content["Unit"]):
    def add(
        self,
        key: str,
        *,
        name: str,
        on: date | None,
        by: Actor,
        at: datetime,
        parent: "Unit | None" = None,
        **more: Any,
    ) -> "Unit":
        """Makes a unit that stands from a day on (None: since ever), or opens one again that was closed.

        more: business_unit, product_line. Raises LedgerError when a unit of this id stands then, or its parent does not.
        """
        stand = Stand(name, parent.pk if parent else None, **more)
        with transaction.atomic():
            unit, _ = self.get_or_create(key=key)
            try:
                unit.rewrite(lambda line: timeline.opened(line, on or EVER, FOREVER, stand))
            except OverlapError as error:
                raise LedgerError(
                    f"There is a unit “{key}” already, from {error.span.start:%-d %b %Y} on. Choose another id."
                ) from error
            record("added a unit", unit, by=by, at=at, values={"on": on, **stand._asdict()}, facts=("units",))
        return unit


class Unit(models.Model):
    """A node of the organization's tree. `key`: the id that sheets use."""

    key = models.CharField(max_length=120, unique=True)

    objects = UnitQuerySet.as_manager()

    def __str__(self) -> str:
        return self.key

    def line(self) -> Line[Stand]:
        """What it was, over time."""
        return line_of(self.periods.all(), Stand)

    def on(self, day: date) -> Stand:
        """What it is on a day. Raises LedgerError when it does not stand then."""
        span = timeline.at(self.line(), day)
        if span is None:
            raise LedgerError(f"The unit “{self}” does not exist on {day:%-d %b %Y}. Choose a day on which it does.")
        return span.value

    def rename(self, name: str, *, on: date, by: Actor, at: datetime) -> None:
        """Calls it otherwise from a day on."""
        self._change("renamed a unit", {"name": name}, on=on, by=by, at=at)

    def describe(self, *, on: date, by: Actor, at: datetime, **words: Any) -> None:
        """Gives it another name or product_line, or says whether it is a business_unit, from a day on."""
        self._change("described a unit", words, on=on, by=by, at=at)

    def move_below(self, parent: "Unit | None", *, on: date, by: Actor, at: datetime) -> None:
        """Puts it below another unit from a day on, with all that stands below it."""
        self._change("moved a unit", {"parent_id": parent.pk if parent else None}, on=on, by=by, at=at)

    def _change(self, verb: str, words: dict[str, Any], *, on: date, by: Actor, at: datetime) -> None:
        with transaction.atomic():
            before = self.on(on)
            after = before._replace(**words)
            if after == before:
                return
            self.rewrite(lambda line: timeline.changed(line, on, lambda _: after))
            values = {"on": on, "name": after.name, "before": before._asdict(), "after": after._asdict()}
            record(verb, self, by=by, at=at, values=values, facts=("units",))

    def close(self, *, on: date, by: Actor, at: datetime) -> None:
        """Ends it on a day. Raises LedgerError while anybody works there or a unit stands below it from then on."""
        with transaction.atomic():
            name = self.on(on).name
            people = self.assignments.lasting(on).values("person").distinct().count()
            if people:
                raise LedgerError(
                    f"{people} {'person works' if people == 1 else 'people work'} in {name} on {on:%-d %b %Y} or later. Move them to "
                    "another unit first, or merge the unit into another."
                )
            self.rewrite(lambda line: timeline.ended(line, on))
            record("closed a unit", self, by=by, at=at, values={"on": on, "name": name}, facts=("units",))

    def merge_into(self, other: "Unit", *, on: date, by: Actor, at: datetime) -> int:
        """Moves everybody and all units below it into another from a day on, and closes it. Returns how many people moved."""
        with transaction.atomic():
            name, into = self.on(on).name, other.on(on).name
            if other == self:
                raise LedgerError(f"{name} cannot be merged into itself. Choose another unit.")
            lines = lines_of_all()
            for pk, line in list(lines.items()):
                lines[pk] = timeline.changed_throughout(
                    line, on, lambda s: s._replace(parent_id=other.pk) if s.parent_id == self.pk else s
                )
            lines[self.pk] = timeline.ended(lines[self.pk], on)
            write_tree(lines)
            people = sorted(set(self.assignments.lasting(on).values_list("person__key", flat=True)))
            self.assignments.lasting(on).carry_over(on, unit=other)
            values = {"on": on, "name": name, "into": into, "people": people}
            record("merged a unit", self, by=by, at=at, values=values, facts=("units", "people"))
        return len(people)

    def rewrite(self, change: Callable[[Line[Stand]], Line[Stand]]) -> None:
        """Changes its line and with it the paths of all below. Raises LedgerError for a tree that cannot be."""
        lines = lines_of_all()
        lines[self.pk] = change(lines.get(self.pk, ()))
        write_tree(lines)


class UnitPeriod(Period):
    """What a unit was called and where it stood in a time. `path`: ids from the root down, as `/1/7/23/`, kept by the verbs."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="periods")
    name = models.CharField(max_length=200)
    parent = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="children_periods")
    business_unit = models.BooleanField(default=False)
    product_line = models.CharField(max_length=120, blank=True)
    path = models.CharField(max_length=400, db_index=True)

    objects = PeriodQuerySet["UnitPeriod"].as_manager()

    class Meta(Period.Meta):
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


def lines_of_all() -> dict[int, Line[Stand]]:
    """What each unit was, over time."""
    found: dict[int, list[UnitPeriod]] = {}
    for row in UnitPeriod.objects.order_by("pk"):
        found.setdefault(row.unit_id, []).append(row)
    return {unit: timeline.joined(line_of(rows, Stand)) for unit, rows in found.items()}


def write_tree(lines: dict[int, Line[Stand]]) -> None:
    """Stores the tree with the path of each unit on each day, touching only periods that differ. Raises LedgerError naming the fault."""
    parents = {
        unit: timeline.joined(Span(span.start, span.end, span.value.parent_id) for span in line)
        for unit, line in lines.items()
    }
    try:
        paths = timeline.paths(parents)
    except TreeError as error:
        raise LedgerError(_sentence(error)) from error
    known: dict[int, list[UnitPeriod]] = {}
    for row in UnitPeriod.objects.order_by("pk"):
        known.setdefault(row.unit_id, []).append(row)
    for unit, line in lines.items():
        rows = known.get(unit, [])
        wanted = _with_paths(line, paths[unit])
        if wanted != line_of(rows, Stood):
            write(rows, wanted, lambda unit=unit: UnitPeriod(unit_id=unit))  # type: ignore[misc]  # binds the loop's unit


def recompute_paths() -> None:
    """Writes the paths anew from the parents, for whoever has written units in bulk."""
    write_tree(lines_of_all())


def _with_paths(line: Line[Stand], paths: Line[str]) -> Line[Stood]:
    pieces = [
        Span(max(one.start, two.start), min(one.end, two.end), Stood(*one.value, two.value))
        for one in line
        for two in paths
        if one.start < two.end and two.start < one.end
    ]
    return timeline.joined(pieces)


def _sentence(error: TreeError) -> str:
    keys = dict(Unit.objects.filter(pk__in=(error.unit, error.parent)).values_list("pk", "key"))
    unit, parent = keys.get(error.unit, str(error.unit)), keys.get(error.parent, str(error.parent))
    day = "at first" if error.day == EVER else f"on {error.day:%-d %b %Y}"
    if error.circle:
        return f"{unit} would stand below itself {day}, by way of {parent}. Choose a unit that does not stand below it."
    return (
        f"{unit} stands below {parent}, which does not exist {day}. Move {unit} elsewhere first, or choose another day."
    )


class LastingQuerySet(PeriodQuerySet[P]):
    """Periods of people in units, as the verbs of units move them."""

    def lasting(self, day: date) -> Self:
        """Those that hold on the day or later."""
        return self.filter(Q(end__isnull=True) | Q(end__gt=day))

    def carry_over(self, day: date, **changes: Any) -> None:
        """Gives all of them other values from the day on, cutting in two those that began before; in bulk."""
        begun = self.filter(Q(start__isnull=True) | Q(start__lt=day))
        rows = list(begun)
        self.exclude(pk__in=[row.pk for row in rows]).update(**changes)
        self.model._default_manager.filter(pk__in=[row.pk for row in rows]).update(end=day)
        for row in rows:
            row.pk, row.start = None, day
            row._state.adding = True
            for name, value in changes.items():
                setattr(row, name, value)
        self.model._default_manager.bulk_create(rows, batch_size=500)


def below(units: frozenset[int]) -> "models.QuerySet[UnitPeriod, int | None]":
    """The ids of these units and of all that ever stood below them, as a subquery."""
    condition = Q(pk__in=())
    for unit in sorted(units):
        condition |= Q(path__contains=f"/{unit}/")
    return UnitPeriod.objects.filter(condition).values_list("unit_id", flat=True)
