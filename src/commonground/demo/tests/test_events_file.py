"""The made log as a file: read back by the product's own reading, as CSV and as Parquet alike."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from commonground.demo.events_file import FileKindError, write_events
from commonground.demo.world import World, build
from commonground.events.coding import code_rows
from commonground.intake.logs.reading import Options, look, read_log


@pytest.fixture(scope="module")
def world() -> World:
    return build(today=date(2026, 9, 14))


def test_both_kinds_are_read_back_alike(world: World, tmp_path: Path) -> None:
    logs = []
    for name in ("log.csv", "log.parquet"):
        number = write_events(tmp_path / name, world, events=5_000)
        seen = look(tmp_path / name)
        assert set(seen.found) == {"case", "activity", "time", "person", "unit", "product_line", "channel"}
        logs.append(code_rows(read_log(tmp_path / name, mapping=None, options=Options())))
        assert len(logs[-1]) == number
    csv, parquet = logs
    assert csv.names == parquet.names
    for column in ("case", "time", "activity", "person", "unit", "product_line", "channel"):
        assert np.array_equal(getattr(csv, column), getattr(parquet, column)), column


def test_another_kind_is_refused_in_a_sentence(world: World, tmp_path: Path) -> None:
    with pytest.raises(FileKindError, match=r"log\.txt.*ends in \.csv or \.parquet"):
        write_events(tmp_path / "log.txt", world, events=100)
    assert not list(tmp_path.iterdir())
