"""What a log shows of work: its activities, whether each is a process of the register, and what could be proposed for those that are not.

An activity and a process are the same when their names are, or when somebody said so; what somebody said stays.
"""

from datetime import datetime
from typing import NamedTuple, Self

from django.db import models, transaction
from django.db.models import Q

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.events.models import Log
from commonground.journal.recording import record
from commonground.organization.models import Person, Unit
from commonground.programs.models import Program
from commonground.programs.register import CannotError
from commonground.workflows.models import Process, Workflow

OPEN, NAME, HAND, ASIDE, APART = "", "name", "hand", "aside", "apart"
HOW = {
    OPEN: "not in the register",
    NAME: "by its name",
    HAND: "somebody said so",
    ASIDE: "not a process of ours",
    APART: "not the process of that name",
}
# why nobody is proposed to answer for an activity, for the one who decides
NOBODY = {
    "untold": "The log does not say who does it",
    "spread": "Many do it, and nobody much more often than the others",
    "unknown": "Who does it most is not found among the people here",
    "left": "Who did it most works here no longer",
    "moved": "Who did it most works in another unit now",
}


class SeenActivityQuerySet(Gated["SeenActivity"]):
    def visible_to(self, actor: Actor) -> Self:
        """They name people for work: only who decides about proposals sees them."""
        return self if actor.may("proposals.decide") else self.none()

    def linked(self) -> Self:
        """Those that are a process of the register, apart from what exists only in a plan."""
        return self.filter(how__in=(NAME, HAND), process__isnull=False, process__planned_only=False)

    def open(self) -> Self:
        """Those that are neither in the register nor set aside, and still in the log."""
        return self.filter(Q(how__in=(OPEN, APART)) | Q(how__in=(NAME, HAND), process=None), events__gt=0)


