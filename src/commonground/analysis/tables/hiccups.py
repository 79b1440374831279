"""The sheet of hiccup plans."""

from commonground.analysis import facts
from commonground.analysis.facts.hiccups import NOTICED
from commonground.analysis.tables.columns import UNIT, Column, Table

TABLES = (
    Table(
        "hiccups",
        facts.Hiccup,
        (
            Column("noticed", "choice", needed=True, choices=NOTICED),
            UNIT,
            Column("promises", many=True),
            Column("ready", "day"),
            Column("tried", "day"),
        ),
        ("unit",),
    ),
)
