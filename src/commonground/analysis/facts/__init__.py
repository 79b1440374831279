"""The facts: named tables of frozen plain rows. They are at once what guidelines read, what sheets hold and what plug-ins get.

A row class is one table. Its fields stand in the order of the sheet's columns (`FORMATS`); a column whose header is a Python word
has another field name (`from` and `to` are `start` and `end`, `with` is `who`). A missing value is None. Days are `datetime.date`;
a period is half-open: it holds on `start` and no longer on `end`.

`analysis.tables` describes each table as a sheet.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from commonground.analysis.facts.budget import BUDGET_PURPOSES, BudgetLine
from commonground.analysis.facts.coalition import ACT_KINDS, Act, Champion, ChampionMeeting, Member, Sponsor
from commonground.analysis.facts.experiments import Experiment
from commonground.analysis.facts.gates import Evidence, Gate
from commonground.analysis.facts.heard import (
    PERCEPTION_KINDS,
    RATED,
    ROUND_PURPOSES,
    VOICE_KINDS,
    VOICE_STATES,
    AmountOfChange,
    Impact,
    Perception,
    Reassignment,
    Response,
    Round,
    Voice,
)
from commonground.analysis.facts.hiccups import Hiccup
from commonground.analysis.facts.load import Blackout, Capacity
from commonground.analysis.facts.messages import Message
from commonground.analysis.facts.pace import (
    SEEN_IN,
    VANITY,
    Behaviour,
    Forecast,
    Pace,
    Source,
)
from commonground.analysis.facts.phases import Improvement, Panel, Phase
from commonground.analysis.facts.plans import (
    CHANGE_KINDS,
    DIMINISHING_KINDS,
    ENGAGEMENT_KINDS,
    HOLDER_FATES,
    MILESTONES,
    PART_KINDS,
    STAGED_KINDS,
    Acknowledgement,
    Activity,
    Conversation,
    Engagement,
    Milestone,
    Path,
    RoleChange,
    Seat,
    Solution,
    Stage,
    TakesPart,
)
from commonground.analysis.facts.reach import Reachable, Segment
from commonground.analysis.facts.register import (
    HANDOFF_VIEWS,
    IN_QUESTION,
    PROCESS_FATES,
    PURPOSE_IN_QUESTION,
    ROLE_FATES,
    Does,
    Handoff,
    LogActivity,
    Person,
    Process,
    Role,
    Unit,
    Workflow,
)
from commonground.analysis.facts.reinforcement import REINFORCEMENT_KINDS, CorrectiveStep, Reinforcement, Sunset
from commonground.analysis.facts.sendings import Sending
from commonground.analysis.facts.steps import Step
from commonground.analysis.facts.training import ATTENDANCE_STATES, FORMATS, Attendance, Training, TrainingSession

__all__ = [
    "ACT_KINDS",
    "ATTENDANCE_STATES",
    "BUDGET_PURPOSES",
    "CHANGE_KINDS",
    "DIMINISHING_KINDS",
    "ENGAGEMENT_KINDS",
    "FORMATS",
    "HANDOFF_VIEWS",
    "HOLDER_FATES",
    "IN_QUESTION",
    "MILESTONES",
    "PART_KINDS",
    "PERCEPTION_KINDS",
    "PROCESS_FATES",
    "PURPOSE_IN_QUESTION",
    "RATED",
    "REINFORCEMENT_KINDS",
    "ROLE_FATES",
    "ROUND_PURPOSES",
    "ROWS",
    "SEEN_IN",
    "STAGED_KINDS",
    "VANITY",
    "VOICE_KINDS",
    "VOICE_STATES",
    "Acknowledgement",
    "Act",
    "Activity",
    "AmountOfChange",
    "Attendance",
    "Behaviour",
    "Blackout",
    "BudgetLine",
    "Capacity",
    "Champion",
    "ChampionMeeting",
    "Conversation",
    "CorrectiveStep",
    "Does",
    "Engagement",
    "Evidence",
    "Experiment",
    "Facts",
    "Forecast",
    "Gate",
    "Handoff",
    "Hiccup",
    "Impact",
    "Improvement",
    "LogActivity",
    "Member",
    "Message",
    "Milestone",
    "Pace",
    "Panel",
    "Path",
    "Perception",
    "Person",
    "Phase",
    "Process",
    "Reachable",
    "Reassignment",
    "Reinforcement",
    "Response",
    "Role",
    "RoleChange",
    "Round",
    "Row",
    "Seat",
    "Segment",
    "Sending",
    "Solution",
    "Source",
    "Sponsor",
    "Stage",
    "Step",
    "Sunset",
    "TakesPart",
    "Training",
    "TrainingSession",
    "Unit",
    "Voice",
    "Workflow",
    "in_force",
]

Row = (
    Person
    | Unit
    | Role
    | Process
    | Does
    | Workflow
    | Handoff
    | LogActivity
    | RoleChange
    | Path
    | Acknowledgement
    | Stage
    | Conversation
    | Milestone
    | Solution
    | Seat
    | TakesPart
    | Engagement
    | Activity
    | Behaviour
    | Pace
    | Forecast
    | Source
    | Voice
    | Round
    | Response
    | AmountOfChange
    | Impact
    | Perception
    | Reassignment
    | Member
    | Sponsor
    | Act
    | Champion
    | ChampionMeeting
    | Training
    | TrainingSession
    | Attendance
    | Phase
    | Gate
    | Evidence
    | Panel
    | Improvement
    | Hiccup
    | Segment
    | Reachable
    | Sending
    | Step
    | Experiment
    | Message
    | BudgetLine
    | Capacity
    | Blackout
    | Reinforcement
    | Sunset
    | CorrectiveStep
)
ROWS: Mapping[str, type[Row]] = {
    "people": Person,
    "units": Unit,
    "roles": Role,
    "processes": Process,
    "does": Does,
    "workflows": Workflow,
    "handoffs": Handoff,
    "log_activities": LogActivity,
    "role_changes": RoleChange,
    "paths": Path,
    "acknowledgements": Acknowledgement,
    "stages": Stage,
    "conversations": Conversation,
    "milestones": Milestone,
    "solutions": Solution,
    "seats": Seat,
    "takes_part": TakesPart,
    "engagements": Engagement,
    "activities": Activity,
    "behaviours": Behaviour,
    "pace": Pace,
    "forecasts": Forecast,
    "sources": Source,
    "voices": Voice,
    "rounds": Round,
    "response": Response,
    "amount_of_change": AmountOfChange,
    "impacts": Impact,
    "perceptions": Perception,
    "reassignments": Reassignment,
    "team": Member,
    "sponsors": Sponsor,
    "acts": Act,
    "champions": Champion,
    "champion_meetings": ChampionMeeting,
    "training": Training,
    "sessions": TrainingSession,
    "attendance": Attendance,
    "phases": Phase,
    "gates": Gate,
    "evidence": Evidence,
    "panels": Panel,
    "improvements": Improvement,
    "segments": Segment,
    "reachable": Reachable,
    "hiccups": Hiccup,
    "messages": Message,
    "sendings": Sending,
    "steps": Step,
    "experiments": Experiment,
    "budget": BudgetLine,
    "capacity": Capacity,
    "blackouts": Blackout,
    "reinforcements": Reinforcement,
    "sunsets": Sunset,
    "corrective_steps": CorrectiveStep,
}


@dataclass(frozen=True, eq=False)
class Facts:
    """Tables of rows as known today, asked as of one day. A table that is absent was never given: that differs from an empty one.

    tables: table name → rows. as_of: the day that every "now" of a guideline means.
    """

    tables: Mapping[str, Sequence[Row]]
    as_of: date

    def __post_init__(self) -> None:
        unknown = sorted(set(self.tables) - set(ROWS))
        if unknown:
            raise ValueError(f"No such table: {', '.join(unknown)}. Tables are {', '.join(ROWS)}.")

    def has(self, table: str) -> bool:
        """Whether the table was given at all, empty or not."""
        return table in self.tables

    def rows(self, table: str) -> Sequence[Row]:
        """The rows of a table; empty when it was never given."""
        return self.tables.get(table, ())

    def __iter__(self) -> Iterator[str]:
        return iter(self.tables)


def in_force(start: date | None, end: date | None, day: date) -> bool:
    """Whether a period [start, end) holds on a day; an open side holds for ever."""
    return (start is None or start <= day) and (end is None or day < end)
