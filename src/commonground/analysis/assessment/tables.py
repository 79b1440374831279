"""What a round's tables say of the cells that can be told: distributions, top boxes, scales, culture profiles, with their intervals."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.assessment.agreement import OneWay, alpha, may_average, one_way, rwg_j
from commonground.analysis.assessment.cells import UNIT, Cell, Gated, people_of
from commonground.analysis.assessment.culture import gap
from commonground.analysis.assessment.distribution import counts, top_box
from commonground.analysis.assessment.sheet import NOW, PROFILE, WANTED, WAYS, Choice, Places, Scaled, Sheet
from commonground.analysis.assessment.shrinkage import shrunken

Figure = dict[str, Any]
DIGITS = 4


def figures_of(sheet: Sheet, cells: Sequence[Cell], gated: Gated) -> dict[str, dict[str, Any]]:
    """Cell → {"questions": question → figure, "withheld": how many questions cannot be told of it}. cells: those that can be told.

    A figure of a choice or a scale: n, counts (of scales by class of score), top with low and high (95 %, corrected for a finite
    population), agreement (rWG(J)), mean only where that is high enough, drawn (the mean drawn towards the whole), why there is none.
    """
    found: dict[str, dict[str, Any]] = {cell.name: {"questions": {}, "withheld": 0} for cell in cells}
    inside = {cell.name: sheet.inside(cell.atoms) for cell in cells}
    for choice in sheet.choices:
        for cell in _told(choice.key, cells, gated, found):
            found[cell.name]["questions"][choice.key] = of_choice(sheet, choice, cell, inside[cell.name])
    for scaled in sheet.scales:
        _of_scale(sheet, scaled, _told(scaled.key, cells, gated, found), inside, found)
    for pair in sheet.pairs:
        ways = sheet.ways(pair)
        for cell in _told(pair.key, cells, gated, found):
            chosen = counts(ways[inside[cell.name]], WAYS).tolist()
            invited = people_of(cell.atoms, sheet.invited)
            found[cell.name]["questions"][pair.key] = {
                "n": sum(chosen),
                "counts": chosen,
                **_top(chosen, WAYS, invited),
            }
    if sheet.dimensions:
        for cell in _told(PROFILE, cells, gated, found):
            found[cell.name]["questions"][PROFILE] = of_profile(sheet, inside[cell.name])
    return found


def of_profile(sheet: Sheet, inside: Places) -> Figure:
    """Points now and wanted by dimension, their change with its interval, and Aitchison's distance.

    Only n where too few gave both, or where all gave the same points to a dimension: the mean would then be each one's answer.
    """
    here = inside[sheet.profiled[inside]]
    now, wanted = sheet.profile(NOW)[here], sheet.profile(WANTED)[here]
    found = gap(now, wanted)
    if found is None or not np.ptp(np.hstack([now, wanted]), axis=0).all():
        return {"n": len(here), "dimensions": []}
    rows = zip(
        sheet.dimensions, found.now, found.wanted, found.change, found.change_low, found.change_high, strict=True
    )
    names = ("now", "wanted", "change", "low", "high")
    return {
        "n": found.n,
        "dimensions": [
            {"name": name} | {key: round(float(value), 1) for key, value in zip(names, values, strict=True)}
            for name, *values in rows
        ],
        "moved": round(found.moved, 1),
        "distance": round(found.distance, 2),
        "distance_low": round(found.distance_low, 2),
        "distance_high": round(found.distance_high, 2),
    }


def _told(key: str, cells: Sequence[Cell], gated: Gated, found: dict[str, dict[str, Any]]) -> list[Cell]:
    """The cells of which a question can be told; the others are counted."""
    told = [cell for cell in cells if cell.name in gated.questions[key]]
    for cell in cells:
        found[cell.name]["withheld"] += cell.name not in gated.questions[key]
    return told


def of_choice(sheet: Sheet, choice: Choice, cell: Cell, inside: Places) -> Figure:
    """A question that is answered by one of some options."""
    chosen = counts(sheet.columns[choice.key][inside], choice.options).tolist()
    return {"n": sum(chosen), "counts": chosen, **_top(chosen, choice.top, people_of(cell.atoms, sheet.invited))}


def _top(chosen: list[int], top: int, invited: int) -> Figure:
    share = top_box(chosen, top, max(invited, sum(chosen)))
    return {"top": _round(share.share), "low": _round(share.low), "high": _round(share.high), "top_from": top}


def _of_scale(
    sheet: Sheet, scaled: Scaled, cells: Sequence[Cell], inside: dict[str, Places], found: dict[str, dict[str, Any]]
) -> None:
    """A scale in all its cells; what holds for the whole round (alpha, ICC) stands with the whole alone."""
    matrix, scores, classes = sheet.matrix(scaled), sheet.scores(scaled), sheet.classes(scaled)
    reliability, spread = alpha(matrix), one_way(scores, sheet.by_unit(_told_units(sheet, cells)))
    own = {cell.name: _mean(scores[inside[cell.name]]) for cell in cells}
    drawn = _drawn(cells, own, {cell.name: int(np.isfinite(scores[inside[cell.name]]).sum()) for cell in cells}, spread)
    for cell in cells:
        here = inside[cell.name]
        chosen = counts(classes[here], scaled.bins).tolist()
        agreement = rwg_j(matrix[here], scaled.instrument.options)
        said = may_average(agreement, spread.icc1 if spread and cell.cut else None, reliability)
        figure: Figure = {
            "n": sum(chosen),
            "counts": chosen,
            **_top(chosen, scaled.bins, people_of(cell.atoms, sheet.invited)),
            "agreement": _round(agreement),
            "mean": _round(own[cell.name]) if said.may else None,
            "drawn": _round(drawn.get(cell.name)) if said.may else None,
            "why": list(said.why),
        }
        if not cell.cut:
            figure |= {
                "alpha": _round(reliability),
                "icc1": _round(spread.icc1 if spread else None),
                "icc2": _round(spread.icc2 if spread else None),
                "groups": spread.groups if spread else None,
            }
        found[cell.name]["questions"][scaled.key] = figure


def _told_units(sheet: Sheet, cells: Sequence[Cell]) -> list[str]:
    """The units that are told by themselves. Those withheld have no part in how far units differ: where two are, it would tell their
    means."""
    units = {atom: values.get(UNIT) for atom, values in sheet.combinations.items()}
    return [
        cell.values[0] for cell in cells if cell.cut == (UNIT,) and {units[one] for one in cell.atoms} == {*cell.values}
    ]


def _drawn(
    cells: Sequence[Cell], own: dict[str, float | None], n: dict[str, int], spread: OneWay | None
) -> dict[str, float]:
    """The means of groups drawn towards the whole, where the whole is told too."""
    whole = next((own[cell.name] for cell in cells if not cell.cut), None)
    groups = [cell.name for cell in cells if cell.cut and own[cell.name] is not None]
    if spread is None or whole is None or not groups:
        return {}
    means = [own[name] or 0.0 for name in groups]
    found = shrunken(means, [n[name] for name in groups], spread.between, spread.within, towards=whole)
    return dict(zip(groups, map(float, found), strict=True))


def _mean(scores: NDArray[np.float64]) -> float | None:
    known = scores[np.isfinite(scores)]
    return float(known.mean()) if len(known) else None


def _round(value: float | None) -> float | None:
    return None if value is None or not np.isfinite(value) else round(float(value), DIGITS)
