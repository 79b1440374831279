"""FLOW: information and work must flow across boundaries of department and product."""

from collections.abc import Iterator

from commonground.analysis.crossings import Crossed, Paths, paths
from commonground.analysis.register import Register
from commonground.guidance.guidelines.catalogue import Found, NotEnoughDataError, Parameters, Subject, guideline
from commonground.guidance.guidelines.remedies import flow as remedies
from commonground.guidance.guidelines.wording import counted

SOURCE = (
    "Practice FLOW: information and work must flow across boundaries of department and product. Waiting is the time from the giver's "
    "step to the receiver's, in working hours; what comes back is counted as in GLOSSARY and FORMATS (ping-pong)."
)
NEEDS = ("processes", "handoffs")
ALSO = ("people", "units", "workflows")


@guideline(
    "FLOW-01",
    "Work does not wait long where it crosses from unit to unit or from product to product.",
    severity="note",
    why="A customer waits for the whole way; most of it is often spent between two desks, where nobody sees it.",
    source=SOURCE,
    do="Let both sides agree on a service level of their own, or move the step to where the work comes from.",
    needs=("processes", "handoffs", "workflows"),
    also_reads=("people", "units"),
    parameters={"hours": 8, "share": 0.2},
    remedy=remedies.agree_a_service_level,
)
def waits_at_a_crossing(register: Register, parameters: Parameters) -> Iterator[Found]:
    ways = list(paths(register))
    if not any(one.handoff.median_wait_working_hours is not None for way in ways for one in way.today):
        raise NotEnoughDataError("handoffs.median_wait_working_hours")
    if not any(way.lead for way in ways):
        raise NotEnoughDataError("workflows.median_lead_working_hours")
    for way in ways:
        for one in way.today:
            wait = one.handoff.median_wait_working_hours
            if not one.over or wait is None or not way.lead or wait < parameters["hours"]:
                continue
            if wait < parameters["share"] * way.lead:
                continue
            cases = f" in {counted(one.handoff.cases, 'case')}" if one.handoff.cases else ""
            yield Found(
                _subject(way, one),
                f"{_between(register, one)} waits {_hours(wait)} at the median, {_percent(wait, way.lead)} of the whole way",
                f"workflow {way.name} · {one.source.name} to {one.target.name}",
                f"handoffs: median wait {wait:g} working hours{cases}; the workflow takes {way.lead:g} at the median; crosses "
                f"{' and '.join(one.over)}",
            )


@guideline(
    "FLOW-02",
    "Work that was handed on seldom comes back.",
    severity="warn",
    why="What goes back and forth was not clear when it was handed on; each return is a wait for the customer.",
    source=SOURCE,
    do="Give the case one owner from end to end, and let both sides look at ten that came back.",
    needs=NEEDS,
    also_reads=ALSO,
    parameters={"share": 0.1, "cases": 20},
    remedy=remedies.one_owner_end_to_end,
)
def comes_back(register: Register, parameters: Parameters) -> Iterator[Found]:
    ways = list(paths(register))
    if not any(one.handoff.ping_pong_cases is not None for way in ways for one in way.today):
        raise NotEnoughDataError("handoffs.ping_pong_cases")
    for way in ways:
        often = [one for one in way.today if _share_back(one, parameters["cases"]) > parameters["share"]]
        if not often:
            continue
        worst = max(often, key=lambda one: _share_back(one, parameters["cases"]))
        told = (
            f"{one.source.name} to {one.target.name} {one.handoff.ping_pong_cases:,} of {counted(one.handoff.cases or 0, 'case')}"
            for one in often
        )
        more = f"; so it is at {counted(len(often), 'hand-off')}" if len(often) > 1 else ""
        yield Found(
            Subject("workflow", way.workflow),
            f"{100 * _share_back(worst, 1):.0f} % of what {worst.source.name} hands on to {worst.target.name} comes back{more}",
            f"workflow {way.name} · {_between(register, worst)}",
            f"handoffs, cases that came back: {'; '.join(told)}",
        )


def _share_back(one: Crossed, fewest: float) -> float:
    """The share of cases that came back; nothing where it is not measured or the cases are too few to say."""
    cases, back = one.handoff.cases or 0, one.handoff.ping_pong_cases
    return back / cases if back is not None and cases >= max(fewest, 1) else 0.0


@guideline(
    "FLOW-03",
    "The workflow of the future crosses no more boundaries than today's.",
    severity="warn",
    why="Each boundary is a place where work waits and where nobody owns the whole; a redesign should take some away.",
    source=SOURCE,
    do="Look at the map to be with those who do the work, and ask of each crossing what it is for.",
    needs=NEEDS,
    also_reads=ALSO,
    remedy=remedies.stays_in_one_hand,
)
def more_crossings(register: Register, parameters: Parameters) -> Iterator[Found]:
    for way in paths(register):
        if way.after is not None and way.after > way.before:
            yield Found(
                Subject("workflow", way.workflow),
                f"{way.name} is to cross {counted(way.after, 'boundary', 'boundaries')}, today {way.before:,}",
                f"workflow {way.name}",
                f"handoffs and fates: {counted(way.before, 'crossing')} as is, {way.after:,} to be",
            )


def _subject(way: Paths, one: Crossed) -> Subject:
    return Subject("handoff", f"{way.workflow}/{one.source.id}/{one.target.id}")


def _between(register: Register, one: Crossed) -> str:
    """From where to where, as the units are called; the product lines where only these differ; else the steps."""
    organization = register.organization
    if "unit" in one.over:
        ends = (organization.business_unit(end.unit) for end in (one.source, one.target))
        return " to ".join(organization.unit_name(end) for end in ends)
    if one.over:
        return f"{one.source.product_line or one.source.name} to {one.target.product_line or one.target.name}"
    return f"{one.source.name} to {one.target.name}"


def _hours(hours: float) -> str:
    return f"{hours:,.1f} working hours".replace(".0 ", " ")


def _percent(part: float, whole: float) -> str:
    return f"{100 * part / whole:.0f} %"
