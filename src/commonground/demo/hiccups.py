"""What Northlight's customers may notice at each cut-over, what is promised to them, and how the desks' first days went."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from math import exp
from random import Random
from typing import Final, NamedTuple

from commonground.analysis.facts import Hiccup, Row
from commonground.demo.days import Days

DESKS_ON: Final = -9  # when the desks began with the shared record
WEEKS_BEFORE: Final = 8
OPEN: Final = (
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    2,
    11,
    16,
    18,
    15,
    12,
    13,
    15,
    14,
    12,
    8,
    4,
    2,
    0,
    0,
    0,
    0,
)  # calls on a Tuesday, by the hour
WEEKDAYS: Final = (1.35, 1.0, 0.95, 0.95, 1.05, 0.35, 0.1)


class Vow(NamedTuple):
    """A promise. ready: since which day the remedy can be given."""

    promise: str
    fails_when: str
    remedy: str
    words: str
    speaks: str = ""
    ready: int | None = None


class Prepared(NamedTuple):
    """A hiccup plan. ready, tried: in days from today; message: the key of the message that tells it."""

    unit: str
    name: str
    noticed: str
    notice: str = ""
    preview: str = ""
    script: str = ""
    speaks: str = ""
    message: str = ""
    vows: tuple[Vow, ...] = ()
    ready: int | None = None
    tried: int | None = None
    tried_words: str = ""


PLANS: Final = (
    Prepared("cc-desks", "Cut-over of Front desks", "yes",
        "The desk asks for a name once more, since two records became one\nA payment shows on the account a day later\n"
        "On the first mornings the queue is longer",
        "From this week the desk sees your whole account on one screen. For the first days it may take a little longer, and a payment "
        "shows a day later. Nothing is lost, and nobody pays for that day.",
        "We have changed over to one record for power and water. It takes us a moment longer this week, and I would rather look twice.\n\n"
        "Your payment is in. It shows on your account tomorrow, and the date of today counts.",
        "Farah Haddad", "",
        (
            Vow("Nobody waits longer than fifteen minutes at a desk", "The queue stands at fifteen minutes",
                "A second desk opens, and whoever waits gets a time in writing", "I can give you a time, or we call you. Which suits?",
                "Emeka Obi", -16),
            Vow("The day of your payment counts, whatever the screen shows", "A reminder goes out for a payment that was made",
                "The fee is cancelled at the desk, at once, and a line of apology goes out", "That reminder should not have reached you. "
                "The fee is gone, and you get that in writing.", "", -16),
        ), -16, -18, "Two desks played a Monday morning. Since then the second desk opens without asking."),
    Prepared("el", "Cut-over of Electricity", "yes",
        "The account number on the bill is new\nTwo mornings on which we look addresses up by hand\nOne bill comes ten days late",
        "Your account number changes on the day. One bill comes ten days late this once; you lose nothing by it. Standing orders with "
        "the old number go on until the end of next year.",
        "Your new number is on its way to you. The old one works until the end of next year, and you need to do nothing.",
        "Farah Haddad", "account-number",
        (
            Vow("A connection that has a date keeps it", "A crew stands at the wrong address", "The crew stays until it is done; the fee "
                "for the visit is not asked for", "The crew is coming today. You will not pay for this visit.", "Amara Osei", -2),
            Vow("Nobody loses money because a bill is late", "A bill is later than ten days", "It is paid in parts, as many as you wish",
                "Pay it in as many parts as suits you. I note that now."),
        ), -1, None),
    Prepared("wa", "Cut-over of Water", "yes", "The account number on the bill is new\nReadings sent in on that weekend show on Tuesday",
        "", "", "", "",
        (Vow("A leak is met within the hour, on that weekend as on any other", "The map on the device has a gap",
            "The paper map rides along", ""),)),
    Prepared("me", "Cut-over of Metering crews", "yes", "The reader holds a device\nThe photograph of the meter",
        "Your reader now has a device and takes a photograph of the meter, so that nobody guesses.",
        "The photograph shows the meter and nothing else. You can see it in your account.", "Gerard Visser", "",
        (Vow("Nobody is estimated whose meter can be reached", "A round is broken off", "We come again on a day you choose", "",
            "Gerard Visser", -101),), -105, -107, "The first screen was too dark in a cellar; the lamp is on by itself since."),
    Prepared("bi", "Cut-over of Billing", "no"),
)  # fmt: skip


class Heard(NamedTuple):
    """Something customers told us. became: the key of an improvement, “closed”, or empty while it waits."""

    on: int
    words: str
    segment: str
    many: int
    channel: str
    unit: str = ""
    became: str = ""
    why: str = ""


HEARD: Final = (
    Heard(-2, "We would like the letter to say which of the two old numbers goes first", "firms", 6, "fax"),
    Heard(-4, "Nobody told the cleaning firm that pays for us; they stood at the desk twice", "landlords", 3, "phone", "cc-desks"),
    Heard(-6, "The desk knew about the burst pipe before I said it. Keep that", "homes", 11, "visit", "cc-desks"),
    Heard(-7, "The first bill has two dates on it and no sentence that says why", "homes-mail", 9, "letter", "", "first-bill"),
    Heard(-8, "The ticket machine printed yesterday’s date", "homes", 2, "visit", "cc-desks", "closed", "Mended the same morning"),
)  # fmt: skip


def rows(days: Days) -> dict[str, list[Row]]:
    """The sheet of Northlight's hiccup plans."""
    return {
        "hiccups": [
            Hiccup(
                one.noticed,
                one.unit,
                tuple(vow.promise for vow in one.vows),
                days.maybe(one.ready),
                days.maybe(one.tried),
            )
            for one in PLANS
        ]
    }


