"""Taking part in the search for a process: what ends findings of several practices."""

from collections.abc import Iterable

from commonground.analysis.facts import Facts, Process, Seat, Solution, TakesPart
from commonground.analysis.register import Register
from commonground.guidance.guidelines.remedies.changing import replaced, with_rows

HOURS = 2.0  # a week, agreed with each


def searched(facts: Facts, process: str) -> tuple[Facts, str]:
    """The search for a process, and the facts with it in them. One is opened where there is none."""
    register = Register(facts)
    workflow = register.work.processes[process].workflow or f"way of {process}"
    facts = replaced(
        facts, "processes", Process, lambda row: row._replace(workflow=workflow) if row.id == process else row
    )
    known = register.participation.solutions_of(register.work.processes[process]._replace(workflow=workflow))
    if known:
        return facts, known[0]
    opened = f"search for {process}"
    return with_rows(facts, "solutions", Solution(opened, workflow, opened=facts.as_of)), opened


def seated(facts: Facts, search: str, people: Iterable[str]) -> Facts:
    """The facts with a seat for each, agreed with them and their manager, from the day on."""
    return with_rows(facts, "seats", *(Seat(search, person, True, HOURS, True, facts.as_of) for person in people))


def taking_part(facts: Facts, search: str, people: Iterable[str]) -> Facts:
    """The facts with a seat for each and a session on the day in which they were."""
    there = tuple(people)
    parts = (TakesPart(search, person, facts.as_of, "session") for person in there)
    return with_rows(seated(facts, search, there), "takes_part", *parts)
