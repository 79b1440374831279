"""Reads processes, who answers for and does them, workflows, hand-offs and the program's line as rows of facts."""

from collections import defaultdict
from typing import Any

from django.db.models import Count, Max, Q

from commonground.analysis import facts
from commonground.analysis.plan.audience import text_of
from commonground.guidance.reading import Reading
from commonground.organization.models import Person
from commonground.plan.audiences import people_in
from commonground.programs.models import Activity, Engagement, Milestone, Program
from commonground.realignment.models import ProcessFate
from commonground.workflows import seen
from commonground.workflows.measured import Between, HandoffFigure, handoff_figures, lead_hours
from commonground.workflows.models import AnswersFor, Does, Handoff, Process, Workflow

AT_ONCE = 10_000  # rows of a large table, fetched at once
NO_FATE: tuple[Any, ...] = (None, None, None)
PROCESS = (
    "pk",
    "key",
    "name",
    "unit__key",
    "workflow__key",
    "product_line",
    "open_work",
    "data",
    "taken_over_by__key",
    "planned_only",
)


def processes(reading: Reading) -> list[facts.Process]:
    """Processes with who answers for them on the day and what is to become of them, as far as the view counts it.

    What only exists in the plan is there when its fate is; who takes work over is part of the plan too.
    """
    shown = ProcessFate.objects.filter(program=reading.program, stage__in=reading.stages)
    fates: dict[int, tuple[Any, ...]] = {
        pk: tuple(rest) for pk, *rest in shown.values_list("process", "fate", "to_unit__key", "effective")
    }
    owners, to_owners = defaultdict[int, list[str]](list), defaultdict[int, list[str]](list)
    held = AnswersFor.objects.on(reading.day).filter(process__program=reading.program).order_by("pk")
    for process, person in held.values_list("process", "person__key"):
        owners[process].append(person)
    for process, person in (
        shown.filter(to_owners__isnull=False).values_list("process", "to_owners__key").order_by("pk")
    ):
        to_owners[process].append(person)
    return [
        _process(row, fates.get(row[0], NO_FATE), tuple(owners.get(row[0], ())), tuple(to_owners.get(row[0], ())))
        for row in Process.objects.filter(program=reading.program).order_by("pk").values_list(*PROCESS)
        if row[0] in fates or not row[-1]
    ]


def _process(
    row: tuple[Any, ...], planned: tuple[Any, ...], owners: tuple[str, ...], to_owners: tuple[str, ...]
) -> facts.Process:
    _, key, name, unit, workflow, line, work, data, taken, _ = row
    fate, to_unit, effective = planned
    heir = taken if fate else None
    ways = (line or None, work or None, data or None, heir)
    return facts.Process(key, name, unit, owners, workflow, fate, to_unit, to_owners, effective, *ways)


def does(reading: Reading) -> list[facts.Does]:
    """Who does what on the day; keys are looked up here, since two joins over 150,000 rows take longer."""
    people = dict(Person.objects.values_list("pk", "key"))
    known = dict(Process.objects.filter(program=reading.program).values_list("pk", "key"))
    rows = Does.objects.on(reading.day).order_by("pk").values_list("process_id", "person_id")
    pairs = (
        (known[process], people[person]) for process, person in rows.iterator(chunk_size=AT_ONCE) if process in known
    )
    return list(map(facts.Does._make, pairs))


def does_mark(reading: Reading) -> tuple[Any, ...]:
    """What rows of `does` take from processes and people: the ids of the processes, and how many rows there are, up to which."""
    rows = Does.objects.filter(process__program=reading.program).aggregate(n=Count("pk"), last=Max("pk"))
    known = Process.objects.filter(program=reading.program).order_by("pk").values_list("pk", "key")
    return (rows["n"], rows["last"], tuple(known))


