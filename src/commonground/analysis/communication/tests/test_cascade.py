"""Who tells whom: everybody of the audience once, no circles, from their own line; when units heard; who has not.

The tree of the hand-worked example is drawn here:

    1 (sponsor, unit 10)
    ├─ 2 (unit 10) ── tells 4, 5 of unit 20
    │    └─ 4 (unit 20) ── tells 6, 7 of unit 20 and 8 of unit 30
    └─ 3 (unit 40)
"""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from commonground.analysis.communication.cascade import (
    Lines,
    Member,
    Spread,
    Unheard,
    heard_on,
    holder_of,
    propose,
    spread,
    superior,
    told_by,
    unheard,
    window_at,
)

ABOVE = {10: None, 20: 10, 30: 20, 40: 10}


def lines(*members: tuple[int, int | None, int | None], leads: dict[int, int] | None = None) -> Lines:
    return Lines({one[0]: Member(*one) for one in members}, leads or {}, ABOVE)


EXAMPLE = lines((1, 10, None), (2, 10, 1), (3, 40, 1), (4, 20, 2), (5, 20, 2), (6, 20, 4), (7, 20, 4), (8, 30, 4))


def test_the_hand_worked_tree() -> None:
    talks = propose({1, 2, 3, 4, 5, 6, 7, 8}, 1, EXAMPLE)
    found = [(talk.above, talk.depth, talk.deliverer, talk.unit, talk.hearers) for talk in talks]
    assert found == [
        (None, 0, 1, 10, (2,)),
        (None, 0, 1, 40, (3,)),
        (0, 1, 2, 20, (4, 5)),
        (2, 2, 4, 20, (6, 7)),
        (2, 2, 4, 30, (8,)),
    ]
    assert all(talk.of_line and not talk.carriers for talk in talks)


def test_whoever_stands_between_carries_it() -> None:
    talks = propose({8}, 1, EXAMPLE)
    assert [(talk.deliverer, talk.hearers, talk.carriers) for talk in talks] == [
        (1, (), (2,)),
        (2, (), (4,)),
        (4, (8,), ()),
    ]


def test_without_a_manager_the_unit_is_asked_and_then_the_one_above() -> None:
    here = lines((1, 10, None), (2, 20, 1), (3, 30, None), (4, 40, None), leads={20: 2, 10: 1})
    assert superior(3, 1, here) == 2, "the unit above the one without a lead"
    assert superior(4, 1, here) == 1
    assert superior(99, 1, here) == 1, "somebody who does not work here"
    assert [talk.of_line for talk in propose({3}, 1, here)] == [True, False]


def test_nobody_but_who_begins_needs_no_talk() -> None:
    assert propose({1}, 1, EXAMPLE) == ()
    assert propose(set(), 1, EXAMPLE) == ()


people = st.integers(1, 12)
units = st.one_of(st.none(), st.sampled_from([10, 20, 30, 40]))
registers = st.dictionaries(people, st.tuples(units, st.one_of(st.none(), st.integers(1, 14))), min_size=1).map(
    lambda found: {person: Member(person, unit, manager) for person, (unit, manager) in found.items()}
)
leads = st.dictionaries(st.sampled_from([10, 20, 30, 40]), people)


@given(members=registers, led=leads, audience=st.sets(people), first=people)
def test_everybody_hears_once_from_somebody_who_heard(
    members: dict[int, Member], led: dict[int, int], audience: set[int], first: int
) -> None:
    """Whatever circles and gaps a register has."""
    here = Lines(members, led, ABOVE)
    talks = propose(audience, first, here)
    heard = [person for talk in talks for person in talk.hearers]
    assert sorted(heard) == sorted(audience - {first}), "each of the audience exactly once"
    everyone = [person for talk in talks for person in (*talk.hearers, *talk.carriers)]
    assert len(everyone) == len(set(everyone)), "nobody hears twice"
    for place, talk in enumerate(talks):
        assert talk.number == place
        assert talk.deliverer not in (*talk.hearers, *talk.carriers), "nobody tells themselves"
        if talk.above is None:
            assert talk.deliverer == first
            assert talk.depth == 0
        else:
            above = talks[talk.above]
            assert above.number < talk.number, "no circle"
            assert talk.deliverer in (*above.hearers, *above.carriers), "who tells it has heard it"
            assert talk.depth == above.depth + 1


@given(members=registers, led=leads, audience=st.sets(people), first=people)
def test_a_deliverer_is_of_the_line(
    members: dict[int, Member], led: dict[int, int], audience: set[int], first: int
) -> None:
    """Each hears from their superior, unless the line runs in a circle: then from who begins."""
    here = Lines(members, led, ABOVE)
    for person, teller in told_by(sorted(audience), first, here).items():
        assert teller in (superior(person, first, here), first)


def test_windows_follow_each_other() -> None:
    first, second = window_at(0, date(2026, 3, 2), 3), window_at(1, date(2026, 3, 2), 3)
    assert (first.opens, first.closes, second.opens, second.closes) == (
        date(2026, 3, 2),
        date(2026, 3, 5),
        date(2026, 3, 5),
        date(2026, 3, 8),
    )


def test_people_of_a_talk_that_is_left_out_hear_above() -> None:
    assert holder_of({1: (None, False), 2: (1, True), 3: (2, True), 4: (3, False)}) == {1: 1, 2: 1, 3: 1, 4: 4}


@given(st.dictionaries(st.integers(0, 8), st.tuples(st.one_of(st.none(), st.integers(0, 8)), st.booleans())))
def test_the_holder_is_always_there(steps: dict[int, tuple[int | None, bool]]) -> None:
    """Also where what is stored is broken: no end is waited for."""
    assert all(holder in steps for holder in holder_of(steps).values())


def test_a_unit_has_heard_when_all_its_talks_were_held() -> None:
    early, late = date(2026, 3, 2), date(2026, 3, 9)
    assert heard_on([("A", early), ("A", late), ("B", early), ("B", None), ("C", early)]) == {
        "A": late,
        "B": None,
        "C": early,
    }


def test_spread_by_hand() -> None:
    """2, 4, 11 and 12 March: the lower middle one is the 4th; ten days from first to last."""
    days = [date(2026, 3, day) for day in (11, 2, 12, 4)]
    found = spread([*days, None])
    assert found == Spread(5, 4, 1, date(2026, 3, 2), date(2026, 3, 4), date(2026, 3, 12))
    assert found.days == 10
    assert spread([None]).days is None


def test_who_has_not_heard() -> None:
    """Ten of a talk to come; two of twelve who were away; nobody counted in the third."""
    assert unheard([(10, False, None), (12, True, 10), (7, True, None)]) == Unheard(12, 1, 2)
