"""Whether figures are still those of the log, the rule, the dates and the counts, and why there are none."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from commonground.access.actor import Actor
from commonground.adoption.inputs import inputs_of
from commonground.adoption.models import Behaviour, Count, Observing, Paced
from commonground.adoption.tasks import ask_observing

NO_SOURCE, NO_RULE, EMPTY, RUNNING, FAILED = "no source", "no rule", "empty", "running", "failed"


def states(actor: Actor, behaviours: Iterable[Behaviour], *, day: date, now: datetime) -> Mapping[int, str]:
    """Behaviour → why it has no figures, or none that are of today: "" when they are.

    NO_SOURCE: no log yet; NO_RULE; EMPTY: its log has no event, or nobody counted yet; RUNNING: it is being measured; FAILED: measuring
    stopped, `Observing.fault` says why. Asks for it to be measured where that is due and nobody has yet: after a milestone,
    a date, a count, a threshold or the log changed. Not after it stopped with a fault: somebody has to look then.
    day: today, not the day a page is asked about.
    """
    rows = list(behaviours)
    wanted = inputs_of(rows, day)
    paced = {
        one.behaviour_id: one
        for one in Paced.objects.visible_to(actor).filter(behaviour__in=rows).defer("data", "summary")
    }
    observing = {one.behaviour_id: one for one in Observing.objects.visible_to(actor).filter(behaviour__in=rows)}
    with_counts = set(Count.objects.filter(behaviour__in=rows).values_list("behaviour_id", flat=True).distinct())
    found = {}
    for row in rows:
        made, run = paced.get(row.pk), observing.get(row.pk)
        generation = row.log.generation if row.by_log and row.log is not None else 0
        fresh = made is not None and made.inputs == wanted[row.pk] and made.generation == generation
        missing = "" if made is not None else _missing(row, counted=row.pk in with_counts)
        if missing or fresh:
            found[row.pk] = missing or (RUNNING if run is not None and run.runs else "")
            continue
        if run is not None and (run.runs or run.fault):
            found[row.pk] = RUNNING if run.runs else FAILED
            continue
        ask_observing(row, at=now)
        found[row.pk] = RUNNING
    return found


def _missing(row: Behaviour, *, counted: bool) -> str:
    """What stands in the way of measuring at all."""
    if row.source != "log":
        return "" if counted else EMPTY
    if row.log is None:
        return NO_SOURCE
    if not row.rule:
        return NO_RULE
    return EMPTY if not row.log.events else ""
