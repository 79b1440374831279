"""What measuring a log answers: frozen figures that pages, sheets and the command line all show."""

from typing import Any, NamedTuple


class Spread(NamedTuple):
    """The middle and the slow end of n durations, in hours; None where there is none. Exact, with linear interpolation (type 7)."""

    n: int = 0
    median: float | None = None
    p90: float | None = None


class Passage(NamedTuple):
    """Work that went from one place to the next: from step to step (activities), from unit to unit, or from line to line.

    n: how often. cases: in how many cases. crossings: how often the unit or the product line changed on the way (n for passages
    between units or lines). back: cases in which the next change of holder after such a passage went back to where it came from.
    calendar, working: how long from the giver's event to the receiver's. givers, receivers: different people on either side;
    None where the log does not tell people.
    """

    source: str
    target: str
    n: int
    cases: int
    crossings: int
    back: int
    calendar: Spread
    working: Spread
    givers: int | None
    receivers: int | None


class Variant(NamedTuple):
    """One order of steps, and how many cases took it."""

    activities: tuple[str, ...]
    cases: int


class Step(NamedTuple):
    """One activity: events, cases, and how many different people did it (None: not told)."""

    activity: str
    events: int
    cases: int
    people: int | None


class Flow(NamedTuple):
    """A log, or the part of it that belongs to one workflow and one window, measured.

    first, last: microseconds since 1970 UTC of the events. crossing_cases: cases with a change of unit; ping_pong_cases: cases whose
    sequence of units, repeats in a row removed, somewhere returns to the one before last. loops: cases in which an activity comes
    again later; repeats: cases in which it comes again at once. withheld: units that fewer people than the threshold stand for:
    they are in no passage, total or median of `between_units` and `crossings`. people_of: unit → different people.
    """

    cases: int
    events: int
    pairs: int
    people: int | None
    first: int | None
    last: int | None
    crossings: int
    crossing_cases: int
    ping_pong_cases: int
    lead_calendar: Spread
    lead_working: Spread
    variants: int
    loops: int
    repeats: int
    top_variants: tuple[Variant, ...] = ()
    steps: tuple[Step, ...] = ()
    between_steps: tuple[Passage, ...] = ()
    between_units: tuple[Passage, ...] = ()
    between_lines: tuple[Passage, ...] = ()
    people_of: tuple[tuple[str, int | None], ...] = ()
    withheld: tuple[str, ...] = ()


def enough(passage: Passage, threshold: int) -> bool:
    """Whether a passage may be shown: at least `threshold` different people on either side. Where nobody is told it may not."""
    return (passage.givers or 0) >= threshold and (passage.receivers or 0) >= threshold


def written(flow: Flow) -> dict[str, Any]:
    """The figures in a form that JSON keeps: every tuple as a list of its values in order."""
    return flow._asdict()


def read(data: dict[str, Any]) -> Flow:
    """Figures that were written."""
    lists: dict[str, Any] = {
        "top_variants": tuple(Variant(tuple(names), cases) for names, cases in data["top_variants"]),
        "steps": tuple(Step(*row) for row in data["steps"]),
        **{name: tuple(map(_passage, data[name])) for name in ("between_steps", "between_units", "between_lines")},
        "people_of": tuple((unit, people) for unit, people in data["people_of"]),
        "withheld": tuple(data["withheld"]),
        **{name: Spread(*data[name]) for name in ("lead_calendar", "lead_working")},
    }
    return Flow(**{**data, **lists})


def _passage(row: list[Any]) -> Passage:
    source, target, n, cases, crossings, back, calendar, working, givers, receivers = row
    return Passage(source, target, n, cases, crossings, back, Spread(*calendar), Spread(*working), givers, receivers)
