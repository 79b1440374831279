"""What the units of figures are called when they are stored."""

from collections.abc import Iterable, Mapping
from datetime import date

from commonground.analysis.pace.figures import Pace
from commonground.organization.models import UnitPeriod
from commonground.workflows.places import OUTSIDE

UNKNOWN = "a unit that the organization does not know"


def names_of(units: Iterable[str], day: date) -> Mapping[str, str]:
    """Unit, by its id as text or the log's words → its name on a day, else the name it had last; one of the log alone, as it says."""
    wanted = set(units)
    found = {key: f"{key.removeprefix(OUTSIDE)} (in the log)" for key in wanted if key.startswith(OUTSIDE)}
    ids = [int(key) for key in wanted if key.isdecimal()]
    for unit, name, start in UnitPeriod.objects.filter(unit__in=ids).in_order().values_list("unit_id", "name", "start"):
        if str(unit) not in found or start is None or start <= day:
            found[str(unit)] = name
    return found


def unnamed(pace: Pace) -> Pace:
    """The figures without the words of a log for units too small to be shown: what only a log knows may be somebody's name."""
    groups = tuple(
        group._replace(key=f"{OUTSIDE}{place}", series=group.series._replace(name=UNKNOWN))
        if group.series.suppressed and group.key.startswith(OUTSIDE)
        else group
        for place, group in enumerate(pace.groups)
    )
    return pace._replace(groups=groups)
