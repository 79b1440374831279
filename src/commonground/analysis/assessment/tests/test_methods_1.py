"""Check values of METHODS.md 1.1 (assessment instruments)."""

import numpy as np
import pytest

from commonground.analysis.assessment import culture
from commonground.analysis.assessment.instrument import Instrument, Scale, means, scores, turned
from commonground.analysis.assessment.ladder import STEPS, holds_at
from commonground.analysis.assessment.outlook import Zone, effort_rating, outlook, review_rating


@pytest.mark.parametrize(
    ("profile", "step"), [((5, 4, 3, 2, 1), "know how"), ((4, 2, 5, 5, 5), "want"), ((4, 4, 5, 4, 4), None)]
)
def test_where_the_ladder_holds(profile: tuple[int, ...], step: str | None) -> None:
    """METHODS 1.1, row of the five elements: 5,4,3,2,1 → the third; 4,2,5,5,5 → the second; 4,4,5,4,4 → none."""
    place = holds_at(profile)
    assert (None if place is None else STEPS[place]) == step


def test_a_ladder_with_a_gap_says_nothing_beyond_it() -> None:
    assert holds_at((2, None, 5, 5, 5)) == 0
    for gap in (None, float("nan")):
        with pytest.raises(ValueError, match="Step 2 has no score"):
            holds_at((4, gap, 1, 5, 5))


@pytest.mark.parametrize(
    ("ratings", "score", "zone"),
    [((2, 1, 1, 2, 3), 11, Zone.GOOD), ((3, 2, 2, 3, 2), 16, Zone.UNSURE), ((4, 3, 3, 3, 4), 23, Zone.POOR)],
)
def test_outlook(ratings: tuple[int, ...], score: int, zone: Zone) -> None:
    """METHODS 1.1, row of the five ratings: (2,1,1,2,3) = 11, (3,2,2,3,2) = 16, (4,3,3,3,4) = 23; range 7 to 28."""
    names = ("reviews", "team", "leaders", "concerned", "effort")
    assert outlook(**dict(zip(names, ratings, strict=True))) == (score, zone)


def test_the_bounds_of_the_outlook() -> None:
    """METHODS 1.1: 7..28; the bound 14 belongs to the better zone, and so does 17."""
    assert outlook(reviews=1, team=1, leaders=1, concerned=1, effort=1) == (7, Zone.GOOD)
    assert outlook(reviews=4, team=4, leaders=4, concerned=4, effort=4) == (28, Zone.POOR)
    assert outlook(reviews=2, team=2, leaders=2, concerned=2, effort=2) == (14, Zone.GOOD)
    assert outlook(reviews=3, team=2, leaders=2, concerned=3, effort=3) == (17, Zone.UNSURE)
    assert outlook(reviews=4, team=2, leaders=2, concerned=3, effort=3) == (18, Zone.POOR)
    with pytest.raises(ValueError, match="team is rated 5"):
        outlook(reviews=1, team=5, leaders=1, concerned=1, effort=1)


def test_ratings_of_reviews_and_effort() -> None:
    """METHODS 1.1: <2 months 1, 2–4 2, 4–8 3, >8 4; <10 % 1, 10–20 2, 20–40 3, >40 4."""
    assert [review_rating(months) for months in (0, 1.9, 2, 4, 4.5, 8, 8.1)] == [1, 1, 2, 2, 3, 3, 4]
    assert [effort_rating(share) for share in (0, 0.09, 0.1, 0.2, 0.3, 0.4, 0.41)] == [1, 1, 2, 2, 3, 3, 4]
    for function in (review_rating, effort_rating):
        with pytest.raises(ValueError, match="0 or more"):
            function(-1)


def test_two_facets_of_readiness() -> None:
    """METHODS 1.1, row of ORIC: efficacy 4,4,3,4,3,4,2 → 3.4286; commitment 4,5,4,4,4 → 4.2."""
    efficacy, commitment = (4, 4, 3, 4, 3, 4, 2), (4, 5, 4, 4, 4)
    given = {f"e{at}": [one] for at, one in enumerate(efficacy)} | {
        f"c{at}": [one] for at, one in enumerate(commitment)
    }
    scales = (
        Scale("efficacy", tuple(f"e{at}" for at in range(7))),
        Scale("commitment", tuple(f"c{at}" for at in range(5))),
    )
    found = scores(Instrument("readiness", 5, scales), given)
    assert found["efficacy"][0] == pytest.approx(3.4286, abs=5e-5)
    assert found["commitment"][0] == pytest.approx(4.2)


def test_ten_factors_rated_two_come_to_twenty() -> None:
    """METHODS 1.1, row of the three corners: ten factors of 1 to 3 a corner, all 2 → 20; the range is 10 to 30."""
    corner = Scale("corner", tuple(f"f{at}" for at in range(10)))
    for rating, total in ((1, 10), (2, 20), (3, 30)):
        matrix = turned(Instrument("corners", 3, (corner,)), corner, {item: [rating] for item in corner.items})
        assert len(corner.items) * means(matrix)[0] == total


def test_culture_now_and_preferred() -> None:
    """METHODS 1.1, row of the competing values: differences −10/+10/+5/−5, 15 points moved, distance .6564, clr .536/−.445/−.157/.066."""
    now, preferred = [40, 15, 20, 25], [30, 25, 25, 20]
    assert culture.moved(now, preferred) == pytest.approx(15)
    assert float(culture.distance(now, preferred)) == pytest.approx(0.6564, abs=5e-5)
    assert culture.clr(now) == pytest.approx([0.536, -0.445, -0.157, 0.066], abs=5e-4)
    found = culture.gap(np.tile(now, (12, 1)), np.tile(preferred, (12, 1)))
    assert found is not None
    assert found.change == pytest.approx([-10, 10, 5, -5])
    assert found.distance_low == pytest.approx(found.distance_high) == pytest.approx(0.6564, abs=5e-5)
