"""Cells of a sheet of common practice as what they mean here: a person, a unit, a role. None where they mean nothing, or several."""

from datetime import date

from commonground.intake.plan import Plan


def shown_text(cell: object) -> str:
    """A cell as text: days as year-month-day, whole numbers without a point."""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def thing_of(plan: Plan, table: str, said: str) -> str | None:
    """The key of the one thing of a table that a text names, among those that are there: nothing is made by being named."""
    index = plan.indexes[table]
    open_, index.open = index.open, False
    try:
        found = index.resolve(said).id
    finally:
        index.open = open_
    return found if found in plan.ids[table] else None


def person_of(plan: Plan, said: str) -> int | None:
    """The id of the one person that a text names by number, e-mail or name; “name (number)” is read too."""
    number = said[said.rindex("(") + 1 : -1].strip() if said.endswith(")") and "(" in said else ""
    for one in (number, said):
        key = thing_of(plan, "people", one) if one else None
        if key is not None:
            return plan.ids["people"][key]
    return None
