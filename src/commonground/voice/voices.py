"""A voice: an idea, a question, a doubt, a fear or a risk of friction, who may read it, and how it is raised.

One that is raised without a name leaves its row and the table's counter, and nothing else: no journal entry, no time, no person. Its id is
random, its day is a Monday, its unit one of enough people (`where.py`), and its author holds a code of which the row has a digest.
"""

import secrets
from datetime import date, datetime
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q

from commonground.access.actor import Actor
from commonground.access.unordered import random_pk
from commonground.access.visibility import Gated
from commonground.journal.models import Version
from commonground.journal.recording import record
from commonground.organization.models import Person, Unit
from commonground.programs.models import Program
from commonground.programs.register import CannotError
from commonground.realignment.stages import day_of
from commonground.voice.keys import digest_of, digests_of, monday_of, read_code
from commonground.voice.states import KINDS, LABELS, LIVE, OPEN, WAITING
from commonground.voice.where import places_on
from commonground.workflows.models import Workflow

FACTS = ("voices",)
MOST_LETTERS = 2000
SIGNED, ANONYMOUS, HANDED = "signed", "anonymous", "handed"
WAYS = {SIGNED: "with a name", ANONYMOUS: "without a name", HANDED: "handed over for somebody"}


class SaltQuerySet(Gated["Salt"]):
    """Nobody reads salts on a page."""

    def of(self, program: Program) -> str:
        row, _ = self.get_or_create(program=program, defaults={"salt": secrets.token_hex(16)})
        return row.salt


class Salt(models.Model):
    """What a program's codes are mixed with before they are kept as digests."""

    program = models.OneToOneField(Program, on_delete=models.CASCADE, related_name="+")
    salt = models.CharField(max_length=32)

    objects = SaltQuerySet.as_manager()


class VoiceQuerySet(Gated["Voice"]):
    def visible_to(self, actor: Actor) -> Self:
        """Everybody reads what is published, without its author's own words; the rest is for those of `in_confidence`."""
        if actor.user is None or not actor.sees_content:
            return self.none()
        return self if actor.may("voices.triage") else self.filter(Q(published=True) | _in_confidence(actor))

    def in_confidence(self, actor: Actor) -> Self:
        """Those whose own words the actor may read: who triages all, who works on one that one, who raised or carried it theirs."""
        if actor.user is None or not actor.sees_content:
            return self.none()
        return self if actor.may("voices.triage") else self.filter(_in_confidence(actor))

    def mine(self, actor: Actor) -> Self:
        """Those with the actor's name, and those they handed over for others."""
        return self.filter(_mine(actor)) if actor.user is not None else self.none()

    def of(self, program: Program) -> Self:
        return self.filter(program=program)

    def waiting(self) -> Self:
        return self.filter(state__in=WAITING)

    def by_code(self, text: str) -> "Voice | None":
        """The voice whose author holds this code; None for a code of none."""
        code = read_code(text)
        if code is None:
            return None
        salts = Salt.objects.values_list("salt", flat=True)
        return self.filter(code_digest__in=digests_of(code, salts)).select_related("program", "topic", "unit").first()

    def raise_signed(
        self, program: Program, *, by: Actor, at: datetime, wants_credit: bool = False, **said: Any
    ) -> "Voice":
        """Raises a voice with the name of whoever is signed in. said: kind, words, unit, workflow."""
        row = Voice(
            program=program, way=SIGNED, raised_on=day_of(at), raised_by_id=by.user, author_id=by.person, **said
        )
        row.wants_credit = wants_credit and row.kind == "idea"
        return self._begin(row, "raised a voice", by, at)

    def raise_anonymously(self, program: Program, *, code: str, day: date, **said: Any) -> "Voice":
        """Raises a voice without a name. No `by` and no `at`: neither may be kept. said: kind, words, unit, workflow.

        code: what the author will follow it with; the row has its digest. day: told only as its Monday. A voice that is sent once more, by
        the same code and with the same words, is not raised twice. Raises CannotError where the code has another voice.
        """
        with transaction.atomic():
            known = self.by_code(code)
            if known is not None and known.words == said["words"]:
                return known
            row = Voice(program=program, way=ANONYMOUS, raised_on=monday_of(day), **said)
            self._begin_unnamed(row, code, day)
            Version.objects.bump(FACTS)
        return row

    def hand_over(
        self, program: Program, *, by: Actor, at: datetime, code: str = "", author: Person | None = None, **said: Any
    ) -> "Voice":
        """Writes down what somebody said or wrote, for them. author: only if they want their name with it. code: of their paper form."""
        row = Voice(program=program, way=HANDED, raised_on=day_of(at), raised_by_id=by.user, author=author, **said)
        row.wants_credit = author is not None and row.kind == "idea"
        with transaction.atomic():
            if author is None:
                self._begin_unnamed(row, code, row.raised_on)
            else:
                row.pk = random_pk()
                row.save(force_insert=True)
            row.write("handed over a voice", by=by, at=at, kind=row.kind)
        return row

    def _begin(self, row: "Voice", verb: str, by: Actor, at: datetime) -> "Voice":
        with transaction.atomic():
            row.pk = random_pk()
            row.save(force_insert=True)
            row.write(verb, by=by, at=at, kind=row.kind)
        return row

    def _begin_unnamed(self, row: "Voice", code: str, day: date) -> None:
        """Saves one without a name: its unit made coarse, its code as a digest."""
        row.unit_id = places_on(day).by(row.unit_id)
        if code:
            written = read_code(code)
            if written is None or self.by_code(code) is not None:
                raise CannotError("This code belongs to another voice, or is none. Take the code of another form.")
            row.code_digest = digest_of(written, Salt.objects.of(row.program))
        row.pk = random_pk()
        row.save(force_insert=True)