def calls(days: Days, random: Random, until: datetime) -> Iterator[tuple[datetime, int]]:
    """Calls to the desks' line by the hour, until a moment: usual for eight weeks, more on the first two days, usual since."""
    start = days.on(DESKS_ON)
    more = {start: 1.5, start + timedelta(days=1): 1.25}
    for moment in _hours(start - timedelta(weeks=WEEKS_BEFORE), until):
        yield moment, _poisson(OPEN[moment.hour] * WEEKDAYS[moment.weekday()] * more.get(moment.date(), 1.0), random)


def complaints(days: Days, random: Random, until: datetime) -> Iterator[tuple[datetime, int]]:
    """Complaints about reminders, by the hour: since the last evening twice what is usual and more, as one run of reminders went out."""
    start = days.on(DESKS_ON)
    for moment in _hours(start - timedelta(weeks=WEEKS_BEFORE), until):
        usual = OPEN[moment.hour] * WEEKDAYS[moment.weekday()] * 0.3 + 0.4
        yield (
            moment,
            _poisson(usual * (3.5 if moment >= until - timedelta(hours=5) else 1.0), random)
            + (3 if moment >= until - timedelta(hours=3) else 0),
        )


def visits(days: Days, random: Random, until: date) -> Iterator[tuple[datetime, int]]:
    """People at the desks, by day: a third more in the first week."""
    start = days.on(DESKS_ON)
    on = start - timedelta(weeks=WEEKS_BEFORE)
    while on < until:
        share = 0.0 if on.weekday() == 6 else WEEKDAYS[on.weekday()] * (1.3 if 0 <= (on - start).days < 5 else 1.0)
        yield datetime.combine(on, time()), _poisson(180 * share, random)
        on += timedelta(days=1)


def _hours(first: date, until: datetime) -> Iterator[datetime]:
    moment = datetime.combine(first, time())
    while moment + timedelta(hours=1) <= until:
        yield moment
        moment += timedelta(hours=1)


def _poisson(mean: float, random: Random) -> int:
    """A draw from Poisson's distribution (Knuth, 1969); in pieces, since a large mean has no exponential to speak of."""
    total = 0
    while mean > 0:
        piece = min(mean, 30.0)
        mean -= piece
        edge, product = exp(-piece), random.random()
        while product > edge:
            total += 1
            product *= random.random()
    return total
