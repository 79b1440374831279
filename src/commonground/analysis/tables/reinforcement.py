"""The sheets of what keeps a new way going and what still pays the old one."""

from commonground.analysis import facts
from commonground.analysis.facts.reinforcement import EFFORTS, REINFORCEMENT_KINDS, RESTS_ON
from commonground.analysis.tables.columns import BEHAVIOUR, ID, UNIT, Column, Table, ref

TABLES = (
    Table(
        "reinforcements",
        facts.Reinforcement,
        (
            ID,
            BEHAVIOUR,
            Column("kind", "choice", needed=True, choices=REINFORCEMENT_KINDS),
            Column("on", "day", needed=True),
            UNIT,
            Column("what"),
            ref("by", "people"),
            Column("rests_on", "choice", choices=RESTS_ON),
            Column("public", "flag"),
            Column("names_people", "flag"),
            Column("measure", "choice", choices=EFFORTS),
            Column("new_before", "number"),
            Column("new_after", "number"),
            Column("old_before", "number"),
            Column("old_after", "number"),
        ),
        ("id",),
    ),
    Table(
        "sunsets",
        facts.Sunset,
        (
            BEHAVIOUR,
            Column("announced", "day"),
            ref("by", "people"),
            Column("how"),
            Column("removes"),
            ref("who", "people"),
            Column("removed", "day"),
        ),
        ("behaviour",),
    ),
    Table(
        "corrective_steps",
        facts.CorrectiveStep,
        (
            ID,
            BEHAVIOUR,
            ref("unit", "units", needed=True),
            Column("on", "day", needed=True),
            Column("about"),
            Column("private_word", "flag"),
            Column("beside", "flag"),
            Column("fair", many=True),
            ref("decided_by", "people"),
            ref("appeal_to", "people"),
        ),
        ("id",),
    ),
)
