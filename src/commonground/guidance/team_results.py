"""What the pages of the team rest on, out of one register: who covers what today, and the ground on which a team is composed."""

from typing import Any

from commonground.analysis.coalition.composing import reasons
from commonground.analysis.coalition.ground import Ground, Kind, ground_of, places_of, written
from commonground.analysis.coverage import uncovered_cells, unrepresented_processes
from commonground.analysis.register import Cell, Register
from commonground.analysis.work import purpose_in_question

TABLES = (
    "people",
    "units",
    "roles",
    "processes",
    "does",
    "role_changes",
    "paths",
    "solutions",
    "seats",
    "team",
)


def ground_data(register: Register) -> dict[str, Any]:
    """The ground in a form that JSON keeps."""
    return written(ground_of(register))


def coverage_data(register: Register) -> dict[str, Any]:
    """Who covers which touched cell, what nobody on the team stands for, and what each member stands for. No counts of people.

    named: whether members were named, else the team is everybody with a seat. cells: unit and level that are touched. open: processes
    in question of which no owner is on the team.
    """
    organization, team = register.organization, register.participation.team
    ground = ground_of(register, sorted(team & organization.people.keys()))
    touched: set[Cell] = {(cell.unit, cell.level) for cell in ground.cells}
    order = {level: place for place, level in enumerate(organization.levels)}
    units = sorted({unit for unit, _ in touched}, key=organization.unit_name)
    levels = sorted({level for _, level in touched}, key=lambda level: order.get(level or "", len(order)))
    of_unit = [organization.business_unit_of.get(person) for person in team]
    return {
        "named": bool(register.facts.rows("team")),
        "units": [[unit, organization.unit_name(unit)] for unit in units],
        "levels": levels,
        "names": ground.names,
        "cells": [[cell.unit, cell.level] for cell in ground.cells],
        "gaps": [list(gap.cell) for gap in uncovered_cells(register)],
        "members": {
            person: {
                "unit": ground.kinds[place].unit,
                "unit_name": ground.unit_name(ground.kinds[place].unit),
                "level": ground.kinds[place].level,
                "front": ground.kinds[place].front,
                "why": _why(ground, ground.kinds[place], touched),
            }
            for person, place in places_of(ground, sorted(team)).items()
        },
        "in_question": len(register.work.in_question),
        "open": [
            [one.id, one.name, organization.unit_name(organization.business_unit(one.unit)), purpose_in_question(one)]
            for one in unrepresented_processes(register)
        ],
        "front_known": organization.front_is_known,
        "heaviest": max(((of_unit.count(unit), unit) for unit in set(of_unit) if unit), default=(0, ""))[1],
    }


def _why(ground: Ground, kind: Kind, touched: set[Cell]) -> list[str]:
    """What a member stands for; who is on it has not been added to even out the units."""
    return [one for one in reasons(ground, kind, in_touched=kind.cell in touched) if not one.startswith("comes from")]
