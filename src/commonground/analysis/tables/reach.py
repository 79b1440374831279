"""The sheets of segments and of what reaches how many of them."""

from commonground.analysis import facts
from commonground.analysis.tables.columns import ID, NAME, Column, Table, ref

TABLES = (
    Table("segments", facts.Segment, (ID, NAME, Column("words")), ("id",)),
    Table(
        "reachable",
        facts.Reachable,
        (
            ref("segment", "segments", needed=True),
            Column("channels", many=True),
            Column("contacts", "count", needed=True),
        ),
        ("segment", "channels"),
    ),
)
