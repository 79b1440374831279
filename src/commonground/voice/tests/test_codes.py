"""Codes that only an author holds, and ids that tell no order."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.access.unordered import random_pk
from commonground.accounts.short_codes import ALPHABET, grouped
from commonground.voice.keys import LETTERS, digest_of, monday_of, new_code, read_code
from commonground.voice.models import Salt, Voice
from commonground.voice.tests.voiced import Voiced


def test_a_code_has_a_hundred_bits() -> None:
    assert len(ALPHABET) ** LETTERS == 2**100
    assert len({new_code() for _ in range(500)}) == 500


@given(st.text(ALPHABET, min_size=LETTERS, max_size=LETTERS))
def test_a_code_is_read_as_people_type_it(letters: str) -> None:
    code = grouped(letters)
    assert read_code(code) == code
    assert read_code(f"  {letters.lower()} ") == code
    assert read_code(code.replace("0", "O").replace("1", "l").replace("-", " ")) == code


@pytest.mark.parametrize("text", ["", "K7QD", "K7QD-2MXP-9T4R-HW3N-0C6U", "x" * 400, "K7QD-2MXP-9T4R-HW3N-0C6V-0"])
def test_what_is_no_code_is_none(text: str) -> None:
    assert read_code(text) is None


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_a_monday_stands_for_its_week(day: date) -> None:
    monday = monday_of(day)
    assert monday.weekday() == 0
    assert 0 <= (day - monday).days <= 6


def test_ids_fit_a_column_and_are_not_repeated() -> None:
    ids = [random_pk() for _ in range(2000)]
    assert len(set(ids)) == 2000
    assert 0 < min(ids) <= max(ids) <= 2**63 - 1


def test_the_database_holds_a_salted_digest_and_no_code(voiced: Voiced) -> None:
    row = voiced.nameless()
    code, salt = voiced.codes[row.pk], Salt.objects.get().salt
    assert row.code_digest == digest_of(code, salt) != digest_of(code, "")
    assert Voice.objects.by_code(code) == row
    assert Voice.objects.by_code(new_code()) is None
    assert Voice.objects.by_code("nonsense") is None
