"""Writes the organization: levels, units, roles, people and where they worked when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from commonground.analysis.facts import Person as PersonRow
from commonground.analysis.facts import Unit as UnitRow
from commonground.demo.changing import TURNS
from commonground.demo.days import Days
from commonground.demo.posts import LEVELS
from commonground.demo.workforce import POSTS
from commonground.demo.world import World
from commonground.organization.models import Assignment, Level, Person, Role, RolePeriod, Unit, UnitPeriod

BATCH = 5000


@dataclass(frozen=True)
class Keys:
    """What the sheets' ids are in the database; `named`: the people whom the story knows, by name."""

    units: Mapping[str, int]
    roles: Mapping[str, int]
    people: Mapping[str, int]
    named: Mapping[str, int]

    def unit(self, key: str | None) -> int | None:
        return self.units[key] if key else None

    def role(self, key: str | None) -> int | None:
        return self.roles[key] if key else None

    def person(self, key: str | None) -> int | None:
        return self.people[key] if key else None


def load_organization(world: World) -> Keys:
    """Writes everything of the organization and answers with the ids it got."""
    people = [row for row in world.organization["people"] if isinstance(row, PersonRow)]
    units = _units(cast("list[UnitRow]", list(world.organization["units"])))
    roles = _roles(world.days)
    ids = _people(people)
    keys = Keys(units, roles, ids, {name: ids[key] for name, key in world.by_name.items()})
    Assignment.objects.bulk_create(
        (
            Assignment(
                person_id=keys.people[row.id],
                unit_id=keys.unit(row.unit),
                manager_id=keys.person(row.manager),
                role_id=keys.role(row.role),
                location=row.location or "",
                shift=row.shift or "",
                language=row.language or "",
                start=row.start,
                end=row.end,
            )
            for row in people
        ),
        batch_size=BATCH,
    )
    return keys


def _people(rows: Iterable[PersonRow]) -> dict[str, int]:
    known = {row.id: row for row in rows}
    made = Person.objects.bulk_create(
        (Person(key=row.id, name=row.name, email=row.email or "") for row in known.values()), batch_size=BATCH
    )
    return {person.key: person.pk for person in made}


def _units(rows: list[UnitRow]) -> dict[str, int]:
    ids = {
        unit.key: unit.pk
        for unit in Unit.objects.bulk_create(Unit(key=key) for key in dict.fromkeys(r.id for r in rows))
    }
    parents = {row.id: row.parent for row in rows}

    def path(row: UnitRow) -> str:
        above, found = row.parent, [ids[row.id]]
        while above is not None:
            found.append(ids[above])
            above = parents[above]
        return "/" + "/".join(str(pk) for pk in reversed(found)) + "/"

    UnitPeriod.objects.bulk_create(
        UnitPeriod(
            unit_id=ids[row.id],
            name=row.name,
            parent_id=ids[row.parent] if row.parent else None,
            business_unit=bool(row.business_unit),
            product_line=row.product_line or "",
            path=path(row),
            start=row.start,
            end=row.end,
        )
        for row in rows
    )
    return ids


def _roles(days: Days) -> dict[str, int]:
    levels = {
        level.name: level.pk
        for level in Level.objects.bulk_create(Level(name=name, rank=rank) for rank, name in enumerate(LEVELS, start=1))
    }
    ids = {role.key: role.pk for role in Role.objects.bulk_create(Role(key=key) for key in POSTS)}
    # a role that is only planned begins on its day, so that no page of the organization gives it away before
    begins: dict[str, date] = {turn.post.id: days.on(turn.effective) for turn in TURNS if turn.fate == "create"}
    RolePeriod.objects.bulk_create(
        RolePeriod(
            role_id=ids[post.id],
            name=post.name,
            level_id=levels[post.level],
            front_office=post.front_office,
            definition=post.before,
            start=begins.get(post.id),
        )
        for post in POSTS.values()
    )
    return ids
