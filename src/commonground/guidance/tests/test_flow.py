"""FLOW and PROC-03 over tables made by hand. Shares and hours are worked out in the comments."""

import pytest

from commonground.analysis.facts import Handoff, LogActivity, Process, Unit, Workflow
from commonground.guidance.guidelines import run
from commonground.guidance.tests.made import facts, found, subjects

UNITS = [Unit("top", "Top"), *(Unit(key, key.title(), "top") for key in ("centre", "billing", "water"))]
STEPS = [
    Process("take", "Take the call", "centre", workflow="in"),
    Process("open", "Open the account", "billing", workflow="in"),
    Process("note", "Note the account", "billing", workflow="in"),
]


def given(*handoffs, lead=40.0, steps=STEPS):
    return facts(
        units=UNITS, processes=steps, handoffs=handoffs, workflows=[Workflow("in", "Move in", None, None, lead)]
    )


def hop(first="take", second="open", when=None, **figures):
    return Handoff("in", first, second, None, when, **figures)


def test_a_crossing_that_waits_long():
    one = found("FLOW-01", given(hop(median_wait_working_hours=9.0, cases=120)))[0]
    assert str(one.subject) == "handoff:in/take/open"
    assert one.what == "Centre to Billing waits 9 working hours at the median, 22 % of the whole way"  # 9 of 40
    assert one.severity == "note"
    assert "in 120 cases" in one.evidence


@pytest.mark.parametrize(
    ("wait", "lead", "finds"),
    [
        (8.0, 40.0, True),  # both limits met: 8 hours are 20 % of 40
        (7.9, 10.0, False),  # under the hours
        (8.0, 40.1, False),  # under the share
        (None, 40.0, False),
    ],
)
def test_both_limits_of_waiting_count(wait, lead, finds):
    measured_elsewhere = hop("open", "note", median_wait_working_hours=1.0)
    rows = given(hop(median_wait_working_hours=wait), measured_elsewhere, lead=lead)
    assert subjects("FLOW-01", rows) == (["handoff:in/take/open"] if finds else [])


def test_waiting_within_a_unit_is_no_crossing_and_another_product_line_is():
    inside = hop("open", "note", median_wait_working_hours=30.0)
    assert subjects("FLOW-01", given(inside)) == []
    lines = [*STEPS[:1], STEPS[1]._replace(product_line="Power"), STEPS[2]._replace(product_line="Water")]
    one = found("FLOW-01", given(inside, steps=lines))[0]
    assert one.what.startswith("Power to Water waits 30 working hours")


def test_nobody_measured_is_not_checked_rather_than_good():
    for rows, missing in (
        (given(hop()), "handoffs.median_wait_working_hours"),
        (given(hop(median_wait_working_hours=9.0), lead=None), "workflows.median_lead_working_hours"),
    ):
        report = run(rows, select=["FLOW-01"])
        assert [one.missing for one in report.not_checked] == [(missing,)]
    assert [one.missing for one in run(given(hop()), select=["FLOW-02"]).not_checked] == [("handoffs.ping_pong_cases",)]


def test_work_that_comes_back():
    one = found("FLOW-02", given(hop(cases=200, ping_pong_cases=30)))[0]
    assert str(one.subject) == "workflow:in"
    assert one.what == "15 % of what Take the call hands on to Open the account comes back"  # 30 of 200
    assert subjects("FLOW-02", given(hop(cases=200, ping_pong_cases=20))) == []  # 10 % is not more than 10 %
    assert subjects("FLOW-02", given(hop(cases=19, ping_pong_cases=19))) == []  # too few to say
    assert subjects("FLOW-02", given(hop(cases=200, ping_pong_cases=30)), share=0.15) == []


def test_several_ways_back_are_one_finding_about_the_workflow():
    one = found("FLOW-02", given(hop(cases=200, ping_pong_cases=30), hop("open", "note", cases=50, ping_pong_cases=20)))
    assert len(one) == 1
    assert (
        one[0].what == "40 % of what Open the account hands on to Note the account comes back; so it is at 2 hand-offs"
    )
    assert "Take the call to Open the account 30 of 200 cases; Open the account" in one[0].evidence


def test_a_future_with_more_crossings():
    more = [hop(), hop("take", "open", "to_be"), hop("open", "look", "to_be")]
    steps = [*STEPS, Process("look", "Look at the meter", "water", workflow="in", fate="create")]
    one = found("FLOW-03", given(*more, steps=steps))[0]
    assert str(one.subject) == "workflow:in"
    assert one.what == "Move in is to cross 2 boundaries, today 1"
    assert subjects("FLOW-03", given(hop(), hop("take", "open", "to_be"))) == []
    assert subjects("FLOW-03", given(hop(), hop("open", "note"))) == []  # nothing planned


def test_a_move_alone_can_bring_a_crossing():
    """Note the account moves to Water: Billing to Billing becomes Billing to Water."""
    steps = [*STEPS[:2], STEPS[2]._replace(fate="move", to_unit="water")]
    assert subjects("FLOW-03", given(hop(), hop("open", "note"), steps=steps)) == ["workflow:in"]


def test_work_in_the_log_and_not_in_the_register():
    rows = [
        LogActivity("Open account", 970, "crm", "open"),
        LogActivity("Copy to the list", 20, "crm"),
        LogActivity("Odd", 10, "crm"),  # 1 % is not over 1 %
        LogActivity("Call", 5, "phone"),
        LogActivity("Hang up", 500, "phone", "take"),
    ]
    one = found("PROC-03", facts(log_activities=rows))
    assert [str(finding.subject) for finding in one] == ["log_activity:crm/Copy to the list"]
    assert "2.0 % of 1,000 events" in one[0].evidence
    assert subjects("PROC-03", facts(log_activities=rows), share=0.005) == [
        "log_activity:crm/Copy to the list",
        "log_activity:crm/Odd",
        "log_activity:phone/Call",
    ]
