"""Instruments: reading them, turning items, scores with missing answers, and what is said to a wrong one."""

import tomllib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.analysis.assessment.instrument import Instrument, InstrumentError, Scale, means, scores, turned

FORMATS = """
name = "readiness"
options = 5
[[scale]]
name = "commitment"
items = ["c1", "c2", "c3"]
reversed = ["c3"]
"""


def test_the_example_of_formats() -> None:
    read = Instrument.read(tomllib.loads(FORMATS))
    assert read == Instrument("readiness", 5, (Scale("commitment", ("c1", "c2", "c3"), ("c3",)),))
    assert (read.items, read.top_from, read.scales[0].fewest) == (("c1", "c2", "c3"), 4, 2)
    found = scores(read, {"c1": [4, 5], "c2": [5, np.nan], "c3": [1, np.nan]})["commitment"]
    assert found[0] == pytest.approx(14 / 3)
    assert np.isnan(found[1])


def test_half_of_the_items_make_a_score_unless_the_scale_says_otherwise() -> None:
    row = [[2, np.nan, np.nan, 4]]
    assert means(row, Scale("s", ("a", "b", "c", "d")).fewest) == [3]
    assert np.isnan(means(row, Scale("s", ("a", "b", "c", "d"), minimum=3).fewest))
    assert np.isnan(means([[np.nan, np.nan]])).all()


def test_the_top_box_begins_at_the_second_highest_of_five_and_more() -> None:
    assert [Instrument("i", options, ()).top_from for options in (2, 3, 4, 5, 7)] == [2, 3, 4, 4, 6]
    assert Instrument("i", 5, (), top=4.5).top_from == 4.5


@given(
    st.lists(st.lists(st.one_of(st.integers(1, 7), st.just(np.nan)), min_size=3, max_size=3), min_size=1, max_size=20)
)
def test_a_scale_and_its_mirror_come_to_options_and_one(rows: list[list[float]]) -> None:
    answers = dict(zip("abc", np.array(rows, float).T, strict=True))
    plain, mirror = Scale("s", ("a", "b", "c")), Scale("s", ("a", "b", "c"), ("a", "b", "c"))
    one, other = (means(turned(Instrument("i", 7, (scale,)), scale, answers), 1) for scale in (plain, mirror))
    told = np.isfinite(one)
    assert np.allclose((one + other)[told], 8)
    assert not np.isfinite(other[~told]).any()
    assert np.nanmin([*one, 1]) >= 1
    assert np.nanmax([*one, 7]) <= 7


def test_an_answer_outside_is_refused() -> None:
    scale = Scale("s", ("a",))
    with pytest.raises(ValueError, match="not 1 to 5"):
        turned(Instrument("i", 5, (scale,)), scale, {"a": [6]})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ("does not say options", "options = 5")),
        ("options = 1", ("has options = 1", "options = 5")),
        ("options = true", ("options",)),
        ("options = 5", ("no scale", "[[scale]]")),
        ("option = 5", ("“option”", "Did you mean options?")),
        ('options = 5\nscale = "x"', ("no scale",)),
        ("options = 5\n[[scale]]", ("[[scale]] 1 has no name",)),
        ('options = 5\n[[scale]]\nname = "s"', ("“s” has no items",)),
        ('options = 5\n[[scale]]\nname = "s"\nitems = ["a", "a"]', ("“a” stands there twice",)),
        ('options = 5\n[[scale]]\nname = "s"\nitems = "a"', ("no list of names",)),
        ('options = 5\n[[scale]]\nname = "s"\nitems = ["a"]\nreversed = ["b"]', ("reverses “b”", "none of its items")),
        ('options = 5\n[[scale]]\nname = "s"\nitems = ["a"]\nreverse = ["a"]', ("“reverse”", "Did you mean reversed?")),
        ('options = 5\n[[scale]]\nname = "s"\nitems = ["a"]\nminimum = 2', ("minimum = 2", "1 to 1")),
        ('options = 5\n[[scale]]\nname = "s"\nitems = ["a"]\n[[scale]]\nname = "s"\nitems = ["b"]', ("Two scales",)),
        ('options = 5\ntop = 6\n[[scale]]\nname = "s"\nitems = ["a"]', ("top is 6", "at most 5")),
        ('name = 3\noptions = 5\n[[scale]]\nname = "s"\nitems = ["a"]', ("name is 3", "no text")),
    ],
)
def test_a_wrong_instrument_gets_one_sentence(text: str, said: tuple[str, ...]) -> None:
    with pytest.raises(InstrumentError) as refused:
        Instrument.read(tomllib.loads(text))
    for part in said:
        assert part in str(refused.value)


def test_what_an_instrument_of_the_library_says_besides_changes_nothing() -> None:
    more = tomllib.loads('title = { en = "T" }\nladder = ["s"]\n' + FORMATS + '[[item]]\nname = "c1"\nwords = "…"')
    assert Instrument.read(more) == Instrument.read(tomllib.loads(FORMATS))
