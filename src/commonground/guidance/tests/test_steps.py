"""PEER-05 and PEER-07: talks that nobody confirmed in their window, and units that hear the same news far apart."""

from datetime import date, timedelta

from commonground.analysis.facts import Message, Person, Step, Unit
from commonground.guidance.tests.made import DAY, facts, found, subjects

FIRST = DAY - timedelta(days=10)
UNITS = [Unit("all", "All"), Unit("North", "Crew North", "all"), Unit("South", "Crew South", "all")]
SAID = [Message("m", "A device in every van")]
PEOPLE = [Person("y", "Yaw", "South")]


def late(*steps: Step) -> list[str]:
    return subjects("PEER-05", facts(steps=steps, units=UNITS, messages=SAID, people=PEOPLE))


def apart(*steps: Step, **parameters: float) -> list[str]:
    return subjects("PEER-07", facts(steps=steps, units=UNITS, messages=SAID), **parameters)


def step(unit: str, *, closes: date | None = FIRST, delivered: date | None = None) -> Step:
    return Step("m", unit, "y", FIRST - timedelta(days=3), closes, delivered)


def test_a_talk_is_missed_from_the_day_on_which_its_window_is_over() -> None:
    assert late(step("South", closes=DAY)) == ["talk:m/South"]
    assert late(step("South", closes=DAY + timedelta(days=1))) == []
    assert late(step("South", closes=None)) == [], "it is not open as long as the one above is to come"
    assert late(step("South", delivered=DAY)) == []


def test_it_says_where_and_whom_to_ask() -> None:
    (one,) = found("PEER-05", facts(steps=[step("South"), step("South")], units=UNITS, messages=SAID, people=PEOPLE))
    assert one.what == "Nobody says yet that “A device in every van” was told in Crew South"
    assert "2 talks, to be held by Yaw until" in one.evidence


def test_units_are_apart_from_the_eighth_day() -> None:
    week = timedelta(days=7)
    assert apart(step("North", delivered=FIRST), step("South", delivered=FIRST + week)) == []
    assert apart(step("North", delivered=FIRST), step("South", delivered=FIRST + week + timedelta(days=1))) == [
        "message:m"
    ]
    assert apart(step("North", delivered=FIRST), step("South", delivered=FIRST + week), days=5) == ["message:m"]


def test_who_still_waits_counts_until_today() -> None:
    assert apart(step("North", delivered=FIRST), step("South")) == ["message:m"], "ten days by now"
    assert apart(step("North", delivered=DAY - timedelta(days=3)), step("South")) == []
    assert apart(step("North"), step("South")) == [], "nobody has heard"
    assert apart(step("North", delivered=FIRST)) == [], "one unit is not apart from itself"


def test_a_unit_has_heard_when_its_last_talk_was_held() -> None:
    (one,) = found(
        "PEER-07",
        facts(
            steps=[step("North", delivered=FIRST), step("South", delivered=FIRST), step("South")],
            units=UNITS,
            messages=SAID,
        ),
    )
    assert "Crew South has not heard it yet" in one.what
    assert "1 of 2 units had heard" in one.evidence
