"""Writes days as an iCalendar (RFC 5545): all-day events, lines folded at 75 octets, text escaped, lines that end with CRLF. Pure."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Final, NamedTuple

FOLD: Final = 75  # octets of a line, its end not counted (3.1)
EOL: Final = "\r\n"
STATES: Final = {"planned": "TENTATIVE", "dropped": "CANCELLED"}


class Event(NamedTuple):
    """An all-day event. uid: the same for as long as it lives. end: until before; None means one day."""

    uid: str
    start: date
    end: date | None
    summary: str
    description: str = ""
    state: str = ""
    url: str = ""


def calendar(name: str, events: Iterable[Event], *, stamp: datetime) -> str:
    """The whole calendar. stamp: when it was made, for every event's DTSTAMP."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Commonground//Plan//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
    ]
    for event in events:
        lines += _event(event, stamp)
    return "".join(folded(line) for line in [*lines, "END:VCALENDAR"])


def _event(event: Event, stamp: datetime) -> list[str]:
    end = event.end if event.end is not None and event.end > event.start else event.start + timedelta(days=1)
    lines = [
        "BEGIN:VEVENT",
        f"UID:{escaped(event.uid)}",
        f"DTSTAMP:{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{event.start:%Y%m%d}",
        f"DTEND;VALUE=DATE:{end:%Y%m%d}",
        f"SUMMARY:{escaped(event.summary)}",
    ]
    if event.description:
        lines.append(f"DESCRIPTION:{escaped(event.description)}")
    if event.url:
        lines.append(f"URL:{event.url}")
    lines += [f"STATUS:{STATES.get(event.state, 'CONFIRMED')}", "TRANSP:TRANSPARENT", "END:VEVENT"]
    return lines


def escaped(text: str) -> str:
    """A TEXT value (3.3.11): backslash, semicolon, comma and line breaks; other control characters are left out."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    text = text.replace("\n", "\\n")
    return "".join(sign for sign in text if sign == "\t" or (sign >= " " and sign != "\x7f"))


def folded(line: str) -> str:
    """A line with its end, broken so that no part has more than 75 octets and no sign is cut (3.1)."""
    parts, now = list[str](), ""
    for sign in line:
        if len((now + sign).encode()) > FOLD - (1 if parts else 0):
            parts.append(now)
            now = ""
        now += sign
    return f"{EOL} ".join([*parts, now]) + EOL
