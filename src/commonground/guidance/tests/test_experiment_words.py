"""What is said of results and roll-outs, kind and exact."""

import pytest

from commonground.analysis.experiments.result import Result
from commonground.analysis.experiments.roll_out import TOO_FEW, Effect, RollOut, TwoWay
from commonground.guidance.experiment_words import ended_said, points, result_said, roll_out_title, two_way_said


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.02, 0.1, "The share rose 6 points more with it than without"),
        (-0.1, -0.02, "The share is 6 points behind with it"),
        (-0.02, 0.03, "No more than +3 points: less than the 5 points hoped for"),
        (-0.02, 0.14, "Cannot tell: between −2 points and +14 points"),
        (None, None, "Cannot tell: +6 points, and no interval"),
    ],
)
def test_the_title_of_a_result(low: float | None, high: float | None, said: str) -> None:
    middle = -0.06 if high is not None and high < 0 else 0.06
    assert result_said(Result(middle, low, high, "t", 6, None, 70, 8, ()), 0.05)[0] == said


def test_points() -> None:
    assert [points(one) for one in (0.01, 0.052, -0.004, None)] == ["1 point", "5 points", "−0.4 points", "–"]
    assert points(0.0, sign=True) == "0.0 points"


def test_a_roll_out_that_cannot_be_told_says_so() -> None:
    bare = RollOut((), Effect(0, 0.2, 3), TwoWay(0.1, 0.24), None, 60, 3, 1, 0, 1, (TOO_FEW,))
    assert roll_out_title(bare) == "Cannot tell: +20 points after the beginning, but the design does not answer"
    assert "24 % of its weight counts the wrong way round" in two_way_said(bare)
    told = bare._replace(overall=Effect(0, 0.2, 6, 0.1, 0.3), cannot=())
    assert roll_out_title(told) == "After the beginning the share is 20 points higher than it would have been"


def test_many_experiments_ask_for_a_wider_interval() -> None:
    assert ended_said(1) == ""
    assert "Five experiments have ended" in ended_said(5)
    assert "99.0 %" in ended_said(5)
