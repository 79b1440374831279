"""What each table of facts looks like as a sheet: headers, kinds of value, what refers to what.

Intake reads sheets by it, the command line prints it, exports write it. Columns stand in the order of the row's fields.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from commonground.analysis import facts
from commonground.analysis.facts import (
    CHANGE_KINDS,
    ENGAGEMENT_KINDS,
    HANDOFF_VIEWS,
    HOLDER_FATES,
    MILESTONES,
    PART_KINDS,
    PROCESS_FATES,
    ROLE_FATES,
    SEEN_IN,
    STAGED_KINDS,
    Row,
)

Kind = Literal["id", "text", "day", "week", "number", "whole", "count", "share", "flag", "choice", "ref"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet. `refers` names the table that a reference points into; `many`: several values, separated by `;`."""

    header: str
    kind: Kind = "text"
    needed: bool = False
    refers: str = ""
    choices: tuple[str, ...] = ()
    many: bool = False
    field: str = ""

    @property
    def name(self) -> str:
        """The field of the row class that holds it."""
        return self.field or self.header


@dataclass(frozen=True, slots=True)
class Table:
    """A named table: its row class and its columns, in the order of the row's fields. `key`: the fields that tell rows apart."""

    name: str
    row: type[Row]
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    def column(self, header: str) -> Column:
        """The column with this header. Raises KeyError when there is none."""
        for column in self.columns:
            if column.header == header:
                return column
        raise KeyError(f"{self.name} has no column {header}")


def _ref(header: str, refers: str, *, needed: bool = False, many: bool = False) -> Column:
    return Column(header, "ref", needed=needed, refers=refers, many=many)


_ID, _NAME = Column("id", "id", needed=True), Column("name", needed=True)
_UNIT, _OWNER = _ref("unit", "units"), _ref("answers_for", "people", many=True)
_BEHAVIOUR = _ref("behaviour", "behaviours", needed=True)
_EFFECTIVE = Column("effective", "day")
_FROM, _TO = Column("from", "day", field="start"), Column("to", "day", field="end")

