"""Counts on their way in, from a file or an event log: all or nothing, and taken back in one step."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Final

import numpy as np
from django.db import transaction
from django.utils import timezone

from commonground.access.actor import Actor
from commonground.analysis.communication.expected import WEEKS
from commonground.communication.watching import DAY, EVENTS, FILE, Brought, Signal, SignalCount
from commonground.events.models import LogError
from commonground.journal.recording import record
from commonground.programs.register import CannotError

MOST: Final = 50_000  # counts that are brought at once
BEFORE: Final = timedelta(weeks=WEEKS + 1)


def grain_of(moment: datetime, minutes: int) -> datetime:
    """The start of the count in which a moment lies, by the clock of the place. moment: without a zone, as clocks show it."""
    if minutes == DAY:
        return moment.replace(hour=0, minute=0, second=0, microsecond=0)
    into = (moment.hour * 60 + moment.minute) % minutes
    return moment.replace(second=0, microsecond=0) - timedelta(minutes=into)


def here(moment: datetime) -> datetime:
    """A stored moment as clocks of the place show it, without a zone."""
    return moment.astimezone(timezone.get_current_timezone()).replace(tzinfo=None)


def stored(moment: datetime) -> datetime:
    """A moment of the place's clock as it is stored; of the hour that comes twice in autumn the first."""
    return timezone.make_aware(moment).astimezone(UTC)


def filled(counts: Mapping[datetime, int], minutes: int) -> list[tuple[datetime, int]]:
    """Counts from the first to the last, with a nought where none is told. Raises CannotError where that would be too many."""
    if not counts:
        return []
    first, last, step = min(counts), max(counts), timedelta(minutes=minutes)
    if (last - first) / step > MOST:
        raise CannotError(f"From {first:%Y-%m-%d} to {last:%Y-%m-%d} there are too many counts. Bring at most a year.")
    moments = [first + place * step for place in range(int((last - first) / step) + 1)]
    return [(moment, counts.get(moment, 0)) for moment in moments]


def longest_gap(counts: Iterable[datetime], minutes: int) -> timedelta:
    """The longest time within which no count is told."""
    ordered = sorted(counts)
    return max((b - a - timedelta(minutes=minutes) for a, b in pairwise(ordered)), default=timedelta())


def look(
    signal: Signal,
    name: str,
    counts: Mapping[datetime, int],
    *,
    read_as: Mapping[str, str] | None = None,
    kept_out: Iterable[tuple[int, str, str]] = (),
    at: datetime,
) -> Brought:
    """Keeps what was read to be looked over, in place of what waited before. counts: by moments of the place's clock.

    Raises CannotError for a signal that is counted otherwise, for nothing to count, and for counts of a time to come.
    """
    if signal.source not in (FILE, EVENTS):
        raise CannotError(
            f"“{signal}” is counted by hand, so no file is brought. Change where its counts come from first."
        )
    rows = filled(counts, signal.minutes)
    if not rows:
        raise CannotError(f"There is nothing to count for “{signal}” in it. Look at the columns, or at the days.")
    if rows[-1][0] > here(at):
        raise CannotError(
            f"It tells of {rows[-1][0]:%Y-%m-%d %H:%M}, which has not come yet. Look at how its days are written."
        )
    with transaction.atomic():
        Brought.objects.filter(signal=signal).waiting().delete()
        return Brought.objects.create(
            signal=signal,
            name=name,
            at=at,
            first=stored(rows[0][0]),
            end=min(stored(rows[-1][0] + timedelta(minutes=signal.minutes)), at),
            total=sum(count for _, count in rows),
            waits=[[moment.isoformat(), count] for moment, count in _by_stored(rows)],
            read_as=dict(read_as or {}),
            kept_out=[list(one) for one in kept_out],
        )


def _by_stored(rows: Iterable[tuple[datetime, int]]) -> list[tuple[datetime, int]]:
    """By stored moments, each once: the hour that clocks leave out in spring is the one after it."""
    found: Counter[datetime] = Counter()
    for moment, count in rows:
        found[stored(moment)] += count
    return sorted(found.items())


