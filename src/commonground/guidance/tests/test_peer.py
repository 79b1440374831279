"""PEER-04 and PEER-06: each fails and passes, and neither tells of a unit of fewer than 10 people."""

from datetime import date, timedelta

import pytest

from commonground.analysis.facts import Response, Round, Unit, Voice
from commonground.guidance.guidelines import run
from commonground.guidance.tests.made import DAY, crowd, facts, found, subjects

UNITS = ("Billing", "Water", "Metering", "Phones")


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


def heard(*voices: Voice, sizes: tuple[int, ...] = (12, 12, 12, 12), **tables: object):
    people = [one for name, size in zip(UNITS, sizes, strict=True) for one in crowd(size, name, name)]
    return facts(people=people, voices=voices, **tables)


def same(*units: str, **fields: object) -> list[Voice]:
    return [Voice(f"V{at}", "doubt", ago(30), unit, topic="bill", **fields) for at, unit in enumerate(units)]


def test_the_same_doubt_in_three_units():
    one = found("PEER-04", heard(*same("Billing", "Water", "Metering")))[0]
    assert (str(one.subject), one.severity) == ("topic:bill", "warn")
    assert one.what == "The same doubt was raised in Billing, Metering and Water, and there is no common answer yet"


@pytest.mark.parametrize(
    "rows",
    [
        same("Billing", "Water"),
        same("Billing", "Water", "Water"),
        [*same("Billing", "Water", "Metering")[:2], *same("Billing", "Water", "Metering", public_answer=True)[2:]],
        [row._replace(kind="idea") for row in same("Billing", "Water", "Metering")],
        [row._replace(topic=None) for row in same("Billing", "Water", "Metering")],
        [row._replace(state="closed") for row in same("Billing", "Water", "Metering")],
    ],
)
def test_fewer_units_or_a_common_answer(rows):
    assert subjects("PEER-04", heard(*rows)) == []


def test_answers_in_private_are_no_common_answer():
    rows = same("Billing", "Water", "Metering", state="answered", answered=ago(3), public_answer=False)
    assert subjects("PEER-04", heard(*rows)) == ["topic:bill"]


def test_a_unit_and_the_one_above_it_are_one():
    units = [Unit("Billing", "Billing"), Unit("Water", "Water"), Unit("Metering", "Metering", "Water")]
    assert subjects("PEER-04", heard(*same("Billing", "Water", "Metering"), units=units)) == []


def test_small_units_do_not_count():
    assert subjects("PEER-04", heard(*same("Billing", "Water", "Metering"), sizes=(12, 12, 9, 12))) == []


LONG_AGO = Voice("V0", "idea", ago(300), None)


def test_a_silent_unit():
    rows = heard(LONG_AGO, Voice("V1", "idea", ago(60), "Billing"), Voice("V2", "idea", ago(59), "Water"))
    one = {str(each.subject): each for each in found("PEER-06", rows)}
    assert one.keys() == {"unit:Billing", "unit:Metering", "unit:Phones"}
    assert one["unit:Billing"].what == "Nothing was heard from Billing for 60 days"
    assert one["unit:Billing"].where == "Billing · 12 people"
    assert one["unit:Billing"].evidence == (
        "voices: the last in the week of 21 Sep 2026, this week not counted; response: no round answered in that time"
    )


def test_the_day_of_a_voice_ends_no_silence():
    """A voice without a name is promised its week alone: what it changes shows from the Monday after."""
    monday = DAY - timedelta(days=DAY.weekday())
    old = [LONG_AGO, *(Voice("V", "idea", ago(20), name) for name in UNITS[1:])]
    for raised in (monday, DAY):
        assert subjects("PEER-06", heard(*old, Voice("V2", "fear", raised, "Billing"))) == ["unit:Billing"]
    assert subjects("PEER-06", heard(*old, Voice("V2", "fear", monday - timedelta(days=1), "Billing"))) == []


def test_a_unit_of_nine_people_is_never_called_silent():
    quiet = [Voice("V", "idea", ago(6), name) for name in UNITS[:3]]
    assert subjects("PEER-06", heard(LONG_AGO, *quiet, sizes=(12, 12, 12, 9))) == []
    assert (
        subjects("PEER-06", heard(LONG_AGO, *quiet, sizes=(12, 12, 12, 9)), people=1) == []
    )  # not by a parameter either
    assert subjects("PEER-06", heard(LONG_AGO, *quiet, sizes=(12, 12, 12, 10))) == ["unit:Phones"]


@pytest.mark.parametrize(
    ("share", "closed", "finds"), [(0.3, 10, False), (0.29, 10, True), (0.9, 61, True), (0.9, -1, True)]
)
def test_who_answered_a_round_lately_is_not_silent(share, closed, finds):
    rows = heard(
        LONG_AGO,
        *(Voice("V", "idea", ago(6), name) for name in UNITS[1:]),
        rounds=[Round("R", "pulse", "pulse", ago(80), ago(closed))],
        response=[Response("R", "Billing", share)],
    )
    assert subjects("PEER-06", rows) == (["unit:Billing"] if finds else [])


def test_where_voices_have_only_begun_nobody_is_silent_yet():
    assert subjects("PEER-06", heard(Voice("V1", "idea", ago(59), "Billing"))) == []


def test_without_voices_it_is_not_checked():
    assert run(facts(people=crowd(12)), select=["PEER-06"]).not_checked[0].missing == ("voices",)
