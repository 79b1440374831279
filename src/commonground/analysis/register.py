"""The register: the facts of one day with every lookup that pages and guidelines share, so that a number is computed once."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from commonground.analysis.facts import Activity, Facts, Path, RoleChange, TrainingSession
from commonground.analysis.organization import Organization, rows_of
from commonground.analysis.participation import Participation
from commonground.analysis.uptake import Uptake
from commonground.analysis.voices import Voices
from commonground.analysis.work import Work

CHANGING_ROLES = frozenset({"change", "merge", "end"})

Cell = tuple[str | None, str | None]
"""A business unit and a level; None where none is recorded."""


class Register:
    """Facts with lookups as of `facts.as_of`. Each lookup reads only the tables that it is about, when it is first asked.

    facts: the tables. business_unit_depth: see `Organization`.
    """

    def __init__(self, facts: Facts, business_unit_depth: int = 1) -> None:
        self.facts = facts
        self.organization = Organization(facts, business_unit_depth)
        self.work = Work(facts, self.organization)
        self.participation = Participation(facts, self.organization)
        self.uptake = Uptake(facts, self.organization)
        self.voices = Voices(facts, self.organization)

    @cached_property
    def changing_roles(self) -> frozenset[str]:
        """Roles that change, merge or end, or of which a gain or a loss is recorded."""
        fated = {role.id for role in self.organization.roles.values() if role.fate in CHANGING_ROLES}
        return frozenset(fated | {change.role for change in rows_of(self.facts, "role_changes", RoleChange)})

    @cached_property
    def re_placed(self) -> frozenset[str]:
        """People whose role, unit or manager is to change by their own path."""
        found = set()
        for path in rows_of(self.facts, "paths", Path):
            now = self.organization.people.get(path.person)
            if now is not None and (
                path.fate != "same"
                or (path.to_unit is not None and path.to_unit != now.unit)
                or (path.to_manager is not None and path.to_manager != now.manager)
            ):
                found.add(path.person)
        return frozenset(found)

    @cached_property
    def touched(self) -> frozenset[str]:
        """Who answers for or does a process in question, holds a changing role, or whose manager or unit changes (GLOSSARY)."""
        found = set(self.re_placed)
        for process in self.work.in_question:
            found.update(self.work.owners(process), self.work.doers.get(process.id, ()))
        for role in self.changing_roles:
            found.update(self.organization.holders.get(role, ()))
        return frozenset(found & self.organization.people.keys())

    @cached_property
    def owning(self) -> frozenset[str]:
        """Who owns something: answers for or does a process, takes part in a solution, leads an activity or a training session, or has an
        idea or an answer in their name (GLOSSARY)."""
        found = set(self.work.answered_by).union(*self.participation.part_takers.values())
        found.update(row.owner for row in rows_of(self.facts, "activities", Activity) if row.owner)
        found.update(row.trainer for row in rows_of(self.facts, "sessions", TrainingSession) if row.trainer)
        for voice in self.voices.raised:
            answered = voice.answered is not None and voice.answered <= self.facts.as_of
            found.update(one for one in (voice.credit, voice.owner if answered else None) if one)
        return self.work.doing | (found & self.organization.people.keys())

    def cell(self, person: str) -> Cell:
        return self.organization.business_unit_of.get(person), self.organization.level(person)

    @cached_property
    def cells(self) -> Mapping[Cell, frozenset[str]]:
        """Everybody by business unit and level."""
        found: dict[Cell, set[str]] = {}
        for person in self.organization.people:
            found.setdefault(self.cell(person), set()).add(person)
        return {cell: frozenset(inside) for cell, inside in found.items()}

    def by_cell(self, people: Iterable[str]) -> Mapping[Cell, frozenset[str]]:
        """People gathered by business unit and level."""
        wanted = frozenset(people)
        found = {cell: both for cell, inside in self.cells.items() if (both := inside & wanted)}
        strangers = wanted - self.organization.people.keys()
        return {**found, (None, None): found.get((None, None), frozenset()) | strangers} if strangers else found

    @cached_property
    def touched_cells(self) -> Mapping[Cell, frozenset[str]]:
        """Touched people by business unit and level."""
        return self.by_cell(self.touched)

    @cached_property
    def touched_units(self) -> Mapping[str, frozenset[str]]:
        """Business unit → its touched people. People without a unit stand in none."""
        found: dict[str, frozenset[str]] = {}
        for (unit, _), people in self.touched_cells.items():
            if unit:
                found[unit] = found.get(unit, frozenset()) | people
        return found
