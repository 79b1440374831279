"""What the page of proposals shows: what a log knows that the register does not, workflow by workflow, ready to be ticked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.http import QueryDict

from commonground.access.actor import Actor
from commonground.analysis.ownership import THRESHOLD
from commonground.events.models import Log
from commonground.organization.fields import unit_names
from commonground.organization.models import Assignment, Person
from commonground.programs.models import Program
from commonground.ui.asked import id_asked
from commonground.ui.words import day as day_said
from commonground.ui.words import percent, plural, spelled
from commonground.workflows.models import Handoff, Workflow
from commonground.workflows.proposals import Acceptance
from commonground.workflows.seen import ASIDE, NOBODY, SeenActivity, SeenPassage

UNDONE_FOR = timedelta(days=30)  # how long an acceptance is offered to be taken back on the page
LONGEST = 200  # of a name


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form: ticks and names, as they were sent, or as the address asks for. start: from when owners hold."""

    ticked: frozenset[int] = frozenset()
    owners: frozenset[int] = frozenset()
    handoffs: frozenset[int] = frozenset()
    names: Mapping[int, str] = field(default_factory=dict)
    called: Mapping[str, str] = field(default_factory=dict)
    start: str = ""

    @classmethod
    def sent(cls, data: QueryDict) -> "Typed":
        """Out of a form that was sent."""
        known = {pk: str(data[f"name-{pk}"]) for pk in _ids(data.getlist("row")) if f"name-{pk}" in data}
        called = dict(zip(data.getlist("group"), data.getlist("called"), strict=False))
        kept = {name: frozenset(_ids(data.getlist(name))) for name in ("tick", "owner", "handoff")}
        return cls(kept["tick"], kept["owner"], kept["handoff"], known, called, str(data.get("start", "")))


def _ids(texts: Iterable[str]) -> Iterable[int]:
    return (pk for text in texts if (pk := id_asked(text)) is not None)


@dataclass(frozen=True, slots=True)
class Proposed:
    """An activity that waits for a decision. owner: who could be asked, None where nobody is proposed; then `nobody` says why."""

    seen: SeenActivity
    name: str
    why: str
    unit: str
    owner: Person | None
    nobody: str
    ticked: bool
    owner_ticked: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Proposals that seem to belong to one workflow: one that is there, a new one (`key` and `called`), or none."""

    workflow: Workflow | None
    key: str
    called: str
    rows: Sequence[Proposed]
    known: int = 0


@dataclass(frozen=True, slots=True)
class Between:
    """A hand-off that is proposed. ready: both its steps are processes of one workflow already."""

    seen: SeenPassage
    source: str
    target: str
    workflow: str
    why: str
    ready: bool
    ticked: bool


def name_of(seen: SeenActivity) -> str:
    """What a process could be called: the activity's words, as people write them."""
    words = " ".join(seen.activity.replace("_", " ").split())[:LONGEST]
    return words[:1].upper() + words[1:]


def why(seen: SeenActivity) -> str:
    """“seen in 4 % of events, 1 Mar 2026 to 31 Aug 2026, in 312 cases”; without numbers where fewer people than the threshold do it,
    and beside a person's name, whose work they would tell of."""
    period = f"{day_said(seen.first)} to {day_said(seen.last)}"
    if seen.few:
        return f"seen {period}; fewer than {spelled(THRESHOLD)} people do it, so how often is not shown"
    if seen.person_id is not None:
        return f"seen {period}; how often is not told beside a person’s name"
    return f"seen in {percent(seen.share)} of events, {period}, in {plural(seen.cases, 'case')}"


def groups_of(actor: Actor, seen: Sequence[SeenActivity], day: date, typed: Typed) -> list[Group]:
    """Open activities by the workflow they seem to belong to, in the order of the work; those of none last."""
    units = unit_names(actor, day, [row.unit_id for row in seen if row.unit_id])
    here = set(
        Assignment.objects.visible_to(actor)
        .on(day)
        .filter(person__in=[row.person_id for row in seen if row.person_id])
        .values_list("person", flat=True)
    )
    found: dict[tuple[int | None, str], list[Proposed]] = {}
    flows: dict[int | None, Workflow] = {row.workflow_id: row.workflow for row in seen if row.workflow}
    for row in seen:
        found.setdefault((row.workflow_id, row.group), []).append(_proposed(row, units, here, typed))
    ordered = sorted(found.items(), key=lambda one: (one[0] == (None, ""), one[1][0].seen.order))
    return [
        Group(flows.get(workflow), called, typed.called.get(called, called), rows)
        for (workflow, called), rows in ordered
    ]


