"""The disclosure gate: how long it takes, how near it comes to the fewest groups that must be held back, beside the plain remainder rule.

    python bench/disclosure.py [--only sizes|optimum|counts] [--cases 150]

1. Made organizations, a tree of units with people of their own crossed with five levels (and a front office), under a threshold of 5: time
   of `protect` and of `audit`, how many groups were shown, and what the remainder rule (METHODS 7.1) would show: hide groups below the
   threshold, and of every total the next smallest part until what is hidden of it is two parts and enough people. That rule is no
   promise: beside it stands how many leaks the audit finds in what it shows.
   Limits: 500 units × 5 levels in at most 10 s, 30 units × 5 levels in at most 1 s, of the processor's time.
2. Small cases: groups held back against the fewest that a branch and bound over all choices finds. Limit: median at most 1.2.
3. The same organizations with the counts of a question of five steps (noughts tell, too).

Every result that is shown is audited; a leak fails the bench.
"""

import argparse
import random
import statistics
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from time import process_time
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "src"))

from commonground.analysis.disclosure import Atom, audit, protect
from commonground.analysis.disclosure.gate import Gate
from commonground.analysis.disclosure.sets import merged

THRESHOLD = 5
SHARES = (0.01, 0.05, 0.12, 0.22, 0.6)  # of the levels
NODES = 30_000  # of the branch and bound; cases that need more are told apart


class Made(NamedTuple):
    """groups: all, each level, each unit, unit × level, unit × side. totals: of each total its parts; atoms: what no group cuts."""

    groups: dict[str, list[str]]
    totals: dict[str, list[str]]
    atoms: dict[str, Atom]


