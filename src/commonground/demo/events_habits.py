"""The old way and the new: through which channel each step of the made event log was noted, and whose habit it was when.

The new way is the shared record (channel CRM). Told with its days in docs/explanation/the-demo.md.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from commonground.demo.events_clock import Whole
from commonground.demo.events_people import Crowd
from commonground.demo.events_routes import CONTACT_CENTRE
from commonground.demo.tree import business_unit

CHANNELS = ("crm", "spreadsheet", "paper", "phone", "e-mail")
CRM, SPREADSHEET, PAPER, PHONE, MAIL = range(5)
NEW_AFTER, NEW_BEFORE = 0.93, 0.04  # how often the new way is gone: by who has taken it up, by who has not
HALF_A_YEAR, STILL_AT_IT = 183, 0.88
FAR = 100_000
RELAPSE_BEGINS, RELAPSE_ENDS, RELAPSED = -42, -14, 0.6
EVEN = np.array(
    [0.8191725134, 0.6710436067, 0.5497004779]
)  # steps that fill a cube evenly (powers of 1 ÷ 1.2207440846)
DIP = (CONTACT_CENTRE + 17, CONTACT_CENTRE + 63)
DIPPED = 0.35
TOGETHER = 24 * 3_600 * 1_000_000


class Habit(NamedTuple):
    """How a business unit takes the new way up: (day, share of people who have begun), and the old ways by their shares."""

    taken_up: tuple[tuple[int, float], ...]
    old: tuple[float, float, float, float]  # spreadsheet, paper, phone, e-mail


HABITS = {
    "cc": Habit(
        ((-332, 0), (-315, 0.08), (-298, 0.24), (-252, 0.31), (-120, 0.6), (0, 0.86)), (0.56, 0.14, 0.08, 0.22)
    ),
    "bi": Habit(((-240, 0), (-224, 0.05), (-200, 0.2), (-110, 0.42), (0, 0.72)), (0.62, 0.2, 0.02, 0.16)),
    "me": Habit(((-112, 0), (-98, 0.06), (-70, 0.3), (-49, 0.44), (-35, 0.48), (0, 0.49)), (0.1, 0.76, 0.13, 0.01)),
    "el": Habit(((-290, 0), (-160, 0.1), (-60, 0.26), (0, 0.46)), (0.34, 0.46, 0.16, 0.04)),
    "wa": Habit(((-320, 0), (-240, 0.2), (0, 0.21)), (0.16, 0.6, 0.22, 0.02)),
    "ka": Habit(((-260, 0), (0, 0.4)), (0.5, 0.05, 0.05, 0.4)),
    "cs": Habit(((-400, 0), (-200, 0.5), (0, 0.8)), (0.4, 0.1, 0.0, 0.5)),
}
FLAT = frozenset({"wa"})  # who took it up there has stayed with it, and nobody else came
# Steps in which a customer is met: calls, visits, complaints. Each is an occasion on which the old or the new way could be gone.
CONTACTS = frozenset((
    "take-move-in-call", "take-move-out-call", "take-bill-query", "explain-first-bill", "take-leak-call",
    "answer-dark-calls", "hear-complaint", "read-meter-on-site", "read-last-meter", "walk-the-round",
    "change-the-meter", "go-and-stop", "find-the-leak", "hear-the-wish", "sign-off-connection", "agree-year-plan",
    "plan-works-with", "agree-plan",
))  # fmt: skip


class Habits(NamedTuple):
    """Of each person: when they took the new way up, and when they turned back; far ahead where they did not."""

    taken_up: Whole
    turned_back: Whole


def habits(people: Crowd, load: NDArray[np.int64], rng: np.random.Generator) -> Habits:
    """Draws the habits of everybody, in each business unit as many as its curve says. load: events of each person.

    Those who do much and those who do little are spread evenly over who begins early and late, so that shares of events, not of
    people alone, follow the curves in each draw.
    """
    number = len(people.ids)
    taken_up, turned_back = np.full(number, FAR), np.full(number, FAR)
    home = np.array([business_unit(unit) for unit in people.unit])
    night = np.array(["night" in unit for unit in people.unit])
    for unit, habit in HABITS.items():
        here = np.flatnonzero(home == unit)
        here = here[np.argsort(-load[here], kind="stable")]
        rank, patience, turn = (np.arange(1, len(here) + 1)[:, None] * EVEN + rng.random(3)).T % 1
        days, shares = (np.array(column) for column in zip(*habit.taken_up, strict=True))
        begun = rank < shares[-1]
        taken_up[here[begun]] = np.interp(rank[begun], shares, days).astype(np.int64)
        if unit not in FLAT:
            lasts = (np.log1p(-patience) * HALF_A_YEAR / np.log(STILL_AT_IT)).astype(np.int64) + 21
            turned_back[here] = np.where(begun, taken_up[here] + lasts, FAR)
        if unit == "me":
            turns = begun & (night[here] | (turn < RELAPSED))
            day = rng.integers(RELAPSE_BEGINS, RELAPSE_ENDS, len(here))
            turned_back[here] = np.where(
                turns, np.minimum(turned_back[here], np.maximum(day, taken_up[here] + 14)), FAR
            )
    return Habits(taken_up, turned_back)


def channels(
    habit: Habits,
    people: Crowd,
    person: NDArray[np.int64],
    day: Whole,
    contact: NDArray[np.bool_],
    case: NDArray[np.int64],
    time: Whole,
    rng: np.random.Generator,
) -> NDArray[np.int8]:
    """The channel of each step; rows sorted by case and time. What follows a contact within a day stays on its paper."""
    homes = sorted(HABITS)
    home = np.array([homes.index(business_unit(unit)) for unit in people.unit])[person]
    begun = (day >= habit.taken_up[person]) & (day < habit.turned_back[person])
    chance = np.where(begun, NEW_AFTER, NEW_BEFORE)
    chance[(home == homes.index("cc")) & begun & (day >= DIP[0]) & (day < DIP[1])] *= DIPPED
    new = rng.random(len(person)) < chance
    upto = np.cumsum([HABITS[unit].old for unit in homes], axis=1)
    old = 1 + (rng.random(len(person))[:, None] > upto[home][:, :-1]).sum(axis=1)
    found = np.where(new, CRM, old).astype(np.int8)
    last = np.maximum.accumulate(np.where(contact, np.arange(len(case)), 0))
    follows = ~contact & contact[last] & (case[last] == case) & (time - time[last] <= TOGETHER) & (found[last] != CRM)
    return np.asarray(np.where(follows, found[last], found))
