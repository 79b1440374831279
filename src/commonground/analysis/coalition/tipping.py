"""Whom to win first where people need to see several others do it: by trying out, for adding one more may bring much or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from commonground.analysis.coalition.network import Floats, Ints, Network, Rows, places
from commonground.analysis.coalition.spread_bounds import Asked
from commonground.analysis.coalition.spread_models import NEEDED, NOISE, Model, needs_of, outcomes
from commonground.analysis.coalition.standing import Question, Reserve

TRIED = 24  # people whose whole effect is tried out for each seat
SCENES = 4  # drawings of who needs only one
PROGRESS = (0.05, 0.3)  # what it is worth that somebody needs one less; each gives a choice of its own
LOOKED_AT = 400
STARTS = 30  # of the most promising and of people drawn, who are tried with the best second one


def choose_tipping(
    network: Network, asked: Asked, model: Model, p: float | ArrayLike | None, counts: NDArray[np.bool_], seed: int
) -> list[int]:
    """The best choice found under threshold or noisy. No bound on it: `ceiling` has a coarse one."""
    drawn = np.random.default_rng(seed)
    needs = [needs_of(model, p, len(network), drawn) for _ in range(1 if model == "threshold" else SCENES)]
    runs = 1 if model == "threshold" else 40
    found = [_greedily(network, asked, needs, worth, counts) for worth in PROGRESS]
    if asked.seats > 1 and not asked.fixed:
        found.append(_greedily(network, asked, needs, PROGRESS[0], counts, _promising(network, asked, needs[0], drawn)))
    reached = [outcomes(network, chosen, model, p, runs, seed + 1, counts).mean() for chosen in found]
    return found[int(np.argmax(reached))]


def ceiling(
    network: Network, asked: Asked, model: Model, p: float | ArrayLike | None, counts: NDArray[np.bool_]
) -> float:
    """No choice spreads to more: those chosen, and whoever is reached by as many people as they need."""
    among = np.bincount(network.targets, minlength=len(network))[counts]
    chosen = min(asked.count, len(asked.fixed) + int(asked.eligible.sum()))
    if model == "threshold":
        could = float((among >= (NEEDED if p is None else float(np.asarray(p)))).sum())
    else:
        noise = NOISE if p is None else float(np.asarray(p))
        could = float((among >= NEEDED).sum() + noise * (among == 1).sum())
    return min(float(counts.sum()), could + chosen)


@dataclass
class _Scene:
    """One drawing of what people need, and how far it has come."""

    needs: Floats
    taken: NDArray[np.bool_]
    felt: Floats

    def ahead(self) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Who would take it up if one more did who reaches them, and who would come nearer to it."""
        short = self.needs - self.felt
        return ~self.taken & (short <= 1), ~self.taken & (short > 1)

    def follow(self, rows: Rows, person: int) -> tuple[Ints, Ints]:
        """Takes a person in and all who follow. Answers who came, and whom they reach, once for each tie."""
        if self.taken[person]:
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        came, felt = [np.array([person], np.int64)], []
        self.taken[person] = True
        while len(came[-1]):
            ends = rows.items[places(rows.offsets, came[-1])].astype(np.int64)
            np.add.at(self.felt, ends, 1.0)
            felt.append(ends)
            ends = np.unique(ends[(self.felt[ends] >= self.needs[ends]) & ~self.taken[ends]])
            self.taken[ends] = True
            came.append(ends)
        return np.concatenate(came), np.concatenate(felt)

    def undo(self, came: Ints, felt: Ints) -> None:
        self.taken[came] = False
        np.subtract.at(self.felt, felt, 1.0)


def _greedily(
    network: Network, asked: Asked, needs: Sequence[Floats], progress: float, counts: NDArray[np.bool_],
    starts: Sequence[int] = (),
) -> list[int]:  # fmt: skip
    """Always the one with whom most come and most come nearer. starts: who are the only ones for the first seat, if they may be."""
    people, rows = len(network), network.rows
    scenes = [_Scene(need, np.zeros(people, bool), np.zeros(people)) for need in needs]
    question = Question(rows, np.ones(people), asked.count, asked.eligible, asked.fixed, asked.demands, asked.plan)
    reserve, chosen = Reserve(question, asked.fixed), list(asked.fixed)
    free = asked.eligible.copy()
    for person in chosen:
        for scene in scenes:
            scene.follow(rows, person)
    for seats in range(asked.seats, 0, -1):
        score = _scores(scenes, rows, progress, counts)
        tried = [one for one in starts if reserve.allows(one, seats)] if seats == asked.seats else []
        tried = tried or _allowed(score, free, reserve, seats)
        best = max(tried, key=lambda person: (_worth(scenes, rows, person, progress, counts), score[person], -person))
        for scene in scenes:
            scene.follow(rows, best)
        reserve.take(best)
        free[best] = False
        chosen.append(best)
    return chosen


def _promising(network: Network, asked: Asked, needs: Floats, drawn: np.random.Generator) -> list[int]:
    """Who turns most people together with one more: the one with most ties need not be among them."""
    rows, everyone = network.rows, np.ones(len(network), bool)
    who = np.nonzero(asked.eligible)[0]
    most = who[np.argsort(-rows.sizes[who], kind="stable")[:STARTS]]
    starts = np.unique(np.concatenate([most, drawn.choice(who, min(STARTS, len(who)), replace=False)]))
    best, highest = [], -1.0
    for start in starts.tolist():
        scene = _Scene(needs, np.zeros(len(network), bool), np.zeros(len(network)))
        scene.follow(rows, start)
        score = np.where(asked.eligible & ~scene.taken, _scores([scene], rows, PROGRESS[0], everyone), -np.inf)
        seconds = np.argsort(-score, kind="stable")[:3].tolist()
        worth = max(_worth([scene], rows, second, 0.0, everyone) for second in seconds)
        if worth > highest:
            best, highest = [start], worth
    return best


def _scores(scenes: Sequence[_Scene], rows: Rows, progress: float, counts: NDArray[np.bool_]) -> Floats:
    made = np.zeros(len(rows))
    for scene in scenes:
        now, nearer = scene.ahead()
        made += rows.sums((now & counts) + progress * nearer) + ~scene.taken
    return made


def _allowed(score: Floats, free: NDArray[np.bool_], reserve: Reserve, seats: int) -> list[int]:
    """The most promising people who leave room for the demands; all are looked at only where the first few do not."""
    who = np.nonzero(free)[0]
    first = who[np.argsort(-score[who], kind="stable")[: min(LOOKED_AT, len(who))]] if len(who) else who
    found = [int(person) for person in first if reserve.allows(int(person), seats)][:TRIED]
    if found:
        return found
    ordered = who[np.argsort(-score[who], kind="stable")]
    return [next(int(person) for person in ordered if reserve.allows(int(person), seats))]


def _worth(scenes: Sequence[_Scene], rows: Rows, person: int, progress: float, counts: NDArray[np.bool_]) -> float:
    """How many would come with somebody, and how much nearer others would."""
    made = 0.0
    for scene in scenes:
        came, felt = scene.follow(rows, person)
        made += float(counts[came].sum()) + progress * float((~scene.taken[felt]).sum())
        scene.undo(came, felt)
    return made
