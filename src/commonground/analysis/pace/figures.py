"""What measuring the pace of a behaviour answers: frozen figures that pages, sheets, guidelines and the command line all show.

Weeks are written as the ISO date of their Monday. Shares are 0 to 1. None: fewer people than the threshold, or not enough data, which
`why` then says.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

PLAIN = (str, int, float, bool, int | None, float | None, str | None)


class Week(NamedTuple):
    """Occasions in one week, and by how many different people; all None where these are fewer than the threshold."""

    week: str
    new: int | None
    old: int | None
    neither: int | None
    people: int | None


class Series(NamedTuple):
    """Weeks one after another without a gap. people: different people in the whole period; suppressed: too few, so there are no weeks."""

    name: str
    weeks: tuple[Week, ...]
    people: int | None
    suppressed: bool = False


class Now(NamedTuple):
    """The last four weeks that can be shown: shares of occasions with 95 % intervals, how many occasions and people.

    change: of the share new against the four weeks before, in points of share; None without them.
    """

    new: float
    old: float
    low: float
    high: float
    n: int
    people: int
    until: str
    change: float | None = None


class Point(NamedTuple):
    """A curve at one time (weeks since the clock started): the share, its 95 % interval, and how many were still followed."""

    time: float
    share: float
    low: float
    high: float
    at_risk: int


class Sustained(NamedTuple):
    """Time to sustained use. events: people who came to it; left: who went before (a competing event). curve: cumulative incidence.

    median: weeks until half have come to it; None while fewer than half have.
    """

    people: int
    events: int
    left: int
    median: float | None
    curve: tuple[Point, ...]


class Lasting(NamedTuple):
    """Of those who came to sustained use, the share still at it so many months later. n: followed so long or relapsed before."""

    months: int
    n: int
    share: float | None
    low: float | None
    high: float | None
    why: str = ""


class Relapse(NamedTuple):
    """Who relapsed after sustained use. people: who came to it; curve: share still at it over time since then."""

    people: int
    relapsed: int
    curve: tuple[Point, ...] = ()


class Steady(NamedTuple):
    """Where the share of people at the new way settles if people go on taking it up and giving it up as they do (rates a week).

    low, high: the 95 % interval of the level; adopt_within, relapse_within: those of the rates. n: people.
    """

    adopt: float
    relapse: float
    level: float
    low: float
    high: float
    n: int
    adopt_within: tuple[float, float] | None = None
    relapse_within: tuple[float, float] | None = None


class Dip(NamedTuple):
    """What happened to the work after go-live: occasions handled per active person and week against the weeks before.

    lost, regained: sums of the differences below and above the baseline, in weeks of baseline work per person; deepest: as a share of the
    baseline; recovered: first week of four in a row at the baseline. until: when the window ends in which no verdict is fair; passed:
    whether it is over.
    """

    cut_over: str
    baseline: float
    deepest: float | None
    deepest_week: str | None
    lost: float
    regained: float
    recovered: str | None
    until: str
    passed: bool


class Alarm(NamedTuple):
    """A CUSUM alarm on the share old. side: "up" (the old way returns) or "down". since: when the rise began by the sum's last zero.

    before, after: share old on either side. detection: weeks that a rise of this size takes to be seen on average.
    """

    side: str
    week: str
    since: str
    before: float
    after: float
    detection: float | None


class Watch(NamedTuple):
    """The watch on the old way. detection: (size of a rise in standard deviations, weeks until it is seen on average); false_alarm:
    weeks between two false alarms on average."""

    alarms: tuple[Alarm, ...]
    detection: tuple[tuple[float, float], ...]
    false_alarm: float
    why: str = ""


class Ahead(NamedTuple):
    """The share new in one week to come: quantiles of the forecast. p025 and p975 hold 95 %; pages show p10 to p90."""

    week: str
    p025: float
    p10: float
    p25: float
    p50: float
    p75: float
    p90: float
    p975: float


class Reach(NamedTuple):
    """When a share is reached: 80 % interval and middle as ISO days; None: not within the horizon."""

    share: float
    low: str | None
    mid: str | None
    high: str | None


class Forecast(NamedTuple):
    """made_on: the day it was made; weights: model → weight. why: what is missing while there is not enough data."""

    enough: bool
    why: str = ""
    made_on: str = ""
    path: tuple[Ahead, ...] = ()
    reaches: tuple[Reach, ...] = ()
    weights: tuple[tuple[str, float], ...] = ()


class Group(NamedTuple):
    """The whole, one unit, one level or one cohort (those whose clock started in one quarter). kind: whole, unit, level, cohort.

    key: of the unit (its id as text, or “x:” and the log's words), the level's or quarter's name. What could not be answered is None.
    cut_over: when the group went over. flat: weeks without a rise up to now, None while it rises or too little is known.
    """

    kind: str
    key: str
    series: Series
    now: Now | None = None
    sustained: Sustained | None = None
    lasting: tuple[Lasting, ...] = ()
    relapse: Relapse | None = None
    steady: Steady | None = None
    watch: Watch | None = None
    dip: Dip | None = None
    forecast: Forecast | None = None
    cut_over: str | None = None
    flat: int | None = None


class Pace(NamedTuple):
    """All that is known of one behaviour. left_out: groups too small to be shown, by kind: (kind, how many); first, last: weeks observed.

    untold: occasions that nobody is told for, left out; outside: occasions of people outside the population.
    """

    whole: Group
    groups: tuple[Group, ...]
    left_out: tuple[tuple[str, int], ...]
    first: str | None
    last: str | None
    untold: int = 0
    outside: int = 0


def written(pace: Pace) -> dict[str, Any]:
    """The figures as what JSON can hold: a record becomes a mapping, a tuple a list. `read` gives the same figures back."""
    found: dict[str, Any] = _written(pace)
    return found


def read(data: Mapping[str, Any]) -> Pace:
    """The figures that `written` made this of. A key that is missing has its default, one that is not known is left out.

    Raises ValueError where a figure is missing that has no default.
    """
    found: Pace = _read(Pace, data)
    return found


def read_forecast(data: Mapping[str, Any]) -> Forecast:
    """A forecast alone, as it stands within the figures that `written` made."""
    found: Forecast = _read(Forecast, data)
    return found


def _written(value: Any) -> Any:
    if isinstance(value, tuple):
        names = getattr(value, "_fields", None)
        if names is None:
            return [_written(one) for one in value]
        return {name: _written(one) for name, one in zip(names, value, strict=True)}
    return value


def _read(kind: Any, value: Any) -> Any:
    return _reader(kind)(value)


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """How a value is read as its type hint wants it, worked out once. The kinds used above: records, plain values, `X | None`, tuples."""
    parts = get_args(kind)
    if get_origin(kind) is tuple:
        return _tuple_reader(parts)
    if parts:  # X | None
        inner = _reader(next(part for part in parts if part is not type(None)))
        return lambda value: None if value is None else inner(value)
    if hasattr(kind, "_fields"):
        return _record_reader(kind)
    return (lambda value: None if value is None else float(value)) if kind is float else (lambda value: value)


def _tuple_reader(parts: tuple[Any, ...]) -> Callable[[Any], Any]:
    if parts[-1] is Ellipsis:
        one = _reader(parts[0])
        return lambda value: tuple(map(one, value))
    several = [_reader(part) for part in parts]
    return lambda value: tuple(read(one) for read, one in zip(several, value, strict=True))


def _record_reader(kind: Any) -> Callable[[Any], Any]:
    """Most of what is stored are weeks: a record of nothing but plain values is made at once."""
    hints = get_type_hints(kind)
    plain = frozenset(hints) if all(hint in PLAIN for hint in hints.values()) else frozenset()
    readers = tuple((name, _reader(hint)) for name, hint in hints.items())

    def record(value: Any) -> Any:
        if value is None:
            return None
        try:
            if plain and value.keys() <= plain:
                return kind(**value)
            return kind(**{name: read(value[name]) for name, read in readers if name in value})
        except TypeError as error:
            raise ValueError(
                f"These figures of a pace lack something: {error}. Measure the behaviour again."
            ) from error

    return record
