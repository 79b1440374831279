"""Messages: who hears what from whom, when and on which channel, inside and outside; none leaves before somebody else approved it.

A message about a change of somebody's role or work that is not told yet hangs on the planned row of that change, and is seen only
through it: nobody learns of their own loss from a list of messages.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.analysis.communication.reach import LABELS
from commonground.analysis.plan.audience import text_of
from commonground.journal.recording import record
from commonground.organization.models import Person, Unit
from commonground.programs import register
from commonground.programs.models import Milestone, OfProgram, Program, key_for
from commonground.programs.register import CannotError
from commonground.realignment.models import ProcessFate, RoleFate
from commonground.realignment.stages import SETTLED, day_of
from commonground.voice.models import Topic

INSIDE, CUSTOMERS = "inside", "customers"
SIDES: Final = {INSIDE: "inside", CUSTOMERS: "to customers"}
SENDER_KINDS: Final = {
    "line": "their line manager",
    "sponsor": "a sponsor",
    "team": "the project team",
    "customer_lead": "a customer lead",
    "other": "somebody else",
}
INSIDE_CHANNELS: Final = {
    "email": "e-mail",
    "talk": "team talk",
    "print": "print",
    "intranet": "intranet",
    "meeting": "meeting",
    "screen": "screen",
}
CUSTOMER_CHANNELS: Final = LABELS
CHANNELS_OF: Final[Mapping[str, Mapping[str, str]]] = {INSIDE: INSIDE_CHANNELS, CUSTOMERS: CUSTOMER_CHANNELS}
DRAFT, IN_REVIEW, APPROVED, OUT, DONE, DROPPED = "draft", "in_review", "approved", "out", "done", "dropped"
STATES: Final = {
    DRAFT: "draft",
    IN_REVIEW: "in review",
    APPROVED: "approved",
    OUT: "out",
    DONE: "done",
    DROPPED: "dropped",
}
NEXT: Final = {
    DRAFT: (IN_REVIEW, DROPPED),
    IN_REVIEW: (APPROVED, DRAFT, DROPPED),
    APPROVED: (OUT, DRAFT, DROPPED),
    OUT: (DONE, APPROVED),
    DONE: (OUT,),
    DROPPED: (DRAFT,),
}
WAITING, SAID = (DRAFT, IN_REVIEW, APPROVED), (OUT, DONE)
UNSPOKEN = ("state", "approved_by_id", "approved_on")  # what may change without anybody approving it anew
DAY = timedelta(days=1)


class MessageQuerySet(Gated["Message"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those who plan and read messages; never one about a change that is not told yet and that they may not see."""
        if not actor.may("messages.view"):
            return self.none()
        return self.seen_through(actor)

    def seen_through(self, actor: Actor) -> Self:
        """Without those that hang on a planned change which the actor may not see."""
        roles = RoleFate.objects.visible_to(actor).values("pk")
        works = ProcessFate.objects.visible_to(actor).values("pk")
        return self.filter(Q(role_fate=None) | Q(role_fate__in=roles), Q(process_fate=None) | Q(process_fate__in=works))

    def told(self) -> Self:
        """Those that hang on nothing that is still to be told."""
        return self.of_view(SETTLED)

    def of_view(self, stages: tuple[str, ...]) -> Self:
        """Those that a view of the facts counts."""
        roles = RoleFate.objects.filter(stage__in=stages).values("pk")
        works = ProcessFate.objects.filter(stage__in=stages).values("pk")
        return self.filter(Q(role_fate=None) | Q(role_fate__in=roles), Q(process_fate=None) | Q(process_fate__in=works))

    def of(self, program: Program) -> Self:
        return self.filter(program=program)

    def inside(self) -> Self:
        return self.filter(side=INSIDE)

    def to_customers(self) -> Self:
        return self.filter(side=CUSTOMERS)

    def on(self, day: date) -> Self:
        """Those whose window holds on a day."""
        return self.filter(Q(start=None) | Q(start__lte=day), Q(end=None) | Q(end__gt=day))

    def late(self, day: date) -> Self:
        """Those that should have gone out before a day and have not."""
        over = Q(end__lte=day) | Q(end=None, start__lt=day)
        return self.filter(over, state__in=WAITING)


