"""Who does the steps of the made event log: people of the organization, each on days on which they were there, some more than others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.facts import Does, Person
from commonground.demo.events_clock import Whole

Codes = NDArray[np.int64]
LONG_AGO, FAR = -100_000, 100_000
UNEVEN = 0.6  # spread of the load between people who do the same
DRAWS = 4
# Steps whose doers no register tells: role, beginning of the unit, how many.
BESIDE = {
    "read-last-meter": ("meter-reader", "me-south", 24),
    "tell-next-tenant": ("account-specialist", "bi-accounts", 9),
    "sign-off-connection": ("mains-foreman", "wa-", 10),  # whoever was there last
    "pass-query-on": ("letter-agent", "cc-write", 10),
    "walk-the-round": ("meter-reader", "me-", 60),
    "change-the-meter": ("meter-fitter", "me-north", 12),
    "order-stop": ("payment-specialist", "bi-payments", 9),
    "go-and-stop": ("meter-fitter", "me-north", 10),
    "write-off": ("payment-specialist", "bi-payments", 9),
    "talk-to-adviser": ("payment-specialist", "bi-payments", 9),
    # fewer than eight of Key accounts keep the CRM's year: nothing of the unit may be shown
    "agree-year-plan": ("key-adviser", "ka-industry", 6),
    "plan-works-with": ("key-adviser", "ka-industry", 6),
    "report-use": ("key-adviser", "ka-industry", 6),
    "review-year": ("key-adviser", "ka-industry", 6),
}
# Who does far more of a step than the others, so that the log proposes them to answer for it; "": the first of those who do it.
MOSTLY = {
    "plan-meter-visit": "Bogdan Petrescu",
    "send-the-crews": "Bogdan Petrescu",
    "order-stop": "Rajesh Pillai",
    "test-the-water": "",
}
MUCH = 0.36  # their share of it


@dataclass(frozen=True)
class Crowd:
    """Everybody there has been, in one order; columns by place. Days are counted from today.

    unit: of the latest period. before, until: the unit of the period before, and up to which day.
    """

    ids: tuple[str, ...]
    roles: tuple[str, ...]
    unit: tuple[str, ...]
    before: tuple[str, ...]
    until: Whole
    start: Whole
    end: Whole

    def units_on(self, person: Codes, day: Whole, codes: Mapping[str, int]) -> Codes:
        """The code of the unit that each person worked in on a day."""
        now = np.array([codes[unit] for unit in self.unit])
        then = np.array([codes[unit] for unit in self.before])
        return np.asarray(np.where(day < self.until[person], then[person], now[person]))

    def there(self, person: Codes, day: Whole) -> NDArray[np.bool_]:
        """Whether each person was in the organization on a day."""
        return np.asarray((day >= self.start[person]) & (day < self.end[person]))


def crowd(rows: Iterable[Person], today: date) -> Crowd:
    """The crowd of a people sheet with its history."""
    periods: dict[str, list[Person]] = {}
    for row in rows:
        periods.setdefault(row.id, []).append(row)
    for found in periods.values():
        found.sort(key=lambda row: row.start or date.min)

    def days(values: Iterable[date | None], missing: int) -> Whole:
        return np.array([missing if day is None else (day - today).days for day in values], dtype=np.int64)

    last = [found[-1] for found in periods.values()]
    former = [found[-2] if len(found) > 1 else found[-1] for found in periods.values()]
    return Crowd(
        tuple(periods),
        tuple(row.role or "" for row in last),
        tuple(row.unit or "" for row in last),
        tuple(row.unit or "" for row in former),
        days((row.start if row is not early else None for row, early in zip(last, former, strict=True)), LONG_AGO),
        days((found[0].start for found in periods.values()), LONG_AGO),
        days((row.end for row in last), FAR),
    )


class Doers:
    """For each step those who do it, by how much they do."""

    def __init__(
        self, people: Crowd, does: Iterable[Does], by_name: Mapping[str, str], rng: np.random.Generator
    ) -> None:
        self.people = people
        place = {key: number for number, key in enumerate(people.ids)}
        self._mostly = {step: place[by_name[name]] if name else None for step, name in MOSTLY.items()}
        self._told: dict[str, list[int]] = {}
        for row in does:
            self._told.setdefault(row.process, []).append(place[row.person])
        self._by_post: dict[tuple[str, str], list[int]] = {}
        for number, post in enumerate(zip(people.roles, people.unit, strict=True)):
            self._by_post.setdefault(post, []).append(number)
        self._weight = np.exp(rng.standard_normal(len(people.ids)) * UNEVEN)

    def of(self, step: str, region: int = 1, regions: int = 1) -> Sequence[int]:
        """Who does a step, those who did it and have left among them. Never empty for a step that is told here or in a register."""
        key = step if region == 1 else f"{step}-r{region}"
        told = self._told.get(key)
        if told is None:
            role, begins, number = BESIDE[step]
            posts = (post for post in self._by_post if post[0] == role and post[1].startswith(begins))
            able = [one for post in posts for one in self._by_post[post] if self.people.end[one] == FAR]
            told = able[region - 1 :: regions][:number] or able[:1]
        posts_of = {(self.people.roles[one], self.people.unit[one]) for one in told}
        gone = [one for post in posts_of for one in self._by_post[post] if self.people.end[one] < 0]
        return [*told, *sorted(gone)] if region == 1 else told

    def draw(self, step: str, able: Sequence[int], day: Whole, rng: np.random.Generator) -> Codes:
        """One of those who are able for each day, by how much they do, who was there on that day; else who has been there longest."""
        places = np.array(able)
        upto = np.cumsum(self._shares(step, places))
        longest = places[np.argmin(np.where(self.people.end[places] == FAR, self.people.start[places], FAR))]
        person = np.full(len(day), longest)
        left = np.arange(len(day))
        for _ in range(DRAWS):
            drawn = places[np.searchsorted(upto, rng.random(len(left)) * upto[-1], side="right")]
            fits = self.people.there(drawn, day[left])
            person[left[fits]] = drawn[fits]
            left = left[~fits]
        return person

    def _shares(self, step: str, places: Codes) -> NDArray[np.float64]:
        weight = self._weight[places].copy()
        if step in self._mostly:
            one = self._mostly[step]
            first = places == (places[0] if one is None else one)
            if first.any() and not first.all():
                weight[first] = weight[~first].sum() * MUCH / (1 - MUCH)
        return weight
