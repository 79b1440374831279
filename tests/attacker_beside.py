"""What an attacker makes of the numbers beside assessments: the pace of a behaviour, ownership, and how many have answered so far."""

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from commonground.analysis.pace.observations import monday
from commonground.assessments.closing import label_of, parents_of
from commonground.assessments.models import Combination, ResponseDay
from commonground.assessments.response import cells_of
from tests.attacker_knowing import Known, Line, by_sums, few
from tests.attacker_scene import Scene
from tests.attacker_solving import NEAR, Equation, System

ENOUGH = 8  # people in figures of the pace and of ownership
Kinds = dict[Hashable, int]


def from_pace(scene: Scene, lines: Sequence[Line]) -> tuple[list[Known], int]:
    """Each week by itself: its people are cut by unit and level. Left out of the whole are units that are shown nowhere, and those that
    are not shown in that week; where the sums fit neither, the reading is wrong."""
    obs, found, told = scene.observations, [], 0
    assert obs is not None
    closed = {line["group"] for line in lines if line["kind"] == "unit" and not line["week"]}
    for week in sorted(set(obs.week.tolist())):
        day = monday(week).isoformat()
        shown = [line for line in lines if line["week"] == day and line["shown"] == "yes"]
        hidden = {
            line["group"] for line in lines if line["kind"] == "unit" and line["week"] == day and line["shown"] != "yes"
        }
        rows = np.flatnonzero(obs.week == week)
        for out in (closed, closed | hidden):
            groups = [_those(scene, rows, line, out) for line in shown]
            if all(_adds_up(obs, group, line) for group, line in zip(groups, shown, strict=True)):
                break
        else:
            raise AssertionError(f"the pace of {day} was read wrongly")
        kinds: Kinds = {}
        for row in rows:
            kinds[scene.kind(row)] = kinds.get(scene.kind(row), 0) + 1
        sets = {day: [frozenset(scene.kind(row) for row in group) for group in groups]}
        found += by_sums(sets, few(kinds, least=ENOUGH))
        told += 4 * len(shown)
    return found, told


def _those(scene: Scene, rows: Collection[int], line: Line, out: Collection[str]) -> list[int]:
    kept = [row for row in rows if scene.kind(row)[0] not in out]
    place = {"unit": 0, "level": 1}.get(line["kind"])
    return kept if place is None else [row for row in kept if scene.kind(row)[place] == line["group"]]


def _adds_up(obs: Any, rows: Sequence[int], line: Line) -> bool:
    sums = [int(getattr(obs, name)[rows].sum()) for name in ("new", "old", "neither")]
    return sums == [int(line[name]) for name in ("new", "old", "neither")] and int(line["people"]) == len(rows)


def from_ownership(scene: Scene, lines: Sequence[Line]) -> tuple[list[Known], int]:
    """Touched people are cut by business unit, level and front office."""
    register = scene.register
    front, named = register.organization.front, register.organization.unit_name
    people = {
        person: (named(unit) if unit else unit, level or "no level recorded", person in front)
        for (unit, level), inside in register.touched_cells.items()
        for person in inside
    }
    kinds: Kinds = {}
    for kind in people.values():
        kinds[kind] = kinds.get(kind, 0) + 1
    sets = []
    for line in (one for one in lines if int(one["people touched"] or 0)):
        inside = {person for person, kind in people.items() if _is_in(kind, line)}
        assert len(inside) == int(line["people touched"]), f"ownership was read wrongly: {line}"
        assert len(inside & register.owning) == int(line["own something"]), f"ownership was read wrongly: {line}"
        sets.append(frozenset(people[person] for person in inside))
    return by_sums({"owning": sets}, few(kinds, least=ENOUGH)), 2 * len(sets)


def _is_in(kind: tuple[str, str, bool], line: Line) -> bool:
    unit, level, front = kind
    return line["unit"] in {unit, "all"} and (
        line["level"] in {level, "all"} or (line["level"] == "front office" and front)
    )


def from_response(scene: Scene) -> tuple[list[Known], int]:
    """Whether it follows that all or none of some people have answered, for who looked every day: nobody takes an answer back."""
    row = scene.open
    assert row is not None
    found = {str(one.pk): one for one in Combination.objects.filter(round=row)}
    every = cells_of([[], ["unit"]], {key: one.values for key, one in found.items()}, parents_of(row))
    cells = {label_of(row, cell): cell.atoms for cell in every}
    days = list(ResponseDay.objects.filter(round=row).order_by("day"))
    system = System(list(_answered_until(days, cells, {key: one.invited for key, one in found.items()})))
    known = []
    for place in range(len(days)):
        for key, one in found.items():
            least, most = system.ends({(place, key): 1.0})
            if least > one.invited - 1 + NEAR or most < 1 - NEAR:
                known.append(Known(key, f"day {place}: {least:.1f} to {most:.1f} of {one.invited} have answered"))
    return known, sum(len(day.data) for day in days)


def _answered_until(
    days: Sequence[ResponseDay], cells: Mapping[str, Collection[str]], invited: Mapping[str, int]
) -> Iterator[Equation]:
    for place, day in enumerate(days):
        for key, people in invited.items():
            yield Equation({(place, key): 1.0}, 0, people)
            if place:
                yield Equation({(place, key): 1.0, (place - 1, key): -1.0}, 0, people)
        for one in day.data:
            low = 0.0 if one["share"] <= 0.1 else one["share"] - 0.025
            high = 1.0 if one["share"] >= 0.9 else one["share"] + 0.025
            factors = {(place, key): 1.0 for key in cells[one["label"]]}
            yield Equation(factors, low * one["invited"] - NEAR, high * one["invited"] + NEAR)
