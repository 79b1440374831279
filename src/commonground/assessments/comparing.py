"""What a round says beside an earlier one, and a group beside all others: more, less, or no telling. From published counts alone."""

from typing import Any

from commonground.analysis.assessment.comparing import Compared, compared
from commonground.analysis.assessment.sheet import PAIR, SCALE
from commonground.assessments.published import PublishedTable
from commonground.assessments.rounds import Round

Cell = dict[str, Any]


def against(row: Round, key: str, table: dict[str, Any]) -> None:
    """Adds to the figures of a table how they stand beside the same cell of the earlier round that this one is compared with: `against`."""
    earlier = row.stands_for
    found = None if earlier is None else PublishedTable.objects.filter(round=earlier, key=key).first()
    if earlier is None or found is None:
        return
    table["against"] = {
        "round": earlier.pk,
        "name": earlier.name,
        "first": str(earlier.opens_on),
        "last": str(earlier.closes_on),
    }
    before = {_key(cell): cell for cell in found.cells if cell["shown"]}
    for cell in table["cells"]:
        other = before.get(_key(cell))
        if cell["shown"] and other is not None:
            for name, figure in _told_first(table, cell):
                then = other["figures"]["questions"].get(name, {})
                if "counts" in figure and len(then.get("counts", ())) == len(figure["counts"]):
                    figure["against"] = said(compared(then["counts"], figure["counts"])) | {
                        "top": then["top"],
                        "n": then["n"],
                    }


def beside(table: dict[str, Any], whole: Cell | None) -> None:
    """Adds to the figures of groups how they stand beside all others together: `beside`. The others are the whole less the group."""
    if whole is None or not whole["shown"] or not table["cut"]:
        return
    for cell in table["cells"]:
        for name, figure in _told_first(table, cell) if cell["shown"] else ():
            all_of = whole["figures"]["questions"].get(name, {}).get("counts")
            if "counts" in figure and all_of:
                rest = [every - own for every, own in zip(all_of, figure["counts"], strict=True)]
                figure["beside"] = said(compared(rest, figure["counts"]) if min(rest) >= 0 else None)


def _told_first(table: dict[str, Any], cell: Cell) -> list[tuple[str, dict[str, Any]]]:
    """The figures of a cell that are compared: of everybody all, of groups the scales, or the questions where there is no scale."""
    figures = list(cell["figures"]["questions"].items())
    scales = [one for one in figures if one[0].startswith((SCALE, PAIR))]
    return scales if scales and table["cut"] else figures


def said(found: Compared | None) -> dict[str, Any]:
    """As plain values; without enough answers no way."""
    if found is None:
        return {"way": ""}
    ends = (found.shift, found.low, found.high)
    return {"way": found.way.value} | {
        name: None if value is None else round(value, 2)
        for name, value in zip(("shift", "low", "high"), ends, strict=True)
    }


def _key(cell: Cell) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(cell["values"].items()))
