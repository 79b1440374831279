"""Reads what there is room for, and days on which units cannot, as rows of facts."""

from commonground.analysis import facts
from commonground.guidance.reading import Reading
from commonground.plan.models import Blackout, Capacity


def capacity(reading: Reading) -> list[facts.Capacity]:
    rows = Capacity.objects.filter(program=reading.program).order_by("pk")
    return [facts.Capacity._make(row) for row in rows.values_list("hours", "unit__key", "start", "end")]


def blackouts(reading: Reading) -> list[facts.Blackout]:
    rows = Blackout.objects.filter(program=reading.program).order_by("pk")
    return [
        facts.Blackout(start, end, unit, why or None)
        for start, end, unit, why in rows.values_list("start", "end", "unit__key", "why")
    ]
