"""Read, talked over by both sides, seen: each once and in order, only once told, only by holders; never a consent."""

from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
from tests.cast import Cast

from commonground.journal.models import Entry
from commonground.realignment.acknowledgements import BEFORE
from commonground.realignment.models import Acknowledgement, Conversation
from commonground.realignment.stages import NotYetError
from commonground.realignment.tests.told import AT, TODAY, Told, bring, make_told

# the two orders in which all four can be noted, by hand
RIGHT = {
    ("read", "discussed_manager", "discussed_holder", "acknowledged"),
    ("read", "discussed_holder", "discussed_manager", "acknowledged"),
}


@pytest.fixture
def told(cast: Cast) -> Told:
    found = make_told(cast)
    bring(found.role, "told", cast.alice.actor)
    return found


def note(told: Told, step: str, days: int = 0, **others: Any) -> Acknowledgement:
    values: Any = {"person": told.cast.erin.person, "on": TODAY + timedelta(days=days), **others}
    return Acknowledgement.objects.note(told.role, step=step, by=told.cast.erin.actor, at=AT, **values)


@pytest.mark.parametrize("order", list(permutations(BEFORE)), ids="-".join)
def test_the_order(told: Told, order: tuple[str, ...]) -> None:
    noted = []
    for step in order:
        try:
            note(told, step)
        except NotYetError:
            break
        noted.append(step)
    assert (tuple(noted) == order) == (order in RIGHT)


def test_each_once(told: Told) -> None:
    note(told, "read")
    with pytest.raises(NotYetError, match="noted already, on 2026-09-14"):
        note(told, "read")


def test_not_before_what_it_rests_on_nor_in_the_future(told: Told) -> None:
    note(told, "read")
    with pytest.raises(NotYetError, match="cannot be earlier"):
        note(told, "discussed_holder", days=-1)
    with pytest.raises(NotYetError, match="has not come yet"):
        note(told, "discussed_holder", days=1)


def test_only_holders_and_only_once_told(cast: Cast) -> None:
    draft = make_told(cast)
    with pytest.raises(NotYetError, match="nothing to read before"):
        note(draft, "read")
    bring(draft.role, "told", cast.alice.actor)
    with pytest.raises(NotYetError, match="does not hold this role"):
        note(draft, "read", person=cast.charlie.person)
    with pytest.raises(ValueError, match="is no step"):
        note(draft, "agreed")


def test_the_way_back_as_long_as_nothing_rests_on_it(told: Told) -> None:
    note(told, "read")
    row = note(told, "discussed_holder")
    with pytest.raises(NotYetError, match="rests on it"):
        row.take_back("read", by=told.cast.erin.actor, at=AT)
    row.take_back("discussed_holder", by=told.cast.erin.actor, at=AT)
    row.take_back("read", by=told.cast.erin.actor, at=AT)
    assert Entry.objects.all().about(told.role).filter(verb="took back: read").exists()


def test_a_conversation_holds_its_day_and_by_whom_and_nothing_else(told: Told) -> None:
    fields = {field.name for field in Conversation._meta.get_fields()}
    assert fields == {"id", "role_fate", "offered_on", "offered_by"}
    with pytest.raises(NotYetError, match="has not come yet"):
        Conversation.objects.offer(
            told.role, on=TODAY + timedelta(days=1), offered_by=None, by=told.cast.dan.actor, at=AT
        )
