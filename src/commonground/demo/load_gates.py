"""Puts the gates of the demo's programs, what was decided and what says so into the database."""

from datetime import UTC, datetime, time

from commonground.analysis.plan.criteria import PROMISED
from commonground.demo import gates as story
from commonground.demo.gates import Shown, Stand
from commonground.demo.load_organization import Keys
from commonground.demo.story import SLUG
from commonground.demo.world import World
from commonground.plan.models import Condition, Evidence, Gate, GateMove
from commonground.programs.models import Program

MOVE = {"passed": "pass", "conditional": "condition", "refused": "refuse"}


def load_gates(program: Program, world: World, keys: Keys) -> None:
    """Writes the gates of a program; for Northlight what says so at each too."""
    is_large = program.slug == SLUG
    made = {}
    for one in story.GATES if is_large else story.FLEET_GATES:
        made[one.number, one.unit] = _gate(program, one, world, keys)
    for shown in story.SHOWN if is_large else ():
        _show(program, shown, made[shown.number, shown.unit], world, keys)


def _gate(program: Program, one: Stand, world: World, keys: Keys) -> Gate:
    days, ruth = world.days, keys.people[world.by_name[story.RUTH]]
    row = Gate.objects.create(
        program=program,
        number=one.number,
        unit_id=keys.unit(one.unit),
        state=one.state,
        asked_on=days.maybe(one.asked),
        decided_on=days.maybe(one.decided),
        decided_by_id=ruth if one.decided is not None else None,
        began=one.decided is not None and one.state in ("passed", "conditional"),
    )
    maren = keys.people[world.by_name[story.MAREN]]
    for key, offset, person in (("ask", one.asked, maren), (MOVE.get(one.state, ""), one.decided, ruth)):
        if offset is None or not key:
            continue
        on = days.on(offset)
        decided = key != "ask"
        GateMove.objects.create(
            gate=row, move=key, state=one.state if decided else "review", on=on, words=one.why if decided else "",
            body=one.body if decided else "", person_id=person, at=datetime.combine(on, time(9), UTC),
        )  # fmt: skip
    return row


def _show(program: Program, one: Shown, gate: Gate, world: World, keys: Keys) -> None:
    person = keys.people[world.by_name[one.by]] if one.by else None
    on, due = world.days.on(one.on), world.days.maybe(one.due)
    if one.answer == PROMISED and due is not None:
        Condition.objects.create(
            program=program, gate=gate, words=one.words, criterion=one.criterion, owner_id=person, due=due, made_on=on
        )
        return
    Evidence.objects.create(
        program=program, gate=gate, criterion=one.criterion, answer=one.answer, how=one.how, value=one.value, on=on,
        words=one.words, place=one.place, filed_by_id=person,
    )  # fmt: skip
