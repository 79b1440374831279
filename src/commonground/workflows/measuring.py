"""Measures a log for every workflow it tells of and as a whole, time by time, and keeps the figures.

Events are read from the store in blocks. Those of the workflows, then those of the whole log, are held in memory as columns (32 bytes
an event), and each time is measured out of them; no page ever waits for this.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from commonground.analysis.events import Events, Names
from commonground.analysis.flow.measure import measure
from commonground.analysis.flow.working_time import WorkingWeek
from commonground.analysis.ownership import THRESHOLD
from commonground.events.models import Log
from commonground.events.pseudonyms import Pseudonyms, instance_key
from commonground.journal.models import Version
from commonground.workflows.gathering import Link, Links, Owner, of_whole, of_workflows
from commonground.workflows.linked import digest_of_links, linked_steps
from commonground.workflows.measured import Measured
from commonground.workflows.places import Directory, Places
from commonground.workflows.windows import Window, Windows, micros_of, parts, windows_of
from commonground.workflows.withholding import Kept, Pair, few_units, kept, left_out, masked

BUMPED = ("handoffs", "workflows", "log_activities")
Progress = Callable[[str], None]


class Stamp(NamedTuple):
    """Of which state of the store, when the measuring was begun, the systems that the events come from, and a digest of the links."""

    generation: int
    at: datetime
    sources: list[str]
    links: str


def measure_log(log: Log, *, at: datetime, on_progress: Progress | None = None) -> int:
    """Measures the log as its store is now, for all programs, and puts the figures in the place of those before. Returns how many.

    at: when it was begun. A run that began earlier and ends later than another leaves the newer figures alone.
    """
    sources = sorted(set(log.deliveries.standing().values_list("source", flat=True)))
    stamp = Stamp(log.generation, at, sources, digest_of_links(log.pk))
    rows = list(_rows(log, stamp, on_progress or (lambda _: None)))
    with transaction.atomic():
        if Measured.objects.filter(log=log, made_at__gt=at).exists():
            return 0
        Measured.objects.filter(log=log).delete()
        Measured.objects.bulk_create(rows, batch_size=50)
        Version.objects.bump(BUMPED)
    return len(rows)


def links_of(log: Log) -> Links:
    """Activity → the processes that it is, each with the workflow they belong to, in every program."""
    found: dict[str, list[Link]] = defaultdict(list)
    for activity, program, workflow, process in linked_steps(log.pk):
        found[activity].append(Link(Owner(program, workflow), process))
    return found


def week_of(log: Log) -> WorkingWeek:
    """The log's working week, by the clock of the instance."""
    closed = frozenset(date.fromisoformat(day) for day in log.closed_on)
    days = log.days or [0, 1, 2, 3, 4]
    return WorkingWeek(days, log.opens, log.closes, closed, settings.TIME_ZONE)


def _rows(log: Log, stamp: Stamp, told: Progress) -> Iterator[Measured]:
    """The figures to be kept: of each workflow, then of the whole log."""
    if log.first is None or log.last is None:
        return
    zone = ZoneInfo(settings.TIME_ZONE)
    windows = windows_of(micros_of(log.first), micros_of(log.last), zone)
    names = _names(log)
    directory = Directory(windows.first, windows.last)
    places = Places(names, directory, Pseudonyms(instance_key(settings.DATA)), zone)
    series = _Series(windows, zone, week_of(log), directory)
    told("Reading the events of the workflows")
    for number, (owner, events) in enumerate(of_workflows(log.store().blocks(COLUMNS), links_of(log), places), 1):
        told(f"Measuring workflow {number}")
        for window, found in series.measured(events):
            yield _row(log, owner, window, found, stamp)
    told("Measuring the whole log")
    whole = of_whole(log.store().blocks(COLUMNS), places)
    if whole is not None:
        for window, found in series.measured(whole, whole=True):
            yield _row(log, Owner(), window, _of_units(found), stamp)


COLUMNS = ("case", "time", "activity", "person", "unit", "product_line")


def _names(log: Log) -> Names:
    """What the codes of the store mean."""
    return next((block.names for block in log.store().blocks(("case",))), Names())


@dataclass
class _Series:
    """Measures events over the times of a log, and remembers between which units something was left out of one of its workflows.

    It is left out of the whole log of that time too: else the whole less the other workflows would be it.
    """

    windows: Windows
    zone: ZoneInfo
    week: WorkingWeek
    directory: Directory
    left_out: dict[Window, frozenset[Pair]] = field(default_factory=lambda: defaultdict(frozenset))

    def measured(self, events: Events, *, whole: bool = False) -> Iterator[tuple[Window, Kept]]:
        """Each time that has cases. whole: they are all of the log."""
        for window, part in parts(events, self.windows, self.zone):
            if not len(part):
                continue
            headcount = self.directory.headcount(window.ends - timedelta(days=1))
            few = few_units(part, headcount)
            flow = measure([masked(part, few)], week=self.week, threshold=THRESHOLD, headcount=headcount)
            out = left_out(part, few)
            found = kept(flow, out, self.left_out[window] if whole else frozenset())
            self.left_out[window] |= out.units | frozenset(found.apart)
            yield window, found


def _row(log: Log, owner: Owner, window: Window, found: Kept, stamp: Stamp) -> Measured:
    return Measured(
        program_id=owner.program,
        workflow_id=owner.workflow,
        log=log,
        starts=window.starts,
        ends=window.ends,
        whole=window.whole,
        cases=found.flow.cases,
        generation=stamp.generation,
        made_at=stamp.at,
        data={**found.data(), "sources": stamp.sources, "links": stamp.links},
    )


def _of_units(found: Kept) -> Kept:
    """Of a whole log only what its table of units shows: a page of steps is one of a workflow."""
    flow = found.flow._replace(crossing_cases=0, ping_pong_cases=0, variants=0, loops=0, repeats=0)
    flow = flow._replace(steps=(), between_steps=(), between_lines=(), top_variants=())
    return found._replace(flow=flow, hidden=())
