"""The sheets of what people say and are asked: days and counts, never a text."""

from commonground.analysis import facts
from commonground.analysis.facts import PERCEPTION_KINDS, RATED, ROUND_PURPOSES, VOICE_KINDS, VOICE_STATES
from commonground.analysis.tables.columns import EFFECTIVE, ID, UNIT, Column, Table, ref

TABLES = (
    Table(
        "voices",
        facts.Voice,
        (
            ID,
            Column("kind", "choice", needed=True, choices=VOICE_KINDS),
            Column("raised", "day", needed=True),
            UNIT,
            Column("state", "choice", choices=VOICE_STATES),
            ref("owner", "people"),
            Column("due", "day"),
            Column("accepted", "day"),
            Column("answered", "day"),
            Column("completed", "day"),
            Column("public_answer", "flag"),
            Column("topic"),
            Column("response", "flag"),
            ref("credit", "people"),
        ),
        ("id",),
    ),
    Table(
        "rounds",
        facts.Round,
        (
            ID,
            Column("instrument", needed=True),
            Column("purpose", "choice", choices=ROUND_PURPOSES),
            Column("opened", "day"),
            Column("closed", "day"),
            Column("invited", "count"),
            Column("answered", "count"),
        ),
        ("id",),
    ),
    Table(
        "response",
        facts.Response,
        (
            ref("round", "rounds", needed=True),
            ref("unit", "units", needed=True),
            Column("share", "share", needed=True),
            Column("invited", "count"),
        ),
        ("round", "unit"),
    ),
    Table(
        "amount_of_change",
        facts.AmountOfChange,
        (
            Column("decided", "day"),
            Column("gap", "number"),
            Column("divergence", "number"),
            Column("raters", "count"),
            Column("free_hours_per_week", "number"),
            Column("asked_hours_per_week", "number"),
            Column("concurrent", "count"),
            Column("above_capacity", "flag"),
            Column("reasons", "flag"),
        ),
        ("decided",),
    ),
    Table(
        "impacts",
        facts.Impact,
        (
            ID,
            Column("kind", "choice", needed=True, choices=RATED),
            Column("subject", needed=True),
            Column("by_program", "number"),
            Column("by_group", "number"),
            UNIT,
        ),
        ("id",),
    ),
    Table(
        "perceptions",
        facts.Perception,
        (
            ID,
            Column("kind", "choice", needed=True, choices=PERCEPTION_KINDS),
            Column("raised", "day", needed=True),
            ref("role", "roles"),
            UNIT,
            Column("answered", "day"),
        ),
        ("id",),
    ),
    Table(
        "reassignments",
        facts.Reassignment,
        (
            ref("person", "people", needed=True),
            ref("from_manager", "people"),
            ref("to_manager", "people"),
            EFFECTIVE,
            Column("talked_from", "day"),
            Column("talked_to", "day"),
            Column("talked_person", "day"),
        ),
        ("person", "from_manager", "to_manager"),
    ),
)
