"""What the plan of the demo asks of people: hours of each, who delivers it, what is confirmed, what there is room for."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from commonground.analysis.facts import Blackout, Capacity
from commonground.analysis.plan.kinds import KINDS
from commonground.demo.days import Days
from commonground.demo.story import SLUG, Deed


class More(NamedTuple):
    """What is said of an activity besides: hours of each, who delivers it, the day it was confirmed, and whom of its unit it is for."""

    each: float | None = None
    deliverer: str = ""
    delivered: int | None = None
    audience: str = ""


MORE: Final = {
    ("Wednesday table", "bi-run"): More(2, "Wanda Zielińska", -30),
    ("Goodwill at the desk", "cc-desks"): More(1.5, "Emeka Obi", -20),
    ("Apology and talk", "cc-write"): More(1, "Marcus Lindgren", -190),
    ("Two days with the device", "me"): More(16, "Ahmed Mansour", -98),
    ("Thanks to team Lark", "cc-phone-1"): More(0.5, "Grace Mbeki"),
    ("Last paper reading sheet", "me-dispatch"): More(None, "Gerard Visser"),
    ("Two hours at the depot", "me-south-a"): More(2, "Ilse Brandt"),
    ("Open desk", "wa-supply"): More(1, "Kenji Mori"),
    ("Devices' clinic", "me-devices"): More(1.5, "Ahmed Mansour"),
    ("First bill review", "bi-run"): More(3, "Priya Nair"),
    ("Teaching pairs", "cc-phone"): More(12, "Rosa Quintero"),
    ("Listening rounds", None): More(1, "Beatriz Amaral"),
    ("Shared spreadsheet becomes read-only", "cc"): More(None, "Hannah Brandt"),
    ("Notice on the wall", "cs-finance"): More(None, "Oscar Mbele", -5),
    ("Morning beside the key board", "cs-finance"): More(2, "Eva Lindner"),
}
# what an activity of the story uses from the technique library
USES: Final = {
    ("Wednesday table", "bi-run"): "after-action-review",
    ("Two days with the device", "me"): "own-cases",
    ("Thanks to team Lark", "cc-phone-1"): "social-recognition",
    ("Last paper reading sheet", "me-dispatch"): "sunset",
    ("Shared spreadsheet becomes read-only", "cc"): "sunset",
    ("Teaching pairs", "cc-phone"): "floor-walkers",
    ("Devices' clinic", "me-devices"): "remove-obstacle",
    ("Goodwill at the desk", "cc-desks"): "co-design",
    ("Talks about the dispatch role", "me-dispatch"): "loss-ledger",
    ("Places for the typists", "bi-readings"): "new-role",
    ("Listening rounds", None): "listening-session",
    ("Morning round", "me-south"): "two-key-leadership",
    ("Board evening", None): "own-ten-calls",
    ("Street calendar", "wa-net"): "service-level",
    ("Notice on the wall", "cs-finance"): "education",
    ("Training on the screen", "cs-finance"): "education",
    ("Morning beside the key board", "cs-finance"): "floor-walkers",
}
_TRAIN = ("train", "bi-run", "TRAIN", "Daniel Österberg", 0, 0)
_VISIT = ("involve", "bi-run", "CUST", "Priya Nair", 0, 0)
NEXT_MONTH: Final = (
    # day of next month and days it takes, as the story goes on: too much at once for those who make the bills
    (7, 1, Deed(*_TRAIN, 18, "planned", "The new bill, read aloud together"), More(3, "Priya Nair")),
    (13, 1, Deed(*_VISIT, 10, "planned", "Half a day beside the meter crews"), More(4, "Priya Nair")),
    (20, 1, Deed(*_TRAIN, 14, "planned", "Own cases in the customer record"), More(2.5, "Daniel Österberg")),
)
ROOM: Final = ((6.0, None), (5.0, "bi"), (8.0, "me"))
CLOSED: Final = (("bi", 4, 2, 11, "The yearly bills go out"), ("me", 3, 9, 20, "Yearly round of readings"))


def told_as(deed: Deed) -> str:
    """The words of an activity whose kind is one of the seven; others go by what they are called."""
    return deed.words if deed.kind in KINDS else ""


def deeds_of(slug: str, told: Sequence[Deed], days: Days) -> Iterator[tuple[Deed, date, date, More]]:
    """Every activity with its days and what is said of it besides."""
    for deed in told:
        yield deed, days.on(deed.start), days.on(deed.end), MORE.get((deed.kind, deed.unit), More())
    if slug != SLUG:
        return
    first = days.month(1)
    for day, long, deed, more in NEXT_MONTH:
        start = days.on((first - days.today).days + day)
        yield deed, start, start + timedelta(days=long), more


def capacity(slug: str) -> list[Capacity]:
    """Hours a month that there is room for; nothing for the small program."""
    return [Capacity(hours, unit) for hours, unit in ROOM] if slug == SLUG else []


def blackouts(slug: str, days: Days) -> list[Blackout]:
    """Days on which a unit cannot: of the month so many from now, from a day of it until before another."""
    if slug != SLUG:
        return []
    return [
        Blackout(days.month(month) + timedelta(days=start), days.month(month) + timedelta(days=end), unit, why)
        for unit, month, start, end, why in CLOSED
    ]
