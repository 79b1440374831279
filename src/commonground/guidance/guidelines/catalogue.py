"""What a guideline is, and the catalogue that holds them all."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from commonground.analysis.facts import ROWS, Facts
from commonground.analysis.register import Register

Severity = Literal["error", "warn", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warn", "note")
Parameters = Mapping[str, float]


class Subject(NamedTuple):
    """The thing, cell, program or office that a finding is about; with the code it is the finding's key."""

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True, slots=True)
class Found:
    """What a check reports. `do` replaces the guideline's own proposal where the facts allow a better one."""

    subject: Subject
    what: str
    where: str
    evidence: str
    do: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding, complete: what is missing, where, why it matters, how we know, and what could be done."""

    code: str
    severity: Severity
    subject: Subject
    what: str
    where: str
    why: str
    evidence: str
    do: str


class NotEnoughDataError(Exception):
    """A check cannot answer, because a column that it rests on was never filled in. Names it as `table.column`."""

    def __init__(self, missing: str) -> None:
        super().__init__(f"Not checked: nothing is recorded in {missing}.")
        self.missing = missing


Check = Callable[[Register, Parameters], Iterable[Found]]
Remedy = Callable[[Facts, Finding], Facts]
"""The facts as they would be once the finding is ended: it is gone, and no other of the same code has come."""


@dataclass(frozen=True)
class Guideline:
    """An executable check (GLOSSARY: guideline).

    needs: tables without which it is not checked. empty_means_none: tables whose absence means that nothing is recorded yet.
    also_reads: further tables that it uses when they are there. The check reads no other table: a rerun trusts that.
    remedy: what ends a finding, for tests and examples; every guideline that comes with the product has one.
    """

    code: str
    statement: str
    why: str
    source: str
    severity: Severity
    check: Check
    do: str
    needs: tuple[str, ...]
    empty_means_none: tuple[str, ...] = ()
    also_reads: tuple[str, ...] = ()
    parameters: Parameters = field(default_factory=dict)
    remedy: Remedy | None = None

    @property
    def practice(self) -> str:
        return self.code.partition("-")[0]

    @property
    def is_built_in(self) -> bool:
        """Whether it comes with the product; else it is an organization's own."""
        return self.check.__module__.startswith(f"{__package__}.")

    @property
    def tables(self) -> frozenset[str]:
        """Every table that the answer can depend on."""
        return frozenset((*self.needs, *self.empty_means_none, *self.also_reads))

    def findings(self, register: Register, parameters: Parameters | None = None) -> list[Finding]:
        """The findings of this guideline over one register, in the order of their subjects.

        parameters: values that replace the defaults. Raises ValueError for a name that the guideline does not have, and
        NotEnoughDataError where a column it rests on is empty throughout.
        """
        unknown = sorted(set(parameters or ()) - set(self.parameters))
        if unknown:
            has = ", ".join(self.parameters) or "none"
            raise ValueError(f"{self.code} has no parameter {unknown[0]}. Its parameters: {has}.")
        found = self.check(register, {**self.parameters, **(parameters or {})})
        return sorted((self._finding(one) for one in found), key=lambda finding: finding.subject)

    def _finding(self, one: Found) -> Finding:
        do = one.do or self.do
        return Finding(self.code, self.severity, one.subject, one.what, one.where, self.why, one.evidence, do)


CATALOGUE: dict[str, Guideline] = {}


def guideline(  # noqa: PLR0913 - one keyword for each thing that a guideline states
    code: str,
    statement: str,
    *,
    severity: Severity,
    why: str,
    source: str,
    do: str,
    needs: tuple[str, ...],
    empty_means_none: tuple[str, ...] = (),
    also_reads: tuple[str, ...] = (),
    parameters: Parameters | None = None,
    remedy: Remedy | None = None,
) -> Callable[[Check], Check]:
    """Enters a check into the catalogue. Plug-ins use the same decorator.

    The check gets a register and the parameters, and yields `Found`. Raises ValueError for a code that is taken or a table that
    does not exist.
    """

    def enter(check: Check) -> Check:
        given = parameters or {}
        one = Guideline(
            code, statement, why, source, severity, check, do, needs, empty_means_none, also_reads, given, remedy
        )
        if code in CATALOGUE:
            raise ValueError(f"{code} is in the catalogue already. Choose another code: a number is never used twice.")
        unknown = sorted(one.tables - ROWS.keys())
        if unknown:
            raise ValueError(f"{code} reads the table {unknown[0]}, which does not exist. Tables: {', '.join(ROWS)}.")
        CATALOGUE[code] = one
        return check

    return enter
