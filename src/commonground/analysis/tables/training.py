"""The sheets of training: modules with for whom they are meant, sessions, and who was there."""

from commonground.analysis import facts
from commonground.analysis.facts import ATTENDANCE_STATES, FORMATS
from commonground.analysis.tables.columns import ID, NAME, Column, Table, ref

TRAINING = ref("training", "training", needed=True)

TABLES = (
    Table(
        "training",
        facts.Training,
        (
            ID,
            NAME,
            ref("roles", "roles", many=True),
            ref("units", "units", many=True),
            Column("levels", many=True),
            Column("everyone", "flag"),
            Column("hours", "number"),
            Column("touches_crm", "flag"),
            ref("behaviour", "behaviours"),
            Column("format", "choice", choices=FORMATS),
        ),
        ("id",),
    ),
    Table(
        "sessions",
        facts.TrainingSession,
        (
            ID,
            TRAINING,
            Column("on", "day"),
            Column("place"),
            Column("language"),
            Column("shift"),
            Column("seats", "count"),
            ref("trainer", "people"),
            Column("held", "flag"),
        ),
        ("id",),
    ),
    Table(
        "attendance",
        facts.Attendance,
        (
            TRAINING,
            ref("person", "people", needed=True),
            Column("on", "day"),
            Column("state", "choice", choices=ATTENDANCE_STATES),
            ref("session", "sessions"),
        ),
        ("training", "person", "on", "session"),
    ),
)
