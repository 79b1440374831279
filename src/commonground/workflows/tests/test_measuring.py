"""What is stored of a log, against the figures worked out by hand in `measured_log`."""

from datetime import date, timedelta

import pytest
from tests.cast import AT, Cast

from commonground.journal.models import Version
from commonground.workflows.measured import Between, Measured, handoff_figures, lead_hours
from commonground.workflows.measuring import measure_log
from commonground.workflows.models import Workflow
from commonground.workflows.seen import SeenActivity
from commonground.workflows.tests.measured_log import ASK, BILL, CALL, SUPPLY, WATER, Flowing, Row, hold, rows

LATER = AT + timedelta(hours=1)
JUNE = date(2026, 6, 30)


def newest(flowing: Flowing) -> Measured:
    return Measured.objects.of_program(flowing.program).order_by("ends").last()


def test_each_three_months_has_its_figures(flowing: Flowing) -> None:
    found = list(Measured.objects.of_program(flowing.program).order_by("ends"))
    assert [(row.starts, row.ends, row.cases) for row in found] == [
        (date(2026, 1, 1), date(2026, 4, 1), 90),
        (date(2026, 2, 1), date(2026, 5, 1), 90),
        (date(2026, 3, 1), date(2026, 6, 1), 90),
        (date(2026, 4, 1), date(2026, 7, 1), 90),
    ]
    assert [row.flow.lead_working.median for row in found] == [28, 28, 20, 20]  # two of three months: 28, 28; then 20
    assert [row.flow.ping_pong_cases for row in found] == [18] * 4
    assert {row.made_at for row in found} == {AT}


def test_ways_between_steps_are_those_of_the_processes(flowing: Flowing) -> None:
    figures = handoff_figures(flowing.program, JUNE)
    flow, step = flowing.cast.things["workflow"].pk, {name: row.pk for name, row in flowing.steps.items()}
    first = figures[Between(flow, step[CALL], step[SUPPLY])]
    assert (first.wait, first.cases, first.back, first.n) == (8, 90, 18, 90)
    asked = figures[Between(flow, step[SUPPLY], step[ASK])]
    assert (asked.wait, asked.cases) == (1, 18)
    assert {key[1:] for key, figure in figures.items() if figure.withheld} == {
        (step[SUPPLY], step[WATER]),
        (step[WATER], step[BILL]),
    }
    assert lead_hours(flowing.program, JUNE) == {flow: 20}


@pytest.mark.parametrize(
    ("day", "wait"), [(date(2026, 3, 30), None), (date(2026, 3, 31), 16), (date(2026, 6, 29), 8), (JUNE, 8)]
)
def test_what_holds_on_a_day_is_the_newest_time_that_was_over(flowing: Flowing, day: date, wait: float | None) -> None:
    step = flowing.steps
    key = Between(flowing.cast.things["workflow"].pk, step[CALL].pk, step[SUPPLY].pk)
    figures = handoff_figures(flowing.program, day)
    assert (figures[key].wait if key in figures else None) == wait


def test_reading_the_figures_asks_the_database_once(flowing: Flowing, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):
        handoff_figures(flowing.program, JUNE)
    with django_assert_num_queries(1):
        lead_hours(flowing.program, JUNE)


def test_the_unit_of_seven_is_nowhere_in_what_is_stored(flowing: Flowing) -> None:
    water = str(flowing.cast.units["water"].pk)
    for row in Measured.objects.all():
        assert row.withheld == (water,)
        assert water not in {end for way in row.flow.between_units for end in way[:2]}
        assert str(flowing.steps[WATER].pk) not in {end for way in row.flow.between_steps for end in way[:2]}
        assert not any(str(flowing.steps[WATER].pk) in one.activities for one in row.flow.top_variants)


