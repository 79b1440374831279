"""What a file of events holds, counted while it passes: the same however it is cut into pieces."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.events.rows import Rows
from commonground.intake import log_preview
from commonground.intake.log_preview import DAY, Tally, counted, doubts, summary
from commonground.intake.problems import BadInput
from commonground.intake.references import Index

Row = tuple[str, str, int, str | None, str | None]


def rows(*given_rows: Row, packed: bool = False) -> Rows:
    def column(at: int) -> pa.Array:
        made = pa.array([row[at] for row in given_rows], pa.string())
        return made.dictionary_encode() if packed else made

    times = np.array([row[2] for row in given_rows], np.int64)
    return Rows(column(0), column(1), times, np.arange(2, 2 + len(given_rows)), person=column(3), unit=column(4))


def found(*pieces: Rows, known: Index | None = None) -> dict[str, object]:
    tally = Tally()
    assert sum(len(piece) for piece in counted(pieces, tally)) == tally.rows
    return summary(tally, known)


LOG: Sequence[Row] = (
    ("NA", "ask", 0, "Pete", "Desk"),
    ("NA", "answer", DAY + 1, "Mike", None),
    ("2", "ask", 5, None, "Desk"),
    ("2", "answer", 3 * DAY, "Pete", "Crew"),
)


@pytest.mark.parametrize("packed", [False, True])
def test_rows_cases_people_and_what_is_missing_are_counted(packed: bool) -> None:
    answer = found(rows(*LOG[:3], packed=packed), rows(LOG[3], packed=packed))
    assert (answer["rows"], answer["cases"], answer["people"], answer["n_units"]) == (4, 2, 2, 2)
    assert (answer["without_person"], answer["without_unit"]) == (1, 1)
    assert answer["activities"] == ["ask", "answer"]
    assert (answer["first"], answer["last"]) == ("1970-01-01T00:00:00+00:00", "1970-01-04T00:00:00+00:00")
    assert answer["days_only"] is False


def test_no_name_of_a_person_is_kept() -> None:
    assert "Pete" not in str(found(rows(*LOG), known=Index()))


def test_whole_days_are_seen() -> None:
    assert found(rows(("a", "x", 7, None, None), ("a", "y", 7 + 2 * DAY, None, None)))["days_only"] is True


texts = st.sampled_from(["a", "b", "NA", "ä", ""])
a_row = st.tuples(texts, texts, st.integers(-DAY, 9 * DAY), st.none() | texts, st.none() | texts)


@given(st.lists(a_row, min_size=1, max_size=30), st.integers(0, 30))
def test_any_cut_of_a_file_gives_the_same_answer(log: list[Row], cut: int) -> None:
    pieces = [rows(*part) for part in (log[:cut], log[cut:]) if part]
    assert {name: _sorted(value) for name, value in found(*pieces).items()} == {
        name: _sorted(value) for name, value in found(rows(*log)).items()
    }


def _sorted(value: object) -> object:
    return sorted(value) if isinstance(value, list) else value


def test_many_cases_are_brought_together_on_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_preview, "AT_ONCE", 3)
    pieces = [rows((str(n % 5), "x", n, None, None), (str(n), "x", n, None, None)) for n in range(20)]
    assert found(*pieces)["cases"] == 20


def test_units_are_matched_by_id_and_name_and_the_nearest_name_is_told() -> None:
    known = Index()
    known.add(["DSK", "CRW"], ["Front desk", "Metering crew"])
    log = [("1", "x", 0, None, unit) for unit in ("dsk", "front  DESK", "Metering crews", "Elsewhere")]
    answer = found(rows(*log), known=known)
    assert answer["n_known_units"] == 2
    assert answer["unknown_units"] == [["Metering crews", "Metering crew"], ["Elsewhere", None]]
    assert answer["rows_of_known_units"] == 2


def test_a_list_of_cases_is_told_from_a_log_of_their_steps() -> None:
    answer = found(*[rows((str(n), "won", n * DAY, "Pete", "Desk")) for n in range(3)])
    said = " ".join(doubts(answer, ("case", "activity", "time", "person", "unit")))
    assert "Every case has one row only" in said
    assert "Times are whole days" in said
    assert doubts(found(rows(*LOG)), ("case", "activity", "time", "person", "unit")) == []


def test_what_a_log_does_not_tell_is_said() -> None:
    said = " ".join(doubts(found(rows(*LOG)), ("case", "activity", "time")))
    assert "No column tells a unit" in said
    assert "No column tells who did a step" in said


def test_a_free_text_as_activity_is_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_preview, "MOST_NAMES", 5)
    with pytest.raises(BadInput, match="Choose the column that names them"):
        found(*[rows((str(n), f"text {n}", n, None, None)) for n in range(9)])
