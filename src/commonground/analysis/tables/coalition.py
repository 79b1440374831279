"""The sheets of who carries the change: the team, sponsors and their visible acts, champions and their meetings."""

from commonground.analysis import facts
from commonground.analysis.facts import ACT_KINDS
from commonground.analysis.tables.columns import FROM, TO, UNIT, Column, Table, ref

PERSON = ref("person", "people", needed=True)
HOURS = Column("hours_per_week", "number")

TABLES = (
    Table(
        "team",
        facts.Member,
        (PERSON, Column("consent", "flag"), HOURS, Column("manager_agreed", "flag"), FROM, TO),
        ("person", "start"),
    ),
    Table("sponsors", facts.Sponsor, (PERSON, UNIT, FROM, TO, Column("told", "day")), ("person", "unit", "start")),
    Table(
        "acts",
        facts.Act,
        (
            PERSON,
            Column("on", "day", needed=True),
            Column("kind", "choice", choices=ACT_KINDS),
            UNIT,
            Column("planned", "flag"),
        ),
        ("person", "on", "kind", "unit"),
    ),
    Table(
        "champions",
        facts.Champion,
        (
            PERSON,
            UNIT,
            Column("level"),
            Column("location"),
            Column("shift"),
            Column("language"),
            HOURS,
            Column("hours_used", "number"),
            Column("contacts", "number"),
            FROM,
            TO,
        ),
        ("person", "start"),
    ),
    Table(
        "champion_meetings",
        facts.ChampionMeeting,
        (Column("on", "day", needed=True), Column("people", "count")),
        ("on",),
    ),
)
