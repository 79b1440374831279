"""Who is missing: its counts are those of the lists that they open, its title follows from them, and it shows what one may see."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import Cast

from commonground.guidance.models import Finding
from commonground.guidance.tests.test_folding import put, standing
from commonground.realignment.models import ProcessFate
from commonground.reports.missing import NO_UNIT, WAYS, Cell, Line, title, who_is_missing

__all__ = ["standing"]

URL = "/northlight/"
DAY = timezone.localdate


def line(name: str, *counts: int, unit: int = 1) -> Line:
    return Line(unit, name, [Cell(way, count) for way, count in zip(WAYS, counts, strict=True)])


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([], "Nobody is missing"),
        ([line("Water", 0, 0, 0, 0, 0)], "Nobody is missing"),
        (
            [line("Billing", 5, 7, 0, 0, 0), line("Electricity", 4, 8, 0, 0, 0), line("Water", 1, 0, 0, 0, 0)],
            "Billing and Electricity miss most: the owners of nine processes and those who do 15 take no part yet",
        ),
        (
            [line("Billing", 1, 0, 1, 0, 0), line("Water", 0, 1, 0, 0, 0)],
            "Billing misses most: the owner of one process takes no part yet",
        ),
        ([line("Water", 0, 2, 0, 0, 0)], "Only Water misses somebody: those who do two processes take no part yet"),
        (
            [line("Water", 0, 0, 0, 1, 1), line("Billing", 0, 0, 1, 0, 0)],
            "Water misses most: one level is not on the team yet and the front office owns nothing yet",
        ),
        (
            [line(name, 1, 1, 0, 0, 0) for name in "ABC"],
            "Three units miss most: the owners of three processes and those who do three take no part yet",
        ),
        (
            [line(NO_UNIT, 0, 0, 1, 0, 0, unit=0)],
            "Only work without a unit misses somebody: nobody answers for one process yet",
        ),
    ],
)
def test_the_title_follows_from_the_counts(lines: list[Line], words: str) -> None:
    assert title(lines) == words


def test_what_could_not_be_checked_is_said() -> None:
    assert title([], all_checked=False) == "Nobody is missing, as far as it could be checked"


@given(st.lists(st.lists(st.integers(0, 30), min_size=5, max_size=5), max_size=6))
def test_every_title_is_a_whole_sentence(counts: list[list[int]]) -> None:
    words = title([line(f"Unit {place}", *inside) for place, inside in enumerate(counts)])
    assert words[0].isupper()
    assert not words.endswith((":", " ", "and"))
    assert "  " not in words


def test_findings_count_for_the_business_unit_above_and_open_the_same_list(standing: Cast) -> None:
    put(standing, "MNGR-01", 2, unit=standing.units["billing"])
    put(standing, "PROC-02", 3, unit=standing.units["contact"])
    put(standing, "TEAM-01", 1, "warn", unit=standing.units["crews"])
    put(standing, "PROC-01", 1)
    put(standing, "LOSS-01", 4, "warn", unit=standing.units["water"])
    client = standing.client_of("alice")
    page = client.get(URL)
    missing = page.context["missing"]
    assert [(one.name, [cell.count for cell in one.cells]) for one in missing.lines] == [
        ("Customers", [2, 3, 0, 0, 0]),
        ("Water", [0, 0, 0, 1, 0]),
        (NO_UNIT, [0, 0, 1, 0, 0]),
    ]
    for one in missing.lines:
        for cell in one.cells:
            found = client.get(f"{URL}findings/", {"unit": one.unit, "code": cell.way.code}).context["found"]
            assert found.asked == cell.count
    text = page.content.decode()
    assert f"?unit={standing.units['customers'].pk}&amp;code=PROC-02" in text
    assert "Customers misses most" in text


def test_what_rests_on_a_plan_that_is_hidden_is_not_counted(standing: Cast) -> None:
    hidden = ProcessFate.objects.create(
        program=standing.program, process=standing.things["billing_process"], fate="move", stage="draft"
    )
    hidden.readers.add(standing.alice.user)
    row = put(
        standing, "MNGR-01", 1, unit=standing.units["billing"], thing=hidden.process_id, view="draft", scope="process"
    )
    counts = {}
    for who in (standing.alice, standing.carol):
        seen = Finding.objects.of(standing.program).visible_to(who.actor)
        missing = who_is_missing(seen, who.actor, standing.program, DAY())
        counts[who.user.name] = missing.total if missing else None
        assert seen.filter(pk=row[0].pk).exists() is (missing is not None and missing.total == 1)
    assert counts[standing.carol.user.name] == 0


def test_a_unit_manager_sees_the_row_of_their_unit_alone(standing: Cast) -> None:
    put(standing, "MNGR-01", 1, unit=standing.units["billing"])
    put(standing, "PROC-02", 2, unit=standing.units["water"])
    missing = standing.client_of("dan").get(URL).context["missing"]
    assert [(one.name, one.total) for one in missing.lines] == [("Customers", 1)]


def test_what_was_put_aside_misses_nobody(standing: Cast) -> None:
    [row] = put(standing, "MNGR-01", 1, unit=standing.units["billing"])
    row.dismiss(
        reason="The works council talks on Thursday.",
        until=DAY() + timedelta(days=9),
        by=standing.alice.actor,
        at=timezone.now(),
    )
    page = standing.client_of("alice").get(URL)
    assert page.context["missing"].title == "Nobody is missing"
    assert "every touched level is on the team" in page.content.decode()
