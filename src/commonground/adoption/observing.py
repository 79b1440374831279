"""Observing a behaviour: from the events of its log to a stored row for each pseudonym and week.

What is stored is a pure function of what stands in the log, the rule and the organization, so observing again changes nothing, and two
files that tell the same events are counted once: the event store has joined them. **Undoing** a file takes its observations away, since it
was wrong. **Letting go** (`letting_go.py`) is the other case: files whose events are all before a day leave the log, because the data may
not or need not be kept, and what was observed of the weeks before that day stays. From then on these weeks are no longer read from the
log, whatever it tells of them; a rule changed later does not reach them, and the figures say so.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from django.conf import settings

from commonground.adoption.models import Behaviour, LetGo
from commonground.adoption.stored import Held, Made, Shelf, shelf
from commonground.adoption.telling import Telling
from commonground.analysis.events import MISSING, Codes
from commonground.analysis.pace.observations import Observations, week_of
from commonground.analysis.pace.observe import observe
from commonground.analysis.pace.rule import Rule
from commonground.events.models import Log
from commonground.journal.models import Version

ORGANIZATION = ("people", "units")  # facts tables on which the unit of an event depends
COLUMNS = ("case", "time", "activity", "person", "unit", "product_line", "channel")
NOTHING = np.empty(0, np.int32)
NO_ROWS = Observations(*(NOTHING,) * 6, (), ())


def shelf_of(behaviour: Behaviour) -> Shelf:
    """Where its observations lie."""
    return shelf(Path(settings.DATA), behaviour.program_id, behaviour.pk)


def observe_behaviour(behaviour: Behaviour, *, telling: Callable[[], Telling | None] | None = None) -> Held:
    """What was observed of a behaviour that is read from a log: as it is stored if nothing has changed, else observed anew and stored.

    telling: the organization as the log needs it, for several behaviours of one log. Raises LogError when the log cannot be read, and
    ValueError for stored observations that are damaged while weeks are kept in them.
    """
    log = behaviour.log
    assert log is not None, "only a behaviour with a log is observed"  # noqa: S101
    place = shelf_of(behaviour)
    with place.alone():
        wanted = _wanted(behaviour, log)
        made = place.made()
        if made is not None and _same(made, wanted):
            held = place.read()
            if held is not None:
                return held
        held = _observed(behaviour, log, wanted, place, telling)
        place.write(held)
    return held


def up_to_date(behaviour: Behaviour) -> bool:
    """Whether it is observed as its log and its rule are now."""
    made = shelf_of(behaviour).made()
    log = behaviour.log
    if made is None or log is None:
        return False
    return (made.log, made.generation, made.rule) == (log.pk, log.generation, behaviour.rule_digest)


def _wanted(behaviour: Behaviour, log: Log) -> Made:
    """What observations would be made of now."""
    versions = Version.objects.now()
    before = LetGo.objects.filter(log=log).values_list("before", flat=True).first()
    return Made(
        log=log.pk,
        generation=log.generation,
        rule=behaviour.rule_digest,
        seen={table: versions.get(table, 0) for table in ORGANIZATION} | {"zone": _zone()},
        kept_before=None if before is None else week_of(before),
    )


def _zone() -> int:
    """The time zone of the instance as a number that changes with it."""
    return int.from_bytes(settings.TIME_ZONE.encode()[:6], "big")


def _same(made: Made, wanted: Made) -> bool:
    return all(
        getattr(made, name) == getattr(wanted, name) for name in ("log", "generation", "rule", "seen", "kept_before")
    )


def _observed(
    behaviour: Behaviour, log: Log, wanted: Made, place: Shelf, telling: Callable[[], Telling | None] | None
) -> Held:
    """The observations as the log tells them, and those kept of weeks that it was let go of."""
    told = telling() if telling is not None else Telling.of(log)
    fresh, made = NO_ROWS, wanted
    if told is not None:
        rule = Rule.read(behaviour.rule)
        found = observe(
            log.store().blocks(COLUMNS),
            rule,
            zone=settings.TIME_ZONE,
            units=told.business_units,
            unit_names=lambda: told.places.units,
            inside=told.inside(rule.population.unit),
        )
        fresh = found.observations
        made = replace(
            wanted,
            untold=found.untold,
            outside=found.outside,
            outside_people=found.outside_people,
            first_time=found.first_time,
            last_time=found.last_time,
        )
    if wanted.kept_before is None:
        return Held(fresh, made)
    return _with_kept(fresh, made, place.read())


def _with_kept(fresh: Observations, made: Made, before: Held | None) -> Held:
    """Weeks from the day on as the log tells them, weeks before it as they were observed."""
    edge = made.kept_before
    assert edge is not None  # noqa: S101
    if before is None or before.made.log != made.log:
        return Held(fresh, replace(made, kept_before=edge))
    rows = before.observations
    kept = rows.only(rows.week < edge)
    if not len(kept):
        return Held(fresh.only(fresh.week >= edge), made)
    rules = tuple(sorted({*before.made.rules, *(() if before.made.rules else (before.made.rule,))}))
    first = before.made.first_time
    if first is None or (made.first_time is not None and made.first_time < first):
        first = made.first_time
    return Held(together(kept, fresh.only(fresh.week >= edge)), replace(made, rules=rules, first_time=first))


def together(one: Observations, two: Observations) -> Observations:
    """The rows of both, which have no week in common."""
    persons, (first, second) = _common(one.persons, two.persons)
    units, (third, fourth) = _common(one.units, two.units)
    person = np.concatenate([first[one.person], second[two.person]])
    unit = np.concatenate([third[one.unit], fourth[two.unit]])
    week = np.concatenate([one.week, two.week])
    order = np.lexsort((unit, week, person))
    new, old, neither = (
        np.concatenate([getattr(one, name), getattr(two, name)])[order] for name in ("new", "old", "neither")
    )
    return Observations(person[order], week[order], unit[order], new, old, neither, persons, units)


def _common(one: tuple[str, ...], two: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[Codes, Codes]]:
    """All names of both, and what the codes of each become; the last place is that of MISSING."""
    names = tuple(sorted({*one, *two}))
    code = {name: number for number, name in enumerate(names)}
    tables = (np.array([*(code[name] for name in some), MISSING], np.int32) for some in (one, two))
    first, second = tables
    return names, (first, second)
