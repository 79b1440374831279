"""The totals of hand-offs that the command line promises: pairs, changes of holder and ways back, of persons, units and lines."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Self

import numpy as np

from commonground.analysis.events import Blocks, Events
from commonground.analysis.flow.grouping import run_starts
from commonground.analysis.flow.sequences import Hashes, Holders, Mask, holders, present, told, variant_hashes
from commonground.analysis.flow.side_by_side import WORKERS, read

SEEN = ("activity", "person", "unit")


def counts(
    blocks: Blocks, *, missing_unit: Literal["skip", "as-unit"] = "skip", product_line: bool = False
) -> dict[str, Any]:
    """How often work changes hands in a log, as `commonground handoffs` answers it.

    Keys: cases, events, activities, people, units, variants, pairs (directly following pairs of events), and for `person` and `unit`
    (with product_line also `product_line`): pairs, handoffs (pairs whose holders differ), cases (with a hand-off), ping_pong_cases.
    An event without a person is left out before persons are paired; likewise for units and lines with "skip", while "as-unit" takes
    what is missing as one unit more. People and units exclude missing. Memory grows with the cases (8 bytes each), not the events.
    """
    by = ("person", "unit", "product_line") if product_line else ("person", "unit")
    return read(blocks, [_Totals(by, missing_unit == "skip") for _ in range(WORKERS)]).answer()


@dataclass
class _Totals:
    by: Sequence[str]
    skip_all: bool
    events: int = 0
    cases: int = 0
    hashes: list[Hashes] = field(default_factory=list)
    seen: dict[str, Mask] = field(default_factory=lambda: {name: np.zeros(0, dtype=np.bool_) for name in SEEN})
    sums: dict[str, list[int]] = field(default_factory=dict)

    def add(self, piece: Events, number: int) -> None:
        """Reads a piece of whole cases."""
        first = piece.first_of_case()
        self.events += len(piece)
        self.cases += int(np.count_nonzero(first))
        hashes = np.sort(variant_hashes(first, piece.activity))
        self.hashes.append(hashes[run_starts(hashes)])
        for name in SEEN:
            self.seen[name] = either(self.seen[name], present(getattr(piece, name)))
        for name in self.by:
            case, holder = piece.case, getattr(piece, name)
            if self.skip_all or name == "person":
                case, holder = told(case, holder)
            self._sum(name, holders(case, holder))

    def _sum(self, name: str, more: Sequence[int]) -> None:
        old = self.sums.get(name, [0] * len(more))
        self.sums[name] = [a + b for a, b in zip(old, more, strict=True)]

    def extend(self, other: Self) -> None:
        """Takes over what was read elsewhere."""
        self.events += other.events
        self.cases += other.cases
        self.hashes += other.hashes
        self.seen = {name: either(mask, other.seen[name]) for name, mask in self.seen.items()}
        for name, sums in other.sums.items():
            self._sum(name, sums)

    def answer(self) -> dict[str, Any]:
        activities, people, units = (int(np.count_nonzero(self.seen[name])) for name in SEEN)
        nothing = [0] * len(Holders._fields)
        return {
            "cases": self.cases,
            "events": self.events,
            "activities": activities,
            "people": people,
            "units": units,
            "variants": len(np.unique(np.concatenate(self.hashes))) if self.hashes else 0,
            "pairs": self.events - self.cases,
            **{name: Holders(*self.sums.get(name, nothing))._asdict() for name in self.by},
        }


def either(one: Mask, other: Mask) -> Mask:
    """What holds in one of two masks; the shorter is taken as ended."""
    if len(one) < len(other):
        one, other = other, one
    result = one.copy()
    result[: len(other)] |= other
    return result
