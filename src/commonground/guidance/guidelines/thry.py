"""THRY: existing change theory is used, and more than one part of it."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from commonground.analysis.facts import Activity
from commonground.analysis.organization import rows_of
from commonground.analysis.plan.kinds import label_of
from commonground.analysis.register import Register
from commonground.guidance.guidelines.catalogue import Found, Parameters, Subject, guideline
from commonground.guidance.guidelines.remedies import thry as remedies
from commonground.guidance.guidelines.wording import counted

DROPPED: Final = frozenset({"dropped", "cancelled", "canceled"})


@guideline(
    "THRY-01",
    "The plan rests on more than one method.",
    severity="note",
    why="Groups hold back for different reasons, and each reason needs its own answer.",
    source="Practice THRY: use existing change theory. The method is the technique that an activity names, else its kind.",
    do="Compare it with others in the library of techniques, and ask what stands behind it in each group.",
    needs=("activities",),
    parameters={"share": 0.60, "activities": 3},
    remedy=remedies.other_methods,
)
def one_method(register: Register, parameters: Parameters) -> Iterator[Found]:
    rows = [
        row
        for row in rows_of(register.facts, "activities", Activity)
        if (row.state or "").casefold().strip() not in DROPPED
    ]
    if not rows or len(rows) < parameters["activities"]:
        return
    method, times = sorted(Counter(map(method_of, rows)).items(), key=lambda item: (-item[1], item[0]))[0]
    if times > parameters["share"] * len(rows):
        yield Found(
            Subject("program", "method"),
            f"{times:,} of {counted(len(rows), 'activity', 'activities')} rest on one method: “{method}”",
            "the whole program",
            f"activities: {times / len(rows):.0%} “{method}”, looked for: at most {parameters['share']:.0%}",
        )


def method_of(row: Activity) -> str:
    """The technique that an activity names; else its kind in plain words, or what the sheet calls it."""
    return (row.technique or "").replace("-", " ") or label_of(row.kind) or row.kind.casefold().strip()
