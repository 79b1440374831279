"""CULT: each guideline fails and passes over tables made by hand."""

from datetime import date, timedelta

import pytest

from commonground.analysis.facts import AmountOfChange, Impact, Milestone, Process, Role, Round, Unit
from commonground.guidance.tests.made import DAY, facts, found, subjects


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


DECIDED = Milestone("amount_of_change_decided", actual=ago(100))
CULTURE = Round("R1", "culture", "culture", ago(140), ago(120))
WHERE = ["milestone:amount_of_change_decided"]


@pytest.mark.parametrize(
    ("rounds", "finds"),
    [
        ([], True),
        ([CULTURE], False),
        ([CULTURE._replace(closed=ago(100))], False),
        ([CULTURE._replace(closed=ago(99))], True),  # after the decision
        ([CULTURE._replace(closed=None)], True),
        ([CULTURE._replace(purpose="pulse")], True),
        ([CULTURE._replace(purpose=None)], False),  # its instrument says what it is about
    ],
)
def test_culture_is_assessed_before_the_decision(rounds, finds):
    assert subjects("CULT-01", facts(milestones=[DECIDED], rounds=rounds)) == (WHERE if finds else [])


def test_a_decision_to_come_wants_an_assessment_a_month_before():
    planned = Milestone("amount_of_change_decided", planned=DAY + timedelta(days=30))
    one = found("CULT-01", facts(milestones=[planned]))[0]
    assert one.what == "The amount of change is to be decided on 21 Dec 2026, and there is no culture assessment yet"
    assert one.evidence == "rounds: 0 rounds about culture, none closed by 21 Nov 2026; no sheet rounds, so none yet"
    assert subjects("CULT-01", facts(milestones=[planned._replace(planned=DAY + timedelta(days=31))])) == []
    assert subjects("CULT-01", facts(milestones=[])) == []


SEATED = Milestone("team_seated", actual=ago(80))


@pytest.mark.parametrize(
    ("milestones", "amount", "finds"),
    [
        ([SEATED], [], True),
        ([SEATED, DECIDED], [], False),
        ([SEATED, DECIDED._replace(actual=ago(79))], [], True),
        ([SEATED, DECIDED._replace(actual=None, planned=ago(100))], [], True),
        ([SEATED], [AmountOfChange(ago(80))], False),
        ([SEATED], [AmountOfChange(None)], True),
        ([SEATED._replace(actual=None, planned=ago(80))], [], False),
        ([DECIDED], [], False),
    ],
)
def test_the_amount_is_decided_before_the_team_is_seated(milestones, amount, finds):
    assert subjects("CULT-02", facts(milestones=milestones, amount_of_change=amount)) == (WHERE if finds else [])


@pytest.mark.parametrize(
    ("row", "finds"),
    [
        (AmountOfChange(ago(100), above_capacity=True), True),
        (AmountOfChange(ago(100), above_capacity=True, reasons=True), False),
        (AmountOfChange(ago(100), free_hours_per_week=300, asked_hours_per_week=310), True),
        (AmountOfChange(ago(100), free_hours_per_week=310, asked_hours_per_week=310), False),
        (AmountOfChange(ago(100), free_hours_per_week=300, asked_hours_per_week=310, above_capacity=False), False),
        (AmountOfChange(ago(100)), False),
    ],
)
def test_above_capacity_wants_reasons(row, finds):
    given = facts(milestones=[SEATED, DECIDED], amount_of_change=[row])
    assert subjects("CULT-02", given) == (["amount_of_change:all"] if finds else [])


def test_the_hours_are_told():
    row = AmountOfChange(ago(100), free_hours_per_week=300, asked_hours_per_week=1310, concurrent=2)
    one = found("CULT-02", facts(milestones=[], amount_of_change=[row]))[0]
    assert (one.severity, one.evidence) == (
        "error",
        "amount_of_change: 1,310 hours a week asked for, 300 free, 2 other changes at the same time; no reasons",
    )


@pytest.mark.parametrize(
    ("program", "group", "finds"), [(2, 4, True), (4, 2, True), (2, 3, False), (2, 3.9, False), (None, 5, False)]
)
def test_ratings_of_both_sides(program, group, finds):
    given = facts(impacts=[Impact("I1", "role", "clerk", program, group)], roles=[Role("clerk", "Clerk")])
    assert subjects("CULT-03", given) == (["role:clerk"] if finds else [])


def test_an_impact_is_named_as_what_it_is():
    rows = [Impact("I1", "role", "clerk", 1, 4), Impact("I2", "process", "p", 1, 4), Impact("I3", "unit", "u", 1.5, 4)]
    given = facts(
        impacts=rows, roles=[Role("clerk", "Clerk")], processes=[Process("p", "Open it")], units=[Unit("u", "Billing")]
    )
    assert [one.what for one in found("CULT-03", given)] == [
        "The program and the group see what changes for Open it differently",
        "The program and the group see what changes for the role Clerk differently",
        "The program and the group see what changes for Billing differently",
    ]


def test_a_rating_is_told_to_nobody_who_may_not_read_it():
    """Who sees findings does not always see ratings: no finding holds a number that depends on how far the two are apart."""
    told = {
        (one.what, one.where, one.evidence)
        for pair in ((1, 3), (1, 5), (5, 2), (2.5, 4.5))
        for one in found(
            "CULT-03", facts(impacts=[Impact("I1", "role", "clerk", *pair)], roles=[Role("clerk", "Clerk")])
        )
    }
    assert len(told) == 1


def test_of_one_role_in_several_units_the_widest_difference_stands():
    rows = [
        Impact("I1", "role", "clerk", 2, 4, "u"),
        Impact("I2", "role", "clerk", 1, 5, "w"),
        Impact("I3", "role", "clerk", 1, 3),
    ]
    one = found("CULT-03", facts(impacts=rows, roles=[Role("clerk", "Clerk")]))
    assert [(str(each.subject), each.evidence) for each in one] == [
        ("role:clerk", "impacts I2: the two ratings are 2 steps of 5 or more apart")
    ]
