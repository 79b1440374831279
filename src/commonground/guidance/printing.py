"""How a report of findings is printed: as a linter prints for people, as JSON or CSV for programs (FORMATS: check)."""

import csv
import io
import json
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

from rich.console import Console
from rich.text import Text

from commonground.analysis.facts import Facts
from commonground.analysis.tables import TABLES
from commonground.guidance.configuration import Answer, Suppression
from commonground.guidance.guidelines import SEVERITIES, Finding, Guideline, Report, Severity
from commonground.guidance.guidelines.wording import counted, spelled

MARKS: dict[Severity, str] = {"error": "▲", "warn": "◆", "note": "○"}
PLAIN_MARKS: dict[Severity, str] = {"error": "!", "warn": "*", "note": "-"}
STYLES: dict[Severity, str] = {"error": "bold red", "warn": "yellow", "note": "cyan"}
HEADINGS: dict[Severity, str] = {"error": "To act on", "warn": "To watch", "note": "Notes"}
FIELDS = ("code", "severity", "subject", "what", "where", "why", "evidence", "do")
WIDEST = 110
SHOWN_PROBLEMS = 8
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Problem(Protocol):
    """What printing needs to know of a problem in a sheet."""

    @property
    def file(self) -> str: ...
    @property
    def row(self) -> int | None: ...
    @property
    def column(self) -> str | None: ...
    @property
    def why(self) -> str: ...
    @property
    def remedy(self) -> str: ...
    @property
    def severity(self) -> str: ...


def as_json(answer: Answer, as_of: date, unit: str | None = None) -> str:
    """One JSON object with the promised keys `findings`, `not_checked`, `checked`, the day, and what was suppressed.

    unit: the one that was asked about; None for all of them.
    """
    report = answer.report
    return json.dumps(
        {
            "as_of": as_of.isoformat(),
            **({"unit": unit} if unit else {}),
            "findings": [_row(finding) for finding in report.findings],
            "not_checked": [{"code": one.code, "missing": list(one.missing)} for one in report.not_checked],
            "checked": list(report.checked),
            "suppressed": [
                _row(found) | {"reason": one.reason, "until": one.until.isoformat()} for one, found in answer.suppressed
            ],
            "suppressions_expired": [_suppression(one) for one in answer.expired],
            "suppressions_unused": [_suppression(one) for one in answer.unused],
        },
        ensure_ascii=False,
        indent=2,
    )


def _suppression(one: Suppression) -> dict[str, str]:
    return {"code": one.code, "subject": one.subject, "reason": one.reason, "until": one.until.isoformat()}


def as_csv(report: Report) -> str:
    """One line a finding. A text that a spreadsheet would run as a formula gets an apostrophe in front."""
    return _csv(FIELDS, (_row(finding) for finding in report.findings))


