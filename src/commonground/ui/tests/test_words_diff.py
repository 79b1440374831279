from hypothesis import given
from hypothesis import strategies as st

from commonground.ui.words_diff import Run, words_diff

TEXT = st.text(alphabet="ab c.\n’é", max_size=60)


@given(TEXT, TEXT)
def test_both_texts_can_be_read_back(before, after):
    runs = words_diff(before, after)
    assert "".join(run.text for run in runs if run.kind != "new") == before
    assert "".join(run.text for run in runs if run.kind != "gone") == after
    assert all(run.text for run in runs)


@given(TEXT)
def test_a_text_does_not_differ_from_itself(text):
    assert all(run.kind == "same" for run in words_diff(text, text))


def test_a_change_of_several_words_is_one_change():
    """By hand: “six planners” becomes “two clerks”, and the space between the words goes with them."""
    assert words_diff("leads six planners today", "leads two clerks today") == [
        Run("same", "leads "),
        Run("gone", "six planners"),
        Run("new", "two clerks"),
        Run("same", " today"),
    ]


def test_long_texts_are_compared_by_line():
    long = "one two three\n" * 1500
    assert [run.kind for run in words_diff(long, long + "four\n")] == ["same", "new"]
