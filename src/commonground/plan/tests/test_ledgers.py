"""Ledgers: looked over, taken over, undone, taken again; doubles, lines and rules. The sums are worked by hand."""

from datetime import date
from decimal import Decimal

import pytest
from tests.cast import AT, Cast

from commonground.analysis.plan.ledger import COMMITTED, Booking
from commonground.journal.models import Entry, Version
from commonground.plan.budget_page import Budget
from commonground.plan.budgets import BudgetLine, keep_in, values_of
from commonground.plan.keeping_budget import RULES
from commonground.plan.ledgers import Booking as Row
from commonground.plan.ledgers import LedgerFile, LedgerRule, assign_again, of_no_line
from commonground.programs.register import CannotError

DAY = date(2026, 9, 14)
MARCH = date(2026, 3, 2)
BOOKINGS = [
    Booking(2, MARCH, 120_000, "6510", "R-1", "Rooms in March", line="ROOMS"),
    Booking(3, MARCH, 60_050, "6510", "R-2", "Rooms in April", line="rooms"),
    Booking(4, MARCH, 60_050, "6510", "R-2", "Rooms in April", line="rooms"),  # twice
    Booking(5, MARCH, 900_000, "6520", "L-1", "Licences, first year"),
    Booking(6, MARCH, 250_000, "6520", "L-2", "Licences, ordered", kind=COMMITTED),
    Booking(7, date(2026, 10, 1), 5_000, "6640", "", "Coffee"),
]


def line(cast: Cast, key: str = "ROOMS", **fields: object) -> BudgetLine:
    values = {"name": key.title(), "planned": 200_000, "purpose": "people", **fields}
    return cast.program.add(BudgetLine(key=key, **values), by=cast.alice.actor, at=AT)


def looked(cast: Cast, bookings: list[Booking] = BOOKINGS, **given: object) -> LedgerFile:
    values = {"file": "ledger.csv", "digest": f"d{LedgerFile.objects.count()}", **given}
    return LedgerFile.objects.look(cast.program, bookings, by=cast.alice.actor, at=AT, **values)


def taken(cast: Cast, bookings: list[Booking] = BOOKINGS, **given: object) -> LedgerFile:
    row = looked(cast, bookings, **given)
    row.take_over(all_the_same=False, by=cast.alice.actor, at=AT)
    return row


def whole(cast: Cast, day: date = DAY) -> tuple[int, int]:
    sums = Budget(cast.alice.actor, cast.program, day).whole
    return sums.spent, sums.committed


def test_nothing_counts_before_it_is_taken_over_and_nothing_after_it_is_undone(cast: Cast) -> None:
    line(cast, spent=7_000)
    row = looked(cast)
    assert whole(cast) == (7_000, 0)  # as somebody wrote it down
    before = Version.objects.now().get("budget", 0)
    row.take_over(all_the_same=False, by=cast.alice.actor, at=AT)
    assert whole(cast) == (180_050, 0)  # 1,200.00 + 600.50, the second of R-2 stands twice
    assert Version.objects.now()["budget"] > before
    row.undo(by=cast.alice.actor, at=AT)
    assert whole(cast) == (7_000, 0)
    row.take_again(by=cast.alice.actor, at=AT)
    assert whole(cast) == (180_050, 0)
    assert [one.verb for one in Entry.objects.order_by("-pk")[:3]] == [
        "took a ledger over",
        "undid a ledger",
        "took a ledger over",
    ]
    with pytest.raises(CannotError, match="is taken over, so it cannot be taken over"):
        row.take_over(all_the_same=True, by=cast.alice.actor, at=AT)


def test_a_booking_is_counted_on_its_day(cast: Cast) -> None:
    line(cast, "6640")
    taken(cast)
    assert whole(cast) == (0, 0)
    assert whole(cast, date(2026, 10, 1)) == (5_000, 0)


def test_what_belongs_to_no_line_is_given_by_a_rule_and_given_back_with_it(cast: Cast) -> None:
    rooms, licences = line(cast), line(cast, "T", purpose="technology")
    taken(cast)
    assert of_no_line(cast.program).count() == 3
    rule = cast.program.add(LedgerRule(field="account", says="65*", line=licences), by=cast.alice.actor, at=AT)
    assert whole(cast) == (1_080_050, 250_000)
    assert Row.objects.filter(rule=rule).count() == 2  # what names a line itself is not moved
    with pytest.raises(CannotError, match="Rules give bookings to “T”"):
        licences.remove(by=cast.alice.actor, at=AT)
    rule.remove(by=cast.alice.actor, at=AT)
    assert of_no_line(cast.program).count() == 3
    rooms.remove(by=cast.alice.actor, at=AT)
    assert of_no_line(cast.program).count() == 5
    line(cast)
    assert assign_again(cast.program.pk) == 3


