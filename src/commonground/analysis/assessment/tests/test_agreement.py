"""Agreement and shares: against numbers worked by hand and by plain analysis of variance, and what must hold for any answers."""

from importlib import import_module

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.analysis.assessment.agreement import alpha, icc2_of, may_average, one_way, rwg, rwg_j, shrout_fleiss
from commonground.analysis.assessment.distribution import counts, evenness, response, share, top_box
from commonground.analysis.assessment.shrinkage import shrunken, trust, weighted


def test_groups_by_analysis_of_variance_as_scipy_has_it() -> None:
    drawn = np.random.default_rng(1)
    groups = [drawn.normal(at / 3, 1, n) for at, n in enumerate((5, 9, 14, 7))]
    code = np.repeat([3, 8, 9, 20], [5, 9, 14, 7])
    found = one_way(np.concatenate(groups), code)
    assert found is not None
    f = import_module("scipy.stats").f_oneway(*groups).statistic
    assert found.ms_between / found.ms_within == pytest.approx(f)
    assert found.icc2 == pytest.approx(1 - 1 / f)
    assert found.size == pytest.approx((35 - (25 + 81 + 196 + 49) / 35) / 3)
    assert found.icc1 == pytest.approx((f - 1) / (f + found.size - 1))
    assert icc2_of(found.icc1, found.size) == pytest.approx(found.icc2)


def test_even_groups_are_the_first_form_of_shrout_and_fleiss() -> None:
    """A table of targets × raters is as many groups of raters: ICC(1) = ICC(1,1), ICC(2) = ICC(1,k)."""
    table = np.array([(9, 2, 5, 8), (6, 1, 3, 2), (8, 4, 6, 8), (7, 1, 2, 6), (10, 5, 6, 9), (6, 2, 4, 7)], float)
    found, forms = one_way(table.ravel(), np.repeat(np.arange(6), 4)), shrout_fleiss(table)
    assert found is not None
    assert (found.icc1, found.icc2) == pytest.approx((forms.icc1_1, forms.icc1_k))
    assert found.between / (found.between + found.within) == pytest.approx(forms.icc1_1)


def test_variances_are_recovered() -> None:
    drawn = np.random.default_rng(2)
    code = np.repeat(np.arange(4_000), drawn.integers(5, 15, 4_000))
    found = one_way(drawn.normal(0, 0.6, 4_000)[code] + drawn.normal(0, 1.2, len(code)), code)
    assert found is not None
    assert (found.between, found.within) == pytest.approx((0.36, 1.44), rel=0.05)


def test_too_little_to_see_agreement() -> None:
    assert one_way([1, 2, 3], [0, 0, 0]) is None
    assert one_way([1, 2], [0, 1]) is None
    assert one_way([1, 2, np.nan, 5], [0, 0, 1, -1]) is None
    assert rwg([4], 5) is None
    assert rwg_j([[np.nan, 3], [2, np.nan]], 5) is None
    assert alpha([[1], [2], [3]]) is None
    assert alpha([[3, 3], [3, 3]]) is None
    assert alpha([[1, np.nan], [2, 2]]) is None
    with pytest.raises(ValueError, match="at least two answers"):
        rwg([1, 1], 1)
    with pytest.raises(ValueError, match="whole table"):
        shrout_fleiss([[1, np.nan], [2, 3]])


@given(st.lists(st.integers(1, 5), min_size=2, max_size=40))
def test_agreement_lies_between_0_and_1_and_repeated_items_agree_more(answers: list[int]) -> None:
    one = rwg(answers, 5)
    assert one is not None
    assert 0 <= one <= 1
    assert (one == 1) == (len(set(answers)) == 1)
    three = rwg_j(np.column_stack([answers] * 3), 5)
    assert three is not None
    assert three >= one - 1e-12


