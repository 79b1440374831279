"""Joint improvements: what customers and people of ours make better together, who has it in hand, and what came of it."""

from datetime import datetime
from typing import Final

from django.db import models

from commonground.access.actor import Actor
from commonground.analysis.facts.phases import IMPROVEMENT_STATES
from commonground.communication.ours import CollaborationQuerySet
from commonground.communication.panels import Panel
from commonground.organization.models import Person, Unit
from commonground.programs import register
from commonground.programs.models import OfProgram, Program, key_for
from commonground.programs.register import CannotError
from commonground.realignment.stages import day_of

PROPOSED, AGREED, TRYING, DONE, DROPPED = IMPROVEMENT_STATES
STATES: Final = {
    PROPOSED: "proposed",
    AGREED: "agreed",
    TRYING: "being tried",
    DONE: "done",
    DROPPED: "not pursued",
}
NEXT: Final = {
    PROPOSED: (AGREED, DROPPED),
    AGREED: (TRYING, DROPPED),
    TRYING: (DONE, DROPPED),
    DONE: (TRYING,),
    DROPPED: (PROPOSED,),
}


class Improvement(OfProgram):
    """Something made better together. Done asks for what came of it: customers hear it, too."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="improvements")
    key = models.CharField(max_length=120)
    name = models.CharField(max_length=200)
    panel = models.ForeignKey(Panel, null=True, blank=True, on_delete=models.SET_NULL, related_name="improvements")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="improvements")
    state = models.CharField(max_length=10, choices=list(STATES.items()), default=PROPOSED)
    start = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    came_of_it = models.CharField(max_length=500, blank=True)

    objects = CollaborationQuerySet.as_manager()
    word, facts = "a joint improvement", ("improvements",)

    class Meta:
        ordering = ["-start", "-pk"]
        constraints = [models.UniqueConstraint(fields=["program", "key"], name="improvement_key_once")]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def new_key() -> str:
        """A key for one that was entered by hand and not brought by a sheet."""
        return key_for("J")

    @property
    def next_states(self) -> tuple[str, ...]:
        """What commonly follows; the form knows every state."""
        return NEXT.get(self.state, ())

    def move_to(self, state: str, *, by: Actor, at: datetime) -> bool:
        """Says how far it is. Any state may follow any other; done notes the day. Raises CannotError for a state that is none."""
        if state not in STATES:
            raise CannotError(f"“{self}” cannot be “{state}”. It can be {', '.join(STATES)}.")
        done_on = (self.done_on or day_of(at)) if state == DONE else None
        values = {"state": state, "done_on": done_on}
        return register.change(self, values, verb=f"set to {STATES[state]}", facts=self.facts, by=by, at=at)
