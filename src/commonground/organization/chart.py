"""The history of a unit and of a person, told as what changed on which day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from commonground.journal.models import Entry
from commonground.organization.models import Assignment, RolePeriod, UnitPeriod


@dataclass(frozen=True)
class Turn:
    """Something that changed on a day; None: since ever."""

    on: date | None
    words: str


def unit_history(periods: Sequence[UnitPeriod], entries: Iterable[Entry]) -> list[Turn]:
    """What became of a unit, the latest first. periods: in order of time; entries: those of the journal that the reader may see."""
    if not periods:
        return []
    names = _unit_names({period.parent_id for period in periods if period.parent_id})
    first = periods[0]
    turns = [Turn(first.start, f"Stands as {first.name}{_below(first, names)}")]
    for before, after in pairwise(periods):
        turns += [Turn(after.start, words) for words in _unit_changes(before, after, names)]
    if periods[-1].end is not None:
        into = _merged_into(entries)
        turns.append(Turn(periods[-1].end, f"Merged into {into}" if into else "Closed"))
    return turns[::-1]


def _below(period: UnitPeriod, names: dict[int, str]) -> str:
    return f", below {names.get(period.parent_id, '')}" if period.parent_id else ""


def _unit_changes(before: UnitPeriod, after: UnitPeriod, names: dict[int, str]) -> list[str]:
    words = []
    if before.end != after.start:
        words.append(f"Stands again{_below(after, names)}")
    if before.name != after.name:
        words.append(f"Renamed from {before.name} to {after.name}")
    if before.parent_id != after.parent_id:
        words.append(f"Moved{_below(after, names) or ' to the top'}")
    if before.product_line != after.product_line:
        words.append(f"Product line {after.product_line or 'none'}, before {before.product_line or 'none'}")
    if before.business_unit != after.business_unit:
        words.append("Became a business unit" if after.business_unit else "Is no business unit any more")
    return words


def _merged_into(entries: Iterable[Entry]) -> str:
    for entry in entries:
        values = getattr(entry, "values", None)
        if entry.verb == "merged a unit" and values is not None and values.data:
            return str(values.data.get("into", ""))
    return ""


def _unit_names(units: set[int]) -> dict[int, str]:
    """Each unit's latest name."""
    return dict(UnitPeriod.objects.filter(unit__in=units).in_order().values_list("unit", "name"))


def person_history(periods: Sequence[Assignment]) -> list[Turn]:
    """Where a person worked, the latest first. periods: in order of time, with manager and level at hand."""
    if not periods:
        return []
    units = _unit_names({period.unit_id for period in periods if period.unit_id})
    roles = dict(
        RolePeriod.objects.filter(role__in={p.role_id for p in periods if p.role_id})
        .in_order()
        .values_list("role", "name")
    )
    first = periods[0]
    start = ", ".join(
        words for words in (roles.get(first.role_id or 0, ""), units.get(first.unit_id or 0, "")) if words
    )
    turns = [Turn(first.start, f"Works here{': ' + start if start else ''}")]
    for before, after in pairwise(periods):
        if before.end != after.start:
            turns += [Turn(before.end, "Left"), Turn(after.start, "Came back")]
        turns += [Turn(after.start, words) for words in _person_changes(before, after, units, roles)]
    if periods[-1].end is not None:
        turns.append(Turn(periods[-1].end, "Left"))
    return turns[::-1]


def _person_changes(before: Assignment, after: Assignment, units: dict[int, str], roles: dict[int, str]) -> list[str]:
    pairs = (
        ("To", units.get(before.unit_id or 0, ""), units.get(after.unit_id or 0, "")),
        ("Works as", roles.get(before.role_id or 0, ""), roles.get(after.role_id or 0, "")),
        ("Reports to", str(before.manager or ""), str(after.manager or "")),
        ("Level", str(before.level or ""), str(after.level or "")),
        ("Location", before.location, after.location),
        ("Shift", before.shift, after.shift),
        ("Language", before.language, after.language),
    )
    return [f"{word} {new or 'none'}, before {old or 'none'}" for word, old, new in pairs if old != new]
