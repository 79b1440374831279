"""What stands on the stage of `scenery.py` for experiments and the effects of roll-outs."""

from typing import Any

from django.utils import timezone

from commonground.adoption.models import Behaviour
from commonground.guidance.experiments import Experiment
from tests.cast import Cast


def experiments(at: Any, cast: Cast) -> None:
    """One that lacks nothing, so that it can be registered. After the behaviours."""
    row = Experiment.objects.create(
        program=cast.program,
        key="X1",
        name="A card with the next step",
        hypothesis="With the card it is said more often",
        behaviour=Behaviour.objects.get(program=cast.program, key="B1"),
        hoped=5,
        units=[cast.units["billing"].pk, cast.units["water"].pk],
        starts_on=timezone.localdate(),
        stop_rule="When it takes longer; after eight weeks anyway",
        decides=cast.erin.person,
    )
    at("guidance:experiment experiment-plan experiment-power edit-experiment remove-experiment", pk=row.pk)
    at("guidance:experiment-finish", pk=row.pk, verb="end")
    at("guidance:experiment-turn", pk=row.pk, verb="register")
    at("guidance:put-back-experiment", entry=1)
    at("guidance:roll-out", pk=row.behaviour_id)
