"""Bookings out of a ledger: which stand twice, whether they add up to the file's own totals, and to which line of the budget each belongs.

Amounts are whole numbers of the smallest unit.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

SPENT, COMMITTED = "spent", "committed"
KINDS: Final = (SPENT, COMMITTED)
ACCOUNT, CENTRE, WORDS = "account", "centre", "words"
FIELDS: Final = (ACCOUNT, CENTRE, WORDS)
WHOLE: Final = ""  # the account of a total over all accounts


class Booking(NamedTuple):
    """One row of a ledger. row: its number in the file; centre: cost centre or project; line: the budget line it names itself."""

    row: int
    day: date
    amount: int
    account: str = ""
    reference: str = ""
    words: str = ""
    centre: str = ""
    line: str = ""
    kind: str = SPENT
    hours: int = 0
    account_name: str = ""


Key = tuple[str, date, int]


def key_of(booking: Booking) -> Key | None:
    """By what a booking is known again: reference, day and amount; None without a reference, for then two may only look alike."""
    return (plain(booking.reference), booking.day, booking.amount) if booking.reference.strip() else None


def plain(text: str) -> str:
    """A word as it is compared: without case and outer or double spaces."""
    return " ".join(text.split()).casefold()


def doubles(bookings: Sequence[Booking], known: Iterable[Booking] = ()) -> frozenset[int]:
    """Positions of bookings that stand twice: in what is known already, or on the same account earlier in the same file.

    A document that is split over accounts is not twice there; as often as it is known already it is not counted again.
    """
    before = Counter(key for booking in known if (key := key_of(booking)))
    seen: set[tuple[Key, str, str]] = set()
    found = set[int]()
    for place, booking in enumerate(bookings):
        key = key_of(booking)
        if key is None:
            continue
        here = (key, plain(booking.account), booking.kind)
        if here in seen:
            found.add(place)
        elif before[key] > 0:
            before[key] -= 1
            found.add(place)
        seen.add(here)
    return frozenset(found)


class Account(NamedTuple):
    """One account of a file. amount: sum of its rows; doubled: of those that are not counted again; stated: the file's own total."""

    account: str
    name: str
    bookings: int
    amount: int
    doubled: int = 0
    stated: int | None = None

    @property
    def counted(self) -> int:
        return self.amount - self.doubled

    @property
    def difference(self) -> int | None:
        """What the rows are more than the file's total; None where it states none."""
        return None if self.stated is None else self.amount - self.stated


class Reconciled(NamedTuple):
    """A file against its own totals."""

    accounts: tuple[Account, ...]
    whole: Account

    @property
    def differing(self) -> tuple[Account, ...]:
        """Where rows and the file's own total are not the same; the whole among them."""
        return tuple(one for one in (*self.accounts, self.whole) if one.difference)

    @property
    def is_stated(self) -> bool:
        """Whether the file states any total to hold its rows against."""
        return any(one.stated is not None for one in (*self.accounts, self.whole))


def reconcile(bookings: Sequence[Booking], doubled: Collection[int], stated: Mapping[str, int]) -> Reconciled:
    """Sums by account against the totals that the file states. stated: account → total, WHOLE for that over all."""
    rows = (
        Account(one.account, one.account_name, 1, one.amount, one.amount if place in doubled else 0)
        for place, one in enumerate(bookings)
    )
    return held_against(rows, stated)


def held_against(sums: Iterable[Account], stated: Mapping[str, int]) -> Reconciled:
    """The same of sums that are made already, several of one account if need be."""
    totals = {plain(account): amount for account, amount in stated.items()}
    found: dict[str, Account] = {}
    for one in sums:
        key = plain(one.account)
        have = found.get(key) or Account(one.account, "", 0, 0, 0, totals.get(key) if key else None)
        found[key] = have._replace(
            name=have.name or one.name,
            bookings=have.bookings + one.bookings,
            amount=have.amount + one.amount,
            doubled=have.doubled + one.doubled,
        )
    for account, amount in stated.items():
        if account != WHOLE and plain(account) not in found:
            found[plain(account)] = Account(account, "", 0, 0, 0, amount)
    rows = tuple(found[key] for key in sorted(found))
    bookings, amount, doubled = (
        (sum(column) for column in zip(*((one[2:5]) for one in rows), strict=True)) if rows else (0, 0, 0)
    )
    return Reconciled(rows, Account("", "", bookings, amount, doubled, totals.get(WHOLE)))


class Rule(NamedTuple):
    """“Bookings whose field says this belong to that line.” The words of a booking need only hold it; an account may end in *."""

    id: int
    field: str
    says: str
    line: int

    def fits(self, booking: Booking) -> bool:
        wanted = plain(self.says)
        if not wanted:
            return False
        if self.field == WORDS:
            return wanted in plain(booking.words)
        has = plain(booking.account if self.field == ACCOUNT else booking.centre)
        return has.startswith(wanted[:-1]) if wanted.endswith("*") else has == wanted


def assigned(booking: Booking, lines: Mapping[str, int], rules: Sequence[Rule]) -> tuple[int | None, int | None]:
    """The line of a booking and the rule that says so; (None, None) where nothing does.

    lines: key of a line, compared plainly → its id. A line that a booking names itself wins, then an account that is called as a line is,
    then the first rule that fits.
    """
    for name in (booking.line, booking.account):
        if name and plain(name) in lines:
            return lines[plain(name)], None
    for rule in rules:
        if rule.fits(booking):
            return rule.line, rule.id
    return None, None
