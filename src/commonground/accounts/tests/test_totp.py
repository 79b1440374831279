"""Codes by time against the test vectors of the RFCs."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from commonground.accounts import short_codes, totp

SECRET = b"12345678901234567890"


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_codes_of_eight_figures_are_those_of_rfc_6238_appendix_b(seconds: int, code: str) -> None:
    at = datetime.fromtimestamp(seconds, UTC)
    assert totp.code_at(SECRET, totp.step_of(at), digits=8) == code


RFC_4226 = ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"]


@pytest.mark.parametrize(("step", "code"), list(enumerate(RFC_4226)))
def test_codes_of_six_figures_are_those_of_rfc_4226_appendix_d(step: int, code: str) -> None:
    assert totp.code_at(SECRET, step) == code


def test_a_clock_may_be_half_a_minute_wrong_and_no_more() -> None:
    at = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
    code = totp.code_at(SECRET, totp.step_of(at))
    fits = [
        seconds
        for seconds in range(-120, 121, 30)
        if totp.matching_step(SECRET, code, at + timedelta(seconds=seconds)) is not None
    ]
    assert fits == [-30, 0, 30]
    assert totp.matching_step(SECRET, f" {code[:3]} {code[3:]}", at) == totp.step_of(at)
    assert totp.matching_step(SECRET, "½½½½½½", at) is None


@given(some.integers(min_value=4, max_value=24))
def test_a_code_is_read_however_it_is_typed(signs: int) -> None:
    code = short_codes.made(signs)
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert short_codes.digest(typed, "x") == short_codes.digest(code, "x")
    assert len(short_codes.plain(code)) == signs
    assert short_codes.digest(code, "x") != short_codes.digest(code, "y")