class SeenActivity(models.Model):
    """An activity of a log, as one program knows it.

    how: see HOW. events, share, cases, first, last: of the log as it was at `at`; share is of all events. few: fewer people than
    the threshold do it, so none of these numbers is shown. order: its place in the work. near: a process of almost that name.
    workflow, group: the workflow it seems to belong to, or what a new one could be called. unit, unit_said: where it is mostly done,
    by id, or by the log's word where no unit is called so. person: who mostly does it; nobody: why none is proposed (see NOBODY).
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    log = models.ForeignKey(Log, on_delete=models.CASCADE, related_name="+")
    activity = models.TextField()
    process = models.ForeignKey(Process, null=True, on_delete=models.SET_NULL, related_name="+")
    how = models.CharField(max_length=5, choices=list(HOW.items()), default=OPEN)
    events = models.PositiveBigIntegerField(default=0)
    share = models.FloatField(default=0.0)
    cases = models.PositiveBigIntegerField(default=0)
    first = models.DateTimeField(null=True)
    last = models.DateTimeField(null=True)
    few = models.BooleanField(default=False)
    order = models.PositiveIntegerField(default=0)
    near = models.ForeignKey(Process, null=True, on_delete=models.SET_NULL, related_name="+")
    workflow = models.ForeignKey(Workflow, null=True, on_delete=models.SET_NULL, related_name="+")
    group = models.CharField(max_length=200, blank=True)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.SET_NULL, related_name="+")
    unit_said = models.CharField(max_length=200, blank=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    nobody = models.CharField(max_length=8, blank=True)
    at = models.DateTimeField()

    objects = SeenActivityQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["program", "log", "activity"], name="seen_activity_once")]

    def __str__(self) -> str:
        return self.activity

    @property
    def is_open(self) -> bool:
        return self.how != ASIDE and self.process_id is None

    def link(self, process: Process, *, by: Actor, at: datetime) -> None:
        """Says that it is this process of the register."""
        if process.program_id != self.program_id or process.planned_only:
            raise CannotError(f"“{self}” cannot be linked to that process. Choose one that is done today.")
        self._say(HAND, process, "said which process an activity of a log is", by=by, at=at)

    def part(self, *, by: Actor, at: datetime) -> None:
        """Says that it is not the process it was taken for, nor another."""
        self._say(APART, None, "said that an activity of a log is another process", by=by, at=at)

    def set_aside(self, *, by: Actor, at: datetime) -> None:
        """Says that it is not a process of ours. Raises CannotError while it is one of the register."""
        if self.how in (NAME, HAND) and self.process_id is not None:
            raise CannotError(f"“{self}” is “{self.process}” of the register. Say first that it is not.")
        self._say(ASIDE, None, "set an activity of a log aside", by=by, at=at)

    def bring_back(self, *, by: Actor, at: datetime) -> None:
        """The way back from setting aside."""
        self._say(OPEN, None, "brought an activity of a log back", by=by, at=at)

    def _say(self, how: str, process: Process | None, verb: str, *, by: Actor, at: datetime) -> None:
        with transaction.atomic():
            self.how, self.process = how, process
            self.save(update_fields=["how", "process"])
            values = {"log": self.log.name, "process": process.name if process else ""}
            record(verb, self, by=by, at=at, values=values, facts=("log_activities",))


class SeenPassageQuerySet(Gated["SeenPassage"]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.may("proposals.decide") else self.none()


class SeenPassage(models.Model):
    """That one activity of a log often comes right after another: a hand-off of today, if both are steps of one workflow.

    cases: in how many; share: of those that have the first activity. few: fewer people than the threshold give or receive, so
    neither number is shown. aside: somebody said that it is not a hand-off of ours.
    """

    source = models.ForeignKey(SeenActivity, on_delete=models.CASCADE, related_name="+")
    target = models.ForeignKey(SeenActivity, on_delete=models.CASCADE, related_name="+")
    cases = models.PositiveBigIntegerField(default=0)
    share = models.FloatField(default=0.0)
    few = models.BooleanField(default=False)
    aside = models.BooleanField(default=False)

    objects = SeenPassageQuerySet.as_manager()

    class Meta:
        ordering = ["-share", "pk"]
        constraints = [models.UniqueConstraint(fields=["source", "target"], name="seen_passage_once")]

    def __str__(self) -> str:
        return f"{self.source} to {self.target}"

    @property
    def program_id(self) -> int:
        """The program, for the journal."""
        return self.source.program_id

    def say(self, *, aside: bool, by: Actor, at: datetime) -> None:
        """Says that it is not a hand-off of ours, or takes that back."""
        with transaction.atomic():
            self.aside = aside
            self.save(update_fields=["aside"])
            verb = "set a hand-off of a log aside" if aside else "brought a hand-off of a log back"
            record(verb, self, by=by, at=at, values={"log": self.source.log.name})


def links(program: Program, log: Log) -> dict[str, int]:
    """Activity of the log → the process of the register that it is. Processes that exist only in a plan are never among them."""
    rows = SeenActivity.objects.linked().filter(program=program, log=log)
    return dict(rows.values_list("activity", "process"))


def waiting(actor: Actor, program: Program) -> int:
    """How many activities wait for the actor's decision; none for those who do not decide."""
    if not actor.may("proposals.decide"):
        return 0
    rows = SeenActivity.objects.visible_to(actor).open().filter(program=program)
    return rows.exclude(log__in=_of_others(program)).count()


def _of_others(program: Program) -> set[int]:
    """Logs that tell of processes of other programs and of none of this one."""
    linked = SeenActivity.objects.linked()
    mine = set(linked.filter(program=program).values_list("log", flat=True))
    return set(linked.values_list("log", flat=True)) - mine


class SeenRow(NamedTuple):
    """An activity for the guidelines. process: key of the process it is. few: fewer people than the threshold do it."""

    log: str
    activity: str
    process: str | None
    share: float
    events: int
    few: bool


def rows(program: Program) -> list[SeenRow]:
    """What the logs show, but for what was set aside. log: its key.

    A log belongs to the instance: one that tells of another program's processes and of none of this one's is left out.
    """
    found = SeenActivity.objects.filter(program=program, events__gt=0).exclude(how=ASIDE)
    found = found.exclude(log__in=_of_others(program))
    return [
        SeenRow(log, activity, None if planned else key, share, events, few)
        for log, activity, key, planned, share, events, few in found.order_by("log", "order", "pk").values_list(
            "log__key", "activity", "process__key", "process__planned_only", "share", "events", "few"
        )
    ]
