import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.ui.csv_response import csv_lines, csv_response, guarded


@pytest.mark.parametrize("cell", ["=1+1", "+49 30", "-2", "@SUM(A1)", "\tx", "\rx", "  =1+1"])
def test_text_that_begins_like_a_formula_is_guarded(cell):
    """The beginnings that OWASP names for CSV injection."""
    assert guarded(cell) == f"'{cell}"


@pytest.mark.parametrize(("cell", "text"), [(-2, -2), (1.5, 1.5), (None, ""), (True, "yes"), ("a=b", "a=b"), ("", "")])
def test_other_cells_stay_as_they_are(cell, text):
    assert guarded(cell) == text


@given(st.lists(st.tuples(st.text("a,\"'\n=é", max_size=9), st.integers()), max_size=1200))
def test_what_is_written_can_be_read(rows):
    text = "".join(csv_lines(["name", "count"], rows))
    assert text.startswith("\ufeff")
    read = list(csv.reader(io.StringIO(text[1:], newline="")))
    assert read == [["name", "count"], *([str(guarded(name)), str(count)] for name, count in rows)]


def test_the_answer_is_a_download_in_pieces():
    response = csv_response("Findings of Today/../x", ["a"], ([n] for n in range(1200)))
    pieces = list(response.streaming_content)
    assert len(pieces) == 3
    assert response["Content-Disposition"] == 'attachment; filename="findings-of-todayx.csv"'
    assert response["Content-Type"].startswith("text/csv")
