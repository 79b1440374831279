"""How namings are kept: whose they are as a pseudonym, whom they name sealed, both by a key that lies in no backup and goes with them.

One row for each person who takes part, of one length whatever stands in it, without a time, under a random id. Without the key the rows
say how many took part and nothing else; a copy of the database, or a backup made at any time, has no key.
"""

import hashlib
import hmac
import secrets
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from django.db import models, transaction

from commonground.access.unordered import random_pk
from commonground.access.visibility import Gated
from commonground.assessments.tokens import NoKeyError, destroy_key, key_path
from commonground.coalition.nominations import FOLDER, Nomination
from commonground.organization.models import Person

MOST: Final = 5  # people whom one may name
_SLOTS: Final = struct.Struct(f">{MOST}Q")
_NONCE, _KEY = 12, 32  # bytes
__all__ = ["MOST", "Ballot", "Box", "NoKeyError", "destroy"]


class Ballot(models.Model):
    """The namings of one person: `who` is the pseudonym, `sealed` the names. No day, no order, no person."""

    id = models.BigAutoField(primary_key=True)  # always given, never counted up: see access.unordered
    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="ballots")
    who = models.CharField(max_length=64, unique=True)
    sealed = models.BinaryField()

    objects = Gated["Ballot"].as_manager()


class Box:
    """The namings of a round, opened with its key. Raises NoKeyError when the key is gone."""

    def __init__(self, nomination: Nomination) -> None:
        self.nomination = nomination
        path = key_path(nomination.pk, FOLDER)
        key = path.read_bytes() if path.exists() else b""
        if len(key) != _KEY:
            raise NoKeyError(
                "The key of this round is gone: the round is over, or this instance was restored from a backup, which never holds it. "
                "Nobody can read its namings any more. Cancel it and prepare another one."
            )
        self._names = hmac.digest(key, b"who", hashlib.sha256)
        self._seals = hmac.digest(key, b"whom", hashlib.sha256)

    def who(self, person: int) -> str:
        """The pseudonym of somebody in this round."""
        return hmac.new(self._names, f"{self.nomination.pk}:{person}".encode(), hashlib.sha256).hexdigest()

    def seal(self, who: str, people: Iterable[int]) -> bytes:
        """The names as they are kept: of one length, in an order of chance, in other signs each time."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - only those who name wait for it

        slots = [*people, *[0] * MOST][:MOST]
        secrets.SystemRandom().shuffle(slots)
        nonce = secrets.token_bytes(_NONCE)
        return nonce + AESGCM(self._seals).encrypt(nonce, _SLOTS.pack(*slots), who.encode())

    def unseal(self, who: str, sealed: bytes) -> frozenset[int]:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - as above

        plain = AESGCM(self._seals).decrypt(sealed[:_NONCE], sealed[_NONCE:], who.encode())
        return frozenset(_SLOTS.unpack(plain)) - {0}

    def of(self, person: int) -> frozenset[int]:
        """Whom somebody has named."""
        who = self.who(person)
        row = Ballot.objects.filter(who=who).values_list("sealed", flat=True).first()
        return self.unseal(who, bytes(row)) if row is not None else frozenset()

    def keep(self, person: int, people: Sequence[int]) -> None:
        """Writes whom somebody names, instead of what was there; nobody: as if they had not been there."""
        who = self.who(person)
        if not people:
            Ballot.objects.filter(who=who).delete()
            return
        sealed = self.seal(who, people)
        if not Ballot.objects.filter(who=who).update(sealed=sealed):
            Ballot.objects.bulk_create([Ballot(pk=random_pk(), nomination=self.nomination, who=who, sealed=sealed)])

    def drop(self, person: int) -> None:
        """Takes a person out of all namings. All rows are sealed anew, so that none shows that it was one of them."""
        rows = [(pk, who, self.unseal(who, sealed) - {person}) for pk, who, sealed in self._rows()]
        Ballot.objects.filter(pk__in=[pk for pk, _, people in rows if not people]).delete()
        kept = [Ballot(pk=pk, sealed=self.seal(who, people)) for pk, who, people in rows if people]
        Ballot.objects.bulk_update(kept, ["sealed"], batch_size=300)

    def all(self) -> Mapping[int, frozenset[int]]:
        """Who named whom, by the ids of people. It never leaves the function that asks for it but as counts."""
        people = {self.who(pk): pk for pk in Person.objects.order_by().values_list("pk", flat=True).iterator()}
        return {people[who]: self.unseal(who, sealed) for _, who, sealed in self._rows() if who in people}

    def _rows(self) -> Iterator[tuple[int, str, bytes]]:
        rows = Ballot.objects.filter(nomination=self.nomination).order_by("pk")
        for pk, who, sealed in rows.values_list("pk", "who", "sealed").iterator(chunk_size=2000):
            yield pk, who, bytes(sealed)


def destroy(nomination: Nomination) -> None:
    """Deletes the namings, and the key once that is committed. What SQLite leaves of the rows on the disk cannot be read without it."""
    pk = nomination.pk
    Ballot.objects.filter(nomination=pk).delete()
    transaction.on_commit(lambda: destroy_key(pk, FOLDER))
