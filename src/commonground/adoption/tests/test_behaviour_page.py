"""The page of one behaviour, its tables, and that a unit of four stays hidden in all of them."""

import csv
import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client
from tests.cast import Cast

from commonground.adoption.behaviour_page import newest_alarm
from commonground.adoption.models import Behaviour, Observing
from commonground.adoption.summary import read, summary
from commonground.adoption.tests import made
from commonground.analysis.pace.figures import Group, Pace, Series
from commonground.programs.models import Activity, Milestone

AT = datetime(2026, 9, 14, 7, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(datetime(2026, 9, 14, 9, tzinfo=UTC), tick=False):
        yield


def shown(cast: Cast, pace: Pace, **more: object) -> Behaviour:
    row = made.behaviour(cast.program, "case", "Hand over with the case", **more)
    made.paced(row, pace, at=AT)
    return row


def page(cast: Cast, row: Behaviour, query: str = "", who: str = "alice") -> str:
    answer = cast.client_of(who).get(f"/northlight/pace/{row.pk}/{query}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def table(client: Client, row: Behaviour, query: str) -> list[dict[str, str]]:
    answer = client.get(f"/northlight/pace/{row.pk}/{query}")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


def test_the_page_says_what_is_found(cast: Cast):
    text = page(cast, shown(cast, made.late()))
    assert (
        "At today’s pace 80\u00a0% of hand-offs between units go the new way in March 2029, 24 months after plan"
        in text
    )
    assert "<b>Relapse alarm, Metering crews.</b>" in text
    assert "One of five units is past half; in Metering crews the old way returns" in text
    assert "Half have it as a habit within 24 weeks" in text
    assert "Of those who took it up, 78 of 100 are still at it after six months" in text
    assert "Nobody has been at it for twelve months yet" in text
    assert "The work was back to where it was by 16 Feb 2026" in text
    assert "settle at the new way" in text
    assert "n = 9,480 in the 4 weeks to 13 Sep 2026, 602 people" in text
    assert "source: CRM case log, phone log" in text
    assert "No forecast of this behaviour has come due yet" in text
    assert text.count('<svg class="chart curves') == 3


def test_events_stand_below_the_curve_for_those_who_may_see_them(cast: Cast):
    Milestone.objects.create(
        program=cast.program,
        kind="cut_over",
        unit=cast.units["billing"],
        planned=date(2026, 2, 2),
        actual=date(2026, 2, 2),
    )
    Activity.objects.create(
        program=cast.program, key="T", kind="training", words="crews trained", start=date(2026, 5, 18), state="done"
    )
    row = shown(cast, made.full())
    assert "crews trained" in page(cast, row)
    assert "Billing, 2 Feb 2026" in page(cast, row)
    assert "crews trained" in page(cast, row, who="frank")  # the auditor sees the plan
    assert "Billing, 2 Feb 2026" in page(cast, row, who="frank")


def small_unit() -> Pace:
    """A unit of four, as measuring would never hand it over: with numbers."""
    told = made.series("Key accounts", people=4, each=4321)._replace(suppressed=True)
    group = Group(
        "unit", "9", told, made.now_of(told), made.sustained(4), watch=made.WATCH._replace(alarms=(made.ALARM,))
    )
    pace = made.full()
    return pace._replace(groups=(*pace.groups[:5], group))


def test_a_unit_of_four_has_no_number_anywhere(cast: Cast):
    row = shown(cast, small_unit())
    text = page(cast, row)
    part = text.split("Key accounts</h3>")[1].split("</li>")[0]
    assert "fewer than 8 people" in part
    assert '<svg class="chart' not in part
    assert re.findall(r"\d+", re.sub(r"<svg.*?</svg>", "", part, flags=re.S)) == ["8"]
    assert "4,321" not in text
    assert "4321" not in text
    rows = [one for one in table(cast.alice.client(), row, "?format=csv") if one["group"] == "Key accounts"]
    assert [one["shown"][:2] for one in rows] == ["no"]
    assert all(not one[name] for one in rows for name in ("week", "new", "old", "neither", "people", "share_new"))
    curve = [
        one for one in table(cast.alice.client(), row, "?format=csv&of=sustained") if one["group"] == "Key accounts"
    ]
    assert [(one["share"], one["people"]) for one in curve] == [("", "")]
    home = cast.alice.client().get("/northlight/pace/").content.decode()
    assert "Key accounts" not in home


def test_weeks_that_are_withheld_are_empty_and_say_so(cast: Cast):
    row = shown(cast, made.gappy())
    text = page(cast, row)
    assert "5 weeks not shown: fewer than 8 people, or none" in text
    rows = {one["week"]: one for one in table(cast.alice.client(), row, "?format=csv") if one["kind"] == "whole"}
    assert rows["2025-12-15"]["new"] == rows["2025-12-15"]["people"] == ""
    assert rows["2025-12-15"]["shown"].startswith("no: fewer people")
    assert rows["2026-03-02"]["shown"] == "yes"


def test_levels_and_cohorts_by_link(cast: Cast):
    row = shown(cast, made.full())
    text = page(cast, row, "?by=level")
    assert "Team leader" in text
    assert "Contact centre</h3>" not in text
    assert "4th quarter of 2025" in page(cast, row, "?by=cohort")
    assert "Contact centre</h3>" in page(cast, row, "?by=nonsense")


@pytest.mark.parametrize(
    ("pace", "words"),
    [
        (made.withheld(), "Nothing of it is shown"),
        (Pace(Group("whole", "", Series("", (), 0)), (), (), None, None), "No occasion was found yet"),
    ],
)
def test_nothing_to_show_is_said(cast: Cast, pace: Pace, words: str):
    assert words in page(cast, shown(cast, pace))


def test_sparse_figures_say_what_is_missing(cast: Cast):
    text = page(cast, shown(cast, made.sparse()))
    assert "A forecast takes 12 weeks since the cut-over" in text
    assert "cannot be said yet" in text
    assert "The watch takes 8 weeks before the cut-over; there are 4." in text


def test_not_measured_and_being_measured(cast: Cast):
    row = made.behaviour(cast.program, "x", "Not yet")
    assert "It is not measured yet" in page(cast, row)
    Observing.objects.create(behaviour=row, asked_at=AT, progress="month 2 of 9")
    assert "month 2 of 9" in page(cast, row)
    Observing.objects.update(ended_at=AT, fault="The log is damaged. Restore it.")
    assert "The log is damaged. Restore it." in page(cast, row)


def test_outsiders_and_other_programs_find_nothing(cast: Cast):
    row = shown(cast, made.full())
    assert cast.erin.client().get(f"/northlight/pace/{row.pk}/").status_code == 404
    assert cast.alice.client().get("/northlight/pace/999999/").status_code == 404


def test_an_earlier_day_shows_what_was_known_then(cast: Cast):
    text = page(cast, shown(cast, made.full()), "?as_of=2026-03-02")
    assert "Relapse alarm" not in text
    assert "No forecast was made yet" in text
    assert ">as of</text>" in text
    rows = table(cast.alice.client(), Behaviour.objects.get(), "?format=csv&as_of=2026-03-02")
    assert max(one["week"] for one in rows) < "2026-03-02"


def test_a_summary_tells_the_same_as_the_figures():
    pace = made.full()
    told = read(summary(pace))
    assert told.pace.whole.now == pace.whole.now
    assert told.pace.whole.series == pace.whole.series
    assert told.pace.whole.forecast == pace.whole.forecast
    assert told.pace.groups == ()
    assert told.alarms == (("unit", "Metering crews", "2026-08-31"),)


def test_where_the_whole_rises_with_a_unit_the_alarm_names_the_unit() -> None:
    pace, alarm = made.late(), made.ALARM
    later = alarm._replace(week="2026-09-07", since="2026-08-17", before=0.6, after=0.64)
    whole = pace.whole._replace(watch=made.WATCH._replace(alarms=(later,)))
    found = newest_alarm(pace._replace(whole=whole))
    assert found is not None
    assert (found[0].kind, found[0].series.name) == ("unit", "Metering crews")

    # one that a unit has had long before is not why the whole rises now
    now = later._replace(since="2026-09-07")
    found = newest_alarm(pace._replace(whole=pace.whole._replace(watch=made.WATCH._replace(alarms=(now,)))))
    assert found is not None
    assert found[0].kind == "whole"
