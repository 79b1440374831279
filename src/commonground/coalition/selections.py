"""Choosing champions from a closed round of nominations or a network file: asked for, reckoned behind the page, looked over, accepted."""

from datetime import datetime
from typing import Any, Final, Self

from django.conf import settings
from django.db import models, transaction

from commonground.access.actor import OPERATOR, Actor
from commonground.access.visibility import Gated
from commonground.assessments.in_days import CLOSED
from commonground.coalition.champions import NETWORK, NOMINATED, Champion
from commonground.coalition.closing_nominations import selected
from commonground.coalition.naming import OptOut
from commonground.coalition.networks import KEPT, SELECTED, NetworkFile
from commonground.coalition.nominations import Nomination
from commonground.journal.recording import record
from commonground.organization.models import Person
from commonground.programs.models import Program
from commonground.programs.register import CannotError

WAITING, WORKING, DONE, FAILED, STOPPED, ACCEPTED = "waiting", "working", "done", "failed", "stopped", "accepted"
STATES: Final = {
    WAITING: "waiting for its turn",
    WORKING: "being reckoned",
    DONE: "proposed",
    FAILED: "could not be reckoned",
    STOPPED: "stopped",
    ACCEPTED: "accepted",
}
UNDER_WAY: Final = (WAITING, WORKING)
COVERS: Final = {"unit": "every unit", "level": "every level"}


class SelectionQuerySet(Gated["Selection"]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.may("nominations.view") else self.none()

    def ask(
        self, program: Program, source: Nomination | NetworkFile, options: dict[str, Any], *, by: Actor, at: datetime
    ) -> "Selection":
        """Asks for a choice; `tasks.ask_choosing` has it reckoned. options: count, steps, cover (names of COVERS), spread.

        Raises CannotError where the ties are deleted, or the round is not closed.
        """
        row = Selection(program=program, options=options, asked_at=at, asked_by_id=by.user)
        if isinstance(source, Nomination):
            source.refuse_unless(CLOSED, "used for choosing champions")
            row.nomination = source
        else:
            if source.state != KEPT:
                raise CannotError(f"“{source}” is not in use: take it over first, or bring it again.")
            row.network = source
        with transaction.atomic():
            row.save(force_insert=True)
            record("asked for a choice of champions", row, by=by, at=at, values={"of": str(source), **options})
        return row


class Selection(models.Model):
    """A choice of champions. options: count, steps, cover, spread. result: what the page shows, numbers of people in steps of five.

    Before anybody accepts it, `chosen` holds the ids of people; afterwards they are champions who are asked, and it is emptied.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="selections")
    nomination = models.ForeignKey(
        Nomination, null=True, blank=True, on_delete=models.CASCADE, related_name="selections"
    )
    network = models.ForeignKey(NetworkFile, null=True, blank=True, on_delete=models.CASCADE, related_name="selections")
    options = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=list(STATES.items()), default=WAITING)
    progress = models.CharField(max_length=120, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    chosen = models.JSONField(default=list)
    result = models.JSONField(default=dict)

    objects = SelectionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Choice from “{self.source}”"

    @property
    def source(self) -> Nomination | NetworkFile:
        found = self.nomination or self.network
        assert found is not None  # noqa: S101 - `ask` sets one of the two
        return found

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY

    def stop(self) -> None:
        """Stops what is under way, or sets a proposal aside. Nothing was written beside it, so nothing is journaled."""
        Selection.objects.filter(pk=self.pk).exclude(state=ACCEPTED).update(state=STOPPED, progress="", chosen=[])

    def accept(self, people: list[Person], *, by: Actor, at: datetime) -> int:
        """Asks these of the proposed people to be champions, and deletes the ties it was made from. Returns how many are asked.

        people: those of the proposal whom the change lead keeps. Who is a champion already, or is asked, is left as they are. Raises
        CannotError for a proposal that is not there any more, and for people who were not proposed.
        """
        with transaction.atomic():
            held = Selection.objects.select_for_update().get(pk=self.pk)
            if held.state != DONE:
                raise CannotError(
                    f"This choice is {STATES[held.state]}, so it cannot be accepted. Ask for another one."
                )
            proposed = set(held.chosen) - set(OptOut.objects.values_list("person", flat=True))
            if not people or not {person.pk for person in people} <= proposed:
                raise CannotError(
                    "Keep at least one of those who are proposed here; somebody else is asked on the page of champions."
                )
            asked = sum(self._asked(person, by, at) for person in people)
            held.state, held.chosen = ACCEPTED, []
            held.result = {**held.result, "people": [], "asked": asked}
            held.save(update_fields=["state", "chosen", "result"])
            record("accepted a choice of champions", held, by=by, at=at, values={"asked": asked})
            source = held.source
            if isinstance(source, Nomination):
                selected(source, by=OPERATOR, at=at)
            else:
                source.end(SELECTED, by=OPERATOR, at=at)
        self.refresh_from_db()
        return asked

    def _asked(self, person: Person, by: Actor, at: datetime) -> bool:
        source = NOMINATED if self.nomination_id else NETWORK
        why = "Several colleagues named them." if self.nomination_id else "They reach many people."
        try:
            Champion.objects.ask(person, program=self.program, source=source, why=why, by=by, at=at)
        except CannotError:  # they carry it already, or are asked: the choice changes nothing for them
            return False
        return True
