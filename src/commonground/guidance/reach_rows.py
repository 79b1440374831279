"""Reads segments of customers, and how many of each can be reached by what, as rows of facts. Never an address."""

from commonground.analysis import facts
from commonground.analysis.communication.reach import channels_of
from commonground.communication.models import ContactCount, Segment
from commonground.guidance.reading import Reading


def segments(reading: Reading) -> list[facts.Segment]:
    rows = Segment.objects.filter(program=reading.program).order_by("order", "pk")
    return [facts.Segment(key, name, words or None) for key, name, words in rows.values_list("key", "name", "words")]


def reachable(reading: Reading) -> list[facts.Reachable]:
    rows = ContactCount.objects.filter(program=reading.program).order_by("segment__order", "segment", "mask")
    columns = rows.values_list("segment__key", "mask", "contacts")
    return [facts.Reachable(key, channels_of(mask), number) for key, mask, number in columns]
