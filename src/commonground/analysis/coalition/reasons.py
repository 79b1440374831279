"""Why each champion is in a choice, in a plain phrase."""

from collections.abc import Sequence

import numpy as np

from commonground.analysis.coalition.network import Network
from commonground.analysis.coalition.standing import Question


def reasons(
    network: Network, asked: Question, chosen: Sequence[int], cover: Sequence[Sequence[str | None]]
) -> tuple[str, ...]:
    """A phrase for each champion, in the order of choosing: how many they reach first, how many by nobody else, what they alone stand for.

    network is there for the names of later phrases. Counts are of people, whatever these are worth.
    """
    times = np.bincount(asked.reach.of(chosen), minlength=asked.reach.wide)
    held = np.zeros(len(asked.demands.cells) + 1, np.int64)
    np.add.at(held, asked.demands.of[:, list(chosen)].ravel(), 1)
    reached = np.zeros(asked.reach.wide, bool)
    phrases = []
    for person in chosen:
        row = asked.reach[person]
        first = int((~reached[row]).sum())
        reached[row] = True
        alone = int((times[row] == 1).sum())
        parts = [_reaching(first, alone, len(row))]
        cells = [asked.demands.cells[cell][1] for cell in asked.demands.of_person(person) if held[cell] == 1]
        if cells:
            parts.append(f"the only one of {' and of '.join(cells)}")
        if person in asked.fixed:
            parts.insert(0, "set beforehand")
        phrases.append("; ".join(parts))
    return tuple(phrases)


def _reaching(first: int, alone: int, all_: int) -> str:
    if not first:
        return f"reaches {_people(all_)}, whom others reach too"
    if not alone:
        return f"first to reach {_people(first)}, whom others reach too"
    if alone == first:
        return f"first to reach {_people(first)}, whom nobody else reaches"
    return f"first to reach {_people(first)}, {alone:,} of them nobody else reaches"


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count:,} people"
