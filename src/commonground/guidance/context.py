"""The marks on the rail: the worst open finding of each part, for whoever looks."""

from collections.abc import Callable
from functools import cache, partial
from typing import Any, NamedTuple

from django.db.models import Count, Min
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from commonground.access.actor import Actor
from commonground.access.gate import actor_of
from commonground.guidance.checking import Standing, standing
from commonground.guidance.embargo import Hidden, hidden_from
from commonground.guidance.models import SEVERITIES, Finding, FindingQuerySet
from commonground.programs.models import Program

WORST = {"error": "act", "warn": "watch", "note": "note"}


class Mark(NamedTuple):
    """worst: act, watch or note. open: how many are open."""

    worst: str
    open: int


def stands(request: HttpRequest) -> Standing:
    """How current the findings are, looked at once for a request: for its page and for the rail."""
    known: Standing | None = getattr(request, "standing", None)
    if known is None:
        known = standing(request.program, timezone.localdate(), timezone.now())  # type: ignore[attr-defined]  # set by programs.middleware
        request.standing = known  # type: ignore[attr-defined]  # kept for whoever asks next
    return known


def hidden_for(request: HttpRequest) -> Callable[[], Hidden]:
    """What is planned and hidden from the reader, looked up once for a request, when it is first asked for."""
    known: Callable[[], Hidden] | None = getattr(request, "hidden", None)
    if known is None:
        known = cache(partial(hidden_from, actor_of(request)))
        request.hidden = known  # type: ignore[attr-defined]  # kept for whoever asks next
    return known


def findings_seen(request: HttpRequest) -> FindingQuerySet:
    """The findings of the program that the reader may see, one queryset for a page and the rail."""
    known: FindingQuerySet | None = getattr(request, "seen_findings", None)
    if known is None:
        known = Finding.objects.of(request.program).visible_to(actor_of(request), hidden_for(request))  # type: ignore[attr-defined]  # set by programs.middleware
        request.seen_findings = known  # type: ignore[attr-defined]  # kept for whoever asks next
    return known


def marks(request: HttpRequest) -> dict[str, Any]:
    """`marks`: part of the rail → its mark; `thing_marks`, for lists, asked for only where a page shows them: (kind, id) → its mark.

    Also brings the findings up to date where that is quick.
    """
    actor, program = actor_of(request), getattr(request, "program", None)
    if program is None or not actor.is_staff or getattr(request, "htmx", False):
        return {}
    stands(request)
    seen = findings_seen(request)
    of_things = SimpleLazyObject(lambda: marks_of_things(actor, program, seen))
    return {"marks": marks_for(actor, program, seen), "thing_marks": of_things}


def marks_for(actor: Actor, program: Program, seen: FindingQuerySet | None = None) -> dict[str, Mark]:
    """Part → mark, and all of them together under “findings”. seen: what the actor may see of the program, where a page knows it."""
    seen = Finding.objects.of(program).visible_to(actor) if seen is None else seen
    rows = seen.live().order_by()
    found = {
        part: Mark(WORST[SEVERITIES[rank]], count)
        for part, rank, count in rows.values_list("part").annotate(Min("rank"), Count("pk"))
    }
    if found:
        ranks = list(WORST.values())
        worst = min((mark.worst for mark in found.values()), key=ranks.index)
        found["findings"] = Mark(worst, sum(mark.open for mark in found.values()))
    return found


def marks_of_things(actor: Actor, program: Program, seen: FindingQuerySet | None = None) -> dict[tuple[str, str], Mark]:
    """(kind, id as text) → mark of the open findings about that thing; what is found about a behaviour in one unit counts to it."""
    seen = Finding.objects.of(program).visible_to(actor) if seen is None else seen
    rows = seen.live().exclude(thing=None).order_by()
    ranks = list(WORST.values())
    found: dict[tuple[str, str], Mark] = {}
    for kind, thing, rank, count in rows.values_list("kind", "thing").annotate(Min("rank"), Count("pk")):
        key, worst = (kind.removesuffix("_unit"), str(thing)), WORST[SEVERITIES[rank]]
        before = found.get(key)
        if before is not None:
            worst = min(worst, before.worst, key=ranks.index)
        found[key] = Mark(worst, count + (before.open if before else 0))
    return found
