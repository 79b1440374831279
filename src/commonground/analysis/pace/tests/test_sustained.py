"""Sustained use and relapse: cases worked by hand from the glossary, and a plain loop over weeks as oracle."""

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonground.analysis.pace.observations import NEVER, Followed, Observations
from commonground.analysis.pace.sustained import CAME, FOLLOWED, LEFT, People, person_weeks, sustained_use
from commonground.analysis.pace.tests.made import WEEK, followed, observed


def lived(obs: Observations, known: Followed) -> People:
    return sustained_use(person_weeks(obs, known), known)


def weeks_of(text: str) -> Observations:
    """One person, a letter a week: n all new, o all old, m 60 % new, e 80 % new, . no occasion."""
    ways = {"n": (5, 0, 0), "o": (0, 5, 0), "m": (3, 1, 1), "e": (4, 1, 0)}
    return observed([(0, week, 0, *ways[letter]) for week, letter in enumerate(text) if letter != "."])


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        ("nnnnnn", 6),  # at least six weeks
        ("nnnnn", None),
        ("eeeeee", 6),  # 80 % is enough
        ("mmmmmmmmmm", None),
        ("onnnonnnoo", 8),  # six of the last eight: the sixth good one is in week 8
        ("onnnoonnoo", None),  # five of any eight
        ("n.n.n.n..n.n", 12),  # weeks without an occasion are passed over
        ("ooooooooonnnnnn", 15),
    ],
)
def test_sustained_use_by_hand(text: str, weeks: int | None) -> None:
    obs = weeks_of(text)
    found = lived(obs, followed(obs, len(text)))
    assert (int(found.weeks[0]) if found.came[0] else None) == weeks
    if weeks is None:
        assert (found.cause[0], found.weeks[0]) == (FOLLOWED, len(text))


@pytest.mark.parametrize(
    ("after", "relapsed", "kept"),
    [
        ("oooo", True, 4),
        ("ooo", False, 3),
        ("mmmmmmmm", False, 8),  # 60 % is no relapse
        ("onononoo", True, 7),  # the fourth of eight in the seventh week
        ("onnnonnnonnno", False, 13),
        ("o..o..o..o", True, 10),
    ],
)
def test_relapse_by_hand(after: str, relapsed: bool, kept: int) -> None:
    obs = weeks_of("ooonnnnnn" + after)
    found = lived(obs, followed(obs, 9 + len(after)))
    assert (bool(found.relapsed[0]), int(found.kept[0])) == (relapsed, kept)
    assert found.since[0] == WEEK + 8


def test_old_weeks_before_sustained_use_make_no_relapse() -> None:
    obs = weeks_of("oonnnnnnoonn")
    assert not lived(obs, followed(obs, 12)).relapsed[0]


def test_the_clock_starts_late_and_leaving_ends_it() -> None:
    obs = weeks_of("nnnnnnnnnnnn")
    late = Followed(np.array([WEEK + 4], np.int32), np.array([NEVER], np.int32), WEEK + 11)
    assert lived(obs, late).weeks.tolist() == [6]
    gone = Followed(np.array([WEEK + 4], np.int32), np.array([WEEK + 9], np.int32), WEEK + 11)
    found = lived(obs, gone)
    assert (found.cause.tolist(), found.weeks.tolist()) == ([LEFT], [5])
    never = Followed(np.array([WEEK + 12], np.int32), np.array([NEVER], np.int32), WEEK + 11)
    assert len(lived(obs, never)) == 0
    after = Followed(np.array([WEEK], np.int32), np.array([WEEK + 9], np.int32), WEEK + 11)
    found = lived(obs, after)  # left after having come to it: followed for three weeks since
    assert (found.cause.tolist(), found.weeks.tolist(), found.kept.tolist()) == ([CAME], [6], [3])


def by_the_glossary(obs: Observations, known: Followed) -> dict[int, tuple[int, int, bool, int]]:
    """person → weeks, cause, relapsed, kept; one week after the other."""
    occasions: dict[int, dict[int, tuple[int, int]]] = defaultdict(dict)
    for place in range(len(obs)):
        person, week = int(obs.person[place]), int(obs.week[place])
        if known.start[person] <= week < known.left[person] and week <= known.until:
            new, every = occasions[person].get(week, (0, 0))
            occasions[person][week] = (new + int(obs.new[place]), every + int(obs.occasions[place]))
    found = {}
    for person, weeks in occasions.items():
        start, left = int(known.start[person]), int(known.left[person])
        came = broke = None
        shares: list[tuple[int, float]] = []
        for week in sorted(weeks):
            shares.append((week, weeks[week][0] / weeks[week][1]))
            window = shares[-8:]
            if came is None and sum(share >= 0.8 for _, share in window) >= 6:
                came = week
            elif came is not None and broke is None and sum(one > came and share < 0.4 for one, share in window) >= 4:
                broke = week
        last = min(left - 1, known.until)
        cause = CAME if came is not None else LEFT if left <= known.until else FOLLOWED
        end = came if came is not None else last
        kept = 0 if came is None else (broke if broke is not None else last) - came
        found[person] = (end - start + 1, cause, broke is not None, kept)
    return found


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 12), st.integers(1, 40), st.sampled_from([0.05, 0.2, 0.5]))
def test_all_people_at_once_are_each_of_them_alone(seed: int, people: int, weeks: int, turning: float) -> None:
    rng = np.random.default_rng(seed)
    rows, at_new = {}, rng.random(people) < 0.5
    for week in range(weeks):
        at_new ^= rng.random(people) < turning
        for person in range(people):
            for unit in range(int(rng.integers(0, 3))):
                n = int(rng.integers(1, 6))
                new = int(rng.binomial(n, 0.9 if at_new[person] else 0.2))
                rows[person, week, unit] = (new, n - new, 0)
    obs = observed([(*key, *ways) for key, ways in rows.items()])
    size = len(obs.persons)
    left = np.where(rng.random(size) < 0.3, WEEK + rng.integers(0, weeks + 1, size), NEVER).astype(np.int32)
    known = Followed((WEEK + rng.integers(-3, 8, size)).astype(np.int32), left, WEEK + weeks - 1)
    found = lived(obs, known)
    columns = (found.person, found.weeks, found.cause, found.relapsed, found.kept)
    told = {person: tuple(rest) for person, *rest in zip(*(column.tolist() for column in columns), strict=True)}
    assert told == by_the_glossary(obs, known)


@pytest.mark.slow
def test_a_hundred_thousand_people_over_a_hundred_weeks_are_answered_for() -> None:
    rng = np.random.default_rng(1)
    person, week = (
        column.ravel().astype(np.int32)
        for column in np.meshgrid(range(100_000), range(WEEK, WEEK + 100), indexing="ij")
    )
    new = rng.integers(0, 6, len(person)).astype(np.int32)
    none = np.zeros_like(new)
    persons = tuple(map(str, range(100_000)))
    obs = Observations(person, week, none, new, 5 - new, none, persons, ("u",))
    known = followed(obs, 100)
    assert len(lived(obs, known)) == 100_000
