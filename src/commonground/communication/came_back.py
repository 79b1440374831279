"""What came back of a list that went out: brought by a file or said by hand, taken over in one step, and undone in one.

Twice back: the address is used no more. Whoever does not want it is never written to on that channel again. What customers answered
stands among what they told us, with their segment and never with a name; somebody makes a voice or a joint improvement of it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, Self

from django.conf import settings
from django.db import models, transaction

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.communication.contacts import Bits, Contact, ContactQuerySet
from commonground.communication.refusals import refused_elsewhere
from commonground.communication.sendings import (
    ANSWERED,
    BOUNCED,
    LISTED,
    OUTCOMES,
    REFUSED,
    SENT,
    Addressed,
    Sending,
)
from commonground.communication.sendings import (
    TAKEN as OUT,
)
from commonground.communication.told import Told
from commonground.journal.recording import record
from commonground.programs.models import Program
from commonground.programs.register import CannotError
from commonground.realignment.stages import day_of

LOOKED, TAKEN, ASIDE, UNDONE = "looked", "taken", "aside", "undone"
STATES: Final = {
    LOOKED: "looked over, not taken over yet",
    TAKEN: "taken over",
    ASIDE: "set aside",
    UNDONE: "undone",
}
FOLDER: Final = "came-back"
AT_ONCE: Final = 500
STRONGER: Final = {LISTED: 0, SENT: 1, ANSWERED: 2, BOUNCED: 3, REFUSED: 4}  # what stands where a file says two things
Row = tuple[int, str, str, str]  # id of Addressed, outcome, day as ISO or "", what the customer said


class CameBackQuerySet(Gated["CameBack"]):
    def visible_to(self, actor: Actor) -> Self:
        """For those who send."""
        if not actor.may("contacts.view"):
            return self.none()
        return self.filter(sending__in=Sending.objects.visible_to(actor).values("pk"))


class CameBack(models.Model):
    """One return to a list. file: "" when it was said by hand. rows: while it is looked over; before: what to go back to, once taken over.

    found: how many rows by outcome, and how many of nobody on the list. kept_out: rows that were not read, as [row, column, value, why].
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="came_back")
    sending = models.ForeignKey(Sending, on_delete=models.CASCADE, related_name="came_back")
    file = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    place = models.CharField(max_length=16, blank=True)
    state = models.CharField(max_length=8, choices=list(STATES.items()), default=LOOKED)
    brought_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    mapping = models.JSONField(default=dict, blank=True)
    found = models.JSONField(default=dict, blank=True)
    kept_out = models.JSONField(default=list, blank=True)
    left_out = models.JSONField(default=list, blank=True)
    rows = models.JSONField(default=list, blank=True)
    before = models.JSONField(default=dict, blank=True)

    objects = CameBackQuerySet.as_manager()
    facts = ("sendings",)

    class Meta:
        ordering = ["-brought_at", "-pk"]

    def __str__(self) -> str:
        return self.file or "said by hand"

    def hold(self, rows: Iterable[Row], **found: Any) -> None:
        """Keeps what a file says, to be looked over. It does not save."""
        kept = {
            pk: (pk, outcome, on, words) for pk, outcome, on, words in sorted(rows, key=lambda one: STRONGER[one[1]])
        }
        self.rows = [list(one) for one in kept.values()]
        by_outcome = Counter(outcome for _, outcome, _, _ in kept.values())
        words = sum(1 for one in kept.values() if one[3])
        self.found = {
            **found,
            "rows": len(kept),
            "words": words,
            **{f"is_{name}": by_outcome[name] for name in by_outcome},
        }

    def by_outcome(self) -> list[tuple[str, int]]:
        """What it says, outcome by outcome, in words."""
        return [(OUTCOMES[name], self.found[f"is_{name}"]) for name in OUTCOMES if self.found.get(f"is_{name}")]

    def take_over(self, *, by: Actor, at: datetime) -> int:
        """What it says counts from now on. Returns how many contacts it changed.

        Raises CannotError for one that was taken over already, and for a list that is not out.
        """
        if self.state != LOOKED:
            raise CannotError(f"“{self}” is {STATES[self.state]}, so it cannot be taken over.")
        if self.sending.state != OUT:
            raise CannotError(f"The list of “{self.sending}” is not out, so nothing can come back of it.")
        self.before = {"rows": {}}
        with transaction.atomic():
            changed = self._write_outcomes()
            self._tell_contacts(changed, by=by, at=at)
            self._note_answers(by=by, at=at)
            self.rows = []
            self._end(TAKEN, "took over what came back", by=by, at=at)
            self.sending.count_again()
        return len(changed)

    def _write_outcomes(self) -> list[tuple[Addressed, str]]:
        """Writes each contact's outcome and remembers the one before. Returns those that differ, with the outcome before."""
        said = {row[0]: row for row in self.rows}
        changed: list[tuple[Addressed, str]] = []
        wanted, busy = sorted(said), self._busy()
        for start in range(0, len(wanted), AT_ONCE):
            rows = []
            for one in self.sending.contacts.filter(pk__in=wanted[start : start + AT_ONCE]):
                _, outcome, on, _ = said[one.pk]
                if one.outcome in (outcome, REFUSED) or (one.outcome == BOUNCED and one.contact_id in busy):
                    continue  # a refusal stands; what bounced and is tried elsewhere did bounce
                changed.append((one, one.outcome))
                self.before["rows"][str(one.pk)] = [one.outcome, one.on.isoformat() if one.on else ""]
                one.outcome, one.on = outcome, date.fromisoformat(on) if on else None
                rows.append(one)
            Addressed.objects.bulk_update(rows, ["outcome", "on"], batch_size=AT_ONCE)
        return changed

    def _tell_contacts(self, changed: Sequence[tuple[Addressed, str]], *, by: Actor, at: datetime) -> None:
        """What came back, and who does not want it, is written on the contacts, so that no list holds them on this channel."""
        channel = self.sending.channel
        bounced = {one.contact_id: channel for one, _ in changed if one.outcome == BOUNCED}
        refused = {one.contact_id: channel for one, _ in changed if one.outcome == REFUSED}
        if bounced or refused:
            bits = Contact.objects.note_outcomes(self.program, bounced=bounced, refused=refused, by=by, at=at)
            self.before["bits"] = {str(pk): list(before) for pk, before in bits.items()}
            now = _bits(Contact.objects.filter(program=self.program), list(bits))
            self.before["bits_after"] = {str(pk): list(after) for pk, after in now.items()}

    def _note_answers(self, *, by: Actor, at: datetime) -> None:
        """What customers answered stands among what they told us, with their segment and without a name."""
        said = {row[0]: (row[2], row[3]) for row in self.rows if row[3]}
        found = self.sending.contacts.filter(pk__in=list(said)) if len(said) <= AT_ONCE else self.sending.contacts.all()
        segments = dict(found.values_list("pk", "contact__segment"))
        noted = []
        heard_before = set(
            Told.objects.filter(message=self.sending.message_id).values_list("words", "segment", "channel")
        )
        fresh = set(self.before["rows"])
        for pk, (on, words) in said.items():
            again = (words[:2000], segments.get(pk), self.sending.channel) in heard_before and str(pk) not in fresh
            if pk in segments and not again:
                heard = {"words": words[:2000], "segment_id": segments[pk], "message_id": self.sending.message_id}
                heard |= {"channel": self.sending.channel, "on": date.fromisoformat(on) if on else day_of(at)}
                noted.append(Told.objects.note(self.program, heard, by=by, at=at).pk)
        self.before["told"] = noted

    def undo(self, *, by: Actor, at: datetime) -> None:
        """Gives every contact what stood before; what customers said goes, unless something came of it.

        A contact of whom more is known since keeps that: a refusal is never forgotten by undoing. Raises CannotError where more came back
        to the same list since.
        """
        if self.state != TAKEN:
            raise CannotError(f"“{self}” is {STATES[self.state]}, so there is nothing to undo.")
        later = CameBack.objects.filter(sending=self.sending, state=TAKEN, ended_at__gt=self.ended_at).first()
        if later is not None:
            raise CannotError(f"More came back since, by “{later}”. Undo that one first.")
        rows: Mapping[str, list[str]] = self.before.get("rows", {})
        if not self.before:
            raise CannotError(
                f"What stood before “{self}” is no longer kept, so it cannot be undone. Put single contacts right instead."
            )
        with transaction.atomic():
            self._refuse_taken_again(rows)
            found = [one for one in self.sending.contacts.all() if str(one.pk) in rows]
            for one in found:
                outcome, on = rows[str(one.pk)]
                one.outcome, one.on = outcome, date.fromisoformat(on) if on else None
            Addressed.objects.bulk_update(found, ["outcome", "on"], batch_size=AT_ONCE)
            self._give_bits_back(by=by, at=at)
            for told in Told.objects.open().filter(pk__in=self.before.get("told", [])):
                told.remove(by=by, at=at)
            self._end(UNDONE, "undid what came back", by=by, at=at)
            self.sending.count_again()

    def _give_bits_back(self, *, by: Actor, at: datetime) -> None:
        before, after = self.before.get("bits", {}), self.before.get("bits_after", {})
        now = _bits(Contact.objects.filter(program=self.program), [int(pk) for pk in before])
        same = {pk: bits for pk, bits in now.items() if list(bits) == after.get(str(pk))}
        if same:
            said = refused_elsewhere(self.program, same)
            old = {pk: (was[0] | said.get(pk, 0), was[1], was[2]) for pk in same for was in [before[str(pk)]]}
            Contact.objects.restore(self.program, old, by=by, at=at)

    def _refuse_taken_again(self, rows: Mapping[str, list[str]]) -> None:
        """A contact of whom it bounced may stand on another list by now; then it did bounce."""
        back = [int(pk) for pk, (outcome, _) in rows.items() if outcome != BOUNCED]
        contacts = self.sending.contacts.filter(outcome=BOUNCED).values_list("pk", "contact")
        again = {contact for pk, contact in contacts if pk in set(back)}
        if again & self._busy():
            raise CannotError(
                f"Contacts of whom “{self}” says that it bounced stand on another list of this message by now. Drop that list first."
            )

    def _busy(self) -> set[int]:
        """Contacts who stand on another list of the message, on which it did not bounce."""
        there = Addressed.objects.filter(message=self.sending.message_id).exclude(sending=self.sending)
        return set(there.exclude(outcome=BOUNCED).values_list("contact", flat=True))

    def set_aside(self, *, by: Actor, at: datetime) -> None:
        """It is not taken over; what was read of it goes."""
        if self.state != LOOKED:
            raise CannotError(f"“{self}” is {STATES[self.state]}, so it cannot be set aside.")
        with transaction.atomic():
            self.rows, self.kept_out = [], []
            self._end(ASIDE, "set aside what came back", by=by, at=at)

    def _end(self, state: str, verb: str, *, by: Actor, at: datetime) -> None:
        self.state, self.ended_at = state, at
        self.save()
        if self.place:
            path = path_of(self.place)
            transaction.on_commit(lambda: path.unlink(missing_ok=True))
        numbers = {name: many for name, many in self.found.items() if isinstance(many, int)}
        readers = self.sending.sealed_readers()
        record(verb, self, by=by, at=at, values=numbers, facts=self.facts, readers=readers)


