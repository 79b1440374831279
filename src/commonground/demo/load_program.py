"""Writes one program: its strategy, line, talks and activities, its workflows and who answers for and does what."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from commonground.analysis import facts
from commonground.analysis.facts import Row
from commonground.analysis.plan.audience import audience_of
from commonground.demo import asked
from commonground.demo.asked import told_as
from commonground.demo.days import Days
from commonground.demo.load_organization import BATCH, Keys
from commonground.demo.plots import Plot
from commonground.programs.models import Activity, Engagement, Milestone, Program, Strategy
from commonground.workflows.models import AnswersFor, Does, Handoff, Process, Workflow

Rows = Mapping[str, Sequence[Row]]


def load_program(plot: Plot, rows: Rows, days: Days, keys: Keys) -> Program:
    """Writes the program and its work; what is planned for people is written by `load_realignment`."""
    started = days.started if plot.started is None else days.on(plot.started)
    program = Program.objects.create(
        slug=plot.slug,
        name=plot.name,
        goal=plot.goal,
        goal_stated_on=started + timedelta(days=6),
        started=started,
        planned_end=days.planned_end if plot.planned_end is None else days.on(plot.planned_end),
    )
    _line(program, plot, rows, days, keys)
    _work(program, plot, rows, days, keys)
    return program


def _line(program: Program, plot: Plot, rows: Rows, days: Days, keys: Keys) -> None:
    Milestone.objects.bulk_create(
        Milestone(
            program=program,
            kind=point.kind,
            unit_id=keys.unit(point.unit),
            planned=days.maybe(point.planned),
            actual=days.maybe(point.actual),
            note=point.note,
        )
        for point in plot.points
    )
    Engagement.objects.bulk_create(
        Engagement(
            program=program,
            on=days.on(talk.day),
            who=talk.who,
            kind=talk.kind,
            outside_it=talk.outside_it,
            what=talk.what,
        )
        for talk in plot.talks
    )
    _activities(program, plot, rows, days, keys)


def _activities(program: Program, plot: Plot, rows: Rows, days: Days, keys: Keys) -> None:
    told = asked.deeds_of(plot.slug, plot.deeds, days)
    deeds = zip(told, (row for row in rows["activities"] if isinstance(row, facts.Activity)), strict=True)
    Activity.objects.bulk_create(
        Activity(
            program=program,
            key=row.id,
            kind=row.kind,
            unit_id=keys.unit(row.unit),
            practice=row.practice or "",
            owner_id=keys.person(row.owner),
            start=row.start,
            end=row.end,
            hours=row.hours,
            state=row.state or "planned",
            words=told_as(deed),
            note="" if told_as(deed) else deed.words,
            deliverer_id=keys.person(row.deliverer),
            delivered_on=row.delivered,
            delivered_by_id=keys.person(row.deliverer) if row.delivered else None,
            hours_per_person=row.hours_per_person,
            audience=audience_of(row.audience),
            technique=row.technique or "",
        )
        for (deed, *_), row in deeds
    )


def _work(program: Program, plot: Plot, rows: Rows, days: Days, keys: Keys) -> None:
    parts = {
        part.statement: Strategy.objects.create(
            program=program,
            statement=part.statement,
            customer_need=part.need,
            agreed_on=days.on(part.agreed),
            order=order,
        )
        for order, part in enumerate(plot.strategy)
    }
    flows = Workflow.objects.bulk_create(
        Workflow(
            program=program,
            key=row.id,
            name=row.name,
            customer_need=row.customer_need or "",
            serves=parts[row.serves_strategy or ""],
            median_lead_working_hours=row.median_lead_working_hours,
        )
        for row in rows["workflows"]
        if isinstance(row, facts.Workflow)
    )
    workflows = {flow.key: flow.pk for flow in flows}
    processes = _processes(program, rows, keys, workflows)
    Does.objects.bulk_create(
        (
            Does(process_id=processes[row.process], person_id=keys.people[row.person])
            for row in rows["does"]
            if isinstance(row, facts.Does)
        ),
        batch_size=BATCH,
    )
    _handoffs(program, rows, workflows, processes)


def _handoffs(program: Program, rows: Rows, workflows: Mapping[str, int], processes: Mapping[str, int]) -> None:
    Handoff.objects.bulk_create(
        Handoff(
            program=program,
            workflow_id=workflows[row.workflow],
            from_process_id=processes[row.from_process],
            to_process_id=processes[row.to_process],
            carries=row.carries or "",
            when=row.when or "as_is",
            median_wait_working_hours=row.median_wait_working_hours,
            cases=row.cases,
            ping_pong_cases=row.ping_pong_cases,
        )
        for row in rows["handoffs"]
        if isinstance(row, facts.Handoff)
    )


def _processes(program: Program, rows: Rows, keys: Keys, workflows: Mapping[str, int]) -> dict[str, int]:
    given = [row for row in rows["processes"] if isinstance(row, facts.Process)]
    made = Process.objects.bulk_create(
        Process(
            program=program,
            key=row.id,
            name=row.name,
            workflow_id=workflows[row.workflow or ""],
            unit_id=keys.unit(row.unit),
            product_line=row.product_line or "",
            open_work=row.open_work or "",
            data=row.data or "",
            taken_over_by_id=keys.person(row.taken_over_by),
            order=order,
            planned_only=row.fate == "create",
        )
        for order, row in enumerate(given)
    )
    ids = {process.key: process.pk for process in made}
    AnswersFor.objects.bulk_create(
        AnswersFor(process_id=ids[row.id], person_id=keys.people[person]) for row in given for person in row.answers_for
    )
    return ids
