"""How long the systems keep what logs are fed from: what is said by people, else what is commonly so; and how fresh what was brought is.

A pace is measured over two years and more, and many systems forget sooner. What was brought and observed here stays; what was never
brought is gone. The periods below are the makers' defaults as published, in our words; every system can be set otherwise, so they stand in
for an answer only until somebody gives one.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from commonground.adoption.models import Behaviour, Source
from commonground.events.models import Delivery, Log, moment
from commonground.programs.models import Program


class Default(NamedTuple):
    """A common system. words: of which one, all in one alternative, name it; keeps_days: by default; what: it keeps that long."""

    name: str
    words: tuple[tuple[str, ...], ...]
    keeps_days: int
    what: str
    source: str


DEFAULTS = (
    Default(
        "Salesforce log-ins", (("salesforce", "login"), ("salesforce", "log-in")), 183,
        "the log-in history, about six months", "Salesforce Help, Login History",
    ),
    Default(
        "Salesforce event log files", (("salesforce", "event log"), ("salesforce", "eventlog")), 1,
        "event log files, a day unless a longer time is paid for", "Salesforce Help, Event Log File",
    ),
    Default(
        "Salesforce field history", (("salesforce",), ("sfdc",)), 548,
        "the field history, 18 months", "Salesforce Help, Field History Tracking",
    ),
    Default(
        "Dataverse audit", (("dataverse",), ("dynamics",)), 30,
        "the audit log, 30 days unless set otherwise", "Microsoft Learn, Dataverse audit retention",
    ),
    Default(
        "Microsoft 365 usage reports", (("microsoft 365",), ("office 365",), ("m365",)), 180,
        "usage reports, 180 days at most", "Microsoft Learn, Microsoft 365 usage reports",
    ),
)  # fmt: skip


def default_of(system: str) -> Default | None:
    """What is commonly so of a system, by its name; None where nothing is known."""
    plain = " ".join(system.split()).casefold()
    return next((one for one in DEFAULTS if any(all(word in plain for word in words) for words in one.words)), None)


class Kept(NamedTuple):
    """A system that feeds a log of this program's behaviours.

    keeps_days: how long it keeps, None: for good, or not known (`known`, `default` tell). known: somebody has said so. default: what is
    commonly so, where nobody has. last_event: the newest day that was brought from it; program_end: when the program is to end.
    forgets_on: the day from which on what was not brought begins to be lost, None where nothing is forgotten or it is not known.
    """

    log: Log
    system: str
    keeps_days: int | None
    known: bool
    default: Default | None
    last_event: date | None
    program_end: date | None

    @property
    def days(self) -> int | None:
        """Days it keeps, as said or as is commonly so."""
        if self.known:
            return self.keeps_days
        return self.default.keeps_days if self.default is not None else None

    @property
    def forgets_on(self) -> date | None:
        if self.days is None or self.last_event is None:
            return None
        return self.last_event + timedelta(days=self.days)

    @property
    def outlived(self) -> bool | None:
        """Whether the program goes on longer than the system keeps: it must be brought in between. None: not known."""
        if self.program_end is None or self.last_event is None or (not self.known and self.default is None):
            return None
        return self.forgets_on is not None and self.forgets_on < self.program_end


def sources_of(program: Program) -> list[Kept]:
    """The systems that feed the logs of the program's behaviours, by log and name; also those somebody has said something of."""
    logs = {
        row.log_id: row.log
        for row in Behaviour.objects.filter(program=program, log__isnull=False).select_related("log")
        if row.log is not None
    }
    said = {(row.log_id, row.system): row for row in Source.objects.filter(program=program).select_related("log")}
    last = _last_events(logs)
    found = []
    for log, system in sorted({*last, *said}):
        row = said.get((log, system))
        of = logs.get(log) or (row.log if row is not None else None)
        if of is None:
            continue
        known = row is not None and row.known
        found.append(
            Kept(
                log=of,
                system=system,
                keeps_days=row.keeps_days if row is not None else None,
                known=known,
                default=None if known else default_of(system),
                last_event=last.get((log, system)),
                program_end=program.planned_end,
            )
        )
    return found


def _last_events(logs: Iterable[int | None]) -> dict[tuple[int, str], date]:
    """Log and system → the day of the newest event that stands there from it."""
    found: dict[tuple[int, str], date] = {}
    rows = Delivery.objects.standing().filter(log__in=[log for log in logs if log is not None])
    for log, system, summary in rows.values_list("log_id", "source", "summary"):
        last = summary.get("taken", {}).get("last")
        if last:
            key, day = (log, system), moment(last).date()
            found[key] = max(found.get(key, day), day)
    return found
