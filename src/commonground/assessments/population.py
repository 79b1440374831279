"""Whom a round asks, and what would be stored of each: read from the organization as it stands on a day."""

import random
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from commonground.analysis.coarsening import Coarse, Combination, coarsen
from commonground.assessments.rounds import ATTRIBUTES, MAIL, SIGN_IN, SLIP
from commonground.organization.models import Assignment, RolePeriod, UnitPeriod

UNKNOWN = "not told"
YES, NO = "yes", "no"
FRONT = {YES: "front office", NO: "not front office"}
WHOLE = "the whole"
AN_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class Asked(NamedTuple):
    """Somebody who is to be asked: their id and key, what they are, and how they are reached."""

    person: int
    key: str
    attributes: Mapping[str, str | None]
    by: str
    email: str


@dataclass(frozen=True)
class Names:
    """What things are called on the day: unit key → (name, key of the unit above), level → name."""

    units: Mapping[str, tuple[str, str | None]]

    @property
    def parents(self) -> dict[str, str | None]:
        return {key: parent for key, (_, parent) in self.units.items()}

    def of(self, attribute: str, value: str | None) -> str:
        """The name of one value."""
        if value is None:
            return ""
        if attribute == "unit":
            return self.units[value][0] if value in self.units else value
        return FRONT.get(value, value) if attribute == "front_office" else value

    def label(self, attributes: Sequence[str], combination: Combination) -> str:
        """“Billing · night”, or “the whole” where nothing is told."""
        said = [self.of(name, value) for name, value in zip(attributes, combination, strict=True) if value is not None]
        return " · ".join(said) or WHOLE

    def written(self, attributes: Sequence[str], combinations: Collection[Combination]) -> dict[str, Any]:
        """The names of all that the combinations hold, with the units above them, to be frozen with the round."""
        found: dict[str, Any] = {}
        for place, attribute in enumerate(attributes):
            values = {one[place] for one in combinations} - {None}
            if attribute == "unit":
                found["unit"] = self._with_above({str(value) for value in values})
            else:
                found[attribute] = {value: self.of(attribute, value) for value in sorted(map(str, values))}
        return found

    def _with_above(self, keys: Collection[str]) -> dict[str, Any]:
        rows: dict[str, Any] = {}
        for key in sorted(keys):
            unit: str | None = key
            while unit is not None and unit not in rows and unit in self.units:
                name, parent = self.units[unit]
                rows[unit], unit = {"name": name, "parent": parent}, parent
        return rows


@dataclass(frozen=True)
class Prepared:
    """Who is asked and what is stored of them, before anything is written. coarse: None while they are too few to ask at all."""

    asked: Sequence[Asked]
    attributes: Sequence[str]
    names: Names
    coarse: Coarse | None
    of_whom: int

    def combination_of(self, one: Asked) -> Combination:
        assert self.coarse is not None  # noqa: S101 - whoever opens has refused too few before
        return self.coarse.of[original(one, self.attributes)]

    def reached(self) -> Counter[str]:
        """By mail, by sign-in, by slip → how many."""
        return Counter(one.by for one in self.asked)


def original(one: Asked, attributes: Sequence[str]) -> Combination:
    return tuple(one.attributes.get(name) for name in attributes)


def prepare(population: Mapping[str, Any], attributes: Sequence[str], *, threshold: int, day: date) -> Prepared:
    """Whom a population means on a day, and how coarse what is stored of them must be."""
    everybody = _everybody(population, day)
    asked = _drawn(everybody, population.get("sample"))
    names = Names(_units(day))
    count = Counter(original(one, attributes) for one in asked)
    coarse = None
    if len(asked) >= threshold:
        tree = list(attributes).index("unit") if "unit" in attributes else None
        coarse = coarsen(count, threshold=threshold, parents=names.parents, tree=tree)
    return Prepared(asked, attributes, names, coarse, len(everybody))


def _drawn(everybody: list[Asked], sample: Mapping[str, Any] | None) -> list[Asked]:
    """A random sample of the stated size and seed, out of everybody in order of their keys: the same for whoever draws it again."""
    if not sample or int(sample["size"]) >= len(everybody):
        return everybody
    draw = random.Random(int(sample["seed"]))  # noqa: S311 - it must come out the same from a stated seed
    return draw.sample(sorted(everybody, key=lambda one: one.key), int(sample["size"]))


def _everybody(population: Mapping[str, Any], day: date) -> list[Asked]:
    rows = Assignment.objects.on(day)
    if population.get("units"):
        rows = rows.filter(unit__in=_below(population["units"], day))
    roles = {
        role: (level, front)
        for role, level, front in RolePeriod.objects.on(day).values_list("role", "level__name", "front_office")
    }
    levels, front_office = set(population.get("levels") or ()), population.get("front_office")
    found: dict[int, Asked] = {}
    columns = rows.order_by("person").values_list(
        "person", "person__key", "person__email", "person__user", "unit__key", "role", "level__name", "front_office",
        "location", "shift", "language",
    )  # fmt: skip
    for person, key, email, user, unit, role, level, own_front, *places in columns.iterator(chunk_size=2000):
        said_level, said_front = roles.get(role, (None, None))
        front = said_front if said_front is not None else own_front
        values = dict(
            zip(
                ATTRIBUTES,
                (unit, said_level or level, None if front is None else YES if front else NO, *places),
                strict=True,
            )
        )
        if levels and values["level"] not in levels:
            continue
        if front_office is not None and front is not front_office:
            continue
        by = MAIL if AN_ADDRESS.fullmatch(email) else SIGN_IN if user is not None else SLIP
        found.setdefault(person, Asked(person, key, {k: v or None for k, v in values.items()}, by, email))
    return list(found.values())


def _below(keys: Sequence[str], day: date) -> list[int]:
    """The ids of these units and all below them."""
    rows = list(UnitPeriod.objects.on(day).values_list("unit", "unit__key", "path"))
    roots = [f"/{unit}/" for unit, key, _ in rows if key in set(keys)]
    return [unit for unit, _, path in rows if any(root in path for root in roots)]


def _units(day: date) -> dict[str, tuple[str, str | None]]:
    rows = UnitPeriod.objects.on(day).values_list("unit__key", "name", "parent__key")
    return {key: (name, parent) for key, name, parent in rows}
