"""The effect of a roll-out: units that began against units that had not yet, before and after."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from commonground.access.gate import actor_of, gate
from commonground.adoption.models import Behaviour
from commonground.analysis.experiments.roll_out import RollOut
from commonground.guidance.experiment_data import Panel, pace_of, panel_of, rolled_out
from commonground.guidance.experiment_words import CANNOT, began_said, points, roll_out_title, two_way_said
from commonground.programs.middleware import as_of, program_of
from commonground.ui import effects
from commonground.ui.csv_response import csv_response

SIZES = {"large": 796.0, "middle": 620.0, "small": 340.0}
HEADER = ("periods since", "difference in points", "low 95", "high 95", "low 95 all", "high 95 all", "units")


@gate("experiments.view")
def effect(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What the roll-out did to one behaviour, or why that cannot be told."""
    actor, day = actor_of(request), as_of(request)
    behaviour = Behaviour.objects.get_for(actor, program=program_of(request), pk=pk)
    pace = pace_of(actor, behaviour)
    panel = panel_of(pace, behaviour, day) if pace else None
    values: dict[str, Any] = {
        "behaviour": behaviour,
        "panel": panel,
        "title": "Not enough data yet for the effect of a roll-out",
    }
    if panel is not None and len(panel.units) > 1:
        found = rolled_out(panel)
        if request.GET.get("format") == "csv":
            return csv_response(f"{behaviour.key} roll-out", HEADER, _lines(found))
        values |= _values(found, panel)
    return render(request, "guidance/roll_out.html", values)


def _lines(found: RollOut) -> list[tuple[object, ...]]:
    return [
        (
            one.since,
            *(_points(value) for value in (one.estimate, one.low, one.high, one.low_all, one.high_all)),
            one.units,
        )
        for one in found.effects
    ]


def _points(share: float | None) -> float | None:
    return None if share is None else round(share * 100, 2)


def _values(found: RollOut, panel: Panel) -> dict[str, Any]:
    drawn = [
        effects.Since(one.since, one.estimate * 100, *(_points(edge) for edge in one[3:])) for one in found.effects
    ]
    pictures = {size: effects.event_study(drawn, width) for size, width in SIZES.items()}
    overall = found.overall
    units = sorted(zip(panel.names, panel.days, strict=True), key=lambda one: (one[1] is None, one[1], one[0]))
    return {
        "found": found,
        "title": roll_out_title(found),
        "cannot": [CANNOT[one] for one in found.cannot],
        "pictures": {size: one for size, one in pictures.items() if one is not None},
        "picture_said": f"{roll_out_title(found)}. Effects by periods of four weeks since the beginning.",
        "overall_said": points(overall.estimate, sign=True) if overall else "",
        "between_said": f"{points(overall.low, sign=True)} to {points(overall.high, sign=True)}"
        if overall and overall.low is not None
        else "",
        "began_said": began_said(found),
        "two_way_said": two_way_said(found),
        "units": units,
        "table": _lines(found),
    }