_TABLES = (
    Table(
        "people",
        facts.Person,
        (
            _ID,
            _NAME,
            _UNIT,
            _ref("manager", "people"),
            _ref("role", "roles"),
            Column("level"),
            Column("email"),
            Column("location"),
            Column("shift"),
            Column("language"),
            Column("front_office", "flag"),
            _FROM,
            _TO,
        ),
        ("id", "start"),
    ),
    Table(
        "units",
        facts.Unit,
        (
            _ID,
            _NAME,
            _ref("parent", "units"),
            Column("business_unit", "flag"),
            Column("product_line"),
            _FROM,
            _TO,
        ),
        ("id", "start"),
    ),
    Table(
        "roles",
        facts.Role,
        (
            _ID,
            _NAME,
            Column("level"),
            Column("front_office", "flag"),
            Column("definition_before"),
            Column("definition_after"),
            Column("fate", "choice", choices=ROLE_FATES),
            _EFFECTIVE,
        ),
        ("id",),
    ),
    Table(
        "processes",
        facts.Process,
        (
            _ID,
            _NAME,
            _UNIT,
            _OWNER,
            _ref("workflow", "workflows"),
            Column("fate", "choice", choices=PROCESS_FATES),
            _ref("to_unit", "units"),
            _ref("to_answers_for", "people", many=True),
            _EFFECTIVE,
            Column("product_line"),
            Column("open_work"),
            Column("data"),
            _ref("taken_over_by", "people"),
        ),
        ("id",),
    ),
    Table(
        "does",
        facts.Does,
        (_ref("process", "processes", needed=True), _ref("person", "people", needed=True)),
        ("process", "person"),
    ),
    Table(
        "workflows",
        facts.Workflow,
        (_ID, _NAME, Column("customer_need"), Column("serves_strategy"), Column("median_lead_working_hours", "number")),
        ("id",),
    ),
    Table(
        "handoffs",
        facts.Handoff,
        (
            _ref("workflow", "workflows", needed=True),
            _ref("from_process", "processes", needed=True),
            _ref("to_process", "processes", needed=True),
            Column("carries"),
            Column("when", "choice", choices=HANDOFF_VIEWS),
            Column("median_wait_working_hours", "number"),
            Column("cases", "whole"),
            Column("ping_pong_cases", "whole"),
        ),
        ("workflow", "from_process", "to_process", "when"),
    ),
    Table(
        "log_activities",
        facts.LogActivity,
        (
            Column("activity", needed=True),
            Column("events", "whole", needed=True),
            Column("log"),
            _ref("process", "processes"),
        ),
        ("log", "activity"),
    ),
    Table(
        "role_changes",
        facts.RoleChange,
        (
            _ref("role", "roles", needed=True),
            Column("kind", "choice", needed=True, choices=CHANGE_KINDS),
            Column("size", "whole", needed=True),
            Column("words"),
            Column("offered"),
            Column("accepted", "flag"),
            _UNIT,
            _EFFECTIVE,
        ),
        ("role", "kind", "words", "unit", "effective"),
    ),
    Table(
        "paths",
        facts.Path,
        (
            _ref("person", "people", needed=True),
            _ref("role", "roles", needed=True),
            Column("fate", "choice", needed=True, choices=HOLDER_FATES),
            _ref("to_role", "roles"),
            _ref("to_unit", "units"),
            _ref("to_manager", "people"),
            _EFFECTIVE,
        ),
        ("person", "role"),
    ),
    Table(
        "acknowledgements",
        facts.Acknowledgement,
        (
            _ref("role", "roles", needed=True),
            _ref("person", "people", needed=True),
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
        (_ref("role", "roles", needed=True), Column("offered_on", "day", needed=True), _ref("by", "people")),
        ("role", "offered_on", "by"),
    ),
    Table(
        "milestones",
        facts.Milestone,
        (
            Column("kind", "choice", needed=True, choices=MILESTONES),
            Column("planned", "day"),
            Column("actual", "day"),
            _UNIT,
        ),
        ("kind", "unit"),
    ),
    Table(
        "solutions",
        facts.Solution,
        (
            _ID,
            _ref("workflow", "workflows", needed=True),
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
            _ref("solution", "solutions", needed=True),
            _ref("person", "people", needed=True),
            Column("consent", "flag"),
            Column("hours_per_week", "number"),
            Column("manager_agreed", "flag"),
            _FROM,
            _TO,
        ),
        ("solution", "person", "start"),
    ),
    Table(
        "takes_part",
        facts.TakesPart,
        (
            _ref("solution", "solutions", needed=True),
            _ref("person", "people", needed=True),
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
            _ID,
            Column("kind", needed=True),
            _UNIT,
            Column("practice"),
            _ref("owner", "people"),
            _FROM,
            _TO,
            Column("hours", "number"),
            Column("state"),
        ),
        ("id",),
    ),
    Table(
        "behaviours",
        facts.Behaviour,
        (
            _ID,
            _NAME,
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
            _BEHAVIOUR,
            Column("week", "week", needed=True),
            Column("new", "count", needed=True),
            Column("old", "count", needed=True),
            Column("neither", "count"),
            _UNIT,
            Column("people", "count"),
        ),
        ("behaviour", "week", "unit"),
    ),
    Table(
        "forecasts",
        facts.Forecast,
        (
            _BEHAVIOUR,
            Column("share", "share", needed=True),
            Column("made_on", "day"),
            Column("low", "day"),
            Column("mid", "day"),
            Column("high", "day"),
            _UNIT,
            Column("looks_to", "day"),
        ),
        ("behaviour", "share", "made_on", "unit"),
    ),
    Table(
        "sources",
        facts.Source,
        (
            _ID,
            _ref("behaviours", "behaviours", many=True),
            Column("keeps_days", "count"),
            Column("known", "flag"),
            Column("observed_until", "day"),
            Column("needed_until", "day"),
        ),
        ("id",),
    ),
)
TABLES: Mapping[str, Table] = {table.name: table for table in _TABLES}
