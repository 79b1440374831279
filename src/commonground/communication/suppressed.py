"""The suppression list: what customers refused who were erased since, so that an export that brings them again crosses nothing.

It holds digests alone, made with the key of the instance from how the export names them and from each address that they refused. Nobody
can read one back, nothing else is kept, and no page lists it. A number written with and without its country is two numbers here.
"""

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import models

from commonground.access.visibility import Gated
from commonground.analysis.communication.addresses import NUMBERS, is_address, yes_or_no
from commonground.analysis.communication.reach import BITS, CHANNELS
from commonground.programs.models import Program

if TYPE_CHECKING:
    from commonground.communication.contacts import Contact

REF: Final = "ref"


class Suppressed(models.Model):
    """One digest and the bits of the channels that whoever stands behind it refused; since: the day of the erasure."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="suppressed")
    digest = models.CharField(max_length=64)
    refused = models.PositiveSmallIntegerField()
    since = models.DateField()

    objects = Gated["Suppressed"].as_manager()  # nobody reads it

    class Meta:
        constraints = [models.UniqueConstraint(fields=["program", "digest"], name="suppressed_once")]

    def __str__(self) -> str:
        return "a refusal of somebody who was erased"


def suppress(row: "Contact", *, on: date) -> None:
    """Keeps the refusals of a contact that is about to be erased. Nothing is kept of one that refused nothing."""
    for digest, bits in _of_refused(row).items():
        kept, _ = Suppressed.objects.get_or_create(
            program=row.program, digest=digest, defaults={"refused": bits, "since": on}
        )
        if kept.refused | bits != kept.refused:
            kept.refused |= bits
            kept.save(update_fields=["refused"])


def let_go(row: "Contact", allowed: int) -> None:
    """Somebody who was erased is a customer again and agrees to channels, as bits: what was kept of these is forgotten."""
    named = [(REF, row.ref), *((channel, text) for channel, text in _addresses(row) if allowed & BITS[channel])]
    digests = [_digest(kind, text) for kind, text in named]
    for kept in Suppressed.objects.filter(program=row.program, digest__in=digests):
        kept.refused &= ~allowed
        if kept.refused:
            kept.save(update_fields=["refused"])
        else:
            kept.delete()


class Suppressions:
    """The list of one program, read once: for each contact of an export, the bits of what it refused before it was erased."""

    def __init__(self, program: Program) -> None:
        self._refused = dict(Suppressed.objects.filter(program=program).values_list("digest", "refused"))

    def of(self, row: "Contact") -> int:
        """Bits of the channels that this contact, by its name in exports or by an address, refused before it was erased."""
        if not self._refused:
            return 0
        bits = self._refused.get(_digest(REF, row.ref), 0)
        for channel, text in _addresses(row):
            bits |= self._refused.get(_digest(channel, text), 0) & BITS[channel]
        return bits


def _of_refused(row: "Contact") -> Mapping[str, int]:
    """Digest → bits, of how the contact is named and of each address that it refused."""
    if not row.refused:
        return {}
    found = {_digest(REF, row.ref): row.refused}
    for channel, text in _addresses(row):
        if row.refused & BITS[channel]:
            found[_digest(channel, text)] = BITS[channel]
    return found


def _addresses(row: "Contact") -> Iterable[tuple[str, str]]:
    """Channels with what the contact has there, where that is an address and not a mere yes."""
    for channel in CHANNELS:
        text = str(getattr(row, channel))
        if yes_or_no(text) is None and is_address(channel, text):
            yield channel, text


def _digest(kind: str, text: str) -> str:
    said = "".join(sign for sign in text if sign.isdigit()) if kind in NUMBERS else " ".join(text.casefold().split())
    key = f"suppressed:{settings.SECRET_KEY}".encode()
    return hmac.new(key, f"{kind}:{said}".encode(), hashlib.sha256).hexdigest()
