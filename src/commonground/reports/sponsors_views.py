"""Sponsors: which touched unit is led by whom, what was last seen of each, and what is planned."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.analysis.coalition.leading import LED_DAYS, Led
from commonground.coalition.models import Act, Sponsor
from commonground.coalition.silence import Quiet, quiet
from commonground.guidance.coalition_rows import HEAD_START
from commonground.guidance.context import findings_seen, stands
from commonground.guidance.leading_results import LEADING, leading_from
from commonground.guidance.results import results_for
from commonground.organization.fields import unit_names
from commonground.organization.models import Assignment, Person, Unit
from commonground.programs.middleware import program_of
from commonground.programs.models import Program
from commonground.programs.register import removed_lately
from commonground.reports.next_acts import next_acts
from commonground.ui.csv_response import csv_response
from commonground.ui.paging import Keyset
from commonground.ui.words import plural, spelled

UNITS = ("unit", "led", "manager", "manager last seen", "sponsors", "sponsor last seen", "act planned next")
SPONSORS = ("person", "stands for", "part", "from", "until before", "last seen")
ACTS = ("on", "who", "what", "where", "in a few words", "planned")
LATELY = Keyset(("-on", "-pk"), size=15)
WHOLE = "the whole program"


@dataclass(frozen=True)
class UnitRow:
    """A touched unit on the page. manager: their name, empty where the reporting line names none or it is not for the reader.

    acted: the sponsor whose act was the last, where there are several.
    """

    name: str
    unit: int | None
    led: Led
    manager: str
    sponsors: Sequence[str]
    acted: str
    planned: Act | None
    day: date

    @property
    def is_led(self) -> bool:
        return self.led.is_led(self.day)

    @property
    def by_manager(self) -> bool:
        return self.led.by_manager(self.day)

    @property
    def by_sponsor(self) -> bool:
        return self.led.by_sponsor(self.day)


@dataclass(frozen=True)
class SponsorRow:
    """A sponsor on the page. silent: others may know that nothing was seen for long; unreachable: nothing here can tell them so."""

    row: Sponsor
    part: str
    last: date | None
    here: bool
    silent: Quiet | None = None
    unreachable: bool = False


@dataclass(frozen=True)
class ActRow:
    """An act on the page. own: whether the reader may change it."""

    act: Act
    place: str
    own: bool


@gate("sponsors.view")
def sponsors(request: HttpRequest) -> HttpResponseBase:
    """The sponsor map: out of the stored result, with sponsors and acts as they stand."""
    actor, program, day = actor_of(request), program_of(request), timezone.localdate()
    state = stands(request)
    seen = findings_seen(request)
    stored = results_for(actor, program, LEADING).get(LEADING)
    silent = quiet(program, day)
    leading = leading_from(stored.data) if stored is not None else []
    named = _sponsors(actor, program, day, silent)
    planned = list(_acts(actor, program).filter(planned=True).order_by("on", "pk"))
    rows = _units(actor, leading, named, planned, day)
    if request.GET.get("format") == "csv":
        return _csv(request, actor, program, day, rows, named)
    page = LATELY.page(_acts(actor, program).filter(planned=False), request.GET.get("after", ""))
    keys = {led.unit: row.unit for row in rows if (led := row.led) and row.unit}
    mine = None if actor.may("sponsors.change") else _own_key(actor)
    values: dict[str, Any] = {
        "standing": state,
        "stored": stored,
        "title": title(rows, named),
        "rows": rows,
        "led": sum(row.is_led for row in rows),
        "days": LED_DAYS,
        "sponsors": named,
        "ended": _ended(actor, program, day),
        "planned": _act_rows(actor, planned, day),
        "page": page,
        "acts": _act_rows(actor, page.rows, day),
        "today": day,
        "quiet": [one for one in silent if one.person.pk == actor.person],
        "next": next_acts(actor, program, leading, keys, day, seen=seen, person=mine) if named else [],
        "can_change": actor.may("sponsors.change"),
        "can_log": actor.may("acts.log"),
        "removed": _removed(actor, program),
    }
    return render(request, "reports/sponsors.html", values)


def title(rows: Sequence[UnitRow], named: Sequence[SponsorRow]) -> str:
    """What the page says, in a sentence."""
    if not named:
        return "Nobody is named as sponsor yet"
    who = f"{plural(len({one.row.person_id for one in named}), 'sponsor')} named"
    if not rows:
        return f"{who}; no unit is touched by what is told so far"
    led = sum(row.is_led for row in rows)
    if len(rows) == 1:
        return f"The touched unit is {'' if led else 'not yet '}led by both its manager and a sponsor"
    if led == len(rows):
        return "Every touched unit is led by both its manager and a sponsor"
    many, verb = ("None", "is") if not led else (spelled(led).capitalize(), "is" if led == 1 else "are")
    return f"{many} of {spelled(len(rows))} touched units {verb} led by both a manager and a sponsor"


def _acts(actor: Actor, program: Program) -> Any:
    return Act.objects.visible_to(actor).filter(program=program).select_related("person")


def _act_rows(actor: Actor, acts: Sequence[Act], day: date) -> list[ActRow]:
    names = unit_names(actor, day, {one.unit_id for one in acts if one.unit_id})
    own = set(Act.objects.open_to(actor).filter(pk__in=[one.pk for one in acts]).values_list("pk", flat=True))
    return [
        ActRow(one, names.get(one.unit_id, "a unit of the past") if one.unit_id else "for all", one.pk in own)
        for one in acts
    ]


def _sponsors(actor: Actor, program: Program, day: date, quiet_ones: Sequence[Quiet]) -> list[SponsorRow]:
    """Sponsors in force or to come, those of the whole first."""
    rows = list(Sponsor.objects.visible_to(actor).lasting(day).filter(program=program).select_related("person__user"))
    names = unit_names(actor, day, {row.unit_id for row in rows if row.unit_id})
    last = Act.objects.visible_to(actor).last_of(program, day)
    here = set(
        Assignment.objects.on(day).filter(person__in=[row.person_id for row in rows]).values_list("person", flat=True)
    )
    silent = {one.person.pk: one for one in quiet_ones if one.is_for_others(day)}
    found = []
    for row in rows:
        one = silent.get(row.person_id)
        known = one is not None and one.told is not None and day - one.told >= HEAD_START
        reach = bool(row.person.email) or (row.person.user is not None and row.person.user.is_active)
        found.append(
            SponsorRow(
                row,
                names.get(row.unit_id, "a unit of the past") if row.unit_id else WHOLE,
                last.get(row.person_id),
                row.person_id in here,
                one if known else None,
                unreachable=one is not None and one.told is None and not reach and actor.may("sponsors.change"),
            )
        )
    return sorted(found, key=lambda one: (one.row.unit_id is not None, one.part, one.row.person.name))


def _ended(actor: Actor, program: Program, day: date) -> list[tuple[Sponsor, str]]:
    """Whose time is over, with what they stood for; the latest first."""
    found = Sponsor.objects.visible_to(actor).filter(program=program, end__lte=day).select_related("person")
    rows = list(found.order_by("-end", "-pk")[:10])
    names = unit_names(actor, day, {row.unit_id for row in rows if row.unit_id})
    return [(row, names.get(row.unit_id, "a unit of the past") if row.unit_id else WHOLE) for row in rows]


def _units(
    actor: Actor,
    leading: Sequence[tuple[str, Led]],
    named: Sequence[SponsorRow],
    planned: Sequence[Act],
    day: date,
) -> list[UnitRow]:
    units = dict(
        Unit.objects.visible_to(actor).filter(key__in=[led.unit for _, led in leading]).values_list("key", "pk")
    )
    managers = [led.manager for _, led in leading if led.manager]
    names = dict(Person.objects.visible_to(actor).filter(key__in=managers).values_list("key", "name"))
    of_sponsors = {one.row.person.key: one.row.person.name for one in named}
    ahead: dict[int | None, Act] = {}
    for act in planned:
        if act.on >= day:
            ahead.setdefault(act.unit_id, act)
    found = [
        UnitRow(
            name,
            units.get(led.unit),
            led,
            of_sponsors.get(led.manager or "") or names.get(led.manager or "", ""),
            [of_sponsors[key] for key in led.sponsors if key in of_sponsors],
            of_sponsors.get(led.sponsor or "", "") if len(led.sponsors) > 1 else "",
            ahead.get(units.get(led.unit, 0)) or ahead.get(None),
            day,
        )
        for name, led in leading
    ]
    return sorted(found, key=lambda row: (row.is_led, row.name))


def _own_key(actor: Actor) -> str | None:
    """The key of the person who asks; for somebody from outside one that is nobody's."""
    key = Person.objects.filter(pk=actor.person or 0).values_list("key", flat=True).first()
    return key if key is not None else ""


