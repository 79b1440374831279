"""What is told of a cell: figures by hand, and numbers of METHODS."""

from typing import Any

import pytest

from commonground.analysis.assessment.cells import Cell, Gated, cells_of, gate
from commonground.analysis.assessment.sheet import PAIR, PROFILE, SCALE, Sheet, questions_of
from commonground.analysis.assessment.tables import figures_of

EVERYBODY = Cell((), (), frozenset("ab"))
BILLING = Cell(("unit",), ("BIL",), frozenset("a"))
CONTACT = Cell(("unit",), ("CON",), frozenset("b"))
COMBINATIONS = {"a": {"unit": "BIL"}, "b": {"unit": "CON"}}


def column(name: str, kind: str = "agreement", high: int = 5, when: str = "", alternative: str = "") -> dict[str, Any]:
    low = 0 if kind == "points" else 1
    return {
        "name": name,
        "item": name,
        "kind": kind,
        "low": low,
        "high": high,
        "when": when,
        "alternative": alternative,
    }


def asked(columns: list[dict[str, Any]], **scales: tuple[list[str], list[str]]) -> dict[str, Any]:
    said = [{"name": name, "items": items, "reversed": turned} for name, (items, turned) in scales.items()]
    return {"options": 5, "items": [{"columns": [one]} for one in columns], "scales": said}


def all_told(sheet: Sheet, *cells: Cell) -> dict[str, dict[str, Any]]:
    """Figures without a gate: of what is computed, not of what may be shown."""
    names = frozenset(cell.name for cell in cells)
    return figures_of(sheet, cells, Gated(tuple(names), dict.fromkeys(questions_of(sheet), names), {}))


def test_a_question_has_its_distribution_and_top_box_with_the_interval_of_wilson() -> None:
    """7 of 10: .3968 to .8922 (METHODS 7.3), of so many invited that the correction is nothing."""
    answers = [("a", {"q": value}) for value in (4, 4, 4, 5, 5, 5, 5, 1, 2, 3)]
    sheet = Sheet(asked([column("q")]), COMBINATIONS, {"a": 10**9, "b": 10**9}, answers)
    figure = all_told(sheet, EVERYBODY)[":"]["questions"]["q"]
    assert (figure["n"], figure["counts"]) == (10, [1, 1, 1, 3, 4])
    assert (figure["top"], figure["low"], figure["high"]) == (0.7, 0.3968, 0.8922)


def test_where_all_answered_there_is_nothing_left_to_estimate() -> None:
    sheet = Sheet(asked([column("q")]), COMBINATIONS, {"a": 4, "b": 0}, [("a", {"q": value}) for value in (4, 4, 1, 1)])
    figure = all_told(sheet, EVERYBODY)[":"]["questions"]["q"]
    assert figure["low"] == figure["top"] == figure["high"] == 0.5


def test_what_is_no_answer_of_the_question_is_not_counted() -> None:
    answers = [("a", {"q": value}) for value in (0, 6, "4", None, 4.0, 4)]
    sheet = Sheet(asked([column("q")]), COMBINATIONS, {"a": 6, "b": 0}, answers)
    assert all_told(sheet, EVERYBODY)[":"]["questions"]["q"]["n"] == 1
    assert sheet.answered == {"a": 6}


def test_a_group_that_agrees_has_a_mean_and_one_drawn_towards_the_whole() -> None:
    """[4, 4, 5, 5, 4]: rWG .85 (METHODS 7.3). Two units that differ, of five people each."""
    low, high = [("a", {"q": value}) for value in (4, 4, 5, 5, 4)], [("b", {"q": value}) for value in (2, 2, 3, 2, 3)]
    sheet = Sheet(asked([column("q")], calm=(["q"], [])), COMBINATIONS, {"a": 5, "b": 5}, low + high)
    told = all_told(sheet, EVERYBODY, BILLING, CONTACT)
    figure = told["unit:BIL"]["questions"][f"{SCALE}calm"]
    assert figure["agreement"] == 0.85
    assert figure["mean"] == pytest.approx(4.4)
    assert 3.4 < figure["drawn"] < 4.4
    whole = told[":"]["questions"][f"{SCALE}calm"]
    assert whole["mean"] is None  # all ten together do not agree
    assert whole["icc1"] > 0.8


def test_reversed_questions_count_the_other_way_round() -> None:
    answers = [("a", {"q": 5, "r": 1}), ("a", {"q": 4, "r": 2}), ("b", {"q": 1, "r": 5})]
    sheet = Sheet(asked([column("q"), column("r")], calm=(["q", "r"], ["r"])), COMBINATIONS, {"a": 3, "b": 3}, answers)
    figure = all_told(sheet, EVERYBODY)[":"]["questions"][f"{SCALE}calm"]
    assert figure["counts"] == [1, 0, 0, 2]
    assert figure["alpha"] == 1.0