def _proposed(row: SeenActivity, units: Mapping[int, str], here: set[int], typed: Typed) -> Proposed:
    owner = row.person if row.person_id in here else None
    # after something is taken back, who does it is not known before the log has been looked over again
    nobody = NOBODY.get(row.nobody, NOBODY["left"] if row.person_id else "Who does it is looked up anew, shortly")
    unit = units.get(row.unit_id or 0, "") or (f"{row.unit_said}, no unit here" if row.unit_said else "")
    return Proposed(
        row,
        typed.names.get(row.pk, name_of(row)),
        why(row),
        unit,
        owner,
        nobody,
        row.pk in typed.ticked,
        row.pk in typed.owners,
    )


def between(actor: Actor, program: Program, log: Log, typed: Typed, *, aside: bool = False) -> list[Between]:
    """Hand-offs of today that the log shows between two steps of one workflow, and the register does not."""
    rows = (
        SeenPassage.objects.visible_to(actor)
        .filter(source__program=program, source__log=log, aside=aside)
        .exclude(source__how=ASIDE)
        .exclude(target__how=ASIDE)
        .select_related(
            "source__process__workflow", "target__process__workflow", "source__workflow", "target__workflow"
        )
    )
    ways = Handoff.objects.visible_to(actor).filter(program=program, when="as_is")
    recorded = set(ways.values_list("from_process", "to_process"))
    found = []
    for row in rows:
        first, second = row.source, row.target
        flow = _flow(first, typed)
        same = first.process_id is not None and first.process_id == second.process_id
        if flow is None or flow != _flow(second, typed) or same or (first.process_id, second.process_id) in recorded:
            continue
        ready = first.process_id is not None and second.process_id is not None
        share = "" if row.few else f"comes next in {percent(row.share)} of its cases"
        said = share or f"how often is not shown: fewer than {spelled(THRESHOLD)} people stand on one side"
        found.append(Between(row, _called(first), _called(second), flow[1], said, ready, row.pk in typed.handoffs))
    # what is not shown has no place among the numbers either
    return sorted(found, key=lambda one: (one.seen.few, 0 if one.seen.few else -one.seen.share, one.source, one.target))


def _flow(seen: SeenActivity, typed: Typed) -> tuple[int, str] | None:
    """The workflow of a step, in the register or proposed: its id (0 for a new one) and name."""
    if seen.process is not None:
        flow = seen.process.workflow
        return (flow.pk, flow.name) if flow else None
    if seen.workflow is not None:
        return seen.workflow.pk, seen.workflow.name
    return (0, typed.called.get(seen.group, seen.group)) if seen.group else None


def _called(seen: SeenActivity) -> str:
    return seen.process.name if seen.process else name_of(seen)


def statement(log: Log | None, count: int, ways: int, known: int) -> str:
    """What stands above the page."""
    if log is None or not (count or ways or known):
        return "What a log knows that the register does not"
    if count:
        are = "process is" if count == 1 else "processes are"
        return f"{spelled(count).capitalize()} {are} in the log and not in the register"
    if ways:
        are = "hand-off is" if ways == 1 else "hand-offs are"
        return f"The register knows every process of the log; {spelled(ways)} {are} not in it"
    return "The register knows all that the log shows"


def accepted_lately(actor: Actor, program: Program, log: Log, now: datetime) -> list[tuple[Acceptance, str]]:
    """Acceptances of the last 30 days that can be taken back, each with what it brought."""
    rows = Acceptance.objects.visible_to(actor).standing().filter(program=program, log=log, at__gte=now - UNDONE_FOR)
    return [(row, brought(row)) for row in rows[:20]]


def brought(row: Acceptance) -> str:
    """“3 processes, 1 workflow and 2 who answer for them”."""
    parts = [
        plural(count, forms)
        for count, forms in (
            (row.processes, "process,processes"),
            (row.workflows, "workflow"),
            (row.handoffs, "hand-off"),
            (row.owners, "person who answers for one,people who answer for them"),
        )
        if count
    ]
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]])) or "links to processes that were there"


def lines(groups: Sequence[Group], ways: Sequence[Between]) -> Iterable[tuple[Any, ...]]:
    """The page as rows of a sheet, without people."""
    for group in groups:
        flow = group.workflow.name if group.workflow else group.called
        for one in group.rows:
            seen = one.seen
            numbers = (None, None) if seen.few else (round(seen.share, 4), seen.cases)
            dates = (seen.first.date() if seen.first else None, seen.last.date() if seen.last else None)
            yield ("process", one.name, seen.activity, "", flow, one.unit, *numbers, *dates)
    for way in ways:
        cases = None if way.seen.few else way.seen.cases
        share = None if way.seen.few else round(way.seen.share, 4)
        yield ("hand-off", way.source, "", way.target, way.workflow, "", share, cases, None, None)


CSV = ("kind", "name", "activity", "to", "workflow", "unit", "share", "cases", "first", "last")
