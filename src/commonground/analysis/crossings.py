"""The workflows of a register as routes of steps and hand-offs, as is and to be, so that every crossing is counted in one way."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from commonground.analysis.facts import Handoff, Process, Workflow
from commonground.analysis.organization import rows_of
from commonground.analysis.register import Register
from commonground.analysis.routes import Hop, Step, crosses, crossings, to_be


class Crossed(NamedTuple):
    """A hand-off of today, its two processes, and what it crosses: “unit”, “product line”, both or nothing."""

    handoff: Handoff
    source: Process
    target: Process
    over: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paths:
    """The ways of one workflow. before, after: how many hand-offs cross a unit or product line; after is None where nothing is planned."""

    workflow: str
    name: str
    lead: float | None
    today: tuple[Crossed, ...]
    before: int
    after: int | None


def paths(register: Register) -> Iterator[Paths]:
    """Each workflow that has hand-offs, in the order of the register."""
    known = {row.id: row for row in rows_of(register.facts, "workflows", Workflow)}
    inside: dict[str, list[Handoff]] = {}
    for row in rows_of(register.facts, "handoffs", Handoff):
        inside.setdefault(row.workflow, []).append(row)
    steps: dict[str, list[Process]] = {}
    for process in register.work.processes.values():
        steps.setdefault(process.workflow or "", []).append(process)
    for workflow, rows in inside.items():
        lead = known[workflow].median_lead_working_hours if workflow in known else None
        yield _paths(register, workflow, lead, steps.get(workflow, []), rows)


def _paths(register: Register, workflow: str, lead: float | None, own: list[Process], rows: list[Handoff]) -> Paths:
    """A step that a hand-off names belongs to the way, wherever its own row puts it."""
    named = {end for row in rows for end in (row.from_process, row.to_process)} & register.work.processes.keys()
    every = [*own, *(register.work.processes[one] for one in sorted(named - {process.id for process in own}))]
    number = {process.id: place for place, process in enumerate(every)}
    to_come = [_step(register, number[process.id], process) for process in every]
    now = [step for step, process in zip(to_come, every, strict=True) if process.fate != "create"]
    as_is = _hops(rows, "as_is", number)
    planned = _hops(rows, "to_be", number)
    by_id = {step.id: step for step in now}
    today = tuple(
        Crossed(row, every[hop.source], every[hop.target], crosses(hop, by_id))
        for row, hop in as_is
        if hop.source in by_id and hop.target in by_id and hop.source != hop.target
    )
    changes = planned or any(process.fate and process.fate != "keep" for process in every)
    route = to_be(to_come, [hop for _, hop in as_is], [hop for _, hop in planned])
    after = crossings(route.steps, route.hops) if changes else None
    name = register.work.workflow_name(workflow)
    return Paths(workflow, name, lead, today, crossings(now, [hop for _, hop in as_is]), after)


def _step(register: Register, place: int, process: Process) -> Step:
    organization = register.organization
    lane = organization.business_unit(process.unit) if process.unit else None
    to_lane = organization.business_unit(process.to_unit) if process.to_unit else None
    unit = organization.units.get(process.unit) if process.unit else None
    line = process.product_line or (unit.product_line if unit else None) or ""
    return Step(place, process.name, lane or "", line, process.fate or "", order=place, to_lane=to_lane or "")


def _hops(rows: list[Handoff], when: str, number: Mapping[str, int]) -> list[tuple[Handoff, Hop]]:
    return [
        (row, Hop(number[row.from_process], number[row.to_process], row.median_wait_working_hours))
        for row in rows
        if (row.when or "as_is") == when and row.from_process in number and row.to_process in number
    ]
