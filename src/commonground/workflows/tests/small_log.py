"""A log of the cast's work: a call is taken, an address checked, a bill written, a letter sent. Ten people, forty cases."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from django.conf import settings
from tests.cast import AT, Cast

from commonground.analysis.events import Events, Names
from commonground.events.models import Log
from commonground.events.pseudonyms import Pseudonyms, instance_key
from commonground.workflows.seeing import refresh

Step = tuple[str, str, str]  # activity, who as the source system calls them, unit
BEGAN = int(datetime(2026, 3, 2, 8, tzinfo=UTC).timestamp() * 1_000_000)
DAY = 86_400_000_000


def steps(case: int) -> list[Step]:
    """The way of one case. Erin checks most addresses and writes all bills; letters are sent by ten people in turn."""
    clerk = f"clerk{case % 10}"
    found: list[Step] = [("take THE call", clerk, "Contact centre")]
    if case % 2 == 0:
        found.append(("Check_the address", "erin@example.org" if case % 4 == 0 else clerk, "Billing"))
    found.append(("Write the 1st bill", "Erin Eide", "billing"))
    found.append(("Send the letter", clerk, "Post room"))
    return found


def events(cases: int = 40, *, only: str = "") -> Events:
    """The log as the store gives it. only: without the activity of this name."""
    rows = [(case, *step) for case in range(cases) for step in steps(case) if step[0] != only]
    of = Pseudonyms(instance_key(Path(settings.DATA))).of
    told = [[row[place] for row in rows] for place in (1, 2, 3)]
    told[1] = [of(name) for name in told[1]]
    names = [tuple(dict.fromkeys(column)) for column in told]
    activity, person, unit = (
        np.array([known.index(value) for value in column], np.int32) for known, column in zip(names, told, strict=True)
    )
    case, nothing = np.array([row[0] for row in rows], np.uint64), np.full(len(rows), -1, np.int32)
    time = BEGAN + np.arange(len(rows), dtype=np.int64) * DAY
    return Events(case, time, activity, person, unit, nothing, nothing, Names(names[0], names[1], names[2]))


def seen_log(cast: Cast, block: Events | None = None) -> Log:
    """A log that has been looked over."""
    log, _ = Log.objects.get_or_create(key="crm", defaults={"name": "CRM", "generation": 1})
    block = block or events()
    refresh(cast.program, log, lambda: [block], at=AT)
    return log
