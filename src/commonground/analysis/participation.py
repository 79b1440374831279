"""Solutions and who takes part in them. A seat alone is not participation (GLOSSARY: solution, takes part)."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from commonground.analysis.facts import Facts, Member, Process, Seat, Solution, TakesPart, in_force
from commonground.analysis.organization import Organization, rows_of


class Participation:
    """Seats, sessions and contributions as of the day, for people who are here. Linear in the rows, built once."""

    def __init__(self, facts: Facts, organization: Organization) -> None:
        self.facts = facts
        self.organization = organization

    @cached_property
    def solutions(self) -> Mapping[str, Solution]:
        return {solution.id: solution for solution in rows_of(self.facts, "solutions", Solution)}

    @cached_property
    def _of_workflow(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for solution in self.solutions.values():
            found.setdefault(solution.workflow, []).append(solution.id)
        return {workflow: tuple(ids) for workflow, ids in found.items()}

    def solutions_of(self, process: Process) -> tuple[str, ...]:
        """The solutions searched for a process, by its workflow. Without a sheet of solutions, seats may name the workflow itself."""
        if not process.workflow:
            return ()
        if not self.facts.has("solutions"):
            return (process.workflow,)
        return self._of_workflow.get(process.workflow, ())

    def is_decided(self, solution: str) -> bool:
        known = self.solutions.get(solution)
        return bool(known and known.decided and known.decided <= self.facts.as_of)

    def _held(self, seat: Seat) -> bool:
        """A seat holds on the day, or held when its solution was decided: the decision does not undo having taken part."""
        day = self.facts.as_of
        if in_force(seat.start, seat.end, day):
            return True
        known = self.solutions.get(seat.solution)
        decided = known.decided if known else None
        if decided is None or decided > day:
            return False
        return (seat.start is None or seat.start <= decided) and (seat.end is None or seat.end >= decided)

    @cached_property
    def seats(self) -> tuple[Seat, ...]:
        """Seats in force on the day, held by people who are here."""
        day = self.facts.as_of
        return tuple(
            seat
            for seat in rows_of(self.facts, "seats", Seat)
            if in_force(seat.start, seat.end, day) and self.organization.is_here(seat.person)
        )

    @cached_property
    def members(self) -> tuple[Member, ...]:
        """Members of the project team on the day who are here. Who said no is none of them, who is asked and has not answered is one."""
        day = self.facts.as_of
        return tuple(
            member
            for member in rows_of(self.facts, "team", Member)
            if in_force(member.start, member.end, day)
            and member.consent is not False
            and self.organization.is_here(member.person)
        )

    @cached_property
    def team(self) -> frozenset[str]:
        """The members of the project team; where none were ever named, everyone with a seat in any solution (GLOSSARY)."""
        if self.facts.rows("team"):
            return frozenset(member.person for member in self.members)
        return frozenset(seat.person for seat in self.seats)

    @cached_property
    def last_part(self) -> Mapping[tuple[str, str], date]:
        """(solution, person) → the last day, not after today, of a session or contribution."""
        day, last = self.facts.as_of, dict[tuple[str, str], date]()
        for row in rows_of(self.facts, "takes_part", TakesPart):
            key = (row.solution, row.person)
            if row.on <= day and row.on >= last.get(key, date.min):
                last[key] = row.on
        return last

    @cached_property
    def part_takers(self) -> Mapping[str, frozenset[str]]:
        """Solution → those who take part: a seat *and* at least one session or contribution."""
        found: dict[str, set[str]] = {}
        for seat in rows_of(self.facts, "seats", Seat):
            if (
                (seat.solution, seat.person) in self.last_part
                and self._held(seat)
                and self.organization.is_here(seat.person)
            ):
                found.setdefault(seat.solution, set()).add(seat.person)
        return {solution: frozenset(people) for solution, people in found.items()}

    def take_part_in(self, process: Process) -> frozenset[str]:
        """Everybody who takes part in a solution of the process."""
        return frozenset[str]().union(*(self.part_takers.get(s, frozenset()) for s in self.solutions_of(process)))

    def seated_in(self, process: Process) -> frozenset[str]:
        """Everybody with a seat in a solution of the process."""
        return frozenset[str]().union(*(self._seated.get(s, frozenset()) for s in self.solutions_of(process)))

    @cached_property
    def _seated(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for seat in self.seats:
            found.setdefault(seat.solution, set()).add(seat.person)
        return {solution: frozenset(people) for solution, people in found.items()}
