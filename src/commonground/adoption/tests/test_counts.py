"""Counts by hand: a sheet brought again changes what changed; figures by the rules of observations, without people."""

import json
from datetime import date, timedelta

import pytest
from tests.cast import AT, Cast

from commonground.adoption.measuring import measure_behaviour
from commonground.adoption.models import COUNTED, Behaviour, Count, Counted, Paced
from commonground.analysis.pace.figures import Pace
from commonground.journal.models import Entry
from commonground.programs.register import CannotError

FIRST = date(2026, 1, 5)
WEEKS = 16


@pytest.fixture
def behaviour(cast: Cast) -> Behaviour:
    row = Behaviour(key="B2", name="agree the next step with the customer", new_words="agreed", source=COUNTED)
    return cast.program.add(row, by=cast.alice.actor, at=AT)


def sheet(cast: Cast) -> list[Counted]:
    """Billing ten people, Water nine, Crews four; new rises by one a week."""
    found = []
    for week in range(WEEKS):
        day = FIRST + timedelta(weeks=week, days=2)
        for unit, people in (("billing", 10), ("water", 9), ("crews", 4)):
            found.append(Counted(cast.units[unit].pk, day, week, 20 - week, 1, people))
    return found


def figures(behaviour: Behaviour) -> Pace:
    row = measure_behaviour(Behaviour.objects.get(pk=behaviour.pk), at=AT)
    assert row is not None
    return Paced.objects.get(pk=row.pk).pace


def test_a_sheet_brought_again_changes_what_changed(cast: Cast, behaviour: Behaviour) -> None:
    alice, rows = cast.alice.actor, sheet(cast)
    assert Count.objects.set_many(behaviour, rows, by=alice, at=AT) == (3 * WEEKS, 0, 0)
    assert {row.week.weekday() for row in Count.objects.all()} == {0}
    entries = Entry.objects.count()
    assert Count.objects.set_many(behaviour, rows, by=alice, at=AT) == (0, 0, 3 * WEEKS)
    assert Entry.objects.count() == entries
    rows[0] = rows[0]._replace(new=5)
    assert Count.objects.set_many(behaviour, rows[:3], by=alice, at=AT) == (0, 1, 2)
    assert Count.objects.count() == 3 * WEEKS


def test_two_numbers_for_one_week_are_refused(cast: Cast, behaviour: Behaviour) -> None:
    one = Counted(cast.units["water"].pk, FIRST, 1, 1)
    with pytest.raises(CannotError, match="counted twice"):
        Count.objects.set_many(
            behaviour, [one, one._replace(day=FIRST + timedelta(days=3), new=2)], by=cast.alice.actor, at=AT
        )
    with pytest.raises(CannotError, match="below zero"):
        Count.objects.set_many(behaviour, [one._replace(old=-1)], by=cast.alice.actor, at=AT)


def test_the_whole_is_what_large_enough_units_come_to(cast: Cast, behaviour: Behaviour) -> None:
    Count.objects.set_many(behaviour, sheet(cast), by=cast.alice.actor, at=AT)
    pace = figures(behaviour)
    names = {group.series.name: group for group in pace.groups}
    assert names["Metering crews"].series.suppressed
    assert pace.left_out == (("unit", 1),)
    last = pace.whole.series.weeks[-1]
    assert (last.new, last.old, last.neither, last.people) == (2 * 15, 2 * 5, 2, 19)
    assert (names["Billing"].series.weeks[3].new, names["Billing"].series.people) == (3, 10)
    assert pace.whole.now is not None
    assert pace.whole.now.new == pytest.approx((12 + 13 + 14 + 15) / (4 * 21))
    assert pace.whole.sustained is None
    text = json.dumps(Paced.objects.get().data)
    assert '"people": 4' not in text
    assert '"people": 23' not in text


def test_who_is_not_told_is_the_head_count(cast: Cast, behaviour: Behaviour) -> None:
    """Billing has two people in the cast: too few."""
    rows = [Counted(cast.units["billing"].pk, FIRST + timedelta(weeks=week), 5, 5) for week in range(6)]
    Count.objects.set_many(behaviour, rows, by=cast.alice.actor, at=AT)
    pace = figures(behaviour)
    assert pace.whole.series.suppressed
    assert not [group for group in pace.groups if not group.series.suppressed]


def test_all_together_stands_only_where_no_unit_is_counted(cast: Cast, behaviour: Behaviour) -> None:
    """Else all less the large units would be what the small one did."""
    every = [Counted(None, FIRST + timedelta(weeks=week), 100, 100, 0, 23) for week in range(WEEKS + 2)]
    Count.objects.set_many(behaviour, [*sheet(cast), *every], by=cast.alice.actor, at=AT)
    weeks = figures(behaviour).whole.series.weeks
    assert [week.people for week in weeks] == [19] * WEEKS + [23, 23]
    assert weeks[-1].new == 100


def test_a_single_count_is_no_journals_to_tell(cast: Cast, behaviour: Behaviour) -> None:
    alice, carol = cast.alice.actor, cast.carol.actor
    row = cast.program.add(
        Count(behaviour=behaviour, unit=cast.units["crews"], week=FIRST, new=3, old=1, people=4), by=carol, at=AT
    )
    seen = [entry.verb for entry in Entry.objects.visible_to(alice).about(row)]
    assert seen == []
    assert [entry.verb for entry in Entry.objects.visible_to(carol).about(row)] == ["added a count"]


def test_a_behaviour_with_counts_is_not_removed(cast: Cast, behaviour: Behaviour) -> None:
    Count.objects.set_many(behaviour, sheet(cast), by=cast.alice.actor, at=AT)
    with pytest.raises(CannotError, match="has counts, so it stays"):
        behaviour.remove(by=cast.alice.actor, at=AT)
    figures(behaviour)
    assert Count.objects.clear(behaviour, by=cast.alice.actor, at=AT) == 3 * WEEKS
    behaviour.remove(by=cast.alice.actor, at=AT)
    assert not Paced.objects.exists()
