"""By which unit a voice of the cast is told."""

from commonground.disclosure.models import Threshold
from commonground.disclosure.thresholds import COMMENTS
from commonground.voice.tests.voiced import AT, TODAY, Voiced
from commonground.voice.where import places_on


def test_the_units_of_the_cast(voiced: Voiced) -> None:
    """Team A has 10 of its own. Billing has 4 without them, Contact centre 13; Northlight and Water have too few of their own."""
    units, places = voiced.units, places_on(TODAY)
    by = {name: places.name(unit.pk) for name, unit in units.items()}
    assert by["team_a"] == "Team A"
    assert by["contact"] == "Contact centre"
    # 4 of Billing, 2 of Northlight and 4 of Water and the crews are 10: they are told by the root together
    assert by["billing"] == by["root"] == by["water"] == by["crews"] == "Northlight"
    assert places.by(None) is None
    assert places.name(None) == ""
    found = [(one.name, one.depth, one.people) for one in places.told]
    assert found == [("Northlight", 0, 33), ("Team A", 3, 10), ("Contact centre", 2, 13)]
    assert places.least == 10


def test_with_a_raised_threshold_earlier_ones_too(voiced: Voiced) -> None:
    """14 asked for: Team A's 10 and the 4 beside them are Billing; Contact centre's 13 fall to Northlight."""
    by = voiced.cast.alice.actor
    Threshold.objects.raise_to(COMMENTS, 14, why="Agreed with the works council", by=by, at=AT)
    places = places_on(TODAY)
    told = {name: places.name(voiced.units[name].pk) for name in ("team_a", "billing", "contact", "crews")}
    assert told == {"team_a": "Billing", "billing": "Billing", "contact": "Northlight", "crews": "Northlight"}
