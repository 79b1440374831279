"""CHAN: customers hear of the change on a channel that they really have."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from commonground.analysis.communication.reach import BITS, CHANNELS, Counts, contacts, mask_of, taken_by, union
from commonground.analysis.facts import Message, Reachable, Segment
from commonground.analysis.organization import rows_of
from commonground.analysis.register import Register
from commonground.guidance.guidelines.catalogue import Found, Parameters, Subject, guideline
from commonground.guidance.guidelines.remedies import chan as remedies
from commonground.guidance.guidelines.wording import counted

STILL_TO_COME = frozenset({None, "draft", "in_review", "approved", "out"})
NAMES = {"email": "e-mail", "sms": "SMS"}
EFFORT = {one: Decimal(n) for n, one in enumerate(("email", "portal", "sms", "fax", "letter", "phone", "visit"))}
SOURCE = (
    "Practice CHAN: on a channel the customers really have (a company once e-mailed customers who were still on fax). METHODS "
    "appendix A: the exact union over contacts; only consented, accessible, confirmed-deliverable addresses count."
)


@guideline(
    "CHAN-01",
    "A message goes out on channels that nine of ten customers of its segments have.",
    severity="error",
    why="Whoever does not hear of it meets the change as a surprise, and calls on the day on which everybody calls.",
    source=SOURCE,
    do="Open its reach and take the cheapest set of channels, or add the one channel that the segment has.",
    needs=("messages", "reachable"),
    also_reads=("segments",),
    parameters={"percent": 10},
    remedy=remedies.every_channel,
)
def lacks_the_channel(register: Register, parameters: Parameters) -> Iterator[Found]:
    known, names = _counts(register), _names(register)
    for message, planned in _planned(register):
        lacking = []
        for segment in _segments(message, known):
            all_, missed = contacts(known[segment]), contacts(known[segment]) - union(known[segment], planned)
            if missed * 100 > parameters["percent"] * all_:
                lacking.append((missed / all_, segment, missed, all_))
        if not lacking:
            continue
        lacking.sort(key=lambda one: (-one[0], one[1]))
        _, segment, missed, all_ = lacking[0]
        others = f", and {counted(len(lacking) - 1, 'segment')} more" if len(lacking) > 1 else ""
        counts = known[segment]
        yield Found(
            Subject("message", message.id),
            f"“{message.title}” by {_listed(planned)} misses {missed:,} of {all_:,} {names[segment]}{others}",
            names[segment],
            f"can be reached by {_rest(counts, planned)}; each contact counted once",
        )


@guideline(
    "CHAN-02",
    "Every customer is reached by some channel of the messages for them.",
    severity="warn",
    why="Those whom no planned channel reaches are often those who can least find out by themselves.",
    source=SOURCE,
    do="Add a letter, a call or a visit for them, or ask for an address that works.",
    needs=("messages", "reachable"),
    also_reads=("segments",),
    parameters={"contacts": 0},
    remedy=remedies.a_message_for_the_rest,
)
def nobody_reaches(register: Register, parameters: Parameters) -> Iterator[Found]:
    known, names = _counts(register), _names(register)
    by_segment: dict[str, set[str]] = {}
    for message, planned in _planned(register):
        for segment in _segments(message, known):
            by_segment.setdefault(segment, set()).update(planned)
    for segment, channels in by_segment.items():
        counts = known[segment]
        planned = tuple(one for one in CHANNELS if one in channels)
        missed = contacts(counts) - union(counts, planned)
        if missed > parameters["contacts"]:
            yield Found(
                Subject("segment", segment),
                f"No planned channel reaches {missed:,} of {contacts(counts):,} {names[segment]}",
                names[segment],
                f"planned for them: {_listed(planned)}; can be reached by {_rest(counts, planned)}",
            )


def _planned(register: Register) -> Iterator[tuple[Message, tuple[str, ...]]]:
    """Messages to customers that are planned or out, with the channels that they go by."""
    for row in rows_of(register.facts, "messages", Message):
        planned = tuple(one for one in CHANNELS if one in row.channels)
        if row.side == "customers" and row.state in STILL_TO_COME and planned:
            yield row, planned


def _counts(register: Register) -> dict[str, Counts]:
    found: dict[str, dict[int, int]] = {}
    for row in rows_of(register.facts, "reachable", Reachable):
        mask = mask_of(one for one in row.channels if one in BITS)
        counts = found.setdefault(row.segment, {})
        counts[mask] = counts.get(mask, 0) + (row.contacts or 0)
    return {segment: counts for segment, counts in found.items() if contacts(counts)}


def _names(register: Register) -> Mapping[str, str]:
    named = {row.id: row.name for row in rows_of(register.facts, "segments", Segment)}
    return {row.segment: named.get(row.segment, row.segment) for row in rows_of(register.facts, "reachable", Reachable)}


def _segments(message: Message, known: Mapping[str, Counts]) -> list[str]:
    """The segments that a message is for, as far as anything is known of them; without any, all of them."""
    return [one for one in known if not message.segments or one in message.segments]


def _rest(counts: Counts, planned: tuple[str, ...]) -> str:
    """How those who are missed can be reached, each by the channel that takes the least of those they have, and by what not at all."""
    bits = mask_of(planned)
    rest = taken_by({mask: number for mask, number in counts.items() if not mask & bits}, CHANNELS, EFFORT)
    there = sorted(rest.items(), key=lambda one: -one[1])
    said = ", ".join(f"{NAMES.get(channel, channel)} {number:,}" for channel, number in there) or "no channel"
    nobody = contacts(counts) - union(counts, CHANNELS)
    return f"{said}; {nobody:,} reached by nothing" if nobody else said


def _listed(channels: tuple[str, ...]) -> str:
    return " and ".join(
        [", ".join(_named(channels[:-1])), *_named(channels[-1:])] if channels[1:] else _named(channels)
    )


def _named(channels: tuple[str, ...]) -> list[str]:
    return [NAMES.get(one, one) for one in channels]
