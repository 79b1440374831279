"""What exports write where there is nothing: pandas, databases and spreadsheets each have words for it."""

import pytest

from commonground.analysis.communication.addresses import is_address, refuses
from commonground.analysis.communication.reach import BITS, CHANNELS
from commonground.intake.contact_files import read_contacts


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("said", ["0.0", "nan", "NaN", "#N/A", "#NV", "#REF!", "unbekannt", "keine", "(null)", "k.A."])
def test_a_word_for_nothing_is_no_address(channel: str, said: str) -> None:
    assert not is_address(channel, said)


@pytest.mark.parametrize(("said", "asks", "refused"), [
    ("1.0", False, False), ("0.0", False, True), ("1.0", True, True), ("0.0", True, False),
    ("unknown", True, None), ("nan", False, None),
])  # fmt: skip
def test_numbers_say_yes_and_no_and_what_is_not_known_says_neither(said: str, asks: bool, refused: bool | None) -> None:
    assert refuses(said, asks_for_refusal=asks) is refused


@pytest.mark.parametrize("said", ["2026-01-02", "2026-01-02 09:15:00", "02.01.2026", "2.1.1999"])
def test_a_day_in_a_column_of_numbers_is_no_number(said: str) -> None:
    """As a spreadsheet makes it of a number that looks like one."""
    assert not is_address("fax", said)
    found = read_contacts(f"id,fax,segment\n1,{said},a\n2,04.31.77.12.01,a\n".encode(), "contacts.csv")
    assert (found.masks.tolist(), dict(found.doubtful)) == ([0, BITS["fax"]], {"fax": 1})
