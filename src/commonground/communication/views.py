"""Customers who work with us on it: panels, joint improvements, and who met whom."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.communication.improvements import DONE, DROPPED, STATES
from commonground.communication.models import CustomerMeeting, Improvement, Panel
from commonground.communication.tabs import CUSTOMERS, tabs_of
from commonground.organization.fields import unit_names
from commonground.organization.models import Person
from commonground.programs.middleware import as_of, program_of
from commonground.programs.models import Program
from commonground.programs.register import removed_lately
from commonground.ui.csv_response import csv_response
from commonground.ui.paging import Keyset
from commonground.ui.words import plural, spelled

MEETINGS = Keyset(("-on", "-pk"), size=15)
PANELS_HEADER = ("panel", "customers", "for", "from", "until before", "who of ours", "meetings", "what it is for")
WORKS_HEADER = ("what", "panel", "for", "in hand of", "state", "since", "done on", "what came of it")
MEETINGS_HEADER = ("on", "customers", "panel", "who of ours", "about", "what came of it")
WHOLE = "the whole program"


@dataclass(frozen=True)
class PanelRow:
    """A panel on the page. last, next: of its meetings, the last that was and the next that is planned."""

    panel: Panel
    part: str
    ours: Sequence[str]
    meetings: int
    last: date | None
    next: date | None
    day: date

    @property
    def state(self) -> str:
        """runs, over or ahead."""
        if self.panel.end is not None and self.panel.end <= self.day:
            return "over"
        return "ahead" if self.panel.start is not None and self.panel.start > self.day else "runs"


@gate("collaboration.view")
def collaboration(request: HttpRequest) -> HttpResponseBase:
    """Which customers work with us on this, and what came of it?"""
    actor, program, day = actor_of(request), program_of(request), as_of(request)
    names, seen = unit_names(actor, day), _seen(actor, program)
    panels = _panels(actor, program, day, names, seen)
    works = _improvements(actor, program).order_by("-start", "-pk")
    state = request.GET.get("state", "")
    met = CustomerMeeting.objects.visible_to(actor).filter(program=program).select_related("panel")
    if request.GET.get("format") == "csv":
        return _csv(request, program, panels, works, met, names, seen)
    page = MEETINGS.page(met.prefetch_related("ours"), request.GET.get("after", ""))
    counts = dict(works.order_by().values_list("state").annotate(number=Count("pk")))
    shown = list((works.filter(state=state) if state else works)[:100])
    values: dict[str, Any] = {
        "title": title(panels, counts),
        "panels": panels,
        "works": [(row, _part(names, row.unit_id)) for row in shown],
        "states": [(one, label, counts.get(one, 0)) for one, label in STATES.items()],
        "labels": STATES,
        "all_works": sum(counts.values()),
        "page": page,
        "met": [(row, _ours(row, seen), row.on > day) for row in page.rows],
        "can_change": actor.may("collaboration.change"),
        "removed": _removed(actor, program),
        "tabs": tabs_of(CUSTOMERS, actor, program),
    }
    return render(request, "communication/collaboration.html", values)


def title(panels: Sequence[PanelRow], counts: dict[str, int]) -> str:
    """What the page says, in a sentence."""
    running = sum(1 for one in panels if one.state == "runs")
    done, going = counts.get(DONE, 0), sum(n for state, n in counts.items() if state not in (DONE, DROPPED))
    if not panels and not counts:
        return "No customer takes part yet"
    first = f"{spelled(running).capitalize()} {'panel meets' if running == 1 else 'panels meet'} with customers"
    if not done and not going:
        return f"{first}; nothing is made better together yet"
    said = [f"{_joint(done)} done"] if done else []
    said += [f"{spelled(going)} under way" if done else f"{_joint(going)} under way"] if going else []
    return f"{first}; {' and '.join(said)}"


def _joint(number: int) -> str:
    return f"{spelled(number)} joint improvement{'' if number == 1 else 's'}"


def _seen(actor: Actor, program: Program) -> set[int]:
    """Those of ours in any panel or meeting whom the reader may see."""
    there = [
        model.ours.through._default_manager.filter(**{f"{model._meta.model_name}__program": program})
        for model in (Panel, CustomerMeeting)
    ]
    wanted = {person for rows in there for person in rows.values_list("person", flat=True).distinct()}
    return set(Person.objects.visible_to(actor).filter(pk__in=wanted).values_list("pk", flat=True))


def _ours(row: Panel | CustomerMeeting, seen: Set[int]) -> list[str]:
    """Those of ours whom the reader may see, by name; the others as a number of colleagues."""
    everyone = list(row.ours.all())
    named = sorted(one.name for one in everyone if one.pk in seen)
    return [*named, *([plural(len(everyone) - len(named), "colleague")] if len(everyone) > len(named) else [])]


def _panels(actor: Actor, program: Program, day: date, names: dict[int, str], seen: Set[int]) -> list[PanelRow]:
    rows = list(Panel.objects.visible_to(actor).filter(program=program).prefetch_related("ours"))
    held: dict[int, list[date]] = {}
    met = CustomerMeeting.objects.visible_to(actor).filter(program=program, panel__in=rows)
    for panel, on in met.order_by("on").values_list("panel", "on"):
        held.setdefault(panel, []).append(on)
    found = []
    for row in rows:
        days = held.get(row.pk, [])
        past = [on for on in days if on <= day]
        ahead = [on for on in days if on > day]
        ours, part = _ours(row, seen), _part(names, row.unit_id)
        found.append(PanelRow(row, part, ours, len(past), max(past, default=None), min(ahead, default=None), day))
    order = {"runs": 0, "ahead": 1, "over": 2}
    return sorted(found, key=lambda one: (order[one.state], one.panel.start or date.min, one.panel.pk))


def _part(names: dict[int, str], unit: int | None) -> str:
    return names.get(unit, "a former unit") if unit else WHOLE


def _improvements(actor: Actor, program: Program) -> Any:
    return Improvement.objects.visible_to(actor).filter(program=program).select_related("panel", "owner")


def _removed(actor: Actor, program: Program) -> list[tuple[str, Any]]:
    if not actor.may("collaboration.change"):
        return []
    now = timezone.now()
    models = (("panel", Panel), ("meeting", CustomerMeeting), ("improvement", Improvement))
    return [
        (f"communication:put-back-{name}", one)
        for name, model in models
        for one in removed_lately(model, program.pk, actor=actor, now=now)
    ]


def _csv(
    request: HttpRequest,
    program: Program,
    panels: Sequence[PanelRow],
    works: Any,
    met: Any,
    names: dict[int, str],
    seen: Set[int],
) -> HttpResponseBase:
    table = request.GET.get("table")
    if table == "improvements":
        return csv_response(f"{program.slug} joint improvements", WORKS_HEADER, _work_lines(works, names))
    if table == "meetings":
        lines = (
            (one.on, one.customers, one.panel or "", "; ".join(_ours(one, seen)), one.words, one.came_of_it)
            for one in met.prefetch_related("ours")
        )
        return csv_response(f"{program.slug} meetings with customers", MEETINGS_HEADER, lines)
    return csv_response(f"{program.slug} panels with customers", PANELS_HEADER, map(_panel_line, panels))


def _panel_line(row: PanelRow) -> tuple[Any, ...]:
    one = row.panel
    return (one.name, one.customers, row.part, one.start, one.end, "; ".join(row.ours), row.meetings, one.words)


def _work_lines(works: Any, names: dict[int, str]) -> Iterator[tuple[Any, ...]]:
    for one in works:
        owner = one.owner.name if one.owner else ""
        part = _part(names, one.unit_id)
        yield (one.name, one.panel or "", part, owner, STATES[one.state], one.start, one.done_on, one.came_of_it)
