"""What a page of gates says: each criterion with its number, wanted value, source and evidence; and where every part stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.urls import NoReverseMatch, reverse

from commonground.access.actor import Actor
from commonground.analysis.facts.phases import LAST_PHASE
from commonground.analysis.plan.criteria import (
    ANSWERS,
    FEW,
    FILED,
    HOURS,
    INTENTION,
    KINDS,
    MET,
    NOT_MET,
    REALITY,
    SHARE,
    YES,
    Criterion,
    Filed,
    Verdict,
    criteria_of,
    uncovered,
    verdict,
    wanted_said,
)
from commonground.analysis.plan.gates import OPEN, STATES
from commonground.plan.gate_evidence import filed_at, wanted_of
from commonground.plan.gate_numbers import Asked
from commonground.plan.gates import Gate
from commonground.plan.phases import Phase, stands
from commonground.programs.models import Program
from commonground.ui.words import day as written_day
from commonground.workflows.map import duration

MARKS: Final = {MET: "good", NOT_MET: "watch", FEW: "none"}
STATE_MARKS: Final = {
    "passed": "good",
    "conditional": "good",
    "refused": "watch",
    "taken_back": "watch",
    "review": "note",
}
CLOSED: Final = {"plan:budget": "budget.view", "adoption:benefits": "benefits.view", "workflows:waits": "workflows.view",
    "communication:collaboration": "collaboration.view", "communication:reach": "reach.view"}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One criterion on the page. link: address of where its number lives, for those who may open that."""

    verdict: Verdict
    link: str

    @property
    def question(self) -> str:
        return self.verdict.criterion.question

    @property
    def key(self) -> str:
        return self.verdict.criterion.key

    @property
    def mark(self) -> str:
        return MARKS.get(self.verdict.state, "none")

    @property
    def said(self) -> str:
        """met, not met, not enough data yet, not answered; with who answered where somebody filed it."""
        return ANSWERS[self.verdict.state]

    @property
    def wanted(self) -> str:
        return wanted_said(self.verdict.criterion, self.verdict.wanted)

    @property
    def value(self) -> str:
        """The number that stands, in words; empty without one."""
        one, number = self.verdict.criterion, self.verdict.number
        if number is not None and number.value is not None:
            return "" if one.unit == YES else value_said(one, number.value)
        filed = self.verdict.filed[-1] if self.verdict.by == FILED else None
        return value_said(one, filed.value) if filed is not None and filed.value is not None else ""

    @property
    def basis(self) -> str:
        """n, interval and period of the number, as a line."""
        one, number = self.verdict.criterion, self.verdict.number
        if number is None or number.value is None:
            return ""
        said = [f"n = {number.n:,} {number.of}"] if number.n is not None else []
        if number.low is not None and number.high is not None:
            said.append(f"95 % interval {value_said(one, number.low)} to {value_said(one, number.high)}")
        if number.first and number.last:
            said.append(f"{written_day(number.first)} to {written_day(number.last)}")
        elif number.first or number.last:
            said.append(written_day(number.first or number.last))
        return "; ".join(said)


def value_said(criterion: Criterion, value: float) -> str:
    """A value in the unit of its criterion."""
    if criterion.unit == SHARE:
        return f"{int(100 * value + 1e-9)} %"  # rounded down, so that what is below a value never reads as that value
    if criterion.unit == HOURS:
        return f"{value:.1f} h".replace(".0 h", " h") if value < 8 else f"{duration(value)} ({value:.0f} h)"
    return f"{value:,.0f}"


def verdicts_of(actor: Actor, gate: Gate, day: date) -> list[Verdict]:
    """How each criterion of a gate stands on a day, for one who asks."""
    wanted, filed = wanted_of(gate.program, gate.number), filed_at(gate)
    numbers = Asked(gate, actor, day).numbers()
    return [
        verdict(one, wanted[one.key], numbers.get(one.key), [row for row in filed if row.criterion == one.key], day)
        for one in criteria_of(gate.number)
    ]


def rows_of(actor: Actor, gate: Gate, verdicts: Sequence[Verdict]) -> list[tuple[str, str, list[Row]]]:
    """The two halves of the page: key and words of each kind, and its criteria."""
    rows = [Row(one, _link(actor, gate.program, one)) for one in verdicts]
    return [
        (kind, KINDS[kind], [row for row in rows if row.verdict.criterion.kind == kind])
        for kind in (INTENTION, REALITY)
    ]


def without_evidence(gate: Gate, verdicts: Sequence[Verdict], day: date) -> list[str]:
    """The questions of reality that nothing answers with yes, and that no condition covers whose day has not passed.

    Before the decision by what is known now; behind it by what is written down, as the finding PHAS-01 sees it.
    """
    promised = [one.promised for one in verdicts if one.promised is not None]
    if gate.is_passed:
        written = [row for one in verdicts for row in one.filed]
        return [one.question for one in uncovered(gate.number, [*written, *promised], day)]
    met = [Filed(one.criterion.key, one.state, day) for one in verdicts if one.state == MET]
    return [one.question for one in uncovered(gate.number, [*met, *promised], day)]


def _link(actor: Actor, program: Program, one: Verdict) -> str:
    number = one.number
    if number is None or not number.page or (number.page in CLOSED and not actor.may(CLOSED[number.page])):
        return ""
    kwargs: dict[str, str | int] = {"program": program.slug} | ({"pk": number.pk} if number.pk else {})
    try:
        return reverse(number.page, kwargs=kwargs)
    except NoReverseMatch:
        return ""


@dataclass(frozen=True)
class Place:
    """Where a part stands: its phase, and the gates that it went through. unit: 0 for the whole; next: gate that is next, 0 for none."""

    unit: int
    name: str
    stands: int
    behind: tuple[tuple[int, str, date | None], ...]
    next: int
    state: str

    @property
    def said(self) -> str:
        return STATES[self.state]

    @property
    def mark(self) -> str:
        return STATE_MARKS.get(self.state, "none")


def places_of(actor: Actor, program: Program, day: date, names: dict[int, str]) -> list[Place]:
    """The whole, and each unit with phases or gates of its own, in the order of their names."""
    gates: dict[int, dict[int, Gate]] = {}
    for row in Gate.objects.visible_to(actor).filter(program=program):
        gates.setdefault(row.unit_id or 0, {})[row.number] = row
    phases = Phase.objects.visible_to(actor).filter(program=program).select_related("unit")
    units = {row.unit_id: row.unit for row in phases if row.unit_id}
    found = [_place(0, "The whole program", stands(program, None, day), gates.get(0, {}))]
    for pk in sorted(units.keys() | (gates.keys() - {0}), key=lambda one: names.get(one, "")):
        unit = units.get(pk) or next(iter(gates[pk].values())).unit
        found.append(_place(pk, names.get(pk, "A former unit"), stands(program, unit, day), gates.get(pk, {})))
    return found


def _place(unit: int, name: str, now: int, gates: dict[int, Gate]) -> Place:
    listed = tuple((number, row.state, row.decided_on) for number, row in sorted(gates.items()) if row.is_passed)
    ahead = next((number for number in range(max(now, 1), LAST_PHASE + 1) if not _behind(gates.get(number))), 0)
    return Place(unit, name, now, listed, ahead, gates[ahead].state if ahead in gates else OPEN)


def _behind(gate: Gate | None) -> bool:
    return gate is not None and gate.is_passed
