"""Whether a decision was made in a fair way: six questions, yes or no (Leventhal, 1980), put to the decision and never to people.

No page shows it in this version: it is the checklist of METHODS 2.2, for whoever decides. How fair people find it is asked in a round.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

RULES: Final = {
    "consistency": "The same rules hold for everybody concerned, now as before.",
    "bias suppression": "Nobody decides who gains or loses by it themselves.",
    "accuracy": "It rests on facts that were looked up, not on guesses.",
    "correctability": "It can be taken back or changed, and people know how.",
    "representativeness": "Those concerned were heard before it was made.",
    "ethicality": "It keeps to what people here hold to be right.",
}


class FairProcess(NamedTuple):
    """kept: rules answered yes; missed: answered no; open: not answered yet. All by name, in the order of the six."""

    kept: tuple[str, ...]
    missed: tuple[str, ...]
    open: tuple[str, ...]

    @property
    def fair(self) -> bool | None:
        """True when all six are kept, False when one is missed, None while neither is known."""
        if self.missed:
            return False
        return None if self.open else True


def fair_process(answers: Mapping[str, bool | None]) -> FairProcess:
    """The six rules for one decision. answers: rule → yes or no; a missing one or None is open. Raises ValueError for another rule."""
    for name in answers:
        if name not in RULES:
            raise ValueError(f"“{name}” is none of the six rules. They are {', '.join(RULES)}.")
    said = {name: answers.get(name) for name in RULES}
    return FairProcess(*(tuple(name for name in RULES if said[name] is one) for one in (True, False, None)))
