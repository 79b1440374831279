"""What goes out to customers: for a message and a channel the contacts who get it, how many that are, who approved it, what came of it.

A contact stands at most once for a message, on whichever channel; only what bounced may be tried again. The list is written down when it
is prepared, approved by its count, and looked at again when it is taken: whoever refuses by then is left out, nobody is added.
"""

from datetime import datetime
from typing import Final, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Count, Q

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.analysis.communication.reach import LABELS
from commonground.analysis.facts import sendings
from commonground.analysis.facts.sendings import LIST_STATES
from commonground.communication.contacts import Contact
from commonground.communication.messages import Message
from commonground.journal.recording import record
from commonground.programs.models import OfProgram, Program
from commonground.programs.register import CannotError

CHANNELS: Final = {name: label[:1].upper() + label[1:] for name, label in LABELS.items()}
PREPARED, APPROVED, TAKEN, DROPPED = LIST_STATES
STATES: Final = {
    PREPARED: "waits for approval",
    APPROVED: "approved, not taken yet",
    TAKEN: "out",
    DROPPED: "dropped",
}
LISTED, SENT, BOUNCED, REFUSED, ANSWERED = sendings.OUTCOMES
OUTCOMES: Final = {
    LISTED: "nothing came back yet",
    SENT: "sent",
    BOUNCED: "bounced",
    REFUSED: "does not want it",
    ANSWERED: "answered",
}
ARRIVED: Final = (SENT, REFUSED, ANSWERED)  # whoever refuses or answers has got it


class SendingQuerySet(Gated["Sending"]):
    def visible_to(self, actor: Actor) -> Self:
        """Counts of what goes out, of the messages that the actor may see."""
        if not actor.may("reach.view"):
            return self.none()
        return self.filter(message__in=Message.objects.visible_to(actor).values("pk"))

    def live(self) -> Self:
        """Those that were not dropped."""
        return self.exclude(state=DROPPED)

    def out(self) -> Self:
        """Those whose lists were taken."""
        return self.filter(state=TAKEN)


class Sending(OfProgram):
    """One list: a message on one channel. counted: how many stood on it when it was prepared, which is what somebody approves.

    left_out: who refused, or lost the address, between approval and taking. sent, bounced, refused, answered: of those taken, as far as
    it came back. place: the file in the data folder in which its letters or fax sheets lie; printed: its pages; sheets: for how many
    contacts; printing: how far it is, while it is printed.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="sendings")
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="sendings")
    channel = models.CharField(max_length=8, choices=list(CHANNELS.items()))
    state = models.CharField(max_length=8, choices=list(STATES.items()), default=PREPARED)
    counted = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)
    prepared_on = models.DateField()
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    approved_on = models.DateField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    taken_on = models.DateField(null=True, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    sent = models.PositiveIntegerField(default=0)
    bounced = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    answered = models.PositiveIntegerField(default=0)
    place = models.CharField(max_length=32, blank=True)
    printed = models.PositiveIntegerField(null=True, blank=True)
    sheets = models.PositiveIntegerField(null=True, blank=True)
    printing = models.CharField(max_length=20, blank=True)

    objects = SendingQuerySet.as_manager()
    word, facts = "a sending", ("sendings",)

    class Meta:
        ordering = ["-prepared_on", "-pk"]
        indexes = [models.Index(fields=["message", "channel"], name="sending_of_message")]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}: {self.message}"

    @property
    def on_it(self) -> int:
        """How many stand on it now."""
        return self.counted - self.left_out

    @property
    def open(self) -> int:
        """Of how many nothing has come back yet."""
        return max(self.on_it - self.sent - self.bounced, 0) if self.state == TAKEN else 0

    def sealed_readers(self) -> list[int] | None:
        """Who alone may read of it in the journal: as of its message."""
        return self.message.sealed_readers()

    def write(self, verb: str, *, by: Actor, at: datetime, **values: object) -> None:
        """Journals what was done, in counts alone, inside the verb's transaction."""
        readers = self.sealed_readers()
        if readers is not None and by.user is not None:
            readers = sorted({*readers, by.user})
        record(verb, self, by=by, at=at, values=values, facts=self.facts, readers=readers)

    def refuse_own(self, by: Actor) -> None:
        """Raises CannotError for whoever prepared the list: a second pair of eyes looks at how many it goes to."""
        if self.prepared_by_id is not None and by.user == self.prepared_by_id:
            raise CannotError(f"“{self}” was prepared by you. Somebody else looks at the count and approves it.")

    def take_back(self, *, by: Actor, at: datetime) -> None:
        """The way back from an approval, as long as nobody has taken the list."""
        if self.state != APPROVED:
            raise CannotError(
                f"“{self}” is not approved, or its list is out already, so there is no approval to take back."
            )
        with transaction.atomic():
            self.state, self.approved_on, self.approved_by_id = PREPARED, None, None
            self.save(update_fields=["state", "approved_on", "approved_by"])
            self.write("took back an approval", by=by, at=at, channel=self.channel, counted=self.counted)

    def drop(self, *, by: Actor, at: datetime) -> None:
        """It does not go out on this channel; its contacts are free for another list. Raises CannotError once it was taken."""
        if self.state not in (PREPARED, APPROVED):
            raise CannotError(f"“{self}” is {STATES[self.state]} already, so it cannot be dropped.")
        with transaction.atomic():
            self.contacts.all().delete()
            self.state = DROPPED
            self.save(update_fields=["state"])
            self.write("dropped a sending", by=by, at=at, channel=self.channel, counted=self.counted)

    def count_again(self) -> None:
        """Writes down what came back, from the contacts that stand on it."""
        found = self.contacts.aggregate(
            sent=Count("pk", filter=Q(outcome__in=ARRIVED)),
            bounced=Count("pk", filter=Q(outcome=BOUNCED)),
            refused=Count("pk", filter=Q(outcome=REFUSED)),
            answered=Count("pk", filter=Q(outcome=ANSWERED)),
        )
        for name, value in found.items():
            setattr(self, name, value)
        self.save(update_fields=list(found))


class AddressedQuerySet(Gated["Addressed"]):
    def visible_to(self, actor: Actor) -> Self:
        """Who gets it: for those who send, and no others."""
        if not actor.may("contacts.view"):
            return self.none()
        return self.filter(sending__in=Sending.objects.visible_to(actor).values("pk"))


class Addressed(models.Model):
    """That a contact stands on a list, and what came of it. Nobody stands twice for one message, unless what went out bounced."""

    sending = models.ForeignKey(Sending, on_delete=models.CASCADE, related_name="contacts")
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="addressed")
    outcome = models.CharField(max_length=8, choices=list(OUTCOMES.items()), default=LISTED, blank=True)
    on = models.DateField(null=True, blank=True)

    objects = AddressedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["message", "contact"], condition=~Q(outcome=BOUNCED), name="nobody_gets_it_twice"
            )
        ]
        indexes = [models.Index(fields=["sending", "outcome"], name="addressed_of_sending")]

    def __str__(self) -> str:
        return f"contact {self.contact_id} of sending {self.sending_id}"
