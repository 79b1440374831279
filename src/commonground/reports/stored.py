"""The stored ownership grid as its pages show it."""

from dataclasses import replace

from commonground.access.actor import Actor
from commonground.analysis.ownership import Grid
from commonground.guidance.models import Result
from commonground.guidance.results import grid_from, result_for
from commonground.organization.models import Level
from commonground.programs.models import Program


def stored_grid(actor: Actor, program: Program) -> tuple[Grid | None, Result | None]:
    """The grid in the deepest view that the actor may see, its levels in the organization's order, and the row it came from."""
    stored = result_for(actor, program, "ownership_grid")
    if stored is None:
        return None, None
    grid = grid_from(stored.data)
    rank = dict(Level.objects.visible_to(actor).values_list("name", "rank"))
    last = len(rank) + 1
    levels = sorted(grid.levels, key=lambda level: (level is None, rank.get(level or "", last)))
    return replace(grid, levels=tuple(levels)), stored
