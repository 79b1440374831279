"""What ends the findings of TEAM."""

from collections import Counter
from collections.abc import Iterable
from math import ceil, floor

from commonground.analysis.facts import Facts, Member, Person, Seat, TakesPart
from commonground.analysis.register import Register
from commonground.guidance.guidelines.catalogue import Finding
from commonground.guidance.guidelines.remedies.changing import replaced, with_rows
from commonground.guidance.guidelines.remedies.searches import HOURS, searched, seated

SHARE = 0.6  # of the team that may come from one unit
ANY = "search of the team"


def invited(facts: Facts, people: Iterable[str]) -> Facts:
    """Further people on the team, as members where members are named, else with a seat in a search."""
    if not facts.rows("team"):
        return seated(facts, ANY, people)
    return with_rows(facts, "team", *(Member(one, True, HOURS, True, facts.as_of) for one in people))


def invite_from_there(facts: Facts, finding: Finding) -> Facts:
    """One of the touched people of the unit and level is on the team."""
    for (unit, level), people in Register(facts).touched_cells.items():
        if finding.subject.id == (f"{unit}/{level}" if level else str(unit)):
            return invited(facts, [min(people)])
    return facts


def seat_in_their_own(facts: Facts, finding: Finding) -> Facts:
    """Owners of the process who are on the team have a seat in the search for it."""
    register = Register(facts)
    process = register.work.processes[finding.subject.id]
    there = {seat.person for seat in register.participation.seats} - register.participation.seated_in(process)
    facts, search = searched(facts, process.id)
    return seated(facts, search, there.intersection(register.work.owners(process)))


def balance(facts: Facts, finding: Finding) -> Facts:
    """Somebody from the front office is on the team; or people from other units are, and where there are too few of them, some seats of
    the one unit are freed."""
    if finding.subject.kind == "unit":
        return _balanced(facts, finding.subject.id)
    front = Register(facts).organization.front
    person = min(front, default="front-desk")
    if not front:
        facts = with_rows(facts, "people", Person(person, "Somebody new at the front desk", front_office=True))
    unit = Register(facts).organization.business_unit_of[person]
    facts = invited(facts, [person])
    return _balanced(facts, unit) if unit else facts


def _balanced(facts: Facts, unit: str) -> Facts:
    """The facts with no more than the share of the team from one unit."""
    register = Register(facts)
    units, team = register.organization.business_unit_of, register.participation.team
    own = [one for one in team if units.get(one) == unit]
    asked = max(ceil(len(own) / SHARE) - len(team), 0)
    more = _mixed(register, {one for one, place in units.items() if place not in (unit, None)} - team)[:asked]
    if not more and len(own) == len(team):
        return facts  # there is one unit only
    room = max(floor(SHARE / (1 - SHARE) * (len(team) - len(own) + len(more)) + 1e-9), 1)
    front = register.organization.front
    free = frozenset(sorted(own, key=lambda one: (one not in front, one))[room:])
    facts = replaced(facts, "seats", Seat, lambda row: None if row.person in free else row)
    facts = replaced(facts, "team", Member, lambda row: None if row.person in free else row)
    return invited(facts, more)


def _mixed(register: Register, people: Iterable[str]) -> list[str]:
    """People in an order in which those of one unit stand as far apart as they can: the first of each unit, the second of each, …"""
    seen, order = Counter[str | None](), list[tuple[int, str]]()
    for one in sorted(people):
        unit = register.organization.business_unit_of.get(one)
        order.append((seen[unit], one))
        seen[unit] += 1
    return [one for _, one in sorted(order)]


def agree_and_meet(facts: Facts, finding: Finding) -> Facts:
    """Consent, hours and the manager's agreement are there, and they were in a session on the day."""

    def agreed(row: Seat) -> Seat:
        is_meant = f"{row.solution}/{row.person}" == finding.subject.id
        return (
            row._replace(consent=True, hours_per_week=row.hours_per_week or HOURS, manager_agreed=True)
            if is_meant
            else row
        )

    meant = {(row.solution, row.person) for row in Register(facts).participation.seats}
    search, person = next(key for key in meant if "/".join(key) == finding.subject.id)
    return with_rows(
        replaced(facts, "seats", Seat, agreed), "takes_part", TakesPart(search, person, facts.as_of, "session")
    )
