"""The sheet of what went out to customers."""

from commonground.analysis import facts
from commonground.analysis.tables.columns import Column, Table, ref

CHANNELS = ("email", "sms", "phone", "letter", "fax", "portal", "visit")
TABLES = (
    Table(
        "sendings",
        facts.Sending,
        (
            ref("message", "messages", needed=True),
            Column("channel", "choice", choices=CHANNELS, needed=True),
            Column("counted", "count"),
            Column("sent", "count"),
            Column("bounced", "count"),
        ),
        ("message", "channel"),
    ),
)
