"""EARLY: it starts when CRM is first raised with the board and key influencers."""

from collections.abc import Iterator
from datetime import timedelta

from commonground.analysis.facts import Engagement
from commonground.analysis.organization import rows_of
from commonground.analysis.register import Register
from commonground.guidance.guidelines.catalogue import Found, Parameters, Subject, guideline
from commonground.guidance.guidelines.seq import milestone, reached
from commonground.guidance.guidelines.wording import absent, counted, spelled


@guideline(
    "EARLY-01",
    "People outside IT, the board and key influencers are engaged from the start.",
    severity="error",
    why="Those who are asked while everything is open can still shape it, and stand by it later.",
    source=(
        "Practice EARLY: it starts when CRM is first raised with the board and key influencers; it is not training at the end nor a "
        "stream of notices."
    ),
    do="Engage them now: ask what customers and their people need, before more is decided.",
    needs=("milestones",),
    empty_means_none=("engagements",),
    parameters={"days": 30},
)
def engaged_late(register: Register, parameters: Parameters) -> Iterator[Found]:
    day = register.facts.as_of
    rows = [row for row in rows_of(register.facts, "engagements", Engagement) if row.on <= day]
    nothing_given = absent(register, "engagements")
    raised = reached(milestone(register, "first_raised", None), day)
    last = raised + timedelta(days=parameters["days"]) if raised else None
    if raised and last and day > last and not any(row.on <= last and _outside(row) for row in rows):
        yield Found(
            Subject("milestone", "first_raised"),
            f"CRM was first raised on {spelled(raised)}, and nobody outside IT was engaged within {parameters['days']:.0f} days",
            "the whole program",
            f"engagements: {counted(sum(map(_outside, rows)), 'engagement')} outside IT by {spelled(day)}, none by "
            f"{spelled(last)}{nothing_given}",
        )
    chosen = reached(milestone(register, "technology_chosen", None), day)
    if chosen:
        kinds = {row.kind for row in rows if row.on < chosen}
        missing = [
            words for kind, words in (("board", "the board"), ("influencer", "key influencers")) if kind not in kinds
        ]
        if missing:
            yield Found(
                Subject("milestone", "technology_chosen"),
                f"The technology was chosen on {spelled(chosen)} before {' and '.join(missing)} were engaged",
                "the whole program",
                f"engagements before that day: {counted(sum(1 for row in rows if row.on < chosen), 'engagement')}, "
                f"none with {' or '.join(missing)}{nothing_given}",
            )


def _outside(row: Engagement) -> bool:
    """Whether an engagement reached people outside IT; the board counts as such where the sheet does not say."""
    return row.outside_it is True or (row.outside_it is None and row.kind == "board")
