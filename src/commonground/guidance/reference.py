"""Writes the reference of the guidelines from the catalogue, a page for each and an index: `python -m commonground.reference`."""

import inspect
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from rich.console import Console

from commonground.guidance.configuration import Answer
from commonground.guidance.guidelines import CATALOGUE, Guideline, run
from commonground.guidance.guidelines.examples import EXAMPLES, passing
from commonground.guidance.guidelines.examples.showing import Sheet, changed, sheets
from commonground.guidance.guidelines.meanings import meaning
from commonground.guidance.parts import PRACTICES
from commonground.guidance.printing import Printer

FOLDER = Path(__file__).parents[3] / "docs" / "reference"
PAGE = FOLDER / "guidelines.md"
WORDS = {"error": "act now", "warn": "watch", "note": "note"}
HEAD = """# Guidelines

Each guideline is a check over the facts. `commonground check FOLDER` runs them over plain sheets, the findings page over a program's
own data. Each has a page with what it needs, its parameters, an example that fails and what ends it. How to set parameters and to leave
a finding alone for a while: [Configuration](configuration.md). These pages are made from the catalogue.
"""


def pages() -> Mapping[Path, Callable[[], str]]:
    """Where each page stands, and what makes it."""
    of_each = {FOLDER / "guidelines" / f"{one.code}.md": partial(page_of, one) for one in built_in()}
    return {PAGE: page, **of_each}


def page() -> str:
    """The index as Markdown, in the order of codes. An organization's own guidelines are not part of it."""
    practices: dict[str, list[Guideline]] = {}
    for one in built_in():
        practices.setdefault(one.practice, []).append(one)
    return "\n".join([HEAD, *(_practice(code, inside) for code, inside in practices.items())])


def built_in() -> list[Guideline]:
    """The guidelines that come with the product, in the order of codes."""
    return [one for _, one in sorted(CATALOGUE.items()) if one.is_built_in]


def _practice(code: str, inside: Sequence[Guideline]) -> str:
    rows = [f"| [{one.code}](guidelines/{one.code}.md) | {one.statement} | {one.severity} |" for one in inside]
    return "\n".join(
        [f"## {code}: {PRACTICES.get(code, code)}\n", "| code | statement | severity |", "|---|---|---|", *rows, ""]
    )


def page_of(one: Guideline) -> str:
    """The page of one guideline as Markdown."""
    return "\n".join([*_states(one), *_parameters(one), *_example(one)])


def _states(one: Guideline) -> Iterator[str]:
    yield f"# {one.code}\n"
    yield f"**{one.statement}**\n"
    yield f"{one.why}\n"
    yield f"- severity: {one.severity} ({WORDS[one.severity]})"
    yield f"- proposes: {one.do}"
    yield f"- needs: {', '.join(one.needs)}; where one is absent, the answer is “not checked”"
    if one.empty_means_none:
        yield f"- read as none when absent: {', '.join(one.empty_means_none)}"
    if one.also_reads:
        yield f"- also reads: {', '.join(one.also_reads)}"
    yield f"- source: {one.source.strip()}\n"


def _parameters(one: Guideline) -> Iterator[str]:
    if one.parameters:
        yield "## Parameters\n"
        yield "| name | default | meaning |\n|---|---|---|"
        yield from (f"| `{name}` | {value:g} | {meaning(one, name)} |" for name, value in one.parameters.items())
        first, value = next(iter(one.parameters.items()))
        yield f"\nSet one with `--set {one.code}.{first}={value:g}`, or in [the configuration](../configuration.md).\n"


def _example(one: Guideline) -> Iterator[str]:
    if one.code not in EXAMPLES:
        return
    before, after = EXAMPLES[one.code], passing(one.code)
    yield f"## An example that fails\n\nAsked about {before.as_of.isoformat()}.\n"
    yield from map(_as_table, sheets(before))
    yield f"`check --select {one.code}` says:\n"
    yield f"```text\n{_printed(one)}\n```\n"
    yield f"## What ends it\n\n{ended_by(one)}\n"
    yield from map(_as_table, changed(before, after))


def ended_by(one: Guideline) -> str:
    """What ends a finding, in a sentence; empty for a guideline that does not say."""
    return " ".join((inspect.getdoc(one.remedy) or "").split()) if one.remedy else ""


def _printed(one: Guideline) -> str:
    """The finding of an example as `check` prints it."""
    facts, out = EXAMPLES[one.code], io.StringIO()
    Printer(Console(file=out)).answer(Answer(run(facts, select=[one.code])), facts)
    lines = out.getvalue().splitlines()
    return "\n".join(lines[2 : lines.index("", 2)])


def _as_table(sheet: Sheet) -> str:
    if not sheet.rows:
        return f"`{sheet.name}`: {sheet.note}\n"
    lines = [sheet.headers, ["---"] * len(sheet.headers), *sheet.rows]
    more = [f"\n… and {sheet.more} more like these"] if sheet.more else []
    return "\n".join([f"`{sheet.name}`\n", *(f"| {' | '.join(cells)} |" for cells in lines), *more, ""])
