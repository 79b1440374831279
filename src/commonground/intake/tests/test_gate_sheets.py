"""Sheets of gates and evidence: brought, brought again without a difference, taken back, and what is kept out."""

from datetime import date, timedelta

from tests.cast import Cast

from commonground.analysis import facts
from commonground.intake import committing
from commonground.intake.tests.bringing import AT, DAY, bring, counts, everything, sheets, take
from commonground.plan.models import Condition, Evidence, Gate

BEFORE = date(2026, 2, 2)


def files(cast: Cast, *more: facts.Evidence) -> dict[str, bytes]:
    unit, person = cast.units["billing"].key, cast.carol.person
    assert person is not None
    gates = [facts.Gate(1, None, "conditional", BEFORE, BEFORE, person.key), facts.Gate(1, unit, "review", BEFORE)]
    rows = [
        facts.Evidence(1, None, "records", "met", "filed", BEFORE, person.key, None, 0.92, "400 drawn by lot"),
        facts.Evidence(
            1, unit, "roles", "condition", "filed", BEFORE, person.key, DAY + timedelta(days=9), None, "Talk"
        ),
        *more,
    ]
    return sheets({"gates": gates, "evidence": rows})


def test_the_sheets_are_taken_over_and_taken_back(cast: Cast) -> None:
    before = everything()
    row = take(cast.program, cast.alice.actor, files(cast))
    assert set(Gate.objects.values_list("number", "state")) == {(1, "conditional"), (1, "review")}
    shown = Evidence.objects.get()
    assert (shown.gate.unit, shown.value, shown.filed_by) == (None, 0.92, cast.carol.person)
    assert Condition.objects.get().owner == cast.carol.person
    again = bring(cast.program, cast.alice.actor, files(cast))
    assert [counts(row, table) for table in ("gates", "evidence")] == [{"new": 2}, {"new": 2}]
    assert [counts(again, table) for table in ("gates", "evidence")] == [{"unchanged": 2}, {"unchanged": 2}]
    committing.undo(row, by=cast.alice.actor, at=AT)
    assert everything() == before


def test_evidence_that_no_gate_asks_or_of_no_gate_is_kept_out(cast: Cast) -> None:
    wrong = (
        facts.Evidence(2, None, "use", "met", "filed", BEFORE),
        facts.Evidence(1, None, "keeps", "met", "filed", BEFORE),
        facts.Evidence(1, None, "use", "met", "filed", DAY + timedelta(days=400)),
        facts.Evidence(1, None, "use", "condition", "filed", BEFORE),
    )
    row = bring(cast.program, cast.alice.actor, files(cast, *wrong))
    assert counts(row, "evidence")["kept_out"] == 4
