from datetime import date, datetime

import pytest

from commonground.ui import words


def test_days_are_written_with_the_month_in_letters():
    assert words.day(date(2026, 9, 14)) == "14 Sep 2026"
    assert words.day(date(2026, 9, 14), weekday=True) == "Mon 14 Sep 2026"
    assert words.day(datetime(2026, 9, 4, 23, 59)) == "4 Sep 2026"  # noqa: DTZ001  a wall clock is meant
    assert words.day("2026-09-14") == "14 Sep 2026"
    assert words.day("soon") == "soon"
    assert words.day(None) == "–"


@pytest.mark.parametrize(
    ("value", "text"), [(1200, "1,200"), (0, "0"), (-4, "−4"), (4.8, "4.8"), (None, "–"), (1_000_000, "1,000,000")]
)
def test_numbers_have_commas_and_a_true_minus(value, text):
    assert words.number(value) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.461, "46\u00a0%"),
        (0, "0\u00a0%"),
        (1, "100\u00a0%"),
        (0.001, "<1\u00a0%"),
        (0.999, ">99\u00a0%"),
        (None, "–"),
    ],
)
def test_a_share_is_never_rounded_to_none_or_to_all(share, text):
    assert words.percent(share) == text


def test_counts_take_the_form_of_their_word():
    assert words.plural(1, "person,people") == "1 person"
    assert words.plural(1200, "person,people") == "1,200 people"
    assert words.plural(0, "role") == "no roles"
    assert words.spelled(3) == "three"
    assert words.spelled(13) == "13"


def test_initials_are_of_the_first_and_the_last_word():
    assert words.initials("Maren Lindqvist") == "ML"
    assert words.initials("Mei-Ling Chua") == "MC"
    assert words.initials("Åsa") == "Å"
    assert words.initials("") == ""
