"""The sheet of messages."""

from commonground.analysis import facts
from commonground.analysis.facts.messages import MESSAGE_STATES, SENDER_KINDS, SIDES
from commonground.analysis.tables.columns import FROM, ID, TO, UNIT, Column, Table, ref

TABLES = (
    Table(
        "messages",
        facts.Message,
        (
            ID,
            Column("title", needed=True),
            Column("side", "choice", choices=SIDES),
            Column("audience"),
            Column("segments", many=True),
            UNIT,
            Column("sender_kind", "choice", choices=SENDER_KINDS),
            ref("sender", "people"),
            Column("channels", many=True),
            FROM,
            TO,
            Column("state", "choice", choices=MESSAGE_STATES),
            Column("about_my_work", "flag"),
            Column("cut_over"),
        ),
        ("id",),
    ),
)
