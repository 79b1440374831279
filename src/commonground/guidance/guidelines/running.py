"""Runs guidelines over facts: the findings, what was checked, and what could not be for want of data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from commonground.analysis.facts import Facts
from commonground.analysis.register import Register
from commonground.guidance.guidelines.catalogue import (
    CATALOGUE,
    SEVERITIES,
    Finding,
    Guideline,
    NotEnoughDataError,
    Parameters,
)


@dataclass(frozen=True, slots=True)
class NotChecked:
    """A guideline that could not answer, and the tables (or `table.column`) that are missing for it. It is not a finding."""

    code: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What a run answers. findings: by severity, code, subject. checked: the codes that ran to their end."""

    findings: tuple[Finding, ...]
    not_checked: tuple[NotChecked, ...]
    checked: tuple[str, ...]

    def count(self, severity: str) -> int:
        return sum(1 for finding in self.findings if finding.severity == severity)


def chosen(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> tuple[Guideline, ...]:
    """The guidelines whose code, or beginning of a code (`MNGR`), is selected and not ignored; all where nothing is selected.

    Raises ValueError for a word that fits no code.
    """
    wanted, unwanted = [word.upper() for word in select], [word.upper() for word in ignore]
    for word in (*wanted, *unwanted):
        if not any(_fits(code, word) for code in CATALOGUE):
            raise ValueError(f"No guideline is called {word}. `commonground check --list` shows them all.")
    return tuple(
        CATALOGUE[code]
        for code in sorted(CATALOGUE)
        if (not wanted or any(_fits(code, word) for word in wanted)) and not any(_fits(code, word) for word in unwanted)
    )


def _fits(code: str, word: str) -> bool:
    return code == word or code.partition("-")[0] == word.rstrip("-")


def parameters_from(words: Iterable[str]) -> dict[str, dict[str, float]]:
    """Reads `CODE.name=value` as the parameters of a run. Raises ValueError, one sentence, for any other text."""
    found: dict[str, dict[str, float]] = {}
    for word in words:
        name, _, value = word.partition("=")
        code, _, parameter = name.strip().partition(".")
        try:
            found.setdefault(code.upper(), {})[parameter.strip()] = float(value)
        except ValueError as error:
            raise ValueError(
                f"{word} sets no parameter. Write it as CODE.name=number, such as OWN-01.share=0.2."
            ) from error
    return found


def run(
    facts: Facts,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    parameters: Mapping[str, Parameters] | None = None,
) -> Report:
    """Checks the facts against the chosen guidelines.

    parameters: code → name → value, replacing defaults. Raises ValueError for codes and names that do not exist.
    """
    own = parameters or {}
    unknown = sorted(set(own) - CATALOGUE.keys())
    if unknown:
        raise ValueError(f"No guideline is called {unknown[0]}. `commonground check --list` shows them all.")
    register = Register(facts)
    findings: list[Finding] = []
    not_checked, checked = list[NotChecked](), list[str]()
    for one in chosen(select, ignore):
        missing = tuple(table for table in one.needs if not facts.has(table))
        try:
            if not missing:
                findings += one.findings(register, own.get(one.code))
        except NotEnoughDataError as error:
            missing = (error.missing,)
        if missing:
            not_checked.append(NotChecked(one.code, missing))
        else:
            checked.append(one.code)
    findings.sort(key=lambda finding: (SEVERITIES.index(finding.severity), finding.code, finding.subject))
    return Report(tuple(findings), tuple(not_checked), tuple(checked))