class Message(OfProgram):
    """Something said to an audience inside or to customers.

    audience: attribute → value, empty means all of its unit. unit: whose message it is, none for the whole. segments: empty means
    all customers. end: until before. about_my_work: it touches people's own job, so it comes from their line. known, unknown,
    next_word, next_on: what we know, what we do not know, when the next word comes. written_by: who wrote or changed it last; never
    the one who approves it. role_fate, process_fate: the planned change that it tells of.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="messages")
    key = models.CharField(max_length=120)
    title = models.CharField(max_length=200)
    purpose = models.CharField(max_length=300, blank=True)
    side = models.CharField(max_length=10, choices=list(SIDES.items()), default=INSIDE)
    audience = models.JSONField(default=dict, blank=True)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    segments = models.ManyToManyField("communication.Segment", related_name="messages", blank=True)
    sender_kind = models.CharField(max_length=15, choices=list(SENDER_KINDS.items()), default="line")
    sender = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="messages_sent")
    channels = models.JSONField(default=list, blank=True)
    start = models.DateField(null=True, blank=True)
    end = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=list(STATES.items()), default=DRAFT)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    approved_on = models.DateField(null=True, blank=True)
    about_my_work = models.BooleanField(default=False)
    cut_over = models.ForeignKey(Milestone, null=True, blank=True, on_delete=models.SET_NULL, related_name="messages")
    known = models.TextField(blank=True)
    unknown = models.TextField(blank=True)
    next_word = models.CharField(max_length=300, blank=True)
    next_on = models.DateField(null=True, blank=True)
    topics = models.ManyToManyField(Topic, related_name="messages", blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    role_fate = models.ForeignKey(RoleFate, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    process_fate = models.ForeignKey(ProcessFate, null=True, blank=True, on_delete=models.CASCADE, related_name="+")

    objects = MessageQuerySet.as_manager()
    word, facts = "a message", ("messages",)

    class Meta:
        ordering = ["start", "pk"]
        constraints = [models.UniqueConstraint(fields=["program", "key"], name="message_key_once")]
        indexes = [models.Index(fields=["program", "state", "start"], name="message_by_day")]

    def __str__(self) -> str:
        return self.title

    @staticmethod
    def new_key() -> str:
        """A key for a message that was entered by hand and not brought by a sheet."""
        return key_for("M")

    @property
    def is_inside(self) -> bool:
        return self.side == INSIDE

    @property
    def audience_words(self) -> str:
        return text_of(self.audience or {})

    @property
    def channel_names(self) -> list[str]:
        """Its channels in plain words, in the order in which channels are listed."""
        return [label for name, label in CHANNELS_OF[self.side].items() if name in self.channels]

    @property
    def last_day(self) -> date | None:
        """The last day on which it goes out."""
        if self.end is not None and (self.start is None or self.end > self.start):
            return self.end - DAY
        return self.start

    @property
    def next_states(self) -> tuple[str, ...]:
        return NEXT.get(self.state, ())

    @property
    def waits_to_be_told(self) -> bool:
        """Whether it tells of a change that those concerned have not heard from their line."""
        return any(one is not None and not one.settled for one in (self.role_fate, self.process_fate))

    def is_late(self, day: date) -> bool:
        """Whether its days have passed and it is not out."""
        last = self.last_day
        return self.state in WAITING and last is not None and last < day

    def text_in(self, language: str) -> "MessageText | None":
        """Its words in a language; where there are none, those that stand first. None while nothing is written."""
        texts = list(self.texts.all())
        wanted = [one for one in texts if one.language.casefold() == language.strip().casefold()]
        return next(iter([*wanted, *texts]), None)

    def sealed_readers(self) -> list[int] | None:
        """Who alone may read of it in the journal, as long as the change that it tells of is not told."""
        fates = (self.role_fate, self.process_fate)
        sealed = [one.sealed_readers() for one in fates if one is not None]
        named = [readers for readers in sealed if readers is not None]
        return sorted(set(named[0]).intersection(*named[1:])) if named else None

    def change(self, values: Mapping[str, Any], *, by: Actor, at: datetime) -> bool:
        """Gives it other values; what was approved or in review is a draft again, since nobody has approved it as it is now.

        Raises CannotError once it is out.
        """
        stored = type(self)._base_manager.get(pk=self.pk)
        differs = any(getattr(stored, name) != value for name, value in values.items() if name not in UNSPOKEN)
        if not differs:
            return super().change(values, by=by, at=at)
        self.refuse_once_out()
        return super().change({**values, **_unapproved(by)}, by=by, at=at)

    def refuse_once_out(self) -> None:
        """Raises CannotError for a message that people have heard already."""
        if self.state in SAID:
            raise CannotError(
                f"“{self}” is {STATES[self.state]}, so its words stand as people heard them. Write a new message instead."
            )

    def set_segments(self, segments: Iterable[Any], *, by: Actor, at: datetime) -> bool:
        """Whom of the customers it is for; none means all. Returns whether anything differed."""
        return self._set("segments", list(segments), "changed whom a message is for", by=by, at=at)

    def set_topics(self, topics: Iterable[Topic], *, by: Actor, at: datetime) -> bool:
        """Which doubts it answers. Returns whether anything differed. It needs no new approval: no word changes."""
        return self._set("topics", list(topics), "linked a message to what it answers", by=by, at=at)

    def _set(self, name: str, rows: list[Any], verb: str, *, by: Actor, at: datetime) -> bool:
        there = getattr(self, name)
        before = list(there.order_by("pk"))
        after = sorted(rows, key=lambda one: one.pk)
        if before == after:
            return False
        if name == "segments":
            self.refuse_once_out()
        with transaction.atomic():
            there.set(after)
            self.write(verb, by=by, at=at, before=[str(one) for one in before], after=[str(one) for one in after])
            if name == "segments":
                super().change(_unapproved(by), by=by, at=at)
        return True

    def move_to(self, state: str, *, by: Actor, at: datetime) -> bool:
        """One step of its way. Raises CannotError for a step that there is not, and for what must be so before it."""
        if state == self.state:
            return False
        if state not in NEXT.get(self.state, ()):
            able = ", ".join(STATES[one] for one in self.next_states) or "nothing else"
            raise CannotError(f"“{self}” is {STATES[self.state]}. From there it can become: {able}.")
        if state == IN_REVIEW and not self.texts.exists():
            raise CannotError(f"“{self}” has no words yet. Write what it says, then send it to review.")
        values: dict[str, Any] = {"state": state}
        if state == APPROVED and self.state == IN_REVIEW:
            self._refuse_approval(by)
            values |= {"approved_by_id": by.user, "approved_on": day_of(at)}
        if state == DRAFT:
            values |= {"approved_by_id": None, "approved_on": None}
        if state == OUT:
            self.refuse_untold()
        return register.change(self, values, verb=_STEP[state], facts=self.facts, by=by, at=at)

    def refuse_untold(self) -> None:
        """Raises CannotError while it tells of a change that those concerned have not heard from their line."""
        if self.waits_to_be_told:
            raise CannotError(
                f"“{self}” tells of a change that is not told yet. Those concerned hear it from their line first; then it goes out."
            )

    def _refuse_approval(self, by: Actor) -> None:
        if not by.may("messages.approve"):
            raise CannotError(f"“{self}” is approved by a change lead, a sponsor or a customer lead.")
        if by.user is None or by.user == self.written_by_id:
            raise CannotError(
                f"You wrote “{self}” or changed it last, so somebody else reads and approves it. Four eyes see more."
            )

    def write(self, verb: str, *, by: Actor, at: datetime, **values: Any) -> None:
        """Journals what was done, inside the verb's transaction; sealed while its change is not told."""
        record(verb, self, by=by, at=at, values=values, facts=self.facts, readers=_named(self.sealed_readers(), by))

    def say(self, language: str, subject: str, body: str, *, by: Actor, at: datetime) -> bool:
        """Its words in a language; empty words take that language away. Returns whether anything differed.

        What was approved is a draft again. Raises CannotError once it is out.
        """
        language, subject, body = language.strip(), subject.strip(), body.strip()
        row = self.texts.filter(language__iexact=language).first()
        before = (row.subject, row.body) if row is not None else ("", "")
        if before == (subject, body):
            return False
        self.refuse_once_out()
        with transaction.atomic():
            if row is None:
                MessageText.objects.create(message=self, language=language, subject=subject, body=body)
            elif subject or body:
                MessageText.objects.filter(pk=row.pk).update(subject=subject, body=body)
            else:
                row.delete()
            said = {"language": language, "before": before, "after": (subject, body)}
            self.write("wrote the words of a message", by=by, at=at, **said)
            super().change(_unapproved(by), by=by, at=at)
        return True


_STEP: Final = {
    DRAFT: "took a message back to draft",
    IN_REVIEW: "sent a message to review",
    APPROVED: "approved a message",
    OUT: "said that a message is out",
    DONE: "said that a message is done",
    DROPPED: "dropped a message",
}


def _unapproved(by: Actor) -> dict[str, Any]:
    """What stands of a message whose words or whose audience were changed."""
    return {"state": DRAFT, "approved_by_id": None, "approved_on": None, "written_by_id": by.user}


def _named(readers: Iterable[int] | None, by: Actor) -> list[int] | None:
    return None if readers is None else sorted({*readers, *([by.user] if by.user is not None else [])})


class MessageTextQuerySet(Gated["MessageText"]):
    def visible_to(self, actor: Actor) -> Self:
        """As the message whose words they are."""
        return self.filter(message__in=Message.objects.visible_to(actor).values("pk"))


class MessageText(models.Model):
    """The words of a message in one language."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=40)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)

    objects = MessageTextQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["message", "language"], name="message_once_a_language")]

    def __str__(self) -> str:
        return f"{self.message} ({self.language})"