def _csv(names: Sequence[str], rows: Iterable[dict[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, names, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: f"'{text}" if text.startswith(FORMULA) else text for name, text in row.items()})
    return out.getvalue()


def _row(finding: Finding) -> dict[str, str]:
    return {name: str(getattr(finding, name)) for name in FIELDS}


def catalogue_as_json(guidelines: Iterable[Guideline]) -> str:
    """Every guideline with what it states, needs and can be told, under the key `guidelines` (FORMATS: check --list --json)."""
    names = ("code", "statement", "why", "source", "severity", "do")
    return json.dumps(
        {
            "guidelines": [
                {name: getattr(one, name) for name in names}
                | {
                    "parameters": dict(one.parameters),
                    "needs": list(one.needs),
                    "empty_means_none": list(one.empty_means_none),
                    "also_reads": list(one.also_reads),
                }
                for one in guidelines
            ]
        },
        ensure_ascii=False,
        indent=2,
    )


def catalogue_as_csv(guidelines: Iterable[Guideline]) -> str:
    """Every guideline as one line: code, severity, statement and the sheets it needs."""
    names = ("code", "severity", "statement", "needs")
    return _csv(
        names,
        (
            {"code": g.code, "severity": g.severity, "statement": g.statement, "needs": " ".join(g.needs)}
            for g in guidelines
        ),
    )


class Printer:
    """Prints for a person: wrapped and coloured on a terminal, one line a sentence and plain where the output goes elsewhere."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.width = min(console.width, WIDEST) if console.is_terminal else None
        self.marks = MARKS if _can_print("".join(MARKS.values()) + "→…", console.encoding) else PLAIN_MARKS
        self.arrow = "→" if self.marks is MARKS else "->"

    def catalogue(self, guidelines: Sequence[Guideline]) -> None:
        """The list of guidelines: code, statement, and what it reads."""
        for one in guidelines:
            parameters = ", ".join(f"{name} {value:g}" for name, value in one.parameters.items())
            needs = f"needs {', '.join(one.needs)}" + (f" · {parameters}" if parameters else "")
            self._paragraph(one.severity, one.code, one.statement, [needs])
        self._line(
            f"\n{counted(len(guidelines), 'guideline')}. `--list --json` gives their reasons and sources.", "dim"
        )

    def answer(self, answer: Answer, facts: Facts, unit: str | None = None) -> None:
        """Findings by severity, the summary, what was suppressed, then which sheets would let more be checked.

        unit: the one that was asked about; None for all of them.
        """
        report = answer.report
        for severity in SEVERITIES:
            findings = [finding for finding in report.findings if finding.severity == severity]
            if findings:
                self._line(f"{HEADINGS[severity]} ({len(findings):,})\n", "bold")
            for finding in findings:
                rest = [finding.where, finding.evidence, f"{self.arrow} {finding.do}"]
                self._paragraph(severity, finding.code, finding.what, rest)
                self._line("")
        self._line(summary(report, facts), "bold" if report.findings else "bold green")
        if unit:
            self._line(
                f"Shown is what belongs to {unit} or a unit below it; what concerns several units is left out.", "dim"
            )
        self._suppressions(answer)
        self._unlocks(waiting(report))

    def _suppressions(self, answer: Answer) -> None:
        """What was left out and why, and which suppressions are to be looked at again."""
        for heading, lines in (
            ("Suppressed", [f"{one}: {one.reason} Until {spelled(one.until)}." for one, _ in answer.suppressed]),
            ("No longer suppressed", [f"{one}: its day was {spelled(one.until)}." for one in answer.expired]),
            ("Suppressed for nothing", [f"{one}: nothing of the kind is found; take it out." for one in answer.unused]),
        ):
            if lines:
                self._line(f"\n{heading} ({len(lines):,})")
            for line in lines:
                self._line(f"  {line}", "dim")

    def problems(self, problems: Sequence[Problem]) -> None:
        """What the sheets themselves need, briefly: rows kept out first, then doubtful values; alike ones in one line."""
        alike: dict[tuple[bool, str, str | None, str], list[Problem]] = {}
        for problem in problems:
            key = (problem.severity != "error", problem.file, problem.column, problem.remedy)
            alike.setdefault(key, []).append(problem)
        groups = sorted(alike.items(), key=lambda item: item[0][0])
        for (doubtful, *_), group in groups[:SHOWN_PROBLEMS]:
            self._line(_problem(group), "dim" if doubtful else "")
        left = sum(len(group) for _, group in groups[SHOWN_PROBLEMS:])
        if left:
            self._line(f"… and {left:,} more in the sheets.", "dim")
        if groups:
            self._line("")

    def _paragraph(self, severity: Severity, code: str, sentence: str, rest: Sequence[str]) -> None:
        """The mark, the code and a sentence; the rest beneath, indented under the sentence."""
        indent = " " * (len(code) + 4)
        first, *more = self._wrapped(sentence, len(indent))
        head = Text.assemble((f"{self.marks[severity]} ", STYLES[severity]), (code, "bold"), "  ", first)
        self._print(head)
        for line in more:
            self._print(Text(indent + line))
        for text in rest:
            acts = text.startswith(self.arrow)
            for place, line in enumerate(self._wrapped(text, len(indent) + 2)):
                hanging = "  " if acts and place else ""
                self._print(Text(indent + hanging + line, style="green" if acts else "dim"))

    def _unlocks(self, missing: Mapping[str, Sequence[str]]) -> None:
        """Which sheets to add, for which guidelines, and what stands in them."""
        if not missing:
            return
        self._line("\nTo check more, add:", "")
        widest = max(map(len, missing)) + 4
        for name, codes in missing.items():
            self._print(Text.assemble((f"  {name:<{widest - 2}}", "bold"), (", ".join(codes), "")))
            for line in self._wrapped(_columns(name), widest):
                self._line(" " * widest + line, "dim")

    def _wrapped(self, text: str, indent: int) -> list[str]:
        if self.width is None:
            return [text]
        return textwrap.wrap(text, max(self.width - indent, 30), break_long_words=False, break_on_hyphens=False) or [""]

    def _line(self, text: str, style: str = "") -> None:
        self._print(Text(text, style=style))

    def _print(self, text: Text) -> None:
        if self.marks is PLAIN_MARKS:  # an output that cannot hold every letter gets a question mark, not a traceback
            text.plain = text.plain.encode(self.console.encoding, "replace").decode(self.console.encoding)
        self.console.print(text, soft_wrap=self.width is None, highlight=False)


def _problem(alike: Sequence[Problem]) -> str:
    """The first of some like problems in a line, with how many more there are."""
    first = alike[0]
    at = ", ".join(filter(None, [first.file, f"row {first.row}" if first.row else "", first.column]))
    more = f" ({counted(len(alike) - 1, 'more row')} like it.)" if len(alike) > 1 else ""
    return f"{at}: {first.why} {first.remedy}{more}"


def _can_print(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def summary(report: Report, facts: Facts) -> str:
    """The last word in a sentence: how many findings, what was checked over how much, what was not."""
    kinds = [
        f"{report.count('error'):,} to act on" if report.count("error") else "",
        f"{report.count('warn'):,} to watch" if report.count("warn") else "",
        counted(report.count("note"), "note") if report.count("note") else "",
    ]
    found = (
        f"{counted(len(report.findings), 'finding')}: {', '.join(filter(None, kinds))}"
        if report.findings
        else "Nothing found"
    )
    people = len({getattr(row, "id", "") for row in facts.rows("people")})
    over = f" over {counted(people, 'person', 'people')}" if people else ""
    over += f" and {counted(len(facts.rows('processes')), 'process', 'processes')}" if facts.has("processes") else ""
    checked = f"{counted(len(report.checked), 'guideline')} checked{over}"
    left = f"; {len(report.not_checked)} not checked for want of data" if report.not_checked else ""
    return f"{found}; {checked}{left}."


def waiting(report: Report) -> dict[str, list[str]]:
    """Missing table, or `table.column` → the guidelines that wait for it; the one that most wait for first."""
    found: dict[str, list[str]] = {}
    for one in report.not_checked:
        for missing in one.missing:
            found.setdefault(missing, []).append(one.code)
    return {name: sorted(found[name]) for name in sorted(found, key=lambda name: (-len(found[name]), name))}


def _columns(missing: str) -> str:
    """What to fill in: the columns of a sheet, those it cannot do without first; or one column of a sheet that is there."""
    table, _, column = missing.partition(".")
    if column:
        return f"the column {column} of the sheet {table}"
    needed = [one.header for one in TABLES[table].columns if one.needed]
    further = [one.header for one in TABLES[table].columns if not one.needed]
    return ", ".join(needed) + (f"; {', '.join(further)}" if further else "")
