"""Customers' contacts: on which channels each can be reached, what they refused, and the counts that all pages read.

Addresses are for those who may see contacts; everybody else sees ContactCount alone. A refusal is never crossed: `mask` leaves it out,
and every list is made by `mask`.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final, Self

from django.db import models, transaction

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.analysis.communication.addresses import addresses
from commonground.analysis.communication.reach import BITS, CHANNELS, LABELS, usable
from commonground.communication.segments import Segment
from commonground.communication.suppressed import Suppressions, let_go
from commonground.journal.recording import record
from commonground.programs.models import Program
from commonground.programs.register import CannotError

FACTS: Final = ("segments", "reachable")
AT_ONCE: Final = 500
Bits = tuple[int, int, int]  # refused, bounced once, bounced more often


class ContactQuerySet(Gated["Contact"]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.may("contacts.view") else self.none()

    def on(self, channel: str) -> Self:
        """Those whom a channel reaches: usable, not refused, not bounced twice."""
        bit = BITS[channel]
        return self.annotate(on_it=models.F("mask").bitand(bit)).filter(on_it=bit)

    def note_outcomes(
        self, program: Program, *, bounced: Mapping[int, str], refused: Mapping[int, str], by: Actor, at: datetime
    ) -> dict[int, Bits]:
        """What came back: contact → channel. Twice back, or refused: used no more. Returns the bits before, for `restore`."""
        before: dict[int, Bits] = {}
        rows = self._of(program, {*bounced, *refused})
        for row in rows:
            before[row.pk] = (row.refused, row.bounced_once, row.bounced)
            back = BITS[bounced[row.pk]] if row.pk in bounced else 0
            row.bounced |= row.bounced_once & back
            row.bounced_once |= back
            row.refused |= BITS[refused[row.pk]] if row.pk in refused else 0
        values = {"bounced": len(bounced), "refused": len(refused)}
        self._write_bits(program, rows, "noted what came back from customers", values, by=by, at=at)
        return before

    def restore(self, program: Program, bits: Mapping[int, Bits], *, by: Actor, at: datetime) -> None:
        """The way back from `note_outcomes`: gives contacts the bits that they had. Those that are gone stay gone."""
        rows = self._of(program, bits)
        for row in rows:
            row.refused, row.bounced_once, row.bounced = bits[row.pk]
        self._write_bits(program, rows, "took back what came back from customers", {}, by=by, at=at)

    def _of(self, program: Program, keys: Iterable[int]) -> "list[Contact]":
        wanted, found = sorted(keys), list[Contact]()
        for start in range(0, len(wanted), AT_ONCE):
            found += Contact.objects.filter(program=program, pk__in=wanted[start : start + AT_ONCE])
        return found

    def _write_bits(
        self, program: Program, rows: "list[Contact]", verb: str, values: Mapping[str, int], *, by: Actor, at: datetime
    ) -> None:
        for row in rows:
            row.settle()
        if not rows:
            return
        with transaction.atomic():
            Contact.objects.bulk_update(rows, ["refused", "bounced_once", "bounced", "mask"], batch_size=AT_ONCE)
            recount(program)
            record(verb, rows[0], by=by, at=at, values={**values, "contacts": len(rows)}, facts=FACTS)


class Contact(models.Model):
    """One customer's ways to be reached. ref: as the export names them. letter: the lines of the address. portal, visit: yes or an address.

    mask: bits of channels with a usable address that they did not refuse and from which nothing came back twice; refused: bits of those
    refused; bounced_once, bounced: bits of those from which something came back once, and more often. language: such as “de”, "" not known.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="contacts")
    segment = models.ForeignKey(Segment, on_delete=models.PROTECT, related_name="contacts")
    ref = models.CharField(max_length=120)
    name = models.CharField(max_length=200, blank=True)
    email = models.CharField(max_length=254, blank=True)
    sms = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    letter = models.CharField(max_length=500, blank=True)
    fax = models.CharField(max_length=60, blank=True)
    portal = models.CharField(max_length=120, blank=True)
    visit = models.CharField(max_length=500, blank=True)
    language = models.CharField(max_length=12, blank=True)
    mask = models.PositiveSmallIntegerField(default=0)
    refused = models.PositiveSmallIntegerField(default=0)
    bounced_once = models.PositiveSmallIntegerField(default=0)
    bounced = models.PositiveSmallIntegerField(default=0)

    objects = ContactQuerySet.as_manager()
    word, facts = "a contact", FACTS

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["program", "ref"], name="contact_ref_once")]
        indexes = [models.Index(fields=["program", "segment", "mask"], name="contact_by_mask")]

    def __str__(self) -> str:
        return "a contact"  # the journal names it so: who it is can be erased, the journal not

    def settle(self) -> None:
        """Works out the mask anew from what is known of the contact. It does not save."""
        cells = {channel: str(getattr(self, channel)) for channel in CHANNELS}
        self.mask = usable(addresses(cells), self.refused, self.bounced)

    def put_right(self, values: Mapping[str, Any], *, by: Actor, at: datetime) -> bool:
        """Gives the contact other values. A changed address works again. Returns whether anything differed.

        What somebody who was erased refused at a new address stays refused, until it is said here that they agree. The journal names
        the fields, never an address.
        """
        stored = Contact.objects.get(pk=self.pk)
        names = [name for name, value in values.items() if getattr(stored, name) != value]
        if not names:
            return False
        for name in names:
            setattr(self, name, values[name])
        fresh = sum(BITS[name] for name in names if name in BITS)
        allowed = stored.refused & ~self.refused
        self.bounced, self.bounced_once = self.bounced & ~fresh, self.bounced_once & ~fresh
        self.refused |= Suppressions(self.program).of(self) & fresh & ~allowed
        self.settle()
        with transaction.atomic():
            let_go(self, allowed)
            self.save()
            recount(self.program)
            record("put a contact right", self, by=by, at=at, values={"changed": names}, facts=FACTS)
        return True

    def refuse(self, channels: Iterable[str], *, by: Actor, at: datetime) -> bool:
        """Says exactly which channels the contact refuses. Returns whether anything differed. Raises CannotError for no channel."""
        asked = list(channels)
        unknown = [one for one in asked if one not in BITS]
        if unknown:
            raise CannotError(f"“{unknown[0]}” is no channel. Choose among {', '.join(LABELS.values())}.")
        return self.put_right({"refused": sum(BITS[one] for one in set(asked))}, by=by, at=at)


