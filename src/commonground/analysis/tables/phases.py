"""The sheets of the phases, and of what customers do with us."""

from commonground.analysis import facts
from commonground.analysis.facts.phases import IMPROVEMENT_STATES
from commonground.analysis.tables.columns import FROM, ID, NAME, TO, UNIT, Column, Table, ref

TABLES = (
    Table(
        "phases",
        facts.Phase,
        (Column("phase", "whole", needed=True, field="number"), UNIT, FROM, TO, Column("entered", "day")),
        ("number", "unit"),
    ),
    Table("panels", facts.Panel, (ID, NAME, Column("customers"), UNIT, FROM, TO), ("id",)),
    Table(
        "improvements",
        facts.Improvement,
        (
            ID,
            NAME,
            ref("panel", "panels"),
            UNIT,
            ref("owner", "people"),
            Column("state", "choice", choices=IMPROVEMENT_STATES),
            FROM,
            Column("done", "day"),
        ),
        ("id",),
    ),
)
