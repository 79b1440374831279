"""Sheets of phases, panels and joint improvements: brought, brought again without a difference, taken back, and what is kept out."""

from datetime import date, timedelta

from tests.cast import Cast

from commonground.analysis import facts
from commonground.communication.models import Improvement, Panel
from commonground.intake import committing
from commonground.intake.tests.bringing import AT, DAY, bring, counts, everything, sheets, take
from commonground.plan.models import Phase

BEGAN = date(2026, 2, 2)


def files(cast: Cast, *more: facts.Phase) -> dict[str, bytes]:
    unit, person = cast.units["billing"].key, cast.carol.person
    assert person is not None
    rows = [facts.Phase(1, None, BEGAN, DAY, BEGAN), facts.Phase(2, unit, DAY), *more]
    work = facts.Improvement("J1", "One letter", "C1", unit, person.key, "trying", BEGAN)
    panel = facts.Panel("C1", "Evening with movers", "Households that moved", unit, BEGAN)
    return sheets({"phases": rows, "panels": [panel], "improvements": [work]})


def test_the_sheets_are_taken_over_and_taken_back(cast: Cast) -> None:
    before = everything()
    row = take(cast.program, cast.alice.actor, files(cast))
    assert list(Phase.objects.order_by("number").values_list("number", "entered_on")) == [(1, BEGAN), (2, None)]
    work = Improvement.objects.get()
    assert (work.panel, work.owner, work.state) == (Panel.objects.get(), cast.carol.person, "trying")
    again = bring(cast.program, cast.alice.actor, files(cast))
    for table, many in (("phases", 2), ("panels", 1), ("improvements", 1)):
        assert counts(row, table) == {"new": many}
        assert counts(again, table) == {"unchanged": many}
    committing.undo(row, by=cast.alice.actor, at=AT)
    assert everything() == before


def test_a_fourth_phase_and_one_that_is_to_begin_are_kept_out(cast: Cast) -> None:
    wrong = (facts.Phase(4, None, DAY), facts.Phase(3, None, DAY, None, DAY + timedelta(days=1)))
    row = bring(cast.program, cast.alice.actor, files(cast, *wrong))
    assert counts(row, "phases") == {"new": 2, "kept_out": 2}
    said = str(row.summary["sorts"])
    assert "There are three phases: 1, 2 and 3." in said
    assert "This day has not come yet" in said