def take_over(row: Brought, *, by: Actor, at: datetime) -> Brought:
    """Writes its counts, in place of what stood in their time. Between the first and the last, what is not told is nought.

    Raises CannotError for what is taken over already.
    """
    if row.taken_over_at is not None:
        raise CannotError(f"“{row}” is taken over already.")
    signal = row.signal
    with transaction.atomic():
        there = SignalCount.objects.filter(signal=signal, starts__gte=row.first, starts__lt=row.end)
        row.before = [[starts.isoformat(), count] for starts, count in there.values_list("starts", "count")]
        there.delete()
        _write(signal, row.waits)
        record("brought counts", signal, by=by, at=at, values={"after": {"from": row.name, "total": row.total}})
        row.waits, row.taken_over_at = [], at
        row.save()
    return row


def _write(signal: Signal, rows: Iterable[tuple[str, int]]) -> None:
    made = [SignalCount(signal=signal, starts=datetime.fromisoformat(starts), count=count) for starts, count in rows]
    SignalCount.objects.bulk_create(made, batch_size=2000)


def bring(signal: Signal, name: str, counts: Mapping[datetime, int], *, by: Actor, at: datetime) -> Brought:
    """Looks counts over and takes them over at once. Raises CannotError as both do."""
    return take_over(look(signal, name, counts, at=at), by=by, at=at)


def take_back(row: Brought, *, by: Actor, at: datetime) -> None:
    """Puts back what stood there before. Raises CannotError for what does not stand, and while a later file stands over it."""
    signal = row.signal
    if row.taken_over_at is None or row.taken_back_at is not None:
        raise CannotError(f"“{row}” does not count, so there is nothing to take back.")
    later = Brought.objects.filter(signal=signal).standing().filter(taken_over_at__gt=row.taken_over_at).first()
    if later is not None:
        raise CannotError(f"“{later}” was brought after “{row}”. Take that back first.")
    with transaction.atomic():
        SignalCount.objects.filter(signal=signal, starts__gte=row.first, starts__lt=row.end).delete()
        _write(signal, row.before)
        row.taken_back_at = at
        row.save(update_fields=["taken_back_at"])
        record("took counts back", signal, by=by, at=at, values={"before": {"from": row.name, "total": row.total}})


def read_log(signal: Signal, *, by: Actor, at: datetime) -> Brought:
    """Counts the events of the signal's activity in its log, from nine weeks before the plan's days on. Raises CannotError without any."""
    log = signal.log
    if signal.source != EVENTS or log is None or not signal.activity:
        raise CannotError(f"“{signal}” is read from no event log. Say which log and what it is called there.")
    days = signal.plan.days
    since = timezone.make_aware(datetime.combine(days[0], datetime.min.time())) - BEFORE if days else None
    try:
        counts = _counted(signal, since)
    except LogError as error:
        raise CannotError(str(error)) from error
    if log.last is not None and counts:  # what the log tells until its end, even where this activity is not in it
        counts.setdefault(grain_of(here(log.last), signal.minutes), 0)
    return bring(
        signal, f"the log “{log}”", {moment: n for moment, n in counts.items() if moment <= here(at)}, by=by, at=at
    )


def _counted(signal: Signal, since: datetime | None) -> Counter[datetime]:
    """Moment of the place's clock → events of the activity."""
    assert signal.log is not None  # noqa: S101 - only what a log tells is read here
    found: Counter[datetime] = Counter()
    quarter = 15 * 60 * 1_000_000
    for block in signal.log.store().blocks(("time", "activity")):
        names = [
            place for place, name in enumerate(block.names.activity) if name.casefold() == signal.activity.casefold()
        ]
        times = block.time[np.isin(block.activity, names)] // quarter
        starts, many = np.unique(times, return_counts=True)
        for start, count in zip(starts.tolist(), many.tolist(), strict=True):
            moment = datetime.fromtimestamp(start * 900, UTC)
            if since is None or moment >= since:
                found[grain_of(here(moment), signal.minutes)] += count
    return found
