"""What the journal says of hand-offs to be and of new processes stays with those named in the plans, until they are told."""

from typing import Any

from tests.cast import Cast

from commonground.journal.models import Entry
from commonground.realignment.models import ProcessFate
from commonground.realignment.tests.told import AT, TODAY, bring
from commonground.workflows.models import Handoff, Process


def drawn(cast: Cast) -> tuple[ProcessFate, Process, Handoff]:
    """A process that is to be created, named to an answerer, and the hand-off that will lead to it."""
    keep: dict[str, Any] = {"by": cast.alice.actor, "at": AT}
    flow = cast.things["workflow"]
    new = Process.objects.create(program=cast.program, key="new", name="New step", workflow=flow, planned_only=True)
    plan = ProcessFate.objects.draft(new, fate="create", **keep)
    plan.name_readers([cast.carol.user.pk], **keep)
    new.name_answerer(cast.dan.person, start=TODAY, **keep)
    ends = {"workflow": flow, "from_process": cast.things["process"], "to_process": new, "when": "to_be"}
    handoff = cast.program.add(Handoff(**ends), **keep)
    handoff.change({"carries": "a note"}, **keep)
    return plan, new, handoff


def read_by(cast: Cast, *things: Any) -> set[str]:
    """Who of those who may open the journal reads of these things."""
    return {
        name
        for name in ("alice", "frank")
        if any(Entry.objects.visible_to(cast.played[name].actor).filter(kind=one._meta.label_lower, thing=one.pk).exists()
               for one in things)
    }  # fmt: skip


def test_they_are_sealed_until_told_and_open_then(cast: Cast) -> None:
    plan, new, handoff = drawn(cast)
    assert read_by(cast, new, handoff) == {"alice"}
    readers = {
        reader.user_id for entry in Entry.objects.filter(kind="workflows.handoff") for reader in entry.readers.all()
    }
    assert readers == {cast.alice.user.pk, cast.carol.user.pk}
    bring(plan, "told", cast.alice.actor)
    assert read_by(cast, new) == read_by(cast, handoff) == {"alice", "frank"}


def test_a_plan_that_is_withdrawn_goes_on_hiding_what_was_drawn_for_it(cast: Cast) -> None:
    plan, _, handoff = drawn(cast)
    plan.withdraw(on=TODAY, by=cast.alice.actor, at=AT)
    for name in ("bob", "dan", "erin", "heidi", "frank"):
        assert not Handoff.objects.visible_to(cast.played[name].actor).filter(pk=handoff.pk).exists()
