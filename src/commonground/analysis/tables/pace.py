"""The sheets of what is done the new and the old way."""

from commonground.analysis import facts
from commonground.analysis.facts import SEEN_IN
from commonground.analysis.tables.columns import BEHAVIOUR, ID, NAME, UNIT, Column, Table, ref

TABLES = (
    Table(
        "behaviours",
        facts.Behaviour,
        (
            ID,
            NAME,
            Column("new_way"),
            Column("old_way"),
            Column("source", "choice", choices=SEEN_IN),
            Column("vanity", "flag"),
            Column("starts", "day"),
            Column("target_share", "share"),
            Column("target_on", "day"),
            Column("old_sunset", "day"),
            Column("old_possible", "flag"),
            Column("old_rewarded", "flag"),
            Column("observed_from", "week"),
        ),
        ("id",),
    ),
    Table(
        "pace",
        facts.Pace,
        (
            BEHAVIOUR,
            Column("week", "week", needed=True),
            Column("new", "count", needed=True),
            Column("old", "count", needed=True),
            Column("neither", "count"),
            UNIT,
            Column("people", "count"),
        ),
        ("behaviour", "week", "unit"),
    ),
    Table(
        "forecasts",
        facts.Forecast,
        (
            BEHAVIOUR,
            Column("share", "share", needed=True),
            Column("made_on", "day"),
            Column("low", "day"),
            Column("mid", "day"),
            Column("high", "day"),
            UNIT,
            Column("looks_to", "day"),
        ),
        ("behaviour", "share", "made_on", "unit"),
    ),
    Table(
        "sources",
        facts.Source,
        (
            ID,
            ref("behaviours", "behaviours", many=True),
            Column("keeps_days", "count"),
            Column("known", "flag"),
            Column("observed_until", "day"),
            Column("needed_until", "day"),
        ),
        ("id",),
    ),
)
