"""One person under several pseudonyms: whoever is written in two ways in a log must not count as two people."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from commonground.analysis.events import Codes
from commonground.analysis.pace.observations import Observations
from commonground.events.pseudonyms import ROOT


def same_people(rows: Observations, persons: Mapping[str, int]) -> Observations:
    """The observations with one code for each person: pseudonyms of one person of the organization, and those that differ in capitals
    alone, become the first of them. persons: pseudonym → person of the organization.
    """
    first: dict[object, int] = {}
    table = np.empty(len(rows.persons), np.int32)
    for code, name in enumerate(rows.persons):
        own, spelled = persons.get(name), name[:ROOT]
        one = first.get(own, first.get(spelled)) if own is not None else first.get(spelled)
        table[code] = code if one is None else one
        first.setdefault(spelled, int(table[code]))
        if own is not None:
            first.setdefault(own, int(table[code]))
    if np.array_equal(table, np.arange(len(table))):
        return rows
    used = np.unique(table)
    new = np.searchsorted(used, table).astype(np.int32)
    return _added_up(
        replace(rows, person=new[rows.person], persons=tuple(rows.persons[code] for code in used.tolist()))
    )


def _added_up(rows: Observations) -> Observations:
    """Sorted by person, week and unit, with one row for each three."""
    order = np.lexsort((rows.unit, rows.week, rows.person))
    person, week, unit = rows.person[order], rows.week[order], rows.unit[order]
    begins = np.ones(len(order), dtype=np.bool_)
    begins[1:] = (person[1:] != person[:-1]) | (week[1:] != week[:-1]) | (unit[1:] != unit[:-1])
    starts = np.flatnonzero(begins)

    def summed(values: Codes) -> Codes:
        return np.add.reduceat(values[order], starts).astype(np.int32)

    new, old, neither = (summed(values) for values in (rows.new, rows.old, rows.neither))
    return replace(rows, person=person[starts], week=week[starts], unit=unit[starts], new=new, old=old, neither=neither)
