"""Which thing a row of a sheet is about: its id and its name, also where the file has only one of them, or its parts."""

import re
from collections import Counter
from collections.abc import Sequence

from commonground.analysis.facts import Unit
from commonground.analysis.plan.book import folded, made_key
from commonground.intake.headers import plain
from commonground.intake.problems import Problem
from commonground.intake.sheet import Sheet

_POINT_ZERO = re.compile(r"-?\d+\.0$")


def identify(sheet: Sheet) -> None:
    """Fills `sheet.cells`: the cells of each of our columns, names put together, paths of units followed, ids without ".0"."""
    for column, positions in sheet.mapping.columns.items():
        if len(positions) == 1:
            sheet.cells[column] = sheet.column(positions[0])
        elif column == "unit":
            sheet.cells[column] = _follow_paths(sheet, positions)
        else:
            parts = zip(*map(sheet.column, positions), strict=True)
            sheet.cells[column] = [" ".join(filter(None, cells)) for cells in parts]
    for ours in sheet.table.columns:
        if ours.kind in ("id", "ref", "text") and ours.header in sheet.cells:
            sheet.cells[ours.header] = _without_point_zero(sheet.cells[ours.header])
    _report_refused(sheet)
    _make_keys(sheet)
    has = {ours.header for ours in sheet.table.columns}
    if {"id", "name"} <= has:
        _stand_in(sheet)


def _without_point_zero(cells: list[str]) -> list[str]:
    """Whole numbers that a program wrote as 17.0, when every cell of the column is like that."""
    if not any(cells) or not all(_POINT_ZERO.match(cell) for cell in cells if cell):
        return cells
    return [cell.removesuffix(".0") for cell in cells]


def _report_refused(sheet: Sheet) -> None:
    for header in sheet.mapping.refused:
        why = f"The column {header} rates people's attitude, which is never taken in."
        remedy = "It was left out. Losses belong to roles and pace to units: nobody's resistance or support is scored."
        sheet.problems.append(
            Problem(sheet.raw.file, sheet.raw.header_row, header, None, why, remedy, "warning"),
        )


def _stand_in(sheet: Sheet) -> None:
    """Where the file has no column of ids, an e-mail or the name stands for it; where it has no names, the id does."""
    cells = sheet.cells
    if "id" in cells and "name" not in cells:
        cells["name"] = list(cells["id"])
        sheet.report_column(None, "There is no column of names.", "The id stands for the name: add a column “name”.")
    elif "id" not in cells:
        for column, said in (("email", "e-mail"), ("name", "name")):
            if column in cells and all(cells[column]) and _tells_apart(sheet, cells[column]):
                cells["id"] = list(cells[column])
                sheet.names_are_ids = column == "name"
                remedy = f"The {said} stands for the id. A column “id” keeps a thing itself when its {said} changes."
                sheet.report_column(None, "There is no column of ids.", remedy)
                return
        if "name" in cells:
            cells["id"] = list(cells["name"])
            sheet.names_are_ids = True
            remedy = "The name stands for the id. Add a column “id”, as names occur twice or are missing."
            sheet.report_column(None, "There is no column of ids.", remedy)


def _make_keys(sheet: Sheet) -> None:
    """Keys for activities of a list without ids, such as a roadmap: out of their words, so that the list can be brought again."""
    cells = sheet.cells
    if sheet.table.name != "activities" or "id" in cells or "kind" not in cells:
        return
    again: Counter[tuple[str, str]] = Counter()
    cells["id"] = []
    for kind, whom in zip(
        cells["kind"], cells.get("audience") or cells.get("unit") or [""] * sheet.length, strict=True
    ):
        again[folded(kind), folded(whom)] += 1
        cells["id"].append(made_key(kind, whom, again[folded(kind), folded(whom)]) if kind else "")
    remedy = (
        "Keys were made of what each row says, so that the sheet can be brought again. "
        "A column “id” keeps an activity when its words change."
    )
    sheet.report_column(None, "There is no column of ids.", remedy)


def _tells_apart(sheet: Sheet, cells: Sequence[str]) -> bool:
    """Whether no value occurs twice, unless the sheet holds periods, of which one thing may have several."""
    return "from" in sheet.cells or len(set(cells)) == len(cells)


def _follow_paths(sheet: Sheet, positions: Sequence[int]) -> list[str]:
    """The unit at the end of each row's path, the units on the way being noted.

    A unit's id is its name; where one name stands in several places of the tree, it is the whole path.
    """
    columns = [sheet.column(at) for at in positions]
    paths = [tuple(filter(None, cells)) for cells in zip(*columns, strict=True)]
    places = {path[:depth] for path in set(paths) for depth in range(1, len(path) + 1)}
    count = Counter(plain(place[-1]) for place in places)
    ids = {place: place[-1] if count[plain(place[-1])] == 1 else " / ".join(place) for place in places}
    sheet.path_units = [
        Unit(id=ids[place], name=place[-1], parent=ids[place[:-1]] if len(place) > 1 else None)
        for place in sorted(places, key=lambda place: (len(place), place))
    ]
    return [ids[path] if path else "" for path in paths]
