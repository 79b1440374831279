"""What is an address that something can be sent to, and what refuses."""

import pytest

from commonground.analysis.communication.addresses import addresses, is_address, refuses
from commonground.analysis.communication.reach import mask_of


@pytest.mark.parametrize(
    ("channel", "text", "fits"),
    [
        ("email", "a@b.example", True),
        ("email", "first.last+tag@mail.b-c.example", True),
        ("email", "yes", True),
        ("email", "", False),
        ("email", "no", False),
        ("email", "a@b", False),
        ("email", "a b@c.example", False),
        ("email", "a@b.example; c@d.example", False),
        ("email", "a@@b.example", False),
        ("email", "unknown", False),
        ("fax", "+49 (40) 556-12/34", True),
        ("fax", "1234", False),
        ("fax", "12345", True),
        ("phone", "040 555 100 ext. 12", True),
        ("phone", "ask Anna", False),
        ("sms", "JA", True),
        ("sms", "0", False),
        ("letter", "Mill Lane 3\n21217 Northbank", True),
        ("letter", "-", False),
        ("portal", "nl1001", True),
        ("visit", "n/a", False),
    ],
)
def test_what_is_an_address(channel: str, text: str, fits: bool) -> None:
    assert is_address(channel, text) is fits


def test_addresses_are_bits() -> None:
    cells = {"email": "a@b.example", "fax": "0405561234", "phone": "?", "visit": "yes"}
    assert addresses(cells) == mask_of(("email", "fax", "visit"))


@pytest.mark.parametrize(
    ("text", "may_we", "do_not_send"),
    [
        ("", False, False),  # empty refuses nothing
        ("yes", False, True),
        ("no", True, False),
        ("Do Not Allow", True, True),  # the exports of Dynamics say it in words in either column
        ("Allow", False, False),
        ("abgemeldet", True, True),
        ("perhaps", None, None),
    ],
)
def test_what_refuses(text: str, may_we: bool | None, do_not_send: bool | None) -> None:
    assert refuses(text, asks_for_refusal=False) is may_we
    assert refuses(text, asks_for_refusal=True) is do_not_send
