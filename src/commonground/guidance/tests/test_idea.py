"""IDEA: each guideline fails and passes; no finding tells more of an author than the week and a unit of at least 10 people."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.analysis.facts import VOICE_KINDS, VOICE_STATES, Unit, Voice
from commonground.guidance.guidelines import run
from commonground.guidance.guidelines.idea import is_in_hand
from commonground.guidance.tests.made import DAY, crowd, facts, found, subjects

CODES = ("IDEA-01", "IDEA-02", "IDEA-03", "PEER-04")


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


def heard(*voices: Voice, **tables: object):
    given = {"people": [*crowd(12, "b"), *crowd(3, "s", "s")], "units": [Unit("b", "Billing"), Unit("s", "Small", "b")]}
    return facts(voices=voices, **{**given, **tables})


DOUBT = Voice("V1", "doubt", ago(20), "b", "assigned", owner="x1", due=ago(3))


def test_a_voice_that_somebody_has_is_told_of_by_itself():
    one = found("IDEA-01", heard(DOUBT))[0]
    assert (str(one.subject), one.severity, one.where) == ("voice:V1", "warn", "Billing")
    assert (
        one.what == "A doubt from Billing, raised in the week of 26 Oct 2026, waits for an answer"
    )  # 1 November is a Sunday
    assert one.evidence == "voices: state assigned, owner Person x1, due 18 Nov 2026, no answer in 14 days"


@pytest.mark.parametrize(
    ("changed", "finds"),
    [
        ({"raised": ago(14)}, False),  # two weeks are the time there is
        ({"raised": ago(15)}, True),
        ({"answered": ago(1)}, False),
        ({"answered": DAY + timedelta(days=1)}, True),  # not yet answered on the day
        ({"state": "answered"}, False),
        ({"state": "closed"}, False),
        ({"state": "accepted", "accepted": ago(2)}, False),
        ({"state": None}, True),
        ({"raised": DAY + timedelta(days=1)}, False),
    ],
)
def test_what_waits_for_an_answer(changed, finds):
    assert subjects("IDEA-01", heard(DOUBT._replace(**changed))) == (["voice:V1"] if finds else [])


def test_the_days_can_be_set():
    assert subjects("IDEA-01", heard(DOUBT), days=30) == []


def test_voices_on_one_matter_are_one_finding():
    rows = [DOUBT._replace(id=f"V{at}", topic="bill", raised=ago(20 + at)) for at in range(3)]
    one = found("IDEA-01", heard(*rows))
    assert [str(each.subject) for each in one] == ["topic:bill"]
    assert one[0].what == "3 voices on one matter wait for an answer, the first since the week of 26 Oct 2026"


def test_voices_that_nobody_has_are_told_of_by_unit():
    rows = [Voice("V1", "fear", ago(20), "s"), Voice("V2", "idea", ago(27), "b"), Voice("V3", "idea", ago(27))]
    one = {str(each.subject): each for each in found("IDEA-01", heard(*rows))}
    assert one.keys() == {"unit:b", "voices:all"}  # a unit of three people is told of as the one above it
    assert (
        one["unit:b"].what == "2 voices from Billing wait for a first answer, the oldest since the week of 19 Oct 2026"
    )
    assert "V1" not in one["unit:b"].evidence


def test_without_a_sheet_of_people_no_unit_is_told_of():
    assert subjects("IDEA-01", facts(voices=[Voice("V1", "fear", ago(20), "b")])) == ["voices:all"]


IDEA = Voice("V1", "idea", ago(120), "b", "accepted", owner="x1", accepted=ago(100), answered=ago(100))


@pytest.mark.parametrize(
    ("changed", "finds"),
    [
        ({}, True),
        ({"accepted": ago(90)}, False),
        ({"accepted": ago(91)}, True),
        ({"completed": ago(1)}, False),
        ({"state": "completed"}, False),
        ({"state": "closed"}, False),
        ({"accepted": None}, True),  # the day of the answer stands for it
        ({"accepted": None, "state": "answered"}, False),
        ({"kind": "doubt"}, False),
    ],
)
def test_an_idea_that_was_taken_on_and_left(changed, finds):
    assert subjects("IDEA-02", heard(IDEA._replace(**changed))) == (["voice:V1"] if finds else [])


def test_an_idea_says_since_when():
    one = found("IDEA-02", heard(IDEA))[0]
    assert one.what == "An idea from Billing, raised in the week of 20 Jul 2026, was taken on and is not completed yet"
    assert "accepted 13 Aug 2026" in one.evidence


RISK = Voice("V1", "risk", ago(2), "b", "assigned")


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({}, "no owner and no response"),
        ({"owner": "x1"}, "no response"),
        ({"response": True}, "no owner"),
        ({"owner": "x1", "response": True}, ""),
        ({"state": "closed"}, ""),
        ({"kind": "doubt"}, ""),
    ],
)
def test_a_risk_of_friction_wants_an_owner_and_a_response(changed, says):
    one = found("IDEA-03", heard(RISK._replace(**changed)))
    assert [each.what for each in one] == (
        [f"A risk of friction from Billing, raised in the week of 16 Nov 2026, has {says} yet"] if says else []
    )


def test_risks_that_nobody_has_are_told_of_by_unit():
    rows = [RISK._replace(state="open", raised=ago(8)), RISK._replace(id="V2", state=None, raised=ago(9))]
    one = found("IDEA-03", heard(*rows))
    assert [(str(each.subject), each.what) for each in one] == [
        ("unit:b", "2 risks of friction raised in Billing have no owner yet")
    ]


@pytest.mark.parametrize("days", range(14))
def test_the_day_of_a_risk_without_a_name_is_not_told_by_its_finding(days):
    """Of a voice without a name the week is told: one raised on any day of a week is told of from the same day on."""
    day = date(2026, 11, 16) + timedelta(days=days)  # two weeks from a Monday on
    told = [
        bool(run(heard(RISK._replace(state="open", raised=raised), as_of=day), select=["IDEA-03"]).findings)
        for raised in (date(2026, 11, 16) + timedelta(days=at) for at in range(min(days, 6) + 1))
    ]
    assert set(told) == {days >= 7}


voices = st.builds(
    Voice,
    id=st.integers(1, 99).map(lambda at: f"voice-{at}"),
    kind=st.sampled_from(VOICE_KINDS),
    raised=st.integers(1, 200).map(ago),
    unit=st.sampled_from(["s", "b", None]),
    state=st.sampled_from([*VOICE_STATES, None]),
    topic=st.sampled_from(["t", None]),
)


@given(st.lists(voices, max_size=6))
def test_a_small_unit_a_day_or_a_voice_in_nobodys_hands_is_never_told(rows):
    for one in run(heard(*rows), select=CODES).findings:
        text = f"{one.what} {one.where} {one.evidence}"
        assert "Small" not in text
        assert str(one.subject) != "unit:s"
        if one.subject.kind == "voice":
            assert any(is_in_hand(row) for row in rows if row.id == one.subject.id)


def test_who_is_in_nobodys_hands():
    bare = Voice("V1", "doubt", DAY, state="open")
    assert not is_in_hand(bare)
    assert not is_in_hand(bare._replace(state=None))
    for more in ({"owner": "x"}, {"topic": "t"}, {"public_answer": True}, {"accepted": DAY}, {"state": "assigned"}):
        assert is_in_hand(bare._replace(**more))
