"""LEAD-03 and CUST-03: messages about one's own job come from the line, and customers hear before a cut-over."""

from datetime import date, timedelta

import pytest

from commonground.analysis.facts import Message, Milestone, Person, Process, Unit, Workflow
from commonground.guidance.tests.made import DAY, facts, found, subjects

UNITS = [Unit("NL", "Northlight"), Unit("BIL", "Billing", "NL"), Unit("CRW", "Crew", "BIL"), Unit("WAT", "Water", "NL")]
PEOPLE = [
    Person("mei", "Mei", "CRW", front_office=True),
    Person("wim", "Wim", "WAT", front_office=False),
]
MOVES = [
    Process("p1", "Open the account", "BIL", ("mei",), fate="move", to_unit="WAT"),
    Process("p2", "Dig", "WAT", ("wim",), fate="move"),
]
CUT = Milestone("cut_over", unit="BIL", planned=DAY + timedelta(days=40))


def said(**values: object) -> Message:
    return Message(**{"id": "m1", "title": "You book the visit", "side": "inside", "about_my_work": True, **values})


@pytest.mark.parametrize(
    ("values", "is_found"),
    [
        ({"sender_kind": "sponsor"}, True),
        ({"sender_kind": "team", "state": "approved"}, True),
        ({"sender_kind": "line"}, False),
        ({}, False),  # nobody said from whom
        ({"sender_kind": "sponsor", "about_my_work": False}, False),
        ({"sender_kind": "sponsor", "side": "customers"}, False),
        ({"sender_kind": "sponsor", "state": "out"}, False),
        ({"sender_kind": "sponsor", "end": DAY}, False),
    ],
)
def test_what_touches_my_job_comes_from_my_line(values: dict[str, object], is_found: bool) -> None:
    assert subjects("LEAD-03", facts(messages=[said(**values)])) == (["message:m1"] if is_found else [])


def test_the_sender_is_named() -> None:
    one = found(
        "LEAD-03",
        facts(people=PEOPLE, units=UNITS, messages=[said(sender_kind="team", sender="wim", unit="BIL", start=DAY)]),
    )[0]
    assert (one.severity, one.where) == ("note", "Billing")
    assert one.evidence == "messages: from the project team, Wim, planned from 21 Nov 2026"


def told(**values: object) -> Message:
    return Message(
        **{"id": "m2", "title": "A new number", "side": "customers", "start": DAY + timedelta(days=10), **values}
    )


def cut(*messages: Message, milestone: Milestone = CUT, **tables: object) -> list[str]:
    given = facts(people=PEOPLE, units=UNITS, processes=MOVES, milestones=[milestone], messages=messages, **tables)
    return subjects("CUST-03", given)


@pytest.mark.parametrize(
    ("messages", "is_found"),
    [
        ((), True),
        ((told(cut_over="BIL"),), False),
        ((told(cut_over="all"),), False),
        ((told(cut_over="WAT"),), True),
        ((told(),), False),  # of all, within 120 days before
        ((told(unit="BIL"),), False),
        ((told(unit="WAT"),), True),
        ((told(cut_over="BIL", state="dropped"),), True),
        ((told(cut_over="BIL", start=CUT.planned),), True),  # on the day is not before it
        ((told(cut_over="BIL", start=None),), True),
        ((told(start=DAY - timedelta(days=81)),), True),  # 121 days before
        ((told(cut_over="BIL", side="inside"),), True),
    ],
)
def test_a_message_precedes_a_cut_over_that_touches_customers(messages: tuple[Message, ...], is_found: bool) -> None:
    assert cut(*messages) == (["milestone:cut_over/BIL"] if is_found else [])


def test_a_cut_over_without_front_office_or_far_away_or_over_asks_for_nothing() -> None:
    assert cut(milestone=CUT._replace(unit="WAT")) == []
    assert cut(milestone=CUT._replace(planned=DAY + timedelta(days=61))) == []
    assert cut(milestone=CUT._replace(actual=DAY)) == []
    assert cut(milestone=CUT._replace(unit=None)) == ["milestone:cut_over"]


def test_work_in_question_that_answers_a_customers_need_touches_customers_too() -> None:
    flows = [Workflow("move", "Move in", customer_need="Light on the first evening")]
    works = [MOVES[1]._replace(workflow="move")]
    given = facts(people=PEOPLE, units=UNITS, processes=works, milestones=[CUT._replace(unit="WAT")], workflows=flows)
    assert found("CUST-03", given)[0].evidence.endswith("“Dig” is in question, and answers a customer’s need")
    assert (
        subjects("CUST-03", facts(people=PEOPLE, units=UNITS, processes=works, milestones=[CUT._replace(unit="WAT")]))
        == []
    )


def test_without_a_sheet_of_messages_none_is_recorded_yet() -> None:
    given = facts(people=PEOPLE, units=UNITS, processes=MOVES, milestones=[CUT])
    one = found("CUST-03", given)[0]
    assert (one.severity, str(one.subject)) == ("error", "milestone:cut_over/BIL")
    assert "messages" in one.evidence
    assert date(2026, 12, 31) == CUT.planned
