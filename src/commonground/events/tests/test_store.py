"""The store is a function of the set of files that stand in it: however a log is cut, brought, brought again and undone."""

import tempfile
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from random import Random

import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonground.analysis.events import Events
from commonground.events.coding import code_rows
from commonground.events.locking import AtWorkError
from commonground.events.pseudonyms import Pseudonyms
from commonground.events.rows import Rows
from commonground.events.store import Standing, Store
from commonground.events.tests.made import Event, Told, pieces, rows, told

OURS = Pseudonyms(b"k" * 32)
HYPOTHESIS = settings(deadline=None, max_examples=40)
CASES = [f"case {number}" for number in range(7)]


def some_log(seed: int, *, size: int, moments: int, ids: bool = False) -> list[Event]:
    """Events in order of time, many at the same moment, interleaved cases, no two alike."""
    rng = Random(seed)
    log = list[Event]()
    while len(log) < size:
        who, where = rng.choice([None, "Erin", "Dan"]), rng.choice([None, "billing", "water"])
        event = Event(rng.choice(CASES), f"step {rng.randrange(40)}", rng.randrange(moments), who, where)
        if event not in log:
            log.append(event)
    log.sort(key=lambda event: event.time)
    return [Event(**{**vars(event), "id": f"e{place}"}) for place, event in enumerate(log)] if ids else log


def built(folder: Path, parts: Sequence[tuple[str, Sequence[Event]]], *, rows: int = 8) -> tuple[Store, Standing]:
    """A store with these parts (name of the file, events), delivered in this order."""
    store = Store(folder, OURS, rows=rows)
    for name, events in parts:
        store.deliver(f"at-{name}", pieces(events), digest=f"digest of {name}", file=name.removeprefix("again "))
    return store, store.rebuild([f"at-{name}" for name, _ in parts])


def whole(log: Sequence[Event]) -> list[Told]:
    return told([code_rows(pieces(log), pseudonyms=OURS)])


@HYPOTHESIS
@given(st.integers(0, 10**6), st.data())
def test_any_cutting_in_time_any_order_of_import_overlaps_and_again(seed: int, data: st.DataObject) -> None:
    log = some_log(seed, size=data.draw(st.integers(1, 40)), moments=data.draw(st.integers(1, 12)))
    places = st.integers(0, len(log))
    cuts = [0, *sorted(data.draw(st.lists(places, max_size=5))), len(log)]
    overlap = data.draw(st.integers(0, 3))
    parts = [
        (f"part {number}.csv", log[max(0, begin - overlap) : end])
        for number, (begin, end) in enumerate(pairwise(cuts), 1)
    ]
    again = [(f"again {name}", events) for name, events in parts if data.draw(st.booleans())]
    order = data.draw(st.permutations([*parts, *again]))
    with tempfile.TemporaryDirectory() as folder:
        store, standing = built(Path(folder), order)
        assert told(store.blocks()) == whole(log)
        assert standing.events == len(log)
        assert standing.cases == len({event.case for event in log})


@HYPOTHESIS
@given(st.integers(0, 10**6), st.booleans(), st.data())
def test_any_cutting_at_all_when_ids_or_times_tell_events_apart(seed: int, ids: bool, data: st.DataObject) -> None:
    log = some_log(seed, size=data.draw(st.integers(1, 30)), moments=10**9, ids=ids)
    part_of = [data.draw(st.sets(st.integers(0, 3), min_size=1, max_size=2)) for _ in log]
    parts = [
        (
            f"{number}.csv",
            data.draw(st.permutations([event for event, own in zip(log, part_of, strict=True) if number in own])),
        )
        for number in range(4)
    ]
    with tempfile.TemporaryDirectory() as folder:
        store, standing = built(Path(folder), data.draw(st.permutations(parts)))
        assert told(store.blocks()) == whole(log)
        assert standing.joined == sum(len(own) - 1 for own in part_of)


@HYPOTHESIS
@given(st.integers(0, 10**6), st.integers(2, 4), st.data())
def test_undone_is_as_never_brought_and_the_order_never_matters(seed: int, files: int, data: st.DataObject) -> None:
    """Files of any content: rows alike, ids told otherwise, times out of order."""
    rng = Random(seed)

    def event() -> Event:
        return Event(rng.choice("12"), rng.choice("ab"), rng.randrange(3), id=rng.choice([None, None, "x", "y"]))

    parts = [(f"{number}.csv", [event() for _ in range(rng.randrange(8))]) for number in range(files)]
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        store, _ = built(Path(one), parts, rows=data.draw(st.sampled_from([1, 3, 100])))
        undone = store.rebuild([f"at-{name}" for name, _ in parts[1:]])
        never, standing = built(Path(two), data.draw(st.permutations(parts[1:])))
        assert told(store.blocks()) == told(never.blocks())
        assert (undone.events, undone.cases, undone.joined, undone.changed) == (
            standing.events,
            standing.cases,
            standing.joined,
            standing.changed,
        )


