"""Writes the reference page of gates, with its diagram, from the table of moves and the criteria: `python -m commonground.reference`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from commonground.access.policy import VERBS
from commonground.access.roles import LABELS
from commonground.analysis.facts.phases import PHASES
from commonground.analysis.plan.criteria import CRITERIA, KINDS, YES, Criterion, wanted_said
from commonground.analysis.plan.gates import DECIDES, MOVES, PREPARES, STATES, diagram, leads_to

PAGE: Final = Path(__file__).parents[3] / "docs" / "reference" / "gates.md"
HEAD: Final = """# Gates

At the end of each phase stands a gate, for the whole and for each unit with phases of its own. It asks two things apart: what is meant, and
what is real. Each question is answered by a number that the product has, or by evidence that somebody files; a number that there is enough
data for is not overruled by what is filed. There is no sum and no mark for the whole. This page is made from the table that the verbs take.
"""


def page() -> str:
    """The page as Markdown."""
    return "\n".join([HEAD, *_gates(), *_states(), *_criteria()])


def _gates() -> Iterator[str]:
    yield from ("| gate | at the end of | leads to |", "|---|---|---|")
    for number, words in PHASES.items():
        yield f"| {number} | phase {number}, {words} | {leads_to(number)} |"


def _states() -> Iterator[str]:
    yield from ("\n## States and moves\n", "```mermaid", *diagram(), "```\n")
    yield from ("| from | move | to | who | reason |", "|---|---|---|---|---|")
    who = {verb: ", ".join(sorted(LABELS[role].lower() for role in VERBS[verb])) for verb in (PREPARES, DECIDES)}
    for one in MOVES:
        before = ", ".join(STATES[state] for state in one.before)
        yield f"| {before} | {one.label} | {STATES[one.after]} | {who[one.verb]} | {'needed' if one.reason else 'none'} |"
    yield "\nPassing a gate enters the next phase, and taking that back leaves it, in the same transaction as the decision.\n"


def _criteria() -> Iterator[str]:
    for kind, words in KINDS.items():
        yield f"## {words}\n"
        yield from ("| criterion | question | answered by | gate 1 | gate 2 | gate 3 |", "|---|---|---|---|---|---|")
        for one in CRITERIA:
            if one.kind == kind:
                asked = " | ".join(_asked(one, number) for number in PHASES)
                yield f"| `{one.key}` | {one.question} | {one.number} | {asked} |"
        yield ""


def _asked(one: Criterion, number: int) -> str:
    if number not in one.wanted:
        return "–"
    return "yes" if one.unit == YES else wanted_said(one, one.wanted[number])