def test_now_and_wanted_are_told_by_how_many_want_more() -> None:
    columns = [column("f.now", when="now"), column("f.wanted", when="wanted")]
    answers = [("a", {"f.now": now, "f.wanted": then}) for now, then in ((1, 4), (2, 2), (3, 5), (4, 3))]
    scales = {"focus_now": (["f.now"], []), "focus_wanted": (["f.wanted"], [])}
    sheet = Sheet(asked(columns, **scales), COMBINATIONS, {"a": 40, "b": 40}, answers)
    figure = all_told(sheet, EVERYBODY)[":"]["questions"][f"{PAIR}focus"]
    assert figure["counts"] == [1, 1, 2]
    assert figure["top"] == 0.5


NAMES, NOW, WANTED = ("clan", "new", "market", "order"), (40, 15, 20, 25), (30, 25, 25, 20)
POINTS = [column(f"day.{when}.{name}", "points", 100, when, name) for when in ("now", "wanted") for name in NAMES]


def points(shift: int = 0) -> dict[str, int]:
    """An answer with points; shift: so many from the first and third dimension to the second and fourth."""
    moved = (-shift, shift, -shift, shift)
    one = {f"day.now.{name}": value + more for name, value, more in zip(NAMES, NOW, moved, strict=True)}
    return one | {f"day.wanted.{name}": value + more for name, value, more in zip(NAMES, WANTED, moved, strict=True)}


def test_points_are_told_as_a_profile_with_their_distance() -> None:
    """Means now 40/15/20/25, wanted 30/25/25/20: 15 points move, Aitchison's distance .6564 (METHODS 1.1)."""
    answers = [("a", points(shift)) for shift in range(-5, 6)] + [("b", {"day.now.clan": 100})]
    sheet = Sheet(asked(POINTS), COMBINATIONS, {"a": 20, "b": 20}, answers)
    figure = all_told(sheet, EVERYBODY)[":"]["questions"][PROFILE]
    assert (figure["n"], figure["moved"], figure["distance"]) == (11, 15.0, 0.66)
    assert [row["change"] for row in figure["dimensions"]] == [-10.0, 10.0, 5.0, -5.0]


@pytest.mark.parametrize("shifts", [range(9), [0] * 12])
def test_no_profile_of_too_few_or_of_those_who_all_gave_the_same(shifts: list[int]) -> None:
    sheet = Sheet(asked(POINTS), COMBINATIONS, {"a": 20, "b": 20}, [("a", points(shift)) for shift in shifts])
    assert all_told(sheet, EVERYBODY)[":"]["questions"][PROFILE] == {"n": len(shifts), "dimensions": []}


def test_what_cannot_be_told_of_a_cell_is_counted_and_not_there() -> None:
    answers = [("a", {"q": 4}) for _ in range(8)] + [("b", {"q": value}) for value in (1, 2, 3, 4, 5, 1, 2)]
    sheet = Sheet(asked([column("q")]), COMBINATIONS, {"a": 9, "b": 9}, answers)
    cells = cells_of([[], ["unit"]], COMBINATIONS, {})
    gated = gate(cells, sheet.invited, sheet.answered, questions_of(sheet), threshold=5)
    told = figures_of(sheet, [cell for cell in cells if cell.name in gated.shown], gated)
    assert told["unit:BIL"] == {"questions": {}, "withheld": 1}  # all eight answered alike


def test_how_far_units_differ_tells_nothing_of_a_unit_that_is_withheld() -> None:
    """With the whole and two large units told, ICC(1) over all units would be one equation in the means of the two small ones: solved."""
    large = [("a", {"q": value}) for value in (4, 4, 5, 5, 4, 3)] + [
        ("b", {"q": value}) for value in (2, 2, 3, 2, 3, 1)
    ]
    combinations = {**COMBINATIONS, "c": {"unit": "WAT"}, "d": {"unit": "CRW"}}
    figures = []
    for small in ([("c", {"q": 1})] * 3 + [("d", {"q": 5})] * 3, [("c", {"q": 5})] * 3 + [("d", {"q": 1})] * 3):
        asking = asked([column("q")], calm=(["q"], []))
        sheet = Sheet(asking, combinations, {"a": 6, "b": 6, "c": 3, "d": 4}, large + small)
        mixed = Sheet(asking, combinations, {"a": 6, "b": 6, "c": 3, "d": 4}, large + _turned_about(small))
        figures += [all_told(one, EVERYBODY, BILLING, CONTACT) for one in (sheet, mixed)]
    assert figures[0][":"]["questions"][f"{SCALE}calm"]["icc1"] is not None
    assert all(one == figures[0] for one in figures)


def _turned_about(rows: list[tuple[str, dict[str, int]]]) -> list[tuple[str, dict[str, int]]]:
    """The same answers, every second one given in the other unit."""
    return [("d" if (atom == "c") == bool(place % 2) else "c", given) for place, (atom, given) in enumerate(rows)]
