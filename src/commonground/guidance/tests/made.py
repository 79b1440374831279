"""Small tables made by hand, for the tests of guidelines. The day is 21 November 2026."""

from collections.abc import Sequence
from datetime import date

from commonground.analysis.facts import Facts, Person, Process, Role, Row, Seat, Solution, TakesPart
from commonground.guidance.guidelines import Finding, run

DAY = date(2026, 11, 21)


def facts(*, as_of: date = DAY, **tables: Sequence[Row]) -> Facts:
    return Facts(tables, as_of)


def crowd(number: int, unit: str = "Billing", prefix: str = "x", **fields: object) -> list[Person]:
    """So many people of one unit: x0, x1, …"""
    return [Person(f"{prefix}{i}", f"Person {prefix}{i}", unit, **fields) for i in range(number)]


def found(code: str, given: Facts, **parameters: float) -> list[Finding]:
    """The findings of one guideline, which must have been checked."""
    report = run(given, select=[code], parameters={code: parameters})
    assert report.checked == (code,), f"{code} was not checked: {report.not_checked}"
    return list(report.findings)


def subjects(code: str, given: Facts, **parameters: float) -> list[str]:
    return [str(finding.subject) for finding in found(code, given, **parameters)]


def move_in(*seats: Seat, parts: Sequence[TakesPart] = (), fate: str = "move") -> Facts:
    """Dieter answers for Open the account in Billing, Mei does it; it moves. One solution is searched for its workflow."""
    return facts(
        people=[
            Person("dieter", "Dieter Hahn", "Billing", role="head", level="manager"),
            Person("mei", "Mei Chua", "Billing", manager="dieter", role="clerk", level="staff", front_office=True),
        ],
        processes=[Process("p1", "Open the account", "Billing", ("dieter",), "Move in", fate, "Contact centre")],
        does=[],
        solutions=[Solution("s1", "Move in")],
        seats=seats,
        takes_part=parts,
    )


def role(fate: str = "change", **fields: object) -> Role:
    return Role("clerk", "Clerk", fate=fate, **fields)
