"""Runs guidelines over facts: the findings, what was checked, and what could not be for want of data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from commonground.analysis.facts import Facts
from commonground.analysis.register import Register
from commonground.guidance.guidelines.by_unit import findings_by_unit
from commonground.guidance.guidelines.catalogue import (
    CATALOGUE,
    SEVERITIES,
    Finding,
    Guideline,
    NotEnoughDataError,
    Parameters,
)
from commonground.guidance.guidelines.places import Places


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
    of_units: Mapping[str, Mapping[str, Parameters]] | None = None,
) -> Report:
    """Checks the facts against the chosen guidelines.

    parameters: code → name → value, replacing defaults. of_units: unit → the same, for it and those below it, replacing these. Raises
    ValueError for codes, names and units that do not exist.
    """
    own, register = parameters or {}, Register(facts)
    by_unit = _by_code(Places(register), of_units or {})
    unknown = sorted({*own, *by_unit} - CATALOGUE.keys())
    if unknown:
        raise ValueError(f"No guideline is called {unknown[0]}. `commonground check --list` shows them all.")
    findings: list[Finding] = []
    not_checked, checked = list[NotChecked](), list[str]()
    for one in chosen(select, ignore):
        missing = tuple(table for table in one.needs if not facts.has(table))
        try:
            if not missing:
                findings += findings_by_unit(one, register, own.get(one.code, {}), by_unit.get(one.code, {}))
        except NotEnoughDataError as error:
            missing = (error.missing,)
        if missing:
            not_checked.append(NotChecked(one.code, missing))
        else:
            checked.append(one.code)
    findings.sort(key=lambda finding: (SEVERITIES.index(finding.severity), finding.code, finding.subject))
    return Report(tuple(findings), tuple(not_checked), tuple(checked))


def _by_code(places: Places, of_units: Mapping[str, Mapping[str, Parameters]]) -> dict[str, dict[str, Parameters]]:
    """Code → unit → values."""
    found: dict[str, dict[str, Parameters]] = {}
    for word, values in of_units.items():
        unit = places.unit_called(word)
        for code, own in values.items():
            found.setdefault(code, {})[unit] = own
    return found


def narrowed(report: Report, facts: Facts, unit: str) -> Report:
    """A report with the findings of one unit, given by id or name, and of those below it alone.

    Raises ValueError where no unit, or more than one, is called so.
    """
    places = Places(Register(facts))
    inside = places.unit_called(unit)
    return replace(report, findings=tuple(one for one in report.findings if inside in places.upwards(one.subject)))
