"""Why a page has no figures of a log yet, and what units of a log are called."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db.models import Max

from commonground.access.actor import Actor
from commonground.events.models import Log
from commonground.organization.models import UnitPeriod
from commonground.programs.models import Program
from commonground.workflows.lanes import lanes_on
from commonground.workflows.linked import digest_of_links
from commonground.workflows.measured import Measured, Measuring
from commonground.workflows.places import OUTSIDE
from commonground.workflows.seen import SeenActivity
from commonground.workflows.tasks import ask_measuring

NO_LOG, UNLINKED, RUNNING, FAILED, LATER = "no log", "unlinked", "running", "failed", "later"


def log_state(actor: Actor, program: Program) -> str:
    """Why there is nothing to show: no log, none of its activities is a process here, being measured, it failed, or not over then."""
    if not Log.objects.filter(events__gt=0).exists():
        return NO_LOG
    newest = Measuring.objects.visible_to(actor).order_by("-asked_at").first()
    if newest is not None and (newest.runs or newest.fault):
        return RUNNING if newest.runs else FAILED
    if not SeenActivity.objects.filter(program=program).linked().exists():
        return UNLINKED
    return LATER if Measured.objects.visible_to(actor).of_program(program).exists() else UNLINKED


def how_current(actor: Actor, rows: Iterable[Measured], now: datetime) -> str:
    """Whether a log, or which of its activities are which steps, has changed since these figures were made: nothing, RUNNING or FAILED.

    Asks for it to be measured anew, where nobody has yet; not after it stopped with a fault: whoever brings logs has to look then.
    """
    held = {row.log_id: row for row in rows}
    logs = {log.pk: log for log in Log.objects.filter(pk__in=held)}
    asked = {one.log_id: one for one in Measuring.objects.visible_to(actor).filter(log__in=held)}
    found = set()
    for pk, row in held.items():
        run = asked.get(pk)
        if run is not None and run.runs:
            found.add(RUNNING)
        elif row.generation != logs[pk].generation or row.data.get("links") != digest_of_links(pk):
            found.add(FAILED if run is not None and run.fault else RUNNING)
            if run is None or not run.fault:
                ask_measuring(logs[pk], at=now)
    return FAILED if FAILED in found else RUNNING if found else ""


def withheld_name(key: str, names: Mapping[str, str]) -> str:
    """What a unit with too few people is called. Words of a log that the organization does not know may be a person's name: not told."""
    return "a unit that the organization does not know" if key.startswith(OUTSIDE) else names.get(key, "a unit")


def unit_names(actor: Actor, day: date, keys: Iterable[str]) -> Mapping[str, str]:
    """What the units of figures are called on a day; one that is no more, as it was called last; one of the log alone, as it says."""
    wanted = set(keys)
    ids = {int(key) for key in wanted if key.isdecimal()}
    known = lanes_on(actor, day, ids).names if ids else {}
    found = {key: f"{key.removeprefix(OUTSIDE)} (in the log)" for key in wanted if key.startswith(OUTSIDE)}
    found.update({str(unit): known[unit] for unit in ids if unit in known})
    gone = [unit for unit in ids if unit not in known]
    if gone:
        periods = UnitPeriod.objects.visible_to(actor).filter(unit__in=gone)
        last = periods.values("unit").annotate(last=Max("pk")).values("last")
        found.update({str(row.unit_id): f"{row.name} (at the time)" for row in periods.filter(pk__in=last)})
    return found
