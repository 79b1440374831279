"""Where work waits, over all workflows: crossings of units with how long, how often and how much comes back; and the whole log by units."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from commonground.access.actor import Actor
from commonground.analysis.flow.figures import Passage
from commonground.programs.models import Program
from commonground.workflows.log_page import left_out_said
from commonground.workflows.log_state import unit_names, withheld_name
from commonground.workflows.map import DAY, duration
from commonground.workflows.measured import Measured
from commonground.workflows.models import Process, Workflow
from commonground.workflows.sheet import calendar_said

TOTAL, LONGEST = "total", "longest"
MOST_UNITS = 12
NEARLY, ALIKE = (
    0.2,
    0.1,
)  # by how much passages and wait of two units may differ from those of two steps and still be these
COMMON = 0.1  # of the cases of the most common crossing, so that one can be said to wait longest
STEP = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Crossed:
    """Work that went from one unit to another in a workflow. total: median wait times cases, in working days. steps: between which
    steps most of it went, as far as that may be shown."""

    workflow: Workflow
    source: str
    target: str
    passage: Passage
    steps: str
    row: Measured

    @property
    def wait(self) -> float:
        return self.passage.working.median or 0.0

    @property
    def wait_said(self) -> str:
        return duration(self.wait)

    @property
    def slow_said(self) -> str:
        return "" if self.passage.working.p90 is None else duration(self.passage.working.p90)

    @property
    def clock_said(self) -> str:
        return "" if self.passage.calendar.median is None else calendar_said(self.passage.calendar.median)

    @property
    def total(self) -> float:
        return self.wait * self.passage.cases / DAY

    @property
    def total_said(self) -> int:
        return round(self.total)

    @property
    def back(self) -> float | None:
        return self.passage.back / self.passage.cases if self.passage.cases else None


@dataclass(frozen=True, slots=True)
class Waits:
    """Figures of one program in one time. rows: the newest of each workflow; periods: last days that can be asked for, newest first.

    elsewhere: workflow → its own newest last day, for those whose log tells nothing of this time.
    """

    rows: tuple[Measured, ...]
    periods: tuple[date, ...]
    names: Mapping[str, str]
    elsewhere: Mapping[str, date]

    @property
    def withheld(self) -> list[tuple[str, list[str]]]:
        """Workflow → the units, and the crossings between others, that are left out of it."""
        found = []
        for row in self.rows:
            said = left_out_said(row, self.names)
            if row.workflow and not row.data.get("few") and said:
                found.append((row.workflow.name, said))
        return found


def waits_of(actor: Actor, program: Program, day: date, asked: str = "") -> Waits:
    """What was measured of the workflows that the actor sees. asked: the last day of the time wanted, else the newest is taken."""
    seen = Workflow.objects.visible_to(actor).filter(program=program)
    rows = Measured.objects.visible_to(actor).of_program(program).filter(workflow__in=seen).over_by(day)
    told = list(rows.order_by().values_list("workflow", "workflow__name", "ends").distinct())
    ends = sorted({one for *_, one in told}, reverse=True)
    periods = tuple(one - STEP for one in ends)
    wanted = next((one for one in periods if one.isoformat() == asked), None)
    chosen = rows.filter(ends=wanted + STEP) if wanted else rows.filter(ends__in=ends[:1])
    newest = tuple(chosen.select_related("workflow").newest())
    keys = {unit for row in newest for unit in row.units}
    shown = {row.workflow_id for row in newest}
    others = sorted((one, name) for workflow, name, one in told if workflow not in shown)
    return Waits(newest, periods, unit_names(actor, day, keys), {name: one - STEP for one, name in others})


def crossed(actor: Actor, waits: Waits) -> list[Crossed]:
    """Every crossing between units that may be shown, whatever its order."""
    flows = [(row, row.flow) for row in waits.rows]
    ids = {int(key) for _, flow in flows for way in flow.between_steps for key in way[:2] if key.isdecimal()}
    steps = {
        str(pk): (name, unit)
        for pk, name, unit in Process.objects.visible_to(actor).filter(pk__in=ids).values_list("pk", "name", "unit")
    }
    return [
        Crossed(
            row.workflow,
            waits.names.get(passage.source, "a unit"),
            waits.names.get(passage.target, "a unit"),
            passage,
            _mostly(passage, flow.between_steps, {key: name for key, (name, _) in steps.items()}),
            row,
        )
        for row, flow in flows
        for passage in flow.between_units
        if row.workflow is not None
    ]


def _mostly(passage: Passage, ways: Iterable[Passage], names: Mapping[str, str]) -> str:
    """The steps that the crossing lies between, where one pair has nearly as many passages and the same wait."""
    near = [
        way
        for way in ways
        if way.source in names
        and way.target in names
        and abs(way.crossings - passage.n) <= passage.n * NEARLY
        and abs((way.working.median or 0.0) - (passage.working.median or 0.0))
        <= (passage.working.median or 0.0) * ALIKE
    ]
    return f"{names[near[0].source]} to {names[near[0].target]}" if len(near) == 1 else ""


def in_order(rows: Iterable[Crossed], by: str) -> list[Crossed]:
    """Most waiting in all first, or the longest median first."""

    def place(one: Crossed) -> tuple[float, float, str, str]:
        first, second = (one.total, one.wait) if by == TOTAL else (one.wait, one.total)
        return -first, -second, one.source, one.target

    return sorted(rows, key=place)


def statement(rows: Sequence[Crossed], by: str) -> str:
    """Where work waits most in all, or longest of the crossings that are not rare, in one sentence."""
    if rows and by == TOTAL:
        first = rows[0]
        return (
            f"Work waits most from {first.source} to {first.target}: {first.wait_said} at the median, "
            f"n\u00a0=\u00a0{first.passage.cases:,}"
        )
    most = max((one.passage.cases for one in rows), default=0)
    common = [one for one in rows if one.passage.cases >= most * COMMON]
    longest = max(common, key=lambda one: one.wait, default=None)
    if longest is None:
        return "Where work waits"
    return (
        f"{longest.source} to {longest.target} waits longest: {longest.wait_said} at the median, "
        f"n\u00a0=\u00a0{longest.passage.cases:,}"
    )


@dataclass(frozen=True, slots=True)
class Cell:
    """Of work from one unit to another: self, none, few (not shown) or shown. longest: no other waits longer."""

    state: str
    passage: Passage | None = None
    longest: bool = False

    @property
    def wait_said(self) -> str:
        return duration((self.passage.working.median or 0.0) if self.passage else 0.0)


@dataclass(frozen=True, slots=True)
class UnitGrid:
    """The whole log from unit (rows) to unit (columns). left_over: units that found no room."""

    row: Measured
    units: tuple[str, ...]
    cells: tuple[tuple[str, tuple[Cell, ...]], ...]
    left_over: int

    @property
    def left_out(self) -> bool:
        """Whether something is not shown: then the number of all cases is not told either, from which it could be had."""
        return bool(self.row.withheld or self.row.apart)


def unit_grid(actor: Actor, program: Program, day: date, ends: date | None) -> UnitGrid | None:
    """Units by units of the log that tells most of this program, at the time that ended on a day. None where nothing is measured."""
    logs = Measured.objects.visible_to(actor).of_program(program).values("log")
    rows = Measured.objects.visible_to(actor).filter(workflow=None, log__in=logs).over_by(day)
    row = (rows.filter(ends=ends) if ends else rows).select_related("log").order_by("-ends", "-cases").first()
    if row is None:
        return None
    flow = row.flow
    passages = {(one.source, one.target): one for one in flow.between_units}
    hidden = row.apart
    size = {unit: 0 for unit, _ in flow.people_of} | dict.fromkeys(row.withheld, 0)
    for one in flow.between_units:
        size[one.source], size[one.target] = size.get(one.source, 0) + one.n, size.get(one.target, 0) + one.n
    units = sorted(size, key=lambda unit: (unit in row.withheld, -size[unit], unit))
    shown = units[:MOST_UNITS]
    told = unit_names(actor, day, shown)
    names = {unit: withheld_name(unit, told) if unit in row.withheld else told[unit] for unit in shown}
    longest = max((one.working.median or 0.0 for one in flow.between_units), default=0.0)

    def cell(source: str, target: str) -> Cell:
        if source == target:
            return Cell("self")
        if source in row.withheld or target in row.withheld or (source, target) in hidden:
            return Cell("few")
        found = passages.get((source, target))
        return Cell("none") if found is None else Cell("shown", found, found.working.median == longest)

    cells = tuple((names[one], tuple(cell(one, two) for two in shown)) for one in shown)
    return UnitGrid(row, tuple(names[one] for one in shown), cells, len(units) - len(shown))
