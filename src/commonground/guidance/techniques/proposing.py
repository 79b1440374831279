"""Which techniques a guideline's finding proposes: those that answer it directly, then those of the symptom behind it. Pure."""

from collections.abc import Iterable, Mapping
from typing import Final

from commonground.guidance.techniques.symptoms import SYMPTOMS
from commonground.guidance.techniques.technique import Technique

MOST = 6
MOST_OF_PRACTICE = 3
_BEST_FIRST: Final = ("A", "B", "C", "ours", "D")
# code of a guideline → what answers it directly, and the symptoms that it is a sign of
ANSWERS: Final[Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "OWN-01": ((), ("nothing-to-own",)),
    "OWN-02": ((), ("nothing-to-own",)),
    "OWN-03": (("joint-owner", "co-design"), ("overload",)),
    "TEAM-01": (("one-to-ones", "participation"), ("nothing-to-own",)),
    "TEAM-02": (("participation", "co-design"), ("nothing-to-own",)),
    "TEAM-03": (("participation", "dual-agenda"), ("nothing-to-own",)),
    "TEAM-04": (("one-to-ones", "capacity-relief"), ("overload",)),
    "IDEA-01": (("question-log", "fair-process"), ("cynicism",)),
    "IDEA-02": (("co-design", "small-promises"), ("cynicism",)),
    "IDEA-03": (("joint-owner", "after-action-review"), ("frustration",)),
    "LOSS-01": (("loss-ledger", "negotiation", "bridges"), ("nothing-in-it",)),
    "LOSS-02": (("listening-session", "loss-ledger"), ("nothing-in-it",)),
    "LOSS-03": (("sequence-changes", "loss-ledger"), ("overload",)),
    "MNGR-01": (("participation", "co-design"), ("managers-wait",)),
    "MNGR-02": (("talk-of-three",), ("managers-wait",)),
    "MNGR-03": (("new-role",), ("managers-wait",)),
    "MNGR-04": (("joint-owner", "fair-process"), ("guarded",)),
    "MNGR-05": (("loss-ledger", "new-role"), ("managers-wait",)),
    "FLOW-01": ((), ("work-waits",)),
    "FLOW-02": (("joint-owner",), ("work-waits",)),
    "FLOW-03": (("service-blueprint", "co-design"), ("work-waits",)),
    "PROC-01": (("joint-owner",), ("false-starts",)),
    "PROC-02": (("co-design", "participation"), ("nothing-to-own",)),
    "PROC-03": (("service-blueprint",), ("confusion",)),
    "PROC-04": (("sunset", "joint-owner"), ("frustration",)),
    "ROLE-01": (("talk-of-three", "line-story"), ("confusion",)),
    "ROLE-02": (("new-role", "co-design"), ("confusion",)),
    "ROLE-03": (("new-role", "fair-process", "negotiation"), ("managers-wait",)),
    "ROLE-04": (("line-story", "fair-process"), ("cynicism",)),
    "PEER-01": (("one-to-ones", "positive-deviance"), ("silent",)),
    "PEER-02": ((), ("tired-champions",)),
    "PEER-03": (("after-action-review",), ("tired-champions",)),
    "PEER-04": (("question-log", "known-unknown-next", "inoculation"), ("confusion",)),
    "PEER-05": (("line-story",), ("confusion",)),
    "PEER-06": ((), ("silent",)),
    "PEER-07": (("line-story", "known-unknown-next"), ("confusion",)),
    "LEAD-01": (("two-key-leadership", "leaders-first"), ("managers-wait",)),
    "LEAD-02": (("two-key-leadership", "kotter"), ("managers-wait",)),
    "LEAD-03": (("line-story",), ("confusion",)),
    "LEAD-04": (("two-key-leadership", "kotter"), ("managers-wait",)),
    "CUST-01": (("service-blueprint", "co-design"), ("customers-unprepared",)),
    "CUST-02": (("rehearse-hiccups",), ("customers-unprepared",)),
    "CUST-03": (("realistic-preview",), ("customers-unprepared",)),
    "CHAN-01": (("service-blueprint",), ("customers-unprepared",)),
    "CHAN-02": (("service-blueprint",), ("customers-unprepared",)),
    "CHAN-03": (("easier-new-path",), ("customers-unprepared",)),
    "SEQ-01": ((), ("out-of-order",)),
    "SEQ-02": (("talk-of-three", "sequence-changes"), ("out-of-order",)),
    "UNIT-01": (("co-design", "line-story"), ("nothing-to-own",)),
    "UNIT-02": (("sequence-changes", "fixsen"), ("overload",)),
    "UNIT-03": ((), ("overload",)),
    "CULT-01": (("burke-litwin",), ("too-quick-for-culture",)),
    "CULT-02": ((), ("too-quick-for-culture",)),
    "CULT-03": (("listening-session", "dual-agenda"), ("confusion",)),
    "BUDG-01": (("one-plan",), ("false-starts",)),
    "BUDG-02": (("capacity-relief", "theory-e-o"), ("overload",)),
    "BUDG-03": (("one-plan", "after-action-review"), ("false-starts",)),
    "PACE-01": (("com-b", "remove-obstacle"), ("trained-not-using",)),
    "PACE-02": ((), ("relapse",)),
    "PACE-03": (("listening-session", "remove-obstacle", "positive-deviance"), ("trained-not-using",)),
    "PACE-04": (("com-b", "follow-up"), ()),
    "PACE-05": ((), ("old-way-easier",)),
    "PACE-06": (("follow-up",), ()),
    "PACE-07": (("com-b", "follow-up"), ("trained-not-using",)),
    "EARLY-01": (("one-to-ones", "kotter", "participation"), ("nothing-to-own",)),
    "EARLY-02": (("co-design", "listening-session"), ("nothing-to-own",)),
    "EARLY-03": (("listening-session", "question-log"), ("silent",)),
    "PHAS-01": (("fixsen", "follow-up"), ("false-starts",)),
    "PHAS-02": (("sequence-changes", "fixsen"), ("false-starts",)),
    "PHAS-03": (("one-plan",), ("false-starts",)),
    "REIN-01": (("easier-new-path", "descriptive-norm", "mi-conversation"), ("old-way-easier",)),
    "REIN-02": (("social-recognition", "task-feedback"), ("relapse",)),
    "REIN-03": ((), ("old-way-easier",)),
    "REIN-04": (("task-feedback", "social-recognition"), ()),
    "SOFT-01": (("mi-conversation", "task-feedback", "fair-process"), ()),
    "TRAIN-01": ((), ("trained-not-using",)),
    "TRAIN-02": (("own-cases", "graded-tasks"), ("anxiety",)),
    "TRAIN-03": (("own-cases", "floor-walkers"), ("anxiety",)),
    "TRAIN-04": (("education", "service-blueprint"), ("confusion",)),
    "THRY-01": (("com-b", "gap-check"), ()),
    "NEW-01": (("after-action-review",), ("false-starts",)),
}


