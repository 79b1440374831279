"""Amounts in the smallest unit: exact, and written as people write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.analysis.plan.money import exact, said, smallest


@pytest.mark.parametrize(
    ("value", "currency", "amount"),
    [
        (Decimal("12.34"), "EUR", 1234),
        (0.29, "EUR", 29),  # 0.29 × 100 is 28.999… as a float
        (1.005, "EUR", 101),  # half a cent goes up, as it is written
        ("-7.5", "EUR", -750),
        (12.0, "JPY", 12),
        (Decimal("1.2345"), "KWD", 1235),
        (9_999_999_999.99, "EUR", 999_999_999_999),
    ],
)
def test_amounts_become_whole_numbers(value, currency, amount):
    assert smallest(value, currency) == amount


@given(st.integers(-(10**14), 10**14), st.sampled_from(["EUR", "JPY", "KWD"]))
def test_there_and_back(amount, currency):
    assert smallest(exact(amount, currency), currency) == amount
    assert smallest(float(exact(amount // 100, currency)), currency) == amount // 100  # as a sheet of numbers has it


def test_how_amounts_are_written():
    assert said(1_234_567, "EUR") == "€12,346"
    assert said(1_234_567, "EUR", to_the_unit=True) == "€12,345.67"
    assert said(-5_000, "CHF", to_the_unit=True) == "−CHF\u00a050.00"
    assert said(-4, "EUR") == "€0"
    assert said(1200, "JPY", to_the_unit=True) == "¥1,200"
    assert said(None, "EUR") == "–"


@pytest.mark.parametrize("value", ["twelve", "", float("nan"), float("inf")])
def test_what_is_no_amount_is_refused(value):
    with pytest.raises(ValueError, match="no amount of money"):
        smallest(value, "EUR")
