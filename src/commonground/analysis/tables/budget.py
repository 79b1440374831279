"""The sheet of the budget."""

from commonground.analysis import facts
from commonground.analysis.facts import BUDGET_PURPOSES
from commonground.analysis.tables.columns import UNIT, Column, Table, ref

TABLES = (
    Table(
        "budget",
        facts.BudgetLine,
        (
            Column("id", "id", needed=True),
            Column("name"),
            Column("phase", "count"),
            UNIT,
            Column("practice"),
            Column("for", "choice", choices=BUDGET_PURPOSES, field="purpose"),
            ref("owner", "people"),
            Column("planned", "number"),
            Column("committed", "number"),
            Column("spent", "number"),
            Column("hours", "number"),
            Column("hours_spent", "number"),
            Column("progress", "share"),
        ),
        ("id",),
    ),
)