def symptoms_of(code: str) -> tuple[str, ...]:
    """The symptoms, as keys of `SYMPTOMS`, that a finding of this guideline is a sign of. Empty where none is known."""
    return ANSWERS.get(code, ((), ()))[1]


def proposed_from(catalogue: Mapping[str, Technique], code: str) -> tuple[Technique, ...]:
    """At most six techniques that answer a finding of this guideline, best first.

    A guideline that is not in the table, such as an organization's own, gets the three of its practice with the best evidence.
    """
    if code not in ANSWERS:
        return _of_practice(catalogue.values(), code.partition("-")[0])
    direct, symptoms = ANSWERS[code]
    seen = [SYMPTOMS[key] for key in symptoms]
    keys = [*direct, *(key for one in seen for key in one.first), *(key for one in seen for key in one.then)]
    return tuple(catalogue[key] for key in dict.fromkeys(keys) if key in catalogue)[:MOST]


def _of_practice(techniques: Iterable[Technique], practice: str) -> tuple[Technique, ...]:
    fitting = [one for one in techniques if practice in one.practices]
    fitting.sort(key=lambda one: (one.kind == "theory", _BEST_FIRST.index(one.evidence), one.practices.index(practice)))
    return tuple(fitting[:MOST_OF_PRACTICE])
