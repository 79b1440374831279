"""Facts of any kind, generated: few people, units and things that meet often, so that most guidelines find something. For hypothesis."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from commonground.analysis.communication.reach import CHANNELS
from commonground.analysis.facts import (
    ACT_KINDS,
    ATTENDANCE_STATES,
    BUDGET_PURPOSES,
    CHANGE_KINDS,
    ENGAGEMENT_KINDS,
    HOLDER_FATES,
    MILESTONES,
    PART_KINDS,
    PERCEPTION_KINDS,
    PROCESS_FATES,
    RATED,
    REINFORCEMENT_KINDS,
    ROLE_FATES,
    ROUND_PURPOSES,
    ROWS,
    STAGED_KINDS,
    VOICE_KINDS,
    VOICE_STATES,
    Facts,
    Pace,
    Row,
)
from commonground.analysis.facts.hiccups import NOTICED
from commonground.analysis.facts.messages import MESSAGE_STATES, SENDER_KINDS, SIDES
from commonground.analysis.facts.phases import IMPROVEMENT_STATES, PHASES
from commonground.analysis.plan.criteria import FILED, MEASURED, criteria_of
from commonground.analysis.plan.gates import STATES
from commonground.analysis.reinforcement.silence import RESTS_ON
from commonground.guidance.guidelines import Guideline
from commonground.guidance.guidelines.examples import EXAMPLES
from commonground.guidance.tests.made import DAY, crowd

PEOPLE = ("ann", "bo", "cy", "dee", "eve")
UNITS = ("all", "east", "west", "dock")
ROLES = ("clerk", "head", "aide")
PROCESSES = ("p1", "p2", "p3", "p4")
THINGS = {  # what stands in a column of this name, whatever the table
    "person": PEOPLE,
    "people": PEOPLE,
    "answers_for": PEOPLE,
    "to_answers_for": PEOPLE,
    "manager": PEOPLE,
    "owner": PEOPLE,
    "deliverer": PEOPLE,
    "trainer": PEOPLE,
    "credit": PEOPLE,
    "sender": PEOPLE,
    "taken_over_by": (*PEOPLE, "gone"),
    "to_manager": PEOPLE,
    "from_manager": PEOPLE,
    "unit": UNITS,
    "units": UNITS,
    "to_unit": UNITS,
    "parent": UNITS,
    "role": ROLES,
    "roles": ROLES,
    "to_role": ROLES,
    "level": ("staff", "manager"),
    "levels": ("staff", "manager"),
    "process": PROCESSES,
    "from_process": PROCESSES,
    "to_process": PROCESSES,
    "workflow": ("w1", "w2"),
    "solution": ("s1", "s2"),
    "message": ("m1", "m2"),
    "segment": ("firms", "homes"),
    "segments": ("firms", "homes"),
    "channel": CHANNELS,
    "channels": CHANNELS,
    "behaviour": ("b1", "b2"),
    "behaviours": ("b1", "b2"),
    "training": ("t1", "t2"),
    "round": ("r1", "r2"),
    "practice": ("LEAD", "TRAIN", "OWN"),
    "topic": ("night shift",),
    "product_line": ("power", "gas"),
    "when": ("as_is", "to_be"),
    "sender_kind": SENDER_KINDS,
    "side": SIDES,
    "cut_over": (*UNITS, "all"),
    "noticed": NOTICED,
    "open_work": ("40 cases", "none"),
    "audience": ("",),
    "source": ("log", "logins", "training"),
}
KINDS = {  # what stands in the columns of one table
    "acts.kind": ACT_KINDS,
    "activities.kind": ("workshop", "newsletter", "course", "visit"),
    "activities.state": ("planned", "running", "done", "dropped"),
    "attendance.state": ATTENDANCE_STATES,
    "budget.purpose": BUDGET_PURPOSES,
    "engagements.kind": ENGAGEMENT_KINDS,
    "impacts.kind": RATED,
    "impacts.subject": (*UNITS, *ROLES),
    "evidence.answer": ("met", "not_met", "condition"),
    "evidence.criterion": tuple(one.key for number in PHASES for one in criteria_of(number)),
    "evidence.how": (FILED, MEASURED),
    "experiments.state": ("draft", "ready", "running", "ended"),
    "gates.state": tuple(STATES),
    "improvements.state": IMPROVEMENT_STATES,
    "messages.state": MESSAGE_STATES,
    "milestones.kind": MILESTONES,
    "paths.fate": HOLDER_FATES,
    "perceptions.kind": PERCEPTION_KINDS,
    "processes.fate": PROCESS_FATES,
    "reinforcements.kind": REINFORCEMENT_KINDS,
    "reinforcements.rests_on": RESTS_ON,
    "role_changes.kind": CHANGE_KINDS,
    "roles.fate": ROLE_FATES,
    "rounds.purpose": ROUND_PURPOSES,
    "rounds.instrument": ("culture", "pulse"),
    "stages.id": (*PEOPLE, *ROLES, *PROCESSES),
    "stages.kind": STAGED_KINDS,
    "takes_part.what": PART_KINDS,
    "voices.kind": VOICE_KINDS,
    "voices.state": VOICE_STATES,
}
IDS = {
    "people": PEOPLE,
    "units": UNITS,
    "roles": ROLES,
    "processes": PROCESSES,
    "workflows": ("w1", "w2"),
    "solutions": ("s1", "s2"),
    "messages": ("m1", "m2"),
    "segments": ("firms", "homes"),
    "behaviours": ("b1", "b2"),
    "training": ("t1", "t2"),
    "rounds": ("r1", "r2"),
}
OTHERS = tuple(f"{letter}{number}" for letter in "xyz" for number in range(3))
MONDAY = date(2026, 11, 9)
NUMBERS = {"number": (1, 3), "size": (-3, 3), "events": (1, 99)}
DAYS = st.integers(-150, 60).map(lambda days: DAY + timedelta(days=days))


def given_facts(one: Guideline) -> st.SearchStrategy[Facts]:
    """Facts with every table that a guideline needs, and some of those that it also reads; now and then with its example among them."""
    there = {name: table(name, fewest=2) for name in one.needs}
    others = {name: table(name) for name in sorted(one.tables - set(one.needs))}
    example = EXAMPLES[one.code].tables if one.code in EXAMPLES else {}
    before = st.sampled_from([example, example, {}])
    return st.tuples(before, st.fixed_dictionaries(there, optional=others)).map(lambda both: _together(*both))


def _together(one: Mapping[str, Sequence[Row]], other: Mapping[str, Sequence[Row]]) -> Facts:
    names = [name for name in ROWS if name in one or name in other]
    return Facts({name: (*one.get(name, ()), *other.get(name, ())) for name in names}, DAY)


def table(name: str, fewest: int = 0) -> st.SearchStrategy[list[Row]]:
    """Some rows of a table, ids once each; of people now and then with a crowd, since small groups are not told of."""
    if name == "pace":
        return st.lists(
            series(), min_size=min(fewest, 1), max_size=3, unique_by=lambda one: one[0][:1] + one[0][5:6]
        ).map(lambda found: [row for one in found for row in one])
    kind = ROWS[name]
    rows = st.lists(
        row_of(name, kind), min_size=min(fewest, len(IDS.get(name, OTHERS))), max_size=8, unique_by=_key(kind)
    )
    if name != "people":
        return rows
    return st.tuples(rows, st.booleans()).map(
        lambda both: [*both[0], *(crowd(12, "east", role="clerk") if both[1] else [])]
    )


def _key(kind: type[Row]) -> Callable[[Any], object]:
    return (lambda row: row.id) if "id" in kind._fields and kind._fields[0] != "kind" else (lambda row: row)


def row_of(name: str, kind: type[Row]) -> st.SearchStrategy[Row]:
    hints = get_type_hints(kind)
    return st.builds(kind, **{field: column(name, field, hints[field]) for field in kind._fields})


def column(name: str, field: str, hint: Any) -> st.SearchStrategy[Any]:
    """What may stand in a column, by its table, its name and its type. A missing value where the type has one."""
    if get_origin(hint) is UnionType:
        inner = next(part for part in get_args(hint) if part is not type(None))
        known = column(name, field, inner)
        return st.one_of(known, known, known, st.none())
    if get_origin(hint) is tuple:
        return st.lists(st.sampled_from(THINGS.get(field, ("one",))), max_size=2, unique=True).map(tuple)
    if hint is str:
        words = (
            IDS.get(name, OTHERS)
            if field == "id" and name != "stages"
            else KINDS.get(f"{name}.{field}") or THINGS.get(field)
        )
        return st.sampled_from(words or ("something",))
    plain = {
        date: DAYS,
        bool: st.booleans(),
        int: st.integers(*NUMBERS.get(field, (0, 40))),
        float: st.sampled_from([0.0, 0.1, 0.5, 1.0, 4.0, 9.0, 30.0]),
    }
    return plain[hint]


@st.composite
def series(draw: st.DrawFn) -> list[Pace]:
    """Weeks of one behaviour in one unit, or of all, up to the last whole week: a share that moves at most once."""
    behaviour, unit = draw(st.sampled_from(["b1", "b2"])), draw(st.sampled_from([None, "east", "west"]))
    before, after, turn = draw(st.integers(0, 100)), draw(st.integers(0, 100)), draw(st.integers(0, 20))
    count, people = draw(st.integers(3, 24)), draw(st.sampled_from([4, 20, None]))
    return [
        Pace(behaviour, MONDAY - timedelta(weeks=back), new, 100 - new, 0, unit, people)
        for back in reversed(range(count))
        for new in [before if back > turn else after]
    ]
