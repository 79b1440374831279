"""What is expected beforehand: a program sets its own, forecasts begin with it, and what was forecast is scored beside it."""

from datetime import date

import numpy as np
import pytest
from django.utils import timezone
from tests.cast import Cast

from commonground.adoption.inputs import inputs_of
from commonground.adoption.models import Behaviour, ForecastMade, Prior
from commonground.adoption.priors import KNOWN, clock_of, expected_of
from commonground.analysis.curves.habit import ORGANIZATION, Clock
from commonground.analysis.forecast.weekly import Weekly, forecasts
from commonground.analysis.pace.observations import week_of
from commonground.journal.models import Entry
from commonground.programs.register import CannotError

PAGE = "/northlight/pace/expected/"
DEFAULTS = {name: one.default for name, one in KNOWN.items()}


def behaviour(cast: Cast) -> Behaviour:
    return Behaviour.objects.create(
        program=cast.program, key="log", name="Log the contact", new_words="logged", source="count"
    )


def test_a_program_expects_the_defaults_until_it_says_otherwise(cast: Cast) -> None:
    assert clock_of(cast.program.pk) == ORGANIZATION
    expected = expected_of(cast.program.pk)
    assert (expected.low, expected.high) == (0.01, 0.02)
    rows = Prior.objects.all()
    assert rows.put(cast.program, {"clock_median": 24.0}, by=cast.alice.actor, at=timezone.now())
    assert clock_of(cast.program.pk) == Clock(24.0, 0.35)
    assert Entry.objects.filter(verb="set what is expected").count() == 1
    assert not rows.put(cast.program, {"clock_median": 24.0}, by=cast.alice.actor, at=timezone.now())
    assert rows.put(cast.program, {"clock_median": 30.0}, by=cast.alice.actor, at=timezone.now())
    assert not Prior.objects.exists()


@pytest.mark.parametrize(
    ("wanted", "said"),
    [({"clock_median": 1.0}, "between 3 and 120"), ({"effect_low": 2.0}, "lies below the most")],
)
def test_what_cannot_be_expected_is_refused(cast: Cast, wanted: dict[str, float], said: str) -> None:
    with pytest.raises(CannotError, match=said):
        Prior.objects.all().put(cast.program, wanted, by=cast.alice.actor, at=timezone.now())
    assert not Prior.objects.exists()


def test_figures_are_made_anew_with_another_clock(cast: Cast) -> None:
    row, day = behaviour(cast), timezone.localdate()
    before = inputs_of([row], day)[row.pk]
    Prior.objects.create(program=cast.program, name="clock_median", value=12)
    assert inputs_of([row], day)[row.pk] != before


def test_a_slower_clock_reaches_half_later() -> None:
    """Twelve weeks that hardly moved: how fast it goes on is what was expected beforehand."""
    week = np.arange(12) + week_of(date(2026, 1, 5))
    n = np.full(12, 60)
    rows = [Weekly(week, np.array([5, 4, 6, 5, 7, 6, 8, 7, 9, 8, 9, 10]), n, int(week[0]))]
    as_of = date(2026, 3, 30)
    quick, slow = (forecasts(rows, as_of=as_of, clock=Clock(months, 0.1))[0].path[51].p50 for months in (9, 90))
    assert quick > slow


def test_the_page_shows_what_is_expected_and_how_forecasts_did(cast: Cast) -> None:
    row = behaviour(cast)
    weeks = [["2026-01-05", 0.02, True, True, True, 0.3], ["2026-01-12", 0.04, False, True, True, 0.5]]
    ForecastMade.objects.create(
        behaviour=row, group="whole", made_on=date(2025, 11, 1), data={}, score={"n": 2, "weeks": weeks}
    )
    page = cast.client_of("frank").get(PAGE).content.decode()
    assert "30" in page
    assert "Log the contact" in page
    assert "3.0" in page
    assert "Change what is expected" not in page
    csv = cast.client_of("alice").get(f"{PAGE}?format=csv").getvalue().decode()
    assert "Log the contact,1,2,3.0,0.8,1.0," in csv


def test_the_form_keeps_what_is_expected(cast: Cast) -> None:
    client = cast.client_of("alice")
    assert "National Implementation Research Network" in client.get(f"{PAGE}change/").content.decode()
    said = client.post(f"{PAGE}change/", {**DEFAULTS, "clock_median": "24"}, follow=True).content.decode()
    assert "Forecasts are made anew with it" in said
    assert clock_of(cast.program.pk).median == 24
    wrong = client.post(f"{PAGE}change/", {**DEFAULTS, "effect_high": "0.5"})
    assert wrong.status_code == 422
    assert client.post(f"{PAGE}change/", {"clock_median": ""}, follow=True).status_code == 200
    assert not Prior.objects.exists()
