"""What stands in the lanes below the curve: cut-overs and dated activities that the reader may see, true in time."""

from datetime import date

from commonground.access.actor import Actor
from commonground.organization.models import UnitPeriod
from commonground.programs.models import Activity, Milestone, Program
from commonground.ui.lanes_below import Dated

MOST = 12  # activities drawn, those nearest to the day
# practices whose activities work on a behaviour, and none in particular
PACED = ("", "PACE", "REIN", "SOFT", "TRAIN", "PEER", "LEAD")


def lanes_of(actor: Actor, program: Program, day: date) -> list[tuple[str, list[Dated]]]:
    """Cut-overs, and activities with a day: training, sunsets, recognition, champions who start; those of other practices stay out."""
    return [("Cut-overs", _cut_overs(actor, program, day)), ("Actions", _activities(actor, program, day))]


def _cut_overs(actor: Actor, program: Program, day: date) -> list[Dated]:
    rows = Milestone.objects.visible_to(actor).filter(program=program, kind="cut_over")
    found = [(row.actual or row.planned, row.unit_id, bool(row.actual and row.actual <= day)) for row in rows]
    names = _names(actor, {unit for _, unit, _ in found if unit is not None}, day)
    return [Dated(on, names.get(unit, "a unit") if unit else "the whole", done) for on, unit, done in found if on]


def _names(actor: Actor, units: set[int], day: date) -> dict[int, str]:
    """What units are called on a day, else what they were called last."""
    rows = UnitPeriod.objects.visible_to(actor).filter(unit__in=units).in_order()
    found: dict[int, str] = {}
    for unit, name, start in rows.values_list("unit_id", "name", "start"):
        if unit not in found or start is None or start <= day:
            found[unit] = name
    return found


def _activities(actor: Actor, program: Program, day: date) -> list[Dated]:
    rows = Activity.objects.visible_to(actor).filter(program=program, start__isnull=False, practice__in=PACED)
    near = sorted(rows.exclude(state="dropped"), key=lambda row: abs(((row.start or day) - day).days))[:MOST]
    return [
        Dated(row.start, row.kind, row.start <= day and row.state != "planned", row.words) for row in near if row.start
    ]