def test_a_file_never_counts_twice(cast: Cast) -> None:
    line(cast)
    taken(cast, digest="same")
    with pytest.raises(CannotError, match="This very file was taken over on 14 Sep 2026"):
        looked(cast, digest="same")
    taken(cast, BOOKINGS[:2])  # some of it again, in another file
    assert whole(cast) == (180_050, 0)


def test_what_two_files_hold_is_counted_once_whichever_is_taken_first(cast: Cast) -> None:
    line(cast)
    one, two = looked(cast, BOOKINGS[:2]), looked(cast, BOOKINGS[:2])
    for row in (two, one):
        row.take_over(all_the_same=False, by=cast.alice.actor, at=AT)
    assert whole(cast) == (180_050, 0)


def test_a_double_that_is_none_counts(cast: Cast) -> None:
    line(cast)
    row = looked(cast)
    twice = row.bookings.get(double=True)
    assert twice.row == 4
    twice.say_double(False, by=cast.alice.actor, at=AT)
    row.take_over(all_the_same=False, by=cast.alice.actor, at=AT)
    assert whole(cast) == (240_100, 0)
    twice.refresh_from_db()
    twice.say_double(True, by=cast.alice.actor, at=AT)
    assert whole(cast) == (180_050, 0)


def test_sums_that_differ_or_rows_that_were_not_read_need_a_word(cast: Cast) -> None:
    row = looked(cast, stated={"6510": 240_100, "": 1_400_000})
    assert [one.difference for one in row.reconciled().differing] == [-4_900]
    with pytest.raises(CannotError, match="has sums that are not those of the file"):
        row.take_over(all_the_same=False, by=cast.alice.actor, at=AT)
    row.take_over(all_the_same=True, by=cast.alice.actor, at=AT)
    unread = looked(cast, kept_out=[[9, "amount", "soon", "“soon” is no amount."]])
    with pytest.raises(CannotError, match="has rows that could not be read"):
        unread.take_over(all_the_same=False, by=cast.alice.actor, at=AT)
    unread.set_aside(by=cast.alice.actor, at=AT)
    assert (unread.bookings.count(), unread.kept_out) == (0, [])


def test_hours_of_a_ledger_take_the_place_of_those_written_down(cast: Cast) -> None:
    line(cast, hours=Decimal(10), hours_spent=Decimal(4))
    taken(cast, [BOOKINGS[0]._replace(hours=750)])
    assert Budget(cast.alice.actor, cast.program, DAY).whole[5:7] == (1000, 750)


def test_who_may_not_see_the_budget_sees_nothing_of_it_but_their_own_line(cast: Cast) -> None:
    line(cast, owner=cast.dan.person)
    line(cast, "B")
    taken(cast)
    for who, many in (("alice", 2), ("bob", 2), ("frank", 2), ("dan", 1), ("carol", 0), ("erin", 0), ("grace", 0)):
        actor = cast.played[who].actor
        assert BudgetLine.objects.visible_to(actor).count() == many, who
        assert Row.objects.visible_to(actor).exists() == (who in ("alice", "bob", "frank"))


def test_the_currency_stands_once_amounts_are_kept_in_it(cast: Cast) -> None:
    assert keep_in(cast.program, "JPY", by=cast.alice.actor, at=AT)
    assert values_of({"planned": Decimal("12.4"), "hours": None}, "JPY") == {"planned": 12, "hours": Decimal(0)}
    line(cast)
    with pytest.raises(CannotError, match="kept in JPY already"):
        keep_in(cast.program, "EUR", by=cast.alice.actor, at=AT)


def test_a_file_that_lies_and_old_words_go(cast: Cast) -> None:
    lying, words = RULES
    row = looked(cast)
    assert (lying.due(DAY), lying.due(date(2026, 9, 15))) == (0, 1)
    assert lying.run(date(2026, 9, 15), AT) == 1
    row.refresh_from_db()
    assert row.state == "aside"
    taken(cast)
    assert words.due(date(2026, 3, 3)) == words.run(date(2026, 3, 3), AT) == 5
    assert words.run(date(2026, 3, 3), AT) == 0
