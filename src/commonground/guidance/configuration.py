"""`commonground.toml`: what a folder of sheets is checked with, what is suppressed there, why and until when. Pure but for reading it."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from commonground.guidance.guidelines import CATALOGUE, Finding, Report

NAME: Final = "commonground.toml"
KEYS: Final = ("as_of", "select", "ignore", "parameters", "units", "suppress")
OF_SUPPRESSION: Final = ("code", "subject", "reason", "until")
Values = Mapping[str, Mapping[str, float]]
"""Code → name of a parameter → value."""


@dataclass(frozen=True, slots=True)
class Suppression:
    """One finding that is known and left alone for now. subject: as `kind:id`; until: the day on which it counts again."""

    code: str
    subject: str
    reason: str
    until: date

    def fits(self, finding: Finding) -> bool:
        return (finding.code, str(finding.subject)) == (self.code, self.subject)

    def __str__(self) -> str:
        return f"{self.code} {self.subject}"


@dataclass(frozen=True, slots=True)
class Configuration:
    """What a file says. units: unit, as id or name → values of its own; file: its name, for sentences."""

    file: str = NAME
    as_of: date | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    parameters: Values = field(default_factory=dict)
    units: Mapping[str, Values] = field(default_factory=dict)
    suppress: tuple[Suppression, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """A report without what is suppressed. suppressed: what was left out, and by which; expired: those whose day has come, so that they
    leave nothing out; unused: those that fit no finding, though their guideline was checked."""

    report: Report
    suppressed: tuple[tuple[Suppression, Finding], ...] = ()
    expired: tuple[Suppression, ...] = ()
    unused: tuple[Suppression, ...] = ()


def configuration_for(sheets: Path, named: Path | None = None) -> Configuration:
    """The configuration of a folder of sheets or of a workbook: the file that is named, else `commonground.toml` beside the sheets, else
    nothing. Raises ValueError, one sentence, for a file that cannot be read or says what cannot be meant."""
    path = named or (sheets if sheets.is_dir() else sheets.parent) / NAME
    if named is None and not path.is_file():
        return Configuration()
    try:
        return read(path.read_text("utf-8"), path.name)
    except OSError as error:
        raise ValueError(f"{path} cannot be read: {error.strerror or error}.") from error


def read(text: str, file: str = NAME) -> Configuration:
    """What a text in TOML says. Raises ValueError, one sentence that names the place, for what cannot be meant."""
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{file} is not TOML: {error}.") from error
    unknown = sorted(given.keys() - set(KEYS))
    if unknown:
        raise ValueError(f"{file} has no key {unknown[0]}. Its keys: {', '.join(KEYS)}.")
    as_of = given.get("as_of")
    if as_of is not None and type(as_of) is not date:
        raise ValueError(f"{file}: as_of is no day. Write it without quotes, such as as_of = 2026-11-30.")
    units = _table(given.get("units", {}), f"{file}: units")
    return Configuration(
        file,
        as_of,
        _words(given.get("select", []), f"{file}: select"),
        _words(given.get("ignore", []), f"{file}: ignore"),
        _values(given.get("parameters", {}), f"{file}: parameters"),
        {unit: _values(values, f"{file}: units.{unit}") for unit, values in units.items()},
        _suppressions(given.get("suppress", []), file),
    )


def _words(given: Any, where: str) -> tuple[str, ...]:
    if not isinstance(given, list) or not all(isinstance(word, str) for word in given):
        raise ValueError(f'{where} is no list of codes. Write it as ["MNGR", "PROC-01"].')
    return tuple(given)


def _table(given: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(given, dict):
        raise ValueError(f"{where} is no table. Write it under a heading in square brackets.")
    return given


def _values(given: Any, where: str) -> Values:
    found: dict[str, dict[str, float]] = {}
    for code, values in _table(given, where).items():
        if code not in CATALOGUE:
            raise ValueError(f"{where}: no guideline is called {code}. `commonground check --list` shows them all.")
        for name, value in _table(values, f"{where}.{code}").items():
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise ValueError(f"{where}.{code}.{name} is no number.")
            if name not in CATALOGUE[code].parameters:
                has = ", ".join(CATALOGUE[code].parameters) or "none"
                raise ValueError(f"{where}: {code} has no parameter {name}. Its parameters: {has}.")
            found.setdefault(code, {})[name] = float(value)
    return found


def _suppressions(given: Any, file: str) -> tuple[Suppression, ...]:
    if not isinstance(given, list):
        raise ValueError(f"{file}: suppress is no list. Write each under [[suppress]].")
    return tuple(_suppression(_table(one, f"{file}: suppress"), file, at) for at, one in enumerate(given, start=1))


def _suppression(given: Mapping[str, Any], file: str, at: int) -> Suppression:
    code, subject = str(given.get("code", "")).strip(), str(given.get("subject", "")).strip()
    name = f"{file}: suppression {at}" + (f" ({' '.join(filter(None, (code, subject)))})" if code or subject else "")
    unknown = sorted(given.keys() - set(OF_SUPPRESSION))
    if unknown:
        raise ValueError(f"{name} has no key {unknown[0]}. Its keys: {', '.join(OF_SUPPRESSION)}.")
    if code not in CATALOGUE:
        raise ValueError(
            f"{name} names no guideline. Give a code such as PROC-01; `commonground check --list` shows them."
        )
    if ":" not in subject:
        raise ValueError(f"{name} names no subject. Copy it from `commonground check --json`, such as process:P7.")
    reason, until = str(given.get("reason", "")).strip(), given.get("until")
    if not reason:
        raise ValueError(f"{name} gives no reason. Say in a sentence why it is left alone, so that others can agree.")
    if type(until) is not date:
        raise ValueError(f"{name} has no day on which it ends. Add until = 2027-03-31, without quotes.")
    return Suppression(code, subject, reason, until)


def suppressed(report: Report, given: Sequence[Suppression], day: date) -> Answer:
    """A report without the findings that are suppressed on a day; which were, and which suppressions have run out or fit nothing."""
    running = [one for one in given if one.until > day]
    by = {id(found): one for found in report.findings for one in running if one.fits(found)}
    left_out = tuple((by[id(found)], found) for found in report.findings if id(found) in by)
    used = {one for one, _ in left_out}
    return Answer(
        replace(report, findings=tuple(found for found in report.findings if id(found) not in by)),
        left_out,
        tuple(one for one in given if one.until <= day),
        tuple(one for one in running if one not in used and one.code in report.checked),
    )
