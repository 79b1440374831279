"""A workflow as a graph: its order, what it crosses, how long it waits, and what it will be. Pure: plain values in and out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

GONE = "eliminate"
MAY_BE_GONE = frozenset({"eliminate", "merge", "automate"})


@dataclass(frozen=True, slots=True)
class Step:
    """A process in a lane. lane: its business unit, as it is called. fate: empty where none is known to whoever looks."""

    id: int
    name: str
    lane: str = ""
    line: str = ""
    fate: str = ""
    note: str = ""
    order: int = 0
    to_lane: str = ""


@dataclass(frozen=True, slots=True)
class Hop:
    """A hand-off. wait: median working hours until the receiver begins, None where nobody measured it."""

    source: int
    target: int
    wait: float | None = None
    carries: str = ""


def crosses(hop: Hop, steps: Mapping[int, Step]) -> tuple[str, ...]:
    """What a hand-off crosses: “unit”, “product line”, both or nothing. Where a lane or line is not known, it crosses none."""
    here, there = steps[hop.source], steps[hop.target]
    found = []
    if here.lane and there.lane and here.lane != there.lane:
        found.append("unit")
    if here.line and there.line and here.line != there.line:
        found.append("product line")
    return tuple(found)


def known(steps: Iterable[Step], hops: Iterable[Hop]) -> list[Hop]:
    """The hops between steps that are there, each pair once, none onto itself."""
    ids = {step.id for step in steps}
    seen: dict[tuple[int, int], Hop] = {}
    for hop in hops:
        if hop.source in ids and hop.target in ids and hop.source != hop.target:
            seen.setdefault((hop.source, hop.target), hop)
    return list(seen.values())


def crossings(steps: Sequence[Step], hops: Sequence[Hop]) -> int:
    """How many hand-offs cross a unit or a product line."""
    by_id = {step.id: step for step in steps}
    return sum(1 for hop in known(steps, hops) if crosses(hop, by_id))


def parted(steps: Sequence[Step], hops: Sequence[Hop]) -> tuple[list[Hop], list[Hop]]:
    """Hops that lead on and hops that lead back: back is what closes a ring when one walks from the first step on."""
    after: dict[int, list[Hop]] = {}
    for hop in known(steps, hops):
        after.setdefault(hop.source, []).append(hop)
    place = {step.id: (step.order, number) for number, step in enumerate(steps)}
    back: set[tuple[int, int]] = set()
    done: set[int] = set()
    for first in sorted(place, key=lambda one: place[one]):
        if first in done:
            continue
        path, stack = {first}, [(first, iter(after.get(first, ())))]
        while stack:
            at, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                stack.pop()
                path.discard(at)
                done.add(at)
            elif following.target in path:
                back.add((following.source, following.target))
            elif following.target not in done:
                path.add(following.target)
                stack.append((following.target, iter(after.get(following.target, ()))))
    on = [hop for hop in known(steps, hops) if (hop.source, hop.target) not in back]
    return on, [hop for hop in known(steps, hops) if (hop.source, hop.target) in back]


def begins(steps: Sequence[Step], on: Sequence[Hop], *, by_time: bool) -> dict[int, float]:
    """When each step begins: working hours after the first where `by_time`, else the number of hand-offs before it (the longest way).

    A step without a hand-off begins with the step that stands before it. on: hops that close no ring.
    """
    waiting = {step.id: 0 for step in steps}
    after: dict[int, list[Hop]] = {}
    for hop in on:
        waiting[hop.target] += 1
        after.setdefault(hop.source, []).append(hop)
    linked = {hop.source for hop in on} | {hop.target for hop in on}
    at = dict.fromkeys(waiting, 0.0)
    ready = [one for one, left in waiting.items() if not left]
    while ready:
        one = ready.pop()
        for hop in after.get(one, ()):
            at[hop.target] = max(at[hop.target], at[one] + ((hop.wait or 0.0) if by_time else 1.0))
            waiting[hop.target] -= 1
            if not waiting[hop.target]:
                ready.append(hop.target)
    before = 0.0
    for number, step in enumerate(sorted(steps, key=lambda one: one.order)):
        if step.id not in linked:
            at[step.id] = before if by_time or linked else float(number)
        before = at[step.id]
    return at


def lead_hours(steps: Sequence[Step], hops: Sequence[Hop]) -> float | None:
    """Working hours of waiting on the longest way through; None unless every hand-off that leads on has its wait."""
    on, _ = parted(steps, hops)
    if not on or any(hop.wait is None for hop in on):
        return None
    return max(begins(steps, on, by_time=True).values())


@dataclass(frozen=True, slots=True)
class Stop:
    """A step of the list for a narrow screen: how it is reached."""

    step: Step
    waits: tuple[Hop, ...]
    new_lane: bool
    crosses: tuple[str, ...]


def in_order(steps: Sequence[Step], hops: Sequence[Hop]) -> tuple[Stop, ...]:
    """The steps one below the other, as the work reaches them."""
    on, _ = parted(steps, hops)
    at = begins(steps, on, by_time=False)
    by_id = {step.id: step for step in steps}
    stops: list[Stop] = []
    for step in sorted(steps, key=lambda one: (at[one.id], one.order, one.id)):
        arriving = tuple(hop for hop in on if hop.target == step.id)
        over = tuple(dict.fromkeys(name for hop in arriving for name in crosses(hop, by_id)))
        stops.append(Stop(step, arriving, not stops or stops[-1].step.lane != step.lane, over))
    return tuple(stops)


@dataclass(frozen=True, slots=True)
class Route:
    """Steps and hand-offs as they are to be. gone: what is no step of its own any more. derived: worked out from the fates alone."""

    steps: tuple[Step, ...]
    hops: tuple[Hop, ...]
    gone: tuple[Step, ...]
    derived: bool


def to_be(steps: Sequence[Step], as_is: Sequence[Hop], planned: Sequence[Hop]) -> Route:
    """What the workflow becomes by the fates that are known: moved and merged steps in their new lane, eliminated ones gone.

    planned: the hand-offs entered as to be. With them, a step that is merged or automated and hands nothing on any more is gone too.
    Without them the hand-offs of today stand, led past what is eliminated; how long these will wait nobody knows.
    """
    used = {end for hop in planned for end in (hop.source, hop.target)}
    gone = [
        step for step in steps if step.fate == GONE or (planned and step.fate in MAY_BE_GONE and step.id not in used)
    ]
    away = {step.id for step in gone}
    stay = tuple(replace(step, lane=step.to_lane or step.lane) for step in steps if step.id not in away)
    if planned:
        return Route(stay, tuple(known(stay, planned)), tuple(gone), derived=False)
    hops = list(known(steps, as_is))
    for step in gone:
        into = [hop for hop in hops if hop.target == step.id]
        out = [hop for hop in hops if hop.source == step.id]
        hops = [hop for hop in hops if step.id not in (hop.source, hop.target)]
        hops += [Hop(one.source, two.target, None, two.carries) for one in into for two in out]
    return Route(stay, tuple(known(stay, hops)), tuple(gone), derived=True)