def say_sent(row: Sending, *, on: date, by: Actor, at: datetime) -> CameBack:
    """Says by hand that all of a list went out on a day, but for those of whom something came back. Undone like a file."""
    if row.state != OUT:
        raise CannotError(f"The list of “{row}” is not out yet. Take it first.")
    if on > at.date():
        raise CannotError(f"{on:%-d %b %Y} has not come yet. Name the day on which it went out.")
    said = row.contacts.filter(outcome=LISTED).values_list("pk", flat=True)
    made = CameBack(program=row.program, sending=row, brought_at=at)
    made.hold([(pk, SENT, on.isoformat(), "") for pk in said])
    if not made.rows:
        raise CannotError(f"Of everybody on “{row}” something came back already.")
    with transaction.atomic():
        made.save(force_insert=True)
        made.take_over(by=by, at=at)
    return made


def _bits(rows: ContactQuerySet, wanted: Sequence[int]) -> dict[int, Bits]:
    found: dict[int, Bits] = {}
    for start in range(0, len(wanted), AT_ONCE):
        some = rows.filter(pk__in=wanted[start : start + AT_ONCE])
        found |= {pk: (a, b, c) for pk, a, b, c in some.values_list("pk", "refused", "bounced_once", "bounced")}
    return found


def path_of(place: str) -> Path:
    """Where a file lies until it is taken over or set aside."""
    return Path(settings.DATA) / FOLDER / place
