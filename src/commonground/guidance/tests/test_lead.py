"""LEAD-01, LEAD-02 and LEAD-04: each fails and passes; a silence is told to others only after the sponsor has known of it."""

from datetime import date, timedelta

import pytest

from commonground.analysis.facts import Act, Person, Process, Sponsor, Unit
from commonground.guidance.guidelines import run
from commonground.guidance.tests.made import DAY, crowd, facts, found, subjects

UNITS = [
    Unit("NL", "Northlight"),
    Unit("BIL", "Billing", "NL"),
    Unit("WAT", "Water", "NL"),
    Unit("CRW", "Crews", "WAT"),
]
PEOPLE = [
    Person("bob", "Bob", "NL"),
    Person("dan", "Dan", "BIL", "bob"),
    *crowd(9, "BIL", "b", manager="dan"),
    Person("wim", "Wim", "WAT", "bob"),
    *crowd(2, "CRW", "c", manager="wim"),
]
MOVES = [Process("p1", "Open the account", "BIL", ("dan",), fate="move", to_unit="WAT")]
BOB = Sponsor("bob", start=date(2026, 1, 1))


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


def led(*acts: Act, sponsors: tuple[Sponsor, ...] = (BOB,), people=PEOPLE, **tables: object):
    return facts(people=people, units=UNITS, processes=MOVES, sponsors=sponsors, acts=acts, **tables)


BY_BOTH = (Act("dan", ago(30), "spoke", "BIL"), Act("bob", ago(30), "visited", "BIL"))


def test_a_unit_is_led_when_its_manager_and_a_sponsor_are_both_seen():
    assert subjects("LEAD-01", led(*BY_BOTH)) == []
    assert subjects("LEAD-01", led(*BY_BOTH), days=29) == ["unit:BIL"]


@pytest.mark.parametrize(
    ("acts", "missing"),
    [
        ((), "its manager Dan or a sponsor (Bob)"),
        (BY_BOTH[:1], "a sponsor (Bob)"),
        (BY_BOTH[1:], "its manager Dan"),
        ((BY_BOTH[0], BY_BOTH[1]._replace(on=ago(31))), "a sponsor (Bob)"),
        ((BY_BOTH[0], BY_BOTH[1]._replace(planned=True)), "a sponsor (Bob)"),
        ((BY_BOTH[0], BY_BOTH[1]._replace(on=DAY + timedelta(days=1))), "a sponsor (Bob)"),
        ((BY_BOTH[0], BY_BOTH[1]._replace(unit="WAT")), "a sponsor (Bob)"),
    ],
)
def test_what_is_missing_is_named(acts, missing):
    one = found("LEAD-01", led(*acts))[0]
    assert (str(one.subject), one.severity) == ("unit:BIL", "warn")
    assert one.what == f"In Billing no visible act of {missing} stands in the last 30 days"


def test_an_act_for_all_counts_where_its_person_leads():
    assert subjects("LEAD-01", led(BY_BOTH[0], Act("bob", ago(3), "spoke"))) == []
    assert subjects("LEAD-01", led(BY_BOTH[0], Act("bob", ago(3), "spoke", "NL"))) == []
    water = Sponsor("wim", "WAT")
    assert subjects("LEAD-01", led(BY_BOTH[0], Act("wim", ago(3), "spoke"), sponsors=(water,))) == ["unit:BIL"]
    assert subjects("LEAD-01", led(BY_BOTH[0], Act("wim", ago(3), "spoke", "BIL"), sponsors=(water,))) == ["unit:BIL"]


def test_two_people_lead_a_unit_where_there_are_two():
    both = Sponsor("dan", "BIL")
    assert subjects("LEAD-01", led(BY_BOTH[0], sponsors=(both, BOB))) == ["unit:BIL"]
    assert subjects("LEAD-01", led(*BY_BOTH, sponsors=(both, BOB))) == []
    assert subjects("LEAD-01", led(BY_BOTH[0], sponsors=(both,))) == []  # nobody else stands for it


def test_an_act_in_a_crew_counts_for_its_business_unit():
    crews = [Process("p2", "Read the meter", "CRW", ("wim",), fate="automate")]
    given = led(Act("wim", ago(2), "visited", "CRW"), Act("bob", ago(2), "visited", "CRW"))
    assert subjects("LEAD-01", facts(**{**given.tables, "processes": crews})) == []