class ContactCountQuerySet(Gated["ContactCount"]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.may("reach.view") else self.none()


class ContactCount(models.Model):
    """How many contacts of a segment have exactly these channels: the only thing that pages read. Written by `recount`."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="contact_counts")
    segment = models.ForeignKey(Segment, on_delete=models.CASCADE, related_name="counts")
    mask = models.PositiveSmallIntegerField()
    contacts = models.PositiveIntegerField()

    objects = ContactCountQuerySet.as_manager()

    class Meta:
        ordering = ["segment", "mask"]
        constraints = [models.UniqueConstraint(fields=["program", "segment", "mask"], name="contact_count_once")]

    def __str__(self) -> str:
        return f"{self.contacts} with mask {self.mask}"


def recount(program: Program) -> None:
    """Counts the contacts anew. Whoever writes contacts calls it in the same transaction."""
    rows = Contact.objects.filter(program=program).order_by().values_list("segment", "mask")
    counted = list(rows.annotate(number=models.Count("pk")))
    with transaction.atomic():
        ContactCount.objects.filter(program=program).delete()
        ContactCount.objects.bulk_create(
            ContactCount(program=program, segment_id=segment, mask=mask, contacts=number)
            for segment, mask, number in counted
        )


def counts_of(program: Program | int, segments: Iterable[int] | None = None) -> dict[int, dict[int, int]]:
    """Segment → mask → contacts, as `analysis.communication.reach` takes them. segments: only these. One query."""
    rows = ContactCount.objects.filter(program=program)
    if segments is not None:
        rows = rows.filter(segment__in=list(segments))
    found: dict[int, dict[int, int]] = {}
    for segment, mask, number in rows.values_list("segment", "mask", "contacts"):
        found.setdefault(segment, {})[mask] = number
    return found


__all__ = ["FACTS", "Bits", "Contact", "ContactCount", "counts_of", "recount"]
