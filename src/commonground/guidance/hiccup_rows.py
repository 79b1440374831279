"""Reads hiccup plans as rows of facts."""

from commonground.analysis import facts
from commonground.communication.hiccups import HiccupPlan
from commonground.guidance.reading import Reading


def hiccups(reading: Reading) -> list[facts.Hiccup]:
    """One row a cut-over that has a plan; a plan whose cut-over was taken away is none."""
    rows = HiccupPlan.objects.filter(program=reading.program).exclude(cut_over=None).order_by("pk")
    return [
        facts.Hiccup(
            row.noticed,
            row.cut_over.unit.key if row.cut_over and row.cut_over.unit else None,
            tuple(one.promise.replace(";", ",") for one in row.promises.all()),
            row.ready_on,
            row.tried_on,
        )
        for row in rows.select_related("cut_over__unit").prefetch_related("promises")
    ]
