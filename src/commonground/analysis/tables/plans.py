"""The sheets of what is planned for people, what was said of it, the searches, and the line of the program."""

from commonground.analysis import facts
from commonground.analysis.facts import (
    CHANGE_KINDS,
    ENGAGEMENT_KINDS,
    HOLDER_FATES,
    MILESTONES,
    PART_KINDS,
    STAGED_KINDS,
)
from commonground.analysis.tables.columns import EFFECTIVE, FROM, ID, TO, UNIT, Column, Table, ref

TABLES = (
    Table(
        "role_changes",
        facts.RoleChange,
        (
            ref("role", "roles", needed=True),
            Column("kind", "choice", needed=True, choices=CHANGE_KINDS),
            Column("size", "whole", needed=True),
            Column("words"),
            Column("offered"),
            Column("accepted", "flag"),
            UNIT,
            EFFECTIVE,
        ),
        ("role", "kind", "words", "unit", "effective"),
    ),
    Table(
        "paths",
        facts.Path,
        (
            ref("person", "people", needed=True),
            ref("role", "roles", needed=True),
            Column("fate", "choice", needed=True, choices=HOLDER_FATES),
            ref("to_role", "roles"),
            ref("to_unit", "units"),
            ref("to_manager", "people"),
            EFFECTIVE,
        ),
        ("person", "role"),
    ),
    Table(
        "acknowledgements",
        facts.Acknowledgement,
        (
            ref("role", "roles", needed=True),
            ref("person", "people", needed=True),
            Column("read", "day"),
            Column("discussed_manager", "day"),
            Column("discussed_holder", "day"),
            Column("acknowledged", "day"),
        ),
        ("role", "person"),
    ),
    Table(
        "stages",
        facts.Stage,
        (
            Column("kind", "choice", needed=True, choices=STAGED_KINDS),
            Column("id", "id", needed=True),
            Column("consulted", "day"),
            Column("told", "day"),
            Column("line_spoke", "day"),
            Column("shown", "day"),
            Column("in_force", "day"),
        ),
        ("kind", "id"),
    ),
    Table(
        "conversations",
        facts.Conversation,
        (ref("role", "roles", needed=True), Column("offered_on", "day", needed=True), ref("by", "people")),
        ("role", "offered_on", "by"),
    ),
    Table(
        "milestones",
        facts.Milestone,
        (
            Column("kind", "choice", needed=True, choices=MILESTONES),
            Column("planned", "day"),
            Column("actual", "day"),
            UNIT,
        ),
        ("kind", "unit"),
    ),
    Table(
        "solutions",
        facts.Solution,
        (
            ID,
            ref("workflow", "workflows", needed=True),
            Column("question"),
            Column("opened", "day"),
            Column("decided", "day"),
        ),
        ("id",),
    ),
    Table(
        "seats",
        facts.Seat,
        (
            ref("solution", "solutions", needed=True),
            ref("person", "people", needed=True),
            Column("consent", "flag"),
            Column("hours_per_week", "number"),
            Column("manager_agreed", "flag"),
            FROM,
            TO,
        ),
        ("solution", "person", "start"),
    ),
    Table(
        "takes_part",
        facts.TakesPart,
        (
            ref("solution", "solutions", needed=True),
            ref("person", "people", needed=True),
            Column("on", "day", needed=True),
            Column("what", "choice", needed=True, choices=PART_KINDS),
        ),
        ("solution", "person", "on", "what"),
    ),
    Table(
        "engagements",
        facts.Engagement,
        (
            Column("on", "day", needed=True),
            Column("with", needed=True, field="who"),
            Column("kind", "choice", needed=True, choices=ENGAGEMENT_KINDS),
            Column("outside_it", "flag"),
        ),
        ("on", "who"),
    ),
    Table(
        "activities",
        facts.Activity,
        (
            ID,
            Column("kind", needed=True),
            UNIT,
            Column("practice"),
            ref("owner", "people"),
            FROM,
            TO,
            Column("hours", "number"),
            Column("state"),
        ),
        ("id",),
    ),
)
