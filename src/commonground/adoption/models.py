"""Behaviours: a new and an old way of doing one thing, what is wanted, what it brings, and what was measured of it."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, Self

from django.db import models, transaction
from django.db.models import Q

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.adoption.paced import WHOLE, ForecastMade, LetGo, Observing, Paced, Record
from commonground.adoption.priors import Prior
from commonground.analysis.pace.rule import Rule, RuleError
from commonground.events.models import Log
from commonground.journal.recording import record
from commonground.organization.models import Person, Unit
from commonground.programs.models import OfProgram, Program
from commonground.programs.register import CannotError

__all__ = [
    "WHOLE",
    "Behaviour",
    "Benefit",
    "Count",
    "Counted",
    "ForecastMade",
    "LetGo",
    "Observing",
    "Paced",
    "Prior",
    "Record",
    "Source",
]

FROM_LOG, COUNTED, ASKED = "log", "count", "survey"
SOURCES = {
    FROM_LOG: "read from an event log",
    COUNTED: "counted by hand",
    ASKED: "asked in a survey",
}


class PaceQuerySet(Gated["Behaviour"]):
    def visible_to(self, actor: Actor) -> Self:
        """Everybody who works on the program, and the auditor."""
        return self if actor.may("pace.view") else self.none()


class Behaviour(OfProgram):
    """One thing that can be done in the new or the old way. name: what people do in the new way, as “log the contact in the shared record”.

    source: where its occasions are seen. rule: how events of `log` tell them (FORMATS, `[occasion] [new] [old] [population]`); empty
    without a log. population: keys of units it is for, empty for all.
    vanity: it says that a tool is opened, not that work is done another way.
    starts_on: the day it begins for units without a cut-over of their own. target_share (0 to 1) by target_on. old_possible,
    old_rewarded: whether the old way can still be taken, or still pays; None: not known. ready: key of the ready one it was made from.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="behaviours")
    key = models.CharField(max_length=120)
    name = models.CharField(max_length=200)
    new_words = models.CharField(max_length=120)
    old_words = models.CharField(max_length=120, blank=True)
    occasion_words = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=8, choices=list(SOURCES.items()), default=FROM_LOG)
    log = models.ForeignKey("events.Log", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    rule = models.JSONField(default=dict, blank=True)
    vanity = models.BooleanField(default=False)
    starts_on = models.DateField(null=True, blank=True)
    target_share = models.FloatField(null=True, blank=True)
    target_on = models.DateField(null=True, blank=True)
    old_sunset_on = models.DateField(null=True, blank=True)
    old_possible = models.BooleanField(null=True, blank=True)
    old_rewarded = models.BooleanField(null=True, blank=True)
    owner = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    ready = models.CharField(max_length=60, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    objects = PaceQuerySet.as_manager()
    word, facts = "a behaviour", ("behaviours", "pace", "forecasts", "sources")

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["program", "key"], name="behaviour_key_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def by_log(self) -> bool:
        """Whether it is observed in a log: it says which, and by what rule."""
        return self.source == FROM_LOG and self.log_id is not None and bool(self.rule)

    @property
    def rule_digest(self) -> str:
        """The same for the same rule; its name makes no difference. Empty without a rule."""
        said = {part: words for part, words in self.rule.items() if part != "name"}
        return hashlib.blake2b(json.dumps(said, sort_keys=True).encode(), digest_size=8).hexdigest() if said else ""

    def set_rule(self, rule: Mapping[str, Any], *, log: Log | None = None, by: Actor, at: datetime) -> bool:
        """Says how events tell this behaviour, and of which log (None: as before). Returns whether anything differed.

        What the log tells is observed anew (`tasks.ask_observing` is the caller's to call). Raises CannotError with a sentence for a rule
        that cannot be read, and without any log.
        """
        try:
            written = Rule.read(rule).written()
        except RuleError as error:
            raise CannotError(str(error)) from error
        of = log or self.log
        if of is None:
            raise CannotError(f"“{self}” has no event log yet. Choose the one in which its occasions are to be seen.")
        return self.change({"rule": written, "log": of, "source": FROM_LOG}, by=by, at=at)

    def remove(self, *, by: Actor, at: datetime) -> None:
        """Takes it away with its figures. Raises CannotError while benefits or counts belong to it: they could not be put back with it.

        What was observed of it stays on the disk as long as it can be put back (`stored.forget_gone`).
        """
        held = [words for words, rows in (("benefits", self.benefits), ("counts", self.counts)) if rows.exists()]
        if held:
            raise CannotError(
                f"“{self}” has {' and '.join(held)}, so it stays. Remove these first, or rename it instead."
            )
        super().remove(by=by, at=at)


class Counted(NamedTuple):
    """What was counted of one unit (its id; None: of all) in the week of `day`. people: how many they are of, None: not said."""

    unit: int | None
    day: date
    new: int
    old: int
    neither: int = 0
    people: int | None = None

    @property
    def week(self) -> date:
        """The Monday of its week."""
        return self.day - timedelta(days=self.day.weekday())


class Brought(NamedTuple):
    """What a sheet of counts did."""

    added: int
    changed: int
    same: int


class CountQuerySet(Gated["Count"]):
    def visible_to(self, actor: Actor) -> Self:
        """Counts are of a unit and a week, brought in by hand; few people may stand behind one, so pages show measured series instead."""
        return self if actor.may("pace.change") else self.none()

    def set_many(self, behaviour: Behaviour, counts: Iterable[Counted], *, by: Actor, at: datetime) -> Brought:
        """Writes many counts at once: those of a unit and week that are there already are changed where they differ, no other is touched.

        The same sheet brought twice changes nothing. One journal entry for all, without the numbers: few people may stand behind one.
        Raises CannotError for two counts of one unit and week that differ, and for a number below zero.
        """
        wanted: dict[tuple[int | None, date], Counted] = {}
        for one in counts:
            key = (one.unit, one.week)
            if min(one.new, one.old, one.neither, one.people or 0) < 0:
                raise CannotError(f"A count of the week of {one.week:%-d %b %Y} is below zero. Correct it.")
            if wanted.get(key, one)[2:] != one[2:]:
                raise CannotError(
                    f"The week of {one.week:%-d %b %Y} is counted twice for one unit, with other numbers. Keep one of the two."
                )
            wanted[key] = one
        with transaction.atomic():
            known = {(row.unit_id, row.week): row for row in self.filter(behaviour=behaviour)}
            new = [self._row(behaviour, one) for key, one in wanted.items() if key not in known]
            changed = [row for key, one in wanted.items() if (row := known.get(key)) is not None and row.take(one)]
            brought = Brought(len(new), len(changed), len(wanted) - len(new) - len(changed))
            if new or changed:
                self.bulk_create(new, batch_size=500)
                self.bulk_update(changed, COUNTS, batch_size=500)
                record("brought counts", behaviour, by=by, at=at, values=brought._asdict(), facts=("pace",))
        return brought

    def clear(self, behaviour: Behaviour, *, by: Actor, at: datetime) -> int:
        """Removes all counts of a behaviour; there is no way back but the sheet they came from. Returns how many there were."""
        with transaction.atomic():
            gone, _ = self.filter(behaviour=behaviour).delete()
            if gone:
                record("removed all counts", behaviour, by=by, at=at, values={"counts": gone}, facts=("pace",))
        return gone

    def _row(self, behaviour: Behaviour, one: Counted) -> "Count":
        row = self.model(program_id=behaviour.program_id, behaviour=behaviour, unit_id=one.unit, week=one.week)
        row.take(one)
        return row


COUNTS = ("new", "old", "neither", "people")


class Count(OfProgram):
    """Occasions of one behaviour counted by hand or asked in a survey: of one unit (None: of all) in the week that begins on `week`.

    people: how many people they are of; without it the unit's head count stands for it.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    behaviour = models.ForeignKey(Behaviour, on_delete=models.CASCADE, related_name="counts")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    week = models.DateField()
    new = models.PositiveIntegerField()
    old = models.PositiveIntegerField()
    neither = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(null=True, blank=True)

    objects = CountQuerySet.as_manager()
    word, facts = "a count", ("pace",)

    class Meta:
        ordering = ["week", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["behaviour", "unit", "week"], name="count_of_unit_once"),
            models.UniqueConstraint(fields=["behaviour", "week"], condition=Q(unit=None), name="count_of_all_once"),
        ]

    def __str__(self) -> str:
        return f"{self.behaviour}, {self.unit or 'all'}, {self.week:%Y-%m-%d}"

    def take(self, one: Counted) -> bool:
        """Holds what was counted, unsaved. Returns whether anything differed."""
        before = [getattr(self, name) for name in COUNTS]
        for name in COUNTS:
            setattr(self, name, getattr(one, name))
        return before != [getattr(self, name) for name in COUNTS]

    def sealed_readers(self) -> list[int]:
        """Nobody but whoever wrote it reads a single count in the journal: few people may stand behind it."""
        return []


class SourceQuerySet(Gated["Source"]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.may("pace.view") else self.none()

    def say(
        self, program: Program, log: Log, system: str, *, keeps_days: int | None, by: Actor, at: datetime
    ) -> "Source":
        """Says how long a system keeps what the log is fed from; None: for good."""
        row = self.filter(program=program, log=log, system=system).first()
        if row is None:
            row = self.model(log=log, system=system, keeps_days=keeps_days, known=True)
            return program.add(row, by=by, at=at)
        row.change({"keeps_days": keeps_days, "known": True}, by=by, at=at)
        return row


class Source(OfProgram):
    """How long a system keeps what a log is fed from. system: as in the delivery's source. keeps_days: None while it keeps for good;
    known: whether anybody has said so."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    log = models.ForeignKey("events.Log", on_delete=models.CASCADE, related_name="+")
    system = models.CharField(max_length=120)
    keeps_days = models.PositiveIntegerField(null=True, blank=True)
    known = models.BooleanField(default=False)

    objects = SourceQuerySet.as_manager()
    word, facts = "how long a source keeps", ("sources",)

    class Meta:
        ordering = ["system", "pk"]
        constraints = [models.UniqueConstraint(fields=["program", "log", "system"], name="source_once")]

    def __str__(self) -> str:
        return self.system


class BenefitQuerySet(Gated["Benefit"]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.may("benefits.view") else self.none()


class Benefit(OfProgram):
    """What an occasion brings when it goes the new way, in its own unit: minutes, repeat calls, avoided visits.

    per_occasion: how much, always above zero; counter: it costs that much instead. money: what one of the unit is worth, None: not said.
    baseline: how many of the unit a month were brought before the change. planned: [[ISO day, share new], …] the planned curve,
    empty: a straight line from the cut-over to the behaviour's target.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="benefits")
    behaviour = models.ForeignKey(Behaviour, on_delete=models.CASCADE, related_name="benefits")
    name = models.CharField(max_length=200)
    unit_words = models.CharField(max_length=60)
    per_occasion = models.FloatField()
    money = models.FloatField(null=True, blank=True)
    currency = models.CharField(max_length=8, default="€")
    counter = models.BooleanField(default=False)
    baseline = models.FloatField(default=0)
    planned = models.JSONField(default=list, blank=True)
    owner = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    note = models.CharField(max_length=300, blank=True)

    objects = BenefitQuerySet.as_manager()
    word, facts = "a benefit", ("behaviours",)

    class Meta:
        ordering = ["counter", "pk"]

    def __str__(self) -> str:
        return self.name