@pytest.mark.parametrize("alike", [(2, 2, 3), (3, 1, 2), (1, 3, 2)])
def test_rows_alike_in_one_file_are_several_events_and_in_two_files_the_same(
    tmp_path: Path, alike: tuple[int, ...]
) -> None:
    store, standing = built(tmp_path, [(str(n), [Event("1", "called", 5)] * times) for n, times in enumerate(alike)])
    assert standing.events == 3
    assert standing.joined == sum(alike) - 3
    assert [event[2] for event in told(store.blocks())] == ["called"] * 3


def test_files_that_overlap_stand_by_name_and_a_case_by_its_own_time(tmp_path: Path) -> None:
    """Every file runs from 0 to 9. In case 1 only the names tell the order of moment 5; in case 2 the case itself does."""
    ends = [Event("3", "begins", 0), Event("3", "ends", 9)]
    names = [f"part {number}" for number in (10, 2, 1)]
    parts = [(name, [*ends, Event("1", name, 5)]) for name in names]
    parts[0][1].extend([Event("2", "first", 1), Event("2", "second", 5)])
    parts[2][1].extend([Event("2", "third", 5), Event("2", "fourth", 6)])
    store, _ = built(tmp_path, parts)
    stands = [event[2] for event in told(store.blocks())]
    assert [name for name in stands if name in names] == ["part 1", "part 2", "part 10"]
    own = ["first", "second", "third", "fourth"]
    assert [name for name in stands if name in own] == own


def test_an_id_is_one_event_and_the_file_that_comes_last_in_time_has_the_last_word(tmp_path: Path) -> None:
    first = [Event("1", "called", 1, id="a"), Event("1", "called", 1, id="a"), Event("1", "visited", 2, id="b")]
    later = [Event("1", "billed", 2, id="b"), Event("1", "paid", 9, id="c")]
    store, standing = built(tmp_path, [("later", later), ("first", first)])
    assert [event[2] for event in told(store.blocks())] == ["called", "billed", "paid"]
    assert (standing.changed, standing.joined) == (1, 0)
    assert store.delivered("at-first").repeated == 1


def test_ids_of_two_systems_do_not_meet(tmp_path: Path) -> None:
    store = Store(tmp_path, OURS)
    for source in ("crm", "dispatch"):
        event = Event("1", f"noted in {source}", 1, id="7")
        store.deliver(source, pieces([event]), digest=source, source=source)
    assert store.rebuild(["crm", "dispatch"]).events == 2


def test_overlapping_files_tell_the_order_of_one_moment(tmp_path: Path) -> None:
    """The middle of a day, the whole day, and the end of it, all with days as times."""
    day = [Event("1", name, 1) for name in "abcdef"]
    store, _ = built(tmp_path, [("1", day[2:4]), ("2", day), ("3", day[3:])])
    assert [event[2] for event in told(store.blocks())] == list("abcdef")


def test_files_that_contradict_each_other_still_have_one_answer(tmp_path: Path) -> None:
    ab, ba = (
        [Event("1", "a", 1), Event("1", "b", 1), Event("1", "c", 1)],
        [Event("1", "b", 1), Event("1", "a", 1), Event("1", "d", 1)],
    )
    answers = set()
    for number, parts in enumerate(([("x", ab), ("y", ba)], [("y", ba), ("x", ab)])):
        store, _ = built(tmp_path / str(number), parts)
        answers.add(tuple(event[2] for event in told(store.blocks())))
    assert len(answers) == 1
    assert sorted(answers.pop()) == list("abcd")


@pytest.mark.parametrize("size", [1, 5, 64, 1000])
def test_blocks_and_row_groups_hold_whole_cases(tmp_path: Path, size: int) -> None:
    log = some_log(3, size=200, moments=50)
    for number, cuts in enumerate(([0, 200], [0, 90, 200])):
        parts = [(str(place), log[begin:end]) for place, (begin, end) in enumerate(pairwise(cuts))]
        store, standing = built(tmp_path / str(number), parts, rows=size)
        blocks = list(store.blocks())
        assert told(blocks) == whole(log)
        seen = [case for block in blocks for case in block.case[block.first_of_case()].tolist()]
        assert len(seen) == len(set(seen)) == standing.cases
        file = pq.ParquetFile(store.folder / f"store-{standing.generation}" / "events.parquet")
        groups = [set(file.read_row_group(group).column("case").to_pylist()) for group in range(file.num_row_groups)]
        assert sum(map(len, groups)) == len(set().union(*groups)) == standing.cases
        assert size > 64 or len(groups) > 3


