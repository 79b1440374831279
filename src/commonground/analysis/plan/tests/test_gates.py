"""Gates: no sequence of moves leaves the table, nobody goes through twice, and each criterion is answered on its own."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.analysis.facts import Activity, Evidence, Facts, Gate, Phase, Unit
from commonground.analysis.plan import criteria, gates
from commonground.analysis.plan.criteria import (
    BY_KEY,
    CRITERIA,
    FEW,
    FILED,
    INTENTION,
    MEASURED,
    MET,
    NOT_MET,
    PROMISED,
    REALITY,
    UNANSWERED,
    Filed,
    Number,
    verdict,
)
from commonground.analysis.plan.gates import BEHIND, MOVES, OPEN, STATES, MoveError, after, moves_from
from commonground.analysis.plan.standing_gates import Gates
from commonground.analysis.register import Register

DAY = date(2026, 9, 14)
KEYS = st.sampled_from([one.key for one in MOVES])
USE = BY_KEY["use"]


@given(st.lists(KEYS, max_size=40))
def test_no_sequence_of_moves_leaves_the_table(keys: list[str]) -> None:
    state = OPEN
    for key in keys:
        allowed = {one.key for one in moves_from(state)}
        if key in allowed:
            state = after(state, key)
        else:
            with pytest.raises(MoveError, match="not possible"):
                after(state, key)
        assert state in STATES


@given(st.lists(KEYS, max_size=40))
def test_nobody_goes_through_a_gate_twice_without_taking_it_back(keys: list[str]) -> None:
    """Between two decisions to go on there is one that takes the first back, and a question that is asked anew."""
    state, since = OPEN, set[str]()
    went = False
    for key in keys:
        if key not in {one.key for one in moves_from(state)}:
            continue
        if key in ("pass", "condition"):
            assert not went or {"take_back", "ask"} <= since
            went, since = True, set()
        since.add(key)
        state = after(state, key)
    assert state not in BEHIND or went


def test_every_state_is_reached_and_can_be_left() -> None:
    reached, new = {OPEN}, {OPEN}
    while new:
        new = {one.after for state in new for one in moves_from(state)} - reached
        reached |= new
    assert reached == set(STATES)
    assert all(moves_from(state) for state in STATES)


def test_decisions_need_a_reason_and_are_for_who_decides_alone() -> None:
    for one in MOVES:
        decides = one.verb == gates.DECIDES
        assert one.reason == decides, one.key
        assert decides == (one.key in (*gates.DECISIONS, "take_back"))


def test_the_diagram_has_an_arrow_for_each_way_and_a_box_for_each_state() -> None:
    lines = list(gates.diagram())
    assert sum("-->" in line for line in lines) == 1 + sum(len(one.before) for one in MOVES)
    assert sum(" as " in line for line in lines) == len(STATES)


def test_each_gate_asks_for_what_is_meant_and_for_what_is_real() -> None:
    for number in (1, 2, 3):
        assert {one.kind for one in criteria.criteria_of(number)} == {INTENTION, REALITY}
    assert len({one.key for one in CRITERIA}) == len(CRITERIA)


def test_a_number_answers_and_is_not_overruled_by_what_is_filed() -> None:
    filed = [Filed("use", MET, DAY, "Maren")]
    low, high = Number(0.2, n=40), Number(0.61, n=40)
    assert verdict(USE, 0.6, low, filed, DAY)[2:4] == (NOT_MET, MEASURED)
    assert verdict(USE, 0.6, high, [], DAY)[2:4] == (MET, MEASURED)
    assert verdict(USE, 0.6, Number(None, "too few"), filed, DAY)[2:4] == (MET, FILED)
    assert verdict(USE, 0.6, Number(None, "too few"), [], DAY).state == FEW
    assert verdict(BY_KEY["records"], 0.9, None, [], DAY).state == UNANSWERED


def test_at_most_turns_the_question_round() -> None:
    waits = BY_KEY["crossings"]
    assert [verdict(waits, 16, Number(value), [], DAY).state for value in (15.0, 16.0, 16.1)] == [MET, MET, NOT_MET]


def test_the_newest_evidence_answers_by_its_number_and_a_condition_answers_nothing() -> None:
    records = BY_KEY["records"]
    rows = [Filed("records", MET, DAY - timedelta(days=9)), Filed("records", MET, DAY, value=0.805)]
    found = verdict(records, 0.9, None, rows, DAY)
    assert (found.state, found.by) == (NOT_MET, FILED)
    assert verdict(records, 0.9, None, rows, DAY - timedelta(days=1)).state == MET  # as it was known then
    promised = verdict(records, 0.9, None, [Filed("records", PROMISED, DAY, due=DAY)], DAY)
    assert promised.state == UNANSWERED
    assert promised.promised is not None


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_a_better_number_never_answers_worse(value: float, more: float, wanted: float) -> None:
    low, high = sorted((value, more))
    if verdict(USE, wanted, Number(low), [], DAY).state == MET:
        assert verdict(USE, wanted, Number(high), [], DAY).state == MET


UNITS = [Unit("all", "All"), Unit("water", "Water", "all"), Unit("crews", "Crews", "water")]
PHASES = [
    Phase(1, None, date(2025, 1, 1), DAY, date(2025, 1, 1)),
    Phase(2, None, DAY),
    Phase(2, "water", date(2026, 1, 1)),
]


def of(*rows: Gate, evidence: tuple[Evidence, ...] = (), activities: tuple[Activity, ...] = ()) -> Gates:
    tables = {"gates": rows, "evidence": evidence, "units": UNITS, "phases": PHASES, "activities": activities}
    return Gates(Register(Facts(tables, DAY)))


def test_a_unit_goes_with_the_nearest_gate_above_it() -> None:
    whole, water = Gate(1, None, "passed", None, DAY), Gate(1, "water", "refused")
    assert of(whole).is_behind("crews", 1)
    assert not of(whole, water).is_behind("crews", 1)
    assert not of(whole._replace(decided=DAY + timedelta(days=1))).is_behind(None, 1)  # not yet on that day


def test_what_is_real_is_open_until_there_is_evidence_or_a_condition_whose_day_has_not_passed() -> None:
    row = Gate(1, None, "passed", None, DAY)
    asked = [one.key for one in criteria.criteria_of(1) if one.kind == REALITY]
    assert [one.key for one in of(row).without_evidence(row)] == asked
    shown = tuple(Evidence(1, None, key, MET, FILED, DAY) for key in asked[:-1])
    promised = Evidence(1, None, asked[-1], PROMISED, FILED, DAY, due=DAY)
    assert of(row, evidence=(*shown, promised)).without_evidence(row) == []
    late = promised._replace(due=DAY - timedelta(days=1))
    assert [one.key for one in of(row, evidence=(*shown, late)).without_evidence(row)] == asked[-1:]


def test_a_day_belongs_to_the_last_phase_that_is_planned_for_it_there() -> None:
    found = of()
    assert found.phase_of(None, date(2026, 5, 1)) == 1
    assert found.phase_of("crews", date(2026, 5, 1)) == 2
    assert found.phase_of(None, DAY) == 2
    assert found.phase_of(None, date(2024, 1, 1)) == 0