def _mine(actor: Actor) -> Q:
    named = Q(author=actor.person) if actor.person is not None else Q(pk__in=())
    return named | Q(raised_by=actor.user)


def _in_confidence(actor: Actor) -> Q:
    works = Q(owner=actor.user) if actor.may("voices.work") else Q(pk__in=())
    return works | _mine(actor)


class Voice(models.Model):
    """Something that somebody raised. words: as it was raised, for those who work on it. public_words: what all may read, once published.

    raised_on: the day; the Monday of its week for one without a name. unit: as its author said; for one without a name a unit of enough
    people. author: whose it is; raised_by: who wrote it down, which for one handed over is another. answer: its own; one in a topic is
    served by the topic's. news: its author has written since anybody looked.
    """

    id = models.BigAutoField(primary_key=True)  # always given, never counted up: see access.unordered
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="voices")
    kind = models.CharField(max_length=10, choices=list(KINDS.items()))
    words = models.TextField(max_length=MOST_LETTERS)
    public_words = models.TextField(max_length=MOST_LETTERS, blank=True)
    published = models.BooleanField(default=False)
    way = models.CharField(max_length=10, choices=list(WAYS.items()))
    raised_on = models.DateField()
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    workflow = models.ForeignKey(Workflow, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    author = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="voices")
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    wants_credit = models.BooleanField(default=False)
    code_digest = models.CharField(max_length=64, null=True, unique=True)
    state = models.CharField(max_length=10, choices=list(LABELS.items()), default=OPEN)
    triaged_on = models.DateField(null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="voices"
    )
    due = models.DateField(null=True, blank=True)
    topic = models.ForeignKey("voice.Topic", null=True, blank=True, on_delete=models.SET_NULL, related_name="voices")
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    accepted_on = models.DateField(null=True, blank=True)
    came_of_it = models.TextField(blank=True)
    completed_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closed_because = models.CharField(max_length=300, blank=True)
    withdrawn = models.BooleanField(default=False)
    news = models.BooleanField(default=False)

    objects = VoiceQuerySet.as_manager()

    class Meta:
        ordering = ["raised_on", "pk"]
        indexes = [
            models.Index(fields=["program", "state", "raised_on"], name="voice_waiting"),
            models.Index(fields=["program", "published", "answered_on"], name="voice_published"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(way=ANONYMOUS) | Q(author=None, raised_by=None, wants_credit=False),
                name="voice_without_a_name_has_none",
            ),
        ]

    def __str__(self) -> str:
        """What the journal calls it: never its words."""
        return f"{KINDS[self.kind]} ({self.reference})"

    @property
    def reference(self) -> str:
        """Four signs by which people can speak of it; not unique."""
        return f"{(self.pk or 0) % 16**4:04X}"

    @property
    def said(self) -> str:
        """The answer that serves it: its own, or its topic's."""
        return self.answer or (self.topic.answer if self.topic_id and self.topic else "")

    @property
    def outcome(self) -> str:
        """What came of it: its own, or its topic's."""
        return self.came_of_it or (self.topic.came_of_it if self.topic_id and self.topic else "")

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def author_name(self) -> str:
        """Who raised it, for those who work on it; empty without a name."""
        if self.author is not None:
            return self.author.name
        return str(self.raised_by) if self.way == SIGNED and self.raised_by is not None else ""

    @property
    def credit(self) -> str:
        """The name that all may read beside an idea, if its author wants that."""
        return self.author_name if self.wants_credit and self.kind == "idea" else ""

    def write(self, verb: str, *, by: Actor, at: datetime, why: str = "", **values: Any) -> None:
        """Journals what was done with it and bumps its facts, inside the verb's transaction. The author's words never stand in it."""
        record(verb, self, by=by, at=at, why=why, values=values, facts=FACTS)
