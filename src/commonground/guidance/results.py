"""Results that are too dear for a page: stored per function and view, and made again when a table that they rest on has changed."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from commonground.access.actor import Actor
from commonground.analysis.ownership import Count, Grid, ownership_grid
from commonground.analysis.register import Register
from commonground.disclosure.thresholds import PACE, threshold_of
from commonground.guidance.crowd_results import CROWD, crowd_data
from commonground.guidance.crowd_results import TABLES as CROWD_TABLES
from commonground.guidance.embargo import Hidden
from commonground.guidance.facts_source import counters_of
from commonground.guidance.guidelines.own import BRINGS_OWNERSHIP
from commonground.guidance.key_numbers import TABLES as NUMBER_TABLES
from commonground.guidance.key_numbers import KeyNumbers, key_numbers
from commonground.guidance.leading_results import LEADING, leading_data
from commonground.guidance.leading_results import TABLES as LEADING_TABLES
from commonground.guidance.merging import VIEWS
from commonground.guidance.models import Result
from commonground.guidance.reach_results import PEERS, REACH, chosen, peers_data, reach_data
from commonground.guidance.reach_results import TABLES as REACH_TABLES
from commonground.guidance.taken_results import TABLES as TAKEN_TABLES
from commonground.guidance.taken_results import TAKEN, taken_data
from commonground.guidance.taken_results import chosen as taken_up
from commonground.guidance.team_results import TABLES as TEAM_TABLES
from commonground.guidance.team_results import coverage_data, ground_data
from commonground.guidance.training_results import TABLES as TRAINING_TABLES
from commonground.guidance.training_results import TRAINING, training_data
from commonground.programs.models import Program

if TYPE_CHECKING:
    from commonground.guidance.refresh import Run

GRID_TABLES = ("people", "processes", "does", *BRINGS_OWNERSHIP)


def grid_data(register: Register) -> dict[str, Any]:
    """The ownership grid in a form that JSON keeps."""
    return _written(ownership_grid(register))


def _written(grid: Grid) -> dict[str, Any]:
    return {
        "as_of": grid.as_of.isoformat(),
        "threshold": grid.threshold,
        "units": list(grid.units),
        "levels": list(grid.levels),
        "names": [grid.names[unit] for unit in grid.units],
        "cells": [[asdict(grid.cells[unit, level]) for level in grid.levels] for unit in grid.units],
        "by_unit": [asdict(grid.by_unit[unit]) for unit in grid.units],
        "by_level": [asdict(grid.by_level[level]) for level in grid.levels],
        "front": [asdict(grid.front[unit]) for unit in grid.units],
        "front_total": asdict(grid.front_total),
        "total": asdict(grid.total),
    }


def grid_from(data: Mapping[str, Any]) -> Grid:
    """The ownership grid that was stored."""
    units, levels = tuple(data["units"]), tuple(data["levels"])
    rows = {unit: [Count(**cell) for cell in row] for unit, row in zip(units, data["cells"], strict=True)}

    def line(name: str, keys: tuple[str | None, ...]) -> dict[str | None, Count]:
        return {key: Count(**count) for key, count in zip(keys, data[name], strict=True)}

    return Grid(
        as_of=date.fromisoformat(data["as_of"]),
        threshold=data["threshold"],
        units=units,
        levels=levels,
        names=dict(zip(units, data["names"], strict=True)),
        cells={(unit, level): count for unit in units for level, count in zip(levels, rows[unit], strict=True)},
        by_unit=line("by_unit", units),
        by_level=line("by_level", levels),
        front=line("front", units),
        front_total=Count(**data["front_total"]),
        total=Count(**data["total"]),
    )


def numbers_data(register: Register) -> dict[str, Any]:
    return asdict(key_numbers(register))


@dataclass(frozen=True)
class Stored:
    """How a result is made and from which tables. settings: what a program has chosen for it; it is made anew when that changes."""

    make: Callable[..., dict[str, Any]]
    tables: tuple[str, ...]
    settings: Callable[[Program], dict[str, Any]] = lambda _: {}


FUNCTIONS: Mapping[str, Stored] = {
    "ownership_grid": Stored(grid_data, GRID_TABLES),
    "key_numbers": Stored(numbers_data, NUMBER_TABLES),
    "team_coverage": Stored(coverage_data, TEAM_TABLES),
    "team_ground": Stored(ground_data, TEAM_TABLES),
    REACH: Stored(reach_data, REACH_TABLES, chosen),
    PEERS: Stored(peers_data, REACH_TABLES, chosen),
    LEADING: Stored(leading_data, LEADING_TABLES),
    CROWD: Stored(crowd_data, CROWD_TABLES),
    TAKEN: Stored(taken_data, TAKEN_TABLES, taken_up),
    TRAINING: Stored(training_data, TRAINING_TABLES, lambda _: {"threshold": threshold_of(PACE)}),
}


def keep(run: "Run", *, whole: bool = False) -> None:
    """Makes the results of a run whose tables have changed since they were stored."""
    before = {
        (function, view): seen
        for function, view, seen in Result.objects.filter(program=run.program).values_list(
            "function", "view", "looked_at"
        )
    }
    settings = {name: stored.settings(run.program) for name, stored in FUNCTIONS.items()}
    for view in run.views:
        for name, stored in FUNCTIONS.items():
            tables = sorted({counter for table in stored.tables for counter in counters_of(table)})
            seen: dict[str, Any] = {
                "day": run.day.isoformat(),
                **{table: list(run.counters.get(table, (0, 0))) for table in tables},
            }
            seen |= {"settings": settings[name]} if settings[name] else {}
            if whole or before.get((name, view)) != seen:
                run.results[name, view] = (seen, stored.make(run.register(view), **settings[name]))


def results_for(
    actor: Actor,
    program: Program,
    *functions: str,
    whole: bool = True,
    hidden: Callable[[], Hidden] | None = None,
) -> dict[str, Result]:
    """function → its stored result in the deepest view that the actor may see; what was not made yet, or is not theirs, is missing.

    functions: those that are wanted, since some are large. whole: with their data, which otherwise is read when it is first asked for.
    hidden: what is hidden from this actor, where a page has looked that up (`context.hidden_for`).
    """
    found: dict[str, Result] = {}
    rows = Result.objects.visible_to(actor, hidden).filter(program=program, function__in=functions)
    for row in rows if whole else rows.defer("data"):
        known = found.get(row.function)
        if known is None or VIEWS.index(row.view) > VIEWS.index(known.view):
            found[row.function] = row
    return found


def numbers_from(data: Mapping[str, Any]) -> KeyNumbers:
    """The key numbers that were stored."""
    return KeyNumbers(**data)
