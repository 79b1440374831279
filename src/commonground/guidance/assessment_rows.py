"""Reads rounds, how many answered them, and the amount of change as rows of facts; of answers nothing, of results what was published."""

from typing import Any

from commonground.analysis import facts
from commonground.assessments.closing import WHOLE
from commonground.assessments.in_days import CLOSED, OPEN
from commonground.assessments.models import AmountDecision, Impact, ImpactRating, PublishedTable, ResponseDay, Round
from commonground.guidance.reading import Reading
from commonground.realignment.stages import day_of


def rounds(reading: Reading) -> list[facts.Round]:
    """Rounds that were opened and not cancelled; how many answered where the table of the whole tells it."""
    told: dict[int, int | None] = {}
    for pk, data in PublishedTable.objects.filter(round__program=reading.program, key=WHOLE).values_list(
        "round", "data"
    ):
        told[pk] = next((cell.get("answered") for cell in data["cells"] if cell["shown"]), None)
    rows = Round.objects.filter(program=reading.program, state__in=(OPEN, CLOSED)).order_by("opened_at", "pk")
    return [
        facts.Round(
            str(row.pk),
            row.instrument,
            row.purpose,
            day_of(row.opened_at) if row.opened_at else row.opens_on,
            day_of(row.closed_at) if row.closed_at else None,
            row.invited,
            told.get(row.pk),
        )
        for row in rows
    ]


def response(reading: Reading) -> list[facts.Response]:
    """The newest count of each round, of the units that it tells."""
    newest: dict[int, Any] = {}
    rows = ResponseDay.objects.filter(round__program=reading.program, round__state__in=(OPEN, CLOSED)).order_by("day")
    for pk, data in rows.values_list("round", "data"):
        newest[pk] = data
    return [
        facts.Response(str(pk), one["key"], one["share"], one["invited"])
        for pk, data in sorted(newest.items())
        for one in data
        if one["kind"] == "unit"
    ]


def amount_of_change(reading: Reading) -> list[facts.AmountOfChange]:
    """The newest decision that was not taken back, with the figures as they stood."""
    row = AmountDecision.objects.filter(program=reading.program).standing().first()
    if row is None:
        return []
    names = ("gap", "divergence", "raters", "free_hours_per_week", "asked_hours_per_week", "concurrent")
    figures = {name: row.figures.get(name) for name in names}
    return [
        facts.AmountOfChange(
            decided=row.decided_on, above_capacity=row.above_capacity, reasons=bool(row.reasons), **figures
        )
    ]


def impacts(reading: Reading) -> list[facts.Impact]:
    """Each impact with the newest rating of either side."""
    rated: dict[int, dict[str, float]] = {}
    rows = ImpactRating.objects.filter(program=reading.program).order_by("on", "pk")
    for impact, side, value in rows.values_list("impact", "side", "value"):
        rated.setdefault(impact, {})[side] = float(value)
    found = []
    for row in Impact.objects.filter(program=reading.program).select_related("role", "unit").order_by("pk"):
        sides, unit = rated.get(row.pk, {}), row.unit.key if row.unit else None
        kind = "role" if row.role is not None else "unit"
        found.append(facts.Impact(row.key, kind, row.subject, sides.get("program"), sides.get("group"), unit))
    return found
