"""What event logs tell of workflows: stored, dated figures, of which pages show the newest that were over on their day.

Figures are of a workflow and a time (three full months, or all of a log that is shorter), so that before and after can be compared.
What fewer people than the threshold stand for is taken out before anything is stored (`withholding.py`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, NamedTuple, Self

from django.db import models
from django.db.models import Q

from commonground.access.visibility import Content
from commonground.analysis.flow.figures import Flow, Passage, Spread, read
from commonground.analysis.ownership import THRESHOLD
from commonground.programs.models import Program

COMMON = 0.05  # of the cases


class MeasuredQuerySet(Content["Measured"]):
    """Everybody who sees workflows sees what was measured of them."""

    def over_by(self, day: date) -> Self:
        """Figures of times that were over at the end of a day."""
        return self.filter(ends__lte=day + timedelta(days=1))

    def of_program(self, program: Program) -> Self:
        """Figures of its workflows; not those of whole logs, which belong to no program."""
        return self.filter(program=program, workflow__isnull=False)

    def newest(self) -> "list[Measured]":
        """One for each workflow and each whole log: of several times the last, of several logs the one with more cases."""
        found: dict[Any, Measured] = {}
        for row in self.select_related("log").order_by("ends", "cases", "pk"):
            found[row.workflow_id or ("log", row.log_id)] = row
        return list(found.values())


class Measured(models.Model):
    """What a log tells of one workflow in one time. Without a program and workflow: of the whole log.

    starts, ends: the time, half-open [starts, ends); a case belongs to the time in which its last event lies. whole: it is all of the
    log, since that is shorter than three full months. cases: how many. generation: of the log's store that was read. data:
    `flow` (figures.written; steps are ids of processes or “a:” and the activity's words, units are ids or “x:” and the log's words),
    and what is not shown: `hidden` (pairs of steps), `withheld` (units), `apart` (other pairs of units), `partial` (what went back
    and forth), `few` (everything).
    """

    program = models.ForeignKey(Program, null=True, on_delete=models.CASCADE, related_name="+")
    log = models.ForeignKey("events.Log", on_delete=models.CASCADE, related_name="+")
    workflow = models.ForeignKey("workflows.Workflow", null=True, on_delete=models.CASCADE, related_name="+")
    starts = models.DateField()
    ends = models.DateField()
    whole = models.BooleanField(default=False)
    cases = models.PositiveBigIntegerField()
    generation = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    data = models.JSONField()

    objects = MeasuredQuerySet.as_manager()
    derived = True  # it may go with its workflow

    class Meta:
        ordering = ["ends", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["log", "workflow", "starts", "ends"], name="measured_workflow_once"),
            models.UniqueConstraint(
                fields=["log", "starts", "ends"], condition=Q(workflow__isnull=True), name="measured_log_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.log}, {self.starts:%Y-%m-%d} to {self.ends:%Y-%m-%d}"

    @cached_property
    def flow(self) -> Flow:
        """The figures."""
        return read(self.data["flow"])

    @property
    def last_day(self) -> date:
        return self.ends - timedelta(days=1)

    @property
    def hidden(self) -> frozenset[tuple[str, str]]:
        """Pairs of steps between which work went, told by fewer people than the threshold."""
        return frozenset((one, two) for one, two in self.data.get("hidden", ()))

    @property
    def apart(self) -> frozenset[tuple[str, str]]:
        """Pairs of units whose passages are not shown, though both units have enough people."""
        return frozenset((one, two) for one, two in self.data.get("apart", ()))

    @property
    def left_out(self) -> frozenset[str]:
        """The units of which something is not shown."""
        return frozenset((*self.withheld, *(unit for pair in self.apart for unit in pair)))

    @property
    def units(self) -> frozenset[str]:
        """All units that these figures name."""
        return self.left_out | {unit for unit, _ in self.data["flow"]["people_of"]}

    @property
    def withheld(self) -> tuple[str, ...]:
        return tuple(self.data.get("withheld", ()))


class Measuring(models.Model):
    """How far the measuring of a log is. asked_at: when it was last asked for; ended_at: None while it runs; fault: why it stopped."""

    log = models.OneToOneField("events.Log", on_delete=models.CASCADE, related_name="measuring")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    progress = models.CharField(max_length=120, blank=True)
    fault = models.CharField(max_length=300, blank=True)

    objects = Content["Measuring"].as_manager()

    def __str__(self) -> str:
        return f"measuring of {self.log}"

    @property
    def runs(self) -> bool:
        return self.ended_at is None and not self.fault


class Between(NamedTuple):
    """Two steps of a workflow, by the ids of workflow and processes."""

    workflow: int
    source: int
    target: int


@dataclass(frozen=True, slots=True)
class HandoffFigure:
    """What a log tells of one hand-off. wait, calendar: from the giver's event to the receiver's, in working and in calendar hours.

    cases: in which the work went this way; back: of these, in which it went back next. crossings of n: how often the unit or line
    changed. All 0 or None where `withheld`: fewer people than the threshold gave or took it.
    """

    wait: float | None
    wait_p90: float | None
    calendar: Spread
    n: int
    cases: int
    back: int
    withheld: bool
    row: Measured

    @property
    def share_back(self) -> float | None:
        return self.back / self.cases if self.cases and not self.withheld else None


def handoff_figures(
    program: Program, day: date, rows: Iterable[Measured] | None = None
) -> Mapping[Between, HandoffFigure]:
    """What the logs tell of the ways between steps, in the newest time that was over on the day. One query.

    The map, the table of crossings, CSV and the guidelines all ask here, so each number exists once. rows: those already read.
    Ways are there whether the register has that hand-off or not.
    """
    found: dict[Between, HandoffFigure] = {}
    newest = Measured.objects.of_program(program).over_by(day).newest() if rows is None else rows
    for row in newest:
        if row.workflow_id is None:
            continue
        for passage in row.flow.between_steps:
            if passage.source != passage.target and passage.source.isdecimal() and passage.target.isdecimal():
                key = Between(row.workflow_id, int(passage.source), int(passage.target))
                found[key] = _figure(passage, row)
        for source, target in row.hidden:
            if source != target and source.isdecimal() and target.isdecimal():
                key = Between(row.workflow_id, int(source), int(target))
                found[key] = HandoffFigure(None, None, Spread(), 0, 0, 0, True, row)
    return found


def _figure(passage: Passage, row: Measured) -> HandoffFigure:
    return HandoffFigure(
        wait=passage.working.median,
        wait_p90=passage.working.p90,
        calendar=passage.calendar,
        n=passage.n,
        cases=passage.cases,
        back=passage.back,
        withheld=False,
        row=row,
    )


def lead_hours(program: Program, day: date, rows: Iterable[Measured] | None = None) -> Mapping[int, float]:
    """Workflow → median working hours from a case's first event to its last, in the newest time over on the day. One query."""
    newest = Measured.objects.of_program(program).over_by(day).newest() if rows is None else rows
    return {
        row.workflow_id: median
        for row in newest
        if row.workflow_id is not None and (median := row.flow.lead_working.median) is not None
    }


def enough_cases(cases: int, of: int) -> bool:
    """Whether a way that few registers would name is worth naming: taken in one of twenty cases, and not by chance."""
    return cases >= max(THRESHOLD, of * COMMON)
