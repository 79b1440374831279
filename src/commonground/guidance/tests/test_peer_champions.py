"""PEER-01 to PEER-03: each fails and passes."""

from datetime import timedelta

import pytest

from commonground.analysis.facts import Champion, ChampionMeeting, Does, Person, Process, Seat
from commonground.guidance.guidelines import run
from commonground.guidance.tests.made import DAY, crowd, facts, found, subjects

CREW = crowd(8, "Water", "w", level="staff", shift="night")
PEOPLE = [
    Person("dan", "Dan", "Billing", level="manager"),
    *crowd(3, "Billing", "b", level="staff", shift="day"),
    Person("bx", "Bee", "Billing", level="staff", shift="night"),
    *CREW,
]
TOUCHED = [Process("p1", "Open", "Billing", ("dan",), "W", "move"), Process("p2", "Read", "Water", (), "W", "automate")]
DONE = [Does("p1", "b0"), Does("p1", "b1"), Does("p1", "bx"), *(Does("p2", one.id) for one in CREW)]
EVERYBODY = ["cell:Billing/manager", "cell:Billing/staff", "cell:Water/staff"]


def carried(*champions: Champion, **tables: object):
    return facts(**{"people": PEOPLE, "processes": TOUCHED, "does": DONE, "champions": champions, **tables})


def test_each_touched_group_has_a_champion():
    assert subjects("PEER-01", carried()) == EVERYBODY
    mine = carried(Champion("b2"))  # who is not touched carries their own group too
    assert subjects("PEER-01", mine) == ["cell:Billing/manager", "cell:Water/staff"]
    one = found("PEER-01", mine)[1]
    assert one.what == "Nobody champions the cause in Water, staff yet"
    assert one.evidence == "8 people touched; champions: 1 champion, none for this group"


def test_so_few_people_are_not_counted():
    assert found("PEER-01", carried())[1].evidence.startswith("touched; ")


@pytest.mark.parametrize(
    ("row", "left"),
    [
        (Champion("dan", "Water", "staff"), EVERYBODY[:2]),
        (Champion("dan", "Billing"), EVERYBODY[2:]),
        (Champion("dan", level="staff"), EVERYBODY[:1]),
        (Champion("b0", end=DAY), EVERYBODY),
        (Champion("b0", start=DAY + timedelta(days=1)), EVERYBODY),
        (Champion("gone", "Billing"), EVERYBODY),
    ],
)
def test_a_champion_carries_the_group_that_is_named(row, left):
    assert subjects("PEER-01", carried(row)) == left


def test_who_is_on_the_team_carries_the_peers_of_their_own_group():
    assert subjects("PEER-01", carried(seats=[Seat("s", "b2")])) == [EVERYBODY[0], EVERYBODY[2]]


def test_groups_can_be_told_by_shift_too():
    given = carried(Champion("b2"), Champion("w0"), Champion("dan"))
    assert subjects("PEER-01", given) == []
    assert subjects("PEER-01", given, shift=1) == ["cell:Billing/staff/night"]


def test_without_champions_nobody_knows():
    given = {name: rows for name, rows in carried().tables.items() if name != "champions"}
    assert run(facts(**given), select=["PEER-01"]).not_checked[0].missing == ("champions",)


def at_work(*contacts: float, used: float = 2, agreed: float | None = 2):
    rows = [
        Champion(f"b{at}", hours_per_week=agreed, hours_used=used, contacts=number)
        for at, number in enumerate(contacts)
    ]
    return facts(people=crowd(len(contacts), prefix="b"), champions=rows)


def test_a_champion_beyond_the_hours_agreed():
    one = found("PEER-02", at_work(5, used=2.5))[0]
    assert (str(one.subject), one.severity) == ("champion:b0", "warn")
    assert one.what == "More is asked of Person b0 as a champion than the 2 hours a week that were agreed"
    assert subjects("PEER-02", at_work(5)) == []
    assert subjects("PEER-02", at_work(5, used=9, agreed=None)) == []


@pytest.mark.parametrize(
    ("contacts", "finds"),
    [
        ((12, 2, 2, 2, 2), True),  # one of five carries 12 of 20: 60 %
        ((11, 2, 2, 2, 3), False),
        ((90, 2, 2, 2), False),  # a fifth of four is less than one champion
        ((30, 30, 5, 5, 5, 5, 5, 5, 5, 5), True),
        ((0, 0, 0, 0, 0), False),
    ],
)
def test_few_who_carry_most(contacts, finds):
    assert subjects("PEER-02", at_work(*contacts)) == (["program:champions"] if finds else [])


def test_the_few_are_counted_and_not_named():
    one = found("PEER-02", at_work(12, 2, 2, 2, 2))[0]
    assert one.what == "1 of 5 champions carries 60 % of all contacts"


def test_hours_that_nobody_noted_are_not_guessed():
    given = facts(people=crowd(1, prefix="b"), champions=[Champion("b0", hours_per_week=2)])
    assert run(given, select=["PEER-02"]).not_checked[0].missing == ("champions.hours_used",)


def met(*days: int, since: int = 100, champions: int = 2):
    rows = [Champion(f"b{at}", start=DAY - timedelta(days=since)) for at in range(champions)]
    meetings = [ChampionMeeting(DAY - timedelta(days=ago), 2) for ago in days]
    return facts(people=crowd(champions, prefix="b"), champions=rows, champion_meetings=meetings)


@pytest.mark.parametrize(
    ("given", "finds"),
    [
        (met(), True),
        (met(41), False),
        (met(42), True),
        (met(-3), True),  # what is planned has not taken place
        (met(since=41), False),
        (met(champions=1), False),
        (met(champions=0), False),
    ],
)
def test_champions_meet_every_six_weeks(given, finds):
    assert subjects("PEER-03", given) == (["program:champions"] if finds else [])


def test_without_a_sheet_of_meetings_nobody_knows():
    given = facts(people=crowd(1, prefix="b"), champions=[Champion("b0")])
    assert run(given, select=["PEER-03"]).not_checked[0].missing == ("champion_meetings",)
