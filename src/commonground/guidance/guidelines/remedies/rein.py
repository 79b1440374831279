"""What ends the findings of REIN and SOFT."""

from itertools import count

from commonground.analysis.facts import CorrectiveStep, Facts, Reinforcement, Unit
from commonground.analysis.organization import rows_of
from commonground.guidance.guidelines.catalogue import Finding
from commonground.guidance.guidelines.remedies.changing import replaced, with_rows


def change_the_surroundings_first(facts: Facts, finding: Finding) -> Facts:
    """What rewards the old way is taken away, and the step is taken back until that has had time to work."""
    key = finding.subject.id
    paused = [row for row in rows_of(facts, "corrective_steps", CorrectiveStep) if row.id == key]
    facts = replaced(facts, "corrective_steps", CorrectiveStep, lambda row: None if row.id == key else row)
    made = [_new(facts, row.behaviour, "unrewarded", unit=row.unit) for row in paused]
    return with_rows(facts, "reinforcements", *made[:1])


def recognise_a_task(facts: Facts, finding: Finding) -> Facts:
    """A task that was done the new way is recognised today, in the unit or for all."""
    behaviour, unit = _place(facts, finding)
    return with_rows(
        facts, "reinforcements", _new(facts, behaviour, "recognition", unit=unit)._replace(rests_on="task")
    )


def make_it_easier(facts: Facts, finding: Finding) -> Facts:
    """The new way is made easier, and both are counted again: it takes less than the old one."""
    behaviour, unit = _place(facts, finding)
    easier = _new(facts, behaviour, "easier", unit=unit)._replace(measure="steps", new_after=2.0, old_after=6.0)
    return with_rows(facts, "reinforcements", easier)


def speak_of_the_task(facts: Facts, finding: Finding) -> Facts:
    """Feedback on one task."""
    feedback = _new(facts, finding.subject.id, "feedback", unit=None)._replace(rests_on="task")
    return with_rows(facts, "reinforcements", feedback)


def take_it_down(facts: Facts, finding: Finding) -> Facts:
    """It is no longer public."""

    def down(row: Reinforcement) -> Reinforcement:
        return row._replace(public=False) if row.id == finding.subject.id else row

    return replaced(facts, "reinforcements", Reinforcement, down)


def _place(facts: Facts, finding: Finding) -> tuple[str, str | None]:
    """Behaviour and unit of a subject such as `one-record/Billing`. Neither key is known to be without a stroke."""
    key = finding.subject.id
    if finding.subject.kind == "behaviour":
        return key, None
    units = {row.id for row in rows_of(facts, "units", Unit)}
    units |= {
        unit for row in (*facts.rows("pace"), *facts.rows("reinforcements")) if (unit := getattr(row, "unit", None))
    }
    unit = max((one for one in units if key.endswith(f"/{one}")), key=len)
    return key.removesuffix(f"/{unit}"), unit


def _new(facts: Facts, behaviour: str, kind: str, *, unit: str | None) -> Reinforcement:
    taken = {row.id for row in rows_of(facts, "reinforcements", Reinforcement)}
    key = next(name for number in count(1) if (name := f"new-{number}") not in taken)
    return Reinforcement(key, behaviour, kind, facts.as_of, unit)
