"""Undo brings back what was there, for any sheets; the same sheets again change nothing; what is exported is imported unchanged."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.cast import Cast

from commonground.analysis.facts import ROWS, Behaviour, Pace, Person, Process, Role, Unit
from commonground.intake import committing, exporting, uploads
from commonground.intake.models import COMMITTED, Change, Import
from commonground.intake.tests.bringing import AT, DAY, bring, everything, sheets, take
from commonground.intake.writing import cells_of
from commonground.journal.recording import verify
from commonground.programs.models import Program

KEYS, UNITS, ROLES = ("k1", "k2", "k3", "k4"), ("uA", "uB"), ("rX", "rY")
NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)  # each example writes to the database
maybe = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture], "phases": NO_SHRINKING}


@st.composite
def persons(draw: st.DrawFn) -> list[Person]:
    """A small roster that can be: managers stand before those they lead, periods of one person follow one another."""
    keys = draw(st.lists(st.sampled_from(KEYS), unique=True, max_size=4))
    found: list[Person] = []
    for at, key in enumerate(keys):
        cuts = sorted(draw(st.sets(st.integers(0, 2000), max_size=2)))
        days = [date(2024, 1, 1) + timedelta(days=cut) for cut in cuts]
        bounds = [None, *days, None] if draw(st.booleans()) else [*days, None]
        for start, end in pairwise(bounds):
            found.append(
                Person(
                    id=key,
                    name=draw(st.sampled_from(("Ana", "Ben"))),
                    unit=draw(st.sampled_from((None, *UNITS))),
                    manager=draw(st.sampled_from((None, *keys[:at]))),
                    role=draw(st.sampled_from((None, *ROLES))),
                    level=draw(st.sampled_from((None, "staff", "manager"))),
                    location=draw(st.sampled_from((None, "Harbour"))),
                    front_office=draw(st.sampled_from((None, True, False))),
                    start=start,
                    end=end,
                )
            )
    return found


@st.composite
def tables(draw: st.DrawFn) -> dict[str, list[object]]:
    people = draw(persons())
    keys = tuple(dict.fromkeys(row.id for row in people))
    found: dict[str, list[object]] = {"people": list(people)}
    if draw(st.booleans()):
        parent = draw(st.sampled_from((None, "uA")))
        found["units"] = [Unit("uA", draw(st.sampled_from(("Grid", "Net")))), Unit("uB", "Water", parent)]
    if draw(st.booleans()):
        fate = st.sampled_from((None, "end", "change"))
        found["roles"] = [Role(key, f"Role {key}", definition_before="Does it", fate=draw(fate)) for key in ROLES]
    if keys and draw(st.booleans()):
        owners = st.lists(st.sampled_from(keys), unique=True, max_size=2).map(tuple)
        fates = st.sampled_from((None, "keep", "move"))
        found["processes"] = [
            Process(key, f"Process {key}", draw(st.sampled_from((None, *UNITS))), draw(owners), fate=draw(fates))
            for key in ("q1", "q2")
        ]
    if draw(st.booleans()):
        found |= draw(counted())
    return found


@st.composite
def counted(draw: st.DrawFn) -> dict[str, list[object]]:
    """Behaviours, and counts of some weeks of one of them."""
    flag, share = st.sampled_from((None, True, False)), st.sampled_from((None, 0.5, 0.8))
    behaviours = [
        Behaviour(key, f"Behaviour {key}", source=draw(st.sampled_from((None, "count", "survey"))), target_share=draw(share),
                  old_possible=draw(flag))
        for key in ("b1", "b2")
    ]  # fmt: skip
    places = st.tuples(st.sampled_from((None, *UNITS)), st.integers(0, 5))
    rows = [
        Pace(
            "b1",
            date(2026, 6, 1) + timedelta(weeks=week),
            draw(st.integers(0, 9)),
            3,
            unit=unit,
            people=draw(st.sampled_from((None, 20))),
        )
        for unit, week in draw(st.lists(places, unique=True, max_size=5))
    ]
    return {"behaviours": list(behaviours), "pace": list(rows)}


options = st.fixed_dictionaries(
    {
        "missing": st.sampled_from(("list", "left")),
        "day": st.dates(date(2025, 1, 1), date(2027, 1, 1)).map(date.isoformat),
    }
)


@pytest.mark.slow
@settings(max_examples=40, **maybe)
@given(first=tables(), second=tables(), how=options)
def test_undo_brings_back_what_was_there(cast: Cast, first: dict, second: dict, how: dict) -> None:
    take(cast.program, cast.alice.actor, sheets(first), leave_out=True)
    before = everything()
    row = take(cast.program, cast.alice.actor, sheets(second), leave_out=True, **how)
    committing.undo(row, by=cast.alice.actor, at=AT)
    after = everything()
    for model in before:
        assert after[model] == before[model], model
    assert verify().sound
    _forget(cast)


@pytest.mark.slow
@settings(max_examples=40, **maybe)
@given(first=tables(), second=tables(), how=options)
def test_the_same_sheets_twice_are_the_same_as_once(cast: Cast, first: dict, second: dict, how: dict) -> None:
    take(cast.program, cast.alice.actor, sheets(first), leave_out=True)
    take(cast.program, cast.alice.actor, sheets(second), leave_out=True, **how)
    before = everything()
    again = take(cast.program, cast.alice.actor, sheets(second), leave_out=True, **how)
    assert everything() == before
    assert not Change.objects.filter(batch=again).exists()
    _forget(cast)


def _forget(cast: Cast) -> None:
    """Takes back every import, the last first: each example begins from the cast alone."""
    for row in Import.objects.filter(state=COMMITTED):
        committing.undo(row, by=cast.alice.actor, at=AT)
    for row in Import.objects.all():
        uploads.set_aside(row, at=AT)


@pytest.mark.slow
@settings(max_examples=25, **maybe)
@given(first=tables())
def test_what_is_exported_changes_nothing_when_it_is_brought_back(cast: Cast, first: dict) -> None:
    take(cast.program, cast.alice.actor, sheets(first), leave_out=True)
    _assert_round_trip(cast.program, cast)
    _forget(cast)


def _assert_round_trip(program: Program, cast: Cast) -> None:
    facts = exporting.facts_for(program, cast.alice.actor, DAY)
    before = everything()
    files = sheets({table: list(facts.rows(table)) for table in facts})
    row = take(program, cast.alice.actor, files)
    assert row.summary["errors"] == 0
    assert everything() == before, row.summary["tables"]


def test_the_cast_is_exported_and_brought_back_unchanged(cast: Cast) -> None:
    _assert_round_trip(cast.program, cast)


def test_a_workbook_of_everything_is_brought_back_unchanged(cast: Cast) -> None:
    before = everything()
    facts = exporting.facts_for(cast.program, cast.alice.actor, DAY)
    row = take(cast.program, cast.alice.actor, {"all.xlsx": exporting.workbook_of(facts)})
    assert everything() == before
    assert {one["table"] for one in row.summary["tables"]} == set(facts)


def test_templates_are_sheets_that_can_be_read(cast: Cast) -> None:
    row = bring(cast.program, cast.alice.actor, {"all.xlsx": exporting.whole_template()})
    assert row.summary["errors"] == 0
    assert len(row.summary["tables"]) == len(ROWS)
    single = bring(cast.program, cast.alice.actor, {"people.csv": exporting.template_of("people", "csv")})
    assert [one["table"] for one in single.summary["tables"]] == ["people"]


@pytest.mark.parametrize("key", ["k1"])
def test_cells_of_a_row_stand_in_the_order_of_the_sheet(key: str) -> None:
    assert cells_of(Process(key, "Name", answers_for=("a", "b")))[:4] == [key, "Name", None, "a; b"]
