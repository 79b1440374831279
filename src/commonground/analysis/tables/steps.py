"""The sheet of the talks of cascades."""

from commonground.analysis import facts
from commonground.analysis.tables.columns import UNIT, Column, Table, ref

TABLES = (
    Table(
        "steps",
        facts.Step,
        (
            ref("message", "messages", needed=True),
            UNIT,
            ref("deliverer", "people"),
            Column("opens", "day"),
            Column("closes", "day"),
            Column("delivered", "day"),
        ),
        ("message", "unit", "deliverer"),
    ),
)
