"""Yes and no, numbers, choices in other people's words."""

import pytest

from commonground.analysis.facts import CHANGE_KINDS, HANDOFF_VIEWS, HOLDER_FATES, MILESTONES, PROCESS_FATES, ROLE_FATES
from commonground.intake import values
from commonground.intake.tests.sheets import read, said


@pytest.mark.parametrize("word", ["yes", "Y", "TRUE", "1", "x", "Ja", "oui", "sí", "Wahr", "✓"])
def test_yes(word: str) -> None:
    assert values.flag(word) is True


@pytest.mark.parametrize("word", ["no", "N", "False", "0", "nein", "Non", "nee", "FALSCH"])
def test_no(word: str) -> None:
    assert values.flag(word) is False


@pytest.mark.parametrize(
    ("text", "comma", "number"),
    [
        ("1.5", None, 1.5),
        ("1,5", True, 1.5),
        ("1.234,5", True, 1234.5),
        ("1,234.5", False, 1234.5),
        ("1,234", False, 1234),
        ("1.234", True, 1234),
        ("1 234,5", True, 1234.5),
        ("1'234", None, 1234),
        ("−3", None, -3),
        ("1,234,567", None, 1234567),
        ("1.234.567", None, 1234567),
    ],
)
def test_numbers(text: str, comma: bool | None, number: float) -> None:
    assert values.number(text, comma) == number


@pytest.mark.parametrize(
    ("texts", "comma"), [(["1,5"], True), (["1.5"], False), (["1.234,50"], True), (["1,234.50"], False), (["1,234"], None), (["7"], None)]
)  # fmt: skip
def test_whether_the_comma_is_the_decimal_mark(texts: list[str], comma: bool | None) -> None:
    assert values.decimal_comma(texts) is comma


@pytest.mark.parametrize(
    ("word", "choices", "choice"),
    [
        ("Eliminated", PROCESS_FATES, "eliminate"),
        ("automation", PROCESS_FATES, "automate"),
        ("no change", PROCESS_FATES, "keep"),
        ("Redesigned", PROCESS_FATES, "reshape"),
        ("eliminated", ROLE_FATES, "end"),
        ("changed", ROLE_FATES, "change"),
        ("New role", HOLDER_FATES, "new_role"),
        ("people led", CHANGE_KINDS, "people"),
        ("Decision rights", CHANGE_KINDS, "decisions"),
        ("To-be", HANDOFF_VIEWS, "to_be"),
        ("Go-live", MILESTONES, "cut_over"),
        ("Technology chosen", MILESTONES, "technology_chosen"),
    ],
)
def test_choices(word: str, choices: tuple[str, ...], choice: str) -> None:
    assert values.choice(word, choices) == choice


@pytest.mark.parametrize("choices", [PROCESS_FATES, ROLE_FATES, HOLDER_FATES, CHANGE_KINDS, MILESTONES, HANDOFF_VIEWS])
def test_every_choice_means_itself(choices: tuple[str, ...]) -> None:
    assert [values.choice(choice, choices) for choice in choices] == list(choices)


def test_values_that_cannot_be_read_keep_their_row_out() -> None:
    text = "role,kind,size,accepted\nr1,budget,-2,perhaps\nr1,mood,1,\nr1,title,5,\nr1,craft,−1,ja\nr1,people,,no\n"
    checked = read("role_changes", text)
    assert said(checked.problems) == [
        (2, "accepted", "perhaps"),
        (3, "kind", "mood"),
        (4, "size", "5"),
        (6, "size", None),
    ]
    assert [(row.kind, row.size, row.accepted) for row in checked.rows] == [("craft", -1, True)]


def test_a_number_with_two_readings_is_asked_for() -> None:
    checked = read("workflows", "id;name;lead time\n1;A;1,500\n")
    assert "two ways" in checked.problems[0].why
    assert checked.problems[0].remedy == "Write 1500, or 1.500 with a decimal point."


def test_markers_of_nothing_are_nothing() -> None:
    checked = read("people", "id,name,manager,from,front_office\n1,Ana,NULL,n/a,-\n2,Ben,1,,\n")
    assert checked.rows[0][3] is None
    assert (len(checked.rows), checked.rows[0].start, checked.rows[0].front_office) == (2, None, None)