def workflows(reading: Reading) -> list[facts.Workflow]:
    """Workflows; how long each takes is what a log measured by the day, else what a sheet said."""
    rows = Workflow.objects.filter(program=reading.program).values_list(
        "pk", "key", "name", "customer_need", "serves__statement", "serves_words", "median_lead_working_hours"
    )
    measured = lead_hours(Program(pk=reading.program), reading.day)
    return [
        facts.Workflow(key, name, need or None, serves or words or None, _plain(measured.get(pk, lead)))
        for pk, key, name, need, serves, words, lead in rows
    ]


def _plain(hours: float | None) -> float | None:
    """Hours as a finding says them, to a tenth."""
    return None if hours is None else round(hours, 1)


def handoffs(reading: Reading) -> list[facts.Handoff]:
    """Hand-offs between processes that the view shows; those to be only where it shows every plan of their workflow.

    Those of today have the figures that a log measured by the day, else those of a sheet.
    """
    last = Q(withdrawn_on=None) | ~Q(process__in=ProcessFate.objects.values("process"))
    beyond = ProcessFate.everything.filter(last, program=reading.program, process__workflow__isnull=False)
    beyond = beyond.exclude(stage__in=reading.stages)
    planned = ProcessFate.objects.filter(program=reading.program, stage__in=reading.stages)
    hidden = Process.objects.filter(program=reading.program, planned_only=True).exclude(
        pk__in=planned.values("process")
    )
    rows = (
        Handoff.objects.filter(program=reading.program)
        .exclude(from_process__in=hidden)
        .exclude(to_process__in=hidden)
        .exclude(when="to_be", workflow__in=beyond.values("process__workflow"))
        .order_by("pk")
        .values_list(
            "workflow",
            "from_process",
            "to_process",
            "workflow__key",
            "from_process__key",
            "to_process__key",
            "carries",
            "when",
            "median_wait_working_hours",
            "cases",
            "ping_pong_cases",
        )
    )
    measured = handoff_figures(Program(pk=reading.program), reading.day)
    return [_handoff(measured.get(Between(*ids)), rest) for *ids, rest in ((*row[:3], row[3:]) for row in rows)]


def _handoff(measured: HandoffFigure | None, row: tuple[Any, ...]) -> facts.Handoff:
    flow, first, second, carries, when, wait, cases, back = row
    if measured is not None and not measured.withheld and when == "as_is":
        wait, cases, back = measured.wait, measured.cases, measured.back
    return facts.Handoff(flow, first, second, carries or None, when, _plain(wait), cases, back)


def log_activities(reading: Reading) -> list[facts.LogActivity]:
    """What the event logs tell of; a process that only exists in a plan is none yet, whoever asks.

    What fewer people than the threshold do is left out: its share of the work would be theirs.
    """
    return [
        facts.LogActivity(row.activity, row.events, row.log, row.process)
        for row in seen.rows(Program(pk=reading.program))
        if not row.few
    ]


def milestones(reading: Reading) -> list[facts.Milestone]:
    rows = Milestone.objects.filter(program=reading.program).order_by("pk")
    return [facts.Milestone._make(row) for row in rows.values_list("kind", "planned", "actual", "unit__key")]


def engagements(reading: Reading) -> list[facts.Engagement]:
    rows = Engagement.objects.filter(program=reading.program).order_by("on", "pk")
    return [facts.Engagement._make(row) for row in rows.values_list("on", "who", "kind", "outside_it")]


def activities(reading: Reading) -> list[facts.Activity]:
    """How many people one is for is told where it does not depend on what is not told yet."""
    rows = Activity.objects.filter(program=reading.program).order_by("pk")
    columns = (
        *("key", "kind", "unit__key", "practice", "owner__key", "start", "end", "hours", "state"),
        *("deliverer__key", "delivered_on", "hours_per_person", "audience", "technique"),
    )
    known = list(rows.values_list(*columns))
    return [
        facts.Activity(
            key, kind, unit, practice or None, owner, start, end, hours, state, deliverer, delivered, each,
            people_in(unit, audience or {}, reading.day) if each else None, text_of(audience or {}) or None, technique or None,
        )
        for key, kind, unit, practice, owner, start, end, hours, state, deliverer, delivered, each, audience, technique in known
    ]  # fmt: skip
