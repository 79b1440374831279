"""Bookings of a ledger: doubles, the file's own totals, and the line that each belongs to. The ledger is worked by hand."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from commonground.analysis.plan.ledger import ACCOUNT, CENTRE, WORDS, Booking, Rule, assigned, doubles, reconcile

DAY = date(2026, 3, 2)
ROOMS = Booking(2, DAY, 120_000, "6510", "R-1", "Rooms in March")
LEDGER = [
    ROOMS,
    Booking(3, DAY, 60_000, "6510", "R-2", "Rooms in April"),
    Booking(4, DAY, 60_000, "6540", "R-2", "Rooms in April, the other half"),  # a document split over two accounts
    Booking(5, DAY, 60_000, "6510", "r-2 ", "Rooms in April"),  # booked twice
    Booking(6, date(2026, 3, 9), -20_000, "6540", "C-1", "Credit"),
    Booking(7, DAY, 5_000, "6600", "", "Coffee"),
    Booking(8, DAY, 5_000, "6600", "", "Coffee"),  # without a number nobody knows
]

bookings = st.lists(
    st.builds(
        Booking,
        row=st.integers(2, 99),
        day=st.sampled_from([DAY, date(2026, 4, 1)]),
        amount=st.integers(-500, 500),
        account=st.sampled_from(["6510", "6540", ""]),
        reference=st.sampled_from(["A", "B", " a", ""]),
    ),
    max_size=10,
)


def test_doubles_are_known_by_document_day_and_amount():
    assert doubles(LEDGER) == {3}
    again = [ROOMS, ROOMS._replace(account="6540"), ROOMS._replace(day=date(2026, 4, 2)), ROOMS._replace(amount=1)]
    assert doubles(again, [ROOMS]) == {0}  # as often as it is known already
    assert doubles([ROOMS._replace(account="9999")], [ROOMS]) == {
        0
    }  # moved to another account, it is still the same document


def test_sums_by_account_are_held_against_the_files_own_totals():
    found = reconcile(LEDGER, doubles(LEDGER), {"6510": 240_000, "6540": 45_000, "": 290_000, "7000": 10})
    rows = {one.account: one for one in found.accounts}
    assert [(one.amount, one.doubled, one.difference) for one in rows.values()] == [
        (240_000, 60_000, 0),
        (40_000, 0, -5_000),
        (10_000, 0, None),
        (0, 0, -10),
    ]
    assert (found.whole.amount, found.whole.counted, found.whole.difference) == (290_000, 230_000, 0)
    assert [one.account for one in found.differing] == ["6540", "7000"]
    assert not reconcile(LEDGER, (), {}).is_stated


def test_a_booking_finds_its_line():
    lines = {"rooms": 1, "6540": 2}
    rules = [Rule(7, ACCOUNT, "65*", 3), Rule(8, WORDS, "coffee", 4), Rule(9, CENTRE, "P-1", 5)]
    assert assigned(ROOMS._replace(line="Rooms"), lines, rules) == (1, None)
    assert assigned(ROOMS._replace(account="6540"), lines, rules) == (2, None)
    assert assigned(ROOMS, lines, rules) == (3, 7)
    assert assigned(LEDGER[5], lines, rules) == (4, 8)
    assert assigned(Booking(1, DAY, 1, centre="p-1"), lines, rules) == (5, 9)
    assert assigned(Booking(1, DAY, 1, "7000"), lines, rules) == (None, None)
    assert not Rule(1, WORDS, "  ", 1).fits(ROOMS)


@given(bookings)
def test_a_file_that_comes_again_adds_nothing(rows):
    first = doubles(rows)
    counted = [row for place, row in enumerate(rows) if place not in first]
    known_again = doubles(rows, counted)
    assert {place for place, row in enumerate(rows) if row.reference.strip()} == known_again


@given(bookings, bookings)
def test_accounts_add_up_whatever_stands_twice(rows, known):
    twice = doubles(rows, known)
    found = reconcile(rows, twice, {"": 1})
    assert found.whole.amount == sum(row.amount for row in rows) == sum(one.amount for one in found.accounts)
    assert found.whole.counted == sum(row.amount for place, row in enumerate(rows) if place not in twice)
    assert found.whole.bookings == len(rows)
