"""Behaviours and weekly counts in sheets: how weeks and shares are read, what is kept out, taken over, undone and exported."""

from datetime import date

import pytest
from tests.cast import Cast

from commonground.adoption.models import Behaviour, Count
from commonground.adoption.paced import Observing, Paced
from commonground.analysis.pace.figures import Forecast, Group, Pace, Series, Week, written
from commonground.analysis.pace.figures import Reach as When
from commonground.intake import committing, exporting
from commonground.intake.models import Import
from commonground.intake.tests.bringing import AT, DAY, bring, counts, everything, sheets, take
from commonground.intake.tests.sheets import read

BEHAVIOURS = (
    "id,name,new way,old way,source,starts,target,target date,sunset,still possible\n"
    "note,Note the contact,shared record,own list,count,2026-03-02,80 %,2026-12-14,2027-03-01,yes\n"
    "visit,Book the visit in the call,,,log,,0.5,,,\n"
)
PACE = (
    "behaviour,week,new,old,neither,unit,people\n"
    "note,2026-08-31,40,60,3,BIL,12\n"
    "Note the contact,2026-W37,50,50,,BIL,12\n"
    "note,2026-08-31,44,66,3,,30\n"
    "visit,2026-08-31,4,6,,BIL,12\n"
)


def said(row: Import) -> list[str]:
    return [str(problem) for problem in row.summary.get("problems", row.summary.get("sorts", ()))]


# reading


@pytest.mark.parametrize(
    ("written", "monday"),
    [
        ("2026-09-07", date(2026, 9, 7)),
        ("2026-09-13", date(2026, 9, 7)),  # its Sunday
        ("2026-09-14", date(2026, 9, 14)),
        ("2026-W37", date(2026, 9, 7)),
        ("2026 KW 37", date(2026, 9, 7)),
        ("2026-w01", date(2025, 12, 29)),
        ("10 September 2026", date(2026, 9, 7)),
    ],
)
def test_any_day_of_a_week_and_its_number_mean_it(written, monday):
    found = read("pace", f"behaviour,week,new,old\nb,{written},1,2\n")
    assert [row.week for row in found.rows] == [monday]
    assert found.problems == []


def test_a_week_that_no_year_has_is_said():
    found = read("pace", "behaviour,week,new,old\nb,2026-W54,1,2\n")
    assert (found.rows, found.problems[0].column, found.problems[0].value) == ([], "week", "2026-W54")


def test_two_days_of_one_week_are_the_same_week_twice():
    found = read("pace", "behaviour,week,new,old\nb,2026-09-07,1,2\nb,2026-09-09,3,4\n")
    assert [row.new for row in found.rows] == [1]
    assert "stands in row 2 already" in found.problems[0].why


@pytest.mark.parametrize(
    ("written", "share"),
    [("0.8", 0.8), ("80 %", 0.8), ("80%", 0.8), ("1", 1.0), ("0", 0.0), ("62.5 %", 0.625), ("", None)],
)
def test_shares_are_of_one_or_in_percent(written, share):
    found = read("behaviours", f"id,name,target share\nb,B,{written}\n")
    assert [row.target_share for row in found.rows] == [share]


@pytest.mark.parametrize("written", ["80", "101 %", "-1 %", "most", "5 % or so"])
def test_what_is_no_share_is_said(written):
    found = read("behaviours", f"id,name,target share\nb,B,{written}\n")
    assert found.rows == []
    assert "80 %" in found.problems[0].remedy


def test_nothing_is_counted_below_zero():
    found = read("pace", "behaviour,week,new,old\nb,2026-09-07,-1,2\n")
    assert found.rows == []
    assert found.problems[0].why == "“-1” is below zero."


# taking over


def test_behaviours_and_counts_are_taken_over(cast: Cast) -> None:
    row = take(cast.program, cast.alice.actor, {"behaviours.csv": BEHAVIOURS, "pace.csv": PACE})
    note, visit = Behaviour.objects.order_by("key")
    assert (note.new_words, note.old_words, note.source, note.target_share) == (
        "shared record",
        "own list",
        "count",
        0.8,
    )
    assert (note.starts_on, note.old_sunset_on, note.old_possible) == (date(2026, 3, 2), date(2027, 3, 1), True)
    assert (visit.new_words, visit.source, visit.log) == ("Book the visit in the call", "log", None)
    told = Count.objects.order_by("week").values_list(
        "behaviour__key", "unit__key", "week", "new", "old", "neither", "people"
    )
    assert list(told) == [
        ("note", "BIL", date(2026, 8, 31), 40, 60, 3, 12),
        ("note", "BIL", date(2026, 9, 7), 50, 50, 0, 12),
    ]
    assert counts(row, "pace") == {"new": 2, "kept_out": 2}
    assert set(Observing.objects.values_list("behaviour__key", flat=True)) == {"note", "visit"}  # asked to be measured


def test_why_a_count_is_left_out_is_said_and_does_not_stop_the_rest(cast: Cast) -> None:
    row = bring(cast.program, cast.alice.actor, {"behaviours.csv": BEHAVIOURS, "pace.csv": PACE})
    told = " ".join(said(row))
    assert "“Book the visit in the call” is read from an event log, so 1 row of counts was left out." in told
    assert "in a week with units the whole is their sum" in told
    assert row.summary["errors"] == 0


def test_the_same_sheets_again_change_nothing(cast: Cast) -> None:
    files = {"behaviours.csv": BEHAVIOURS, "pace.csv": PACE}
    take(cast.program, cast.alice.actor, files)
    before = everything()
    again = take(cast.program, cast.alice.actor, files)
    assert everything() == before
    assert counts(again, "behaviours") == {"unchanged": 2}


