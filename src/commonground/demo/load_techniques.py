"""Writes the technique that Northlight found for itself."""

from datetime import datetime

from commonground.access.actor import Actor
from commonground.guidance.own_techniques import OwnTechnique
from commonground.programs.models import Program

TEN_CALLS = {
    "key": "own-ten-calls",
    "name": "Ten calls, heard together",
    "summary": "Board members, agents and engineers hear ten calls of one customer and say nothing until the last has ended.",
    "works": "Each house hears what the others say to the same person.",
    "fits": "Two houses blame each other.\nA board asks why this is needed.",
    "not_when": "An agent could be recognised by voice and has not agreed.",
    "steps": (
        "Choose one customer who called ten times, and ask whether their calls may be played.\n"
        "Ask the agents too, and cut out names.\n"
        "Hear all ten without a word: about forty minutes.\n"
        "Each writes one thing that their own house could do.\n"
        "Read these aloud, choose two, name an owner for each."
    ),
    "risks": "It turns into judging the agent: say at the beginning that calls are heard, not people.",
    "measures": "Things chosen and done within four weeks\nCalls a move-in, before and after",
    "seen": "Held twice, in March and in May. Of four things chosen three were done within four weeks.",
    "symptoms": ["confusion", "work-waits"],
    "causes": ["not_understood", "let_down"],
    "practice": "EARLY",
    "activity_kind": "engage",
    "effort": 12.0,
}


def load_techniques(program: Program, *, by: Actor, at: datetime) -> None:
    program.add(OwnTechnique(**TEN_CALLS), by=by, at=at)
