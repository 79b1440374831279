"""The ownership grid: who may open it, what it says of small groups, and that page and CSV say the same."""

import csv
import io

from django.utils import timezone
from tests.cast import Cast

from commonground.analysis.ownership import ownership_grid
from commonground.analysis.register import Register
from commonground.guidance.facts_source import facts_of
from commonground.reports.tests.test_today import changes, crowd

URL = "/northlight/ownership/"


def lines(cast: Cast, name: str) -> list[dict[str, str]]:
    text = b"".join(cast.client_of(name).get(URL, {"format": "csv"})).decode().lstrip("\ufeff")
    return list(csv.DictReader(io.StringIO(text)))


def test_it_is_the_grid_of_the_analysis(cast: Cast) -> None:
    changes(cast)
    crowd(cast)
    grid = ownership_grid(Register(facts_of(cast.program, "told", timezone.localdate())))
    rows = {(row["unit"], row["level"]): row for row in lines(cast, "alice")}
    for unit in grid.units:
        for level in grid.levels:
            count, row = grid.cells[unit, level], rows[grid.names[unit], level or "no level recorded"]
            assert row["people touched"] == ("" if count.people is None else str(count.people))
            assert bool(row["note"]) is count.withheld
    assert rows["all", "all"]["people touched"] == str(grid.total.people)


def test_a_small_group_is_hatched_and_has_no_number_anywhere(cast: Cast) -> None:
    changes(cast)
    page = cast.client_of("alice").get(URL).content.decode()
    assert "not shown" in page
    assert all(row["people touched"] in {"", "0"} for row in lines(cast, "alice"))


def test_before_anything_is_told_it_says_so(cast: Cast) -> None:
    changes(cast, "draft")
    page = cast.client_of("alice").get(URL).content.decode()
    assert "Nobody is touched by what is told so far" in page


def test_who_may_open_it(cast: Cast) -> None:
    expected = dict.fromkeys(("alice", "bob", "carol", "dan", "frank"), 200)
    expected |= dict.fromkeys(("heidi", "ivan", "erin", "charlie", "grace"), 404)
    assert {name: cast.client_of(name).get(URL).status_code for name in expected} == expected
