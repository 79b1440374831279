"""Exports of contacts that were brought: looked over first, taken over whole or not at all, undone within thirty days."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, Self

from django.conf import settings
from django.db import models, transaction

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.communication.contacts import FACTS
from commonground.journal.recording import record
from commonground.programs.models import Program
from commonground.programs.register import CannotError

LOOKED, TAKEN, ASIDE, UNDONE = "looked", "taken", "aside", "undone"
STATES: Final = {
    LOOKED: "looked over, not taken over yet",
    TAKEN: "taken over",
    ASIDE: "set aside",
    UNDONE: "undone",
}
FOLDER: Final = "contacts"
WAY_BACK: Final = timedelta(days=30)  # how long the rows before are kept, and it can be undone


class ContactFileQuerySet(Gated["ContactFile"]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.may("contacts.view") else self.none()


class ContactFile(models.Model):
    """One export of contacts. place: the folder in which it lies until it is taken over or set aside; mapping: our column → its header.

    told: what looking it over found, as numbers by name; kept_out: rows that could not be read, each [row, column, value, why].
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="contact_files")
    file = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    place = models.CharField(max_length=16, blank=True)
    state = models.CharField(max_length=8, choices=list(STATES.items()), default=LOOKED)
    brought_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    mapping = models.JSONField(default=dict, blank=True)
    told = models.JSONField(default=dict, blank=True)
    kept_out = models.JSONField(default=list, blank=True)
    left_out = models.JSONField(default=list, blank=True)

    objects = ContactFileQuerySet.as_manager()
    word, facts = "an export of contacts", FACTS

    class Meta:
        ordering = ["-brought_at", "-pk"]

    def __str__(self) -> str:
        return self.file

    def can_be_undone(self, at: datetime) -> bool:
        """Whether it is the last that was taken over, not more than thirty days ago."""
        if self.state != TAKEN or self.ended_at is None or at - self.ended_at >= WAY_BACK:
            return False
        return not ContactFile.objects.filter(program=self.program_id, state=TAKEN, ended_at__gt=self.ended_at).exists()

    def end(self, state: str, verb: str, *, by: Actor, at: datetime, **values: Any) -> None:
        """Says that it is taken over, set aside or undone, inside the verb's transaction; the file itself goes."""
        self.state, self.ended_at = state, at
        self.save(update_fields=["state", "ended_at", "kept_out", "told"])
        path = path_of(self.place) if self.place else None
        if path is not None:
            transaction.on_commit(lambda: path.unlink(missing_ok=True))
        facts = self.facts if state in (TAKEN, UNDONE) else ()
        record(verb, self, by=by, at=at, values={"file": self.file, **values}, facts=facts)

    def set_aside(self, *, by: Actor, at: datetime) -> None:
        """It is not taken over; what was read of it goes. Raises CannotError when it is no longer looked over."""
        if self.state != LOOKED:
            raise CannotError(f"“{self}” is {STATES[self.state]}, so it cannot be set aside.")
        with transaction.atomic():
            self.kept_out = []
            self.end(ASIDE, "set contacts aside", by=by, at=at)


class ContactBeforeQuerySet(Gated["ContactBefore"]):
    """Never shown: it only serves to undo."""


class ContactBefore(models.Model):
    """What a contact was before a file changed it. row: its columns; None: the file brought it."""

    file = models.ForeignKey(ContactFile, on_delete=models.CASCADE, related_name="before")
    ref = models.CharField(max_length=120)
    row = models.JSONField(null=True)

    objects = ContactBeforeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["ref"], name="contact_before_ref")]

    def __str__(self) -> str:
        return self.ref


def path_of(place: str) -> Path:
    """Where a file lies until it is taken over or set aside."""
    return Path(settings.DATA) / FOLDER / place
