"""Customers in segments, and how many of each can be reached by what."""

from typing import NamedTuple


class Segment(NamedTuple):
    """A kind of customers. words: what to know about them, such as “harvest until 10 October”."""

    id: str
    name: str
    words: str | None = None


class Reachable(NamedTuple):
    """How many contacts of a segment have exactly these channels, usable and not refused. No channel: nobody reaches them."""

    segment: str
    channels: tuple[str, ...] = ()
    contacts: int | None = None
