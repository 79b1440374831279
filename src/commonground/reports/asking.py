"""Asking about the data on oneself: to have them corrected, erased or explained, or to object. The change lead answers within a month."""

from datetime import date, datetime, timedelta
from typing import NamedTuple, Self

from django.conf import settings
from django.db import models, transaction

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.journal.recording import record
from commonground.programs.models import Program
from commonground.programs.register import CannotError
from commonground.realignment.stages import day_of

OPEN, ANSWERED, WITHDRAWN = "open", "answered", "withdrawn"
STATES = {OPEN: "open", ANSWERED: "answered", WITHDRAWN: "withdrawn"}
KINDS = {
    "correct": "Something is wrong",
    "erase": "Something should be erased",
    "explain": "I want to know more",
    "object": "I object to something being held or used",
}
ANSWERS = "organization.change"  # who may put the register right answers
MONTH = timedelta(days=30)  # GDPR Art. 12(3) says a month; 30 days are within each


class DataRequestQuerySet(Gated["DataRequest"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own; those who can put the register right see all."""
        if actor.user is None:
            return self.none()
        return self if actor.may(ANSWERS) else self.filter(user=actor.user)

    def open(self) -> Self:
        return self.filter(state=OPEN)

    def ask(self, program: Program, *, kind: str, words: str, by: Actor, at: datetime) -> "DataRequest":
        """Asks the change lead. The journal keeps that somebody asked, not what."""
        if kind not in KINDS or not words.strip():
            raise CannotError("Say in a sentence what you ask for, so that it can be answered.")
        if by.user is None:
            raise CannotError("Only somebody who has signed in can ask here. Ask the change lead in another way.")
        with transaction.atomic():
            row = self.create(program=program, user_id=by.user, kind=kind, words=words.strip(), asked_at=at)
            row._note("asked about the data on them", by, at)
        return row


class DataRequest(models.Model):
    """Something that somebody asked about the data on them, and the answer."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=list(KINDS.items()))
    words = models.TextField(max_length=4000)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=list(STATES.items()), default=OPEN)
    answer = models.TextField(max_length=4000, blank=True)
    ended_at = models.DateTimeField(null=True)

    objects = DataRequestQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        verbose_name = "request about data"

    def __str__(self) -> str:
        return f"request {self.pk}"

    @property
    def due(self) -> date:
        """The day by which it is to be answered."""
        return day_of(self.asked_at) + MONTH

    def withdraw(self, *, by: Actor, at: datetime) -> None:
        """Whoever asked no longer asks. `ask_again` is the way back."""
        self._go(WITHDRAWN, "withdrew a request about data", (OPEN,), by, at)

    def ask_again(self, *, by: Actor, at: datetime) -> None:
        """Opens it again: after it was withdrawn, or after an answer that does not do."""
        self._go(OPEN, "asked again about data", (WITHDRAWN, ANSWERED), by, at)

    def reply(self, words: str, *, by: Actor, at: datetime) -> None:
        """Answers it. `ask_again` opens it once more, for whoever asked and for whoever answered too soon."""
        if not words.strip():
            raise CannotError("Say what was done, or why not: the answer is what the person reads.")
        self.answer = words.strip()
        self._go(ANSWERED, "answered a request about data", (OPEN,), by, at)

    def _go(self, state: str, verb: str, starts: tuple[str, ...], by: Actor, at: datetime) -> None:
        if self.state not in starts:
            raise CannotError(f"This request is {STATES[self.state]}, so that cannot be done. Look at it again.")
        with transaction.atomic():
            self.state, self.ended_at = state, None if state == OPEN else at
            self.save(update_fields=["state", "ended_at", "answer"])
            self._note(verb, by, at)

    def _note(self, verb: str, by: Actor, at: datetime) -> None:
        record(verb, self, by=by, at=at, values={"about": KINDS[self.kind]})


class Waiting(NamedTuple):
    """Open requests: how many, and the day by which the first is to be answered."""

    many: int
    due: date


def waiting_since(actor: Actor, program: Program) -> Waiting | None:
    """What waits for an answer of whoever may answer; None for others, and where nothing waits."""
    if not actor.may(ANSWERS):
        return None
    rows = DataRequest.objects.visible_to(actor).filter(program=program).open()
    first = rows.first()
    return Waiting(rows.count(), first.due) if first is not None else None
