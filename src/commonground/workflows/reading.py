"""What the pages of workflows read: processes with owners, plans and lanes, for the one who asks, without a query per row."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from commonground.access.actor import Actor
from commonground.analysis.routes import Hop, Step
from commonground.ui.words import day as day_said
from commonground.workflows import outlook
from commonground.workflows.lanes import Lanes, lanes_on
from commonground.workflows.models import AnswersFor, Does, Handoff, Process
from commonground.workflows.outlook import Plan, Search

PART_WORDS = {
    "takes part": "good",
    "a seat, not yet part": "watch",
    "no seat": "act",
}


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody who answers for a process, and how far they take part in the search for its new way (empty: no search)."""

    id: int
    name: str
    part: str = ""

    @property
    def mark(self) -> str:
        return PART_WORDS.get(self.part, "none")


@dataclass(frozen=True, slots=True)
class Row:
    """A process as a list shows it. owners, doers: None where the asker may not know."""

    process: Process
    unit: str
    lane: str
    line: str
    plan: Plan | None
    owners: tuple[Owner, ...] | None
    doers: int | None
    to_lane: str = ""

    @property
    def in_question(self) -> bool:
        return bool(self.plan and self.plan.in_question)

    @property
    def plan_said(self) -> str:
        """Where it goes, in which words, and from which day, as one line."""
        if self.plan is None:
            return ""
        to = f"to {self.to_lane}" if self.to_lane and self.to_lane != self.lane else ""
        since = f"from {day_said(self.plan.effective)}" if self.plan.effective else ""
        return " · ".join(part for part in (to, self.plan.words, since) if part)

    @property
    def missing_owners(self) -> list[Owner]:
        """Owners of a process in question who do not take part in its search."""
        return [one for one in self.owners or () if one.part != "takes part"] if self.in_question else []


def rows_for(actor: Actor, processes: Iterable[Process], day: date, *, people: bool = True) -> list[Row]:
    """The processes with everything a list of them shows; without people: not who answers for and does them, which is dear
    where 150,000 do. A fixed number of queries."""
    found = list(processes)
    ids = [process.pk for process in found]
    plans = outlook.plans(actor, ids, day)
    lanes = lanes_on(actor, day, [*(process.unit_id for process in found), *(plan.to_unit for plan in plans.values())])
    if not people or not actor.is_staff:
        return [_row(process, plans.get(process.pk), lanes, None, None) for process in found]
    searches = outlook.searches(actor, {process.workflow_id for process in found if process.workflow_id}, day)
    owners, doers = _owners(actor, found, searches, day), _doers(actor, ids, day)
    return [_row(process, plans.get(process.pk), lanes, owners, doers) for process in found]


def _row(
    process: Process,
    plan: Plan | None,
    lanes: Lanes,
    owners: Mapping[int, tuple[Owner, ...]] | None,
    doers: Mapping[int, int] | None,
) -> Row:
    return Row(
        process=process,
        unit=lanes.name(process.unit_id),
        lane=lanes.lane(process.unit_id),
        line=process.product_line or lanes.lines.get(process.unit_id or 0, ""),
        plan=plan,
        owners=None if owners is None else owners.get(process.pk, ()),
        doers=None if doers is None else doers.get(process.pk, 0),
        to_lane=lanes.lane(plan.to_unit) if plan else "",
    )


def _owners(
    actor: Actor, processes: Sequence[Process], searches: Sequence[Search], day: date
) -> Mapping[int, tuple[Owner, ...]]:
    workflow = {process.pk: process.workflow_id for process in processes}
    of_workflow: dict[int, list[Search]] = defaultdict(list)
    for search in searches:
        of_workflow[search.workflow].append(search)
    found: dict[int, list[Owner]] = defaultdict(list)
    held = AnswersFor.objects.visible_to(actor).on(day).filter(process__in=list(workflow)).order_by("person__name")
    for process, person, name in held.values_list("process_id", "person_id", "person__name"):
        found[process].append(Owner(person, name, part_of(person, of_workflow.get(workflow[process] or 0, []))))
    return {process: tuple(owners) for process, owners in found.items()}


def part_of(person: int, searches: Sequence[Search]) -> str:
    """How far a person takes part in any of the searches: a seat alone is not taking part."""
    if not searches:
        return ""
    if any(person in search.takes_part for search in searches):
        return "takes part"
    return "a seat, not yet part" if any(person in search.seated for search in searches) else "no seat"


def _doers(actor: Actor, ids: Sequence[int], day: date) -> Mapping[int, int]:
    rows = Does.objects.visible_to(actor).on(day).filter(process__in=ids).values("process")
    return dict(rows.annotate(people=Count("person", distinct=True)).values_list("process", "people"))


def steps_of(rows: Sequence[Row]) -> list[Step]:
    """The processes as steps of a map, with the fates that the asker may see."""
    return [
        Step(
            id=row.process.pk,
            name=row.process.name,
            lane=row.lane,
            line=row.line,
            fate=row.plan.fate if row.plan else "",
            note=_note(row),
            order=row.process.order,
            to_lane=row.to_lane,
        )
        for row in rows
    ]


def _note(row: Row) -> str:
    if row.plan and row.plan.fate in {"move", "merge"} and row.to_lane and row.to_lane != row.lane:
        return f"to {row.to_lane}"
    return ""


def hops_of(handoffs: Iterable[Handoff]) -> list[Hop]:
    return [Hop(row.from_process_id, row.to_process_id, row.median_wait_working_hours, row.carries) for row in handoffs]


def counted(rows: Iterable[Row]) -> tuple[Counter[int | None], Counter[int | None]]:
    """Workflow → how many processes, and how many of them in question as far as the asker may know."""
    whole: Counter[int | None] = Counter()
    questioned: Counter[int | None] = Counter()
    for row in rows:
        whole[row.process.workflow_id] += not row.process.planned_only
        questioned[row.process.workflow_id] += row.in_question
    return whole, questioned
