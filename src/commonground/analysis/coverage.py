"""Which touched people the team speaks for (TEAM): each touched unit and level has a member, each process in question one of its owners."""

from dataclasses import dataclass

from commonground.analysis.facts import Process
from commonground.analysis.register import Cell, Register


@dataclass(frozen=True)
class Gap:
    """A touched business unit and level without a member on the team."""

    cell: Cell
    touched: int


def uncovered_cells(register: Register) -> tuple[Gap, ...]:
    """Touched business units and levels without a member, by unit name and level. People without a unit stand in no cell."""
    manned = register.by_cell(register.participation.team).keys()
    order = {level: place for place, level in enumerate(register.organization.levels)}
    gaps = [Gap(cell, len(people)) for cell, people in register.touched_cells.items() if cell[0] and cell not in manned]
    return tuple(
        sorted(
            gaps,
            key=lambda gap: (register.organization.unit_name(gap.cell[0]), order.get(gap.cell[1] or "", len(order))),
        )
    )


def unrepresented_processes(register: Register) -> tuple[Process, ...]:
    """Processes in question none of whose owners, by answering or by doing, is on the team."""
    work, team = register.work, register.participation.team
    return tuple(
        process
        for process in work.in_question
        if team.isdisjoint(work.owners(process)) and team.isdisjoint(work.doers.get(process.id, ()))
    )
