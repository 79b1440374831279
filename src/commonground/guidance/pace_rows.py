"""Reads behaviours, what was measured of them, and what feeds them as rows of facts: only what is shown, so no cell that is withheld."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from commonground.adoption.models import Behaviour
from commonground.adoption.paced import Paced
from commonground.adoption.retention import sources_of
from commonground.analysis import facts
from commonground.analysis.pace.figures import Group, Pace, Reach, read
from commonground.analysis.pace.plan import reach_of
from commonground.disclosure.thresholds import PACE, threshold_of
from commonground.guidance.reading import Reading
from commonground.organization.models import Unit
from commonground.programs.models import Program


def behaviours(reading: Reading) -> list[facts.Behaviour]:
    """Behaviours in the order of the pages; the first week that was observed is that of the whole."""
    first = {key: _day(pace.first) for key, pace in _paced(reading)}
    rows = Behaviour.objects.filter(program=reading.program).values_list(
        "key",
        "name",
        "new_words",
        "old_words",
        "source",
        "vanity",
        "starts_on",
        "target_share",
        "target_on",
        "old_sunset_on",
        "old_possible",
        "old_rewarded",
    )
    told: list[tuple[Any, ...]] = list(rows)
    return [
        facts.Behaviour._make((key, name, new or None, old or None, *rest, first.get(key)))
        for key, name, new, old, *rest in told
    ]


def pace(reading: Reading) -> list[facts.Pace]:
    """A row for each week of the whole and of each unit of the register that is shown."""
    keys = _units()
    return [
        facts.Pace(key, date.fromisoformat(week.week), week.new, week.old or 0, week.neither or 0, unit, week.people)
        for key, paced in _paced(reading)
        for unit, group in _groups(paced, keys)
        for week in group.series.weeks
        if week.new is not None
    ]


def forecasts(reading: Reading) -> list[facts.Forecast]:
    """The newest forecast of the whole and of each unit: of the shares it tells, and of the share that is wanted."""
    keys = _units()
    wanted = dict(Behaviour.objects.filter(program=reading.program).values_list("key", "target_share"))
    return [
        row
        for key, paced in _paced(reading)
        for unit, group in _groups(paced, keys)
        for row in _forecast(key, unit, group, wanted.get(key))
    ]


def _forecast(key: str, unit: str | None, group: Group, target: float | None) -> Iterator[facts.Forecast]:
    made = group.forecast
    if made is None or not made.enough:
        return
    reaches: dict[float, Reach] = {reach.share: reach for reach in made.reaches}
    aim = reach_of(made, target) if target is not None else None
    if aim is not None:
        reaches.setdefault(aim.share, aim)
    looks_to = date.fromisoformat(made.path[-1].week) + timedelta(days=6) if made.path else None
    for share, reach in sorted(reaches.items()):
        days = (_day(reach.low), _day(reach.mid), _day(reach.high))
        yield facts.Forecast(key, share, _day(made.made_on), *days, unit, looks_to)


def sources(reading: Reading) -> list[facts.Source]:
    """Every system that a log of a behaviour was brought from, also where nobody has said yet how long it keeps."""
    fed: dict[int, list[str]] = {}
    rows = Behaviour.objects.filter(program=reading.program, log__isnull=False)
    for log, key in rows.values_list("log", "key"):
        fed.setdefault(log, []).append(key)
    kept = sources_of(Program.objects.get(pk=reading.program))
    several = len({one.log.pk for one in kept}) > 1
    return [
        facts.Source(
            f"{one.system} ({one.log})" if several else one.system,
            tuple(fed.get(one.log.pk, ())),
            one.days,
            one.known,
            one.last_event,
            one.program_end,
        )
        for one in kept
    ]


def _paced(reading: Reading) -> Iterator[tuple[str, Pace]]:
    """Behaviour → its figures, those alone that were made under the threshold that holds now."""
    rows = Paced.objects.filter(behaviour__program=reading.program, threshold__gte=threshold_of(PACE))
    for key, data in rows.order_by("behaviour__order", "behaviour").values_list("behaviour__key", "data"):
        yield key, read(data)


def _groups(paced: Pace, keys: dict[str, str]) -> Iterator[tuple[str | None, Group]]:
    """The whole, and the units that stand in the register; names that only a log knows are part of the whole."""
    yield None, paced.whole
    for group in paced.groups:
        if group.kind == "unit" and group.key in keys:
            yield keys[group.key], group


def _units() -> dict[str, str]:
    return {str(pk): key for pk, key in Unit.objects.values_list("pk", "key")}


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None
