"""The made event log of Northlight: eighteen months of cases, as two systems would give them out. Told in docs/explanation/the-demo.md.

The same for the same world, number, seed and zone. No event is made one by one: ten million take some ten seconds.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from commonground.demo.days import Days
from commonground.demo.events_clock import MONTHS, Whole, begin_of
from commonground.demo.events_made import CRM, SOURCES, Made, make
from commonground.demo.world import World
from commonground.events.rows import Rows

EVENTS = 300_000
PIECE = 250_000
OVERLAP = 7  # days of an export that the one before had already
AGREEMENTS = {
    "CRM": "Works agreement 7 on the shared record, section 4: how work flows is measured by unit, from eight people on; "
    "nobody's own work is looked at.",
    "Dispatch": "Letter of the works council to the metering depot, on orders and rounds: for the flow of work alone, "
    "persons as pseudonyms.",
}


@dataclass(frozen=True)
class Part:
    """One export of a source. first, until: its days, half open. agreement: on whose word it may be used. has_ids: of its own."""

    source: str
    name: str
    first: date
    until: date
    agreement: str
    agreed_on: date
    events: int
    has_ids: bool
    pieces: Callable[[], Iterator[Rows]]


class _Span(NamedTuple):
    first: date
    until: date


def demo_rows(world: World, *, events: int = EVENTS, seed: int = 1, zone: str = "UTC") -> list[Part]:
    """About so many events of the large program as exports by half-year, each beginning a week before the last one ended.

    zone: the time zone in which the hours of work lie.
    """
    made = make(world, events=events, seed=seed, zone=zone)
    return [
        _part(made, number, source, span, world.days, zone)
        for number, source in enumerate(SOURCES)
        for span in _spans(world.days)
    ]


def _spans(days: Days) -> list[_Span]:
    first = [days.month(-number) for number in range(MONTHS, 0, -6)]
    ends = [*first[1:], days.today]
    begins = [first[0], *(day - timedelta(days=OVERLAP) for day in first[1:])]
    return [_Span(*pair) for pair in zip(begins, ends, strict=True)]


def _part(made: Made, number: int, source: str, span: _Span, days: Days, zone: str) -> Part:
    own = np.flatnonzero(made.source == number)
    begins, ends = (np.searchsorted(made.time[own], begin_of(day, zone)) for day in span)
    places = own[begins:ends]
    name = f"{source.lower()}-{span.first:%Y-%m-%d}-{span.until:%Y-%m-%d}.csv"

    def pieces() -> Iterator[Rows]:
        for at in range(0, len(places), PIECE):
            here = slice(at, at + PIECE)
            ids = begins + np.arange(len(places), dtype=np.int64)[here] if number == CRM else None
            yield rows_of(made, places[here], first_row=at + 2, ids=ids)

    agreed = days.on(-470) if number == CRM else days.on(-455)
    return Part(source, name, *span, AGREEMENTS[source], agreed, len(places), number == CRM, pieces)


def one_log(made: Made) -> Iterator[Rows]:
    """All made events in order of time, of both sources and without overlap."""
    for at in range(0, len(made), PIECE):
        places = np.arange(at, min(at + PIECE, len(made)), dtype=np.int64)
        yield rows_of(made, places, first_row=at + 2, ids=None)


def rows_of(made: Made, places: NDArray[np.int64], *, first_row: int, ids: Whole | None) -> Rows:
    """Some of the made events as rows on their way in."""

    def coded(codes: NDArray[np.int32], names: pa.Array) -> pa.Array:
        here = codes[places]
        return pa.DictionaryArray.from_arrays(pa.array(here, mask=here < 0), names)

    return Rows(
        case=made.cases.take(pa.array(made.case[places])),
        activity=coded(made.activity, made.activities),
        time=made.time[places],
        row=np.arange(first_row, first_row + len(places), dtype=np.int64),
        person=coded(made.person, made.people),
        unit=coded(made.unit, made.units),
        product_line=coded(made.line, made.lines),
        channel=coded(made.channel, made.channels),
        id=None
        if ids is None
        else pc.binary_join_element_wise("C", pc.cast(pa.array(1_000_001 + ids), pa.string()), ""),
    )