def test_a_unit_that_nothing_touches_need_not_be_led():
    given = led()
    assert subjects("LEAD-01", facts(**{**given.tables, "processes": []})) == []


@pytest.mark.parametrize("table", ["sponsors", "acts"])
def test_without_its_sheets_it_is_not_checked(table):
    given = led(*BY_BOTH)
    without = {name: rows for name, rows in given.tables.items() if name != table}
    assert run(facts(**without), select=["LEAD-01"]).not_checked[0].missing == (table,)


def silent(days: int, told: int | None, *acts: Act):
    row = Sponsor("bob", start=ago(days), told=None if told is None else ago(told))
    return led(*acts, sponsors=(row, Sponsor("wim", "WAT", told=ago(400))))  # wim: told long ago, and seen since


WIM = Act("wim", ago(5), "visited", "CRW")


@pytest.mark.parametrize(
    ("days", "told", "finds"),
    [(45, 7, True), (44, 14, False), (45, 6, False), (60, None, False), (90, 60, True), (45, 46, False)],
)
def test_a_silence_is_told_to_others_after_the_sponsor_has_known_of_it(days, told, finds):
    assert subjects("LEAD-02", silent(days, told, WIM)) == (["sponsor:bob"] if finds else [])


def test_what_the_silence_says_and_that_an_act_ends_it():
    one = found("LEAD-02", silent(60, 30, WIM))[0]
    assert one.severity == "error"
    assert one.what == "No visible act of Bob, sponsor of the whole program, has been noted since 22 Sep 2026"
    assert subjects("LEAD-02", silent(60, 30, WIM, Act("bob", ago(44)))) == []
    # told of an earlier silence is not told of this one
    assert subjects("LEAD-02", silent(200, 60, WIM, Act("bob", ago(50)))) == []


def test_of_a_silence_that_nobody_was_told_nothing_is_said():
    given = led(sponsors=(Sponsor("bob", start=ago(60)),))
    assert subjects("LEAD-02", given) == []
    assert run(facts(sponsors=[BOB], people=PEOPLE), select=["LEAD-02"]).not_checked[0].missing == ("acts",)


def test_who_works_here_no_longer_is_noticed_at_once():
    gone = [*(row for row in PEOPLE if row.id != "bob"), Person("bob", "Bob", "NL", end=DAY)]
    one = found("LEAD-02", led(people=gone, sponsors=(BOB,)))[0]
    assert one.what == "Bob, sponsor of the whole program, works here no longer, and nobody is named in their place yet"
    assert subjects("LEAD-02", led(people=gone, sponsors=(BOB, Sponsor("wim", start=DAY)))) == []


def test_an_end_without_a_next_is_noticed_at_once():
    ended = BOB._replace(end=DAY)
    one = found("LEAD-02", led(sponsors=(ended,)))[0]
    assert one.what == "Bob is no longer the sponsor of the whole program, and nobody is named in their place yet"
    assert subjects("LEAD-02", led(sponsors=(ended, Sponsor("wim", start=DAY)))) == []
    assert subjects("LEAD-02", led(Act("bob", DAY), sponsors=(BOB._replace(end=DAY + timedelta(days=1)),))) == []


def test_a_part_that_ended_is_covered_by_who_stands_for_the_whole():
    part = Sponsor("wim", "WAT", end=ago(2))
    assert subjects("LEAD-02", led(Act("bob", ago(3)), sponsors=(part, BOB))) == []
    assert subjects("LEAD-02", led(sponsors=(part,))) == ["sponsor:wim"]


def test_a_program_without_a_sponsor():
    assert subjects("LEAD-04", facts(sponsors=[])) == ["program:sponsor"]
    assert subjects("LEAD-04", led()) == []
    one = found("LEAD-04", led(sponsors=(Sponsor("wim", "WAT"),)))[0]
    assert (one.severity, one.evidence) == ("error", "sponsors: 1 sponsor of units, none of the whole")
    assert subjects("LEAD-04", led(sponsors=(Sponsor("bob", "NL"),))) == []  # the one unit above all is the whole


def test_without_a_sheet_of_sponsors_nobody_knows():
    assert run(facts(people=PEOPLE), select=["LEAD-04"]).not_checked[0].missing == ("sponsors",)


def test_of_one_sponsor_who_left_one_guideline_tells():
    given = led(sponsors=(BOB._replace(end=DAY),))
    assert [one.code for one in run(given, select=["LEAD"]).findings if one.severity == "error"] == ["LEAD-02"]
