"""Workflows, processes with who answers for and does them, hand-offs, and the program's own sheets."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import models

from commonground.analysis.plan.audience import audience_of
from commonground.analysis.plan.book import state_of
from commonground.guidance.techniques import key_called
from commonground.intake.plan import CHANGED, NEW, SAME, Fields, Plan, just, text
from commonground.intake.problems import Problem
from commonground.programs.models import Activity, Engagement, Milestone
from commonground.workflows.models import AnswersFor, Does, Handoff, Process, Workflow

STATES = ("planned", "running", "done", "dropped")


def upsert(
    plan: Plan,
    table: str,
    known: Mapping[Any, models.Model],
    rows: Iterable[tuple[Any, Any]],
    read: Fields,
    make: Callable[[Any], models.Model],
) -> dict[Any, models.Model]:
    """Makes or changes one row of the database for each of a sheet. rows: key and row; make: a new one, without what `read` sets."""
    found = dict(known)
    for key, row in rows:
        old = found.get(key)
        one = found[key] = old or make(row)
        changed = plan.batch.change(one, read.of(row))
        plan.count(table, NEW if old is None else CHANGED if changed else SAME)
    return found


def workflows(plan: Plan) -> None:
    known = {row.key: row for row in Workflow.objects.filter(program=plan.program)}
    read = plan.fields(
        "workflows",
        {
            "name": ("name", just("name")),
            "customer_need": ("customer_need", text("customer_need")),
            "serves_strategy": ("serves_words", text("serves_strategy")),
            "median_lead_working_hours": ("median_lead_working_hours", just("median_lead_working_hours")),
        },
    )
    served = {row.key: str(row.serves) for row in known.values() if row.serves_id}
    rows = [(row.id, row) for row in plan.rows("workflows")]
    rows = [(key, _keep_serves(row, served.get(key))) for key, row in rows]

    def make(row: Any) -> models.Model:
        return plan.batch.make(Workflow, program=plan.program, key=row.id, name=row.name)

    found = upsert(plan, "workflows", known, rows, read, make)
    named = [(row.id, row) for row in plan.named_only("workflows") if row.id not in found]
    found = upsert(plan, "workflows", found, named, Fields([]), make)
    plan.ids["workflows"] = {key: row.pk for key, row in found.items()}


def _keep_serves(row: Any, statement: str | None) -> Any:
    """The words of the sheet, unless they are those of the part of the strategy that the workflow is tied to."""
    return row._replace(serves_strategy=None) if statement is not None and row.serves_strategy == statement else row


def processes(plan: Plan) -> None:
    """Plans processes and who answers for them. What is to become of them comes with the plans."""
    known = {row.key: row for row in Process.objects.filter(program=plan.program)}
    ids = plan.ids
    read = plan.fields(
        "processes",
        {
            "name": ("name", just("name")),
            "unit": ("unit_id", lambda row: plan.id_of("units", row.unit)),
            "workflow": ("workflow_id", lambda row: plan.id_of("workflows", row.workflow)),
            "product_line": ("product_line", text("product_line")),
            "open_work": ("open_work", text("open_work")),
            "data": ("data", text("data")),
            "taken_over_by": ("taken_over_by_id", lambda row: ids["people"].get(row.taken_over_by)),
        },
    )
    order = max((row.order for row in known.values()), default=0)
    new: set[str] = set()

    def make(row: Any) -> models.Model:
        nonlocal order
        order += 1
        new.add(row.id)
        values = {"program": plan.program, "key": row.id, "name": row.name, "order": order}
        return plan.batch.make(Process, **values, planned_only=row.fate == "create")

    rows = [(row.id, row) for row in plan.rows("processes")]
    found = upsert(plan, "processes", known, rows, read, make)
    ids["processes"] = {key: row.pk for key, row in found.items()}
    if plan.has("processes", "answers_for"):
        wanted = {(ids["processes"][row.id]): [ids["people"][one] for one in row.answers_for] for _, row in rows}
        hold(plan, "processes", AnswersFor, wanted, {ids["processes"][key] for key in new}, ends=True)


def does(plan: Plan) -> None:
    """Plans who does what. Those who are not in the sheet go on as they are."""
    wanted: dict[int, list[int]] = defaultdict(list)
    for row in plan.rows("does"):
        wanted[plan.ids["processes"][row.process]].append(plan.ids["people"][row.person])
    hold(plan, "does", Does, wanted, set(), ends=False)


def hold(plan: Plan, table: str, model: Any, wanted: Mapping[int, list[int]], new: set[int], *, ends: bool) -> None:
    """Who holds which process from the day on. The first holders that are known of a process hold it since ever.

    ends: whether those who are not named any more end.
    """
    day = plan.options.day
    now: dict[int, dict[int, Any]] = defaultdict(dict)
    ever: set[int] = set()
    for row in model.objects.filter(process__program=plan.program):
        ever.add(row.process_id)
        if row.end is None or row.end > day:
            now[row.process_id][row.person_id] = row
    for process, people in wanted.items():
        for person in people:
            known = now[process].get(person)
            if known is None:
                start = day if process in ever else None
                now[process][person] = plan.batch.make(model, process_id=process, person_id=person, start=start)
                plan.facts.update(model.facts)
            if table == "does":
                plan.count("does", SAME if known is not None else NEW)
        for person, row in now[process].items() if ends else ():
            if person not in people:
                _end(plan, row, day)


def _end(plan: Plan, row: Any, day: Any) -> None:
    plan.facts.update(row.facts)
    if row.start is not None and row.start >= day:
        plan.batch.remove(row)
    else:
        plan.batch.change(row, {"end": day})


def handoffs(plan: Plan) -> None:
    known = {
        (row.workflow_id, row.from_process_id, row.to_process_id, row.when): row
        for row in Handoff.objects.filter(program=plan.program)
    }
    ids = plan.ids
    names = ("median_wait_working_hours", "cases", "ping_pong_cases")
    read = plan.fields(
        "handoffs", {"carries": ("carries", text("carries")), **{name: (name, just(name)) for name in names}}
    )

    def key(row: Any) -> tuple[Any, ...]:
        ends = (ids["processes"][row.from_process], ids["processes"][row.to_process])
        return (ids["workflows"][row.workflow], *ends, row.when or "as_is")

    def make(row: Any) -> models.Model:
        workflow, start, end, when = key(row)
        values = {"workflow_id": workflow, "from_process_id": start, "to_process_id": end, "when": when}
        return plan.batch.make(Handoff, program=plan.program, **values)

    upsert(plan, "handoffs", known, [(key(row), row) for row in plan.rows("handoffs")], read, make)


def log_activities(plan: Plan) -> None:
    """What a log tells of is counted here from the log itself, so a sheet of counts is left out, and that is said."""
    checked = plan.sheets.get("log_activities")
    if checked is not None:
        why = "What an event log tells of is counted from the log itself."
        remedy = "It was left out. Bring the log under Event logs; `commonground check` reads this sheet."
        plan.problems.append(Problem(checked.raw.file, None, None, None, why, remedy, "warning"))


def milestones(plan: Plan) -> None:
    known = {(row.kind, row.unit_id): row for row in Milestone.objects.filter(program=plan.program)}
    read = plan.fields("milestones", {name: (name, just(name)) for name in ("planned", "actual")})

    def make(row: Any) -> models.Model:
        return plan.batch.make(Milestone, program=plan.program, kind=row.kind, unit_id=plan.id_of("units", row.unit))

    rows = [((row.kind, plan.id_of("units", row.unit)), row) for row in plan.rows("milestones")]
    upsert(plan, "milestones", known, rows, read, make)


def engagements(plan: Plan) -> None:
    known = {(row.on, row.who): row for row in Engagement.objects.filter(program=plan.program)}
    read = plan.fields(
        "engagements", {"kind": ("kind", just("kind")), "outside_it": ("outside_it", just("outside_it"))}
    )

    def make(row: Any) -> models.Model:
        return plan.batch.make(Engagement, program=plan.program, on=row.on, who=row.who, kind=row.kind)

    upsert(plan, "engagements", known, [((row.on, row.who), row) for row in plan.rows("engagements")], read, make)


def activities(plan: Plan) -> None:
    known = {row.key: row for row in Activity.objects.filter(program=plan.program)}
    read = plan.fields(
        "activities",
        {
            "kind": ("kind", just("kind")),
            "unit": ("unit_id", lambda row: plan.id_of("units", row.unit)),
            "practice": ("practice", lambda row: (row.practice or "")[:5].upper()),
            "owner": ("owner_id", lambda row: plan.id_of("people", row.owner)),
            "from": ("start", just("start")),
            "to": ("end", just("end")),
            "hours": ("hours", just("hours")),
            "state": ("state", lambda row: _state(row.state)),
            "deliverer": ("deliverer_id", lambda row: plan.id_of("people", row.deliverer)),
            "delivered": ("delivered_on", just("delivered")),
            "hours_per_person": ("hours_per_person", just("hours_per_person")),
            "audience": ("audience", lambda row: audience_of(row.audience)),
            "technique": ("technique", lambda row: key_called(row.technique or "")),
        },
    )

    def make(row: Any) -> models.Model:
        return plan.batch.make(Activity, program=plan.program, key=row.id, kind=row.kind)

    upsert(plan, "activities", known, [(row.id, row) for row in plan.rows("activities")], read, make)


def _state(said: str | None) -> str:
    word = (said or "planned").casefold().strip()
    return word if word in STATES else state_of(word) or "planned"
