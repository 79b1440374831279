"""Forecasts are scored once their weeks came, and the record counts each week once."""

from datetime import date, timedelta

import pytest
from tests.cast import AT, Cast

from commonground.adoption.models import Behaviour, ForecastMade
from commonground.adoption.scoring import record_of, scored
from commonground.analysis.pace.figures import Week

MONDAY = date(2026, 3, 2)
LEVELS = {"p025": 0.30, "p10": 0.40, "p25": 0.45, "p50": 0.50, "p75": 0.55, "p90": 0.60, "p975": 0.70}


def path(weeks: int) -> list[dict[str, object]]:
    return [{"week": (MONDAY + timedelta(weeks=week)).isoformat(), **LEVELS} for week in range(weeks)]


def came(shares: list[float | None]) -> list[Week]:
    weeks = []
    for place, share in enumerate(shares):
        counted = (None,) * 4 if share is None else (round(1000 * share), round(1000 * (1 - share)), 0, 20)
        weeks.append(Week((MONDAY + timedelta(weeks=place)).isoformat(), *counted))
    return weeks


def test_only_weeks_that_came_and_can_be_shown_count() -> None:
    score = scored(path(6), came([0.5, 0.58, None, 0.8]))
    assert (score["n"], score["coverage50"], score["coverage80"], score["coverage95"]) == (3, 1 / 3, 2 / 3, 2 / 3)
    assert scored(path(6), came([])) == {}


def test_quantiles_of_a_normal_distribution_score_as_it_does() -> None:
    """METHODS 4.6: CRPS of N(0,1) is .23369498 at 0 and .60244136 at 1; here of N(.5, .1²). 199 members stand for it: within 1 %."""
    at = {
        "p025": -1.959964,
        "p10": -1.281552,
        "p25": -0.674490,
        "p50": 0,
        "p75": 0.674490,
        "p90": 1.281552,
        "p975": 1.959964,
    }
    normal = [{"week": MONDAY.isoformat(), **{name: 0.5 + 0.1 * z for name, z in at.items()}}]
    assert scored(normal, came([0.5]))["crps"] == pytest.approx(0.0233695, rel=0.01)
    assert scored(normal, came([0.6]))["crps"] == pytest.approx(0.0602441, rel=0.01)


def test_a_score_that_is_known_is_taken_over_and_a_week_corrected_is_scored_anew() -> None:
    before = scored(path(6), came([0.5, 0.58]))
    after = scored(path(6), came([0.5, 0.2, 0.5]), before)
    assert after["weeks"][0] is before["weeks"][0]
    assert after["weeks"][1][-1] == 0.2
    assert after == scored(path(6), came([0.5, 0.2, 0.5]))


def test_each_week_counts_once_with_a_forecast_made_four_weeks_before(cast: Cast) -> None:
    behaviour = cast.program.add(Behaviour(key="B", name="b", new_words="n"), by=cast.alice.actor, at=AT)
    assert record_of(behaviour) is None
    for made_on, crps in (
        (MONDAY - timedelta(weeks=8), 0.4),
        (MONDAY - timedelta(weeks=4), 0.1),
        (MONDAY - timedelta(days=1), 0.9),
    ):
        rows = [[(MONDAY + timedelta(weeks=week)).isoformat(), crps, False, True, True, 0.5] for week in range(3)]
        ForecastMade.objects.create(behaviour=behaviour, group="whole", made_on=made_on, data={}, score={"weeks": rows})
    found = record_of(behaviour)
    assert found is not None
    assert (found.forecasts, found.n, found.crps) == (3, 3, pytest.approx(0.1))
    level, share, low, high = found.coverage[1]
    assert (level, share, high) == (0.8, 1.0, 1.0)
    assert low == pytest.approx(0.4385, abs=1e-4)  # Wilson's interval of 3 of 3
    assert found.scored_until == (MONDAY + timedelta(weeks=2)).isoformat()
    assert record_of(behaviour, "unit:1") is None
