"""The library of change theories and techniques: one file each in `library`, an organization's own beside them. Pure: no database.

`CATALOGUE`: key → technique, by name. `SYMPTOMS`: key → what is seen in a group. `proposed_for`: what answers a guideline's finding.
"""

from importlib.resources import files

from commonground.guidance.techniques.plugins import CATALOGUE, LIBRARY, enter_all
from commonground.guidance.techniques.proposing import proposed_from, symptoms_of
from commonground.guidance.techniques.symptoms import SYMPTOMS, Symptom
from commonground.guidance.techniques.technique import (
    BCT,
    CAUSES,
    COM_B,
    GRADES,
    MARKS,
    Technique,
    TechniqueError,
)

__all__ = [
    "BCT",
    "CATALOGUE",
    "CAUSES",
    "COM_B",
    "GRADES",
    "MARKS",
    "SYMPTOMS",
    "Symptom",
    "Technique",
    "TechniqueError",
    "key_called",
    "proposed_for",
    "symptoms_of",
]

LONGEST_KEY = 80  # as on an activity
enter_all(files(__name__) / "library", LIBRARY)


def proposed_for(code: str) -> tuple[Technique, ...]:
    """The techniques that answer a finding of a guideline, best first, at most six. code: such as `TRAIN-01`."""
    return proposed_from(CATALOGUE, code)


def key_called(text: str) -> str:
    """The key of the technique that a sheet calls by its key or its name; what it says, shortened, where none is called so."""
    said = " ".join(text.split())
    wanted = said.casefold()
    for key, one in CATALOGUE.items():
        if wanted in (key, one.name.casefold()):
            return key
    return said[:LONGEST_KEY]
