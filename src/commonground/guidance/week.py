"""What to do this week: the findings to begin with, why they stand there, what is proposed for each, by when, and whom to ask."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from commonground.access.actor import Actor
from commonground.accounts.models import User, actor_for
from commonground.adoption.priors import expected_of
from commonground.analysis.guidance.likely import BANDS, Likely, likely
from commonground.analysis.guidance.next_steps import AT_MOST, Candidate, Placed, next_steps
from commonground.guidance.effects import Came, all_effects, taken_now
from commonground.guidance.models import Finding, FindingQuerySet
from commonground.guidance.parts import practice_of
from commonground.guidance.techniques import Technique, proposed_for
from commonground.organization.models import Assignment, UnitPeriod
from commonground.organization.tree import leads_on
from commonground.programs.models import Program
from commonground.realignment.models import ProcessFate, RoleFate
from commonground.workflows.models import AnswersFor

WEEK, FIRST = 7, 3
"""So many findings stand on the list of a week, and so many of them in full."""
LOOKED_AT, LOOKS = 200, 2
"""So many findings are looked at at once, and so often, so that many of one guideline do not hide the others."""
PATIENCE_DAYS: Final = 56
"""After something was delivered its finding is left alone for so long: a pace takes weeks to show."""
WITHIN: Final = {"error": timedelta(days=7), "warn": timedelta(days=14), "note": timedelta(days=28)}
SATURDAY: Final = 5
SELF: Final = frozenset({"owner", "manager", "path", "person", "sponsor", "champion"})  # subjects that are a person
DONE_BY: Final = {"MNGR-01", "MNGR-04"}  # findings about those who answer for a process


def technique_for(code: str) -> Technique | None:
    """What is proposed first for a finding of a guideline: a technique that can be done, before a theory to think with."""
    return min(proposed_for(code), key=lambda one: one.kind != "technique", default=None)


def likely_of(techniques: Iterable[Technique], came: Iterable[Came], program: Program) -> Mapping[str, Likely]:
    """Technique → what it is likely to do, after what it did here. came: everything that was taken up."""
    here = {one.key: one.here for one in all_effects(came)}
    expected = expected_of(program.pk)
    return {one.key: likely(one.evidence, here.get(one.key, ()), expected) for one in techniques}


def this_week(seen: FindingQuerySet, program: Program, came: Sequence[Came], day: date) -> list[tuple[Finding, Placed]]:
    """The findings to begin with and why: by harm, reach, pace, likely effect and effort; at most two of one practice.

    seen: those that the actor may see. Of each guideline the worst are looked at. What somebody is at already is left out.
    """
    free = seen.live().exclude(pk__in=taken_now(program, day, PATIENCE_DAYS))
    rows = {row.pk: row for row in Finding.objects.filter(pk__in=_worst(free)).select_related("user", "person")}
    behind = set(
        seen.live().filter(code__startswith="PACE-", unit__isnull=False).values_list("unit", flat=True).distinct()
    )
    chosen = {code: technique_for(code) for code in {row.code for row in rows.values()}}
    effects = likely_of([one for one in chosen.values() if one], came, program)
    candidates = [_candidate(row, chosen[row.code], effects, behind) for row in rows.values()]
    return [(rows[one.candidate.key], one) for one in next_steps(candidates, many=WEEK)]


def _worst(free: FindingQuerySet) -> list[int]:
    """The two worst findings of each guideline, by harm, reach and age, as far as a few looks find them: the list is short."""
    taken: dict[str, list[int]] = {}
    for _ in range(LOOKS):
        full = [code for code, rows in taken.items() if len(rows) == AT_MOST]
        half = [pk for rows in taken.values() for pk in rows]
        page = list(free.exclude(code__in=full).exclude(pk__in=half).ranked().values_list("pk", "code")[:LOOKED_AT])
        for pk, code in page:
            if len(rows := taken.setdefault(code, [])) < AT_MOST:
                rows.append(pk)
        if len(page) < LOOKED_AT:
            break
    return [pk for rows in taken.values() for pk in rows]


def _candidate(row: Finding, technique: Technique | None, effects: Mapping[str, Likely], behind: set[int]) -> Candidate:
    effect = effects[technique.key].band if technique else BANDS[0]
    hours = technique.effort if technique else None
    is_behind = row.unit_id is not None and row.unit_id in behind
    return Candidate(row.pk, practice_of(row.code), row.severity, row.reach, is_behind, effect, hours, row.first_seen)


@dataclass(frozen=True)
class Step:
    """A finding of the week. by: the day that is proposed while nobody has it; ask: whom to ask, in words, empty where no fact says.

    person: their id. why: why it stands where it does, in words; technique: what is proposed.
    """

    finding: Finding
    by: date | None = None
    ask: str = ""
    person: int | None = None
    why: tuple[str, ...] = ()
    technique: Technique | None = None

    @property
    def may_take_up(self) -> bool:
        """Whether it can be made an activity: not while it rests on what is not told yet."""
        return self.finding.view == "told"


def steps(
    rows: Sequence[Finding], actor: Actor, program: Program, today: date, placed: Mapping[int, Placed] | None = None
) -> list[Step]:
    """The findings of the week with what is proposed for those that nobody has taken on. placed: finding → its place, where it has one."""
    free = [row for row in rows if not row.owner_name]
    effective = _effective(free, actor, program)
    asked = _asked(free, actor, today)
    found = []
    for row in rows:
        why = placed[row.pk].why if placed and row.pk in placed else ()
        if row in free:
            person, words = asked.get(row.pk, (None, ""))
            day = proposed_day(row.severity, today, effective.get(row.pk))
            found.append(Step(row, day, words, person, why, technique_for(row.code)))
        else:
            found.append(Step(row, why=why, technique=technique_for(row.code)))
    return found


def proposed_day(severity: str, today: date, effective: date | None = None) -> date:
    """A working day within a week for what is to act on now, within two for what is to watch; never after the day of the change.

    effective: the day on which the change takes effect; one that has passed does not count.
    """
    last = today + WITHIN[severity]
    if effective is not None and today <= effective < last:
        last = effective
    while last.weekday() >= SATURDAY and last > today:
        last -= timedelta(days=1)
    return last


def _effective(rows: Iterable[Finding], actor: Actor, program: Program) -> dict[int, date]:
    """Finding → the day on which the change of its process or role takes effect, as far as the actor may see it."""
    found: dict[int, date] = {}
    rows = list(rows)
    for kind, model in (("process", ProcessFate), ("role", RoleFate)):
        things = {row.thing for row in rows if row.kind == kind}
        if things:
            fates = model.objects.visible_to(actor).filter(program=program, effective__isnull=False)
            days = dict(fates.filter(**{f"{kind}__in": things}).values_list(kind, "effective"))
            found |= {row.pk: days[row.thing] for row in rows if row.kind == kind and row.thing in days}
    return found


def _asked(rows: Iterable[Finding], actor: Actor, today: date) -> dict[int, tuple[int, str]]:
    """Finding → whom to ask, and that in words: who leads its unit,
    or the next unit above whose lead may know of it and is not whom it is about."""
    rows = [row for row in rows if row.unit_id]
    units = UnitPeriod.objects.on(today).filter(unit__in=[row.unit_id for row in rows])
    paths = dict(units.values_list("unit", "path"))
    if not paths:
        return {}
    knows = Knows(row.pk for row in rows if row.view != "told")
    above = {int(step) for path in paths.values() for step in path.strip("/").split("/")}
    names = dict(UnitPeriod.objects.on(today).filter(unit__in=above).values_list("unit", "name"))
    leads, found = leads_on(today), dict[int, tuple[int, str]]()
    for row in rows:
        concerned = _concerned(row, today)
        for unit in reversed([int(step) for step in paths.get(row.unit_id or 0, "").strip("/").split("/") if step]):
            person, name = leads.get(unit, (0, ""))
            if person and person not in concerned and knows.of(row, person):
                you = person == actor.person
                words = f"you lead {names[unit]}" if you else f"ask {name}, who leads {names[unit]}"
                found[row.pk] = person, words
                break
    return found


class Knows:
    """Who may know of findings that rest on what is not told yet: those who could open them. One look for each person."""

    def __init__(self, untold: Iterable[int]) -> None:
        self._untold = frozenset(untold)
        self._seen: dict[int, frozenset[int]] = {}

    def of(self, row: Finding, person: int) -> bool:
        if row.pk not in self._untold:
            return True
        if person not in self._seen:
            user = User.objects.filter(person=person, is_active=True).first()
            seen = Finding.objects.filter(pk__in=self._untold)
            rows = seen.visible_to(actor_for(user, person=person)).values_list("pk", flat=True) if user else ()
            self._seen[person] = frozenset(rows)
        return row.pk in self._seen[person]


def _concerned(row: Finding, today: date) -> set[int]:
    """The people whom a finding is about: they are not asked to see to it alone."""
    if row.thing is None:
        return set()
    if row.kind in SELF:
        return {row.thing}
    if row.kind == "role":
        return set(Assignment.objects.on(today).filter(role=row.thing).values_list("person", flat=True))
    if row.kind == "process" and row.code in DONE_BY:
        return set(AnswersFor.objects.on(today).filter(process=row.thing).values_list("person", flat=True))
    return set()