def test_a_count_of_a_behaviour_that_nobody_knows_is_kept_out(cast: Cast) -> None:
    row = bring(cast.program, cast.alice.actor, {"pace.csv": PACE})
    assert counts(row, "pace") == {"kept_out": 4}


def test_later_counts_come_alone_and_correct_earlier_ones(cast: Cast) -> None:
    take(cast.program, cast.alice.actor, {"behaviours.csv": BEHAVIOURS, "pace.csv": PACE})
    more = "behaviour,week,new,old,unit\nnote,2026-08-31,41,59,BIL\nnote,2026-09-14,60,40,BIL\n"
    row = take(cast.program, cast.alice.actor, {"pace.csv": more})
    assert counts(row, "pace") == {"new": 1, "changed": 1}
    assert list(Count.objects.order_by("week").values_list("new", "people")) == [(41, 12), (50, 12), (60, None)]


def test_the_whole_counts_where_no_unit_is_counted(cast: Cast) -> None:
    whole = "behaviour,week,new,old\nnote,2026-08-31,40,60\n"
    take(cast.program, cast.alice.actor, {"behaviours.csv": BEHAVIOURS, "pace.csv": whole})
    assert list(Count.objects.values_list("unit", "new")) == [(None, 40)]


def test_log_ins_and_training_scores_are_marked(cast: Cast) -> None:
    text = "id,name,source\nin,Sign in,logins\npass,Pass the test,training\nnote,Note it,count\n"
    take(cast.program, cast.alice.actor, {"behaviours.csv": text})
    told = Behaviour.objects.order_by("order").values_list("key", "source", "vanity")
    assert list(told) == [("in", "count", True), ("pass", "count", True), ("note", "count", False)]


def test_what_is_worked_out_here_is_left_out_and_that_is_said(cast: Cast) -> None:
    files = {
        "behaviours.csv": BEHAVIOURS,
        "forecasts.csv": "behaviour,share,low\nnote,80 %,2027-01-11\n",
        "sources.csv": "id,behaviours,keeps days\nCRM,note,90\n",
    }
    row = bring(cast.program, cast.alice.actor, files)
    told = " ".join(said(row))
    assert "Forecasts are worked out here" in told
    assert "noted beside its log" in told
    assert row.summary["errors"] == 0


def test_what_people_say_themselves_is_left_out_and_that_is_said(cast: Cast) -> None:
    files = {
        "people.csv": "id,name,manager\nN1,Nora,\nN2,Nils,N1\n",
        "voices.csv": "id,kind,raised\nV1,doubt,2026-09-01\n",
        "perceptions.csv": "id,kind,raised\nF1,role loss,2026-09-01\n",
        "rounds.csv": "id,instrument\nR1,culture\n",
        "reassignments.csv": "person,old manager,new manager\nN2,N1,N1\n",
    }
    row = bring(cast.program, cast.alice.actor, files)
    told = " ".join(said(row))
    for words in (
        "so that an author can follow the answer",
        "by the person, to whom they choose",
        "opened and closed here",
    ):
        assert words in told
    assert "Each of the three notes" in told
    assert row.summary["errors"] == 0


def test_undo_takes_behaviours_and_counts_away_with_what_was_made_of_them(cast: Cast) -> None:
    before = everything()
    row = take(cast.program, cast.alice.actor, {"behaviours.csv": BEHAVIOURS, "pace.csv": PACE})
    note = Behaviour.objects.get(key="note")
    Paced.objects.create(behaviour=note, threshold=8, made_at=AT, data=written(measured()))
    committing.undo(row, by=cast.alice.actor, at=AT)
    assert everything() == before
    assert not Observing.objects.exists()


def measured() -> Pace:
    """Two weeks of the whole and of one unit, one of them withheld."""
    weeks = (Week("2026-08-31", 40, 60, 3, 12), Week("2026-09-07", None, None, None, None))
    made = Forecast(True, "", "2026-09-14", reaches=(When(0.5, "2026-10-05", "2026-12-07", None),))
    unit = Group("unit", "1", Series("Billing", weeks, 12))
    return Pace(Group("whole", "", Series("", weeks, 12), forecast=made), (unit,), (), "2026-08-31", "2026-09-07")


def test_what_is_exported_is_brought_back_unchanged(cast: Cast) -> None:
    take(cast.program, cast.alice.actor, {"behaviours.csv": BEHAVIOURS, "pace.csv": PACE})
    note, pace = Behaviour.objects.get(key="note"), measured()
    (unit,) = pace.groups
    pace = pace._replace(groups=(unit._replace(key=str(cast.units["billing"].pk)),))
    Paced.objects.create(behaviour=note, threshold=8, made_at=AT, data=written(pace))
    before = everything()
    facts = exporting.facts_for(cast.program, cast.alice.actor, DAY)
    assert [tuple(row) for row in facts.rows("pace")] == [
        ("note", date(2026, 8, 31), 40, 60, 3, None, 12),
        ("note", date(2026, 8, 31), 40, 60, 3, "BIL", 12),
    ]
    row = take(cast.program, cast.alice.actor, sheets({table: list(facts.rows(table)) for table in facts}))
    assert row.summary["errors"] == 0
    assert everything() == before
    book = take(cast.program, cast.alice.actor, {"all.xlsx": exporting.workbook_of(facts)})
    assert book.summary["errors"] == 0
    assert everything() == before
