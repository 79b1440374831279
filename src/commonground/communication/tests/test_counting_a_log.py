"""Counts of a cut-over out of an event log: only the named activity, by the clock of the place, known until the end of the log."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from django.utils.timezone import override
from tests.cast import AT, Cast

from commonground.analysis.events import Events, Names
from commonground.communication.bringing_counts import bring, read_log
from commonground.communication.models import HiccupPlan, Signal
from commonground.communication.watching import EVENTS, FILE
from commonground.events.models import Log
from commonground.programs.register import CannotError

NINE = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)


def block(*rows: tuple[datetime, int]) -> Events:
    """Events of one case: a moment and 0 for a call, 1 for a complaint."""
    none = np.full(len(rows), -1, np.int32)
    times = np.array([int(at.timestamp() * 1_000_000) for at, _ in rows], np.int64)
    codes = np.array([code for _, code in rows], np.int32)
    cases = np.ones(len(rows), np.uint64)
    return Events(cases, times, codes, none, none, none, none, Names(activity=("Call", "Complaint")))


def test_only_the_named_activity_is_counted(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    last = NINE + timedelta(hours=2)
    log = Log.objects.create(key="desk", name="Desk", last=last)
    plan = HiccupPlan.objects.create(program=cast.program, name="Cut-over", noticed="yes", watch_from=NINE.date())
    row = Signal.objects.create(
        program=cast.program, plan=plan, name="Complaints", source=EVENTS, log=log, activity="complaint"
    )
    rows = [(NINE, 1), (NINE + timedelta(minutes=59), 1), (NINE, 0), (last, 0), (NINE - timedelta(weeks=20), 1)]
    store: Any = SimpleNamespace(blocks=lambda columns: iter([block(*rows)]))
    monkeypatch.setattr(Log, "store", lambda self: store)
    found = read_log(row, by=cast.ivan.actor, at=AT + timedelta(days=1))
    assert found.total == 2  # neither calls, nor what is older than nine weeks
    assert list(row.counts.values_list("count", flat=True)) == [2, 0, 0]
    assert "the log “Desk”" in str(found)


def test_counts_across_the_hour_that_clocks_leave_out_are_taken_over(cast: Cast) -> None:
    """On 29 March 2026 clocks go from two to three; counts of eight weeks before a cut-over in spring run across it."""
    plan = HiccupPlan.objects.create(program=cast.program, name="Cut-over", noticed="yes", watch_from=NINE.date())
    row = Signal.objects.create(program=cast.program, plan=plan, name="Calls", source=FILE)
    day = datetime.fromisoformat("2026-03-29")
    with override("Europe/Berlin"):
        counts = {day + timedelta(hours=hour): 1 for hour in (0, 1, 3, 4)}
        found = bring(row, "calls.csv", counts, by=cast.ivan.actor, at=AT)
        assert (found.total, sum(row.counts.values_list("count", flat=True)), row.counts.count()) == (4, 4, 4)
        again = bring(row, "calls again.csv", counts, by=cast.ivan.actor, at=AT + timedelta(minutes=1))
    assert (again.total, sum(row.counts.values_list("count", flat=True))) == (4, 4), "nothing counts twice"


def test_without_a_log_it_is_refused(cast: Cast) -> None:
    plan = HiccupPlan.objects.create(program=cast.program, name="Cut-over")
    row = Signal.objects.create(program=cast.program, plan=plan, name="Complaints", source=EVENTS)
    with pytest.raises(CannotError, match="Say which log"):
        read_log(row, by=cast.ivan.actor, at=AT)
