"""Network files: who works with whom, brought with a recorded basis and until a day. Ties lie in a file and in no backup.

What a page tells of one is what it is for, on whose agreement, until when, and how many people and ties it holds; never a tie.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
from django.conf import settings
from django.db import models, transaction
from numpy.typing import NDArray

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.analysis.coalition.network import Network
from commonground.journal.recording import record
from commonground.programs.models import Program
from commonground.programs.register import CannotError
from commonground.realignment.stages import day_of
from commonground.ui.words import day as written_day

FOLDER: Final = "networks"
LONGEST: Final = 180  # days that a file may be kept
LOOKED, KEPT, SELECTED, EXPIRED, DELETED = "looked", "kept", "selected", "expired", "deleted"
STATES: Final = {
    LOOKED: "looked at, not taken over",
    KEPT: "in use",
    SELECTED: "deleted after the choice",
    EXPIRED: "deleted on its day",
    DELETED: "deleted",
}
LYING: Final = (LOOKED, KEPT)  # states in which the ties are still there


@dataclass(frozen=True)
class Ties:
    """Ties among people of the register. people: their ids, each once; sources, targets: positions in it; weights: None for none told."""

    people: NDArray[np.int64]
    sources: NDArray[np.int32]
    targets: NDArray[np.int32]
    weights: NDArray[np.float64] | None = None

    def network(self) -> Network:
        """Who reaches whom, each person under their id."""
        return Network.from_edges([str(pk) for pk in self.people.tolist()], self.sources, self.targets, self.weights)


class NetworkFileQuerySet(Gated["NetworkFile"]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.may("networks.view") else self.none()

    def look(self, program: Program, ties: Ties, *, by: Actor, at: datetime, **given: Any) -> "NetworkFile":
        """Keeps the ties that were read from a file until somebody takes them over or sets them aside; the file itself is gone already.

        given: name, what_for, agreement, agreed_with, agreed_on, expires_on, file, unmatched_people, unmatched_ties. Raises CannotError
        for a basis that is missing or a last day that is too far off.
        """
        row = NetworkFile(program=program, brought_at=at, place=secrets.token_hex(8), **given)
        row.refuse(day_of(at))
        row.people, row.ties = len(ties.people), len(ties.sources)
        with transaction.atomic():
            row.save(force_insert=True)
            record("brought a network file", row, by=by, at=at, values=row.basis())
            _write(row.path, ties)
        return row

    def lying(self) -> Self:
        """Those whose ties are still there."""
        return self.filter(state__in=LYING)


class NetworkFile(models.Model):
    """A network file. what_for: the purpose; agreement, agreed_with, agreed_on: the basis; expires_on: the last day of its ties.

    people, ties: how many stand in it; unmatched_people, unmatched_ties: how many were left out because nobody of the register was meant.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="networks")
    name = models.CharField(max_length=120)
    what_for = models.CharField(max_length=300)
    agreement = models.CharField(max_length=1000)
    agreed_with = models.CharField(max_length=200)
    agreed_on = models.DateField()
    expires_on = models.DateField()
    file = models.CharField(max_length=200)
    brought_at = models.DateTimeField()
    place = models.CharField(max_length=16)
    state = models.CharField(max_length=8, choices=list(STATES.items()), default=LOOKED)
    ended_on = models.DateField(null=True, blank=True)
    people = models.PositiveIntegerField(default=0)
    ties = models.PositiveIntegerField(default=0)
    unmatched_people = models.PositiveIntegerField(default=0)
    unmatched_ties = models.PositiveIntegerField(default=0)

    objects = NetworkFileQuerySet.as_manager()

    class Meta:
        ordering = ["-brought_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        return Path(settings.DATA) / FOLDER / f"{self.place}.npz"

    @property
    def is_lying(self) -> bool:
        return self.state in LYING

    def basis(self) -> Mapping[str, Any]:
        """What the journal keeps of it: never a person or a tie."""
        words = ("name", "what_for", "agreement", "agreed_with", "agreed_on", "expires_on")
        return {**{word: getattr(self, word) for word in words}, "people": self.people, "ties": self.ties}

    def refuse(self, day: date) -> None:
        """Raises CannotError where its basis is missing, or its last day is over or too far off."""
        if not (self.agreement.strip() and self.agreed_with.strip() and self.what_for.strip()):
            raise CannotError(
                "Say what it is for, on whose agreement or for which reason, and with whom that was agreed."
            )
        if self.agreed_on > day:
            raise CannotError("The agreement begins on a day that is still to come. Bring the file once it holds.")
        if not day <= self.expires_on <= day + timedelta(days=LONGEST):
            raise CannotError(
                f"Give a last day from today until {written_day(day + timedelta(days=LONGEST))}: who works with whom is kept for at most "
                f"{LONGEST} days."
            )

    def read(self) -> Ties:
        """Its ties, for the choice of champions. Raises CannotError when they are deleted."""
        if not self.is_lying or not self.path.exists():
            raise CannotError(f"Who works with whom in “{self}” is deleted. Bring the file again.")
        with np.load(self.path, allow_pickle=False) as held:
            weights = held.get("weights")
            return Ties(held["people"], held["sources"], held["targets"], weights)

    def take_over(self, *, by: Actor, at: datetime) -> None:
        """Champions can be chosen from it from now on."""
        if self.state != LOOKED:
            raise CannotError(f"“{self}” is {STATES[self.state]}, so it cannot be taken over.")
        with transaction.atomic():
            self.state = KEPT
            self.save(update_fields=["state"])
            record("took a network file over", self, by=by, at=at, values={"people": self.people, "ties": self.ties})

    def end(self, state: str, *, by: Actor, at: datetime, why: str = "") -> None:
        """Deletes its ties. state: why they went: SELECTED, EXPIRED or DELETED. Its basis stays on record. There is no way back."""
        if not self.is_lying:
            return
        with transaction.atomic():
            self.state, self.ended_on = state, day_of(at)
            self.save(update_fields=["state", "ended_on"])
            self.selections.exclude(state="accepted").delete()  # they name people who were proposed and never asked
            record("deleted the ties of a network file", self, by=by, at=at, why=why, values={"because": STATES[state]})
            path = self.path
            transaction.on_commit(lambda: shred(path))


def _write(path: Path, ties: Ties) -> None:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    arrays: dict[str, Any] = {"people": ties.people, "sources": ties.sources, "targets": ties.targets}
    if ties.weights is not None:
        arrays["weights"] = ties.weights
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        np.savez_compressed(file, **arrays)


def shred(path: Path) -> None:
    """Overwrites a file and removes it; nothing happens where none is."""
    if path.exists():
        with path.open("r+b") as file:
            file.write(secrets.token_bytes(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()


def left_over() -> list[Path]:
    """Files of ties that belong to no network any more, as after a stop in the middle of deleting."""
    known = {f"{place}.npz" for place in NetworkFile.objects.lying().values_list("place", flat=True)}
    return [path for path in sorted((Path(settings.DATA) / FOLDER).glob("*.npz")) if path.name not in known]
