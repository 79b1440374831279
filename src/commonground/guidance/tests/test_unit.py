from commonground.analysis.facts import Activity, Milestone, Person, Process, Unit
from commonground.guidance.tests.made import facts, subjects

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
