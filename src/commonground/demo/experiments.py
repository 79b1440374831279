"""What Northlight tries out: one that ended, one that runs, one that is being written and could not tell. Told in the-demo.md."""

from collections.abc import Callable
from typing import Final, NamedTuple

from commonground.analysis.facts import Experiment, Row
from commonground.demo.days import Days

TRIED_FROM: Final = -112  # when half of the crews got the card


class Tried(NamedTuple):
    """An experiment. Days from today; state as in the sheet; ended, conclusion: where it has."""

    key: str
    name: str
    technique: str
    hypothesis: str
    behaviour: str
    hoped: float
    units: tuple[str, ...]
    starts: int
    weeks: int
    stop_rule: str
    decides: str
    state: str
    design: str = "together"
    seed: int = 1
    harm: float | None = None
    registered: int = 0
    ended: int = 0
    conclusion: str = ""


# Crew → the share of its visits after which it told the next step, before. The lots of the seed below fell on those of LIFTED.
CREWS: Final = {
    "el-north-line": 0.22, "wa-north-mains": 0.23, "el-north-cable": 0.3, "wa-north-service": 0.31, "el-south-line": 0.38,
    "el-south-cable": 0.39, "wa-south-mains": 0.46, "el-east-line": 0.47, "wa-south-service": 0.54, "el-east-cable": 0.55,
}  # fmt: skip
LIFTED: Final = frozenset({"el-south-line", "wa-north-mains", "wa-north-service", "wa-south-mains", "wa-south-service"})
LIFT: Final = 0.07

TRIED: Final = (
    Tried(
        "card-next-step", "A card with the next step", "a card at the point of use",
        "With a card in the van’s door that asks “What comes next, and when?”, crews tell it more often before they leave.",
        "say-next-step", 5, tuple(CREWS), TRIED_FROM, 10,
        "Stop when visits take noticeably longer for it; it ends after ten weeks anyway.", "Luis Ferreira", "ended", seed=1947,
        harm=5, registered=-119, ended=-37,
        conclusion="Every crew gets the card. It costs next to nothing, and customers stopped calling to ask.",
    ),
    Tried(
        "listen-together", "Two teams listen to a call together", "peers listen to a good call and say what helped",
        "Teams that listen to one good call each week answer more bill queries in the first call.",
        "answer-first-call", 6, ("cc-phone-1", "cc-phone-2", "cc-phone-3", "cc-phone-4"), -35, 10,
        "Stop when the wait on the line grows by a minute; it ends after ten weeks anyway.", "Grace Mbeki", "running", seed=12,
        harm=10, registered=-40,
    ),
    Tried(
        "sit-beside", "A peer who sits beside", "a peer sits beside for a morning",
        "Where a peer sits beside for a morning, more work is handed over in the case.",
        "hand-over-with-case", 3, ("cc", "bi", "el", "wa"), 11, 8, "", "Rosa Quintero", "draft",
    ),
)  # fmt: skip


def rows(days: Days, person: Callable[[str], str]) -> list[Row]:
    """The sheet of experiments. person: name → id."""
    return [
        Experiment(
            one.key,
            one.name,
            one.hypothesis,
            one.technique,
            one.behaviour,
            one.hoped,
            one.design,
            tuple(sorted(one.units)),
            days.on(one.starts),
            one.weeks,
            one.stop_rule or None,
            person(one.decides),
            one.state,
        )
        for one in TRIED
    ]
