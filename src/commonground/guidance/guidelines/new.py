"""NEW: new techniques are tried as experiments, so that one knows what they did."""

from collections.abc import Iterator
from datetime import timedelta

from commonground.analysis.facts import Experiment
from commonground.analysis.organization import rows_of
from commonground.analysis.register import Register
from commonground.guidance.guidelines.catalogue import Found, Parameters, Subject, guideline
from commonground.guidance.guidelines.remedies.new import write_it
from commonground.guidance.guidelines.wording import listed, spelled


@guideline(
    "NEW-01",
    "An experiment says on what it is measured and when it stops before it begins.",
    severity="error",
    why="Without a measure nobody can say afterwards whether it worked; without a stop rule nobody can say when it does harm.",
    source="Practice NEW: develop new techniques, and measure them on the pace. METHODS 6.4: each needs a stop rule.",
    do="Choose the behaviour on which it is measured, and write down what ends it early and when it ends anyway.",
    needs=("experiments",),
    parameters={"days": 14},
    remedy=write_it,
)
def without_measure_or_stop_rule(register: Register, parameters: Parameters) -> Iterator[Found]:
    soon = register.facts.as_of + timedelta(days=parameters["days"])
    for row in rows_of(register.facts, "experiments", Experiment):
        begins = row.state in ("ready", "running") or (
            row.state in (None, "draft") and row.starts is not None and row.starts <= soon
        )
        lacks = [words for words, there in (("a measure", row.behaviour), ("a stop rule", row.stop_rule)) if not there]
        if not begins or not lacks:
            continue
        ahead = row.starts if row.starts is not None and row.starts > register.facts.as_of else None
        when = f"begins on {spelled(ahead)}" if ahead else "has begun, or is about to,"
        measure, stops = row.behaviour or "none", "written" if row.stop_rule else "none"
        yield Found(
            Subject("experiment", row.id),
            f"“{row.name}” {when} without {listed(lacks)}",
            row.name,
            f"experiments: {row.state or 'no state'}; behaviour: {measure}; stop rule: {stops}",
        )
