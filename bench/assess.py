"""The figures of assessments at size: a sheet of 100,000 people scored, an ordered probit beside scipy, 5,000 texts grouped.

    python bench/assess.py [--only sheet|probit|texts]

Limits: the sheet, read and scored with 300 groups, 5 s of the processor; 200 comparisons of two waves at least 10 times as fast as
scipy's BFGS on the same likelihood from the same start; 5,000 texts of up to 500 letters grouped in 10 s of the processor.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path
from time import process_time

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

import numpy as np

PEOPLE, GROUPS, ITEMS, SCALES = 100_000, 300, 20, 4
TEXTS, LETTERS = 5_000, 500
LIMIT_SHEET, LIMIT_TEXTS, RATIO = 5.0, 10.0, 10.0


def sheet() -> bool:
    from commonground.analysis.assessment.scored import assess
    from commonground.intake.answers import read_answers, read_instrument

    drawn = np.random.default_rng(1)
    items = [f"i{at}" for at in range(ITEMS)]
    group = drawn.integers(0, GROUPS, PEOPLE)
    level = 3 + drawn.normal(0, 0.4, GROUPS)[group] + drawn.normal(0, 0.8, PEOPLE)
    rows = np.clip(np.round(level[:, None] + drawn.normal(0, 0.7, (PEOPLE, ITEMS))), 1, 5).astype(int)
    with tempfile.TemporaryDirectory() as folder:
        answers, instrument = Path(folder) / "answers.csv", Path(folder) / "instrument.toml"
        lines = [f"unit {one},{','.join(map(str, row))}" for one, row in zip(group, rows.tolist(), strict=True)]
        answers.write_text("\n".join([",".join(["unit", *items]), *lines]))
        parts = [items[at::SCALES] for at in range(SCALES)]
        scales = "".join(f'[[scale]]\nname = "s{at}"\nitems = {part}\n' for at, part in enumerate(parts))
        instrument.write_text(f"options = 5\n{scales}".replace("'", '"'))
        begin = process_time()
        asked = read_instrument(instrument)
        read = read_answers(answers, asked, "unit")
        between = process_time()
        found = assess(asked, read.answers, read.group, read.groups)
        end = process_time()
    assert found.scales["s0"].n == PEOPLE
    took = end - begin
    print(f"{PEOPLE:,} people, {ITEMS} items, {SCALES} scales, {GROUPS} groups: read {between - begin:.2f} s, scored "
          f"{end - between:.2f} s of the processor; limit {LIMIT_SHEET:g} s in all")  # fmt: skip
    return took <= LIMIT_SHEET


def probit() -> bool:
    from scipy import optimize
    from scipy.stats import norm

    from commonground.analysis.assessment.ordered_probit import ordered_probit

    drawn = np.random.default_rng(2)
    tables = [drawn.multinomial(60, [drawn.dirichlet((3, 5, 8, 6, 3)) for _ in range(2)]) + 1 for _ in range(200)]
    begin = process_time()
    ours = [ordered_probit(table) for table in tables]
    between = process_time()
    theirs = []
    for table in tables:
        cuts = table.shape[1] - 1
        start = norm.ppf(np.cumsum(table.sum(axis=0))[:-1] / table.sum())

        def loss(at: np.ndarray, table: np.ndarray = table, cuts: int = cuts) -> float:
            ends = np.concatenate([[-np.inf], np.cumsum([at[0], *np.exp(at[1:cuts])]), [np.inf]])
            share = np.diff(norm.cdf(ends[None] - np.array([[0], [at[-1]]])), axis=1)
            return -float((table * np.log(np.maximum(share, 1e-300))).sum())

        at = np.concatenate([start[:1], np.log(np.diff(start)), [0.0]])
        theirs.append(optimize.minimize(loss, at, method="BFGS", options={"gtol": 1e-6}).x[-1])
    end = process_time()
    apart = max(abs(float(one.shift[1]) - other) for one, other in zip(ours, theirs, strict=True) if one is not None)
    ratio = (end - between) / (between - begin)
    print(f"200 comparisons: {between - begin:.2f} s; scipy's BFGS {end - between:.2f} s, {ratio:.0f} times (limit {RATIO:g}); "
          f"largest difference of a shift {apart:.1e}")  # fmt: skip
    return ratio >= RATIO and apart < 1e-3


def texts() -> bool:
    from commonground.analysis.alike import groups

    drawn = np.random.default_rng(3)
    words = ["".join(drawn.choice(list("abcdefghijklmnopqrstuvwxyz"), drawn.integers(2, 11))) for _ in range(3_000)]
    held = True
    for kinds in (1, 200, TEXTS):
        bases = [drawn.choice(words, 85) for _ in range(kinds)]
        mixed = (np.where(drawn.random(85) < 0.6, bases[at % kinds], drawn.choice(words, 85)) for at in range(TEXTS))
        made = [" ".join(one)[:LETTERS] for one in mixed]
        begin = process_time()
        found = groups(made)
        took = process_time() - begin
        print(f"{TEXTS:,} texts of {LETTERS} letters about {kinds:,} matters: {took:.1f} s of the processor, "
              f"{len(found):,} groups (limit {LIMIT_TEXTS:g} s)")  # fmt: skip
        held = held and took <= LIMIT_TEXTS
    return held


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=("sheet", "probit", "texts"))
    only = parser.parse_args().only
    asked = {"sheet": sheet, "probit": probit, "texts": texts}
    held = [ask() for name, ask in asked.items() if only in (None, name)]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
