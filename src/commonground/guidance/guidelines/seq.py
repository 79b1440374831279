"""SEQ: strategy, then workflows, then technology; and roles before the cut-over."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from commonground.analysis.facts import Milestone
from commonground.analysis.organization import rows_of
from commonground.analysis.register import Register
from commonground.guidance.guidelines.catalogue import Found, Parameters, Subject, guideline
from commonground.guidance.guidelines.remedies import seq as remedies
from commonground.guidance.guidelines.role import acknowledged, rewritten
from commonground.guidance.guidelines.wording import absent, listed, spelled

SOURCE = "Practice SEQ: strategy, then workflows, then technology."
WORDS = {"strategy_agreed": "the strategy was agreed", "workflows_agreed": "the workflows were agreed"}


def milestone(register: Register, kind: str, unit: str | None) -> Milestone | None:
    """The milestone of one kind for a unit; the program's own where the unit has none."""
    rows = {row.unit: row for row in rows_of(register.facts, "milestones", Milestone) if row.kind == kind}
    return rows.get(unit, rows.get(None))


def reached(row: Milestone | None, day: date) -> date | None:
    """The day on which a milestone was reached, if it was by that day."""
    return row.actual if row and row.actual and row.actual <= day else None


def subject_of(row: Milestone) -> Subject:
    return Subject("milestone", f"{row.kind}/{row.unit}" if row.unit else row.kind)


def where_of(register: Register, row: Milestone) -> str:
    return register.organization.unit_name(row.unit) if row.unit else "the whole program"


@guideline(
    "SEQ-01",
    "Strategy and workflows are agreed before the technology is chosen.",
    severity="error",
    why="A tool that is chosen first decides the work; agreed first, the work decides the tool.",
    source=SOURCE,
    do="Put the order right: agree the strategy and the workflows, then choose or confirm the technology.",
    needs=("milestones",),
    also_reads=("units", "people"),
    remedy=remedies.agree_first,
)
def technology_first(register: Register, parameters: Parameters) -> Iterator[Found]:
    for row in rows_of(register.facts, "milestones", Milestone):
        if row.kind != "technology_chosen" or not (row.actual or row.planned):
            continue
        early = [kind for kind in WORDS if _comes_before(register, row, kind)]
        if early:
            verb = "was chosen" if reached(row, register.facts.as_of) else "is to be chosen"
            yield Found(
                subject_of(row),
                f"The technology {verb} before {listed(WORDS[kind] for kind in early)}",
                where_of(register, row),
                "milestones: "
                + "; ".join([_dates(row), *(_dates(milestone(register, kind, row.unit), kind) for kind in early)]),
            )


def _comes_before(register: Register, row: Milestone, kind: str) -> bool:
    """Whether a choice of technology, made or planned, comes before another milestone."""
    other = milestone(register, kind, row.unit)
    chosen = reached(row, register.facts.as_of)
    if chosen:
        agreed = reached(other, register.facts.as_of)
        return agreed is None or chosen < agreed
    planned = row.actual or row.planned
    expected = (other.actual or other.planned) if other else None
    return planned is not None and (expected is None or planned < expected)


def _dates(row: Milestone | None, kind: str = "") -> str:
    if row is None:
        return f"{kind} not recorded"
    actual = f"actual {spelled(row.actual)}" if row.actual else ""
    planned = f"planned {spelled(row.planned)}" if row.planned and not row.actual else ""
    return f"{row.kind} {actual or planned or 'without a date'}"


@guideline(
    "SEQ-02",
    "Roles are acknowledged before the cut-over.",
    severity="error",
    why="On the day of the cut-over everybody needs to know, and to have agreed with their line, what is theirs to do.",
    source=SOURCE + " Practice ROLE: read, discussed and acknowledged by each.",
    do="Move the date, or finish the talks first.",
    needs=("milestones", "people", "roles"),
    empty_means_none=("acknowledgements",),
    also_reads=("units",),
    parameters={"days_before": 30},
    remedy=remedies.finish_the_talks,
)
def cut_over_before_roles(register: Register, parameters: Parameters) -> Iterator[Found]:
    day, still_open = register.facts.as_of, _not_acknowledged(register)
    for row in rows_of(register.facts, "milestones", Milestone):
        on = row.actual or row.planned
        if row.kind != "cut_over" or on is None or day < on - timedelta(days=parameters["days_before"]):
            continue
        roles = {
            role.name: f"{role.name} {missing:,} of {holders:,}"
            for role in rewritten(register)
            if role.effective is None or role.effective <= on
            for missing, holders in [still_open.get((row.unit, role.id), (0, 0))]
            if missing
        }
        if roles:
            yield Found(
                subject_of(row),
                f"The cut-over {'came' if on <= day else 'comes'} on {spelled(on)} before {listed(roles)} "
                f"{'is' if len(roles) == 1 else 'are'} acknowledged by everybody",
                where_of(register, row),
                f"Not acknowledged by {spelled(day)}: {listed(roles.values(), 8)}; "
                f"from roles and acknowledgements{absent(register, 'acknowledgements')}",
            )


def _not_acknowledged(register: Register) -> Mapping[tuple[str | None, str], tuple[int, int]]:
    """(unit or None for all, role) → its holders there or below who have not acknowledged it, and all its holders there or below."""
    done, counts = acknowledged(register), dict[tuple[str | None, str], tuple[int, int]]()
    for role in rewritten(register):
        inside: dict[str | None, tuple[int, int]] = {}
        for person in register.organization.holders.get(role.id, ()):
            unit = register.organization.people[person].unit
            missing, holders = inside.get(unit, (0, 0))
            inside[unit] = (missing + ((role.id, person) not in done), holders + 1)
        for unit, (missing, holders) in inside.items():
            for above in (*_upwards(register, unit), None):
                have = counts.get((above, role.id), (0, 0))
                counts[above, role.id] = (have[0] + missing, have[1] + holders)
    return counts


def _upwards(register: Register, unit: str | None) -> list[str]:
    """A unit and the units above it."""
    path: list[str] = []
    while unit is not None and unit not in path:
        path.append(unit)
        unit = register.organization.parent(unit)
    return path
