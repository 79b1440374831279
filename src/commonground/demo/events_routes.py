"""The ways of work that the made event log tells: the hand-offs of `work.py`, and what a register does not hold of them.

A way's wait, share and returns are those that are told as is; days are counted from today. What changed on a day is told here.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from commonground.analysis.facts import Handoff

EVER, NEVER = -10_000, 10_000
CONTACT_CENTRE, BILLING, METERING = -315, -224, -98  # cut-overs
LETTERS, DESKS, TRIAL = -212, -98, -63


class Way(NamedTuple):
    """How work goes from a step to the next. wait: median in hours. share: of the work at `start`; ways are tried in order.

    back: share of what arrives that goes back once. since, until: on which days. bends: (day, factor) of the wait, straight between.
    """

    start: str
    end: str
    wait: float
    share: float
    back: float = 0.0
    since: int = EVER
    until: int = NEVER
    bends: tuple[tuple[int, float], ...] = ()


class Route(NamedTuple):
    """How the cases of a workflow run. begins: its first step. cases: in three months. grew: volume at the log's beginning.

    weight: share of the told cases that this log tells of. season: months above and below the year's mean, January first.
    line: "" where a case is of no single product line, "any" where it is of one or the other, else the line.
    """

    flow: str
    prefix: str
    begins: str
    cases: float
    ways: tuple[Way, ...]
    weight: float
    season: str
    grew: float = 0.8
    round: bool = False
    line: str = ""


class Kind(NamedTuple):
    prefix: str
    begins: str
    weight: float
    season: str
    grew: float = 0.8
    round: bool = False
    line: str = ""


# a letter a month, from January: m is the mean, a step is a tenth
KINDS = {
    "move-in": Kind("MI", "take-move-in-call", 1.0, "iijlmonnppmk"),
    "move-out": Kind("MO", "take-move-out-call", 0.65, "iijlmonnppmk"),
    "connection": Kind("NC", "hear-the-wish", 1.0, "hjmoppponmkh"),
    "outage": Kind("OU", "see-the-dark", 1.0, "oomlklmmlnpp", 0.95, round=True, line="Electricity"),
    "bill-query": Kind("BQ", "take-bill-query", 0.55, "pqomlllllmmn", 0.85, line="any"),
    "meter-round": Kind("MR", "plan-the-round", 0.2, "klmmmmllmnnk", 0.9, line="any"),
    "payment": Kind("PT", "send-reminder", 0.55, "qpommllkllmn", 0.85),
    "complaint": Kind("CO", "hear-complaint", 1.0, "onmmlllllmmm", 0.85, line="any"),
    "leak": Kind("LE", "take-leak-call", 1.0, "qpmlkklllkmo", 0.95, round=True, line="Water"),
    "key-year": Kind("KA", "agree-year-plan", 1.0, "qpmmkkkkmmom"),
}  # fmt: skip

# what arrives at a step in three months, where the hand-offs do not tell it
ARRIVES = {
    "take-bill-query": 7443,
    "send-reminder": 6000,
    "see-the-dark": 624,
    "check-odd-readings": 3300,
    "settle-big-bill": 36,
    "make-first-bill": 2180,
}
# told ways that began on a day, and waits that bent
BEGAN = {("take-bill-query", "look-into-bill"): LETTERS, ("hear-complaint", "put-it-right"): DESKS}
BENDS = {("read-meter-on-site", "type-in-sheet"): ((-128, 0.58), (-112, 1.0))}
# Ways that no register holds, tried before those that are told.
BESIDE: dict[str, tuple[Way, ...]] = {
    "move-in": (
        Way("take-move-in-call", "read-meter-on-site", 22.4, 0.065, 0.03, since=TRIAL),
        Way("read-meter-on-site", "make-first-bill", 6.4, 0.065, 0.02, since=TRIAL),
        Way("chase-readings", "make-first-bill", 22.0, 0.97),
        Way("make-first-bill", "read-meter-on-site", 16.0, 0.02),
    ),
    "move-out": (Way("tell-next-tenant", "make-final-bill", 8.0, 1.0),),
    "bill-query": (
        Way("take-bill-query", "pass-query-on", 6.0, 1.0, until=CONTACT_CENTRE),
        Way("take-bill-query", "pass-query-on", 6.0, 0.7, since=CONTACT_CENTRE, until=LETTERS),
        Way("pass-query-on", "look-into-bill", 18.0, 1.0, 0.19),
    ),
    "complaint": (
        Way("hear-complaint", "find-who-knows", 10.0, 1.0, 0.1, until=DESKS),
        Way("find-who-knows", "put-it-right", 14.0, 1.0, 0.05),
    ),
    "meter-round": (
        Way("send-the-crews", "walk-the-round", 9.0, 0.737),
        Way("walk-the-round", "check-odd-readings", 10.0, 0.38),
    ),
    "payment": (Way("agree-plan", "talk-to-adviser", 24.0, 0.05),),
    "key-year": (Way("report-use", "settle-big-bill", 60.0, 1.0),),
}  # fmt: skip
# after a cut-over everything takes longer for some weeks, then less long than before
GOES_LIVE = {"cc": CONTACT_CENTRE, "bi": BILLING}


def dip(cut_over: int) -> tuple[tuple[int, float], ...]:
    """How waits bend around a cut-over: up by a half at first, and after twelve weeks a tenth below what they were."""
    return (cut_over - 1, 1.1), (cut_over + 7, 1.55), (cut_over + 49, 1.3), (cut_over + 84, 1.0)


def routes(told: Iterable[Handoff], units: Mapping[str, str]) -> list[Route]:
    """The routes of the hand-offs that are told as is. units: step → its unit, which says when it went live."""
    found: dict[str, list[Handoff]] = {flow: [] for flow in KINDS}
    for row in told:
        if row.when == "as_is" and row.workflow in found:
            found[row.workflow].append(row)
    return [_route(flow, rows, units) for flow, rows in found.items() if rows]


def _route(flow: str, rows: list[Handoff], units: Mapping[str, str]) -> Route:
    kind = KINDS[flow]
    into: dict[str, float] = {}
    for row in rows:
        into[row.to_process] = into.get(row.to_process, 0) + (row.cases or 0)
    first = sum(row.cases or 0 for row in rows if row.from_process == kind.begins)
    arrives = {kind.begins: first, **into, **ARRIVES}
    ways = list(BESIDE.get(flow, ()))
    for row in sorted(rows, key=lambda one: one.cases or 0):
        pair, cases = (row.from_process, row.to_process), row.cases or 1
        share, back = cases / arrives[row.from_process], (row.ping_pong_cases or 0) / cases
        wait = row.median_wait_working_hours or 1.0
        ways.append(Way(*pair, wait, min(1.0, share), back, BEGAN.get(pair, EVER), bends=BENDS.get(pair, ())))
    bent = tuple(way if way.bends else way._replace(bends=_live(way.end, units)) for way in ways)
    season, grew = kind.season, kind.grew
    return Route(
        flow, kind.prefix, kind.begins, arrives[kind.begins], bent, kind.weight, season, grew, kind.round, kind.line
    )


def _live(step: str, units: Mapping[str, str]) -> tuple[tuple[int, float], ...]:
    home = units.get(step, "").partition("-")[0]
    return dip(GOES_LIVE[home]) if home in GOES_LIVE else ()
