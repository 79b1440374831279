"""Who is of a behaviour's population, on the day of the event."""

from datetime import UTC, date, datetime

import numpy as np
import pytest
from tests.cast import Cast

from commonground.adoption.following import Cutting, known
from commonground.adoption.models import Behaviour
from commonground.adoption.telling import Telling
from commonground.analysis.events import Events, Names
from commonground.analysis.pace.observations import NEVER, Observations, week_of
from commonground.organization.models import Assignment
from commonground.programs.models import Milestone

DAY = date(2026, 6, 1)


def told(cast: Cast, rows: list[tuple[str, str, date]]) -> tuple[Telling, Events]:
    """Events of persons (by key, pseudonymised), with a unit of the log or none, on a day."""
    pseudonyms = Telling(Names(), DAY, DAY).pseudonyms
    persons = tuple(sorted({pseudonyms.of(person) for person, _, _ in rows}))
    units = tuple(sorted({unit for _, unit, _ in rows if unit}))
    names = Names(person=persons, unit=units)
    time = [int(datetime.combine(day, datetime.min.time(), UTC).timestamp()) * 1_000_000 for _, _, day in rows]
    nothing = np.full(len(rows), -1, np.int32)
    events = Events(
        np.arange(len(rows), dtype=np.uint64), np.array(time, np.int64), np.zeros(len(rows), np.int32),
        np.array([persons.index(pseudonyms.of(person)) for person, _, _ in rows], np.int32),
        np.array([units.index(unit) if unit else -1 for _, unit, _ in rows], np.int32), nothing, nothing, names,
    )  # fmt: skip
    return Telling(names, date(2025, 1, 1), date(2027, 1, 1)), events


def test_a_person_in_a_unit_below_counts(cast: Cast, data: object) -> None:
    """Erin (P5) works in Billing, below Customers; Charlie (P6) in Water."""
    telling, events = told(cast, [("P5", "", DAY), ("P6", "", DAY), ("stranger", "", DAY)])
    for texts, wanted in (
        (("CUS",), [True, False, False]),
        (("billing",), [True, False, False]),
        (("BIL", "Water"), [True, True, False]),
        (("Customers", "nowhere"), [True, False, False]),
    ):
        mask = telling.inside(texts)
        assert mask is not None
        assert mask(events).tolist() == wanted, texts
    assert telling.inside(()) is None


def test_where_somebody_worked_on_that_day_counts(cast: Cast, data: object) -> None:
    erin = cast.erin.person
    assert erin is not None
    Assignment.objects.filter(person=erin).update(end=date(2026, 5, 1))
    Assignment.objects.create(person=erin, unit=cast.units["water"], start=date(2026, 5, 1))
    telling, events = told(cast, [("P5", "", date(2026, 4, 30)), ("P5", "", date(2026, 5, 2))])
    mask = telling.inside(("Customers",))
    assert mask is not None
    assert mask(events).tolist() == [True, False]


def test_the_units_of_the_log_come_first_and_its_own_words_count(cast: Cast, data: object) -> None:
    telling, events = told(cast, [("P5", "Water", DAY), ("P6", "Depot 4", DAY), ("stranger", "depot  4", DAY)])
    for texts, wanted in ((("Water",), [True, True, False]), (("depot 4",), [False, False, True])):
        mask = telling.inside(texts)
        assert mask is not None
        assert mask(events).tolist() == wanted, texts


@pytest.fixture
def behaviour(cast: Cast) -> Behaviour:
    return Behaviour.objects.create(program=cast.program, key="B", name="b", new_words="n", starts_on=date(2026, 2, 2))


def test_the_clock_starts_with_the_later_of_cut_over_and_joining(cast: Cast, behaviour: Behaviour) -> None:
    cut = date(2026, 3, 2)
    Milestone.objects.create(program=cast.program, kind="cut_over", unit=cast.units["customers"], actual=cut)
    Milestone.objects.create(program=cast.program, kind="cut_over", actual=date(2025, 12, 1))
    erin, charlie, carol = (cast.played[name].person for name in ("erin", "charlie", "carol"))
    assert erin is not None
    assert charlie is not None
    assert carol is not None
    joined, gone = date(2026, 4, 14), date(2026, 8, 3)
    Assignment.objects.filter(person=carol).update(start=joined)
    Assignment.objects.filter(person=charlie).update(end=gone)
    week = np.full(4, week_of(date(2026, 5, 4)), np.int32)
    one, code = np.ones(4, np.int32), np.arange(4, dtype=np.int32)
    rows = Observations(code, week, np.full(4, -1, np.int32), one, one, one, ("pa", "pb", "pc", "pd"), ())
    persons = {"pa": erin.pk, "pb": charlie.pk, "pc": carol.pk}
    until = week_of(date(2026, 9, 7))
    found = known(rows, persons, Cutting(behaviour, date(2026, 9, 14)), until)
    assert found.followed.start.tolist() == [
        week_of(cut), week_of(date(2026, 2, 2)), week_of(joined), week_of(date(2026, 2, 2))
    ]  # fmt: skip
    assert found.followed.left.tolist() == [NEVER, week_of(gone), NEVER, NEVER]
    levels = [found.levels[code] if code >= 0 else None for code in found.level.tolist()]
    assert levels == ["Staff", "Staff", "Staff", None]  # of their role, which goes before the level of the person


def test_a_cut_over_planned_counts_once_it_is_past(cast: Cast, behaviour: Behaviour) -> None:
    planned = date(2026, 9, 7)
    Milestone.objects.create(program=cast.program, kind="cut_over", unit=cast.units["billing"], planned=planned)
    billing = cast.units["billing"].pk
    assert Cutting(behaviour, date(2026, 9, 6)).of_person(billing) == behaviour.starts_on
    assert Cutting(behaviour, planned).of_person(billing) == planned
    assert Cutting(behaviour, planned).of_group(cast.units["customers"].pk) == planned
    assert Cutting(behaviour, planned).of_group(cast.units["water"].pk) == behaviour.starts_on
