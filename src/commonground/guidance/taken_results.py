"""The pace before and after each activity that answers a finding and was delivered: a stored result, out of the rows of the pace.

What is compared is only what the pages of the pace show, so nothing stands for fewer people than their threshold.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from commonground.analysis import facts
from commonground.analysis.organization import rows_of
from commonground.analysis.pace.before_after import Compared, Counted, Side, before_and_after
from commonground.analysis.register import Register
from commonground.guidance.models import Planned
from commonground.organization.models import UnitPeriod
from commonground.programs.models import Program

TAKEN: Final = "taken_up"
TABLES: Final = ("behaviours", "pace")
OF_BEHAVIOUR: Final = ("behaviour", "behaviour_unit")
Weeks = Mapping[tuple[str, str | None], Sequence[Counted]]


class Wanted(NamedTuple):
    """What is to be compared for one activity of a finding. Days are ISO.

    behaviour: the subject of the finding, a behaviour or one/unit; None for all. units: keys, its own first, then those above it; none for
    the whole.
    """

    planned: int
    behaviour: str | None
    units: Sequence[str]
    start: str
    delivered: str


def chosen(program: Program) -> dict[str, Any]:
    """What was taken up and delivered, as settings of the stored result: it is made anew when one more was."""
    rows = list(
        Planned.objects.filter(finding__program=program, activity__delivered_on__isnull=False)
        .order_by("pk")
        .values_list(
            "pk", "finding__kind", "finding__subject", "finding__unit", "activity__start", "activity__delivered_on"
        )
    )
    above = _above({unit for _, _, _, unit, _, _ in rows if unit is not None})
    wanted = [
        Wanted(
            pk,
            subject if kind in OF_BEHAVIOUR else None,
            above.get(unit, []),
            (start or delivered).isoformat(),
            delivered.isoformat(),
        )
        for pk, kind, subject, unit, start, delivered in rows
        if delivered is not None
    ]
    return {"taken": [list(one) for one in wanted]}


def _above(units: set[int]) -> dict[int | None, list[str]]:
    """Unit → its key and the keys of those above it, the nearest first, the root left out: that is the whole."""
    if not units:
        return {}
    paths = dict(UnitPeriod.objects.in_order().filter(unit__in=units).values_list("unit", "path"))
    trails = {unit: [int(step) for step in path.strip("/").split("/") if step] for unit, path in paths.items()}
    steps = {step for trail in trails.values() for step in trail}
    keys = dict(UnitPeriod.objects.filter(unit__in=steps).values_list("unit", "unit__key"))
    return {unit: [keys[step] for step in reversed(trail[1:])] for unit, trail in trails.items()}


def taken_data(register: Register, taken: Sequence[Sequence[Any]] = ()) -> dict[str, Any]:
    """Planned, by its id as text → a comparison for each behaviour, in a form that JSON keeps."""
    wanted = [Wanted(*row) for row in taken]
    weeks = _weeks(rows_of(register.facts, "pace", facts.Pace)) if wanted else {}
    names = {row.id: row.name for row in register.uptake.behaviours} if wanted else {}
    return {str(one.planned): [*_compared(one, weeks, names)] for one in wanted}


def _weeks(rows: Iterable[facts.Pace]) -> Weeks:
    found: dict[tuple[str, str | None], list[Counted]] = defaultdict(list)
    for row in rows:
        every = row.new + row.old + (row.neither or 0)
        found[row.behaviour, row.unit].append(Counted(row.week, row.new, every, row.people or 0))
    return found


def _compared(one: Wanted, weeks: Weeks, names: Mapping[str, str]) -> Iterable[dict[str, Any]]:
    for behaviour, name in names.items():
        if one.behaviour is not None and one.behaviour != behaviour and not one.behaviour.startswith(f"{behaviour}/"):
            continue
        places: Sequence[str | None] = one.units or (None,)
        unit = next((place for place in places if (behaviour, place) in weeks), "")
        if unit == "":
            continue
        start, delivered = date.fromisoformat(one.start), date.fromisoformat(one.delivered)
        told = before_and_after(weeks[behaviour, unit], start=start, delivered=delivered)
        yield {"behaviour": behaviour, "name": name, "unit": unit, **_written(told)}


def _written(told: Compared) -> dict[str, Any]:
    sides = {name: _side(side) for name, side in (("before", told.before), ("after", told.after))}
    return {**told._asdict(), **sides}


def _side(side: Side | None) -> list[Any] | None:
    return None if side is None else [*side[:4], side.first.isoformat(), side.last.isoformat()]


class Comparison(NamedTuple):
    """A stored comparison: of which behaviour, in which unit (its key, None: the whole), and what it says."""

    behaviour: str
    name: str
    unit: str | None
    told: Compared


def comparisons(rows: Iterable[Mapping[str, Any]]) -> tuple[Comparison, ...]:
    """The comparisons of one activity that were stored."""
    return tuple(
        Comparison(
            row["behaviour"],
            row["name"],
            row["unit"],
            Compared(
                _read(row["before"]),
                _read(row["after"]),
                *(row[name] for name in ("change", "low", "high", "earlier", "why")),
            ),
        )
        for row in rows
    )


def _read(side: Sequence[Any] | None) -> Side | None:
    if side is None:
        return None
    share, n, people, weeks, first, last = side
    return Side(share, n, people, weeks, date.fromisoformat(first), date.fromisoformat(last))
