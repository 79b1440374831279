"""Reads experiments as rows of facts."""

from commonground.analysis import facts
from commonground.guidance.experiments import Experiment
from commonground.guidance.reading import Reading
from commonground.organization.models import Unit


def experiments(reading: Reading) -> list[facts.Experiment]:
    """One row an experiment, in the order in which they were written."""
    keys = dict(Unit.objects.values_list("pk", "key"))
    rows = Experiment.objects.filter(program=reading.program).select_related("behaviour", "decides").order_by("pk")
    return [
        facts.Experiment(
            row.key,
            row.name,
            row.hypothesis or None,
            row.technique or None,
            row.behaviour.key if row.behaviour else None,
            row.hoped,
            row.design,
            tuple(sorted(keys[unit] for unit in row.units if unit in keys)),
            row.starts_on,
            row.weeks,
            row.stop_rule or None,
            row.decides.key if row.decides else None,
            row.state,
        )
        for row in rows
    ]
