"""PACE: each guideline fails and passes; what is not known is not checked; what is withheld says nothing."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonground.analysis.facts import Forecast, Milestone, Pace, Source, Unit
from commonground.guidance.guidelines import run
from commonground.guidance.tests.made import crowd, facts, found, subjects
from commonground.guidance.tests.pace_rows_made import LAST, STARTS, TARGET_ON, behaviour, days, weeks

LATE = Forecast(
    "note", 0.8, date(2026, 11, 16), date(2027, 1, 11), date(2027, 3, 8), date(2027, 6, 28), None, date(2029, 11, 12)
)


def missing(code: str, rows: object) -> tuple[str, ...]:
    return run(rows, select=[code]).not_checked[0].missing


def test_a_forecast_whose_early_end_lies_after_the_plan():
    one = found("PACE-01", facts(behaviours=[behaviour()], forecasts=[LATE]))[0]
    assert (str(one.subject), one.severity) == ("behaviour:note", "error")
    assert (
        one.what == "“Note the contact” is expected to reach 80 % about 8 Mar 2027; the plan says 80 % by 14 Dec 2026"
    )
    assert "80 % in an 80 % interval from 11 Jan 2027 to 28 Jun 2027" in one.evidence


@pytest.mark.parametrize(
    ("changed", "finds"),
    [
        ({"low": TARGET_ON}, False),  # the plan is just within the interval
        ({"low": TARGET_ON + timedelta(days=1)}, True),
        ({"low": None, "mid": None, "high": None}, True),  # not within three years, and the plan is
        ({"low": None, "mid": None, "high": None, "looks_to": None}, False),  # nobody knows how far it looked
        ({"share": 0.5}, True),  # a smaller share already comes after the plan
    ],
)
def test_what_a_forecast_says_of_the_plan(changed, finds):
    rows = facts(behaviours=[behaviour()], forecasts=[LATE._replace(**changed)])
    assert subjects("PACE-01", rows) == (["behaviour:note"] if finds else [])


def test_a_forecast_of_more_than_is_wanted_or_of_one_unit_says_nothing_of_the_plan():
    for changed in ({"share": 0.9}, {"unit": "Billing"}):
        assert missing("PACE-01", facts(behaviours=[behaviour()], forecasts=[LATE._replace(**changed)])) == (
            "pace.new",
        )


def test_the_newest_forecast_counts():
    newer = LATE._replace(made_on=days(-1), low=days(5))
    assert subjects("PACE-01", facts(behaviours=[behaviour()], forecasts=[newer, LATE])) == []


def test_without_a_forecast_the_line_to_the_target_counts():
    """Of 287 days from 2 March to 14 December 258 are gone on 15 November: the line from 0 to 80 % is at 72 %."""
    one = found("PACE-01", facts(behaviours=[behaviour()], pace=weeks(0.3, 0.4, 0.4, 0.4, 0.4)))[0]
    assert one.what == "“Note the contact” is at 40 %; the plan says 72 % by now"
    # 24 of 60 people, as if each did one thing: Wilson's interval ends at 53 %
    assert "40 % of 400 occasions, at most 53 % (95 %)" in one.evidence
    assert subjects("PACE-01", facts(behaviours=[behaviour()], pace=weeks(*[0.62] * 4))) == []  # up to 73 % is possible


def test_a_beginning_may_be_slow():
    late_start = behaviour(starts=days(-100), target_on=days(200))
    assert subjects("PACE-01", facts(behaviours=[late_start], pace=weeks(*[0.01] * 4))) == []
    assert subjects("PACE-01", facts(behaviours=[late_start], pace=weeks(*[0.01] * 4)), part=0.2) == ["behaviour:note"]


def test_what_has_reached_its_target_is_not_late():
    rows = facts(behaviours=[behaviour()], forecasts=[LATE], pace=weeks(*[0.85] * 4))
    assert subjects("PACE-01", rows) == []


def test_a_plan_that_nothing_is_known_of_is_not_checked():
    assert missing("PACE-01", facts(behaviours=[behaviour(target_share=None)])) == ("behaviours.target_share",)
    assert missing("PACE-01", facts(behaviours=[behaviour()])) == ("pace.new",)
    assert missing("PACE-01", facts(behaviours=[behaviour(vanity=True)])) == ("behaviours.target_share",)


def test_what_could_be_done_follows_the_symptom():
    rows = facts(behaviours=[behaviour(old_rewarded=True)], forecasts=[LATE])
    assert found("PACE-01", rows)[0].do.startswith("Take the old way away or stop rewarding it")
    assert "obstacle" in found("PACE-01", facts(behaviours=[behaviour()], forecasts=[LATE]))[0].do


FALLS_AND_RETURNS = [0.3, 0.4, 0.5, 0.6, *[0.7] * 10, *[0.45] * 6]


def test_an_old_way_that_comes_back():
    one = found("PACE-02", facts(behaviours=[behaviour()], pace=weeks(*FALLS_AND_RETURNS)))[0]
    assert (str(one.subject), one.severity) == ("behaviour:note", "error")
    assert one.what.startswith("The old way of “Note the contact” comes back: ")
    assert "55 % since the week of 5 Oct 2026" in one.what  # six weeks to that of 9 November
    assert one.where == "Note the contact · all units"


def test_where_it_comes_back_is_named_with_the_behaviour():
    parts = [*weeks(*FALLS_AND_RETURNS, unit="b"), *weeks(*[0.7] * 20, unit="w", n=4000)]
    one = found(
        "PACE-02", facts(behaviours=[behaviour()], pace=parts, units=[Unit("b", "Billing"), Unit("w", "Water")])
    )
    assert [str(each.subject) for each in one] == ["behaviour:note"]
    assert " comes back in Billing: " in one[0].what
    assert one[0].where == "Note the contact · Billing"


@pytest.mark.parametrize(
    "rows",
    [
        weeks(*[0.7] * 20),
        weeks(*[0.3 + 0.02 * at for at in range(20)]),  # the new way rises
        weeks(*FALLS_AND_RETURNS, *[0.75] * 10),  # it went again
        weeks(*FALLS_AND_RETURNS[:11]),  # too few weeks for a watch
        weeks(*FALLS_AND_RETURNS, people=7),
    ],
)
def test_an_old_way_that_does_not_come_back(rows):
    assert subjects("PACE-02", facts(behaviours=[behaviour()], pace=rows)) == []


def test_what_rose_before_the_new_way_began_is_no_return():
    rows = weeks(*FALLS_AND_RETURNS)
    assert subjects("PACE-02", facts(behaviours=[behaviour(starts=days(10))], pace=rows)) == []
    assert subjects("PACE-02", facts(behaviours=[behaviour(vanity=True)], pace=rows)) == []


def test_a_unit_that_stands_still():
    parts = [*weeks(*[0.4] * 12, unit="b"), *weeks(*[0.1 + 0.05 * at for at in range(12)], unit="w")]
    one = found(
        "PACE-03", facts(behaviours=[behaviour()], pace=parts, units=[Unit("b", "Billing"), Unit("w", "Water")])
    )
    assert [str(each.subject) for each in one] == ["behaviour_unit:note/b"]
    assert one[0].what == "“Note the contact” is at 40 % in Billing and has not risen for 12 weeks"
    assert one[0].where == "Billing · Note the contact"
    assert "wanted: 80 %" in one[0].evidence


@pytest.mark.parametrize(
    ("rows", "fields"),
    [
        (weeks(*[0.85] * 12, unit="b"), {}),  # at its target
        (weeks(*[0.75] * 12, unit="b"), {}),  # of 60 people, so it may be at 84 %
        (weeks(*[0.4] * 7, unit="b"), {}),  # too few weeks
        (weeks(*[0.4] * 12, unit="b"), {"starts": LAST - timedelta(weeks=6)}),  # seven weeks since it began
        (weeks(*[0.4] * 12, unit="b", people=5), {}),
        (weeks(*[0.4] * 12), {}),  # no unit is told
        (weeks(*FALLS_AND_RETURNS, unit="b"), {}),  # the old way comes back there: PACE-02
    ],
)
def test_a_unit_that_does_not_stand_still(rows, fields):
    assert subjects("PACE-03", facts(behaviours=[behaviour(**fields)], pace=rows)) == []


def test_where_no_share_is_wanted_nothing_stands_still():
    rows = facts(behaviours=[behaviour(target_share=None)], pace=weeks(*[0.4] * 12, unit="b"))
    assert missing("PACE-03", rows) == ("behaviours.target_share",)


def test_how_long_is_too_long_can_be_said():
    rows = facts(behaviours=[behaviour()], pace=weeks(*[0.4] * 12, unit="b"))
    assert subjects("PACE-03", rows, weeks=12) == ["behaviour_unit:note/b"]
    assert subjects("PACE-03", rows, weeks=13) == []


def test_nothing_measured_before_the_new_way_begins():
    one = found("PACE-04", facts(behaviours=[behaviour()], pace=weeks(*[0.3] * 10)))[0]
    assert str(one.subject) == "behaviour:note"
    assert one.what == "“Note the contact” began on 2 Mar 2026, and no week before that is measured"
    assert "older export" in one.do
    soon = found("PACE-04", facts(behaviours=[behaviour(starts=days(30))]))[0]
    assert soon.what == "“Note the contact” begins on 21 Dec 2026, and no week before that is measured"
    assert "Begin to measure now" in soon.do


@pytest.mark.parametrize(
    "rows",
    [
        facts(behaviours=[behaviour(starts=days(57))]),  # more than eight weeks ahead
        facts(behaviours=[behaviour(starts=days(30))], pace=weeks(0.3)),
        facts(behaviours=[behaviour(observed_from=STARTS - timedelta(days=7))]),  # measured, though too few to be shown
        facts(behaviours=[behaviour(vanity=True)]),
        facts(behaviours=[behaviour(source="logins")]),
    ],
)
def test_a_baseline_that_is_there_or_not_due(rows):
    assert subjects("PACE-04", rows) == []


def test_a_week_that_the_start_lies_in_is_no_baseline():
    assert subjects("PACE-04", facts(behaviours=[behaviour(starts=LAST + timedelta(days=2))], pace=weeks(0.2))) == [
        "behaviour:note"
    ]


def test_the_start_is_the_programs_cut_over_where_none_is_said():
    rows = {"behaviours": [behaviour(starts=None)], "pace": weeks(0.3)}
    assert missing("PACE-04", facts(**rows)) == ("behaviours.starts",)
    cut_over = [Milestone("cut_over", days(-100), days(-90))]
    assert "23 Aug 2026" in found("PACE-04", facts(**rows, milestones=cut_over))[0].what


def test_an_old_way_that_goes_on():
    ended = behaviour(old_way="own list", old_sunset=days(-70), old_possible=True, old_rewarded=True)
    one = found("PACE-05", facts(behaviours=[ended]))[0]
    assert one.what == "“own list” was to end on 12 Sep 2026 and is still possible and still rewarded"
    used = behaviour(old_sunset=days(-70), old_possible=False)
    one = found("PACE-05", facts(behaviours=[used], pace=weeks(*[0.7] * 6)))[0]
    assert one.what.endswith("was to end on 12 Sep 2026 and is taken in 30 % of occasions")


@pytest.mark.parametrize(
    "rows",
    [
        facts(behaviours=[behaviour(old_sunset=days(1), old_possible=True)]),  # not yet
        facts(behaviours=[behaviour(old_sunset=days(-70), old_possible=False)]),
        facts(behaviours=[behaviour(old_sunset=days(-70))], pace=weeks(*[0.85] * 6)),  # 15 %, which may be under 10 %
        facts(behaviours=[behaviour(old_sunset=days(-50))], pace=weeks(*[0.1] * 6)),  # not eight weeks after
    ],
)
def test_an_old_way_that_ends_in_its_time(rows):
    assert subjects("PACE-05", rows) == []


def test_no_end_said_is_not_checked():
    assert missing("PACE-05", facts(behaviours=[behaviour()])) == ("behaviours.old_sunset",)


def source(**fields: object) -> Source:
    return Source(
        "CRM", **{"behaviours": ("note",), "keeps_days": 90, "known": True, "observed_until": days(-80), **fields}
    )


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({}, "CRM forgets from 1 Dec 2026 on what has not been observed yet"),  # 80 days ago, and 90 days from then
        ({"observed_until": days(-91)}, "CRM has begun to forget days after 22 Aug 2026 that nobody has observed"),
        ({"observed_until": days(-59)}, None),  # 31 days left
        ({"observed_until": days(-10)}, None),
        (
            {"keeps_days": 30, "observed_until": days(-10)},
            None,
        ),  # a month is kept, and an export is due in the second half of it
        ({"keeps_days": 30, "observed_until": days(-16)}, "CRM forgets from"),
        ({"observed_until": None}, "CRM keeps its events for 90 days, and nothing of it has been observed yet"),
        ({"keeps_days": None, "known": False}, "Nobody has said yet how long CRM keeps its events"),
        ({"keeps_days": None}, None),  # for good
        ({"needed_until": days(-85)}, None),  # all that is needed has been observed
        ({"behaviours": ()}, None),
    ],
)
def test_what_a_system_forgets(fields, says):
    told = found("PACE-06", facts(behaviours=[behaviour()], sources=[source(**fields)]))
    assert len(told) == (says is not None)
    if says:
        assert told[0].what.startswith(says)
        assert str(told[0].subject) == "source:CRM"


def test_log_ins_alone():
    rows = [behaviour("in", name="Sign in", vanity=True), behaviour("pass", name="Pass the test", source="training")]
    one = found("PACE-07", facts(behaviours=rows))[0]
    assert str(one.subject) == "behaviours:all"
    assert one.what == "Whether work is done another way is judged by “Sign in” and “Pass the test” alone"
    assert subjects("PACE-07", facts(behaviours=[*rows, behaviour()])) == []
    assert missing("PACE-07", facts(people=[])) == ("behaviours",)


# what holds for all of them

CODES = [f"PACE-0{number}" for number in range(1, 8)]
ROWS = {
    "behaviours": [behaviour(old_sunset=days(-70)), behaviour("call", name="Book the visit", old_sunset=days(-90))],
    "pace": [*weeks(*[0.2] * 30), *weeks(*[0.3] * 20, key="call", unit="b"), *weeks(*[0.4] * 12, key="call", unit="w")],
    "forecasts": [LATE, LATE._replace(share=0.5, low=days(5)), LATE._replace(behaviour="call", made_on=days(-3))],
    "sources": [source(), Source("Field", ("call",), 20, True, days(-30))],
}


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(random):
    expected = run(facts(**ROWS), select=["PACE"]).findings
    mixed = {table: random.sample(rows, len(rows)) for table, rows in ROWS.items()}
    told = run(facts(**mixed), select=["PACE"]).findings
    assert {(one.code, one.subject, one.what) for one in told} == {
        (one.code, one.subject, one.what) for one in expected
    }
    assert len(expected) >= 5


SMALL = st.builds(
    Pace,
    st.sampled_from(["note", "call"]),
    st.integers(0, 60).map(lambda back: LAST - timedelta(weeks=back)),
    st.integers(0, 50),
    st.integers(0, 50),
    st.integers(0, 50),
    st.sampled_from([None, "b", "w"]),
    st.integers(0, 7),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(SMALL, max_size=40, unique_by=lambda row: (row.behaviour, row.week, row.unit)))
def test_a_row_of_fewer_than_eight_people_changes_nothing(few):
    """Such rows are in sheets alone; what the server withholds does not come at all."""
    there = {(row.behaviour, row.week, row.unit) for row in ROWS["pace"]}
    more = [*ROWS["pace"], *(row for row in few if (row.behaviour, row.week, row.unit) not in there)]
    assert run(facts(**{**ROWS, "pace": more}), select=["PACE"]) == run(facts(**ROWS), select=["PACE"])


def test_who_stands_behind_a_count_that_does_not_say():
    """The unit's people and those below it; nobody is known of where there is no roster, and then nothing is said."""
    rows = {"behaviours": [behaviour(old_sunset=days(-70))], "pace": weeks(*[0.2] * 8, unit="b", people=None)}
    tree = [Unit("b", "Billing"), Unit("team", "Team", "b")]
    assert subjects("PACE-05", facts(**rows)) == []
    assert subjects("PACE-05", facts(**rows, people=crowd(7, "team"), units=tree)) == []
    assert subjects("PACE-05", facts(**rows, people=crowd(8, "team"), units=tree)) == ["behaviour:note"]


def test_the_whole_is_the_sum_of_its_units_where_no_row_says_it():
    parts = [*weeks(*[0.2] * 6, unit="b", n=100), *weeks(*[0.8] * 6, unit="w", n=300)]
    one = found("PACE-01", facts(behaviours=[behaviour(target_share=0.95)], pace=parts), part=0.1)[0]
    assert "is at 65 %" in one.what  # (20 + 240) of 400


def test_weeks_to_come_are_not_counted():
    rows = [row._replace(week=row.week + timedelta(weeks=10)) for row in weeks(*[0.2] * 8)]
    assert missing("PACE-01", facts(behaviours=[behaviour()], pace=rows)) == ("pace.new",)
