"""What an import found, as plain values for its pages: counts, columns, problems of one sort together."""

from collections.abc import Mapping, Sequence
from typing import Any

from commonground.analysis.tables import TABLES
from commonground.intake.checking import Checked
from commonground.intake.people import summary
from commonground.intake.plan import Plan
from commonground.intake.problems import Problem

# columns, and whole sheets (None), that can say what is planned
PLANS: Mapping[str, frozenset[str] | None] = {
    "processes": frozenset({"fate", "to_unit", "to_answers_for", "effective", "taken_over_by"}),
    "roles": frozenset({"fate", "definition_after", "effective"}),
    "handoffs": frozenset({"when"}),
    "role_changes": None,
    "paths": None,
    "stages": None,
    "acknowledgements": None,
    "conversations": None,
}
EXAMPLES, SORTS, LISTED = 6, 60, 200


def summarise(sheets: Mapping[str, Checked], problems: Sequence[Problem], plan: Plan) -> dict[str, Any]:
    """Keys: tables, sorts (of problems), errors, warnings, missing, named, asks (whether days must be told apart), people."""
    return {
        "tables": [_table(checked, plan) for checked in sheets.values()],
        "sorts": sorts_of(problems),
        "errors": sum(1 for problem in problems if problem.severity == "error"),
        "warnings": sum(1 for problem in problems if problem.severity == "warning"),
        "missing": {"n": len(plan.missing), "people": plan.missing[:LISTED]},
        "named": [
            {"table": table, "n": len(rows), "names": [getattr(row, "name", "") for row in rows[:12]]}
            for table, rows in _named(sheets, plan).items()
        ],
        "asks": any("day first or month first" in problem.remedy for problem in problems),
        "people": summary(sheets["people"]) if "people" in sheets else None,
        "plans": sum(plan.counts.get("plans", {}).values()),
        "plain": is_plain(sheets),
    }


def is_plain(sheets: Mapping[str, Checked]) -> bool:
    """Whether no sheet can hold anything that is planned: no such table and no such column."""
    for name, checked in sheets.items():
        telling = PLANS.get(name, frozenset())
        if telling is None or not telling.isdisjoint(checked.mapping.columns):
            return False
    return True


def _table(checked: Checked, plan: Plan) -> dict[str, Any]:
    headers = checked.raw.headers
    counts: Mapping[str, int] = plan.counts.get(checked.table.name, {})
    return {
        "table": checked.table.name,
        "file": checked.raw.file,
        "rows": checked.total,
        **{how: counts.get(how, 0) for how in ("new", "changed", "unchanged", "kept_out", "left", "not_brought")},
        "columns": [
            {
                "column": column.header,
                "from": " + ".join(headers[at] for at in checked.mapping.columns[column.header]),
                "layout": checked.layouts.get(column.header, ""),
            }
            for column in checked.table.columns
            if column.header in checked.mapping.columns
        ],
        "absent": [column.header for column in checked.table.columns if column.header not in checked.mapping.columns],
        "unmapped": list(checked.mapping.unmapped),
        "refused": list(checked.mapping.refused),
        "encoding": checked.raw.encoding,
    }


def _named(sheets: Mapping[str, Checked], plan: Plan) -> dict[str, list[Any]]:
    found = {table: plan.named_only(table) for table in TABLES}
    return {table: rows for table, rows in found.items() if rows}


def sorts_of(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    """Problems of one file, column and remedy together, errors first, each with a few of its rows."""
    sorts: dict[tuple[str, str, str | None, str], list[Problem]] = {}
    for problem in problems:
        sorts.setdefault((problem.severity, problem.file, problem.column, problem.remedy), []).append(problem)
    found: list[dict[str, Any]] = [
        {
            "severity": severity,
            "file": file,
            "column": column,
            "remedy": remedy,
            "n": len(same),
            "rows": [{"row": one.row, "value": one.value, "why": one.why} for one in same[:EXAMPLES]],
        }
        for (severity, file, column, remedy), same in sorts.items()
    ]
    return sorted(found, key=lambda sort: sort["severity"])[:SORTS]