def test_the_whole_log_holds_work_of_no_workflow_too(flowing: Flowing) -> None:
    row = Measured.objects.get(workflow=None, ends=date(2026, 7, 1))
    customers, grid = (str(unit) for unit in (flowing.cast.units["customers"].pk, flowing.steps[SUPPLY].unit_id))
    found = {(one.source, one.target): (one.n, one.working.median) for one in row.flow.between_units}
    assert found == {(customers, grid): (108, 8), (grid, customers): (18, 1)}
    assert not row.flow.between_steps


def test_the_whole_less_the_workflows_is_not_what_one_of_them_withholds(
    unmeasured: Flowing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second workflow, in which three of Grid take from Customers: Customers to Grid is then not shown of the whole either."""
    program, step = unmeasured.program, unmeasured.steps
    second = Workflow.objects.create(program=program, key="other", name="Other")
    step[BILL].workflow, step[ASK].workflow = second, second
    step[BILL].save()
    step[ASK].save()
    more = [
        Row(1000 + number, name, rows()[0].time + timedelta(days=30, hours=hour), f"{unit}-{number % 3}", unit)
        for number in range(20)
        for hour, (name, unit) in enumerate([(BILL, "customers"), (ASK, "grid")])
    ]
    hold(monkeypatch, [*rows(), *more])
    measure_log(unmeasured.log, at=AT)
    grid, customers = str(step[SUPPLY].unit_id), str(unmeasured.cast.units["customers"].pk)
    month = {"starts": date(2026, 1, 1)}
    assert grid in Measured.objects.get(workflow=second, **month).withheld
    whole = Measured.objects.get(workflow=None, **month)
    assert [customers, grid] in whole.data["apart"]
    assert (customers, grid) not in {(one.source, one.target) for one in whole.flow.between_units}
    untouched = Measured.objects.get(workflow=None, starts=date(2026, 4, 1))
    assert (customers, grid) in {(one.source, one.target) for one in untouched.flow.between_units}


def test_a_run_that_began_earlier_leaves_the_newer_figures_alone(flowing: Flowing) -> None:
    before = Version.objects.now()
    assert measure_log(flowing.log, at=AT - timedelta(minutes=1)) == 0
    assert {row.made_at for row in Measured.objects.all()} == {AT}
    assert Version.objects.now() == before
    assert measure_log(flowing.log, at=LATER) == 8
    assert {row.made_at for row in Measured.objects.all()} == {LATER}
    after = Version.objects.now()
    assert all(after[table] == before[table] + 1 for table in ("handoffs", "workflows", "log_activities"))


def test_figures_go_with_the_events(flowing: Flowing, monkeypatch: pytest.MonkeyPatch) -> None:
    flowing.log.first = flowing.log.last = None
    flowing.log.save()
    hold(monkeypatch, [])
    measure_log(flowing.log, at=LATER)
    assert not Measured.objects.exists()


def test_several_activities_may_be_one_step(unmeasured: Flowing, monkeypatch: pytest.MonkeyPatch) -> None:
    """ASK is linked to the same process as CALL: the way back then leads there."""
    SeenActivity.objects.filter(activity=ASK).update(process=unmeasured.steps[CALL])
    measure_log(unmeasured.log, at=AT)
    figures = handoff_figures(unmeasured.program, JUNE)
    flow, step = unmeasured.cast.things["workflow"].pk, unmeasured.steps
    assert figures[Between(flow, step[CALL].pk, step[SUPPLY].pk)].n == 108


def test_a_measured_workflow_can_still_be_removed(flowing: Flowing, cast: Cast) -> None:
    """Figures are derived: they go with it, and stand in nobody's way."""
    row = Workflow.objects.create(program=cast.program, key="w2", name="Second")
    Measured.objects.filter(pk=newest(flowing).pk).update(workflow=row)
    kept, gone = Measured.objects.count() - 1, row.pk
    row.remove(by=cast.alice.actor, at=AT)
    assert not Measured.objects.filter(workflow_id=gone).exists()
    assert Measured.objects.count() == kept
