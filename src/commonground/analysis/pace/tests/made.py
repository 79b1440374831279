"""Observations made for tests."""

from collections.abc import Sequence

import numpy as np

from commonground.analysis.pace.observations import NEVER, Followed, Observations

WEEK = 2900  # in 2025


def observed(rows: Sequence[tuple[int, int, int, int, int, int]]) -> Observations:
    """Rows of person, week (0: the first), unit (−1: none), new, old, neither; each person, week and unit once."""
    table = np.array(sorted(rows), dtype=np.int32).reshape(-1, 6)
    persons = tuple(f"p{code}" for code in range(int(table[:, 0].max(initial=-1)) + 1))
    units = tuple(f"u{code}" for code in range(int(table[:, 2].max(initial=-1)) + 1))
    return Observations(
        table[:, 0], table[:, 1] + WEEK, table[:, 2], table[:, 3], table[:, 4], table[:, 5], persons, units
    )


def followed(obs: Observations, weeks: int, start: int = 0) -> Followed:
    """Everybody from week `start` on, over so many weeks in all."""
    people = len(obs.persons)
    return Followed(np.full(people, WEEK + start, np.int32), np.full(people, NEVER, np.int32), WEEK + weeks - 1)


def by_chance(
    seed: int, people: int, units: int, weeks: int, *, moving: float = 0.1, presence: float = 0.7
) -> Observations:
    """People who mostly stay in one of the units (or in none), and come in most weeks."""
    rng = np.random.default_rng(seed)
    home = rng.choice(np.arange(-1, units), size=people, p=None) if units else np.full(people, -1)
    rows = {}
    for person in range(people):
        for week in range(weeks):
            if rng.random() < presence:
                unit = int(home[person]) if rng.random() > moving else int(rng.integers(-1, max(units, 1)))
                counts = (int(rng.integers(1, 4)), int(rng.integers(0, 3)), int(rng.integers(0, 2)))
                rows[person, week, unit] = counts
                if rng.random() < moving:
                    rows[person, week, int(rng.integers(-1, max(units, 1)))] = counts
    return observed([(*key, *counts) for key, counts in rows.items()])
