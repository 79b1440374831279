"""Which cells of a round can be told: the tree of units, the gate over all tables, and earlier rounds of the same people."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from commonground.analysis.assessment.cells import Before, Cell, Question, cells_of, gate
from commonground.analysis.disclosure import Atom, audit

PARENTS = {"NL": None, "CUS": "NL", "BIL": "CUS", "CON": "CUS", "WAT": "NL"}


def test_a_units_cell_holds_all_below_it_and_no_two_cells_hold_the_same_people() -> None:
    combinations = {
        "1": {"unit": "BIL", "level": "staff"},
        "2": {"unit": "BIL", "level": "leader"},
        "3": {"unit": "CON", "level": "staff"},
        "4": {"unit": "NL", "level": None},
    }
    found = {cell.name: cell.atoms for cell in cells_of([[], ["unit"], ["level"]], combinations, PARENTS)}
    assert found == {
        ":": frozenset("1234"),
        "unit:BIL": frozenset("12"),
        "unit:CON": frozenset("3"),
        "unit:CUS": frozenset("123"),
        "level:staff": frozenset("13"),
        "level:leader": frozenset("2"),
    }


def test_of_two_units_with_the_same_people_the_lower_one_stands() -> None:
    found = cells_of([["unit"]], {"1": {"unit": "BIL"}, "2": {"unit": "WAT"}}, PARENTS)
    assert sorted(cell.values[0] for cell in found) == ["BIL", "WAT"]  # CUS is BIL, NL is everybody


def test_a_circle_of_units_comes_to_an_end() -> None:
    assert cells_of([["unit"]], {"1": {"unit": "A"}, "2": {"unit": "C"}}, {"A": "B", "B": "A", "C": None})


def test_few_respondents_hide_a_cell_and_one_beside_it() -> None:
    cells = [_cell("", "ABC"), _cell("unit", "A"), _cell("unit", "B"), _cell("unit", "C")]
    found = gate(cells, dict.fromkeys("ABC", 20), {"A": 12, "B": 7, "C": 3}, {}, threshold=5)
    assert ":" in found.shown
    assert "unit:C" not in found.shown
    assert len(found.shown) == 2  # the whole and one: two would leave the three of C as a rest
    assert found.hidden["unit:C"] == "few"


def test_a_question_that_all_of_a_group_answered_alike_is_not_told_of_it() -> None:
    cells = [_cell("", "AB"), _cell("unit", "A"), _cell("unit", "B")]
    asked = {
        "q": Question({"A": 8, "B": 9}, {"A": [0, 0, 8], "B": [3, 3, 3]}),
        "r": Question({"A": 8, "B": 9}, {"A": [2, 3, 3], "B": [3, 3, 3]}),
    }
    found = gate(cells, {"A": 10, "B": 12}, {"A": 8, "B": 9}, asked, threshold=5)
    assert set(found.shown) == {":", "unit:A", "unit:B"}
    assert "unit:A" not in found.questions["q"]
    assert found.questions["r"] == {":", "unit:A", "unit:B"}


def test_a_newcomer_is_not_told_by_the_difference_of_two_rounds() -> None:
    """All twenty of A answered both times, and one person has joined: the difference of the two rounds would be that one's answer."""
    earlier = Before((frozenset("a"), frozenset("ab")), {"a": 0, "b": 0})
    cells = [_cell("", "AB"), _cell("unit", "A")]
    crossing = {("A", ("a",)): 20, ("A", (None,)): 1, ("B", ("b",)): 20}
    found = gate(cells, {"A": 21, "B": 20}, {"A": 21, "B": 20}, {}, threshold=5, before=[earlier], crossing=crossing)
    assert "unit:A" not in found.shown
    assert ":" not in found.shown
    joined_by_six = {**crossing, ("A", (None,)): 6}
    more = gate(
        cells, {"A": 26, "B": 20}, {"A": 26, "B": 20}, {}, threshold=5, before=[earlier], crossing=joined_by_six
    )
    assert set(more.shown) == {":", "unit:A"}


def test_where_enough_did_not_answer_the_difference_of_two_rounds_tells_of_nobody() -> None:
    earlier = Before((frozenset("a"),), {"a": 3})
    crossing = {("A", ("a",)): 20, ("A", (None,)): 1}
    found = gate([_cell("", "A")], {"A": 21}, {"A": 18}, {}, threshold=5, before=[earlier], crossing=crossing)
    assert found.shown == (":",)  # one newcomer, three silent then and three now: seven people, not one


def test_the_same_people_asked_again_are_told_again() -> None:
    earlier = Before((frozenset("a"), frozenset("ab")), {"a": 0, "b": 0})
    cells = [_cell("", "AB"), _cell("unit", "A")]
    crossing = {("A", ("a",)): 20, ("B", ("b",)): 20}
    found = gate(cells, {"A": 20, "B": 20}, {"A": 20, "B": 20}, {}, threshold=5, before=[earlier], crossing=crossing)
    assert set(found.shown) == {":", "unit:A"}


def _cell(cut: str, atoms: str) -> Cell:
    return Cell((cut,) if cut else (), (atoms,) if cut else (), frozenset(atoms))


