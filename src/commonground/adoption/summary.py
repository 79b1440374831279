"""What a list of behaviours needs of the figures of one: the whole without its curves, and the alarms of all groups. Pure."""

from typing import Any, NamedTuple

from commonground.analysis.pace import figures
from commonground.analysis.pace.figures import Group, Pace

BARE: dict[str, Any] = {"sustained": None, "lasting": (), "relapse": None, "dip": None}


class Summary(NamedTuple):
    """pace: with the whole alone. alarms: (kind, name of the group, ISO week) of rises of the old way that still stand."""

    pace: Pace
    alarms: tuple[tuple[str, str, str], ...]


def summary(pace: Pace) -> dict[str, Any]:
    """What is stored beside the figures, so that a list of behaviours does not read all of them."""
    slim = pace._replace(whole=pace.whole._replace(**BARE), groups=())
    alarms = [
        [group.kind, group.series.name, group.watch.alarms[-1].week]
        for group in (pace.whole, *pace.groups)
        if group.watch is not None and stands(group)
    ]
    return {"pace": figures.written(slim), "alarms": alarms}


def read(data: dict[str, Any]) -> Summary:
    """What `summary` made this of."""
    alarms = tuple((str(kind), str(name), str(week)) for kind, name, week in data.get("alarms", ()))
    return Summary(figures.read(data["pace"]), alarms)


def stands(group: Group) -> bool:
    """Whether the newest alarm of a group that is shown says that the old way returns: none that it falls has come after it."""
    watch = None if group.series.suppressed else group.watch
    return watch is not None and bool(watch.alarms) and watch.alarms[-1].side == "up"
