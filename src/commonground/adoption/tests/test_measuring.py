"""From events to stored figures: counted once, undone, kept, withheld, released."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.cast import AT

from commonground.adoption.letting_go import forget_kept, let_go
from commonground.adoption.measuring import measure_behaviour
from commonground.adoption.models import Behaviour, ForecastMade, Paced
from commonground.adoption.observing import observe_behaviour, shelf_of
from commonground.adoption.tests.followed_log import (
    CUSTOMERS,
    FIRST,
    METERS,
    RULE,
    SWITCH,
    WATER,
    Followed,
    bring,
    events,
)
from commonground.analysis.pace.figures import Group, Pace
from commonground.disclosure.models import Release, Threshold
from commonground.programs.models import Milestone
from commonground.programs.register import CannotError

BOTH = CUSTOMERS + WATER


def fresh(followed: Followed) -> Behaviour:
    return Behaviour.objects.select_related("log", "program").get(pk=followed.behaviour.pk)


def measured(followed: Followed) -> Pace:
    row = measure_behaviour(fresh(followed), at=AT)
    assert row is not None
    return Paced.objects.get(pk=row.pk).pace


def occasions(pace: Pace) -> dict[str, int]:
    return {
        week.week: week.new + week.old + (week.neither or 0)
        for week in pace.whole.series.weeks
        if week.new is not None and week.old is not None
    }


def named(pace: Pace, name: str) -> Group:
    return next(group for group in pace.groups if group.series.name == name)


def test_two_exports_a_month_apart_count_once(followed: Followed) -> None:
    followed.bring(range(12), name="march.csv")
    followed.bring(range(8, 16), name="april.csv")
    pace = measured(followed)
    weeks = occasions(pace)
    assert len(weeks) == 16
    assert set(weeks.values()) == {2 * BOTH}  # everybody twice a week, no week twice
    whole = pace.whole
    assert whole.now is not None
    assert (whole.now.new, whole.now.old, whole.now.people) == (1.0, 0.0, BOTH)
    assert whole.series.weeks[SWITCH - 1].new == 0
    assert named(pace, "Customers").series.people == CUSTOMERS  # who sits in Billing belongs to the business unit


def test_observed_again_nothing_changes(followed: Followed) -> None:
    followed.bring(range(12))
    observe_behaviour(fresh(followed))
    before = shelf_of(followed.behaviour).path.read_bytes()
    stamp = shelf_of(followed.behaviour).path.stat().st_mtime_ns
    observe_behaviour(fresh(followed))
    assert shelf_of(followed.behaviour).path.stat().st_mtime_ns == stamp  # nothing to do, nothing written
    shelf_of(followed.behaviour).path.unlink()
    observe_behaviour(fresh(followed))
    assert shelf_of(followed.behaviour).path.read_bytes() == before


def test_an_undone_file_takes_its_weeks_away(followed: Followed) -> None:
    followed.bring(range(12))
    wrong = followed.bring(range(12, 16), name="wrong.csv")
    assert len(occasions(measured(followed))) == 16
    wrong.undo(by=followed.cast.alice.actor, at=AT)
    assert len(occasions(measured(followed))) == 12


def test_a_changed_rule_observes_all_weeks_anew(followed: Followed) -> None:
    followed.bring(range(16))
    assert measured(followed).whole.series.weeks[0].old == 2 * BOTH
    turned = {"occasion": {"activity": "visit"}, "new": {"channel": "spreadsheet"}, "old": {"channel": "crm"}}
    fresh(followed).set_rule(turned, by=followed.cast.alice.actor, at=AT)
    pace = measured(followed)
    assert pace.whole.series.weeks[0].new == 2 * BOTH
    assert pace.whole.series.weeks[-1].old == 2 * BOTH
    assert not Paced.objects.get().note


def test_what_was_let_go_stays_observed_and_is_not_counted_twice(followed: Followed) -> None:
    alice = followed.cast.alice.actor
    followed.bring(range(8), name="old.csv")
    followed.bring(range(6, 16), name="new.csv")
    before = occasions(measured(followed))
    assert [
        row.file for row in let_go(followed.log, before=FIRST + timedelta(weeks=8), why="Kept 90 days", by=alice, at=AT)
    ] == ["old.csv"]
    assert occasions(measured(followed)) == before
    paced = Paced.objects.get()
    assert paced.kept_before == FIRST + timedelta(weeks=8)
    assert not paced.earlier_rule
    followed.bring(range(4, 8), name="late.csv")  # tells again what is kept
    assert occasions(measured(followed)) == before
    turned = {"occasion": {"activity": "visit"}, "new": {"channel": "spreadsheet"}, "old": {"channel": "crm"}}
    fresh(followed).set_rule(turned, by=alice, at=AT)
    pace = measured(followed)
    assert pace.whole.series.weeks[7].old == 2 * BOTH  # as it was observed then
    assert pace.whole.series.weeks[8].new == 2 * BOTH
    assert "by an earlier rule" in Paced.objects.get().note
    forget_kept(followed.log, why="They were wrong", by=alice, at=AT)
    assert len(occasions(measured(followed))) == 12  # weeks 4 to 15 are what the log tells


def test_nothing_is_let_go_before_it_is_observed(followed: Followed) -> None:
    followed.bring(range(8), name="old.csv")
    followed.bring(range(8, 16), name="new.csv")
    with pytest.raises(CannotError, match="not observed yet"):
        let_go(followed.log, before=FIRST + timedelta(weeks=8), why="Kept 90 days", by=followed.cast.alice.actor, at=AT)


def test_a_unit_of_four_is_nowhere_in_what_is_stored(followed: Followed) -> None:
    followed.bring(range(16))
    pace = measured(followed)
    meters = named(pace, "Meters").series
    assert (meters.suppressed, meters.weeks, meters.people) == (True, (), None)
    assert dict(pace.left_out)["unit"] == 1
    numbers = set(_numbers(json.loads(json.dumps(Paced.objects.get().data))))
    assert not {METERS, 2 * METERS, BOTH + METERS, 2 * (BOTH + METERS)} & numbers


def _numbers(value: object, key: str = "") -> list[float]:
    if isinstance(value, dict):
        return [one for name, part in value.items() for one in _numbers(part, name)]
    if isinstance(value, list):
        return [one for part in value for one in _numbers(part, key)]
    few = (
        "time",
        "at_risk",
        "deepest",
        "months",
        "detection",
        "flat",
        "lost",
    )  # weeks and the like, not people or occasions
    return [value] if isinstance(value, int | float) and key not in few else []


def test_the_ledger_says_what_was_released(followed: Followed) -> None:
    followed.bring(range(16))
    measured(followed)
    row = Release.objects.get()
    assert (row.kind, row.threshold, row.groups_left_out, row.program) == ("pace", 8, 1, "northlight")
    assert (row.first, row.last) == (FIRST, FIRST + timedelta(weeks=15))
    assert row.cells > 0
    measured(followed)
    assert Release.objects.count() == 1  # the same results are no further release


def test_a_raised_threshold_hides_what_was_made_before(followed: Followed) -> None:
    followed.bring(range(16))
    measured(followed)
    alice = followed.cast.alice.actor
    assert Paced.objects.visible_to(alice).exists()
    Threshold.objects.raise_to("pace", 10, why="Agreed", by=alice, at=AT)
    assert not Paced.objects.visible_to(alice).exists()
    pace = measured(followed)
    assert Paced.objects.visible_to(alice).exists()
    assert named(pace, "Water").series.suppressed  # nine people


def test_the_clock_starts_with_the_units_cut_over(followed: Followed) -> None:
    cast = followed.cast
    begun = FIRST + timedelta(weeks=SWITCH)
    Milestone.objects.create(program=cast.program, kind="cut_over", actual=begun)
    Milestone.objects.create(
        program=cast.program, kind="cut_over", unit=cast.units["billing"], actual=begun + timedelta(weeks=2)
    )
    followed.bring(range(30))
    pace = measured(followed)
    assert named(pace, "Water").cut_over == begun.isoformat()
    assert named(pace, "Customers").cut_over == (begun + timedelta(weeks=2)).isoformat()  # the first below it
    sustained = named(pace, "Water").sustained
    assert sustained is not None
    assert (sustained.people, sustained.events, sustained.median) == (WATER, WATER, 6.0)


def test_a_planned_cut_over_to_come_is_none(followed: Followed) -> None:
    Milestone.objects.create(program=followed.cast.program, kind="cut_over", planned=date(2027, 1, 4))
    followed.bring(range(16))
    assert measured(followed).whole.cut_over is None


def test_a_forecast_is_kept_once_for_what_it_rests_on(followed: Followed) -> None:
    followed.bring(range(20))
    measured(followed)
    first = ForecastMade.objects.count()
    assert first >= 1
    measured(followed)
    assert ForecastMade.objects.count() == first


def test_a_log_without_events_has_no_figures(followed: Followed) -> None:
    assert measure_behaviour(fresh(followed), at=AT) is None
    assert not Paced.objects.exists()


def test_weeks_whose_occasions_still_have_time_are_not_judged(followed: Followed) -> None:
    """A rule that waits ten days: the last week that ended ten days before the last event, Thursday of week 15, is week 13."""
    late = {**RULE, "new": {"channel": "CRM", "within_hours": 240}}
    fresh(followed).set_rule(late, by=followed.cast.alice.actor, at=AT)
    followed.bring(range(16))
    assert measured(followed).last == (FIRST + timedelta(weeks=13)).isoformat()


def test_a_week_under_way_is_not_judged(followed: Followed) -> None:
    followed.bring(range(16))
    followed.bring([16], days=(0,), name="monday.csv")  # the log's week ends on Thursday
    assert measured(followed).last == (FIRST + timedelta(weeks=15)).isoformat()


def test_few_people_outside_the_population_are_in_no_number(followed: Followed) -> None:
    """Meters are four people: how often they did it would be told by how many occasions lie outside."""
    followed.bring(range(12))
    alice = followed.cast.alice.actor
    fresh(followed).set_rule({**RULE, "population": {"unit": ["Customers", "WAT"]}}, by=alice, at=AT)
    pace = measured(followed)
    assert (pace.outside, pace.whole.series.people) == (0, BOTH)
    fresh(followed).set_rule({**RULE, "population": {"unit": "Customers"}}, by=alice, at=AT)
    pace = measured(followed)
    assert (pace.outside, pace.whole.series.people) == (12 * 2 * (WATER + METERS), CUSTOMERS)


def test_what_the_four_do_changes_nothing_that_is_stored(followed: Followed) -> None:
    """They take to faxes and stop after week 9: every number, curve and forecast stays, and so does the ledger."""
    first = followed.bring(range(14))
    measured(followed)
    before = Paced.objects.get()
    first.undo(by=followed.cast.alice.actor, at=AT)
    rows = []
    for event in events(range(14)):
        four = str(event.person).startswith("meters")
        if not four or int(event.case.split("/")[1]) < 9:
            rows.append(replace(event, channel="Fax") if four else event)
    bring(followed.log, rows, source="CRM", name="other.csv", by=followed.cast.alice.actor)
    measured(followed)
    after = Paced.objects.get()
    assert (after.data, after.summary) == (before.data, before.summary)
    assert after.generation > before.generation
    assert Release.objects.count() == 1
