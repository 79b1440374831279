"""Work processes on one day: who answers for them, who does them, and which are in question."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

from commonground.analysis.facts import IN_QUESTION, PURPOSE_IN_QUESTION, Does, Facts, Process, Workflow
from commonground.analysis.organization import Organization, rows_of


def answerer_changes(process: Process) -> bool:
    """Whether somebody answers for it today and somebody else is to. A process that is only being created changes nobody's hands."""
    return (
        process.fate != "create"
        and bool(process.answers_for and process.to_answers_for)
        and set(process.answers_for) != set(process.to_answers_for)
    )


def in_question(process: Process) -> bool:
    """Reshape, move, merge, automate or eliminate, or its answerer changes (GLOSSARY)."""
    return process.fate in IN_QUESTION or answerer_changes(process)


def purpose_in_question(process: Process) -> bool:
    """Move, merge, automate or eliminate (GLOSSARY)."""
    return process.fate in PURPOSE_IN_QUESTION


def owners_after(process: Process) -> tuple[str, ...]:
    """Who is to answer for it after the change; nobody for what is eliminated, nor for what leaves its unit with no name given."""
    if process.fate == "eliminate":
        return ()
    if process.to_answers_for:
        return process.to_answers_for
    leaves = process.fate == "move" and process.to_unit is not None and process.to_unit != process.unit
    return () if leaves else process.answers_for


class Work:
    """Processes with the people who are here on the day. Lookups are linear in the rows and built once."""

    def __init__(self, facts: Facts, organization: Organization) -> None:
        self.facts = facts
        self.organization = organization

    @cached_property
    def processes(self) -> Mapping[str, Process]:
        return {process.id: process for process in rows_of(self.facts, "processes", Process)}

    @cached_property
    def in_question(self) -> tuple[Process, ...]:
        return tuple(process for process in self.processes.values() if in_question(process))

    def process_name(self, process: str) -> str:
        known = self.processes.get(process)
        return known.name if known else process

    def workflow_name(self, workflow: str | None) -> str:
        """A workflow's name; its id where no sheet of workflows names it."""
        return self._workflow_names.get(workflow, workflow) if workflow else "no workflow recorded"

    @cached_property
    def _workflow_names(self) -> Mapping[str, str]:
        return {workflow.id: workflow.name for workflow in rows_of(self.facts, "workflows", Workflow)}

    def owners(self, process: Process) -> tuple[str, ...]:
        """Who answers for it and is here on the day."""
        return tuple(person for person in dict.fromkeys(process.answers_for) if self.organization.is_here(person))

    @cached_property
    def answered_by(self) -> Mapping[str, tuple[str, ...]]:
        """Person → the processes they answer for."""
        found: dict[str, list[str]] = {}
        for process in self.processes.values():
            for person in self.owners(process):
                found.setdefault(person, []).append(process.id)
        return {person: tuple(ids) for person, ids in found.items()}

    @cached_property
    def doers(self) -> Mapping[str, frozenset[str]]:
        """Process → the people who do it and are here on the day."""
        found = defaultdict[str, set[str]](set)
        for process, person in rows_of(self.facts, "does", Does):
            found[process].add(person)
        if self.facts.has("people"):
            here = frozenset(self.organization.people)
            return {process: inside for process, people in found.items() if (inside := here & people)}
        return {process: frozenset(people) for process, people in found.items()}

    @cached_property
    def doing(self) -> frozenset[str]:
        """Who does a process and is here on the day; of people who are not known nobody is."""
        return frozenset(self.organization.people.keys() & set[str]().union(*self.doers.values()))
