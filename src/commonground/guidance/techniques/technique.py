"""What a technique is, the words in which it is described, and what of it is refused. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from commonground.analysis.plan.kinds import KINDS
from commonground.analysis.practices import PRACTICES

Kind = Literal["theory", "technique"]
KIND_WORDS: Final[Mapping[str, str]] = {"theory": "theory", "technique": "technique"}
# METHODS 6: how well it is shown to work. "ours" is for an organization's own, which shows only what was seen here.
GRADES: Final[Mapping[str, str]] = {
    "A": "many studies, or randomised trials",
    "B": "several field studies",
    "C": "experience of practitioners",
    "D": "contested",
    "ours": "what was seen here",
}
# METHODS, head: how far the source was read by those who wrote the library.
MARKS: Final[Mapping[str, str]] = {
    "V": "source read, mostly its abstract",
    "V2": "read in a second source",
    "M": "not checked in the original",
    "C": "reckoned by us",
}
# Michie, van Stralen & West 2011: what a behaviour needs.
COM_B: Final[Mapping[str, str]] = {
    "psychological_capability": "know how",
    "physical_capability": "have the skill of hand",
    "physical_opportunity": "have time, tools and a place",
    "social_opportunity": "others do it and expect it",
    "reflective_motivation": "think it is worth it",
    "automatic_motivation": "want to, without thinking",
}
# METHODS 2.1 (after Kotter & Schlesinger 1979) and 2.2: what can stand behind a no, asked of a group, never inferred of a person.
CAUSES: Final[Mapping[str, str]] = {
    "not_understood": "They do not know why, or heard something else",
    "sees_more": "They see something that we do not",
    "influence": "It cannot succeed without them",
    "hard_to_do": "It is hard to do, or frightening",
    "clear_loss": "They clearly lose something",
    "let_down": "Earlier promises were not kept",
    "no_room": "There is no time, tool or place for it",
}
# Behaviour change techniques (BCT taxonomy v1, Michie et al. 2013) that suit a change of work; METHODS appendix A.
BCT: Final[Mapping[str, str]] = {
    "1.1": "goal for the behaviour",
    "1.2": "solving what gets in the way",
    "1.4": "plan of when and where",
    "1.5": "looking at the goal again",
    "2.2": "feedback on the behaviour",
    "2.3": "watching one's own behaviour",
    "3.1": "support by others",
    "3.2": "practical help",
    "4.1": "being shown how, in words",
    "5.3": "what follows for others and the work",
    "6.1": "seeing it done",
    "6.3": "knowing that others approve",
    "7.1": "prompt or cue",
    "8.1": "practice",
    "8.2": "putting one behaviour in the place of another",
    "8.3": "forming a habit",
    "8.4": "undoing a habit",
    "8.7": "tasks that grow step by step",
    "9.1": "a source that people trust",
    "10.4": "recognition by others",
    "12.1": "changing tools and places",
    "12.2": "changing who is around",
    "12.5": "adding a thing that helps",
    "13.2": "another way to look at it",
    "15.1": "saying that somebody can",
}
REFUSED_BCT: Final = re.compile(r"^(6\.2|10\.11|14\.\d+)$")
_CODE: Final = re.compile(r"^\d{1,2}\.\d{1,2}$")
_KEY: Final = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
MOST_HOURS = 2000.0


class TechniqueError(ValueError):
    """A technique that cannot be used. The message is a sentence that names the file, the field, what is wrong and the remedy."""


@dataclass(frozen=True, slots=True)
class Technique:
    """A theory of change or a technique of the library, in our own words (MISSION: THRY).

    fits, not_when, steps, risks, measures: a sentence each. symptoms: keys of `SYMPTOMS`. causes: keys of `CAUSES`. com_b: keys of
    `COM_B`. bct: codes of the BCT taxonomy. practices: codes, the first is the one that an activity is planned under. evidence: a key of
    `GRADES`; evidence_says: what is known of it in a sentence; source: author and year; mark: a key of `MARKS`. effort: hours of work to
    try it once. activity_kind: a kind of `analysis.plan.kinds`. works: how it works, in a sentence.
    """

    key: str
    name: str
    kind: Kind
    summary: str
    works: str
    fits: tuple[str, ...]
    not_when: tuple[str, ...]
    steps: tuple[str, ...]
    symptoms: tuple[str, ...]
    causes: tuple[str, ...]
    com_b: tuple[str, ...]
    bct: tuple[str, ...]
    practices: tuple[str, ...]
    evidence: str
    evidence_says: str
    source: str
    mark: str
    risks: tuple[str, ...]
    measures: tuple[str, ...]
    effort: float
    activity_kind: str

    @property
    def is_checked(self) -> bool:
        """Whether what is said of its evidence was read in a source, first or second hand."""
        return self.mark in ("V", "V2")

    @property
    def text(self) -> str:
        """All its words, for a search."""
        lists = (*self.fits, *self.not_when, *self.steps, *self.risks, *self.measures)
        return " ".join((self.name, self.summary, self.works, self.evidence_says, self.source, *lists))


def refuse(one: Technique, symptoms: Iterable[str], file: str) -> None:
    """Raises TechniqueError for the first thing that is wrong with a technique. file: how its source is called in the sentence."""
    for field, given, known in (
        ("kind", (one.kind,), KIND_WORDS),
        ("symptoms", one.symptoms, tuple(symptoms)),
        ("causes", one.causes, CAUSES),
        ("com_b", one.com_b, COM_B),
        ("practices", one.practices, PRACTICES),
        ("evidence", (one.evidence,), GRADES),
        ("mark", (one.mark,), MARKS),
        ("activity_kind", (one.activity_kind,), KINDS),
    ):
        for value in given:
            if value not in known:
                raise TechniqueError(f"{file}: “{value}” is not a value of {field}. Known are {', '.join(known)}.")
    if not _KEY.match(one.key):
        raise TechniqueError(f"{file}: the name of the file becomes the key, so use small letters, digits and hyphens.")
    _refuse_codes(one.bct, file)
    if not one.practices:
        raise TechniqueError(f"{file}: practices is empty. Name at least one, such as OWN.")
    if not 0 < one.effort <= MOST_HOURS:
        raise TechniqueError(f"{file}: effort is {one.effort:g}. Give the hours of work to try it once, up to 2,000.")


def _refuse_codes(codes: Iterable[str], file: str) -> None:
    for code in codes:
        if REFUSED_BCT.match(code):
            raise TechniqueError(
                f"{file}: BCT {code} compares named people or punishes, which this product does not propose. Leave it out."
            )
        if not _CODE.match(code):
            raise TechniqueError(f"{file}: “{code}” is no code of the BCT taxonomy. Write it as 8.1.")
