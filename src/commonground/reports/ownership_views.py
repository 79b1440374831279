"""Ownership and participation: who owns something, by level and business unit, the front office apart."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from commonground.access.gate import actor_of, gate
from commonground.analysis.ownership import Count, Grid
from commonground.guidance.context import stands
from commonground.guidance.results import results_for
from commonground.organization.models import Unit
from commonground.programs.middleware import program_of
from commonground.reports.home import is_gap
from commonground.reports.stored import grid_of
from commonground.ui.csv_response import csv_response
from commonground.ui.words import number, plural

HEADER = ("unit", "level", "people touched", "own something", "share", "note")


@gate("ownership.view")
def ownership(request: HttpRequest) -> HttpResponseBase:
    """The grid, out of the stored result."""
    actor, program = actor_of(request), program_of(request)
    state = stands(request)
    stored = results_for(actor, program, "ownership_grid").get("ownership_grid")
    grid = grid_of(actor, stored)
    if request.GET.get("format") == "csv" and grid is not None:
        return csv_response(f"ownership-{program.slug}", HEADER, _lines(grid))
    values: dict[str, Any] = {"standing": state, "stored": stored, "grid": grid, "view": stored.view if stored else ""}
    if grid is not None and grid.units:
        known = dict(Unit.objects.visible_to(actor).filter(key__in=filter(None, grid.units)).values_list("key", "pk"))
        values |= {
            "title": title(grid),
            "rows": [
                {
                    "name": grid.names[unit],
                    "pk": known.get(unit or ""),
                    "cells": [grid.cells[unit, level] for level in grid.levels],
                    "front": grid.front[unit],
                    "total": grid.by_unit[unit],
                }
                for unit in grid.units
            ],
            "levels": [level or "no level recorded" for level in grid.levels],
            "by_level": [grid.by_level[level] for level in grid.levels],
        }
    return render(request, "reports/ownership.html", values)


def title(grid: Grid) -> str:
    """What the grid says, in a sentence."""
    front = grid.front_total
    if not front.withheld and front.people:
        who = f"{number(front.owning or 0)} of {number(front.people)} touched people in the front office"
        return (
            f"{who} own something"
            if front.owning
            else f"None of {number(front.people)} touched people in the front office own anything yet"
        )
    gaps = sum(1 for count in grid.cells.values() if is_gap(count))
    if gaps:
        return f"In {plural(gaps, 'group')} nobody owns anything yet"
    if grid.total.withheld or not grid.total.people:
        return "Too few people are touched to show who owns something"
    return f"{number(grid.total.owning or 0)} of {number(grid.total.people)} touched people own something"


def _lines(grid: Grid) -> Iterator[tuple[Any, ...]]:
    for unit in grid.units:
        for level in grid.levels:
            yield _line(grid.names[unit], level or "no level recorded", grid.cells[unit, level])
        yield _line(grid.names[unit], "front office", grid.front[unit])
        yield _line(grid.names[unit], "all", grid.by_unit[unit])
    for level in grid.levels:
        yield _line("all", level or "no level recorded", grid.by_level[level])
    yield _line("all", "front office", grid.front_total)
    yield _line("all", "all", grid.total)


def _line(unit: str, level: str, count: Count) -> tuple[Any, ...]:
    note = "not shown: fewer people than the threshold, or it would give such a group away" if count.withheld else ""
    share = round(count.share, 3) if count.share is not None else ""
    return (unit, level, count.people, count.owning, share, note)
