from datetime import date

from commonground.analysis.facts import Activity, Blackout, Capacity, Milestone, Person, Process, Unit
from commonground.guidance.guidelines import run
from commonground.guidance.tests.made import crowd, facts, found, subjects

PEOPLE = [Person("a", "Ann", "North")]
PROCESSES = [Process("p", "P", "North", ("a",), fate="move")]
UNITS = [Unit("all", "All"), Unit("Billing", "Billing", "all"), Unit("North", "North", "Billing")]


def plan(*, activities=(), milestones=()):
    return facts(people=PEOPLE, processes=PROCESSES, units=UNITS, activities=activities, milestones=milestones)


def test_a_touched_unit_has_something_of_its_own():
    assert subjects("UNIT-01", plan()) == ["unit:Billing"]
    assert subjects("UNIT-01", plan(activities=[Activity("x", "talk", "North")])) == []
    assert subjects("UNIT-01", plan(milestones=[Milestone("cut_over", unit="Billing")])) == []


def test_what_is_planned_for_all_is_nobodys_own():
    everybody = [Activity("x", "talk"), Activity("y", "talk", "all")]
    assert subjects("UNIT-01", plan(activities=everybody)) == ["unit:Billing"]


def load(*, capacity=None, blackouts=None, people=10, **fields):
    values = {"start": date(2026, 12, 1), "hours_per_person": 6.0, **fields}
    tables = {"capacity": capacity, "blackouts": blackouts}
    return facts(
        people=crowd(people, "Billing"),
        activities=[Activity("course", "train", "Billing", **values)],
        **{name: rows for name, rows in tables.items() if rows},
    )


def test_a_unit_is_not_asked_for_more_than_it_has():
    finding = found("UNIT-03", load(capacity=[Capacity(4)]))[0]
    assert str(finding.subject) == "unit:Billing"
    assert finding.what == "Billing: 6.0 hours are asked of each in December 2026, and there is room for 4"
    assert subjects("UNIT-03", load(capacity=[Capacity(6)])) == []
    assert subjects("UNIT-03", load(capacity=[Capacity(4), Capacity(8, "Billing")])) == []
    assert subjects("UNIT-03", load(capacity=[Capacity(4)], start=date(2026, 10, 1))) == []  # what is over is over
    assert subjects("UNIT-03", load(capacity=[Capacity(4)], state="dropped")) == []
    assert subjects("UNIT-03", load(capacity=[Capacity(4)], audience="level=chief")) == []
    assert subjects("UNIT-03", load(capacity=[Capacity(4)], people=5)) == []  # too few to be told of


def test_nothing_falls_on_days_on_which_a_unit_cannot():
    closed = [Blackout(date(2026, 12, 1), date(2026, 12, 5), "Billing", "year end")]
    assert subjects("UNIT-03", load(blackouts=closed)) == ["unit:Billing"]
    assert subjects("UNIT-03", load(blackouts=closed, start=date(2026, 12, 7))) == []
    assert subjects("UNIT-03", load(blackouts=[closed[0]._replace(unit=None)])) == ["program:closed"]
    whole = load(blackouts=closed, start=date(2026, 11, 23), end=date(2027, 2, 1))
    assert subjects("UNIT-03", whole) == []  # what takes months is held around them


def test_without_hours_or_room_nothing_is_guessed():
    assert run(load(), select=["UNIT-03"]).not_checked[0].missing == ("capacity.hours",)
    given = load(capacity=[Capacity(4)], hours_per_person=None)
    assert run(given, select=["UNIT-03"]).not_checked[0].missing == ("activities.hours_per_person",)
