"""What a sponsor or a manager could do next where people see it, out of what stands open: plain proposals, each with its reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count
from django.urls import reverse

from commonground.access.actor import Actor
from commonground.analysis.coalition.leading import Led
from commonground.guidance.models import FindingQuerySet
from commonground.programs.models import Program
from commonground.ui.words import day as written_day
from commonground.ui.words import plural
from commonground.voice.models import Voice
from commonground.voice.states import HEARD

MOST: Final = 4


@dataclass(frozen=True)
class Next:
    """Something to do. why: the reason in a quieter voice. kind, unit: what the form begins with. look: where to read more, if anywhere."""

    words: str
    why: str
    kind: str
    unit: int | None = None
    look: str = ""


def next_acts(
    actor: Actor,
    program: Program,
    leading: Sequence[tuple[str, Led]],
    units: Mapping[str, int],
    day: date,
    *,
    seen: FindingQuerySet,
    person: str | None = None,
) -> list[Next]:
    """What could be next. leading: touched units by name. units: key → id. seen: findings that the actor may see. person: whose units
    they must be; None for everybody's."""
    mine = [(name, led) for name, led in leading if person is None or person == led.manager or person in led.sponsors]
    found = [
        *_doubts(actor, program, day),
        *_visits(mine, units, day, person),
        *_obstacles(seen, program, mine, units),
    ]
    return found[:MOST]


def _doubts(actor: Actor, program: Program, day: date) -> list[Next]:
    """The oldest doubt that all can read and that waits for an answer."""
    waiting = Voice.objects.visible_to(actor).of(program).waiting().filter(published=True, kind__in=HEARD)
    row = waiting.order_by("raised_on", "pk").first()
    if row is None:
        return []
    look = reverse("voice:voice", kwargs={"program": program.slug, "pk": row.pk})
    why = f"{plural((day - row.raised_on).days, 'day')} old, and everybody can read that it waits"
    return [Next("Answer the oldest public doubt", why, "answered_doubts", look=look)]


def _visits(mine: Sequence[tuple[str, Led]], units: Mapping[str, int], day: date, person: str | None) -> list[Next]:
    """The units that are not led, the one seen least recently first: by the person themselves where one is given."""
    waiting = []
    for name, led in mine:
        last = _last(led, person)
        if last is None or (day - last).days > 30:
            waiting.append((last or date.min, name, led))
    found = []
    for last, name, led in sorted(waiting, key=lambda one: (one[0], one[1])):
        why = f"last seen there on {written_day(last)}" if last > date.min else "not seen there yet"
        words = f"Visit {name}" if person is not None else f"A visit to {name} by {_missing(led, day)}"
        found.append(Next(words, why, "visited", units.get(led.unit)))
    return found[:2]


def _last(led: Led, person: str | None) -> date | None:
    """The last day on which the person was seen there; of everybody's, the older of the two that make a unit led."""
    if person is None:
        return min(led.manager_act or date.min, led.sponsor_act or date.min)
    return led.manager_act if person == led.manager else led.sponsor_act if person == led.sponsor else None


def _missing(led: Led, day: date) -> str:
    who = [
        word for word, seen in (("its manager", led.by_manager(day)), ("a sponsor", led.by_sponsor(day))) if not seen
    ]
    return " and ".join(who)


def _obstacles(
    seen: FindingQuerySet, program: Program, mine: Sequence[tuple[str, Led]], units: Mapping[str, int]
) -> list[Next]:
    """The unit in which most stands open that is to act on now."""
    names = {units[led.unit]: name for name, led in mine if led.unit in units}
    if not names:
        return []
    rows = seen.live().filter(unit__in=names, severity="error")
    worst = rows.order_by().values("unit").annotate(many=Count("pk")).order_by("-many", "unit").first()
    if worst is None:
        return []
    look = f"{reverse('guidance:inbox', kwargs={'program': program.slug})}?unit={worst['unit']}&show=act"
    why = f"{plural(worst['many'], 'finding')} to act on now"
    return [Next(f"Remove an obstacle in {names[worst['unit']]}", why, "removed_obstacle", worst["unit"], look)]
