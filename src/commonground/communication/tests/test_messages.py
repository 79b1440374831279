"""Messages by their verbs: nothing leaves before somebody else approved it, and what changes is approved anew."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cast import AT, Cast

from commonground.communication.messages import NEXT, OUT, SAID, STATES, Message
from commonground.communication.segments import Segment
from commonground.communication.tests.made_message import BODY, message
from commonground.communication.writing import begin, put_right
from commonground.journal.models import Entry, Version
from commonground.programs.register import CannotError
from commonground.realignment.models import RoleFate
from commonground.voice.models import Topic


def test_a_message_goes_from_draft_to_out_by_two_pairs_of_eyes(cast: Cast) -> None:
    row = message(cast, state="in_review")
    with pytest.raises(CannotError, match="approved by a change lead, a sponsor or a customer lead"):
        row.move_to("approved", by=cast.carol.actor, at=AT)
    with pytest.raises(CannotError, match="approved by a change lead, a sponsor or a customer lead"):
        row.move_to("approved", by=cast.heidi.actor, at=AT)
    row.move_to("approved", by=cast.bob.actor, at=AT)
    assert (row.approved_by, row.approved_on) == (cast.bob.user, AT.date())
    row.move_to("out", by=cast.carol.actor, at=AT)
    assert [one.verb for one in Entry.objects.order_by("-pk")[:3]] == [
        "said that a message is out",
        "approved a message",
        "sent a message to review",
    ]


def test_whoever_wrote_last_does_not_approve(cast: Cast) -> None:
    row = message(cast, state="in_review")
    put_right(row, {"purpose": "So that nobody waits"}, by=cast.alice.actor, at=AT)
    assert row.state == "draft"
    row.move_to("in_review", by=cast.carol.actor, at=AT)
    with pytest.raises(CannotError, match="somebody else reads and approves it"):
        row.move_to("approved", by=cast.alice.actor, at=AT)
    row.move_to("approved", by=cast.ivan.actor, at=AT)


@pytest.mark.parametrize("what", ["title", "words", "language", "segments"])
def test_what_changes_is_approved_anew(cast: Cast, what: str) -> None:
    row = message(cast, state="approved", side="customers" if what == "segments" else "inside", channels=["email"])
    if what == "title":
        row.change({"title": "Another"}, by=cast.carol.actor, at=AT)
    elif what == "segments":
        one = Segment.objects.create(program=cast.program, key="firms", name="Small firms")
        row.set_segments([one], by=cast.carol.actor, at=AT)
    else:
        row.say("English" if what == "words" else "Polish", "Wizyty", "Od poniedziałku", by=cast.carol.actor, at=AT)
    row.refresh_from_db()
    assert (row.state, row.approved_by, row.approved_on) == ("draft", None, None)


def test_what_people_heard_stands(cast: Cast) -> None:
    row = message(cast, state="out")
    for change in (
        lambda: row.change({"title": "Another"}, by=cast.carol.actor, at=AT),
        lambda: row.say("English", "", "Another", by=cast.carol.actor, at=AT),
        lambda: row.set_segments([], by=cast.carol.actor, at=AT) or row.refuse_once_out(),
    ):
        with pytest.raises(CannotError, match="its words stand as people heard them"):
            change()
    topic = Topic.objects.open(cast.program, name="Who books?", by=cast.alice.actor, at=AT)
    assert row.set_topics([topic], by=cast.carol.actor, at=AT)
    assert Message.objects.get().state == OUT


def test_without_words_nothing_is_reviewed(cast: Cast) -> None:
    row = message(cast, words=False)
    with pytest.raises(CannotError, match="has no words yet"):
        row.move_to("in_review", by=cast.carol.actor, at=AT)


def test_words_are_kept_by_language_and_taken_away_empty(cast: Cast) -> None:
    row = message(cast)
    row.say("Polish", "Wizyty", "Od poniedziałku", by=cast.carol.actor, at=AT)
    found = [row.text_in(name).language for name in ("polish", "Turkish", "")]
    assert found == ["Polish", "English", "English"]
    assert not row.say("english", "Booking visits", BODY, by=cast.carol.actor, at=AT)
    row.say("Polish", "", "", by=cast.carol.actor, at=AT)
    assert [one.language for one in row.texts.all()] == ["English"]


def test_a_window_has_an_end_after_its_start(cast: Cast) -> None:
    with pytest.raises(CannotError, match="ends before it begins"):
        message(cast, start=AT.date(), end=AT.date())


def test_versions_of_the_facts_move(cast: Cast) -> None:
    before = Version.objects.now().get("messages", 0)
    message(cast)
    assert Version.objects.now()["messages"] > before


@given(st.lists(st.sampled_from(list(STATES)), max_size=8))
@settings(max_examples=60)
def test_no_way_leads_out_without_passing_approval(wanted: list[str]) -> None:
    """On the table of steps alone: who is out or done was approved since it was last a draft."""
    state, approved = "draft", False
    for step in wanted:
        if step in NEXT[state]:
            approved = True if (state, step) == ("in_review", "approved") else approved and step != "draft"
            state = step
    assert approved or state not in SAID


class TestEmbargo:
    """A message about a change that is not told yet is seen only through that change."""

    def fate(self, cast: Cast) -> RoleFate:
        role = cast.roles["billing_clerk"]
        return RoleFate.objects.draft(role, program=cast.program, fate="end", by=cast.alice.actor, at=AT)

    def held(self, cast: Cast, fate: RoleFate) -> Message:
        values = {"title": "What becomes of the clerks", "channels": ["talk"], "role_fate_id": fate.pk}
        row = begin(cast.program, values, by=cast.alice.actor, at=AT)
        row.say("English", "", "Your role ends.", by=cast.alice.actor, at=AT)
        return row

    def test_it_is_seen_only_by_those_who_see_the_change(self, cast: Cast) -> None:
        row = self.held(cast, self.fate(cast))
        seen = {name: Message.objects.visible_to(getattr(cast, name).actor).exists() for name in cast.played}
        assert [name for name, it_is in seen.items() if it_is] == ["alice"]
        for name in ("bob", "carol", "dan", "ivan"):
            assert "What becomes" not in cast.client_of(name).get("/northlight/messages/").content.decode()
            assert cast.client_of(name).get(f"/northlight/messages/{row.pk}/").status_code == 404
            assert cast.client_of(name).get(f"/northlight/messages/{row.pk}/notice.pdf").status_code == 404
        written = Entry.objects.filter(kind="communication.message")
        assert not written.visible_to(cast.bob.actor).exists()
        assert written.visible_to(cast.alice.actor).exists()

    def test_a_role_named_in_the_audience_hangs_it_on_the_change_for_whoever_sees_it(self, cast: Cast) -> None:
        fate = self.fate(cast)
        values = {"title": "New tasks", "audience": {"role": "billing-clerk"}, "about_my_work": True}
        assert begin(cast.program, values, by=cast.alice.actor, at=AT).role_fate == fate
        assert begin(cast.program, values, by=cast.carol.actor, at=AT).role_fate is None

    def test_it_does_not_go_out_before_the_change_is_told(self, cast: Cast) -> None:
        fate = self.fate(cast)
        row = self.held(cast, fate)
        Message.objects.filter(pk=row.pk).update(state="approved")
        row.refresh_from_db()
        with pytest.raises(CannotError, match="is not told yet"):
            row.move_to("out", by=cast.alice.actor, at=AT)
        fate.advance("consulted", on=AT.date(), by=cast.alice.actor, at=AT)
        fate.line_spoke(on=AT.date(), by=cast.alice.actor, at=AT)
        fate.advance("told", on=AT.date(), by=cast.alice.actor, at=AT)
        row = Message.objects.get(pk=row.pk)
        row.move_to("out", by=cast.alice.actor, at=AT)
        assert Message.objects.visible_to(cast.carol.actor).filter(pk=row.pk).exists()