@st.composite
def rounds(
    draw: st.DrawFn,
) -> tuple[dict[str, dict[str, str]], dict[str, str | None], dict[str, int], dict[str, list[int]]]:
    """A tree of up to seven units, a level for each combination, how many were invited and how each answered one question."""
    units = [f"u{number}" for number in range(draw(st.integers(2, 7)))]
    parents: dict[str, str | None] = {units[0]: None}
    for place, unit in enumerate(units[1:], 1):
        parents[unit] = units[draw(st.integers(0, place - 1))]
    combinations, invited, counts = {}, {}, {}
    for number in range(draw(st.integers(2, 9))):
        name = f"c{number}"
        combinations[name] = {"unit": draw(st.sampled_from(units)), "level": draw(st.sampled_from(["l1", "l2"]))}
        counts[name] = draw(st.lists(st.integers(0, 5), min_size=3, max_size=3))
        invited[name] = sum(counts[name]) + draw(st.integers(0, 4)) or 1
    return combinations, parents, invited, counts


@settings(max_examples=40, deadline=None)
@given(rounds())
def test_nothing_that_is_told_gives_few_away(
    made: tuple[dict[str, dict[str, str]], dict[str, str | None], dict[str, int], dict[str, list[int]]],
) -> None:
    combinations, parents, invited, counts = made
    cells = cells_of([[], ["unit"], ["level"], ["unit", "level"]], combinations, parents)
    answered = Counter({name: sum(one) for name, one in counts.items()})
    found = gate(cells, invited, answered, {"q": Question(answered, counts)}, threshold=5)
    groups = {cell.name: cell.atoms for cell in cells}
    atoms = {name: Atom(invited[name], answered[name]) for name in combinations}
    shown = {name: groups[name] for name in found.questions["q"]}
    assert audit(shown, atoms, threshold=5, counts=counts) == ()
    assert found.questions["q"] <= set(found.shown)


@st.composite
def waves(draw: st.DrawFn) -> tuple[list[tuple[str | None, str | None]], dict[str, dict[str, str]]]:
    """For up to forty people: their unit in the first and in the second round, None where they were not asked. All of them answer."""
    units = ["u0", "u1", "u2"]
    kinds = draw(
        st.lists(st.tuples(st.sampled_from([None, *units]), st.sampled_from([None, *units])), min_size=2, max_size=6)
    )
    people = [kind for kind in kinds for _ in range(draw(st.integers(1, 9)))]
    return people, {unit: {"unit": unit} for unit in units}


@settings(max_examples=60, deadline=None)
@given(waves())
def test_two_rounds_together_give_few_away_neither(
    made: tuple[list[tuple[str | None, str | None]], dict[str, dict[str, str]]],
) -> None:
    """If everybody answers both times, and the same: no sum or difference over both rounds is about fewer than five."""
    people, combinations = made
    crossing = Counter((now, (then,)) for then, now in people)
    first, second = (Counter(one for one in side if one) for side in zip(*people, strict=True))
    cells = cells_of([[], ["unit"]], combinations, {"u0": None, "u1": "u0", "u2": "u0"})
    groups = {cell.name: cell.atoms for cell in cells}
    told = [groups[name] for name in gate(cells, _all(first), first, {}, threshold=5).shown]
    before = Before(tuple(told), {})
    found = gate(cells, _all(second), second, {}, threshold=5, before=[before], crossing=crossing)
    atoms = {repr(key): Atom(count, count) for key, count in crossing.items()}
    both = {f"first {number}": {repr(key) for key in crossing if key[1][0] in one} for number, one in enumerate(told)}
    both |= {f"second {name}": {repr(key) for key in crossing if key[0] in groups[name]} for name in found.shown}
    assert audit(both, atoms, threshold=5) == ()


def _all(counted: Counter[str]) -> dict[str, int]:
    return {unit: counted[unit] for unit in ("u0", "u1", "u2")}


def test_a_scale_is_not_told_where_one_of_its_questions_is_withheld() -> None:
    """All of A answered 3 to “r”. The mean of the scale, twice, less that of “q” would be that of “r”: 3 of 3, so everybody's answer."""
    cells = [_cell("", "AB"), _cell("unit", "A"), _cell("unit", "B")]
    people = {"A": 8, "B": 9}
    asked = {
        "of both": Question(people, {"A": [2, 6], "B": [4, 5]}, ("scale:s",)),
        "scale:s": Question(people, {"A": [2, 3, 3], "B": [3, 3, 3]}, ("q", "r")),
        "q": Question(people, {"A": [2, 3, 3], "B": [3, 3, 3]}),
        "r": Question(people, {"A": [0, 0, 8], "B": [3, 3, 3]}),
    }
    found = gate(cells, {"A": 10, "B": 12}, people, asked, threshold=5)
    assert list(found.questions) == list(asked)
    assert "unit:A" in found.questions["q"]
    assert "unit:A" not in found.questions["r"] | found.questions["scale:s"] | found.questions["of both"]
    assert ":" in found.questions["of both"]
