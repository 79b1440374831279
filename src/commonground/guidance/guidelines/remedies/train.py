"""What ends the findings of TRAIN."""

from commonground.analysis.facts import Attendance, Facts, Milestone, Training, TrainingSession
from commonground.analysis.organization import rows_of
from commonground.analysis.plan.training import ATTENDED, Trainings
from commonground.analysis.register import Register
from commonground.guidance.guidelines.catalogue import Finding
from commonground.guidance.guidelines.remedies.changing import with_rows


def train_those_left(facts: Facts, finding: Finding) -> Facts:
    """Everybody who holds the role has had the training for it; where there is none, there is one now."""
    role = finding.subject.id
    if not any(role in row.roles for row in rows_of(facts, "training", Training)):
        facts = with_rows(facts, "training", Training(f"training for {role}", "The first day", (role,)))
    found = Trainings(Register(facts))
    had = [
        Attendance(module.id, person, facts.as_of, ATTENDED)
        for module in found.modules.values()
        if role in module.roles
        for person in sorted(found.of_role(role) & found.left(module.id))
    ]
    return with_rows(facts, "attendance", *had)


def teach_before(facts: Facts, finding: Finding) -> Facts:
    """A session on each day for which the module is learned: the cut-overs, and the days on which its roles change."""
    roles = Register(facts).organization.roles
    module = next(row for row in rows_of(facts, "training", Training) if row.id == finding.subject.id)
    cut_overs = (row for row in rows_of(facts, "milestones", Milestone) if row.kind == "cut_over")
    days = {row.actual or row.planned for row in cut_overs} | {
        roles[one].effective for one in module.roles if one in roles
    }
    more = (TrainingSession(f"{module.id} on {day}", module.id, day) for day in sorted(filter(None, days)))
    return with_rows(facts, "sessions", *more)


def include_them(facts: Facts, finding: Finding) -> Facts:
    """A module of what changes for customers, for everybody of the unit; for all where they stand in none."""
    unit = finding.subject.id if finding.subject.kind == "unit" else None
    module = Training(
        f"for {unit or 'all'}", "What changes for customers", units=(unit,) if unit else (), everyone=not unit
    )
    return with_rows(facts, "training", module._replace(touches_crm=False))