def _removed(actor: Actor, program: Program) -> list[tuple[str, Any]]:
    """What was taken away lately and can be put back by the actor."""
    now, found = timezone.now(), list[tuple[str, Any]]()
    if actor.may("acts.log"):
        found += [("coalition:put-back-act", one) for one in removed_lately(Act, program.pk, actor=actor, now=now)]
    if actor.may("sponsors.change"):
        rows = removed_lately(Sponsor, program.pk, actor=actor, now=now)
        found += [("coalition:put-back-sponsor", one) for one in rows]
    return found


def _csv(
    request: HttpRequest,
    actor: Actor,
    program: Program,
    day: date,
    rows: Sequence[UnitRow],
    named: Sequence[SponsorRow],
) -> HttpResponseBase:
    table = request.GET.get("table")
    if table == "acts":
        return csv_response(f"{program.slug} visible acts", ACTS, _act_lines(actor, program, day))
    if table == "sponsors":
        lines = ((one.row.person.name, one.part, one.row.words, one.row.start, one.row.end, one.last) for one in named)
        return csv_response(f"{program.slug} sponsors", SPONSORS, lines)
    return csv_response(f"{program.slug} who leads", UNITS, map(_line, rows))


def _line(row: UnitRow) -> tuple[Any, ...]:
    said = "yes" if row.is_led else "not yet"
    planned = row.planned.on if row.planned else None
    return (row.name, said, row.manager, row.led.manager_act, "; ".join(row.sponsors), row.led.sponsor_act, planned)


def _act_lines(actor: Actor, program: Program, day: date) -> Iterator[tuple[Any, ...]]:
    names = unit_names(actor, day)
    for one in _acts(actor, program).order_by("-on", "-pk"):
        where = names.get(one.unit_id, "a unit of the past") if one.unit_id else "for all"
        yield one.on, one.person.name, one.says, where, one.words, "yes" if one.planned else "no"
