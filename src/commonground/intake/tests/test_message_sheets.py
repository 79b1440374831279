"""The sheet of messages: brought as drafts, brought again without a difference, taken back; what is out stands as people heard it."""

from datetime import date
from typing import Any

import pytest
from tests.cast import Cast

from commonground.analysis import facts
from commonground.communication.models import Message, Segment
from commonground.intake import committing
from commonground.intake.tests.bringing import AT, bring, counts, everything, sheets, take
from commonground.programs.models import Milestone
from commonground.programs.register import CannotError

FROM = date(2026, 10, 5)


def files(cast: Cast, **values: Any) -> dict[str, bytes]:
    person = cast.dan.person
    assert person is not None
    inside = facts.Message(
        id="M1", title="You book the visit", side="inside", audience="level=Staff; touched", unit=cast.units["billing"].key,
        sender_kind="line", sender=person.key, channels=("talk", "print"), start=FROM, state="approved", about_my_work=True,
    )  # fmt: skip
    outside = facts.Message(
        id="M2",
        title="A new number",
        side="customers",
        segments=("firms",),
        channels=("fax",),
        start=FROM,
        cut_over="all",
    )
    return sheets({"messages": [inside._replace(**values), outside]})


def test_the_sheet_is_taken_over_as_drafts_and_taken_back(cast: Cast) -> None:
    firms = Segment.objects.create(program=cast.program, key="firms", name="Small firms")
    cut = Milestone.objects.create(program=cast.program, kind="cut_over", planned=date(2026, 11, 9))
    before = everything()
    row = take(cast.program, cast.alice.actor, files(cast))
    inside, outside = Message.objects.order_by("key")
    assert (inside.state, inside.sender, inside.about_my_work) == ("draft", cast.dan.person, True)
    assert (inside.audience, inside.channels) == ({"level": "Staff", "touched": "yes"}, ["talk", "print"])
    assert (outside.cut_over, list(outside.segments.all())) == (cut, [firms])
    again = bring(cast.program, cast.alice.actor, files(cast))
    assert counts(row, "messages") == {"new": 2}
    assert counts(again, "messages") == {"unchanged": 2}
    committing.undo(row, by=cast.alice.actor, at=AT)
    assert everything() == before


def test_what_was_approved_is_a_draft_again_where_the_sheet_differs(cast: Cast) -> None:
    take(cast.program, cast.alice.actor, files(cast))
    Message.objects.filter(key="M1").update(state="approved", approved_by=cast.bob.user, approved_on=AT.date())
    take(cast.program, cast.alice.actor, files(cast, title="You book every visit"))
    row = Message.objects.get(key="M1")
    assert (row.title, row.state, row.approved_by) == ("You book every visit", "draft", None)


def test_what_people_heard_and_a_channel_of_the_other_side_are_kept_out(cast: Cast) -> None:
    take(cast.program, cast.alice.actor, files(cast))
    Message.objects.filter(key="M1").update(state="out")
    row = bring(cast.program, cast.alice.actor, files(cast, title="You book every visit"))
    assert counts(row, "messages") == {"unchanged": 1, "kept_out": 1}
    assert "it stands as people heard it" in str(row.summary["sorts"])
    row = bring(cast.program, cast.alice.actor, files(cast, id="M3", channels=("fax",)))
    assert "Messages inside do not go by “fax”" in str(row.summary["sorts"])


def test_who_brings_a_message_does_not_approve_it(cast: Cast) -> None:
    """Four eyes see more, also when the words and the audience come by a sheet."""
    take(cast.program, cast.alice.actor, files(cast))
    row = Message.objects.get(key="M1")
    row.say("English", "Visits", "You book them.", by=cast.carol.actor, at=AT)
    take(cast.program, cast.alice.actor, files(cast, title="You book every visit"))
    row.refresh_from_db()
    row.move_to("in_review", by=cast.alice.actor, at=AT)
    with pytest.raises(CannotError, match="somebody else reads and approves it"):
        row.move_to("approved", by=cast.alice.actor, at=AT)


@pytest.mark.parametrize("state", ["approved", "out"])
def test_other_customers_out_of_a_sheet_need_a_new_approval(cast: Cast, state: str) -> None:
    """Wider than what was approved is not approved; what is out stands as customers heard it."""
    firms = Segment.objects.create(program=cast.program, key="firms", name="Small firms")
    homes = Segment.objects.create(program=cast.program, key="homes", name="Homes")
    take(cast.program, cast.alice.actor, files(cast))
    row = Message.objects.get(key="M2")
    row.segments.set([homes])
    Message.objects.filter(pk=row.pk).update(state=state, approved_by=cast.bob.user, approved_on=AT.date())
    found = bring(cast.program, cast.alice.actor, files(cast))
    if state == "out":
        assert counts(found, "messages") == {"unchanged": 1, "kept_out": 1}
        return
    take(cast.program, cast.alice.actor, files(cast))
    row.refresh_from_db()
    assert (row.state, row.approved_by, list(row.segments.all())) == ("draft", None, [firms])
