"""What is asked of a sheet of people beyond its single values: the reporting line, e-mails, units; and its summary."""

import difflib
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from commonground.analysis.facts import Person
from commonground.intake.references import Index, fold
from commonground.intake.sheet import Sheet, listed

if TYPE_CHECKING:
    from commonground.intake.checking import Checked

P = TypeVar("P", str, int)
_ADDRESS = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+$")


def check_people(sheet: Sheet, index: Index) -> None:
    """Reports self-managers, circles in the reporting line, several tops, doubtful e-mails, people without a unit."""
    _check_named_only(sheet, index)
    _check_line(sheet)
    _check_emails(sheet)
    if "unit" not in sheet.cells:
        sheet.report_column(None, "There is no column of units.", "Add a column “unit”: findings by unit need it.")
        return
    for at, unit in enumerate(sheet.values["unit"]):
        if unit is None and at not in sheet.bad:
            sheet.report(at, "unit", None, "The person has no unit.", "Fill in the unit, if there is one.", "warning")


def _check_named_only(sheet: Sheet, index: Index) -> None:
    """Managers that a sheet without ids only names: they are added, unless they look like a misspelt row."""
    names = [fold(name) for name in sheet.cells["id"]]
    first = {
        manager: at for at, manager in reversed(list(enumerate(sheet.values["manager"]))) if manager in index.implied
    }
    for manager in list(index.implied):
        at = first.get(manager)
        if at is None:
            continue
        near = difflib.get_close_matches(fold(manager), names, n=1, cutoff=0.88)
        if near:
            why = f"“{manager}” matches nobody; {sheet.cells['name'][names.index(near[0])]} looks like it."
            for place, value in enumerate(sheet.values["manager"]):
                if value == manager:
                    sheet.report(
                        place, "manager", manager, why, "Write the name as it stands in the row of the manager."
                    )
            del index.implied[manager]
        else:
            count = sheet.values["manager"].count(manager)
            why = f"{manager} is named as manager of {count} and has no row."
            sheet.report(at, "manager", manager, why, "They are added by name alone: give them a row.", "warning")


def _latest(values: Mapping[str, list[Any]], skip: Iterable[int] = ()) -> dict[str, int]:
    """Person → position of the row that stands last in time."""
    starts, left_out = values["from"], set(skip)
    latest: dict[str, int] = {}
    for at, id_ in enumerate(values["id"]):
        if id_ is None or at in left_out:
            continue
        other = latest.get(id_)
        if other is None or (starts[at] or date.min) >= (starts[other] or date.min):
            latest[id_] = at
    return latest


def _check_line(sheet: Sheet) -> None:
    if "manager" not in sheet.cells:
        sheet.report_column(
            None, "There is no column of managers.", "Add a column “manager”: the reporting line needs it."
        )
        return
    latest = _latest(sheet.values)
    managers = {id_: sheet.values["manager"][at] for id_, at in latest.items()}
    for id_, at in latest.items():
        if managers[id_] == id_:
            why = f"{_called(sheet, at)} is their own manager."
            sheet.report(
                at, "manager", sheet.cells["manager"][at], why, "Write who leads them, or leave it empty at the top."
            )
    for circle in circles(managers):
        _report_circle(sheet, [latest[id_] for id_ in circle])
    _report_tops(sheet, latest, managers)


def _report_circle(sheet: Sheet, places: list[int]) -> None:
    names = [_called(sheet, at) for at in places]
    shown = names if len(names) <= 6 else [*names[:3], "…", *names[-2:]]
    why = f"The reporting line goes in a circle: {' → '.join([*shown, names[0]])}."
    for at in places:
        remedy = "Correct the manager of one of them, or leave it empty for the one at the top."
        sheet.report(at, "manager", sheet.cells["manager"][at], why, remedy)


def _report_tops(sheet: Sheet, latest: Mapping[str, int], managers: Mapping[str, str | None]) -> None:
    tops = [latest[id_] for id_ in roots(sheet.values, latest) if latest[id_] not in sheet.bad]
    if len(tops) > 1 and any(managers.values()):
        names = listed(_called(sheet, at) for at in tops)
        why = f"{len(tops):,} people have no manager: {names}."
        sheet.report_column("manager", why, "Fill in the manager of all but the one at the top, if there is one.")


def roots(values: Mapping[str, list[Any]], latest: Mapping[str, int]) -> list[str]:
    """People without a manager in their last row; those who have left count only where nobody else does."""
    without = [id_ for id_, at in latest.items() if values["manager"][at] is None]
    return [id_ for id_ in without if values["to"][latest[id_]] is None] or without


def circles(managers: Mapping[P, P | None]) -> list[list[P]]:
    """Every circle of two or more in a reporting line (person → manager), each once, in its order."""
    found: list[list[P]] = []
    done: set[P] = set()
    for start in managers:
        path: dict[P, int] = {}
        at: P | None = start
        while at is not None and at not in done and at not in path:
            path[at] = len(path)
            at = managers.get(at)
        if at is not None and at in path:
            circle = list(path)[path[at] :]
            if len(circle) > 1:
                found.append(circle)
        done.update(path)
    return found


def _check_emails(sheet: Sheet) -> None:
    first: dict[str, int] = {}
    for at, email in enumerate(sheet.values["email"]):
        if email is None:
            continue
        if "@" not in email:
            why = f"“{email}” is a bare name, not an e-mail address."
            sheet.report(at, "email", email, why, "Add “@” and the domain, or leave it empty.", "warning")
        elif not _ADDRESS.match(email):
            why = f"“{email}” is not a whole e-mail address."
            sheet.report(at, "email", email, why, "Write it as name@example.org, or leave it empty.", "warning")
        other = first.setdefault(email.casefold(), at)
        if sheet.values["id"][other] != sheet.values["id"][at]:
            why = f"{_called(sheet, other)} in row {sheet.raw.numbers[other]} has the same e-mail."
            sheet.report(at, "email", email, why, "Give each person their own, or leave a shared one empty.", "warning")


def _called(sheet: Sheet, at: int) -> str:
    name, id_ = sheet.values["name"][at], sheet.values["id"][at]
    return f"{name} ({id_})" if name and id_ and name != id_ else str(name or id_)


def summary(checked: "Checked") -> dict[str, int | None]:
    """How many rows, people, roots and managers a sheet of people has.

    roots: people without a manager, None when the sheet has no column of managers, as is then `managers`: people who lead somebody.
    People that the sheet only names as managers count.
    """
    values = checked.values
    latest = _latest(values)
    named = {row.id for row in checked.implied.get("people", ()) if isinstance(row, Person)}
    known = "manager" in checked.mapping.columns
    unresolved = {problem.row for problem in checked.problems if problem.severity == "error"}
    top = [id_ for id_ in roots(values, latest) if checked.raw.numbers[latest[id_]] not in unresolved]
    leading = {values["manager"][at] for at in latest.values()} - {None}
    return {
        "rows": checked.total,
        "people": len(set(latest) | named),
        "roots": len(set(top) | named) if known else None,
        "managers": len(leading) if known else None,
    }
