"""Looks a log over for a program and stores what it shows: runs behind the pages, after each delivery and each change of the register."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils.timezone import get_default_timezone

from commonground.analysis.events import Names
from commonground.analysis.flow.likeness import nearest, normalised, only_ones
from commonground.analysis.flow.proposing import Done, Source, Tally, tally
from commonground.analysis.flow.together import beside
from commonground.analysis.ownership import THRESHOLD
from commonground.events.models import Log
from commonground.journal.models import Version
from commonground.organization.models import Assignment
from commonground.programs.models import Program
from commonground.workflows.log_people import LogPeople, moved, people_of
from commonground.workflows.models import Process, Workflow
from commonground.workflows.seen import APART, ASIDE, HAND, NAME, OPEN, SeenActivity, SeenPassage

MOST_SUGGESTED = (
    300  # activities for which a process of almost that name is looked for; it is dear, and nobody reads more
)
AROUND = 0.6  # of the steps around an activity, with processes of one workflow, so that it belongs there
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TOLD = ("process_id", "how", "events", "share", "cases", "first", "last", "few")


@dataclass(frozen=True)
class _Looked:
    """What a log shows, whichever program asks, and who the people in it are on a day."""

    found: Tally
    people: LogPeople
    day: date


def refresh(program: Program, log: Log, source: Source, *, at: datetime) -> None:
    """Looks the log over and stores its activities, which processes they are, and what could be proposed for the others.

    source: gives the blocks of the log, anew at each call. What somebody said of an activity stays as it is.
    """
    _store(program, log, _look(source, at), at)


def refresh_all(log: Log, *, at: datetime) -> None:
    """Looks the log over once and stores it for every program; before it is measured, since that asks which activities are processes."""
    if log.generation:
        looked = _look(lambda: log.store().blocks(), at)
        for program in Program.objects.order_by("pk"):
            _store(program, log, looked, at)


def _look(source: Source, at: datetime) -> _Looked:
    day = at.astimezone(get_default_timezone()).date()
    names = next((block.names for block in source()), Names())
    people = people_of(names.person, names.unit, day)
    return _Looked(tally(source, units=people.units, homes=people.homes, above=people.above()), people, day)


def _store(program: Program, log: Log, looked: _Looked, at: datetime) -> None:
    found = looked.found
    with transaction.atomic():
        known = _Register.of(program)
        rows = {row.activity: row for row in SeenActivity.objects.select_for_update().filter(program=program, log=log)}
        before = {row.activity: tuple(getattr(row, name) for name in TOLD) for row in rows.values()}
        for place, done in enumerate(found.activities):
            row = rows.setdefault(done.name, SeenActivity(program=program, log=log, activity=done.name))
            _seen(row, done, found, place, at)
            _match(row, known, suggest=place < MOST_SUGGESTED)
        _propose_workflows(rows, found, known)
        _propose_owners(rows, found, looked.people, looked.day)
        _write(rows, {done.name for done in found.activities})
        _passages(rows, found)
        if before != {row.activity: tuple(getattr(row, name) for name in TOLD) for row in rows.values()}:
            Version.objects.bump(("log_activities",))


@dataclass(frozen=True)
class _Register:
    """The processes that are done today. names: normalised name or key → the only process called so. workflow_of: of processes."""

    ids: frozenset[int]
    names: Mapping[str, int]
    called: Mapping[str, int]
    workflow_of: Mapping[int, int | None]
    workflows: Mapping[str, int]

    @classmethod
    def of(cls, program: Program) -> "_Register":
        rows = list(
            Process.objects.filter(program=program, planned_only=False).values_list("pk", "key", "name", "workflow")
        )
        called = {normalised(name): pk for pk, _, name, _ in reversed(rows)}
        names = {
            **only_ones((key, pk) for pk, key, _, _ in rows if normalised(key) not in called),
            **only_ones((name, pk) for pk, _, name, _ in rows),
        }
        flows = only_ones((name, pk) for pk, name in Workflow.objects.filter(program=program).values_list("pk", "name"))
        return cls(
            frozenset(pk for pk, *_ in rows), names, called, {pk: workflow for pk, _, _, workflow in rows}, flows
        )


def _seen(row: SeenActivity, done: Done, found: Tally, place: int, at: datetime) -> None:
    row.events, row.cases, row.order, row.at = done.events, done.cases, place, at
    row.share = done.events / found.events
    row.first, row.last = (EPOCH + timedelta(microseconds=moment) for moment in (done.first, done.last))
    row.few = done.people is not None and done.people < THRESHOLD


def _match(row: SeenActivity, known: _Register, *, suggest: bool) -> None:
    """Links by name; what was linked before stays while the process is there, also under a new name."""
    row.near_id = None
    if row.how in (ASIDE, HAND) and (row.process_id or row.how == ASIDE):
        return
    if row.how == NAME and row.process_id in known.ids:
        return
    same = known.names.get(normalised(row.activity)) if row.how != APART else None
    row.process_id, row.how = same, NAME if same else row.how if row.how == APART else OPEN
    if same is None and suggest:
        row.near_id = nearest(row.activity, known.called)


def _propose_workflows(rows: Mapping[str, SeenActivity], found: Tally, known: _Register) -> None:
    """The workflow whose processes stand around an activity; else that of most of its group; else a new one, where the register
    has nothing of that group, called by its first and last step."""
    for row in rows.values():
        row.workflow_id, row.group = None, ""
    flows = {row.activity: known.workflow_of.get(row.process_id or 0) for row in rows.values()}
    recorded = {name: flow for name, flow in flows.items() if flow is not None}
    place = 0
    for group in found.groups:
        members = [rows[name] for name in group]
        linked = Counter(recorded[name] for name in group if name in recorded)
        most = next((flow for flow, n in linked.most_common(1) if n * 2 > linked.total()), None)
        kept = [row for row in members if row.how != ASIDE]
        called = f"{kept[0].activity} to {kept[-1].activity}"[:200] if len(kept) > 1 and not linked else ""
        most = most or known.workflows.get(normalised(called))
        for row in members:
            row.order, place = place, place + 1
            row.workflow_id = beside(row.activity, found.pairs, recorded, AROUND) or most
            row.group = "" if row.workflow_id else called
    for row in sorted(rows.values(), key=lambda row: row.activity):
        if not row.group and row.workflow_id is None:
            row.workflow_id = beside(row.activity, found.pairs, recorded, AROUND)
            row.order, place = place, place + 1


def _propose_owners(rows: Mapping[str, SeenActivity], found: Tally, people: LogPeople, day: date) -> None:
    """For activities that wait for a decision: where they are mostly done, and who could be asked to answer for them."""
    sizes = _sizes(day, {done.unit for done in found.activities if isinstance(done.unit, int)})
    for done in found.activities:
        row = rows[done.name]
        row.unit_id, row.unit_said, row.person_id, row.nobody = None, "", None, ""
        if isinstance(done.unit, str):
            row.unit_said = done.unit[:200]
        elif done.unit is not None:
            row.unit_id = done.unit
        if done.people is None and row.unit_id is not None:
            row.few = sizes.get(row.unit_id, 0) < THRESHOLD
        if row.is_open:
            row.person_id, row.nobody = _owner(row, done, people)


def _owner(row: SeenActivity, done: Done, people: LogPeople) -> tuple[int | None, str]:
    """Who could be asked, or why nobody is proposed."""
    if done.people is None:
        return None, "untold"
    if done.person is None:
        return None, "spread"
    person = people.people.get(done.person)
    if person is None:
        return None, "unknown"
    if person not in people.here:
        return None, "left"
    home = people.here[person]
    away = row.unit_id is not None and home is not None and not people.one_line(home, row.unit_id)
    then = (EPOCH + timedelta(microseconds=done.last)).astimezone(get_default_timezone()).date()
    return (None, "moved") if away or moved(person, then, people) else (person, "")


def _sizes(day: date, units: set[int]) -> dict[int, int]:
    """Unit → how many people work in it on the day."""
    rows = Assignment.objects.on(day).filter(unit__in=units).values("unit").annotate(n=Count("person"))
    return dict(rows.values_list("unit", "n"))


def _write(rows: Mapping[str, SeenActivity], standing: set[str]) -> None:
    """Stores what is in the log; what is no longer in it stays only where somebody said something of it."""
    new = [row for row in rows.values() if row.pk is None]
    gone = [row.pk for name, row in rows.items() if name not in standing and row.how in (OPEN, NAME)]
    old = [
        row for name, row in rows.items() if row.pk is not None and (name in standing or row.how not in (OPEN, NAME))
    ]
    for row in old:
        if row.activity not in standing:
            row.events, row.cases, row.share, row.person_id = 0, 0, 0.0, None
    SeenActivity.objects.filter(pk__in=gone).delete()
    SeenActivity.objects.bulk_create(new, batch_size=500)
    names = [field.name for field in SeenActivity._meta.concrete_fields if not field.primary_key]
    SeenActivity.objects.bulk_update(old, names, batch_size=100)


def _passages(rows: Mapping[str, SeenActivity], found: Tally) -> None:
    ids = [row.pk for row in rows.values() if row.pk]
    known: dict[tuple[Any, Any], SeenPassage] = {
        (row.source_id, row.target_id): row for row in SeenPassage.objects.filter(source__in=ids)
    }
    standing = set()
    for one in found.follows:
        first, second = rows[one.source], rows[one.target]
        row = known.get((first.pk, second.pk)) or SeenPassage(source=first, target=second)
        fewest = min((n for n in (one.givers, one.receivers) if n is not None), default=THRESHOLD)
        row.cases, row.share = one.cases, one.cases / first.cases
        row.few = first.few or second.few or fewest < THRESHOLD
        row.save()
        standing.add(row.pk)
    SeenPassage.objects.filter(source__in=ids, aside=False).exclude(pk__in=standing).delete()
