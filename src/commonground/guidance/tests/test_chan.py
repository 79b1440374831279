"""CHAN-01 and CHAN-02: a message on a channel that its segment lacks, and customers whom no planned channel reaches."""

from commonground.analysis.facts import Message, Reachable, Segment
from commonground.guidance.tests.made import facts, found, subjects

SEGMENTS = [Segment("firms", "Small firms"), Segment("homes", "Homes")]
# of a hundred firms, 60 have fax alone, 30 e-mail and letter, 10 nothing; of ten homes all have e-mail
COUNTS = [
    Reachable("firms", ("fax",), 60),
    Reachable("firms", ("email", "letter"), 30),
    Reachable("firms", (), 10),
    Reachable("homes", ("email",), 10),
]


def message(*channels: str, key: str = "m", segments: tuple[str, ...] = ("firms",), **more: str) -> Message:
    given = {"side": "customers", "state": "draft", **more}
    return Message(key, "New number", segments=segments, channels=channels, **given)


def lacking(*rows: Message, **parameters: float) -> list[str]:
    return subjects("CHAN-01", facts(messages=rows, segments=SEGMENTS, reachable=COUNTS), **parameters)


def unreached(*rows: Message) -> list[str]:
    return subjects("CHAN-02", facts(messages=rows, segments=SEGMENTS, reachable=COUNTS))


def test_a_message_on_a_channel_that_over_a_tenth_of_the_segment_lacks() -> None:
    assert lacking(message("email")) == ["message:m"]
    assert lacking(message("email", "fax")) == []  # exactly a tenth is missed
    assert lacking(message("email", "fax"), percent=9) == ["message:m"]
    assert lacking(message("email", segments=("homes",))) == []
    assert lacking(message("email", segments=())) == ["message:m"]  # for all customers, firms among them


def test_what_is_not_planned_or_not_for_customers_is_no_message_that_misses() -> None:
    for row in (
        message(),
        message("email", state="dropped"),
        message("email", state="done"),
        message("email", side="inside"),
    ):
        assert lacking(row) == unreached(row) == []


def test_it_says_how_many_are_missed_and_how_they_can_be_reached() -> None:
    (one,) = found("CHAN-01", facts(messages=[message("email")], segments=SEGMENTS, reachable=COUNTS))
    assert one.what == "“New number” by e-mail misses 70 of 100 Small firms"
    assert one.evidence == "can be reached by fax 60; 10 reached by nothing; each contact counted once"
    assert one.severity == "error"


def test_messages_together_reach_a_segment() -> None:
    assert unreached(message("email")) == ["segment:firms"]
    assert unreached(message("email"), message("fax", key="n")) == ["segment:firms"]  # ten have nothing
    assert unreached(message("email", segments=("homes",))) == []  # nothing is planned for firms


def test_it_names_those_whom_no_channel_reaches() -> None:
    rows = [message("email"), message("fax", key="n")]
    (one,) = found("CHAN-02", facts(messages=rows, segments=SEGMENTS, reachable=COUNTS))
    assert one.what == "No planned channel reaches 10 of 100 Small firms"
    assert one.evidence == "planned for them: e-mail and fax; can be reached by no channel; 10 reached by nothing"
