"""Sustained use and relapse of each person, by the glossary: a habit is what holds for weeks, not a first time."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.pace.observations import NEVER, Codes, Followed, Observations

Mask = NDArray[np.bool_]
WINDOW = 8  # weeks with an occasion
HELD, GOOD = 6, 0.8  # so many of them with at least this share new
BROKEN, BAD = 4, 0.4  # so many of them with less than this
CRUMB = 1e-9  # shares of whole numbers are compared with a little room
FOLLOWED, CAME, LEFT = 0, 1, 2


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """People at risk, sorted by their code; all of shape (people,).

    weeks: from the start of the clock to the end of the week in which sustained use was reached, to leaving, or to the end of what was
    observed; cause: CAME, LEFT or FOLLOWED accordingly. since: the week in which it was reached; relapsed: whether they relapsed
    afterwards; kept: whole weeks between that week and the one of the relapse, or for which they were followed after it; 0 for those
    who did not come to it.
    """

    person: Codes
    weeks: Codes
    cause: Codes
    since: Codes
    relapsed: Mask
    kept: Codes

    def __len__(self) -> int:
        return len(self.person)

    @property
    def came(self) -> Mask:
        came: Mask = self.cause == CAME
        return came

    def only(self, mask: Mask) -> "People":
        return People(
            self.person[mask],
            self.weeks[mask],
            self.cause[mask],
            self.since[mask],
            self.relapsed[mask],
            self.kept[mask],
        )


@dataclass(frozen=True, slots=True, eq=False)
class PersonWeeks:
    """Weeks in which somebody at risk had an occasion, sorted by person and week; shape (n,)."""

    person: Codes
    week: Codes
    new: Codes
    occasions: Codes


def person_weeks(obs: Observations, followed: Followed) -> PersonWeeks:
    """The occasions of each person and week, whatever the unit, from the start of the person's clock until they left."""
    start, left = followed.start[obs.person], followed.left[obs.person]
    here = (obs.week >= start) & (obs.week < left) & (obs.week <= followed.until)
    person, week = obs.person[here], obs.week[here]
    if not len(person):
        return PersonWeeks(person, week, obs.new[here], obs.new[here])
    begins = np.flatnonzero(np.concatenate([[True], (person[1:] != person[:-1]) | (week[1:] != week[:-1])]))
    new, occasions = (np.add.reduceat(values[here], begins) for values in (obs.new, obs.occasions))
    return PersonWeeks(person[begins], week[begins], new, occasions)


def sustained_use(rows: PersonWeeks, followed: Followed) -> People:
    """When each person came to sustained use, and whether and when they relapsed (GLOSSARY, Pace).

    Sustained use is reached in the first week in which 6 of the person's last 8 weeks with an occasion, fewer than 8 will do, have at
    least 80 % new; a relapse after it in the first in which 4 of the last 8, of those since then, have under 40 % new. Weeks without an
    occasion are passed over. Leaving keeps from coming to it; after it, it ends the following. Who had no occasion is not at risk.
    """
    begins = np.concatenate([[True], rows.person[1:] != rows.person[:-1]])[: len(rows.person)]
    heads = np.flatnonzero(begins)
    person = rows.person[heads]
    of = np.cumsum(begins, dtype=np.int32) - 1  # place of each row's person
    good = rows.new >= GOOD * rows.occasions - CRUMB
    reached = _first(_within(good, heads[of]) >= HELD, of, len(heads))
    came = reached >= 0
    after = np.arange(len(of)) > np.where(came, reached, len(of))[of]
    bad = after & (rows.new < BAD * rows.occasions - CRUMB)
    broken = _first(after & (_within(bad, heads[of]) >= BROKEN), of, len(heads))
    end = np.minimum(followed.left[person] - 1, followed.until)  # last week in which they were here
    leaves = ~came & (followed.left[person] <= followed.until)
    since = np.where(came, rows.week[reached] if len(of) else 0, NEVER)
    relapsed = broken >= 0
    last = np.where(relapsed, rows.week[broken] if len(of) else 0, end)
    return People(
        person,
        (np.where(came, since, end) - followed.start[person] + 1).astype(np.int32),
        np.where(came, CAME, np.where(leaves, LEFT, FOLLOWED)).astype(np.int32),
        since.astype(np.int32),
        relapsed,
        np.where(came, last - since, 0).astype(np.int32),
    )


def _within(marked: Mask, head: NDArray[np.intp]) -> Codes:
    """How many rows are marked of each row and the seven before it, not before the person's first."""
    so_far = np.concatenate([np.zeros(1, np.int32), np.cumsum(marked, dtype=np.int32)])
    place = np.arange(len(marked))
    within: Codes = so_far[1:] - so_far[np.maximum(place - WINDOW + 1, head)]
    return within


def _first(holds: Mask, of: Codes, people: int) -> NDArray[np.int64]:
    """For each person the first row where it holds; −1 where none."""
    found = np.full(people, -1, dtype=np.int64)
    rows = np.flatnonzero(holds)[::-1]
    found[of[rows]] = rows  # of several the last one given stays, which is the first
    return found