def test_only_the_columns_asked_for_are_read(tmp_path: Path) -> None:
    store, _ = built(tmp_path, [("a", some_log(1, size=20, moments=5))])
    block = next(store.blocks(["activity"]))
    assert not np.any(block.time)
    assert set(block.unit.tolist()) == {-1}
    assert set(block.activity.tolist()) <= set(range(40))
    with pytest.raises(ValueError, match="Events have no column colour"):
        store.blocks(["colour"])


def test_an_empty_store_and_an_empty_file(tmp_path: Path) -> None:
    store = Store(tmp_path, OURS)
    assert list(store.blocks()) == []
    assert store.standing() == Standing()
    store.deliver("none", iter([]), digest="none")
    assert store.rebuild(["none"]).events == 0
    assert list(store.blocks()) == []
    assert store.names().activity == ()
    with pytest.raises(KeyError, match="Nothing was delivered at nowhere"):
        store.rebuild(["nowhere"])


def test_no_text_of_a_person_or_a_case_reaches_the_disk(tmp_path: Path) -> None:
    seen = list[bytes]()

    def watched() -> Iterator[Rows]:
        for piece in pieces(
            [Event(f"Case-{n}-Smith", "called", n, "Erin.Meyer@north.example", "billing") for n in range(50)]
        ):
            yield piece
            seen.extend(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())

    store = Store(tmp_path, OURS, rows=8)
    store.deliver("a", watched(), digest="a", file="calls.csv")
    store.rebuild(["a"])
    seen.extend(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    everything = b"".join(seen).lower()
    assert b"billing" in everything
    assert OURS.of("Erin.Meyer@north.example").encode() in everything
    assert b"meyer" not in everything
    assert b"smith" not in everything


class CutOffError(Exception):
    pass


@pytest.mark.parametrize("after", ["read", "sorting", "joined", "published"])
def test_cut_off_at_any_moment_what_held_before_holds(
    tmp_path: Path, after: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = some_log(5, size=60, moments=30)
    store, before = built(tmp_path, [("a", log[:30])])
    held = told(store.blocks())

    def tell(words: str) -> None:
        if after in words:
            raise CutOffError

    with pytest.raises(CutOffError):  # noqa: PT012 - any of three steps may be the one
        store.deliver("b", pieces(log[30:]), digest="b", on_progress=tell)
        with store.rebuilt(["at-a", "b"], on_progress=tell):
            if after == "published":
                raise CutOffError
    assert store.standing() == before
    assert told(Store(tmp_path, OURS).blocks()) == held
    store.deliver("b", pieces(log[30:]), digest="b")
    store.rebuild(["at-a", "b"])
    assert told(store.blocks()) == whole(log)
    assert sorted(path.name for path in tmp_path.glob("store-*")) == [f"store-{before.generation + 1}"]


def test_a_machine_that_went_down_leaves_nothing_in_the_way(tmp_path: Path) -> None:
    store, before = built(tmp_path, [("a", some_log(1, size=9, moments=3))])
    (tmp_path / "store-2.part").mkdir()
    (tmp_path / "store-2").mkdir()
    (tmp_path / "deliveries" / "b.part").mkdir()
    with store.at_work():
        assert sorted(path.name for path in tmp_path.glob("*") if path.is_dir()) == ["deliveries", "store-1"]
        assert store.places() == {"at-a"}
        with pytest.raises(AtWorkError), Store(tmp_path, OURS).at_work():
            pytest.fail("two at once")
    assert store.standing() == before


def test_who_reads_goes_on_reading_while_the_store_is_rebuilt(tmp_path: Path) -> None:
    log = some_log(5, size=200, moments=30)
    store, _ = built(tmp_path, [("a", log)], rows=8)
    reading = store.blocks()
    first = [next(reading)]
    store.rebuild([])
    assert told([*first, *reading]) == whole(log)
    assert list(store.blocks()) == []


def test_the_same_files_make_the_same_bytes(tmp_path: Path) -> None:
    log = some_log(5, size=100, moments=30)
    parts = [("a", log[:40]), ("b", log[30:80]), ("c", log[70:])]
    files = []
    for number, order in enumerate((parts, parts[::-1])):
        store, standing = built(tmp_path / str(number), order)
        files.append((store.folder / f"store-{standing.generation}" / "events.parquet").read_bytes())
    assert files[0] == files[1]


def test_blocks_can_be_left_in_the_middle(tmp_path: Path) -> None:
    store, _ = built(tmp_path, [("a", some_log(5, size=200, moments=30))], rows=4)
    reading: Iterator[Events] = store.blocks()
    next(reading)
    del reading
    assert len(list(store.blocks())) > 3
    assert rows([]).time.shape == (0,)
