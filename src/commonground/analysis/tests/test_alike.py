"""Similar texts: voices in several languages, against scipy's average linkage, whatever the order, in time."""

import time
from importlib import import_module

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonground.analysis import alike
from commonground.analysis.alike import Like, groups, like

TOPICS = [
    ["Who trains the night shift?", "When will the night shift be trained?", "Nobody said how the NIGHT shift is trained."],
    ["I fear that my customers will be taken from me", "Will my customers be given to somebody else?"],
    ["The scanner does not read wet labels", "Wet labels can't be read by the scanners", "Scanner fails with wet labels"],
    ["How will my bonus be computed after the change?", "Is the bonus going to be computed another way?"],
    ["Muß die Nachtschicht geschult werden?", "Wer schult die Nachtschicht?"],
    ["夜勤の研修はいつですか", "夜勤の研修は誰がしますか"],
    ["रात की पाली को कौन प्रशिक्षण देगा?", "रात की पाली का प्रशिक्षण कब होगा?"],
    ["The lunch room is too small"],
    ["What becomes of the report that we send to the board every month?"],
    ["!!!"],
    ["???"],
    [""],
]  # fmt: skip
TEXTS = [text for topic in TOPICS for text in topic]


def by_text(texts: list[str], cut: float = alike.CUT) -> set[frozenset[str]]:
    return {frozenset(texts[at] for at in group) for group in groups(texts, cut)}


def test_voices_that_one_answer_serves_are_together() -> None:
    assert by_text(TEXTS) == {frozenset(topic) for topic in TOPICS}


@given(st.permutations(TEXTS))
@settings(max_examples=20, deadline=None)
def test_the_order_changes_nothing(texts: list[str]) -> None:
    assert by_text(texts) == by_text(TEXTS)


def test_the_largest_group_stands_first_and_every_text_once() -> None:
    found = groups(TEXTS)
    assert [len(group) for group in found] == sorted((len(group) for group in found), reverse=True)
    assert sorted(at for group in found for at in group) == list(range(len(TEXTS)))
    assert found[0] == (0, 1, 2)


def test_the_same_words_are_the_same_whatever_marks_they_have() -> None:
    assert groups(["Who trains us?", "lunch", "who  TRAINS us", "Whó trains us…"]) == ((0, 2, 3), (1,))


def made_up(count: int, kinds: int, seed: int, length: int = 12) -> list[str]:
    drawn = np.random.default_rng(seed)
    words = ["".join(drawn.choice(list("abcdefghijklmnopqrstuvwxyz"), drawn.integers(3, 9))) for _ in range(400)]
    bases = [drawn.choice(words, length) for _ in range(kinds)]
    mixed = (
        np.where(drawn.random(length) < 0.6, bases[at % kinds], drawn.choice(words, length)) for at in range(count)
    )
    return [" ".join(one) for one in mixed]


@pytest.mark.parametrize("cut", [0.2, 0.3, 0.45])
def test_average_linkage_as_scipy_has_it(cut: float) -> None:
    hierarchy = import_module("scipy.cluster.hierarchy")
    texts = made_up(120, 25, seed=3)
    vectors = alike._vectors([alike._plain(text) for text in sorted(texts)]).astype(float)
    above = np.triu_indices(len(texts), 1)
    tree = hierarchy.linkage(1 - (vectors @ vectors.T)[above], "average")
    label = hierarchy.fcluster(tree, 1 - cut, "distance")
    theirs = {frozenset(sorted(texts)[at] for at in np.flatnonzero(label == one)) for one in set(label)}
    assert by_text(texts, cut) == theirs
    assert 1 < len(theirs) < len(texts)


def test_what_is_most_like_one_stands_first() -> None:
    found = like("does the night shift get training", TEXTS)
    assert {one.at for one in found} == {0, 1, 2}
    assert [one.how for one in found] == sorted((one.how for one in found), reverse=True)
    assert like(TEXTS[5], TEXTS)[0] == Like(5, 1.0)
    assert like("entirely different", ["abc xyz"]) == ()
    assert like("anything", []) == ()
    assert like("…", TEXTS) == ()


def test_a_cut_that_says_nothing_is_refused() -> None:
    for cut in (0, -1, 1.5):
        with pytest.raises(ValueError, match="a cut at"):
            groups(["a"], cut)
    assert groups([]) == ()


@pytest.mark.slow
@pytest.mark.parametrize("kinds", [1, 200, 5_000])
def test_five_thousand_texts_of_five_hundred_letters_are_grouped_soon(kinds: int) -> None:
    """Some two seconds alone; counted in work of the processor, so that what else runs on a machine does not matter."""
    texts = [text[:500] for text in made_up(5_000, kinds, seed=1, length=85)]
    begin = time.process_time()
    found = groups(texts)
    assert time.process_time() - begin < 30
    assert len(found) >= min(kinds, 1_000)
