"""Examples of PACE."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from commonground.analysis.facts import Behaviour, Facts, Forecast, Pace, Source
from commonground.guidance.guidelines.examples.made import DAY, ahead, given

LAST: Final = date(2026, 11, 9)  # the Monday of the last whole week
NOTE: Final = Behaviour(
    "B1",
    "Note the contact",
    starts=date(2026, 3, 2),
    target_share=0.8,
    target_on=date(2026, 12, 14),
    observed_from=date(2026, 1, 5),
)


def weeks(*new: int, unit: str | None = None) -> list[Pace]:
    """A row a week up to the last whole one, so many of 100 occasions new, by 60 people."""
    first = LAST - timedelta(weeks=len(new) - 1)
    return [Pace("B1", first + timedelta(weeks=at), one, 100 - one, 0, unit, 60) for at, one in enumerate(new)]


EXAMPLES: Final[Mapping[str, Facts]] = {
    "PACE-01": given(
        behaviours=[NOTE], forecasts=[Forecast("B1", 0.8, DAY, date(2027, 3, 1), date(2027, 6, 7), date(2027, 11, 1))]
    ),
    "PACE-02": given(behaviours=[NOTE], pace=weeks(*[80] * 16, *[50] * 6)),
    "PACE-03": given(behaviours=[NOTE], pace=weeks(*[40] * 20, unit="Billing")),
    "PACE-04": given(behaviours=[NOTE._replace(starts=ahead(20), observed_from=None)], pace=[]),
    "PACE-05": given(behaviours=[NOTE._replace(old_way="the paper card", old_sunset=ahead(-60), old_possible=True)]),
    "PACE-06": given(behaviours=[NOTE], sources=[Source("phone system", ("B1",), 90, True, ahead(-80))]),
    "PACE-07": given(behaviours=[Behaviour("B1", "Sign in every week", source="logins")]),
}