def made(units: int, levels: int, mean: float, seed: int = 1, sides: int = 1) -> Made:
    """Sizes of units are lognormal about the mean; seven of ten answered."""
    draw = random.Random(seed)
    above = {unit: draw.randrange(max(0, (unit - 1) // 6 - 2), (unit - 1) // 6 + 1) for unit in range(1, units)}
    atoms = {}
    for unit in range(units):
        size = max(1, int(draw.lognormvariate(0, 0.7) * mean))
        for level in range(levels):
            for side in range(sides):
                invited = sum(draw.random() < SHARES[level] / sides for _ in range(size))
                atoms[f"{unit}/{level}/{side}"] = Atom(invited, sum(draw.random() < 0.7 for _ in range(invited)))
    under: dict[int, list[int]] = {unit: [] for unit in range(units)}
    for unit in range(units):
        step: int | None = unit
        while step is not None:
            under[step].append(unit)
            step = above.get(step)
    return Made(*_grouped(under, above, levels, sides), atoms)


def _grouped(
    under: Mapping[int, list[int]], above: Mapping[int, int], levels: int, sides: int
) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    def of(units: list[int], level: range, side: range) -> list[str]:
        return [f"{unit}/{one}/{two}" for unit in units for one in level for two in side]

    every, both = range(levels), range(sides)
    groups: dict[str, list[str]] = {}
    totals: dict[str, list[str]] = {}
    for unit, below in under.items():
        groups[f"u{unit}"] = of(below, every, both)
        children = [f"u{child}" for child, parent in above.items() if parent == unit]
        if children:
            totals[f"u{unit} by unit"] = [f"u{unit}", *children]
        for level in every:
            groups[f"u{unit}l{level}"] = of(below, range(level, level + 1), both)
            if children:
                totals[f"u{unit}l{level} by unit"] = [f"u{unit}l{level}", *(f"{child}l{level}" for child in children)]
        totals[f"u{unit} by level"] = [f"u{unit}", *(f"u{unit}l{level}" for level in every)]
        for side in both if sides > 1 else ():
            groups[f"u{unit}s{side}"] = of(below, every, range(side, side + 1))
        if sides > 1:
            totals[f"u{unit} by side"] = [f"u{unit}", *(f"u{unit}s{side}" for side in both)]
    return groups, totals


def by_the_remainder(case: Made) -> list[str]:
    """What the plain remainder rule shows. People of a unit itself, which no part shows, are a hidden part."""
    people = {name: sum(case.atoms[atom].people for atom in one) for name, one in case.groups.items()}
    hidden = {name for name, number in people.items() if 0 < number < THRESHOLD}
    changed = True
    while changed:
        changed = False
        for total, *parts in case.totals.values():
            shown = [part for part in parts if part not in hidden and people[part]]
            closed = [people[part] for part in parts if part in hidden]
            rest = people[total] - sum(people[part] for part in parts)
            closed += [rest] if rest else []
            if total in hidden or not closed or not shown or (len(closed) > 1 and sum(closed) >= THRESHOLD):
                continue
            hidden.add(min(shown, key=lambda part: (people[part], part)))
            changed = True
    return [name for name in case.groups if name not in hidden]


class Fewest:
    """The most groups that can be shown, by branch and bound; `hard` where it was given up."""

    def __init__(self, case: Made) -> None:
        self.sets = merged(case.groups, case.atoms)
        able = [n for n in case.groups if not self.sets.groups[n] or self.sets.people(n) >= THRESHOLD]
        self.order = sorted(able, key=lambda name: (name != "u0", -self.sets.people(name)))
        self.most, self.nodes, self.hard = 0, 0, False
        self._go(0, Gate(self.sets.weights, THRESHOLD), 0)

    def _go(self, place: int, gate: Gate, shown: int) -> None:
        self.nodes += 1
        self.hard = self.hard or self.nodes > NODES
        if self.hard or shown + len(self.order) - place <= self.most:
            return
        if place == len(self.order):
            self.most = shown
            return
        row = gate.reduced(self.sets.groups[self.order[place]])
        if gate.told_by(row) is None:
            after = gate.copy() if row else gate
            after.let_in(row)
            self._go(place + 1, after, shown + 1)
        if row and place:
            self._go(place + 1, gate, shown)


def sizes() -> Iterator[str]:
    """Fails by a sentence where a limit is missed or something leaks."""
    for units, mean, sides, limit in (
        (30, 30, 1, 1.0),
        (30, 30, 2, 1.0),
        (100, 20, 1, 3.0),
        (500, 20, 1, 10.0),
        (500, 60, 1, 10.0),
    ):
        case = made(units, 5, mean, sides=sides)
        began = process_time()
        told = protect(case.groups, case.atoms, threshold=THRESHOLD, must=["u0"])
        took = process_time() - began
        began = process_time()
        leaks = audit({name: case.groups[name] for name in told.shown}, case.atoms, threshold=THRESHOLD)
        audited = process_time() - began
        why = Counter(told.hidden.values())
        plain = by_the_remainder(case)
        plain_leaks = len(audit({name: case.groups[name] for name in plain}, case.atoms, threshold=THRESHOLD))
        able = len(case.groups) - why["few"]
        print(
            f"{units:4} units × 5{' × 2' if sides > 1 else '    '} {len(case.atoms):5} atoms {len(case.groups):5} groups"
            f" {why['few']:5} of few {len(told.shown):5} shown ({len(told.shown) / able:.0%} of the others)"
            f" {took:6.2f} s, audit {audited:5.2f} s;  remainder rule {len(plain):5} shown, {plain_leaks} leaks"
        )
        if leaks:
            yield f"{units} units: what was shown leaks {leaks[:3]}"
        if took > limit:
            yield f"{units} units took {took:.2f} s, more than {limit} s"


def small(seed: int) -> Made:
    draw = random.Random(seed)
    return made(draw.randint(3, 9), draw.randint(2, 4), draw.choice([12, 20, 30, 45]), seed, draw.choice([1, 1, 2]))


def optimum(cases: int) -> Iterator[str]:
    held, kept, beside_plain, hard, plain_leaks = [], [], [], 0, 0
    for seed in range(cases):
        case = small(seed)
        fewest = Fewest(case)
        if fewest.hard or not fewest.most:
            hard += fewest.hard
            continue
        told = protect(case.groups, case.atoms, threshold=THRESHOLD, must=["u0"])
        if audit({name: case.groups[name] for name in told.shown}, case.atoms, threshold=THRESHOLD):
            yield f"case {seed}: what was shown leaks"
        least = len(case.groups) - fewest.most
        held.append(len(told.hidden) / least if least else 1.0)
        kept.append(len(told.shown) / fewest.most)
        plain = by_the_remainder(case)
        beside_plain.append(len(told.shown) / max(1, len(plain)))
        plain_leaks += bool(audit({name: case.groups[name] for name in plain}, case.atoms, threshold=THRESHOLD))
    ends = statistics.quantiles(held, n=20)
    print(
        f"{len(held)} small cases ({hard} given up): held back against the fewest: median {statistics.median(held):.3f},"
        f" mean {statistics.mean(held):.3f}, 95 % {ends[-1]:.3f}, most {max(held):.3f};"
        f" exactly the fewest in {sum(one == 1 for one in held) / len(held):.0%}; shown of the most {statistics.mean(kept):.3f}"
    )
    print(
        f"shown beside the remainder rule: {statistics.mean(beside_plain):.3f} of its groups;"
        f" that rule gives few people away in {plain_leaks} of {len(held)} cases"
    )
    if statistics.median(held) > 1.2:
        yield f"the median held back is {statistics.median(held):.2f} of the fewest, more than 1.2"


def counts() -> Iterator[str]:
    for units, mean, sides in ((30, 30, 1), (30, 30, 2), (100, 20, 1), (500, 20, 1)):
        case = made(units, 5, mean, sides=sides)
        draw = random.Random(units)
        given = {
            name: Counter(min(4, max(0, int(draw.gauss(2.5, 1.2)))) for _ in range(atom.people))
            for name, atom in case.atoms.items()
        }
        options = {name: [answers[option] for option in range(5)] for name, answers in given.items()}
        sums = len(protect(case.groups, case.atoms, threshold=THRESHOLD, must=["u0"]).shown)
        began = process_time()
        told = protect(case.groups, case.atoms, threshold=THRESHOLD, must=["u0"], counts=options)
        took = process_time() - began
        print(
            f"{units:4} units × 5{' × 2' if sides > 1 else '    '} with counts {len(told.shown):5} shown of {sums:5} {took:6.2f} s"
        )
        shown = {name: case.groups[name] for name in told.shown}
        if audit(shown, case.atoms, threshold=THRESHOLD, counts=options):
            yield f"{units} units with counts: what was shown leaks"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=("sizes", "optimum", "counts"))
    parser.add_argument("--cases", type=int, default=150)
    options = parser.parse_args()
    parts = {"sizes": sizes, "optimum": lambda: optimum(options.cases), "counts": counts}
    missed = [line for name, part in parts.items() if options.only in (None, name) for line in part()]
    for line in missed:
        print(f"Missed: {line}")
    return bool(missed)


if __name__ == "__main__":
    sys.exit(main())
