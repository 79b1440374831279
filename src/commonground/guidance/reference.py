"""Writes the reference page of the guidelines from the catalogue: `python -m commonground.reference`."""

from pathlib import Path

from commonground.guidance.guidelines import CATALOGUE, Guideline

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "guidelines.md"
WORDS = {"error": "act now", "warn": "watch", "note": "note"}
HEAD = """# Guidelines

Each guideline is a check over the facts. `commonground check FOLDER` runs them over plain sheets, the findings page over a program's
own data. Where a sheet that one needs is absent, the answer is "not checked"; a sheet under *read as none* means that nothing is
recorded yet. A parameter is set with `--set CODE.NAME=VALUE`. This page is made from the catalogue.
"""


def page() -> str:
    """The page as Markdown, in the order of codes. An organization's own guidelines are not part of it."""
    return "\n".join([HEAD, *(_entry(one) for one in built_in())])


def built_in() -> list[Guideline]:
    """The guidelines that come with the product, in the order of codes."""
    return [one for _, one in sorted(CATALOGUE.items()) if one.is_built_in]


def _entry(one: Guideline) -> str:
    lines = [
        f"## {one.code}\n",
        f"**{one.statement}**\n",
        f"{one.why}\n",
        f"- severity: {one.severity} ({WORDS[one.severity]})",
        f"- proposes: {one.do}",
        f"- needs: {', '.join(one.needs)}",
    ]
    if one.empty_means_none:
        lines.append(f"- read as none when absent: {', '.join(one.empty_means_none)}")
    if one.also_reads:
        lines.append(f"- also reads: {', '.join(one.also_reads)}")
    if one.parameters:
        lines.append(f"- parameters: {', '.join(f'`{name}` {value:g}' for name, value in one.parameters.items())}")
    return "\n".join([*lines, f"- source: {one.source}", ""])
