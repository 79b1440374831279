"""The small pictures as template tags; the geometry is `ui/charts.py`, the drawing `ui/charts/*.svg`. Loaded with `ui`."""

from collections.abc import Sequence
from typing import Any

from django import template

from commonground.ui import charts, words
from commonground.ui.curves import Curves
from commonground.ui.effects import Effect, EventStudy
from commonground.ui.multiples import Multiple
from commonground.ui.steps import Steps

register = template.Library()


@register.inclusion_tag("ui/charts/strip.svg")
def strip(parts: Sequence[tuple[str, float, str]], width: int = 240, whole: float = 0) -> dict[str, Any]:
    """Parts of a whole side by side: (label, value, kind), kind being new, old, act, watch, good or rest."""
    said = ", ".join(f"{label} {words.number(value)}" for label, value, _ in parts)
    return {"strip": charts.strip(parts, width=width, whole=whole), "said": said}


@register.inclusion_tag("ui/charts/bar.svg")
def bar(value: float, most: float, kind: str = "new", label: str = "", width: int = 84) -> dict[str, Any]:
    """One bar where `most` fills the width. The number itself stands beside it, so it is read aloud only with a label."""
    return {"bar": charts.bar(value, most, width), "kind": kind, "said": label}


@register.inclusion_tag("ui/charts/sparkline.svg")
def sparkline(values: Sequence[float | None], label: str = "", kind: str = "new", width: int = 120) -> dict[str, Any]:
    """A line of a few values, cut at a gap. label says what it shows, for those who do not see it."""
    known = [value for value in values if value is not None]
    said = label or (f"from {words.number(known[0])} to {words.number(known[-1])}" if known else "not enough data yet")
    return {"line": charts.sparkline(values, width=width), "kind": kind, "said": said}


@register.inclusion_tag("ui/charts/diverging.svg")
def diverging(lost: float, gained: float, most: float, label: str = "", width: int = 88) -> dict[str, Any]:
    """Lost to the left, hatched; gained to the right, solid; `most` fills one half."""
    said = label or f"loses {words.number(abs(lost))}, gains {words.number(gained)}"
    return {"bars": charts.diverging(lost, gained, most, width), "said": said}


@register.inclusion_tag("ui/charts/grid_cell.svg")
def grid_cell(have: int, of: int, threshold: int = 0, width: int = 100) -> dict[str, Any]:
    """The waterline of a cell of the grid. Its numbers stand above it in words."""
    return {"cell": charts.grid_cell(have, of, width, threshold)}


@register.inclusion_tag("ui/charts/timeline.svg")
def timeline(line: charts.Timeline, label: str = "The program line") -> dict[str, Any]:
    """A `charts.Timeline`. Write a list of all its events below, some may have found no room for their words."""
    return {"line": line, "said": label}


@register.inclusion_tag("ui/charts/curves.svg")
def curves(picture: Curves, label: str, size: str = "") -> dict[str, Any]:
    """A `curves.Curves`. size: large, middle or small, where one picture is drawn for several widths and CSS shows the one that fits."""
    return {"c": picture, "said": label, "size": f"draw-{size}" if size else ""}


@register.inclusion_tag("ui/charts/multiple.svg")
def multiple(picture: Multiple, label: str) -> dict[str, Any]:
    """A `multiples.Multiple`: new and old way of one group, on the scale that all of them share."""
    return {"one": picture, "said": label}


@register.inclusion_tag("ui/charts/steps.svg")
def step_curve(picture: Steps, label: str, size: str = "") -> dict[str, Any]:
    """A `steps.Steps`: a curve with its interval."""
    return {"c": picture, "said": label, "size": f"draw-{size}" if size else ""}


@register.inclusion_tag("ui/charts/effect.svg")
def effect_picture(picture: Effect, label: str, size: str = "") -> dict[str, Any]:
    """An `effects.Effect`: one interval against no difference and what was hoped for."""
    return {"c": picture, "said": label, "size": f"draw-{size}" if size else ""}


@register.inclusion_tag("ui/charts/event_study.svg")
def event_study_picture(picture: EventStudy, label: str, size: str = "") -> dict[str, Any]:
    """An `effects.EventStudy`: effects by time since the beginning."""
    return {"c": picture, "said": label, "size": f"draw-{size}" if size else ""}
