"""An attacker who tries to tie answers to people: orders that can be read out of files, held against the order in which people came."""

import json
import math
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

LEVEL = 0.01  # of all attacks together, so that one outside is no accident


class Attack(NamedTuple):
    """name: of the order that was read. correlation: of that order with the true one; bound: what 99 % of chance stays within."""

    name: str
    correlation: float
    bound: float

    @property
    def succeeds(self) -> bool:
        return abs(self.correlation) > self.bound


def stored(values: Mapping[str, Any]) -> bytes:
    """An answer as it lies in the file."""
    return json.dumps(values).encode()


def places(raw: bytes, needle: bytes) -> list[int]:
    found, at = [], raw.find(needle)
    while at >= 0:
        found.append(at)
        at = raw.find(needle, at + 1)
    return found


def order_by_key(database: Path, told: Sequence[Mapping[str, Any]]) -> list[int]:
    """Of the answers that are there, their true place in time, in order of their primary keys."""
    true = {json.dumps(one["values"]): place for place, one in enumerate(told)}
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as file:
        rows = file.execute('SELECT "values" FROM assessments_answer ORDER BY rowid').fetchall()
    return [true[json.dumps(json.loads(values))] for (values,) in rows]


def order_in_bytes(raw: bytes, told: Sequence[Mapping[str, Any]]) -> list[int]:
    """The same in order of where they lie in the raw file."""
    found = [(spots[0], place) for place, one in enumerate(told) if (spots := places(raw, stored(one["values"])))]
    return [place for _, place in sorted(found)]


def order_of_tokens(database: Path, digests: Sequence[str], spent: bool | None) -> list[int]:
    """True places of tokens in order of their primary keys. spent: only those that are, or are not."""
    true = {digest: place for place, digest in enumerate(digests)}
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as file:
        rows = file.execute("SELECT digest, spent FROM assessments_token ORDER BY rowid").fetchall()
    return [true[digest] for digest, was in rows if digest in true and (spent is None or bool(was) is spent)]


def order_within_pages(raw: bytes, told: Sequence[Mapping[str, Any]], page: int) -> list[list[int]]:
    """The same, page by page: within a page SQLite puts new rows before older ones."""
    found: dict[int, list[tuple[int, int]]] = {}
    for place, one in enumerate(told):
        for at in places(raw, stored(one["values"])):
            found.setdefault(at // page, []).append((-at, place))
    return [[place for _, place in sorted(rows)] for rows in found.values()]


def page_size(raw: bytes) -> int:
    """Of an SQLite file (its header, bytes 16 and 17)."""
    size = int.from_bytes(raw[16:18], "big")
    return 65536 if size == 1 else size


def rank_correlation(order: Sequence[int]) -> float:
    """Spearman's, of an order of true places with its own positions."""
    n = len(order)
    ranks = {value: rank for rank, value in enumerate(sorted(order))}
    apart = sum((position - ranks[value]) ** 2 for position, value in enumerate(order))
    return 1 - 6 * apart / (n * (n * n - 1))


def by_order(name: str, order: Sequence[int], attacks: int) -> Attack:
    """Spearman's correlation is near normal with variance 1/(n−1) when order means nothing (Kendall & Gibbons 1990)."""
    return Attack(name, rank_correlation(order), _z(attacks) / math.sqrt(len(order) - 1))


def by_pages(name: str, orders: Iterable[Sequence[int]], attacks: int) -> Attack:
    """The mean over pages, each weighted by what it can tell (n − 1)."""
    told = [(rank_correlation(order), len(order) - 1) for order in orders if len(order) > 2]
    weight = sum(one for _, one in told)
    return Attack(name, sum(r * one for r, one in told) / weight, _z(attacks) / math.sqrt(weight))


def by_matching(name: str, order: Sequence[int], told: Sequence[Mapping[str, Any]], attacks: int) -> Attack:
    """The nth answer of a combination is given to the nth person who came: how many are right, above the one that chance gives each.

    In a random order of any length the right ones are Poisson with mean 1 (de Montmort 1708), so over the combinations they have mean
    and variance of their number; the upper end is that of a Poisson.
    """
    groups: dict[int, list[int]] = {}
    for place in order:
        groups.setdefault(told[place]["combination"], []).append(place)
    right = sum(sum(a == b for a, b in zip(group, sorted(group), strict=True)) for group in groups.values())
    return Attack(name, right - len(groups), _poisson_end(len(groups), attacks) - len(groups))


def _poisson_end(mean: float, attacks: int) -> float:
    below, term, at = math.exp(-mean), math.exp(-mean), 0
    while 1 - below > LEVEL / attacks:
        at += 1
        term *= mean / at
        below += term
    return float(at)


def _z(attacks: int) -> float:
    """The two-sided bound of a normal for all attacks together (Bonferroni)."""
    tail = LEVEL / attacks / 2
    low, high = 0.0, 10.0
    while high - low > 1e-9:
        middle = (low + high) / 2
        low, high = (middle, high) if math.erfc(middle / math.sqrt(2)) / 2 > tail else (low, middle)
    return high