def test_who_may_be_averaged() -> None:
    assert may_average(0.8, 0.1, 0.9) == (True, ())
    assert may_average(0.8).may
    for words, measured in (
        ("differ too much", (0.69, 0.1, 0.9)),
        ("Too few", (None, 0.1, 0.9)),
        ("no more than chance", (0.8, 0.0, 0.9)),
        ("do not go together", (0.8, 0.1, 0.6)),
    ):
        found = may_average(*measured)
        assert not found.may
        assert words in found.why[0]
    assert len(may_average(0.1, -0.1, 0.1).why) == 3


def test_counts_of_answers() -> None:
    assert counts([1, 5, np.nan, 5, 3], 5).tolist() == [1, 0, 1, 0, 2]
    assert counts([], 3).tolist() == [0, 0, 0]
    for wrong in (0, 6, 2.5):
        with pytest.raises(ValueError, match="1 to 5"):
            counts([wrong], 5)
    with pytest.raises(ValueError, match="begins at one of"):
        top_box([1, 2], 3)


def test_nobody_answered() -> None:
    assert share(0, 0) == (0, 0, None, None, None)
    assert response(0, 0) is None
    assert response(3, 12) == 0.25
    with pytest.raises(ValueError, match="cannot be"):
        share(3, 9, invited=8)
    with pytest.raises(ValueError, match="cannot have answered"):
        response(3, 2)


@given(st.integers(1, 500), st.integers(0, 500), st.integers(0, 2_000))
def test_a_finite_population_never_widens(n: int, counted: int, more: int) -> None:
    counted = min(counted, n)
    wide, near = share(counted, n), share(counted, n, invited=n + more)
    assert wide.low <= near.low + 1e-12 <= near.share + 2e-12
    assert near.share - 1e-12 <= near.high <= wide.high + 1e-12


def test_coverage_of_a_share_of_a_finite_population() -> None:
    """Of 200 people 70 say yes; samples of 60 without replacement: the interval of 95 % holds the truth in about 95 of 100."""
    found = np.random.default_rng(3).hypergeometric(70, 130, 60, 4_000)
    ends = {k: share(int(k), 60, invited=200) for k in np.unique(found)}
    held = np.mean([ends[k].low <= 0.35 <= ends[k].high for k in found])
    assert 0.93 <= held <= 0.975


def test_whether_groups_answered_alike_as_scipy_has_it() -> None:
    answered, invited = (30, 12, 55), (60, 40, 70)
    found = evenness(answered, invited)
    assert found is not None
    table = [answered, [i - a for a, i in zip(answered, invited, strict=True)]]
    theirs = import_module("scipy.stats").chi2_contingency(table, correction=False)
    assert (found.statistic, found.df, found.p) == pytest.approx((theirs.statistic, theirs.dof, theirs.pvalue))
    assert found.parts[1] == pytest.approx((12 / 97, 40 / 170, 0.3))
    assert evenness((3,), (5,)) is None
    assert evenness((5, 4), (5, 4)) is None
    with pytest.raises(ValueError, match="In no group"):
        evenness((6, 1), (5, 4))


@given(
    st.lists(st.tuples(st.floats(1, 5), st.integers(1, 500)), min_size=1, max_size=10),
    st.floats(0.001, 2), st.floats(0.001, 2),
)  # fmt: skip
def test_drawn_means_stay_between_their_own_and_the_whole(
    groups: list[tuple[float, int]], between: float, within: float
) -> None:
    own, n = np.array(groups).T
    middle = float((own * n).sum() / n.sum())
    drawn = shrunken(own, n, between, within)
    assert (np.minimum(own, middle) - 1e-9 <= drawn).all()
    assert (drawn <= np.maximum(own, middle) + 1e-9).all()


def test_shrinkage_at_its_ends() -> None:
    assert trust(0, 1, 7) == 0
    assert trust(1, 0, 7) == 1
    for wrong in ((-1, 1, 5), (1, -1, 5), (1, 1, 0)):
        with pytest.raises(ValueError, match="at least one person"):
            trust(*wrong)
    for values, people in (([1.0], [0.0]), ([1.0, 2.0], [1.0]), ([1.0, 2.0], [1.0, -1.0])):
        with pytest.raises(ValueError, match="a head count"):
            weighted(values, people)
