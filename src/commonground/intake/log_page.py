"""What the pages of event logs say of a log or a delivery, out of what is stored. No person is named, and few are not counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from commonground.analysis.ownership import THRESHOLD
from commonground.events.models import READ, REFUSED, TAKEN, UNDONE, WORKING, Delivery, Log
from commonground.ui.words import day, number, percent, plural

COLUMNS = ("log", "sources", "from", "to", "events", "cases", "people", "last delivery", "agreement", "agreed on")


@dataclass(frozen=True)
class Listed:
    """A log in the list. last: its newest delivery that stands; waiting: the newest that is not taken over yet."""

    log: Log
    sources: str
    period: str
    people: str
    last: Delivery | None
    waiting: Delivery | None


def listed(logs: Iterable[Log], deliveries: Iterable[Delivery]) -> list[Listed]:
    """Logs with what was brought to each. deliveries: the newest first."""
    by_log: dict[int, list[Delivery]] = {}
    for one in deliveries:
        by_log.setdefault(one.log_id, []).append(one)
    return [_listed(log, by_log.get(log.pk, [])) for log in logs]


def _listed(log: Log, brought: list[Delivery]) -> Listed:
    standing = [one for one in brought if one.state == TAKEN]
    waiting = next((one for one in brought if one.state in (READ, WORKING)), None)
    sources = ", ".join(sorted({one.source for one in standing}))
    return Listed(
        log, sources, period(log.first, log.last), people(log.people), standing[0] if standing else None, waiting
    )


def lines(rows: Iterable[Listed]) -> Iterable[tuple[Any, ...]]:
    """The list as rows of CSV, under COLUMNS."""
    for one in rows:
        log, last = one.log, one.last
        yield (
            log.name,
            one.sources,
            log.first.date().isoformat() if log.first else "",
            log.last.date().isoformat() if log.last else "",
            log.events,
            log.cases,
            one.people,
            (last.ended_at or last.at).date().isoformat() if last else "",
            last.agreement if last else "",
            last.agreed_on.isoformat() if last and last.agreed_on else "",
        )


def people(n: int | None) -> str:
    """How many people a log tells of: a number, or that they are too few to be counted here."""
    if not n:
        return "not told"
    return number(n) if n >= THRESHOLD else f"fewer than {THRESHOLD}"


def period(first: datetime | str | None, last: datetime | str | None) -> str:
    """“4 Oct 2010 – 23 Jan 2012”, or empty."""
    if first is None or last is None:
        return ""
    begin, end = day(first), day(last)
    return begin if begin == end else f"{begin} – {end}"


def statement(row: Delivery) -> str:
    """The title of a delivery's page."""
    found = row.summary
    if row.state == WORKING or row.progress:
        return f"{row.progress or 'Working'} …"
    if row.state == REFUSED:
        return "Set aside: nothing was taken over"
    if "rows" not in found:
        return "This file cannot be read so" if "refused" in found else "What does this file hold?"
    if row.state == READ and not found["rows"]:
        return "There is no row to take over"
    holds = f"{plural(found['rows'], 'event')} of {plural(found['cases'], 'case')}"
    ready = f"{holds} {'is' if found['rows'] == 1 else 'are'} ready"
    return {TAKEN: f"Taken over: {holds}", UNDONE: f"Undone: {holds}"}.get(row.state, ready)


def facts(row: Delivery) -> list[tuple[str, str, str]]:
    """What was found in a file: (what, how much, a second line)."""
    found = row.summary
    if "rows" not in found:
        return []
    rows, units = found["rows"], found["n_units"]
    told = [
        (
            "Rows",
            number(rows),
            f"{plural(found['kept_out'], 'row')} kept out" if found["kept_out"] else "none kept out",
        ),
        ("Cases", number(found["cases"]), _each(rows, found["cases"])),
        ("Period", period(found["first"], found["last"]) or "–", "whole days only" if found["days_only"] else ""),
        ("Activities", number(found["n_activities"]), ""),
        ("People", people(found["people"]), _without(found["without_person"], rows, "do not say who", found["people"])),
        ("Units", number(units) if units else "not told", _units(row)),
    ]
    return [*told, *_more(found)]


def _more(found: dict[str, Any]) -> list[tuple[str, str, str]]:
    words = {"product_lines": "Product lines", "channels": "Channels"}
    return [
        (label, number(found[f"n_{name}"]), ", ".join(found[name][:4]))
        for name, label in words.items()
        if found.get(name)
    ]


def _each(rows: int, cases: int) -> str:
    if rows == cases:
        return "one row each" if rows else ""
    return f"{rows / cases:.1f} steps each, on average"


def _without(missing: int, rows: int, words: str, told: int) -> str:
    return f"{percent(missing / rows)} of the rows {words}" if missing and rows and told else ""


def _units(row: Delivery) -> str:
    found = row.summary
    if not found["n_units"]:
        return "no crossing of units can be seen"
    known = found.get("n_known_units", 0)
    how_many = "all" if known == found["n_units"] else number(known) if known else "none"
    words = f"{how_many} known to the organization"
    missing = _without(found["without_unit"], found["rows"], "tell no unit", known or 1)
    return f"{words}; {missing}" if missing else words


def known_share(row: Delivery) -> float | None:
    """Of the rows that tell a unit, the share whose unit the organization knows; None where no row tells one."""
    found = row.summary
    told = found.get("rows", 0) - found.get("without_unit", 0)
    return found["rows_of_known_units"] / told if told and "rows_of_known_units" in found else None
