"""Against lines worked by hand from RFC 5545: 3.1 folding, 3.3.11 escaping, 3.6.1 the event, 3.8.7.2 DTSTAMP."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from commonground.plan.ical import Event, calendar, escaped, folded

STAMP = datetime(2026, 11, 22, 8, 5, 9, tzinfo=UTC)


def test_an_all_day_event_by_hand() -> None:
    event = Event("a-1@host", date(2026, 12, 30), None, "Talk; with all, at last", "First\nsecond \\ line", "planned")
    assert calendar("The plan", [event], stamp=STAMP).split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Commonground//Plan//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:The plan",
        "BEGIN:VEVENT",
        "UID:a-1@host",
        "DTSTAMP:20261122T080509Z",
        "DTSTART;VALUE=DATE:20261230",
        "DTEND;VALUE=DATE:20261231",
        "SUMMARY:Talk\\; with all\\, at last",
        "DESCRIPTION:First\\nsecond \\\\ line",
        "STATUS:TENTATIVE",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_the_end_of_an_all_day_event_is_the_day_after_its_last() -> None:
    lines = calendar("P", [Event("u", date(2026, 12, 30), date(2027, 1, 2), "x")], stamp=STAMP)
    assert "DTEND;VALUE=DATE:20270102\r\n" in lines


def test_a_line_is_folded_at_75_octets_and_no_sign_is_cut() -> None:
    assert folded("x" * 75) == "x" * 75 + "\r\n"
    assert folded("x" * 76) == "x" * 75 + "\r\n x\r\n"
    assert folded("x" * 74 + "ü") == "x" * 74 + "\r\n ü\r\n"  # two octets do not fit into one


@given(st.text())
def test_what_is_folded_unfolds_to_what_it_was(text: str) -> None:
    line = escaped(text)
    parts = folded(line)
    assert all(len(part.encode()) <= 75 for part in parts.removesuffix("\r\n").split("\r\n"))
    assert parts.removesuffix("\r\n").replace("\r\n ", "") == line
    assert "\n" not in line
