"""The stored ownership grid as its pages show it."""

from dataclasses import replace

from commonground.access.actor import Actor
from commonground.analysis.ownership import Grid
from commonground.guidance.models import Result
from commonground.guidance.results import grid_from
from commonground.organization.models import Level


def grid_of(actor: Actor, stored: Result | None) -> Grid | None:
    """The grid of a stored result, its levels in the organization's order."""
    if stored is None:
        return None
    grid = grid_from(stored.data)
    rank = dict(Level.objects.visible_to(actor).values_list("name", "rank"))
    last = len(rank) + 1
    levels = sorted(grid.levels, key=lambda level: (level is None, rank.get(level or "", last)))
    return replace(grid, levels=tuple(levels))
