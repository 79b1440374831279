"""Accepting what a log proposes for the register, and taking an acceptance back as one step.

All of it is written by the verbs of the register; an acceptance keeps which rows it wrote and how they were then.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self, TypeVar

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.analysis.flow.likeness import normalised
from commonground.events.models import Log
from commonground.journal.recording import record
from commonground.organization.models import Person, Unit
from commonground.programs.models import OfProgram, Program
from commonground.programs.register import CannotError, written
from commonground.workflows.models import AnswersFor, Handoff, Process, Workflow
from commonground.workflows.seen import HAND, SeenActivity, SeenPassage

R = TypeVar("R", bound=OfProgram)
Kept = tuple[str, int, dict[str, Any]]  # kind, id, and the row's columns as they were written


@dataclass(frozen=True, slots=True)
class Wanted:
    """An activity to be taken into the register. workflow: one that is there; called: else a new one, empty for none."""

    seen: int
    name: str
    workflow: Workflow | None = None
    called: str = ""
    unit: Unit | None = None
    owner: Person | None = None
    start: date | None = None


class AcceptanceQuerySet(Gated["Acceptance"]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.may("proposals.decide") else self.none()

    def standing(self) -> Self:
        """Those that were not taken back."""
        return self.filter(undone_at=None)


class Acceptance(models.Model):
    """One time that proposals of a log were accepted. rows: what it wrote; seen: activities it linked, with what was said before.

    processes, workflows, owners, handoffs: how many it made; waiting: hand-offs that could not be accepted yet.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    log = models.ForeignKey(Log, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    rows = models.JSONField(default=list)
    seen = models.JSONField(default=list)
    processes = models.PositiveIntegerField(default=0)
    workflows = models.PositiveIntegerField(default=0)
    owners = models.PositiveIntegerField(default=0)
    handoffs = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    undone_at = models.DateTimeField(null=True)

    objects = AcceptanceQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"proposals of {self.log}"

    def undo(self, *, by: Actor, at: datetime) -> None:
        """Takes back all that this acceptance wrote. Raises CannotError once any of it has changed or been built upon."""
        with transaction.atomic():
            now = type(self).objects.select_for_update().get(pk=self.pk)
            if now.undone_at is not None:
                raise CannotError("This acceptance has been taken back already.")
            found = [_unchanged(kept) for kept in self.rows]
            _unlink(self.seen)
            for row in reversed(found):
                _take_back(row, by=by, at=at)
            self.undone_at = at
            self.save(update_fields=["undone_at"])
            record("took back accepted proposals", self, by=by, at=at, facts=("log_activities",))


def accept(
    program: Program, log: Log, wanted: Sequence[Wanted], passages: Iterable[int] = (), *, by: Actor, at: datetime
) -> Acceptance:
    """Takes activities and hand-offs of a log into the register, all or none of the activities.

    passages: ids of SeenPassage; those whose two steps are not yet processes of one workflow wait, and are counted.
    Raises CannotError when an activity was decided about meanwhile, or the register has a process of that name.
    """
    with transaction.atomic():
        # an immediate transaction (SQLite) or the rows' locks (PostgreSQL): of two who accept at once, the second is told so
        seen = {
            row.pk: row
            for row in SeenActivity.objects.select_for_update(of=("self",)).filter(
                program=program, log=log, pk__in=[one.seen for one in wanted]
            )
        }
        done = _Accepting(Acceptance(program=program, log=log, at=at, by=by.name), by, at)
        for one in sorted(wanted, key=lambda one: seen[one.seen].order if one.seen in seen else -1):
            done.activity(seen.get(one.seen), one)
        for pk in sorted(set(passages)):
            done.passage(pk)
        return done.finished()


class _Accepting:
    """One acceptance under way, inside its transaction."""

    def __init__(self, acceptance: Acceptance, by: Actor, at: datetime) -> None:
        self.kept, self.by, self.at = acceptance, by, at
        rows = Process.objects.filter(program=acceptance.program, planned_only=False).values_list("name", flat=True)
        self.taken = {normalised(name) for name in rows}
        self.made: dict[str, Process] = {}
        self.flows: dict[str, Workflow] = {}

    def activity(self, seen: SeenActivity | None, one: Wanted) -> None:
        if seen is None or not seen.is_open:
            name = f"“{seen or one.name}”"
            raise CannotError(
                f"{name} was accepted or set aside meanwhile. Nothing was accepted: look at the page again."
            )
        name = " ".join(one.name.split())
        if not normalised(name):
            raise CannotError(f"“{seen}” has no name to be accepted under. Write one.")
        process = self.made.get(normalised(name))
        if process is None:
            process = self._process(name, seen, one)
        before = {"pk": seen.pk, "process": process.pk, "how": seen.how}
        seen.process, seen.how = process, HAND
        seen.save(update_fields=["process", "how"])
        self.kept.seen.append(before)
        if one.owner is not None:
            self._owner(process, one.owner, one.start)

    def _process(self, name: str, seen: SeenActivity, one: Wanted) -> Process:
        if normalised(name) in self.taken:
            raise CannotError(
                f"The register has a process “{name}” already. Say that “{seen}” is this process, or give it another name."
            )
        workflow = one.workflow or (self._workflow(one.called) if one.called.strip() else None)
        row = Process(
            key=Process.new_key(), name=name, workflow=workflow, unit=one.unit, order=min(seen.order + 1, 32767)
        )
        process = self.made[normalised(name)] = self._add(row)
        self.kept.processes += 1
        return process

    def _workflow(self, called: str) -> Workflow:
        name = " ".join(called.split())
        if normalised(name) not in self.flows:
            rows = Workflow.objects.filter(program=self.kept.program)
            self.flows |= {normalised(row.name): row for row in rows}
        if normalised(name) not in self.flows:
            self.flows[normalised(name)] = self._add(Workflow(key=Workflow.new_key(), name=name))
            self.kept.workflows += 1
        return self.flows[normalised(name)]

    def _owner(self, process: Process, person: Person, start: date | None) -> None:
        if AnswersFor.objects.filter(process=process, person=person).exists():
            return  # two activities made one process, and both propose the same person
        self._keep(process.name_answerer(person, start=start, by=self.by, at=self.at))
        self.kept.owners += 1

    def passage(self, pk: int) -> None:
        seen = SeenPassage.objects.select_related("source__process", "target__process").filter(
            pk=pk, source__program=self.kept.program, source__log=self.kept.log, aside=False
        )
        row = seen.first()
        if row is None:
            return
        first, second = row.source.process, row.target.process
        if first is None or second is None or first.workflow_id is None or first.workflow_id != second.workflow_id:
            self.kept.waiting += 1
            return
        same = Handoff.objects.filter(from_process=first, to_process=second, when="as_is")
        if first.planned_only or second.planned_only or first == second or same.exists():
            return
        self._add(Handoff(workflow_id=first.workflow_id, from_process=first, to_process=second))
        self.kept.handoffs += 1

    def _add(self, row: R) -> R:
        self._keep(self.kept.program.add(row, by=self.by, at=self.at))
        return row

    def _keep(self, row: models.Model) -> None:
        self.kept.rows.append((row._meta.label_lower, row.pk, _plain(row)))

    def finished(self) -> Acceptance:
        """Stores the acceptance, if anything was accepted."""
        if self.kept.rows or self.kept.seen:
            self.kept.save()
            counts = {name: getattr(self.kept, name) for name in ("processes", "workflows", "owners", "handoffs")}
            record("accepted proposals", self.kept, by=self.by, at=self.at, values=counts, facts=("log_activities",))
        return self.kept


def _plain(row: models.Model) -> dict[str, Any]:
    """A row's columns as JSON keeps them, read from the database, so that they compare."""
    stored = type(row)._base_manager.get(pk=row.pk)
    plain: dict[str, Any] = json.loads(json.dumps(written(stored), cls=DjangoJSONEncoder))
    return plain


def _unchanged(kept: Kept) -> models.Model:
    kind, pk, then = kept
    row: models.Model | None = apps.get_model(kind)._base_manager.filter(pk=pk).first()
    name = then.get("name") or "a part"
    if row is None:
        raise CannotError(
            f"“{name}” of this acceptance was removed since, so it cannot be taken back as a whole. Change the rest by hand."
        )
    if _plain(row) != then:
        raise CannotError(
            f"“{_said(row)}” has changed since it was accepted, so this cannot be taken back as a whole. Change it by hand."
        )
    return row


def _said(row: models.Model) -> str:
    return f"{row.person} for {row.process}" if isinstance(row, AnswersFor) else str(row)


def _unlink(seen: Iterable[dict[str, Any]]) -> None:
    """Gives activities back what was said of them before, unless something else was said since."""
    for one in seen:
        rows = SeenActivity.objects.filter(pk=one["pk"], process=one["process"])
        rows.update(process=None, how=one["how"])


def _take_back(row: Any, *, by: Actor, at: datetime) -> None:
    if isinstance(row, AnswersFor):
        values = {"person": row.person.name, "removed": written(row)}
        record("took back who answers for it", row.process, by=by, at=at, values=values, facts=row.facts)
        row.delete()
        return
    held: OfProgram = row
    try:
        held.remove(by=by, at=at)
    except CannotError as refused:
        raise CannotError(
            f"Something was recorded about “{row}” since it was accepted, so this cannot be taken back as a whole. "
            "Change it by hand."
        ) from refused
