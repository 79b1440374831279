"""Text messages as networks count them: the tables of 3GPP TS 23.038 (7-bit default alphabet) and TS 23.040 (concatenation)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.analysis.communication.sms import BASIC, EXTENSION, plainer, sms_of


def test_the_alphabet_has_127_signs_and_ten_of_the_extension() -> None:
    """TS 23.038, 6.2.1: 128 places, one of them the escape; 6.2.1.1: ten signs, the page break among them."""
    assert len(BASIC) == 127
    assert len(EXTENSION) == 10


@pytest.mark.parametrize(
    ("text", "parts", "wide"),
    [
        ("", 0, False),
        ("a" * 160, 1, False),
        ("a" * 161, 2, False),  # 153 and 8
        ("a" * 306, 2, False),
        ("a" * 307, 3, False),
        ("ä" * 160, 1, False),  # German letters are of the alphabet
        ("€" * 80, 1, False),
        ("€" * 81, 2, False),
        ("я" * 70, 1, True),
        ("я" * 71, 2, True),  # 67 and 4
        ("я" * 134, 2, True),
        ("я" * 135, 3, True),
        ("😀" * 35, 1, True),
        ("😀" * 36, 2, True),
        ("a" * 152 + "€" + "a" * 160, 3, False),  # the sign of two places is not cut: 152, then 2 + 151, then 9
    ],
)
def test_parts(text: str, parts: int, wide: bool) -> None:
    found = sms_of(text)
    assert (found.parts, found.wide) == (parts, wide)


def test_what_makes_it_short_is_named_and_can_be_made_plain() -> None:
    text = "We call you – “on Monday”…"
    assert sms_of(text).odd == ("–", "“", "”", "…")
    assert not sms_of(plainer(text)).wide


@given(st.text(max_size=400))
def test_no_part_holds_more_than_it_can_and_none_is_wasted(text: str) -> None:
    found = sms_of(text)
    assert 0 <= found.used <= found.room
    places = sum(2 if (ord(s) > 0xFFFF if found.wide else s in EXTENSION) else 1 for s in text)
    part = 67 if found.wide else 153
    assert found.parts >= -(-places // (found.room if found.parts == 1 else part)) if text else found.parts == 0
    assert found.parts <= 1 or (found.parts - 1) * (part - 1) < places
