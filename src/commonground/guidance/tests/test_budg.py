from commonground.analysis.facts import Activity, BudgetLine
from commonground.guidance.guidelines import run
from commonground.guidance.tests.made import facts, found, subjects

TRAINING = Activity("A1", "course", practice="TRAIN", state="running")
TALK = Activity("A2", "talk", practice="lead")


def test_a_practice_with_activities_needs_money_or_hours():
    lines = [BudgetLine("B1", practice="TRAIN", hours=40.0), BudgetLine("B2", practice="LEAD")]
    finding = found("BUDG-01", facts(activities=[TRAINING, TALK, TALK._replace(id="A3")], budget=lines))
    assert [str(one.subject) for one in finding] == ["practice:LEAD"]
    assert finding[0].what == "2 activities for “Leaders” have no budget"
    assert finding[0].evidence == "activities A2 and A3; budget: 2 lines, none with money or hours for LEAD"
    paid = [lines[0], lines[1]._replace(planned=1.0)]
    assert subjects("BUDG-01", facts(activities=[TRAINING, TALK], budget=paid)) == []


def test_what_was_dropped_or_serves_no_practice_needs_none():
    dropped = [TALK._replace(state="dropped"), Activity("A3", "lunch")]
    assert subjects("BUDG-01", facts(activities=dropped, budget=[BudgetLine("B1", practice="TRAIN")])) == []


def test_without_a_budget_or_a_practice_in_it_nothing_is_said():
    assert run(facts(activities=[TALK]), select=["BUDG-01"]).not_checked[0].missing == ("budget",)
    given = facts(activities=[TALK], budget=[BudgetLine("B1", planned=9.0)])
    assert run(given, select=["BUDG-01"]).not_checked[0].missing == ("budget.practice",)


def shares(people: float, technology: float, other: float = 0.0, untold: float = 0.0):
    given = {"people": people, "technology": technology, "other": other, None: untold}
    return facts(
        budget=[BudgetLine(str(n), purpose=key, planned=value) for n, (key, value) in enumerate(given.items())]
    )


def test_people_get_their_share():
    finding = found("BUDG-02", shares(14_999.99, 70_000, 15_000.01))[0]
    assert str(finding.subject) == "program:budget"
    assert finding.what == "14.9% of the planned budget is for people, and 70% for technology"
    assert subjects("BUDG-02", shares(15_000, 85_000)) == []  # exactly what is looked for
    assert subjects("BUDG-02", shares(15_000, 85_000), share=0.2) == ["program:budget"]


def test_what_does_not_say_what_it_is_for_is_not_counted():
    assert subjects("BUDG-02", shares(20, 80, untold=1_000_000)) == []
    assert "1 line not counted, without “for”" in found("BUDG-02", shares(1, 80, untold=5))[0].evidence
    assert run(shares(0, 0, untold=9), select=["BUDG-02"]).not_checked[0].missing == ("budget.for",)
