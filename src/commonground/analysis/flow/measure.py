"""A log measured: passages between steps, units and product lines, how long they take, what comes back, and the orders of steps."""

from collections.abc import Iterable, Mapping

from commonground.analysis.events import Blocks, Events, Names
from commonground.analysis.flow.figures import Flow
from commonground.analysis.flow.readings import Reading, Setting, readings
from commonground.analysis.flow.side_by_side import WORKERS, read
from commonground.analysis.flow.working_time import WorkingWeek
from commonground.analysis.ownership import THRESHOLD


def measure(
    blocks: Blocks,
    *,
    week: WorkingWeek,
    unit_names: tuple[str, ...] | None = None,
    threshold: int = THRESHOLD,
    headcount: Mapping[str, int] | None = None,
) -> Flow:
    """Hand-offs, waits, ways back, lead times and orders of steps of a log, read once.

    week: the hours in which working time runs. unit_names: what to call the unit of each code, one name for all units that are to be
    taken as one (those of a business unit, say); "" leaves a unit out as if it were not told. Default: the names in the log.
    threshold: the fewest people that a unit's figures may stand for. Different people of a unit in these events count; where its events
    tell nobody, its `headcount`; where that is not known either, the unit is withheld. Passages from or to a withheld unit, and the
    crossings, ways back and totals made of them, are left out of the answer, `withheld` names the units.
    A wait is the receiver's event minus the giver's: it holds the receiver's own work up to the event.
    Passages between steps and lines state how many people they stand for: whoever shows one asks `figures.enough` first.
    Memory: 8 to 16 bytes for each passage between steps and each between units, beside the blocks that are being worked on.
    Raises ValueError for a time outside of the years 1 to 9999.
    """
    iterator = iter(blocks)
    begin = next(iterator, None)
    if begin is None:
        return _empty(week).answer({}, threshold)
    setting = Setting.of(begin.names, unit_names, week, threshold, headcount or {})
    return read(_chain(begin, iterator), readings(setting, WORKERS)).answer(headcount or {}, threshold)


def _empty(week: WorkingWeek) -> Reading:
    return readings(Setting.of(Names(), None, week, THRESHOLD, {}), 1)[0]


def _chain(first: Events, rest: Iterable[Events]) -> Iterable[Events]:
    yield first
    yield from rest
