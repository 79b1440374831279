"""Names that mean the same, and names that only come near."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.analysis.flow.likeness import nearest, normalised, only_ones


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Take the call", "  take THE_call "),
        ("Zähler ablesen", "zahler-ablesen"),
        ("Straße prüfen", "STRASSE PRUFEN"),
        ("T02 Check: receipt", "t02 check receipt"),
        ("ﬁrst bill", "First bill"),
    ],
)
def test_case_accents_and_punctuation_tell_nothing_apart(one: str, two: str) -> None:
    assert normalised(one) == normalised(two)


def test_words_tell_names_apart() -> None:
    assert normalised("First bill") != normalised("Last bill")
    assert normalised("–") == ""


@given(st.text())
def test_a_normalised_name_stays_as_it_is(name: str) -> None:
    assert normalised(normalised(name)) == normalised(name)


def test_a_name_of_two_things_is_of_neither() -> None:
    assert only_ones([("Take call", 1), ("take call", 2), ("Bill", 3), ("bill", 3), ("…", 4)]) == {"bill": 3}


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Write first bill", 1),  # three of four words
        ("Write the first bil", 1),  # a slip of the pen
        ("Readmeter", 2),  # written as systems do
        ("Close the account", None),
        ("", None),
    ],
)
def test_what_comes_near_is_found(name: str, found: int | None) -> None:
    assert nearest(name, {"write the first bill": 1, "read meter": 2, "open account": 3}) == found
