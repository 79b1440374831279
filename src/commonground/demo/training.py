"""The training of the demo: modules for those who use the shared record and for those who never touch it, sessions, and who was there.

Days are counted from today. Told in docs/explanation/the-demo.md.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from commonground.analysis.facts import Attendance, Row, Training, TrainingSession
from commonground.demo.days import Days
from commonground.demo.workforce import Worker, Workforce

BOOKED, ATTENDED, MISSED = "booked", "attended", "missed"


class Held(NamedTuple):
    """A session. of: how many in a hundred of those for whom the module is meant came in it, or have a place in it."""

    day: int
    of: int
    place: str
    trainer: str
    language: str | None = None
    shift: str | None = None
    seats: int | None = None


class Taught(NamedTuple):
    """A module. elsewhere: the day on which a learning system says that so many in a hundred had it."""

    id: str
    name: str
    hours: float
    how: str
    crm: bool
    roles: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    behaviour: str | None = None
    sessions: tuple[Held, ...] = ()
    elsewhere: tuple[int, int] | None = None
    cases: str = ""


MODULES: tuple[Taught, ...] = (
    Taught(
        "shared-record", "The shared record, by doing", 4, "hands_on", True,
        roles=("phone-agent", "phone-lead", "desk-agent"), behaviour="log-contact",
        sessions=(
            Held(-343, 24, "Contact centre, room 2", "Rosa Quintero", seats=60),
            Held(-336, 24, "Contact centre, room 2", "Rosa Quintero", seats=60),
            Held(-329, 24, "Contact centre, room 2", "Grace Mbeki", seats=60),
            Held(-322, 24, "Contact centre, room 2", "Grace Mbeki", seats=60),
        ),
        cases="A family moves, with two meters and one bill.\nThe same customer called yesterday and spoke with somebody else.\n"
        "A shop asks why its bill doubled, and the reading was estimated.",
    ),
    Taught(
        "record-beside", "The shared record, for those whom the contact centre asks", 2, "at_work", True,
        roles=("bill-specialist", "account-specialist", "network-planner", "works-operator"), behaviour="log-contact",
        elsewhere=(-210, 88),
        cases="A bill query that began as a call.\nA broken street lamp that was reported twice.",
    ),
    Taught(
        "book-visit", "Booking the visit on the call", 2, "hands_on", True,
        roles=("phone-agent", "phone-lead"), behaviour="book-visit", elsewhere=(-72, 98),
        cases="A customer who works shifts wants a visit on Saturday.",
    ),
    Taught(
        "device", "Two days with the device", 16, "hands_on", True,
        roles=("meter-reader", "crew-foreman"), behaviour="read-on-device", elsewhere=(-105, 97),
        cases="A meter behind a locked gate.\nA reading that cannot be right.\nNo signal in a cellar.",
    ),
    Taught(
        "case-work", "Case work, ten days", 80, "workshop", True,
        roles=("reading-clerk",), sessions=(Held(10, 100, "Billing, training room", "Daniel Österberg", seats=14),),
        cases="Reading, account and bill do not fit, and the customer has moved.",
    ),
    Taught(
        "booked-round", "The booked round, tried before it counts", 2, "at_work", True,
        roles=("meter-reader", "crew-foreman", "dispatch-planner"),
        sessions=(
            Held(21, 28, "Depot South", "Ilse Brandt", shift="early", seats=60),
            Held(28, 28, "Depot North", "Ilse Brandt", shift="early", seats=60),
        ),
        cases="A customer calls to move the visit while the crew is on its way.",
    ),
    Taught(
        "one-record", "One record of each address", 6, "classroom", True,
        roles=("records-specialist", "supply-lead"), sessions=(Held(-20, 60, "Water house, hall", "Sanjay Bhat", seats=20),),
        cases="214 addresses with two numbers: begin with those on your own street.",
    ),
    Taught(
        "what-changes", "What changes for customers, and whom to ask", 1, "meeting", False,
        units=("el", "wa", "bi", "cc"),
        sessions=(
            Held(-60, 22, "Yard East, before the shift", "Kenji Mori", shift="early"),
            Held(-31, 22, "Water house, hall", "Kenji Mori"),
            Held(12, 15, "Yard East, before the shift", "Amara Osei", shift="night"),
        ),
        cases="Somebody stops your van and asks about their bill.",
    ),
    Taught(
        "calling", "Calling instead of writing", 6, "workshop", True, roles=("account-clerk",),
        sessions=(Held(70, 0, "Billing, training room", "Wanda Zielińska", seats=20),),
        cases="A letter that three people could not understand.",
    ),
)  # fmt: skip


def training_rows(days: Days, force: Workforce) -> dict[str, list[Row]]:
    """Table → rows of modules, sessions and attendance of the large program."""
    modules = [
        Training(one.id, one.name, one.roles, one.units, (), None, one.hours, one.crm, one.behaviour, one.how)
        for one in sorted(MODULES, key=lambda one: one.id)
    ]
    sessions = sorted(_sessions(days, force), key=lambda row: row.id)
    return {
        "training": list[Row](modules),
        "sessions": list[Row](sessions),
        "attendance": [row for one in MODULES for row in _attendance(one, days, force)],
    }


def key_of(module: Taught, number: int) -> str:
    return f"{module.id}-{number}"


def _sessions(days: Days, force: Workforce) -> Iterator[TrainingSession]:
    for module in MODULES:
        for number, one in enumerate(module.sessions, start=1):
            held = True if one.day <= 0 else None
            trainer = force.by_name[one.trainer]
            yield TrainingSession(
                key_of(module, number), module.id, days.on(one.day), one.place, one.language, one.shift, one.seats,
                trainer, held,
            )  # fmt: skip


def _meant(module: Taught, force: Workforce) -> Sequence[Worker]:
    by_role = [worker for role in module.roles for worker in force.holders(role)]
    of_units = [
        worker for worker in force.workers if any(worker.unit.split("-", 1)[0] == unit for unit in module.units)
    ]
    return [*by_role, *of_units]


def _attendance(module: Taught, days: Days, force: Workforce) -> Iterator[Attendance]:
    """Everybody stands in one session at most; one in forty of those who had a place could not come."""
    people = _meant(module, force)
    if module.elsewhere is not None:
        day, of = module.elsewhere
        for worker in people[: len(people) * of // 100]:
            yield Attendance(module.id, worker.id, days.on(day), ATTENDED)
    begin = 0
    for number, one in enumerate(module.sessions, start=1):
        many = len(people) * one.of // 100
        many = many if one.seats is None or len(force.workers) > 2_000 else min(many, one.seats)
        for place, worker in enumerate(people[begin : begin + many]):
            state = BOOKED if one.day > 0 else MISSED if place % 40 == 39 else ATTENDED
            yield Attendance(module.id, worker.id, days.on(one.day), state, key_of(module, number))
        begin += many
