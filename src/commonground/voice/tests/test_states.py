"""The steps of a voice: the table by hand, every verb in any order, the way back from each."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commonground.journal.models import Entry, Values
from commonground.journal.recording import verify
from commonground.programs.register import CannotError
from commonground.voice import working
from commonground.voice.models import Voice
from commonground.voice.states import KINDS, LABELS, STEPS, WAITING, NotNowError, after, steps_from
from commonground.voice.states_page import PAGE, page
from commonground.voice.tests.voiced import AT, TODAY, Voiced

VERBS: dict[str, tuple[Any, dict[str, Any]]] = {
    "hand_back": (working.hand_back, {}),
    "answer": (working.answer, {"words": "We practise together first."}),
    "accept": (working.accept, {"words": ""}),
    "complete": (working.complete, {"words": "In use since July."}),
    "close": (working.close, {"why": "Twice the same."}),
    "reopen": (working.reopen, {}),
    "withdraw": (working.withdraw, {}),
}


def test_the_page_of_the_docs_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "write it anew as voice/states_page.py says"


def test_the_table_by_hand() -> None:
    """From each state of an idea with an owner, the steps that there are."""
    assert {state: {step.name for step in steps_from(state, "idea", owned=True)} for state in LABELS} == {
        "open": {"give", "answer", "accept", "close", "withdraw"},
        "assigned": {"give", "hand_back", "answer", "accept", "close", "withdraw"},
        "accepted": {"give", "answer", "complete", "reopen", "withdraw"},
        "answered": {"answer", "accept", "reopen", "withdraw"},
        "completed": {"reopen", "withdraw"},
        "closed": {"reopen", "withdraw"},
    }
    for kind in set(KINDS) - {"idea"}:
        assert not {"accept", "complete"} & {
            step.name for state in LABELS for step in steps_from(state, kind, owned=True)
        }


def test_every_state_but_the_first_is_reached_and_left() -> None:
    assert {step.end for step in STEPS} == set(LABELS)
    assert {start for step in STEPS for start in step.starts} == set(LABELS)


def test_opened_again_it_is_with_its_owner_or_waits() -> None:
    assert after("answered", "reopen", "fear", owned=True).end == "assigned"
    assert after("answered", "reopen", "fear", owned=False).end == "open"


def test_a_refusal_tells_the_state_and_the_remedy() -> None:
    with pytest.raises(NotNowError, match="This voice is “waits”: for “Say what came of it” it has to be “being done”"):
        after("open", "complete", "idea", owned=False)
    with pytest.raises(NotNowError, match="This is a fear; “Accept the idea” is for an idea"):
        after("open", "accept", "fear", owned=False)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.sampled_from(["idea", "fear", "risk"]), order=st.lists(st.sampled_from(["give", *VERBS]), max_size=8))
def test_verbs_in_any_order_keep_to_the_table(voiced: Voiced, kind: str, order: list[str]) -> None:
    row, state, owned, gone = voiced.signed(kind=kind), "open", False, False
    for name in order:
        steps = [step for step in steps_from(state, kind, owned=owned) if step.name == name]
        allowed = bool(steps) and not (gone and name == "reopen")
        before = Entry.objects.count()
        try:
            if name == "give":
                working.give(row, owner=voiced.cast.carol.user, due=None, **voiced.lead)
            else:
                verb, words = VERBS[name]
                verb(row, **words, **voiced.lead)
        except CannotError:
            assert not allowed, name
            assert Entry.objects.count() == before
            continue
        assert allowed, name
        state = steps[0].end
        owned = {"give": True, "hand_back": False}.get(name, owned)
        gone = gone or name == "withdraw"
        held = Voice.objects.get(pk=row.pk)
        assert (held.state, held.owner_id is not None, held.withdrawn) == (state, owned, gone)
        assert Entry.objects.count() == before + 1
        assert (held.state in WAITING) == (state in {"open", "assigned"})
    assert verify().sound


def test_the_authors_words_never_stand_in_the_journal(voiced: Voiced) -> None:
    """Whoever takes words back must find them nowhere else."""
    row = voiced.signed(words="Zanzibar is what I said", kind="idea")
    working.triage(row, kind="idea", **voiced.lead)
    working.publish(row, words="Zanzibar", **voiced.lead)
    working.give(row, owner=voiced.cast.carol.user, due=TODAY, **voiced.lead)
    working.reply(row, words="Zanzibar again", **voiced.who("erin"))
    working.withdraw(row, **voiced.who("erin"))
    assert Entry.objects.about(row).count() == 6
    assert not [values for values in Values.objects.all() if "Zanzibar" in str(values.data)]
    held = Voice.objects.get(pk=row.pk)
    assert (held.words, held.public_words, held.published, held.replies.count()) == ("", "", False, 0)


def test_an_answer_that_is_put_right_keeps_its_day(voiced: Voiced) -> None:
    row = voiced.signed(kind="question")
    working.answer(row, words="On Monday.", **voiced.lead)
    working.answer(row, words="On Tuesday.", by=voiced.cast.alice.actor, at=AT.replace(day=20))
    assert (row.answer, row.answered_on) == ("On Tuesday.", TODAY)


def test_one_answer_serves_a_topic_and_who_joins_later(voiced: Voiced) -> None:
    topic, rows = voiced.topic(), [voiced.nameless(f"Too slow? {n}") for n in range(3)]
    done, later = rows[0], rows[2]
    working.answer(done, words="Its own answer.", **voiced.lead)
    working.serve_many(rows[:2], topic, **voiced.lead)
    assert working.answer_topic(topic, words="We practise together.", **voiced.lead) == 1
    working.join(later, topic, **voiced.lead)
    held = {row.pk: row for row in Voice.objects.all()}
    assert [held[row.pk].state for row in rows] == ["answered"] * 3
    assert [held[row.pk].said for row in rows] == ["Its own answer.", "We practise together.", "We practise together."]
    working.reopen_topic(topic, **voiced.lead)
    assert [Voice.objects.get(pk=row.pk).state for row in rows] == ["answered", "open", "open"]
    assert verify().sound


def test_a_voice_opened_again_leaves_the_topic_whose_answer_did_not_do(voiced: Voiced) -> None:
    topic, row = voiced.topic(), voiced.nameless()
    working.join(row, topic, **voiced.lead)
    working.answer_topic(topic, words="We practise together.", **voiced.lead)
    row = Voice.objects.get(pk=row.pk)
    working.reopen(row, **voiced.lead)
    row = Voice.objects.get(pk=row.pk)
    assert (row.state, row.topic, row.said) == ("open", None, "")


def test_what_was_taken_back_is_not_opened_and_not_published(voiced: Voiced) -> None:
    row = voiced.signed()
    working.withdraw(row, **voiced.who("erin"))
    with pytest.raises(CannotError, match="taken these words back"):
        working.reopen(row, **voiced.lead)
    with pytest.raises(CannotError, match="taken these words back"):
        working.publish(row, words="again", **voiced.lead)
