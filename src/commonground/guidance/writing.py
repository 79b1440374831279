"""Writes what a run found: new findings, those that read differently now, those that ended, came back or whose dismissal ran out."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from commonground.guidance import states
from commonground.guidance.embargo import scope_of
from commonground.guidance.facts_source import counters_of, seen_at
from commonground.guidance.guidelines import CATALOGUE, SEVERITIES, Subject
from commonground.guidance.guidelines import Finding as Found
from commonground.guidance.merging import Changes, Row, changes, stored_in
from commonground.guidance.models import PLANS, Check, Cursor, Finding, Result, Turn
from commonground.guidance.parts import part_of
from commonground.guidance.registers import PLACED
from commonground.guidance.subjects import Subjects, person_of
from commonground.journal.models import Entry

if TYPE_CHECKING:
    from commonground.guidance.refresh import Run

CHANGED = (
    "view",
    "scope",
    "severity",
    "rank",
    "what",
    "where",
    "why",
    "evidence",
    "do",
    "unit_id",
    "thing",
    "reach",
    "state",
    "ended_on",
    "dismissed_until",
)
OF_REACH = tuple(sorted({counter for table in PLACED for counter in counters_of(table)}))
FIELDS = tuple(name.removesuffix("_id") for name in CHANGED)


def write(run: "Run", codes: Iterable[str]) -> None:
    """Brings the findings of these guidelines, and of those that no longer exist, in line with the run."""
    codes = set(codes)
    mine = Finding.objects.filter(program=run.program)
    rows = {row.pk: row for row in mine.filter(Q(code__in=codes) | ~Q(code__in=CATALOGUE.keys()))}
    found = stored_in({view: run.found.get(view, {}) for view in run.views})
    done = changes((_row(row) for row in rows.values()), found)
    before = {pk: [getattr(row, name) for name in CHANGED] for pk, row in rows.items()}
    subjects = {view: _subjects(run, view, found[view].values()) for view in run.views if found[view]}
    for pk, (view, key) in done.same.items():
        _tell(rows[pk], found[view][key], view, subjects[view])
    _turn(rows, done, run.day)
    new = [_tell(_new(run, key), found[view][key], view, subjects[view]) for view, key in done.new]
    # What rested on plans leaves with them: an ended row of a deeper view would outlive the plan that its embargo is read from.
    gone = [pk for pk in done.gone if rows[pk].view != "told"]
    mine.filter(pk__in=gone).delete()
    changed = [
        row for pk, row in rows.items() if pk not in gone and before[pk] != [getattr(row, name) for name in CHANGED]
    ]
    Finding.objects.bulk_update(changed, FIELDS, batch_size=200)
    Finding.objects.bulk_create(new)
    Turn.objects.bulk_create(
        [
            *(Turn(finding=row, on=run.day, what="found") for row in new),
            *(Turn(finding_id=pk, on=run.day, what="came_back") for pk in done.back),
            *(Turn(finding_id=pk, on=run.day, what="ended") for pk in done.gone if pk not in gone),
        ]
    )
    for pk, view in done.moved.items():
        if view == "told":
            Entry.objects.all().unseal(rows[pk])
    _reach_anew(run, codes)
    expire(run)
    mine.filter(ended_on=None).exclude(last_seen=run.day).update(last_seen=run.day)


def _subjects(run: "Run", view: str, found: Iterable[Found]) -> Subjects:
    return Subjects(run.program, run.register(view), {person_of(one.subject) for one in found})


def _reach_anew(run: "Run", codes: AbstractSet[str]) -> None:
    """Counts again whom the other findings reach, when who is touched may have changed: their guidelines need not read those tables."""
    at, seen = Check.objects.filter(program=run.program).values_list("day", "seen").get()
    now = seen_at(run.counters)
    if at == run.day and all((seen or {}).get(table) == now.get(table) for table in OF_REACH):
        return
    for view in run.views:
        others = Finding.objects.filter(program=run.program, view=view, ended_on=None).exclude(code__in=codes)
        rows = {row: Subject(row.kind, row.subject) for row in others}
        if not rows:
            continue
        subjects = Subjects(run.program, run.register(view), map(person_of, rows.values()))
        changed = []
        for row, subject in rows.items():
            reach = subjects.about(subject).reach
            if reach != row.reach:
                row.reach = reach
                changed.append(row)
        Finding.objects.bulk_update(changed, ["reach"], batch_size=200)


def expire(run: "Run") -> None:
    """Opens dismissals whose day has come."""
    over = Finding.objects.filter(program=run.program, state=states.DISMISSED, dismissed_until__lte=run.day)
    ids = list(over.values_list("pk", flat=True))
    if ids:
        follows = states.after(states.DISMISSED, "expire")
        Finding.objects.filter(pk__in=ids).update(state=follows, dismissed_until=None)
        Turn.objects.bulk_create(Turn(finding_id=pk, on=run.day, what="expired") for pk in ids)


def _row(row: Finding) -> Row:
    texts = (row.severity, row.what, row.where, row.why, row.evidence, row.do)
    return Row(row.pk, (row.code, row.kind, row.subject), row.view, row.ended_on is not None, texts)


def _new(run: "Run", key: tuple[str, str, str]) -> Finding:
    code, kind, subject = key
    return Finding(
        program=run.program,
        code=code,
        kind=kind,
        subject=subject,
        key=f"{run.program.pk}:{code}:{kind}:{subject}",
        part=part_of(code),
        first_seen=run.day,
        last_seen=run.day,
    )


def _tell(row: Finding, found: Found, view: str, subjects: Subjects) -> Finding:
    about = subjects.about(found.subject)
    row.view, row.severity, row.rank = view, found.severity, SEVERITIES.index(found.severity)
    row.what, row.where, row.why, row.evidence, row.do = found.what, found.where, found.why, found.evidence, found.do
    row.thing, row.unit_id, row.reach = about
    # without the id of what it is about, nothing narrower than “all” can be told from it
    row.scope = scope_of(row.code, row.kind) if row.thing is not None else "all"
    return row


def _turn(rows: dict[int, Finding], done: Changes, day: date) -> None:
    for pk in done.back:
        row = rows[pk]
        row.state, row.ended_on, row.dismissed_until = states.after(row.state, "come_back"), None, None
    for pk in done.gone:
        row = rows[pk]
        row.state, row.ended_on = states.after(row.state, "end"), day


def close(run: "Run", check: Check) -> None:
    """Notes how far the run has looked, and what the foot of the inbox says of it. What rests on plans that moved goes until it is made
    anew."""
    Cursor.objects.filter(program=run.program).exclude(view__in=run.views).delete()
    Cursor.objects.filter(program=run.program).exclude(code__in=CATALOGUE.keys()).delete()
    Cursor.objects.bulk_create(
        [
            Cursor(
                program=run.program,
                view=view,
                code=code,
                looked_at=run.looked_at[view, code],
                found=sum(1 for key in run.found.get(view, {}) if key[0] == code),
                missing=missing,
            )
            for view, by_code in run.missing.items()
            for code, missing in by_code.items()
        ],
        update_conflicts=True,
        unique_fields=["program", "view", "code"],
        update_fields=["looked_at", "found", "missing"],
    )
    Result.objects.filter(program=run.program).exclude(view__in=run.views).delete()
    stages = sum(run.counters.get(table, (0, 0))[1] for table in PLANS)
    if check.stages != stages:
        Result.objects.filter(program=run.program).exclude(view="told").delete()
    check.number += 1
    check.at, check.stages = run.at, stages
    if "told" in run.registers:
        facts = run.registers["told"].facts
        people = len(run.registers["told"].organization.people)
        check.counts = {**{table: len(facts.rows(table)) for table in facts}, "people": people}
    check.save()


def store(run: "Run", check: Check, seconds: float) -> None:
    """Stores the results of a run. Only with them nothing is stale any more: a run that ended before this is made again."""
    for (function, view), (seen, data) in run.results.items():
        values: dict[str, Any] = {"looked_at": seen, "data": data, "day": run.day, "made_at": run.at}
        Result.objects.update_or_create(program=run.program, function=function, view=view, defaults=values)
    check.day, check.asked_at, check.seen = run.day, None, seen_at(run.counters)
    check.seconds = seconds if run.found or check.seconds is None else check.seconds
    check.save()
