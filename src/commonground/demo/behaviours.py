"""What One Northlight wants to see done another way, what it brings, and what feeds it. Told in docs/explanation/the-demo.md.

Days are counted from today. The events that the rules speak of are those of the made log (`events_routes.py`, `events_habits.py`).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from commonground.analysis.facts import Behaviour
from commonground.demo.days import Days
from commonground.demo.events_habits import CONTACTS
from commonground.demo.events_routes import BILLING, CONTACT_CENTRE, DESKS, METERING, TRIAL
from commonground.demo.experiments import CREWS, LIFT, LIFTED, TRIED_FROM

TALLIED = -250  # since when crews tally their visits
LOG, COUNT = "log", "count"
WEEK = 7


class Shows(NamedTuple):
    """What an event must show: one of these steps, one of these channels; within so many hours of the occasion."""

    steps: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    hours: float | None = None


class Wanted(NamedTuple):
    """A behaviour. units: business units it is for, none for all. share, by: the target, if any. sunset: the last day of the old way."""

    key: str
    name: str
    new_words: str
    old_words: str
    occasion_words: str
    owner: str
    share: float | None
    by: int | None
    occasion: Shows = Shows()
    new: Shows = Shows()
    old: Shows = Shows()
    units: tuple[str, ...] = ()
    starts: int | None = None
    sunset: int | None = None
    possible: bool | None = None
    rewarded: bool | None = None
    source: str = LOG
    vanity: bool = False


class Brings(NamedTuple):
    """A benefit, or what it costs instead: so much of a unit for each occasion that goes the new way.

    planned: (day, share new), the curve that was promised; empty: a straight line to the target.
    """

    behaviour: str
    name: str
    unit: str
    each: float
    owner: str
    money: float | None = None
    counter: bool = False
    note: str = ""
    planned: tuple[tuple[int, float], ...] = ()


class Keeps(NamedTuple):
    """How long a system keeps what it gave to the log; None: for good."""

    system: str
    days: int | None


HANDED_ON = (
    "open-account", "check-power-point", "check-water-point", "plan-meter-visit", "type-in-sheet", "make-first-bill",
    "close-account", "look-into-bill", "correct-bill", "put-it-right", "design-connection", "lay-power", "lay-water",
    "close-the-valve", "send-the-crews",
)  # fmt: skip
READINGS = ("read-meter-on-site", "read-last-meter", "walk-the-round", "change-the-meter")
CALLS = "calls, visits and complaints"

WANTED = (
    Wanted("log-contact", "Log every contact in the shared record", "noted in the shared record",
        "noted in a spreadsheet or on paper", CALLS, "Hannah Brandt", 0.8, 150, Shows(tuple(sorted(CONTACTS))),
        Shows(channels=("crm",)), Shows(channels=("spreadsheet", "paper")), starts=CONTACT_CENTRE, sunset=110, possible=True,
        rewarded=False),
    Wanted("hand-over-with-case", "Hand over with the case, not by phone or paper", "handed over in the case",
        "handed over by phone or on paper", "hand-overs of work", "Gerard Visser", 0.8, 240, Shows(HANDED_ON),
        Shows(channels=("crm",)), Shows(channels=("phone", "paper")), starts=CONTACT_CENTRE, sunset=210, possible=True),
    Wanted("read-on-device", "Send the reading from the device", "sent from the device", "written on a paper sheet",
        "readings on site", "Luis Ferreira", 0.8, 120, Shows(READINGS), Shows(channels=("crm",)), Shows(channels=("paper",)),
        units=("me",), starts=METERING, sunset=-14, possible=True, rewarded=True),
    Wanted("keep-complaint", "Keep the complaint with whoever heard it", "put right by the desk that heard it",
        "passed on to find who knows", "complaints", "Emeka Obi", 0.9, 30, Shows(("hear-complaint",)),
        Shows(("put-it-right",), hours=96), Shows(("find-who-knows",), hours=240), units=("cc",), starts=DESKS,
        sunset=DESKS, possible=False, rewarded=False),
    Wanted("book-visit", "Book the visit while the customer is on the line", "visit booked in the call",
        "call note passed on by e-mail", "move-in calls", "Rosa Quintero", None, None, Shows(("take-move-in-call",)),
        Shows(("read-meter-on-site",), hours=168), Shows(("open-account",), hours=168), units=("cc",), starts=TRIAL,
        possible=True, rewarded=False),
    Wanted("answer-first-call", "Answer the bill query in the first call", "answered in the first call",
        "called back, or written to later", "bill queries", "Grace Mbeki", 0.6, 120, units=("cc",), starts=CONTACT_CENTRE,
        possible=True, rewarded=True, source=COUNT),
    Wanted("say-next-step", "Say the next step before leaving", "told what comes next and when", "left without saying",
        "visits", "Luis Ferreira", None, None, units=("el", "wa"), starts=TRIED_FROM, possible=True, rewarded=False, source=COUNT),
)  # fmt: skip
FLEET_WANTED = (
    Wanted("open-screen", "Open the booking screen each morning", "signed in to the booking screen", "did not sign in",
        "working days", "Oscar Mbele", 0.9, 30, units=("cs",), starts=-10, possible=True, rewarded=False, source=COUNT,
        vanity=True),
)  # fmt: skip
BRINGS = (
    Brings("log-contact", "Nobody types a contact again", "minutes", 4.0, "Hannah Brandt", 0.75,
        planned=((CONTACT_CENTRE, 0.04), (BILLING, 0.22), (METERING, 0.42), (0, 0.65), (150, 0.8))),
    Brings("log-contact", "It takes longer while the customer is on the line", "minutes", 1.2, "Grace Mbeki", 0.75, counter=True,
        note="Counted in two teams, 40 calls each",
        planned=((CONTACT_CENTRE, 0.04), (BILLING, 0.22), (METERING, 0.42), (0, 0.65), (150, 0.8))),
    Brings("hand-over-with-case", "Nobody calls to ask where it is", "repeat calls", 0.18, "Grace Mbeki", 7.5,
        planned=((CONTACT_CENTRE, 0.04), (METERING, 0.3), (0, 0.58), (240, 0.8))),
    Brings("read-on-device", "Nobody drives out a second time", "visits", 0.07, "Luis Ferreira", 46.0),
    Brings("read-on-device", "Devices are charged and mended", "minutes", 0.6, "Ahmed Mansour", 0.7, counter=True),
    Brings("keep-complaint", "The customer has an answer sooner", "days of waiting", 2.4, "Emeka Obi"),
    Brings("book-visit", "One visit does for two", "visits", 0.3, "Luis Ferreira", 46.0),
    Brings("answer-first-call", "Nobody has to call again", "repeat calls", 0.7, "Grace Mbeki", 7.5),
)  # fmt: skip
KEEPS = (Keeps("CRM", 1_826),)  # of Dispatch nobody has said it yet


class Sheet(NamedTuple):
    """What a team counts by hand: about so many occasions a week since a day, the share new on its first and on its last week.

    lift: by how much the share rises at once, from the day `lifted` on.
    """

    behaviour: str
    unit: str
    since: int
    number: int
    before: float
    now: float
    lift: float = 0.0
    lifted: int = 0


class Counted(NamedTuple):
    """What a team counted in a week that begins on `week`."""

    behaviour: str
    unit: str
    week: date
    new: int
    old: int


BEGAN = CONTACT_CENTRE + 21  # nobody counted before the contact centre's cut-over
SHEETS = (
    Sheet("answer-first-call", "cc-phone-1", BEGAN, 244, 0.22, 0.76),
    Sheet("answer-first-call", "cc-phone-2", BEGAN, 251, 0.21, 0.66),
    Sheet("answer-first-call", "cc-phone-3", BEGAN, 236, 0.22, 0.62),
    Sheet("answer-first-call", "cc-phone-4", BEGAN, 248, 0.3, 0.31),
    *(
        Sheet("say-next-step", unit, TALLIED, 110, share, share + 0.06, LIFT if unit in LIFTED else 0.0, TRIED_FROM)
        for unit, share in CREWS.items()
    ),
)
FLEET_SHEETS = (Sheet("open-screen", "cs-finance", -45, 110, 0.62, 0.74),)


def counted(sheets: Iterable[Sheet], days: Days) -> list[Counted]:
    """The sheets of all teams, a row for each whole week up to the last one."""
    return [row for sheet in sheets for row in _weeks(sheet, days)]


def _weeks(sheet: Sheet, days: Days) -> Iterator[Counted]:
    """Chance is drawn from the team and the week alone: a team's sheet is the same whoever else counts."""
    first = days.today + timedelta(days=sheet.since)
    first += timedelta(days=-first.weekday() % WEEK)
    number = (days.today - timedelta(days=days.today.weekday()) - first).days // WEEK
    for week in range(number):
        random = Random(f"{sheet.behaviour} {sheet.unit} {week}")
        share = sheet.before + (sheet.now - sheet.before) * week / max(number - 1, 1)
        if sheet.lift and first + timedelta(weeks=week) >= _monday(days.on(sheet.lifted)):
            share += sheet.lift
        occasions = round(sheet.number * random.uniform(0.85, 1.15))
        new = sum(random.random() < share for _ in range(occasions))
        yield Counted(sheet.behaviour, sheet.unit, first + timedelta(weeks=week), new, occasions - new)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def rows(plot: Sequence[Wanted], sheets: Iterable[Sheet], days: Days) -> list[Behaviour]:
    """The rows of the sheet `behaviours`, as far as they are known without measuring a log."""
    began: dict[str, date] = {}
    for row in counted(sheets, days):
        began[row.behaviour] = min(row.week, began.get(row.behaviour, row.week))
    return [
        Behaviour(
            one.key,
            one.name,
            one.new_words,
            one.old_words,
            one.source,
            one.vanity,
            days.maybe(one.starts),
            one.share,
            days.maybe(one.by),
            days.maybe(one.sunset),
            one.possible,
            one.rewarded,
            began.get(one.key),
        )
        for one in plot
    ]
