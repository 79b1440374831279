"""Reads phases, panels with customers and joint improvements as rows of facts."""

from commonground.analysis import facts
from commonground.communication.models import Improvement, Panel
from commonground.guidance.reading import Reading
from commonground.plan.models import Phase


def phases(reading: Reading) -> list[facts.Phase]:
    rows = Phase.objects.filter(program=reading.program).order_by("pk")
    columns = ("number", "unit__key", "planned_from", "planned_to", "entered_on")
    return [facts.Phase._make(row) for row in rows.values_list(*columns)]


def panels(reading: Reading) -> list[facts.Panel]:
    rows = Panel.objects.filter(program=reading.program).order_by("pk")
    return [
        facts.Panel(key, name, customers or None, unit, start, end)
        for key, name, customers, unit, start, end in rows.values_list(
            "key", "name", "customers", "unit__key", "start", "end"
        )
    ]


def improvements(reading: Reading) -> list[facts.Improvement]:
    rows = Improvement.objects.filter(program=reading.program).order_by("pk")
    columns = ("key", "name", "panel__key", "unit__key", "owner__key", "state", "start", "done_on")
    return [facts.Improvement._make(row) for row in rows.values_list(*columns)]
