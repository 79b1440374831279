"""What is said of each hand-off: what the log tells of it where it does, else what was entered or imported with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from commonground.analysis.routes import Hop
from commonground.workflows.measured import Between, HandoffFigure
from commonground.workflows.models import Handoff

LOG, SHEET, FEW, NOTHING = "log", "sheet", "few", ""
SOURCES = {
    LOG: "measured in the log",
    SHEET: "as entered or imported",
    FEW: "not shown: fewer people than the threshold",
    NOTHING: "not measured",
}
Figures = Mapping[Between, HandoffFigure]


@dataclass(frozen=True, slots=True)
class Told:
    """wait, p90: working hours, median and 90 %; calendar: median of hours by the clock. back: share of cases that came back. source:
    log, sheet, few (the log tells of fewer people than the threshold) or nothing; few may stand beside figures as entered."""

    wait: float | None = None
    p90: float | None = None
    calendar: float | None = None
    cases: int | None = None
    back: float | None = None
    source: str = NOTHING
    few: bool = False

    @property
    def source_said(self) -> str:
        return SOURCES[self.source]


def told_of(handoff: Handoff, figures: Figures) -> Told:
    """A hand-off to be is only what was entered: no log tells of it yet."""
    key = Between(handoff.workflow_id, handoff.from_process_id, handoff.to_process_id)
    figure = figures.get(key) if handoff.when == "as_is" else None
    if figure is not None and not figure.withheld:
        return told_by(figure)
    wait, cases, back = handoff.median_wait_working_hours, handoff.cases, handoff.ping_pong_cases
    few = figure is not None
    if wait is None and cases is None:
        return Told(source=FEW if few else NOTHING, few=few)
    share = back / cases if cases and back is not None else None
    return Told(wait, None, None, cases, share, SHEET, few)


def told_by(figure: HandoffFigure) -> Told:
    return Told(figure.wait, figure.wait_p90, figure.calendar.median, figure.cases, figure.share_back, LOG)


def hops_told(handoffs: Iterable[Handoff], figures: Figures) -> list[Hop]:
    """Hand-offs as hops of a map, with the waits that are told of them."""
    return [Hop(row.from_process_id, row.to_process_id, told_of(row, figures).wait, row.carries) for row in handoffs]
