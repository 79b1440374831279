"""A real log, cut anywhere and brought in any order, is the same log in the event store."""

import os
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from commonground.events.coding import code_rows
from commonground.events.pseudonyms import Pseudonyms
from commonground.events.store import Store
from commonground.events.tests.made import told
from commonground.intake.logs.reading import read_log

RECEIPT = Path(os.environ.get("COMMONGROUND_REAL_DATA", "../shared/data")) / "receipt" / "receipt.csv"
OURS = Pseudonyms(b"k" * 32)


@pytest.mark.real_data
@pytest.mark.parametrize("seed", range(3))
def test_parts_of_the_receipt_log_with_one_brought_again(tmp_path: Path, seed: int) -> None:
    if not RECEIPT.exists():
        pytest.skip(f"{RECEIPT} is not there: name the folder of real data in COMMONGROUND_REAL_DATA")
    rng = Random(seed)
    header, *lines = RECEIPT.read_text().splitlines(keepends=True)
    cuts = [0, *sorted(rng.sample(range(1, len(lines)), 5)), len(lines)]
    parts = [(f"part {number}", lines[begin:end]) for number, (begin, end) in enumerate(pairwise(cuts))]
    parts.append(("again", parts[2][1]))
    rng.shuffle(parts)
    store = Store(tmp_path / "store", OURS, rows=1000)
    for name, own in parts:
        file = tmp_path / f"{name}.csv"
        file.write_text("".join([header, *own]))
        store.deliver(name, read_log(file), digest=name, file=name.replace("again", "part 2"))
    standing = store.rebuild([name for name, _ in parts])
    assert (standing.events, standing.cases, standing.people) == (8577, 1434, 48)  # ../shared/data/README.md
    assert standing.joined == len(parts[[name for name, _ in parts].index("again")][1])
    assert told(store.blocks()) == told([code_rows(read_log(RECEIPT), pseudonyms=OURS)])
