"""What was done to keep a new way going, or so that the old one pays less. Of a behaviour, in a unit or everywhere; never of a person."""

from typing import Any, Final, Self

from django.core.validators import MinValueValidator
from django.db import models

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.adoption.models import Behaviour
from commonground.analysis.reinforcement import ladder, silence
from commonground.organization.models import Person, Unit
from commonground.programs.models import OfProgram, Program, key_for

GOING: Final = {
    silence.RECOGNITION: "recognition of a task done the new way",
    silence.FEEDBACK: "feedback on the task",
    silence.PROMPT: "a prompt at the moment itself",
}
AROUND: Final = {
    ladder.UNREWARDED: "what rewarded the old way was taken away",
    ladder.EASIER: "the new way was made easier, or the old one harder",
    ladder.NORM: "told how many do it already, and that it is good",
}
KINDS: Final = GOING | AROUND
RESTS_ON: Final = {silence.TASK: "how a task was done", silence.COUNTS: "how often, or how many"}
MINUTES, STEPS = "minutes", "steps"
EFFORTS: Final = {MINUTES: "minutes", STEPS: "steps"}


class ReinforcementQuerySet(Gated["Reinforcement"]):
    def visible_to(self, actor: Actor) -> Self:
        """Everybody who works on the program, and the auditor."""
        return self if actor.may("reinforcement.view") else self.none()

    def around(self) -> Self:
        """What changed the surroundings of the old way: the first rungs of the ladder."""
        return self.filter(kind__in=ladder.ENVIRONMENT)


class Reinforcement(OfProgram):
    """Something that was done on a day. unit: None for everybody.

    words: what it was, without a name. given_by: who did it. how: where others could meet it. rests_on: how a task was done, or counts.
    public: others saw it; names_people: it named some, which no form writes and only a sheet can bring. measure: what one occasion takes
    is counted in; new_before to old_after: that of the new and of the old way, before and after it.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="reinforcements")
    key = models.CharField(max_length=120)
    behaviour = models.ForeignKey(Behaviour, on_delete=models.CASCADE, related_name="reinforcements")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=list(KINDS.items()))
    on = models.DateField()
    words = models.CharField(max_length=300)
    given_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    how = models.CharField(max_length=120, blank=True)
    rests_on = models.CharField(max_length=8, blank=True, choices=list(RESTS_ON.items()))
    public = models.BooleanField(default=False)
    names_people = models.BooleanField(default=False)
    measure = models.CharField(max_length=8, blank=True, choices=list(EFFORTS.items()))
    new_before = models.FloatField(null=True, blank=True, validators=[MinValueValidator(0)])
    new_after = models.FloatField(null=True, blank=True, validators=[MinValueValidator(0)])
    old_before = models.FloatField(null=True, blank=True, validators=[MinValueValidator(0)])
    old_after = models.FloatField(null=True, blank=True, validators=[MinValueValidator(0)])

    objects = ReinforcementQuerySet.as_manager()
    word, facts = "a reinforcement", ("reinforcements",)

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["program", "key"], name="reinforcement_key_once")]
        indexes = [models.Index(fields=["program", "behaviour", "on"], name="reinforcement_of_behaviour")]

    def __str__(self) -> str:
        return self.words or KINDS[self.kind]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = self.key or key_for("R")
        super().save(*args, **kwargs)
