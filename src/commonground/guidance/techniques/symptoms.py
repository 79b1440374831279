"""What a lead sees in a group, which techniques to try first, and what to leave (METHODS 6.2). About groups, never about a person. Pure."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Symptom:
    """words: what is seen. first, then: keys of techniques, best first. avoid: what seldom helps, in words: no technique of ours."""

    key: str
    words: str
    first: tuple[str, ...]
    then: tuple[str, ...]
    avoid: tuple[str, ...]


# fmt: off
_ALL: Final = (
    Symptom(
        "confusion", "People ask why, again and again",
        ("line-story", "realistic-preview"), ("question-log", "education", "npt"), ("more mail",),
    ),
    Symptom(
        "anxiety", "People doubt that they can do it",
        ("own-cases", "floor-walkers", "support"), ("implementation-intentions", "graded-tasks"), ("speeches",),
    ),
    Symptom(
        "nothing-in-it", "People see nothing in it for themselves",
        ("loss-ledger", "negotiation", "com-b"), ("social-recognition", "task-feedback", "mi-conversation"), ("a league table",),
    ),
    Symptom(
        "guarded", "Work or information is kept within a group",
        ("joint-owner", "co-design"), ("service-level", "participation", "loss-ledger"), ("publishing who opened what",),
    ),
    Symptom(
        "managers-wait", "Managers wait and see",
        ("new-role", "participation", "two-key-leadership"), ("loss-ledger", "one-to-ones"), ("naming them in public",),
    ),
    Symptom(
        "false-starts", "Things begin and do not end",
        ("one-plan", "fixsen"), ("small-promises", "after-action-review"), ("a new slogan",),
    ),
    Symptom(
        "frustration", "People want to, and cannot",
        ("remove-obstacle", "easier-new-path"), ("capacity-relief", "service-level"), ("training",),
    ),
    Symptom(
        "trained-not-using", "People were trained and do not use it",
        ("com-b", "leaders-first", "remove-obstacle"), ("prompt-at-the-cue", "sunset", "easier-new-path", "adkar"),
        ("the same course again",),
    ),
    Symptom(
        "relapse", "The new way was there and is going",
        ("follow-up", "prompt-at-the-cue"), ("remove-obstacle", "task-feedback", "social-recognition"), ("blame",),
    ),
    Symptom(
        "dip", "Everything takes longer since the cut-over",
        ("capacity-relief", "floor-walkers", "rehearse-hiccups"), ("satir", "known-unknown-next"),
        ("a verdict before the learning curve has had its time",),
    ),
    Symptom(
        "cynicism", "People have seen changes come and go",
        ("small-promises", "fair-process"), ("appreciative-inquiry", "listening-session"), ("a big launch",),
    ),
    Symptom(
        "overload", "Too much at once",
        ("sequence-changes", "capacity-relief"), ("one-plan", "kaleidoscope"), ("a further launch beside the others",),
    ),
    Symptom(
        "tired-champions", "Champions are tired",
        ("champion-hours",), ("social-recognition",), ("more tasks for them",),
    ),
    Symptom(
        "silent", "A unit says nothing",
        ("listening-session", "one-to-ones"), ("positive-deviance", "floor-walkers"), ("a survey that people must answer",),
    ),
    Symptom(
        "nothing-to-own", "People are told, and own nothing",
        ("co-design", "participation"), ("one-to-ones", "service-blueprint"), ("a seat without a task",),
    ),
    Symptom(
        "out-of-order", "Technology comes before strategy and work",
        ("seven-s", "theory-e-o"), ("beckhard-harris", "kaleidoscope", "kotter"), ("a faster tender",),
    ),
    Symptom(
        "old-way-easier", "The old way is still easier, or still pays",
        ("easier-new-path", "sunset"), ("descriptive-norm", "prompt-at-the-cue"), ("a warning",),
    ),
    Symptom(
        "work-waits", "Work waits, or goes to and fro, between units",
        ("service-level", "service-blueprint"), ("joint-owner", "after-action-review"), ("asking people to hurry",),
    ),
    Symptom(
        "customers-unprepared", "Customers will notice, and do not know",
        ("realistic-preview", "rehearse-hiccups"), ("known-unknown-next", "service-blueprint"), ("a promise that nothing will go wrong",),
    ),
    Symptom(
        "too-quick-for-culture", "The change is larger than the culture can take now",
        ("kaleidoscope", "burke-litwin"), ("sequence-changes", "dual-agenda"), ("a louder campaign",),
    ),
)
# fmt: on
SYMPTOMS: Final[dict[str, Symptom]] = {one.key: one for one in _ALL}
