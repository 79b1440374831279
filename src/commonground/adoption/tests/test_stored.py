"""Observations on the disk: read back as written, private, whole or as before."""

import os
import stat
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.adoption.observing import together
from commonground.adoption.one_person import same_people
from commonground.adoption.stored import Held, Made, forget_gone, shelf
from commonground.analysis.pace.observations import Observations

MADE = Made(
    log=1, generation=3, rule="ab", seen={"people": 4}, kept_before=2900, rules=("ab", "cd"), untold=2, last_time=5
)
Row = tuple[str, int, str | None, int, int, int]


def observations(rows: list[Row]) -> Observations:
    persons = tuple(sorted({row[0] for row in rows}))
    units = tuple(sorted({row[2] for row in rows if row[2] is not None}))
    columns = sorted(
        (persons.index(person), week, -1 if unit is None else units.index(unit), *counts)
        for person, week, unit, *counts in rows
    )
    values = np.array(columns, np.int32).reshape(-1, 6)
    return Observations(*(values[:, place].copy() for place in range(6)), persons, units)


def told(rows: Observations) -> list[Row]:
    return sorted(
        (
            (rows.persons[p], w, rows.units[u] if u >= 0 else None, n, o, r)
            for p, w, u, n, o, r in zip(
                *(getattr(rows, name).tolist() for name in ("person", "week", "unit", "new", "old", "neither")),
                strict=True,
            )
        ),
        key=str,
    )


TWO = observations([("p1", 2900, "7", 1, 0, 0), ("p2", 2901, None, 0, 2, 1)])


def test_what_is_written_is_read(tmp_path: Path) -> None:
    place = shelf(tmp_path, 4, 9)
    assert place.read() is None
    place.write(Held(TWO, MADE))
    held = place.read()
    assert held is not None
    assert (told(held.observations), held.made) == (told(TWO), MADE)
    assert place.made() == MADE
    empty = observations([])
    place.write(Held(empty, MADE))
    held = place.read()
    assert held is not None
    assert len(held.observations) == 0


def test_nobody_else_reads_it(tmp_path: Path) -> None:
    place = shelf(tmp_path, 4, 9)
    place.write(Held(TWO, MADE))
    assert stat.S_IMODE(place.path.stat().st_mode) == 0o600
    for folder in (place.folder, place.folder.parent, tmp_path / "observations"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_crash_while_writing_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = shelf(tmp_path, 4, 9)
    place.write(Held(TWO, MADE))
    before = place.path.read_bytes()
    other = Held(observations([("p3", 2902, "7", 1, 0, 0)]), MADE)

    def half(table: Any, file: Any, **more: Any) -> None:
        file.write(b"PAR1 half of it")
        raise OSError("the power went")

    with monkeypatch.context() as patched:
        patched.setattr(pq, "write_table", half)
        with pytest.raises(OSError, match="the power went"):
            place.write(other)
    assert place.path.read_bytes() == before
    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", lambda *_: (_ for _ in ()).throw(OSError("just before it counts")))
        with pytest.raises(OSError, match="just before"):
            place.write(other)
    assert place.path.read_bytes() == before
    place.write(other)  # what was left lying is in nobody's way
    held = place.read()
    assert held is not None
    assert held.observations.persons == ("p3",)


def test_a_damaged_file_is_said_in_a_sentence(tmp_path: Path) -> None:
    place = shelf(tmp_path, 4, 9)
    place.write(Held(TWO, MADE))
    place.path.write_bytes(b"nothing like it")
    assert place.made() is None
    with pytest.raises(ValueError, match="is damaged"):
        place.read()


def test_what_belongs_to_no_behaviour_is_removed_once_it_cannot_be_put_back(tmp_path: Path) -> None:
    for behaviour in (1, 2, 3):
        shelf(tmp_path, 4, behaviour).write(Held(TWO, MADE))
    old = shelf(tmp_path, 4, 3).path
    os.utime(old, (0, 0))
    for path in (old, old.parent / "work.lock"):
        if path.exists():
            os.utime(path, (0, 0))
    assert forget_gone(tmp_path, {1}, keep=timedelta(days=31)) == 1
    assert shelf(tmp_path, 4, 1).path.exists()
    assert shelf(tmp_path, 4, 2).path.exists()  # removed lately
    assert not old.exists()


WEEKS = st.lists(
    st.tuples(
        st.sampled_from(["pa", "pb", "pc", "pd"]), st.integers(0, 9), st.sampled_from(["7", "8", None]),
        st.integers(0, 3), st.integers(0, 3), st.integers(1, 3),
    ),
    max_size=20, unique_by=lambda row: row[:3],
)  # fmt: skip


@given(rows=WEEKS, edge=st.integers(0, 10))
def test_weeks_kept_and_weeks_told_make_all_of_them(rows: list[Row], edge: int) -> None:
    early = observations([row for row in rows if row[1] < edge])
    late = observations([row for row in rows if row[1] >= edge])
    assert told(together(early, late)) == told(observations(rows))


def test_a_person_written_in_two_ways_is_one() -> None:
    """The first 17 letters of a pseudonym are those of the person; the rest tells capitals apart."""
    one, same, other = "p" + "a" * 16 + "bbbb", "p" + "a" * 16 + "cccc", "p" + "z" * 20
    rows = observations([(one, 1, "7", 1, 0, 0), (same, 1, "7", 0, 2, 0), (other, 1, "7", 0, 0, 1)])
    assert told(same_people(rows, {})) == [(one, 1, "7", 1, 2, 0), (other, 1, "7", 0, 0, 1)]
    assert told(same_people(rows, {one: 5, other: 5})) == [(one, 1, "7", 1, 2, 1)]
    assert told(same_people(rows, {other: 5, "p" + "k" * 20: 5})) == told(same_people(rows, {}))
