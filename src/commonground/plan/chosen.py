"""Which activities a page of the plan shows, from its address; and their units by name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpRequest

from commonground.access.actor import Actor
from commonground.access.gate import actor_of
from commonground.analysis.plan.kinds import KINDS, LABELS, kind_of
from commonground.organization.fields import unit_names
from commonground.organization.models import below
from commonground.plan.activity_views import ACTIVITY
from commonground.programs.middleware import as_of, program_of
from commonground.programs.models import STATES, Activity, Program
from commonground.programs.register import removed_lately
from commonground.ui.words import plural, spelled

MOST = 600  # activities that one page draws


@dataclass(frozen=True)
class Line:
    """An activity on a page, with its unit by name and what is to be said of it on the day."""

    row: Activity
    unit: str
    late: bool
    waits: bool
    mine: bool

    @property
    def open(self) -> bool:
        return self.row.state in ("planned", "running")


@dataclass(frozen=True)
class Chosen:
    """What was asked for. lines: in the order of their days."""

    actor: Actor
    program: Program
    day: date
    lines: Sequence[Line]

    @property
    def late(self) -> list[Line]:
        return [line for line in self.lines if line.late]

    @property
    def mine(self) -> list[Line]:
        return [line for line in self.lines if line.mine and line.open]

    def statement(self) -> str:
        """Monday's answer in a sentence."""
        if not self.lines:
            return "Nothing is planned here yet"
        late, going = self.late, [line for line in self.lines if line.open]
        if not late:
            return f"Nothing is late; {plural(len(going), 'activity,activities')} {'is' if len(going) == 1 else 'are'} planned or running"
        own = sum(line.mine for line in late)
        said = f"{spelled(len(late)).capitalize()} {'activity is' if len(late) == 1 else 'activities are'} late"
        if len(late) == 1:
            return f"{said}; it is {'yours' if own else 'not yours'}"
        if not own:
            return f"{said}, none of them yours"
        return f"{said}; {spelled(own)} of them {'is' if own == 1 else 'are'} yours"


def rows_asked(request: HttpRequest) -> Any:
    """The activities that the address asks for: `unit`, `state`, `kind`, `mine`, `late`."""
    actor, program, got = actor_of(request), program_of(request), request.GET
    rows = Activity.objects.visible_to(actor).filter(program=program).select_related("owner", "deliverer")
    if got.get("unit", "").isdecimal():
        rows = rows.filter(unit__in=below(frozenset({int(got["unit"])})))
    if got.get("state") in dict(STATES):
        rows = rows.filter(state=got["state"])
    if got.get("mine"):
        rows = rows.filter(Q(owner=actor.person or 0) | Q(deliverer=actor.person or 0))
    if got.get("late"):
        rows = rows.late(as_of(request))
    if got.get("kind") in LABELS:
        named = rows.order_by().values_list("kind", flat=True).distinct()
        rows = rows.filter(kind__in=[name for name in named if kind_of(name) == got["kind"]])
    return rows


def lines_of(rows: Iterable[Activity], actor: Actor, day: date) -> list[Line]:
    rows = list(rows)
    names = unit_names(actor, day, {row.unit_id for row in rows if row.unit_id})
    me = actor.person
    return [
        Line(
            row,
            names.get(row.unit_id, "a unit of the past") if row.unit_id else "the whole",
            row.is_late(day),
            row.waits_for_word(day),
            me is not None and me in (row.owner_id, row.deliverer_id),
        )
        for row in rows
    ]


def chosen(request: HttpRequest) -> Chosen:
    """What the address asks for, in the order of days."""
    actor, day = actor_of(request), as_of(request)
    return Chosen(actor, program_of(request), day, lines_of(rows_asked(request)[:MOST], actor, day))


def about(request: HttpRequest, one: str) -> dict[str, Any]:
    """What each page of the plan has: the ways to look at it, what can be filtered, what may be done. one: this page."""
    actor, program = actor_of(request), program_of(request)
    units = set(Activity.objects.visible_to(actor).filter(program=program).values_list("unit", flat=True)) - {None}
    names = unit_names(actor, as_of(request), units)
    return {
        "one": one,
        "ways": [
            ("board", "Board"),
            ("table", "Table"),
            ("calendar", "Calendar"),
            ("timeline", "Time line"),
            ("load", "Load"),
        ],
        "kinds": [(kind, LABELS[kind]) for kind in KINDS],
        "units": sorted(((str(pk), name) for pk, name in names.items()), key=lambda one: one[1]),
        "states": STATES,
        "today": as_of(request),
        "can_change": actor.may("activities.change"),
        "can_confirm": actor.may("activities.confirm"),
        "can_copy": actor.may("plan.change"),
    }


def removed_activities(request: HttpRequest, now: Any) -> list[tuple[str, Any]]:
    """Activities that were taken away lately and can be put back."""
    actor, program = actor_of(request), program_of(request)
    if not actor.may("activities.change"):
        return []
    return [("plan:put-back-activity", one) for one in removed_lately(ACTIVITY.model, program.pk, actor=actor, now=now)]
