"""The sheets of what there is room for."""

from commonground.analysis import facts
from commonground.analysis.tables.columns import FROM, TO, UNIT, Column, Table

TABLES = (
    Table("capacity", facts.Capacity, (Column("hours", "number", needed=True), UNIT, FROM, TO), ("unit", "start")),
    Table(
        "blackouts",
        facts.Blackout,
        (
            Column("from", "day", needed=True, field="start"),
            Column("to", "day", needed=True, field="end"),
            UNIT,
            Column("why"),
        ),
        ("unit", "start", "end"),
    ),
)
