"""The sheet of a team without screens: what changes by role and process, told only, and nothing that points at one person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from commonground.access import roles
from commonground.access.actor import Actor
from commonground.organization.models import Assignment, Unit, UnitPeriod, below
from commonground.programs.models import Program
from commonground.realignment.models import KIND_LABELS, ProcessFate, RoleChange, RoleFate
from commonground.realignment.names import RoleWords, role_words, unit_words
from commonground.reports.for_me import PROCESS_SAYS
from commonground.workflows.models import AnswersFor, Does

FEWEST = 2  # what concerns one person alone is spoken of with that person, not on a wall


@dataclass(frozen=True)
class RoleLine:
    """One role of the team: how many hold it, from when it changes, what they gain and give up."""

    name: str
    holders: int
    fate: RoleFate
    before: str
    gains: Sequence[str]
    gives_up: Sequence[str]
    offers: Sequence[str]


@dataclass(frozen=True)
class Sheet:
    """What is told to a team. `left_out`: how many roles and processes one person alone stands behind."""

    unit: str
    people: int
    roles: Sequence[RoleLine]
    processes: Sequence[tuple[str, ProcessFate]]
    left_out: int


def units_of(actor: Actor, day: date) -> dict[int, str]:
    """Units whose sheet the actor may print: a change lead every one, a unit manager those they are trusted with."""
    rows = UnitPeriod.objects.visible_to(actor).on(day)
    if not actor.has(roles.LEAD):
        rows = rows.filter(unit__in=below(actor.units)) if actor.units else rows.none()
    return dict(rows.order_by("name").values_list("unit_id", "name"))


def sheet(actor: Actor, program: Program, unit: Unit, day: date) -> Sheet:
    """The sheet of a unit and all below it on a day."""
    team = Assignment.objects.on(day).filter(unit__in=below(frozenset({unit.pk})))
    held = dict(team.filter(role__isnull=False).values_list("role").annotate(people=Count("person", distinct=True)))
    fates = list(RoleFate.objects.visible_to(actor).told().filter(program=program, role__in=held).exclude(fate="keep"))
    shown = [fate for fate in fates if held[fate.role_id] >= FEWEST]
    words = role_words([fate.role_id for fate in shown], day)
    around = _around(unit, day)
    lines = [_role_line(actor, fate, words[fate.role_id], held[fate.role_id], around) for fate in shown]
    processes, alone = _processes(actor, program, unit, day)
    return Sheet(
        unit=unit_words([unit.pk], day).get(unit.pk, unit.key),
        people=team.aggregate(people=Count("person", distinct=True))["people"],
        roles=sorted(lines, key=lambda line: (line.fate.effective or date.max, line.name)),
        processes=processes,
        left_out=len(fates) - len(shown) + alone,
    )


def _around(unit: Unit, day: date) -> set[int]:
    """The unit and all above it: a gain or loss of one of them, or of no unit in particular, is theirs."""
    row = UnitPeriod.objects.on(day).filter(unit=unit).first()
    return {int(part) for part in row.path.split("/") if part} if row else {unit.pk}


def _role_line(actor: Actor, fate: RoleFate, words: RoleWords, holders: int, around: set[int]) -> RoleLine:
    changes = [
        change
        for change in RoleChange.objects.visible_to(actor).filter(role_fate=fate).order_by("pk")
        if change.unit_id is None or change.unit_id in around
    ]
    said = [(change, change.words or KIND_LABELS[change.kind].lower()) for change in changes]
    return RoleLine(
        words.name,
        holders,
        fate,
        words.definition,
        gains=[text for change, text in said if not change.loses],
        gives_up=[text for change, text in said if change.loses],
        offers=[
            change.offered for change in changes if change.loses and change.offered and change.accepted is not False
        ],
    )


def _processes(actor: Actor, program: Program, unit: Unit, day: date) -> tuple[list[tuple[str, ProcessFate]], int]:
    """Told changes of the team's processes, and how many are left out since one person alone does them."""
    told = ProcessFate.objects.visible_to(actor).told().filter(program=program).exclude(fate="keep")
    fates = list(told.filter(process__unit__in=below(frozenset({unit.pk}))).select_related("process"))
    found, alone = [], 0
    units = unit_words([fate.to_unit_id for fate in fates], day)
    for fate in sorted(fates, key=lambda fate: (fate.effective or date.max, fate.process.name)):
        done = Does.objects.on(day).filter(process=fate.process_id).values_list("person_id", flat=True)
        held = AnswersFor.objects.on(day).filter(process=fate.process_id).values_list("person_id", flat=True)
        if len({*done, *held}) < FEWEST:
            alone += 1
            continue
        to = units.get(fate.to_unit_id or 0, "another unit")
        found.append((PROCESS_SAYS[fate.fate].format(fate.process.name, to), fate))
    return found, alone
