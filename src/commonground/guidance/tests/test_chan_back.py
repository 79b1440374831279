"""CHAN-03: how much of a message bounced on a channel, against cases worked by hand."""

import pytest

from commonground.analysis.facts import Message, Sending
from commonground.guidance.guidelines import Parameters, run
from commonground.guidance.tests.made import facts

MESSAGE = Message("M1", "New bills", side="customers")


def found(*rows: Sending, **parameters: int) -> list[str]:
    given: dict[str, Parameters] = {"CHAN-03": parameters} if parameters else {}
    report = run(facts(messages=[MESSAGE], sendings=list(rows)), select=("CHAN-03",), parameters=given)
    return [f"{one.subject}: {one.what}" for one in report.findings]


@pytest.mark.parametrize(
    ("sent", "bounced", "is_found"),
    [(95, 5, False), (94, 6, True), (19, 1, False), (18, 2, True), (10, 9, False), (0, 0, False)],
)
def test_more_than_five_in_a_hundred_of_twenty_or_more(sent: int, bounced: int, is_found: bool) -> None:
    """5 of 100 is not more than 5 %; 6 of 100 is; of 19 nothing is said, whatever bounced."""
    assert bool(found(Sending("M1", "email", 100, sent, bounced))) is is_found


def test_it_says_which_message_on_which_channel_and_of_how_many() -> None:
    rows = (Sending("M1", "email", 3200, 2945, 255), Sending("M1", "letter", 1100, 1090, 10))
    assert found(*rows) == [
        "sending:M1/email: Of “New bills” by e-mail, 8 % bounced: 255 customers of 3,200 did not get it"
    ]


def test_what_counts_as_too_much_can_be_set() -> None:
    row = Sending("M1", "fax", 100, 90, 10)
    assert not found(row, percent=10)
    assert found(row, percent=9)
    assert not found(row, least=101)


def test_a_list_of_which_nothing_came_back_is_left_in_peace() -> None:
    assert not found(Sending("M1", "email", 500), Sending("gone", "sms", 500, None, None))
